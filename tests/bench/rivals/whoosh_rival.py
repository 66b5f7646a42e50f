"""Whoosh as it comes: its schema, codec and searcher; the circle as a filter of cells, the rest from stored fields."""

import math
from collections import Counter
from collections.abc import Iterable

import numpy as np
from whoosh import fields, index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.query import And, Every, Or, Term

from directory.gazetteer import miles_to_all
from directory.search.query import Document, SearchQuery
from tests.bench.rivals import Reply, box, entry, filters, folder_size, own_memory, wanted

CELL = 0.1  # degrees


class PlainWhoosh:
    def __init__(self, place: str) -> None:
        self._place = place
        schema = fields.Schema(
            words=fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False),
            cell=fields.ID,
            code=fields.KEYWORD,
            row=fields.STORED,
        )
        made = index.exists_in(place)
        self._index = index.open_dir(place) if made else index.create_in(place, schema)
        self._searcher = self._index.searcher()

    def build(self, documents: Iterable[Document]) -> None:
        writer = self._index.writer(limitmb=256)
        for one in map(entry, documents):
            cell = (
                cell_name(one.lat // CELL, one.lon // CELL) if one.lat is not None and one.lon is not None else "none"
            )
            words, codes = " ".join(one.words), " ".join(one.codes)
            writer.add_document(words=words, cell=cell, code=codes, row=(one.id, one.lat, one.lon, one.codes))
        writer.commit(optimize=True)

    def count(self) -> int:
        return int(self._searcher.doc_count())

    def ask(self, query: SearchQuery) -> Reply:
        text = [Or([Term("words", term, boost=weight) for term, weight in one]) for one in wanted(query)]
        text += [Or([Term("code", code) for code in codes]) for codes in filters(query)]
        found = self._searcher.search(And(text) if text else Every(), filter=self._cells(query), limit=None)
        rows = [hit["row"] for hit in found]
        if query.near and rows:
            spots = np.array([(lat, lon) for _, lat, lon, _ in rows])
            away = miles_to_all(query.near.lat, query.near.lon, spots[:, 0], spots[:, 1])
            rows = [row for row, miles in zip(rows, away, strict=True) if miles <= query.radius]
        counts = Counter(code for *_, codes in rows for code in codes)
        return Reply(len(rows), [row[0] for row in rows[: query.limit]], counts)

    def _cells(self, query: SearchQuery) -> Or | None:
        if not query.near:
            return None
        south, north, west, east = (math.floor(side / CELL) for side in box(query.near, query.radius))
        return Or([Term("cell", cell_name(y, x)) for y in range(south, north + 1) for x in range(west, east + 1)])

    def size(self) -> int:
        return folder_size(self._place)

    def memory(self) -> int:
        return own_memory()


def cell_name(y: float, x: float) -> str:
    return f"{int(y)}_{int(x)}"
