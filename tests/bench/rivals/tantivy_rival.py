"""Tantivy: words and cells of the map in its index, the circle exactly from its fast columns.

Its aggregations count facets over words alone. With a circle, which Tantivy has no query for, the codes of each match
are read from fast columns as bits: several times as fast as an aggregation that leaves out what lies around the circle.
"""

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import tantivy
from tantivy import Occur, Query

from directory.gazetteer import miles_to_all
from directory.schedule import WEEK
from directory.search.query import Document, Near, SearchQuery
from tests.bench.rivals import NEVER, Reply, box, entry, filters, folder_size, minute_of_week, own_memory, wanted

CELL = 0.1  # degrees
SLACK = 0.01  # miles by which a cell's edge may bulge
FIRST = 32_768  # matches fetched at once; more are fetched when there are more
TIMES = 3
BITS, FIELDS = 62, 4  # of codes


def schema() -> Any:
    made = tantivy.SchemaBuilder()
    made.add_integer_field("id", fast=True)
    made.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    made.add_text_field("code", tokenizer_name="raw", index_option="basic", fast=True)
    made.add_integer_field("cell", indexed=True)
    for name in ("lat", "lon"):
        made.add_float_field(name, fast=True)
    for n in range(TIMES):
        made.add_integer_field(f"start{n}", fast=True)
    for n in range(FIELDS):
        made.add_integer_field(f"codes{n}", fast=True)
    return made.build()


class Tantivy:
    def __init__(self, place: str) -> None:
        self._place, self._schema = place, schema()
        self._index = tantivy.Index(self._schema, path=place)
        self._searcher = self._index.searcher()
        names = Path(place, "codes.json")
        self._codes: dict[str, int] = json.loads(names.read_text()) if names.exists() else {}

    def build(self, documents: Iterable[Document]) -> None:
        writer = self._index.writer(512_000_000, 2)
        for one in map(entry, documents):
            bits = sum(1 << self._codes.setdefault(code, len(self._codes)) for code in one.codes)
            parts = {f"codes{n}": bits >> n * BITS & (1 << BITS) - 1 for n in range(FIELDS)}
            starts = {f"start{n}": start for n, start in enumerate(one.starts)}
            row = tantivy.Document(id=one.id, words=" ".join(one.words), code=one.codes, **starts, **parts)
            if one.lat is not None and one.lon is not None:
                row.add_integer("cell", int(cell(one.lat // CELL, one.lon // CELL)))
                row.add_float("lat", one.lat)
                row.add_float("lon", one.lon)
            writer.add_document(row)
        writer.commit()
        writer.wait_merging_threads()
        Path(self._place, "codes.json").write_text(json.dumps(self._codes))

    def count(self) -> int:
        return int(self._searcher.num_docs)

    def ask(self, query: SearchQuery) -> Reply:
        text = [(Occur.Must, self._word(terms)) for terms in wanted(query)]
        text += [(Occur.Must, self._plain(Query.term_set_query(self._schema, "code", one))) for one in filters(query)]
        if query.near:
            return self._around(text, query, query.near)
        whole = Query.boolean_query(text)
        found = self._searcher.search(whole, limit=query.limit, count=True)
        counted = self._searcher.aggregate(whole, {"codes": {"terms": {"field": "code", "size": 1000}}})
        counts = {bucket["key"]: bucket["doc_count"] for bucket in counted["codes"]["buckets"]}
        return Reply(
            found.count, self._searcher.fast_field_values("id", [address for _, address in found.hits]), counts
        )

    def _word(self, terms: tuple[tuple[str, float], ...]) -> Any:
        made = [Query.boost_query(Query.term_query(self._schema, "words", term, "freq"), w) for term, w in terms]
        return Query.boolean_query([(Occur.Should, one) for one in made]) if len(made) > 1 else made[0]

    def _plain(self, query: Any) -> Any:
        return Query.const_score_query(query, 0.0)

    def _around(self, text: list[Any], query: SearchQuery, near: Near) -> Reply:
        """All in cells that touch the circle, best first; of these the ones in the circle."""
        inside_cells = self._plain(Query.term_set_query(self._schema, "cell", touching(near, query.radius)))
        addresses = self._all(Query.boolean_query([*text, (Occur.Must, inside_cells)]))
        away = miles_to_all(near.lat, near.lon, self._values("lat", addresses), self._values("lon", addresses))
        inside = np.flatnonzero(away <= query.radius)
        matches = [addresses[n] for n in inside]
        first = np.arange(len(matches))
        if query.sort == "near":
            first = np.argsort(away[inside], kind="stable")
        elif query.sort == "soon" and query.now:
            starts = np.array([self._values(f"start{n}", matches) for n in range(TIMES)])
            waits = np.nan_to_num((starts - minute_of_week(query.now)) % WEEK, nan=NEVER).min(axis=0)
            first = np.argsort(waits, kind="stable")
        ids = self._searcher.fast_field_values("id", [matches[n] for n in first[: query.limit]])
        return Reply(len(matches), ids, self._counts(matches))

    def _all(self, query: Any) -> list[Any]:
        found = self._searcher.search(query, limit=FIRST, count=True)
        if found.count > FIRST:
            found = self._searcher.search(query, limit=found.count, count=False)
        return [address for _, address in found.hits]

    def _values(self, field: str, addresses: list[Any]) -> Any:
        return np.array(self._searcher.fast_field_values(field, addresses), dtype=np.float64)

    def _counts(self, addresses: list[Any]) -> dict[str, int]:
        counts = []
        for n in range(-(-len(self._codes) // BITS)):
            bits = np.array(self._searcher.fast_field_values(f"codes{n}", addresses), dtype="<i8")
            each = np.unpackbits(bits.view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")
            counts += np.count_nonzero(each, axis=0).tolist()[:BITS]
        return {code: counts[n] for code, n in self._codes.items() if counts[n]}

    def size(self) -> int:
        return folder_size(self._place)

    def memory(self) -> int:
        return own_memory()


def cell(y: Any, x: Any) -> Any:
    return (y + 10_000) * 100_000 + x + 10_000


def touching(near: Near, radius: float) -> list[int]:
    """The cells of which any part may lie in the circle."""
    south, north, west, east = (math.floor(side / CELL) for side in box(near, radius))
    y, x = (side.ravel() for side in np.meshgrid(np.arange(south, north + 1), np.arange(west, east + 1)))
    closest_lat, closest_lon = np.clip(near.lat, y * CELL, (y + 1) * CELL), np.clip(near.lon, x * CELL, (x + 1) * CELL)
    touch = miles_to_all(near.lat, near.lon, closest_lat, closest_lon) <= radius + SLACK
    found: list[int] = cell(y[touch], x[touch]).tolist()
    return found
