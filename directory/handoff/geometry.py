"""A sketch of where places lie: rings of distance, towns, numbered points. Drawn here; nobody is asked for a tile."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, ceil, cos, degrees, radians

from directory.gazetteer import landmarks
from directory.i18n import catalogue
from directory.search.query import Near

SIZE = 320  # units of the drawing, both ways; one is a pixel on the narrowest phone
MIDDLE, EDGE = SIZE / 2, 14
DEGREE = 69.0934  # miles of a degree of latitude
POINT = 13  # radius of a numbered point: big enough for a thumb beside its neighbour
HOME = 18  # radius of the circle around the middle
LETTER, LINE = 6.1, 13  # width and height of the letters of a town's name
MOST_TOWNS = 8
NAMED = 2.0  # miles: in less, the middle of a town tells nothing of where one stands
STEPS = (0.25, 0.5, 1, 2, 5, 10, 25, 50, 100, 200)  # miles between rings

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Spot:
    """One place to draw, under its number in the list."""

    number: int
    name: str
    lat: float
    lon: float
    rough: bool = False  # only the area is known


@dataclass(frozen=True, slots=True)
class Mark:
    x: float
    y: float
    label: str  # "4", or "4+" where several lie together
    spot: str  # of the first one's card
    told: str  # "4. Lantern House"
    rough: bool  # only the area is known


@dataclass(frozen=True, slots=True)
class Town:
    x: float
    y: float
    name: str


@dataclass(frozen=True, slots=True)
class Ring:
    radius: float
    words: str


@dataclass(frozen=True, slots=True)
class Sketch:
    size: int
    marks: tuple[Mark, ...]
    towns: tuple[Town, ...]
    rings: tuple[Ring, ...]
    missing: int  # results without a place to draw
    words: str = ""  # what the drawing says, for those who do not see it
    note: str = ""  # how to read it
    north: str = "N"  # the letter at the arrow

    @property
    def middle(self) -> int:
        return self.size // 2


def draw(near: Near, spots: Sequence[Spot], missing: int, language: str) -> Sketch | None:
    """The spots around a place, north up; None when there is nothing to draw."""
    drawn = [(spot, *miles_from(near, spot.lat, spot.lon)) for spot in spots]
    if not drawn:
        return None
    reach = max(*(max(abs(east), abs(north)) for _, east, north in drawn), STEPS[0]) * 1.08
    scale = (MIDDLE - EDGE) / reach
    marks = _marks([(spot, MIDDLE + e * scale, MIDDLE - n * scale) for spot, e, n in drawn])
    towns = _towns(near, reach, scale, marks) if reach >= NAMED else ()
    return Sketch(SIZE, marks, towns, _rings(reach, scale, language), missing)


def miles_from(near: Near, lat: float, lon: float) -> tuple[float, float]:
    """Miles to the east and to the north."""
    across = (lon - near.lon + 180) % 360 - 180
    return across * DEGREE * cos(radians(near.lat)), (lat - near.lat) * DEGREE


def eighth(east: float, north: float) -> int:
    """Which of eight directions, clockwise from north: 0 north, 2 east."""
    return round(degrees(atan2(east, north)) / 45) % 8


def _marks(points: Sequence[tuple[Spot, float, float]]) -> tuple[Mark, ...]:
    """Points that would cover each other become one."""
    groups: list[list[tuple[Spot, float, float]]] = []
    for point in points:
        beside = (g for g in groups if (g[0][1] - point[1]) ** 2 + (g[0][2] - point[2]) ** 2 < (1.7 * POINT) ** 2)
        group = next(beside, None)
        if group is None:
            groups.append([point])
        else:
            group.append(point)
    return tuple(_mark(group) for group in groups)


def _mark(group: Sequence[tuple[Spot, float, float]]) -> Mark:
    first, x, y = group[0]
    told = ". ".join(f"{spot.number}. {spot.name}" for spot, _, _ in group)
    label = f"{first.number}+" if len(group) > 1 else str(first.number)
    return Mark(round(x, 1), round(y, 1), label, f"r{first.number}", told, all(spot.rough for spot, _, _ in group))


def _rings(reach: float, scale: float, language: str) -> tuple[Ring, ...]:
    plural = catalogue(language).ngettext
    step = next((step for step in STEPS if reach / step < 3.5), STEPS[-1])
    miles = [step * n for n in range(1, 5) if step * n <= reach]
    return tuple(
        Ring(round(far * scale, 1), plural("{n} mile", "{n} miles", 1 if far == 1 else 2).format(n=f"{far:g}"))
        for far in miles
    )


def _towns(near: Near, reach: float, scale: float, marks: Sequence[Mark]) -> tuple[Town, ...]:
    """The biggest whose names fit between the points and each other; the one searched from is not named."""
    taken = [(MIDDLE - HOME, MIDDLE - HOME, MIDDLE + HOME, MIDDLE + HOME)]
    taken += [(mark.x - POINT, mark.y - POINT, mark.x + POINT, mark.y + POINT) for mark in marks]
    found: list[Town] = []
    for name, lat, lon in landmarks(round(near.lat, 1), round(near.lon, 1), ceil(reach) + 8.0):
        east, north = miles_from(near, lat, lon)
        x, y = MIDDLE + east * scale, MIDDLE - north * scale
        box = (x - len(name) * LETTER / 2, y - LINE, x + len(name) * LETTER / 2, y + 3)
        inside = box[0] > 0 and box[1] > 0 and box[2] < SIZE and box[3] < SIZE
        if inside and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            found.append(Town(round(x, 1), round(y, 1), name))
        if len(found) == MOST_TOWNS:
            break
    return tuple(found)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
