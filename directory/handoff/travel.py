"""How long a way may take, from the straight line alone: an estimate, told in steps of five minutes and never finer.

Streets are longer than the straight line: 1.2 times over US states (Ballou and others 2002), 1.4 times on the way to
US hospitals (Boscoe and others 2012); we take 1.3. People walk 3 miles an hour, slower ones 2.4 (3.5 feet a second, by
which US traffic lights are timed) and quick ones 3.75. City buses make 8 to 15 miles an hour with their stops, after
10 to 30 minutes of walk and wait. Cars make 20 to 35 in town, 35 to 60 beyond ten miles, and need up to ten minutes
to park.
"""

from math import ceil, floor

from directory.geo import miles
from directory.handoff.itinerary import Leg, Travel, Trip
from directory.handoff.words import Say

STREETS = 1.3
TOWN = 10.0  # street miles
WALK = (3.75, 2.4)  # miles an hour, quick and slow
BUS, BUS_WAIT = (15.0, 8.0), (10, 30)
CAR, CAR_BEYOND, PARKING = (35.0, 20.0), (60.0, 35.0), (0, 10)
ON_FOOT = 1.0  # miles: nobody said how they get about, and nearer than this people walk
FAR_TO_WALK = 90  # minutes
STEP = 5


def straight_line(leg: Leg, say: Say) -> Trip:
    far = miles(leg.start.lat, leg.start.lon, leg.goal.lat, leg.goal.lon)
    mode = leg.mode or ("walk" if far <= ON_FOOT else "bus")
    quick, slow = minutes(far * STREETS, mode)
    least, most = band(quick, slow)
    notes = (say("That is far to walk. Ask us about a ride."),) if mode == "walk" and most > FAR_TO_WALK else ()
    return Trip(Travel(round(far, 1), mode, least, most, told(mode, least, most, leg, say)), notes)


def minutes(streets: float, mode: str) -> tuple[float, float]:
    """Quick and slow, for that many miles along streets."""
    if mode == "walk":
        return streets / WALK[0] * 60, streets / WALK[1] * 60
    if mode == "bus":
        return BUS_WAIT[0] + streets / BUS[0] * 60, BUS_WAIT[1] + streets / BUS[1] * 60
    town, beyond = min(streets, TOWN), max(streets - TOWN, 0.0)
    quick, slow = (town / CAR[n] * 60 + beyond / CAR_BEYOND[n] * 60 + PARKING[n] for n in (0, 1))
    return quick, slow


def band(quick: float, slow: float) -> tuple[int, int]:
    """Outward to steps of five minutes, at least one step wide and never nothing."""
    least = max(STEP, floor(quick / STEP) * STEP)
    return least, max(least + STEP, ceil(slow / STEP) * STEP)


def told(mode: str, least: int, most: int, leg: Leg, say: Say) -> str:
    """ "about 10 to 20 minutes on foot (estimate)"; where only an area is known, that too."""
    sentence = {
        "walk": say("about {least} to {most} minutes on foot (estimate)"),
        "bus": say("about {least} to {most} minutes by bus, if one goes there (estimate)"),
        "car": say("about {least} to {most} minutes by car (estimate)"),
    }[mode].format(least=least, most=most)
    return sentence if not leg.goal.approximate else say("{way}; we only know the area").format(way=sentence)
