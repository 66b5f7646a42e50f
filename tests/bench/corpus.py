"""Invented listings in any number, the same every time, placed where people live.

The ZIP table knows no population, so a ZIP counts by how closely ZIPs lie around it: its weight is the number of
standard ZIPs in its cell of 0.2 degrees, to the power of CROWDING. That gives greater Los Angeles 3.2 % of all
listings (3.0 % of people live there), Columbus 0.3 % (0.5 %) and Sheridan, Wyoming 0.01 % (0.01 %).
"""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from directory.schedule import WeeklyTime
from directory.search.query import Document
from directory.vocab import FACETS, Kind, label

CROWDING = 0.7
CHUNK = 10_000
JITTER = 0.02  # degrees
ANYWHERE, STATEWIDE = 0.06, 0.02
RARE_WORDS = 20_000
RARITY = 0.2  # invented words are about one in seven of a description
KINDS = {
    Kind.SUPPORT_GROUP: 0.70,
    Kind.SOBER_LIVING: 0.08,
    Kind.OUTPATIENT: 0.11,
    Kind.RESIDENTIAL: 0.05,
    Kind.COMMUNITY_SERVICE: 0.06,
}
COMMON = list(dict.fromkeys(Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split()))
SYLLABLES = (
    "al ar bel ber cor dan del el fal fen gar gil hal har in jor kel lan lin mar mer nor or pel ral ros "
    "sel tor ul ven wil yar"
).split()
ENDINGS = "by dale den don field ford ham hurst ley mont more ridge son stead ton vale view ville wick worth".split()
TITLES = {
    Kind.SUPPORT_GROUP: ["{0} {1} Group", "{1} {2}", "{0} Steps", "{3} Night {1}", "{3} at {0}", "The {1} Meeting"],
    Kind.SOBER_LIVING: ["{0} House", "{1} House", "{0} {1} Recovery Home", "{0} Sober Living"],
    Kind.OUTPATIENT: ["{0} Counseling", "{0} Behavioral Health", "{1} Treatment Center of {0}", "{0} Clinic"],
    Kind.RESIDENTIAL: ["{0} Recovery Center", "{1} Ranch", "{0} {1} Residential Program"],
    Kind.COMMUNITY_SERVICE: ["{0} Community Services", "{0} Food Pantry", "{1} Resource Center", "{0} Legal Aid"],
}
# How often a listing of the kind has each group, and how many of its values; earlier values are commoner.
GROUPS: dict[Kind, dict[str, tuple[float, int]]] = {
    Kind.SUPPORT_GROUP: {
        "fellowship": (0.97, 1), "format": (0.85, 3), "population": (0.15, 1), "access": (0.4, 2), "modality": (1, 1),
        "language": (0.1, 1), "payment": (0.3, 1),
    },
    Kind.SOBER_LIVING: {"residence": (0.8, 2), "gender": (0.8, 1), "payment": (0.5, 2), "accepts": (0.3, 2)},
    Kind.OUTPATIENT: {
        "level": (0.95, 3), "medication": (0.45, 2), "therapy": (0.9, 6), "payment": (0.95, 5), "age": (0.9, 3),
        "gender": (0.7, 2), "population": (0.7, 5), "access": (0.2, 2), "language": (0.5, 2), "modality": (0.5, 2),
    },
    Kind.RESIDENTIAL: {
        "level": (1, 3), "medication": (0.35, 2), "accepts": (0.3, 2), "therapy": (0.9, 6), "payment": (0.95, 4),
        "age": (0.9, 2), "gender": (0.9, 1), "population": (0.6, 4), "language": (0.4, 1),
    },
    Kind.COMMUNITY_SERVICE: {"need": (1, 3), "payment": (0.5, 1), "age": (0.3, 2), "access": (0.3, 2)},
}  # fmt: skip
LANGUAGES = ["es", "en", "ase", "ru", "pl", "vi", "ko", "fr", "zh", "pt"]
VARIETY = 4000  # different sets of facets of each kind
TIMES = {0: 0.25, 1: 0.6, 2: 0.1, 3: 0.05}


def documents(n: int, seed: int = 7) -> Iterator[Document]:
    """Listings 1 to n; a shorter corpus is not the beginning of a longer one."""
    rng = np.random.default_rng(seed)
    pools = {kind: _facet_pool(kind, rng) for kind in KINDS}
    for first in range(1, n + 1, CHUNK):
        yield from _chunk(rng, first, min(CHUNK, n + 1 - first), pools)


def _chunk(rng: Any, first: int, size: int, pools: dict[Kind, list[Any]]) -> Iterator[Document]:
    zips, weights = places()
    spots = [zips[i] for i in np.searchsorted(weights, rng.random(size))]
    shift = rng.normal(0, JITTER, (2, size)).tolist()
    kinds = [list(KINDS)[i] for i in _drawn(rng, list(KINDS.values()), size)]
    ends = np.cumsum(rng.integers(15, 36, size)).tolist()
    words, rank = vocabulary()
    text = words[np.searchsorted(rank, rng.random(ends[-1]))].tolist()
    rare = words[len(COMMON) + _power(rng, RARE_WORDS, size)].tolist()
    whim = rng.integers(0, 1 << 30, (3, size)).tolist()
    where, counts = rng.random(size).tolist(), _drawn(rng, list(TIMES.values()), size).tolist()
    clocks, fresh = rng.integers(0, 1 << 30, (3, size)).tolist(), rng.integers(19_700, 20_700, size).tolist()
    begin = 0
    for i, (kind, (city, state, _, zone, lat, lon)) in enumerate(zip(kinds, spots, strict=True)):
        said, begin = text[begin : ends[i]], ends[i]
        facets, categories = pools[kind][whim[0][i] % VARIETY]
        title = TITLES[kind][whim[1][i] % len(TITLES[kind])]
        anywhere, week = where[i] < ANYWHERE, weekly(zone)
        yield Document(
            id=first + i,
            kinds=(kind, Kind.OUTPATIENT) if kind is Kind.RESIDENTIAL and whim[2][i] % 3 == 0 else (kind,),
            name=title.format(rare[i].title(), said[0].title(), said[1].title(), DAYS[whim[2][i] % 7]),
            categories=categories,
            description=" ".join(said).capitalize() + ".",
            city=city,
            lat=None if anywhere else lat + shift[0][i],
            lon=None if anywhere else lon + shift[1][i],
            facets=facets,
            times=tuple(week[clocks[k][i] % len(week)] for k in range(counts[i])),
            anywhere=anywhere,
            states=(state,) if ANYWHERE <= where[i] < ANYWHERE + STATEWIDE else (),
            fresh_on=fresh[i],
        )


DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
STARTS = [360, 420, 480, 540, 600, 660, 720, 720, 750, 780, 840, 960, 1020, 1050, 1080, 1080, 1110, 1140, 1140, 1140]


@cache
def weekly(zone: str) -> list[WeeklyTime]:
    """The times meetings have, in one zone; most begin in the evening."""
    starts = [*STARTS, 1140, 1170, 1170, 1200, 1200, 1230, 1260, 1320, 1410]
    return [WeeklyTime(day, at, at + long, zone) for day, at, long in product(range(7), starts, (60, 60, 90))]


@cache
def places() -> tuple[list[tuple[str, str, str, str, float, float]], Any]:
    """Standard ZIPs as (city, state, county, zone, lat, lon), and their weights added up to 1."""
    import zipcodes

    rows = [z for z in zipcodes.list_all() if z["zip_code_type"] == "STANDARD" and z["active"] and float(z["lat"] or 0)]
    cells = [(float(z["lat"]) // 0.2, float(z["long"]) // 0.2) for z in rows]
    crowd = Counter(cells)
    weights = np.cumsum([crowd[cell] ** CROWDING for cell in cells])
    wanted = ("city", "state", "county", "timezone")
    return [(*(z[k] for k in wanted), float(z["lat"]), float(z["long"])) for z in rows], weights / weights[-1]


@cache
def vocabulary() -> tuple[Any, Any]:
    """Field words in order of frequency, then invented ones, and how often words up to each occur (Zipf)."""
    invented = np.array(["".join(one) for one in product(SYLLABLES, SYLLABLES, ENDINGS)], dtype=object)
    rare = np.random.default_rng(1).permutation(invented)[:RARE_WORDS]
    words = np.array([*COMMON, *rare], dtype=object)
    weights = 1 / (np.arange(len(words)) + 8.0)
    weights[len(COMMON) :] *= RARITY
    return words, np.cumsum(weights) / weights.sum()


def _facet_pool(kind: Kind, rng: Any) -> list[tuple[dict[str, tuple[str, ...]], str]]:
    """Sets of facets as listings of the kind have them, with the categories that go with them."""
    pool = []
    for _ in range(VARIETY):
        facets = {}
        for group, (share, most) in GROUPS[kind].items():
            if rng.random() < share:
                values = LANGUAGES if group == "language" else [term.value for term in FACETS[group]]
                picked = _power(rng, len(values), int(rng.integers(1, most + 1)))
                facets[group] = tuple(sorted({values[i] for i in picked}))
        shown = next((label(g, facets[g][0]) for g in ("fellowship", "level", "need") if g in facets), "")
        pool.append((facets, f"{kind.label()}, {shown}".removesuffix(", ")))
    return pool


def _power(rng: Any, choices: int, size: int) -> Any:
    """Numbers below `choices`, the lower ones oftener."""
    return np.minimum((choices + 1) ** rng.random(size) - 1, choices - 1).astype(np.int64)


def _drawn(rng: Any, shares: list[float], size: int) -> Any:
    return np.searchsorted(np.cumsum(shares) / sum(shares), rng.random(size))


def meetings(n: int, path: Path, seed: int = 7) -> None:
    """A Meeting Guide feed of n meetings, for measuring an import."""
    zips, weights = places()
    rng = np.random.default_rng(seed)
    words, rank = vocabulary()
    types = "O C D B ST SP TR BE W M Y LGBTQ X S".split()
    with path.open("w", encoding="utf-8") as feed:
        for i in range(n):
            city, state, county, _, lat, lon = zips[int(np.searchsorted(weights, rng.random()))]
            said = words[np.searchsorted(rank, rng.random(8))].tolist()
            hour, street = int(rng.integers(6, 22)), int(rng.integers(1, 9999))
            record = {
                "name": f"{said[0]} {said[1]} group".title(),
                "slug": f"{said[0]}-{said[1]}-{i}",
                "day": int(rng.integers(0, 7)),
                "time": f"{hour:02}:{30 * int(rng.integers(0, 2)):02}",
                "end_time": f"{hour + 1:02}:30",
                "types": sorted({types[k] for k in _power(rng, len(types), 3)}),
                "notes": " ".join(said),
                "location": f"{said[2]} {said[3]} church".title(),
                "formatted_address": f"{street} {said[4].title()} St, {city}, {state}, USA",
                "latitude": round(lat + rng.normal(0, JITTER), 6),
                "longitude": round(lon + rng.normal(0, JITTER), 6),
                "region": county or city,
                "updated": f"2026-{int(rng.integers(1, 9)):02}-15 10:00:00",
            }
            feed.write(("[\n" if not i else ",\n") + json.dumps(record))
        feed.write("\n]\n" if n else "[]\n")
