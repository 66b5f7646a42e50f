"""Direct buses from a local GTFS file: a sharper estimate of the way, and whether a bus still goes back.

Only direct trips are looked for: a change of bus may be quicker, so nothing here says that no bus goes. A file that is
cut, wrong or too large, and a day it does not cover, leave the straight-line estimate as it is.
Times count from noon less twelve hours of the service day (GTFS reference, "Service day"): right when clocks change.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from math import cos, radians
from pathlib import Path
from zoneinfo import ZoneInfo

from directory.geo import miles
from directory.handoff import dates
from directory.handoff.itinerary import Leg, Spot, Travel, Trip
from directory.handoff.travel import STEP, STREETS, WALK, band, straight_line
from directory.handoff.words import Say

NEAR_STOP = 0.5  # miles, straight line
STOPS = 40  # nearest looked at, at each end
EARLY = timedelta(minutes=90)  # a bus that is there longer before than that is no help
NIGHT = 21  # hour from which nobody should have to find out
DEGREE = 69.0  # miles in a degree of latitude

SERVED = "SELECT service FROM days WHERE day = ?"
DIRECT = """
SELECT a.departs, b.arrives, a.stop, b.stop FROM calls a JOIN calls b ON b.trip = a.trip AND b.number > a.number
JOIN trips ON trips.id = a.trip
WHERE a.stop IN ({here}) AND b.stop IN ({there}) AND trips.service IN ({services})
"""


@dataclass(frozen=True, slots=True)
class Ride:
    """One direct trip. `departs` and `arrives` in UTC; walks in miles, straight line."""

    departs: datetime
    arrives: datetime
    walk_to: float
    walk_from: float


@dataclass(frozen=True, slots=True)
class Buses:
    """A Router over an index that `directory.handoff.gtfs_index.indexed` made."""

    index: Path

    def __call__(self, leg: Leg, say: Say) -> Trip:
        plain = straight_line(leg, say)
        if plain.travel.mode != "bus":
            return plain
        try:
            with _opened(self.index) as database:
                return self._by_bus(database, leg, plain, say)
        except (sqlite3.Error, ValueError):  # taken away or damaged while we run: the estimate stays
            return plain

    def _by_bus(self, database: sqlite3.Connection, leg: Leg, plain: Trip, say: Say) -> Trip:
        zone = _zone(database)
        first = leg.arrive.astimezone(UTC) - EARLY
        coming = [ride for ride in _rides(database, zone, leg.start, leg.goal, leg.arrive) if ride.departs >= first]
        there = [ride for ride in coming if _arrives(ride) <= leg.arrive.astimezone(UTC)]
        best = max(there, key=lambda ride: ride.departs, default=None)
        travel = plain.travel if best is None else _told(plain.travel, best, leg, say)
        return replace(plain, travel=travel, notes=(*plain.notes, *self._back(database, zone, leg, say)))

    def _back(self, database: sqlite3.Connection, zone: ZoneInfo, leg: Leg, say: Say) -> Iterator[str]:
        """Said only where direct buses do go that way on that day, and the last one is gone."""
        if leg.home is None:
            return
        rides = _rides(database, zone, leg.goal, leg.home, leg.leave)
        after = leg.leave.astimezone(UTC)
        if not rides or any(_ready(ride, after) for ride in rides):
            return
        last = max(ride.departs for ride in rides)
        hour = dates.clock(last.astimezone(leg.leave.tzinfo), leg.language)
        if last.astimezone(leg.leave.tzinfo).hour >= NIGHT or leg.leave.hour >= NIGHT:
            yield say("No direct bus back after 9 pm: the last one leaves at {time} (by the bus schedule).").format(
                time=hour
            )
        else:
            yield say("No direct bus back then: the last one leaves at {time} (by the bus schedule).").format(time=hour)


def _opened(index: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{index.as_uri()}?mode=ro", uri=True)


def _zone(database: sqlite3.Connection) -> ZoneInfo:
    return ZoneInfo(database.execute("SELECT zone FROM feed").fetchone()[0])


def _rides(database: sqlite3.Connection, zone: ZoneInfo, start: Spot, goal: Spot, about: datetime) -> list[Ride]:
    """Direct trips of the service day of `about` and of the one before, whose last buses run past midnight."""
    here, there = _stops(database, start), _stops(database, goal)
    if not here or not there:
        return []
    day = about.astimezone(zone).date()
    return [
        ride
        for service_day in (day - timedelta(days=1), day)
        for ride in _of_day(database, zone, service_day, here, there)
        if ride.departs.astimezone(zone).date() == day or service_day == day
    ]


def _of_day(
    database: sqlite3.Connection, zone: ZoneInfo, day: date, here: dict[int, float], there: dict[int, float]
) -> Iterator[Ride]:
    services = [row[0] for row in database.execute(SERVED, (day.toordinal(),))]
    if not services:
        return
    query = DIRECT.format(here=_marks(here), there=_marks(there), services=_marks(services))
    zero = datetime.combine(day, time(12), zone).astimezone(UTC) - timedelta(hours=12)
    for departs, arrives, a, b in database.execute(query, (*here, *there, *services)):
        yield Ride(zero + timedelta(seconds=departs), zero + timedelta(seconds=arrives), here[a], there[b])


def _marks(values: Sequence[object] | dict[int, float]) -> str:
    return ",".join("?" * len(values))


def _stops(database: sqlite3.Connection, spot: Spot) -> dict[int, float]:
    """Stops within half a mile -> miles, the nearest first."""
    tall = NEAR_STOP / DEGREE
    wide = tall / max(cos(radians(spot.lat)), 0.1)
    box = (spot.lat - tall, spot.lat + tall, spot.lon - wide, spot.lon + wide)
    found = database.execute("SELECT id, lat, lon FROM stops WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?", box)
    far = {id: miles(spot.lat, spot.lon, lat, lon) for id, lat, lon in found}
    near = sorted((distance, id) for id, distance in far.items() if distance <= NEAR_STOP)
    return {id: distance for distance, id in near[:STOPS]}


def _walk(miles_straight: float, speed: float) -> timedelta:
    return timedelta(hours=miles_straight * STREETS / speed)


def _arrives(ride: Ride) -> datetime:
    return ride.arrives + _walk(ride.walk_from, WALK[1])


def _ready(ride: Ride, after: datetime) -> bool:
    return ride.departs >= after + _walk(ride.walk_to, WALK[0])


def _told(plain: Travel, ride: Ride, leg: Leg, say: Say) -> Travel:
    """Walk, ride and walk; the slow end adds a wait, since nobody comes to the minute."""
    riding = (ride.arrives - ride.departs).total_seconds() / 60
    walks = [(_walk(ride.walk_to, speed) + _walk(ride.walk_from, speed)).total_seconds() / 60 for speed in WALK]
    least, most = band(riding + walks[0], riding + walks[1] + 2 * STEP)
    words = say("about {least} to {most} minutes by bus (estimate by the bus schedule)").format(least=least, most=most)
    if leg.goal.approximate:
        words = say("{way}; we only know the area").format(way=words)
    return replace(plain, least=least, most=most, words=words)
