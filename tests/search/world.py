"""Invented documents for every engine's tests, and what the suite needs to open one."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import pytest

from directory.schedule import WeeklyTime
from directory.search.query import Answer, Document, Engine, Near, SearchQuery
from directory.vocab import Kind

HERE = Near("Columbus, OH 43215", 39.9671, -83.0044, "OH", "Franklin County", "America/New_York")
MILE = 1 / 69.0934  # degrees of latitude
NOW = datetime(2026, 1, 6, 22, 0, tzinfo=UTC)  # Tuesday, five in the afternoon in Columbus

Open = Callable[[], Engine]


def doc(id: int, name: str = "Calm Evening", **changes: Any) -> Document:
    values: dict[str, Any] = {"kinds": (Kind.SUPPORT_GROUP,), "lat": HERE.lat, "lon": HERE.lon, **changes}
    return Document(id, values.pop("kinds"), name, **values)


def away(miles: float) -> dict[str, float]:
    """That many miles north of Columbus."""
    return {"lat": HERE.lat + miles * MILE, "lon": HERE.lon}


def time(weekday: int, start: str, end: str | None = None, **changes: Any) -> WeeklyTime:
    begins = _minutes(start)
    ends = None if end is None else _minutes(end) + (1440 if _minutes(end) <= begins else 0)
    return WeeklyTime(weekday, begins, ends, **{"timezone": "America/New_York", **changes})


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def ids(answer: Answer) -> list[int]:
    return [match.id for match in answer.matches]


def beyond(answer: Answer) -> list[int]:
    return [match.id for match in answer.beyond]


class Suite:
    """A test class over one engine says how to open it; each call of `open_engine` opens the same store again."""

    @pytest.fixture
    def open_engine(self) -> Open:
        raise NotImplementedError

    @pytest.fixture
    def engine(self, open_engine: Open) -> Engine:
        return open_engine()


def filled(engine: Engine, *documents: Document) -> Engine:
    engine.write(documents, (), 1)
    return engine


def found(engine: Engine, words: str = "", **changes: Any) -> set[int]:
    """All ids inside, whatever the page."""
    answer = engine.search(SearchQuery(words, **{"limit": 1000, **changes}))
    assert answer.total == len(answer.matches)
    return set(ids(answer))


def every(documents: Iterable[Document]) -> set[int]:
    return {document.id for document in documents}
