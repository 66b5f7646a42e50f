"""Direct buses from a local GTFS file: a sharper estimate of the way, and whether a bus still goes back.

Only direct trips are looked for: a change of bus may be quicker, so nothing here says that no bus goes. A file that is
cut, wrong or too large, and a day it does not cover, leave the straight-line estimate as it is.
Times count from noon less twelve hours of the service day (GTFS reference, "Service day"): right when clocks change.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
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

MORNING = time(4)  # what leaves before it belongs to the night before

SERVED = "SELECT service FROM days WHERE day = ?"
DIRECT = """
SELECT a.trip, trips.service, a.departs, b.arrives, a.stop, b.stop
FROM calls a JOIN calls b ON b.trip = a.trip AND b.number > a.number JOIN trips ON trips.id = a.trip
WHERE a.stop IN ({here}) AND b.stop IN ({there})
"""


@dataclass(frozen=True, slots=True)
class Direct:
    """One trip from near one point to near another. Seconds of its service day; walks in miles, straight line."""

    service: int
    departs: int
    arrives: int
    walk_to: float
    walk_from: float


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
        coming = [
            ride for ride in self._rides(database, zone, leg.start, leg.goal, leg.arrive) if ride.departs >= first
        ]
        there = [ride for ride in coming if _arrives(ride) <= leg.arrive.astimezone(UTC)]
        best = max(there, key=lambda ride: ride.departs, default=None)
        travel = plain.travel if best is None else _told(plain.travel, best, leg, say)
        return replace(plain, travel=travel, notes=(*plain.notes, *self._back(database, zone, leg, say)))

    def _back(self, database: sqlite3.Connection, zone: ZoneInfo, leg: Leg, say: Say) -> Iterator[str]:
        """Said only where direct buses do go that way on that day, and the last one is gone."""
        if leg.home is None:
            return
        after, ends = leg.leave.astimezone(UTC), _night_ends(leg.leave)
        rides = self._rides(database, zone, leg.goal, leg.home, leg.leave)
        today = [ride for ride in rides if ends - timedelta(days=1) <= ride.departs < ends]
        if not today or any(_ready(ride, after) for ride in today):
            return
        last = max(ride.departs for ride in today).astimezone(leg.leave.tzinfo)
        night = ends - timedelta(hours=24 + MORNING.hour - NIGHT)
        words = say("No direct bus back then: the last one leaves at {time} (by the bus schedule).")
        if last <= night <= after:
            words = say("No direct bus back after 9 pm: the last one leaves at {time} (by the bus schedule).")
        yield words.format(time=dates.clock(last, leg.language))

    def _rides(
        self, database: sqlite3.Connection, zone: ZoneInfo, start: Spot, goal: Spot, about: datetime
    ) -> list[Ride]:
        """Of the service day of `about` and of the one before, whose last buses run past midnight."""
        day, found = about.astimezone(zone).date(), []
        for service_day in (day - timedelta(days=1), day):
            services = {row[0] for row in database.execute(SERVED, (service_day.toordinal(),))}
            zero = datetime.combine(service_day, time(12), zone).astimezone(UTC) - timedelta(hours=12)
            for one in _directs(self.index, start, goal) if services else ():
                if one.service in services:
                    departs, arrives = zero + timedelta(seconds=one.departs), zero + timedelta(seconds=one.arrives)
                    found.append(Ride(departs, arrives, one.walk_to, one.walk_from))
        return found


def _opened(index: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"{index.as_uri()}?mode=ro", uri=True))


def _zone(database: sqlite3.Connection) -> ZoneInfo:
    return ZoneInfo(database.execute("SELECT zone FROM feed").fetchone()[0])


def _night_ends(moment: datetime) -> datetime:
    """The next four in the morning on the clock of the moment, in UTC."""
    ends = datetime.combine(moment.date(), MORNING, moment.tzinfo)
    return (ends if moment.time() < MORNING else ends + timedelta(days=1)).astimezone(UTC)


@lru_cache(maxsize=32)  # a plan asks for the same places each day; an index never changes, its name is its content
def _directs(index: Path, start: Spot, goal: Spot) -> tuple[Direct, ...]:
    """Each trip once, with the shortest walk."""
    best: dict[int, Direct] = {}
    with _opened(index) as database:
        here, there = _stops(database, start), _stops(database, goal)
        query = DIRECT.format(here=",".join("?" * len(here)), there=",".join("?" * len(there)))
        for trip, service, departs, arrives, a, b in database.execute(query, (*here, *there)):
            known = best.get(trip)
            if known is None or here[a] + there[b] < known.walk_to + known.walk_from:
                best[trip] = Direct(service, departs, arrives, here[a], there[b])
    return tuple(best.values())


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
