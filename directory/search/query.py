"""The search protocol: the question, the answer, and what every engine promises (tests/search/conformance.py).

**Words.** A question's words are read by directory/search/text.py: folded, stemmed, and joined to meanings
("suboxone" also finds buprenorphine). Words that say nothing ("near me", "the") are left out unless there are no
others. There is no query syntax: quotes, stars and AND/OR/NOT are plain text. A listing has a word when any of its
fields does: name, categories, city, description, or the English and Spanish labels of its kinds and facets.
1. If any listing in the whole index has *all* the words, only listings with all of them match.
2. Otherwise listings with *any* of them match, and those with more of them rank higher. Steps 1 and 2 look at words
   alone, never at filters, so a wider radius or one filter less never finds fewer.
3. A last word of three letters or more that no listing has stands for all words that begin with it, by their stems.
4. A word that still finds nothing may get a correction from the index's own words: `did_you_mean`, the whole
   question.
No words (or nothing but signs) match everything.

**Place.** With `near`, a listing that is not `anywhere` and whose great-circle distance is at most `radius` is
*inside*. `total`, `matches` and `facets` speak of those inside only. *Beyond* are the others that a radius must not
hide: `anywhere` (online, by phone), nationwide, serving the state of `near`, or serving its county; the same words,
kinds, facets and window hold for them. Without `near` every listing is inside, and nothing is beyond.

**Filters.** Kinds, and each facet group, are OR within and AND between. An unknown value matches nothing; a group
with no values asks nothing. `window` keeps listings with a weekly time that shares a minute with it
(schedule.meets_within).

**Facet counts** are drilled sideways: a group's counts are taken with all filters on but its own, so that people see
what else they could choose; a group without a filter counts the matches. "kind" is such a group, and a listing of two
kinds, or with two values, counts under each. Values that count nothing are left out.

**Order.** `best`: text, nearness, freshness and kind weighed together (directory/search/evaluate.py); `near`: by
distance, those without a place last, and like `best` without `near`; `soon`: by the next occurrence at `now` (one in
progress counts), those without one last, and like `best` without `now`. Ties: the higher score, then the lower id.
`limit` and `offset` cut the page of `matches`; `beyond` holds its own first `limit`, in the same order.
`Match.next` is given whenever the question has `now`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from math import isnan
from typing import TYPE_CHECKING, Protocol

from directory.errors import BadQuestion
from directory.schedule import WeeklyTime
from directory.vocab import Kind

if TYPE_CHECKING:  # the command line is faster without it
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Near:
    label: str
    lat: float
    lon: float
    state: str = ""  # so that statewide services of this state can be told from others
    county: str = ""  # "Franklin" or "Franklin County"
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """A weekly span on the wall clock; minutes from midnight, `end` may pass 1440."""

    weekday: int  # 0 Sunday
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SearchQuery:
    words: str = ""
    near: Near | None = None
    radius: float = 25.0  # miles; a number written as text counts as that number
    kinds: tuple[Kind, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # OR within a group, AND between groups
    window: Window | None = None  # meets or is open within it
    now: datetime | None = None  # aware; needed for sort="soon"
    sort: str = "best"  # best | near | soon
    limit: int = 20
    offset: int = 0

    def __post_init__(self) -> None:
        try:
            object.__setattr__(self, "radius", float(self.radius))
        except (TypeError, ValueError):
            raise BadQuestion(f"The distance must be a number of miles, not {self.radius!r}.") from None
        if isnan(self.radius) or self.radius < 0:
            raise BadQuestion(f"The distance must be a number of miles from 0 up, not {self.radius}.")
        if self.sort not in ("best", "near", "soon"):
            raise BadQuestion(f"Results can be sorted by best, near or soon, not by {self.sort!r}.")


@dataclass(frozen=True, slots=True)
class Document:
    """What an engine knows of one listing: public words only."""

    id: int
    kinds: tuple[Kind, ...]  # the main one first
    name: str
    categories: str = ""
    description: str = ""
    city: str = ""
    lat: float | None = None
    lon: float | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    times: tuple[WeeklyTime, ...] = ()
    anywhere: bool = False  # online or by phone: stands apart from distance
    nationwide: bool = False
    states: tuple[str, ...] = ()  # service area
    counties: tuple[str, ...] = ()  # "OH:Franklin"
    fresh_on: int = 0  # days since 1970 from which trust in it fades; 0 unknown
    fade: float = 1 / 300  # how fast: on day t its freshness is 2 ** -(fade * (t - fresh_on))


@dataclass(frozen=True, slots=True)
class Match:
    id: int
    score: float
    miles: float | None = None  # None: no place, or no `near` asked
    next: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """`total` and `facets` are exact over every match inside the radius, whatever the page.

    `beyond` are matches a radius must not hide: online, phone, nationwide, and state or county areas that hold `near`.
    """

    total: int
    matches: tuple[Match, ...]
    facets: Mapping[str, Mapping[str, int]]  # group -> value -> how many; "kind" is one group
    beyond_total: int = 0
    beyond: tuple[Match, ...] = ()
    did_you_mean: str = ""


AGES = (30, 90, 180, 365, 100_000)  # days: how old what is known of a listing is; a sixth count is for unknown


@dataclass(frozen=True, slots=True)
class Overview:
    """Every public listing from above; the arrays hold those with a place, a row each."""

    kinds: Mapping[str, tuple[int, ...]]  # kind -> how many of each of AGES, then of unknown age
    lat: "NDArray[np.float64]"
    lon: "NDArray[np.float64]"
    kind: "NDArray[np.str_]"


@dataclass(frozen=True, slots=True)
class Ages:
    """A row a live listing, in any order: arrays of one length."""

    ids: "NDArray[np.int64]"
    fresh_on: "NDArray[np.int32]"
    fade: "NDArray[np.float32]"
    kinds: "NDArray[np.int16]"  # a number into `kind_names`; -1 none
    cells: "NDArray[np.int64]"  # the same for listings within about 35 miles; -1 without a place
    kind_names: tuple[str, ...]


class Engine(Protocol):
    """Safe to ask from many threads at once; a search sees one committed state, and the newest when it begins."""

    def search(self, query: SearchQuery) -> Answer: ...

    def write(self, documents: Iterable[Document], removed: Iterable[int], watermark: int) -> None:
        """One atomic commit: add or replace, remove, and remember how far the change log was read.

        Of two documents with one id the later counts; an id both given and removed stays.
        """

    def rebuild(self, documents: Iterable[Document], watermark: int) -> None:
        """Replace everything in one atomic swap."""

    def watermark(self) -> int:
        """As last committed; 0 when there is no index or it cannot be read."""

    def count(self) -> int: ...

    def ids(self) -> set[int]: ...

    def overview(self, today: date) -> Overview: ...

    def ages(self) -> "Ages":
        """How old what is known of each listing is, for those who decide what to call about."""

    def close(self) -> None: ...
