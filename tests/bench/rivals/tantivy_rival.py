"""Tantivy: the circle as cells of two sizes, its rim worked out exactly; facets by its aggregations."""

import math
from collections.abc import Iterable
from functools import partial
from typing import Any

import numpy as np
import tantivy
from tantivy import Occur, Query

from directory.gazetteer import miles_to_all
from directory.schedule import WEEK
from directory.search.query import Document, Near, SearchQuery
from tests.bench.rivals import NEVER, Reply, box, entry, filters, folder_size, minute_of_week, own_memory, wanted

COARSE, FINE = 0.1, 0.02  # degrees
SPAN = 100_000  # cells of one size from south to north, at least
SLACK = 0.01  # miles by which a cell's edge may bulge
FIRST = 4096  # matches fetched at once; more are fetched when there are more
TIMES = 3


def schema() -> Any:
    made = tantivy.SchemaBuilder()
    made.add_integer_field("id", indexed=True, fast=True)
    made.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    made.add_text_field("code", tokenizer_name="raw", index_option="basic", fast=True)
    made.add_integer_field("cell", indexed=True)
    made.add_integer_field("start", indexed=True)
    for name in ("lat", "lon"):
        made.add_float_field(name, fast=True)
    for n in range(TIMES):
        made.add_integer_field(f"start{n}", fast=True)
    return made.build()


class Tantivy:
    def __init__(self, place: str) -> None:
        self._place, self._schema = place, schema()
        self._index = tantivy.Index(self._schema, path=place)
        self._searcher = self._index.searcher()
        self._cells = partial(Query.term_set_query, self._schema, "cell")

    def build(self, documents: Iterable[Document]) -> None:
        writer = self._index.writer(512_000_000, 2)
        for one in map(entry, documents):
            starts = {f"start{n}": start for n, start in enumerate(one.starts)}
            row = tantivy.Document(id=one.id, words=" ".join(one.words), code=one.codes, start=one.starts, **starts)
            if one.lat is not None and one.lon is not None:
                row.add_float("lat", one.lat)
                row.add_float("lon", one.lon)
                for size in (COARSE, FINE):
                    row.add_integer("cell", int(number(size, math.floor(one.lat / size), math.floor(one.lon / size))))
            writer.add_document(row)
        writer.commit()
        writer.wait_merging_threads()

    def count(self) -> int:
        return int(self._searcher.num_docs)

    def ask(self, query: SearchQuery) -> Reply:
        text = [(Occur.Must, self._word(terms)) for terms in wanted(query)]
        text += [(Occur.Must, self._any("code", codes)) for codes in filters(query)]
        around = partial(self._around, text, query.near) if query.near else None
        whole = Query.boolean_query(around(query.radius) if around else text)
        found = self._searcher.search(whole, limit=query.limit, count=True)
        counted = self._searcher.aggregate(whole, {"codes": {"terms": {"field": "code", "size": 1000}}})
        counts = {bucket["key"]: bucket["doc_count"] for bucket in counted["codes"]["buckets"]}
        if query.sort == "near" and around and query.near:
            ids = self._nearest(around, query.near, query)
        elif query.sort == "soon" and query.now:
            ids = self._soonest(whole, query)
        else:
            ids = self._searcher.fast_field_values("id", [address for _, address in found.hits])
        return Reply(found.count, ids, counts)

    def _word(self, terms: tuple[tuple[str, float], ...]) -> Any:
        made = [Query.boost_query(Query.term_query(self._schema, "words", term, "freq"), w) for term, w in terms]
        return Query.boolean_query([(Occur.Should, one) for one in made]) if len(made) > 1 else made[0]

    def _any(self, field: str, values: list[Any]) -> Any:
        return Query.const_score_query(Query.term_set_query(self._schema, field, values), 0.0)

    def _around(self, text: list[Any], near: Near, radius: float) -> list[Any]:
        """What is asked, and inside the circle: cells that lie in it as a whole, listings of its rim one by one."""
        inside, rim = cells(near, radius)
        addresses = self._all(Query.boolean_query([*text, (Occur.Must, self._any("cell", rim))]))
        ids = self._values("id", addresses)[self._miles(near, addresses) <= radius]
        parts = [self._any("cell", inside)] + ([self._any("id", ids.tolist())] if len(ids) else [])
        return [*text, (Occur.Must, Query.boolean_query([(Occur.Should, part) for part in parts]))]

    def _all(self, query: Any) -> list[Any]:
        found = self._searcher.search(query, limit=FIRST, count=True)
        if found.count > FIRST:
            found = self._searcher.search(query, limit=found.count, count=False)
        return [address for _, address in found.hits]

    def _values(self, field: str, addresses: list[Any]) -> Any:
        return np.array(
            self._searcher.fast_field_values(field, addresses), dtype=np.float64 if field[0] == "l" else None
        )

    def _miles(self, near: Near, addresses: list[Any]) -> Any:
        return miles_to_all(near.lat, near.lon, self._values("lat", addresses), self._values("lon", addresses))

    def _nearest(self, around: Any, near: Near, query: SearchQuery) -> list[int]:
        """A small circle first."""
        for share in (1 / 8, 1 / 2, 1):
            addresses = self._all(Query.boolean_query(around(query.radius * share)))
            if len(addresses) >= query.limit or share == 1:
                break
        order = np.argsort(self._miles(near, addresses), kind="stable")[: query.limit]
        return [int(i) for i in self._searcher.fast_field_values("id", [addresses[n] for n in order])]

    def _soonest(self, whole: Any, query: SearchQuery) -> list[int]:
        """The next two hours first, then the next eight, then all."""
        assert query.now
        now = minute_of_week(query.now)
        for wait in (120, 480, WEEK):
            times = [(now, min(now + wait, WEEK)), (0, now + wait - WEEK)]
            spans = [(Occur.Should, self._span(a, b)) for a, b in times if b > a]
            within = [(Occur.Must, whole)] + ([(Occur.Must, Query.boolean_query(spans))] if wait < WEEK else [])
            addresses = self._all(Query.boolean_query(within))
            if len(addresses) >= query.limit:
                break
        starts = np.array([self._searcher.fast_field_values(f"start{n}", addresses) for n in range(TIMES)], dtype=float)
        order = np.argsort(np.nan_to_num((starts - now) % WEEK, nan=NEVER).min(axis=0), kind="stable")[: query.limit]
        return [int(i) for i in self._searcher.fast_field_values("id", [addresses[n] for n in order])]

    def _span(self, first: int, end: int) -> Any:
        kind = tantivy.FieldType.Integer
        return Query.range_query(self._schema, "start", kind, first, end, include_upper=False, use_inverted_index=True)

    def size(self) -> int:
        return folder_size(self._place)

    def memory(self) -> int:
        return own_memory()


