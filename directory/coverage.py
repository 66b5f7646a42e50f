"""Which ZIP codes of a state have help near, and which have none."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

import numpy as np
from numpy.typing import NDArray

from directory.gazetteer import gazetteer
from directory.search.query import Overview

MILES = 10.0
DEGREE = 69.09  # miles of a degree of latitude
CELL = 0.05  # degrees: places are counted by the cells around a ZIP's point
STEPS = (0, 1, 5, 20)  # none, few, some, many


@dataclass(frozen=True, slots=True)
class ZipCover:
    code: str
    city: str
    county: str
    lat: float
    lon: float
    count: int  # places within about MILES

    @property
    def step(self) -> int:
        """0 none … 3 many."""
        return sum(self.count >= least for least in STEPS) - 1


def states() -> list[str]:
    return sorted(gazetteer().states)


def busiest_state(seen: Overview) -> str:
    """Where most of what we list lies: what the map shows first."""
    if not len(seen.lat):
        return "OH"
    middle = float(np.median(seen.lat)), float(np.median(seen.lon))
    row = gazetteer().nearest(*middle)
    return str(gazetteer().rows[row]["state"]) if row is not None else "OH"


def coverage(seen: Overview, state: str, kind: str = "") -> list[ZipCover]:
    """Every ordinary ZIP of the state in the order of its code, with the places of one kind (or any) around it."""
    zips = gazetteer()
    rows = [row for row in zips.states.get(state, ()) if zips.rows[row]["zip_code_type"] == "STANDARD"]
    if not rows:
        return []
    lat, lon = np.array([zips.lat[row] for row in rows]), np.array([zips.lon[row] for row in rows])
    chosen = seen.kind == kind if kind else np.ones(len(seen.kind), bool)
    counts = _around(lat, lon, seen.lat[chosen], seen.lon[chosen])
    found = [
        ZipCover(r["zip_code"], r["city"], r["county"], zips.lat[row], zips.lon[row], count)
        for row, count in zip(rows, counts, strict=True)
        if (r := zips.rows[row])
    ]
    return sorted(found, key=lambda one: one.code)


def _around(
    lat: NDArray[np.float64], lon: NDArray[np.float64], lats: Sequence[float], lons: Sequence[float]
) -> list[int]:
    """Places in a square of twice MILES around each point, from sums over a grid: as fast for a million as for ten."""
    high = MILES / DEGREE
    wide = high / max(cos(radians(float(lat.mean()))), 0.05)
    south, west = lat.min() - 2 * high, lon.min() - 2 * wide
    rows, across = int((lat.max() + 2 * high - south) / CELL) + 2, int((lon.max() + 2 * wide - west) / CELL) + 2
    edges = (south + CELL * np.arange(rows + 1), west + CELL * np.arange(across + 1))
    grid, _, _ = np.histogram2d(np.asarray(lats, float), np.asarray(lons, float), bins=edges)
    sums = np.zeros((rows + 1, across + 1), np.int64)
    sums[1:, 1:] = grid.cumsum(0).cumsum(1)
    bottom, top = _cells(lat - high, south, rows), _cells(lat + high, south, rows) + 1
    left, right = _cells(lon - wide, west, across), _cells(lon + wide, west, across) + 1
    counts: list[int] = (sums[top, right] - sums[bottom, right] - sums[top, left] + sums[bottom, left]).tolist()
    return counts


def _cells(at: NDArray[np.float64], start: float, most: int) -> NDArray[np.int64]:
    return np.clip(((at - start) / CELL).astype(np.int64), 0, most - 1)
