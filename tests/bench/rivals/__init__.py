"""The same listings and questions for other engines: one shape of entry, of question and of reply.

Every engine gets the terms of directory/search/text.py, with those of kinds' and facets' labels written into the text,
so that all find the same listings. All words must match; the radius is a great circle; every facet is counted over the
matches. Not asked of the others: listings beyond the radius, counts drilled sideways, corrections, beginnings of words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from directory.schedule import DAY, WEEK
from directory.search.query import Document, Near, SearchQuery
from directory.search.text import FIELDS, asked, facet_terms, terms
from tests.bench.mix import NOW

MILES_OF_A_DEGREE = 69.0  # a little less than one has, so that a box is never too small
UNDER_WAY = 60  # minutes after its beginning a meeting still counts as the next one
NEVER = 4 * WEEK

ENGINES = {
    "ours": "tests.bench.ours:Ours",
    "tantivy": "tests.bench.rivals.tantivy_rival:Tantivy",
    "sqlite": "tests.bench.rivals.sqlite_rival:SQLite",
    "postgres": "tests.bench.rivals.postgres_rival:Postgres",
    "whoosh": "tests.bench.rivals.whoosh_rival:PlainWhoosh",
}


@dataclass(frozen=True, slots=True)
class Entry:
    id: int
    words: list[str]  # all terms, as often as they occur
    codes: list[str]  # "payment=free", kinds too
    lat: float | None
    lon: float | None
    starts: list[int]  # minutes of the week by UTC, as of mix.NOW


@dataclass(frozen=True, slots=True)
class Reply:
    total: int
    ids: list[int]
    counts: Mapping[str, int]  # code -> how many


class Contender(Protocol):
    """`place` is a folder, or the address of a server. Opening is asking for the count."""

    def __init__(self, place: str) -> None: ...

    def build(self, documents: Iterable[Document]) -> None: ...

    def count(self) -> int: ...

    def ask(self, query: SearchQuery) -> Reply: ...

    def size(self) -> int: ...  # bytes on disk

    def memory(self) -> int: ...  # bytes


def entry(document: Document) -> Entry:
    words = [term for name in FIELDS for term in terms(getattr(document, name))]
    said = {("kind", str(kind)) for kind in document.kinds}
    said |= {(group, value) for group, values in document.facets.items() for value in values}
    for group, value in said:
        words += facet_terms(group, value)
    codes = [f"{group}={value}" for group, value in sorted(said)]
    starts = [(t.weekday * DAY + t.start - _offset(t.timezone or "UTC")) % WEEK for t in document.times]
    return Entry(document.id, words, codes, document.lat, document.lon, starts)


@cache
def _offset(zone: str) -> int:
    ahead = NOW.astimezone(ZoneInfo(zone)).utcoffset()
    return int(ahead.total_seconds() // 60) if ahead else 0


def wanted(query: SearchQuery) -> list[tuple[tuple[str, float], ...]]:
    """For each word of the question the terms of which any will do, and how much each counts."""
    return [one.terms for one in asked(query.words)]


def filters(query: SearchQuery) -> list[list[str]]:
    """For each filter the codes of which any will do."""
    found = [[f"{group}={value}" for value in values] for group, values in query.facets.items() if values]
    return found + ([[f"kind={kind}" for kind in query.kinds]] if query.kinds else [])


def box(near: Near, radius: float) -> tuple[float, float, float, float]:
    """South, north, west, east: holds the circle, none of our questions is asked near a pole or the date line."""
    tall = radius / MILES_OF_A_DEGREE
    wide = tall / cos(radians(abs(near.lat) + tall))
    return near.lat - tall, near.lat + tall, near.lon - wide, near.lon + wide


def minute_of_week(now: datetime) -> int:
    """By UTC, `UNDER_WAY` ago: a wait is counted from there."""
    there = now.astimezone(UTC)
    return (there.isoweekday() % 7 * DAY + there.hour * 60 + there.minute - UNDER_WAY) % WEEK


def folder_size(place: str) -> int:
    return sum(file.stat().st_size for file in Path(place).rglob("*") if file.is_file())


def own_memory() -> int:
    """What this process holds, pages of mapped files too."""
    held = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(held.split()[1]) * 1024
