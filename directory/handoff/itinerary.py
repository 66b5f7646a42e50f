"""The first days as pure values: what is planned, how to get there, what is missing, and what a person changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from directory.handoff.words import Say

ASSUMED = timedelta(minutes=60)  # how long something of unknown end is taken to last


@dataclass(frozen=True, slots=True)
class Spot:
    """A point in degrees (WGS 84); `approximate`: only the area is known."""

    lat: float
    lon: float
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Leg:
    """One way to go: to be there at `arrive`, back after `leave` (both aware)."""

    start: Spot
    goal: Spot
    arrive: datetime
    leave: datetime
    mode: str = ""  # "walk" | "bus" | "car"; "" when nobody said
    home: Spot | None = None  # where they go back to
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Travel:
    """An estimate, and its words say so."""

    miles: float  # straight line, as shown on cards
    mode: str  # "walk" | "bus" | "car"
    least: int  # minutes, in steps of five
    most: int
    words: str


@dataclass(frozen=True, slots=True)
class Trip:
    """What a router answers: the way there, and what to know about the way back."""

    travel: Travel
    notes: tuple[str, ...] = ()


Router = Callable[[Leg, Say], Trip]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the plan, on the wall clock of the timeline's zone."""

    key: str  # stable, for edits
    what: str  # "leave" | "appointment" | "intake" | "meeting" | "check_in" | "move_in"
    id: int  # the listing; 0 for none
    starts_at: datetime
    ends_at: datetime | None
    title: str
    where: str = ""
    travel: Travel | None = None
    notes: tuple[str, ...] = ()
    moved: bool = False
    choices: tuple[datetime, ...] = ()  # other starts it may be moved to, in order

    @property
    def over(self) -> datetime:
        """When it is taken to be over (UTC)."""
        return self.ends_at.astimezone(UTC) if self.ends_at else self.starts_at.astimezone(UTC) + ASSUMED

    @property
    def earlier(self) -> datetime | None:
        return max((at for at in self.choices if at.timestamp() < self.starts_at.timestamp()), default=None)

    @property
    def later(self) -> datetime | None:
        return min((at for at in self.choices if at.timestamp() > self.starts_at.timestamp()), default=None)

    @property
    def may_go(self) -> bool:
        """Whether a person may take it off: leaving and what is booked are facts."""
        return self.what not in ("leave", "appointment")


@dataclass(frozen=True, slots=True)
class Warning_:
    code: str  # no_meeting | holiday | no_bed | no_intake | supply | early | overlap | no_hour | edit
    words: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """`entries` in order; no two of them at once but what was booked so."""

    entries: tuple[Entry, ...]
    warnings: tuple[Warning_, ...]
    check_ins: tuple[date, ...]
    zone: str
    off: tuple[Entry, ...] = ()  # taken off by a person, to be put back
    more: tuple[Entry, ...] = ()  # meetings of the seven days that are not on it and would fit
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Edits:
    """What a person changed. Moments are aware; `added` are (listing, start of one of its meetings)."""

    dropped: tuple[str, ...] = ()
    moved: tuple[tuple[str, datetime], ...] = ()
    added: tuple[tuple[int, datetime], ...] = ()


NO_EDITS = Edits()
