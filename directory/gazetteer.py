"""US ZIP codes, cities and counties from the `zipcodes` package, in arrays; nothing leaves this computer."""

import gc
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import islice
from math import ceil, cos, floor, radians, sin
from typing import Any

WORD = re.compile(r"[a-z0-9]+")
EARTH = 6371.009 / 1.609344  # mean radius in miles, as geopy has it
ZONE_REACH = 40.0  # miles: a point further from any ZIP has no US time zone
NEAR_ENOUGH = cos(ZONE_REACH / EARTH)
FULL_NAMES = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "pt": "point"}
COUNTY_WORDS = ("city and borough", "county", "parish", "borough", "census area", "municipio", "municipality")
# How much a name says about a ZIP: the post office's own name, one it accepts, one that people use.
PRIMARY, ACCEPTED, SPOKEN = 100, 10, 1
Named = dict[str, dict[str, list[tuple[int, int]]]]  # folded name -> state -> [(how well it names the ZIP, row)]


def fold(words: str) -> str:
    """Lower case without accents or punctuation, "st" and "mt" written out: how place names are compared."""
    plain = words if words.isascii() else unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    parts = WORD.findall(plain.lower().replace("'", "").replace(".", ""))
    return " ".join([FULL_NAMES.get(part, part) for part in parts])


@cache
def county_name(words: str) -> str:
    """ "Franklin County" -> "franklin"; the same for parishes, boroughs and municipios."""
    folded = fold(words)
    for ending in COUNTY_WORDS:
        folded = folded.removesuffix(f" {ending}")
    return folded


def miles_to_all(lat: float, lon: float, lats: Any, lons: Any) -> Any:
    """Great-circle miles from one point (degrees) to every point of two NumPy arrays, by the haversine formula."""
    import numpy as np

    south, north = np.radians(lat), np.radians(lats)
    half_up = np.sin((north - south) / 2) ** 2
    half_across = np.sin(np.radians(lons - lon) / 2) ** 2
    return 2 * EARTH * np.arcsin(np.sqrt(np.clip(half_up + np.cos(south) * np.cos(north) * half_across, 0, 1)))


@dataclass(frozen=True, slots=True)
class Spot:
    """A place people name: its centre in degrees, and what is known of it."""

    name: str
    state: str
    county: str
    timezone: str
    lat: float
    lon: float
    weight: int  # so many ZIPs, weighted by how well the name fits: stands for population


def zone_of(record: dict[str, Any]) -> str | None:
    """The ZIP's IANA zone; the data has one town's name where a zone should be."""
    name: str = record["timezone"]
    return name if "/" in name else None


