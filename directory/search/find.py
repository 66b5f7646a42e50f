"""Never an empty page: the radius grows in steps, and a filter that hides what is there is named. Over any engine."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from directory.search.query import Answer, Engine, SearchQuery

STEPS = (50.0, 100.0, 250.0)  # miles, one after the other while nothing is found
FEW = 3  # fewer matches than this, and we look what each filter hides


@dataclass(frozen=True, slots=True)
class Relaxed:
    """One filter that could be lifted: `count` more would be found within the radius asked for."""

    group: str  # a facet group, "kind" or "window"
    values: tuple[str, ...]  # what was asked of it; empty for the window
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    answer: Answer
    query: SearchQuery  # as answered: its radius is the one that found something
    radius_asked: float
    relaxed: tuple[Relaxed, ...] = ()  # most found first

    @property
    def widened(self) -> bool:
        return self.query.radius != self.radius_asked

    @property
    def did_you_mean(self) -> str:
        return self.answer.did_you_mean


def find(engine: Engine, query: SearchQuery) -> Found:
    """The answer, if need be within a wider radius; when nothing is found at all, the radius stays as asked."""
    first = engine.search(query)
    relaxed = _relaxed(engine, query, first.total) if first.total < FEW else ()
    if query.near and not first.total:
        for miles in STEPS:
            wider = replace(query, radius=max(miles, query.radius))
            if miles > query.radius and (answer := engine.search(wider)).total:
                return Found(answer, wider, query.radius, relaxed)
    return Found(first, query, query.radius, relaxed)


def _relaxed(engine: Engine, query: SearchQuery, total: int) -> tuple[Relaxed, ...]:
    found = []
    for group, values, without in _without_one(query):
        more = engine.search(replace(without, limit=0)).total - total
        if more > 0:
            found.append(Relaxed(group, values, more))
    return tuple(sorted(found, key=lambda one: (-one.count, one.group)))


def _without_one(query: SearchQuery) -> Iterator[tuple[str, tuple[str, ...], SearchQuery]]:
    for group, values in query.facets.items():
        if values:
            kept = {other: wanted for other, wanted in query.facets.items() if other != group}
            yield group, tuple(values), replace(query, facets=kept)
    if query.kinds:
        yield "kind", tuple(kind.value for kind in query.kinds), replace(query, kinds=())
    if query.window:
        yield "window", (), replace(query, window=None)