def number(size: float, y: Any, x: Any) -> Any:
    return ((0 if size == COARSE else SPAN) + y + SPAN // 4) * SPAN + x + SPAN // 4


def cells(near: Near, radius: float) -> tuple[list[int], list[int]]:
    """Cells that lie in the circle as a whole, coarse ones where they fit, and the fine ones across its rim."""
    south, north, west, east = box(near, radius)
    ys = np.arange(math.floor(south / COARSE), math.floor(north / COARSE) + 1)
    xs = np.arange(math.floor(west / COARSE), math.floor(east / COARSE) + 1)
    y, x = (side.ravel() for side in np.meshgrid(ys, xs))
    whole, part = _judged(near, radius, COARSE, y, x)
    each = np.arange(round(COARSE / FINE))
    dy, dx = (side.ravel() for side in np.meshgrid(each, each))
    fine_y, fine_x = (y[part][:, None] * len(each) + dy).ravel(), (x[part][:, None] * len(each) + dx).ravel()
    fine_whole, rim = _judged(near, radius, FINE, fine_y, fine_x)
    inside = [*number(COARSE, y[whole], x[whole]), *number(FINE, fine_y[fine_whole], fine_x[fine_whole])]
    return [int(n) for n in inside], number(FINE, fine_y[rim], fine_x[rim]).tolist()


def _judged(near: Near, radius: float, size: float, y: Any, x: Any) -> tuple[Any, Any]:
    """Which cells lie in the circle as a whole, and which in part."""
    edges = [(y + a, x + b) for a in (0, 1) for b in (0, 1)]
    farthest = np.max([miles_to_all(near.lat, near.lon, lat * size, lon * size) for lat, lon in edges], axis=0)
    closest_lat, closest_lon = np.clip(near.lat, y * size, (y + 1) * size), np.clip(near.lon, x * size, (x + 1) * size)
    closest = miles_to_all(near.lat, near.lon, closest_lat, closest_lon)
    whole = farthest <= radius - SLACK
    return whole, ~whole & (closest <= radius + SLACK)