@dataclass
class Gazetteer:
    zips: dict[str, int] = field(default_factory=dict)  # "43215" -> row
    rows: list[dict[str, Any]] = field(default_factory=list)
    lat: list[float] = field(default_factory=list)
    lon: list[float] = field(default_factory=list)
    cities: Named = field(default_factory=dict)
    counties: Named = field(default_factory=dict)
    states: dict[str, list[int]] = field(default_factory=dict)
    _cells: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    _near: dict[tuple[int, int], Any] = field(default_factory=dict)
    _nearest: dict[tuple[float, float], int | None] = field(default_factory=dict)

    def add(self, record: dict[str, Any]) -> None:
        row, state = len(self.rows), record["state"]
        self.rows.append(record)
        self.zips[record["zip_code"]] = row
        self.lat.append(float(record["lat"]))
        self.lon.append(float(record["long"]))
        self._cells.setdefault((floor(self.lat[row]), floor(self.lon[row])), []).append(row)
        if not record["active"]:
            return  # an old ZIP still says where it was, and no longer what a town is
        self.states.setdefault(state, []).append(row)
        self.cities.setdefault(fold(record["city"]), {}).setdefault(state, []).append((PRIMARY, row))
        for name in record["acceptable_cities"]:
            self.cities.setdefault(fold(name), {}).setdefault(state, []).append((ACCEPTED, row))
        if record["county"]:
            self.counties.setdefault(county_name(record["county"]), {}).setdefault(state, []).append((PRIMARY, row))

    @cached_property
    def spoken(self) -> Named:
        """Names that people use and the post office does not: many, and seldom asked for, so read when they are."""
        made: Named = {}
        for rows in self.states.values():
            for row in rows:
                for name in self.rows[row]["unacceptable_cities"]:
                    made.setdefault(fold(name), {}).setdefault(self.rows[row]["state"], []).append((SPOKEN, row))
        return made

    def zone(self, row: int) -> str | None:
        return zone_of(self.rows[row])

    def spot(self, name: str, rows: Iterable[tuple[int, int]]) -> Spot:
        """The middle of the rows that the name fits best, with their commonest county and zone."""
        found = list(rows)
        best = max(fit for fit, _ in found)
        chosen = [row for fit, row in found if fit == best]
        standard = [row for row in chosen if self.rows[row]["zip_code_type"] == "STANDARD"] or chosen
        records = [self.rows[row] for row in standard]
        return Spot(
            name=name,
            state=records[0]["state"],
            county=_commonest(record["county"] for record in records),
            timezone=_commonest(self.zone(row) or "" for row in standard),
            lat=self.middle(standard)[0],
            lon=self.middle(standard)[1],
            weight=best * len(standard),
        )

    def nearest(self, lat: float, lon: float) -> int | None:
        """The row of the nearest ZIP within 40 miles; remembered to a hundredth of a degree."""
        at = (round(lat, 2), round(lon, 2))
        if at not in self._nearest:
            if len(self._nearest) > 500_000:
                self._nearest.clear()
            self._nearest[at] = self._search(*at)
        return self._nearest[at]

    def _search(self, lat: float, lon: float) -> int | None:
        """By the cosine of the angle between two points: the nearest has the greatest, without sines for each ZIP."""
        rows, xs, ys, zs = self._around(floor(lat), floor(lon))
        if not len(rows):
            return None
        x, y, z = _on_the_globe(lat, lon)
        near = xs * x + ys * y + zs * z
        best = int(near.argmax())
        return int(rows[best]) if near[best] >= NEAR_ENOUGH else None

    def _around(self, south: int, west: int) -> Any:
        """Rows, and their points on a globe of radius one, of the one-degree cell and all within 40 miles of it."""
        import numpy as np

        cell = (south, west)
        if cell not in self._near:
            # One degree of longitude shrinks towards the poles.
            wide = min(ceil(0.6 / max(cos(radians(min(abs(south) + 2, 89))), 0.01)), 180)
            across = {(west + step + 180) % 360 - 180 for step in range(-wide, wide + 1)}
            found = [
                r for lat in (south - 1, south, south + 1) for lon in across for r in self._cells.get((lat, lon), ())
            ]
            rows = np.array(found, dtype=np.int64)
            self._near[cell] = (rows, *self._globe[:, rows])
        return self._near[cell]

    @cached_property
    def _globe(self) -> Any:
        import numpy as np

        return np.array([_on_the_globe(lat, lon) for lat, lon in zip(self.lat, self.lon, strict=True)]).T

    def within(self, south: float, north: float, west: float, east: float) -> Iterator[int]:
        """Rows of active ZIPs in a rectangle."""
        for lat in range(floor(south), floor(north) + 1):
            for lon in range(floor(west), floor(east) + 1):
                for row in self._cells.get((lat, lon), ()):
                    if south < self.lat[row] < north and west < self.lon[row] < east and self.rows[row]["active"]:
                        yield row

    def middle(self, rows: Sequence[int]) -> tuple[float, float]:
        return sum(self.lat[row] for row in rows) / len(rows), sum(self.lon[row] for row in rows) / len(rows)

    def one_zone(self, state: str) -> str | None:
        """The zone of a state or territory that has only one."""
        zones = {self.zone(row) for row in self.states.get(state, ())} - {None}
        return zones.pop() if len(zones) == 1 else None


def _on_the_globe(lat: float, lon: float) -> tuple[float, float, float]:
    north, east = radians(lat), radians(lon)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def _commonest(words: Iterable[str]) -> str:
    counted = Counter(filter(None, words)).most_common(1)
    return counted[0][0] if counted else ""


@cache
def gazetteer() -> Gazetteer:
    """All ZIPs but the military ones, whose points say nothing; read once (0.7 s), when first asked."""
    from zipcodes import list_all

    made = Gazetteer()
    collecting = gc.isenabled()
    gc.disable()  # 42,000 small dicts at once make the collector run for nothing, half a second long
    try:
        for record in list_all():  # type: ignore[no-untyped-call]
            if record["zip_code_type"] != "MILITARY" and float(record["lat"]):
                made.add(record)
    finally:
        if collecting:
            gc.enable()
    return made


def zip_record(code: str) -> dict[str, Any] | None:
    """One ZIP without reading all of them: what the command line asks most."""
    from zipcodes import matching

    found = [
        r
        for r in matching(code)  # type: ignore[no-untyped-call]
        if r["zip_code_type"] != "MILITARY" and float(r["lat"])
    ]
    return found[0] if found else None


@cache
def names_by_length() -> dict[int, Sequence[str]]:
    """City names by how long they are, to look for a misspelt one among those of about its length."""
    lengths: defaultdict[int, list[str]] = defaultdict(list)
    for name in gazetteer().cities:
        lengths[len(name)].append(name)
    return dict(lengths)


@lru_cache(maxsize=1024)
def landmarks(lat: float, lon: float, miles: float) -> list[tuple[str, float, float]]:
    """Names and middles in a square around a point: towns, those with the most ZIPs first, then the ZIPs themselves."""
    all_zips, up = gazetteer(), miles / 69
    wide = up / max(cos(radians(min(abs(lat) + up, 89))), 0.01)
    rows: dict[tuple[str, str], list[int]] = {}
    for row in all_zips.within(lat - up, lat + up, lon - wide, lon + wide):
        rows.setdefault((all_zips.rows[row]["city"], all_zips.rows[row]["state"]), []).append(row)
    ranked = sorted(rows.items(), key=lambda town: (-len(town[1]), town[0]))
    towns = [(name, *all_zips.middle(found)) for (name, _), found in ranked[:60]]
    codes = (row for _, found in ranked[:6] for row in found if all_zips.rows[row]["zip_code_type"] == "STANDARD")
    return towns + [(all_zips.rows[row]["zip_code"], all_zips.lat[row], all_zips.lon[row]) for row in islice(codes, 60)]
