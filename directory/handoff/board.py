"""What one person can do one after the other: nothing is planned where something is, nor within the way between."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from directory.geo import miles
from directory.handoff.itinerary import ASSUMED, Spot
from directory.handoff.travel import ON_FOOT, STREETS, band, minutes
from directory.listing import Listed
from directory.vocab import Modality

SAME_DAY = timedelta(hours=12)  # beyond it everybody has got there


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing to do, placed in time. `spot` None: nowhere to go, or not known where."""

    key: str
    what: str
    starts_at: datetime  # aware
    ends_at: datetime | None = None
    listed: Listed | None = None
    spot: Spot | None = None
    moved: bool = False
    notes: tuple[str, ...] = ()

    @property
    def start(self) -> datetime:
        return self.starts_at.astimezone(UTC)

    @property
    def over(self) -> datetime:
        return self.ends_at.astimezone(UTC) if self.ends_at else self.start + ASSUMED


@dataclass(slots=True)
class Board:
    mode: str  # how they get about, as in Needs
    stops: list[Stop] = field(default_factory=list)

    def fits(self, stop: Stop) -> bool:
        return all(self._apart(stop, other) for other in self.stops if other.key != stop.key)

    def place(self, stop: Stop) -> bool:
        """Puts it on when it fits."""
        if not self.fits(stop):
            return False
        self.stops.append(stop)
        return True

    def without(self, keys: frozenset[str]) -> list[Stop]:
        """Takes these off and gives them back."""
        gone = [stop for stop in self.stops if stop.key in keys]
        self.stops = [stop for stop in self.stops if stop.key not in keys]
        return gone

    def _apart(self, one: Stop, other: Stop) -> bool:
        first, then = (one, other) if one.start <= other.start else (other, one)
        if first.what == "leave":  # they may leave and go at once, but not before
            return first.start <= then.start
        gap = then.start - first.over
        if gap < timedelta() or gap >= SAME_DAY or first.spot is None or then.spot is None:
            return gap >= timedelta()
        return gap >= way(first.spot, then.spot, self.mode)


@lru_cache(maxsize=4096)
def way(start: Spot, goal: Spot, mode: str) -> timedelta:
    """The longest the way is thought to take; nothing when it is the same place."""
    if (start.lat, start.lon) == (goal.lat, goal.lon):
        return timedelta()
    far = miles(start.lat, start.lon, goal.lat, goal.lon)
    _, most = band(*minutes(far * STREETS, mode or ("walk" if far <= ON_FOOT else "bus")))
    return timedelta(minutes=most)


def spot(listed: Listed | None) -> Spot | None:
    """Where it is; None for what is online, has no point, or must stay hidden."""
    place = listed.draft.place if listed else None
    if listed is None or place is None or place.confidential or place.latitude is None or place.longitude is None:
        return None
    if listed.draft.modality in (Modality.ONLINE, Modality.PHONE):
        return None
    return Spot(place.latitude, place.longitude, place.approximate)
