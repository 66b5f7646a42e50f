"""Where a search looks: the blocks that may hold an answer, and the runs of rows they make.

The rows of those blocks, one block after the other, are numbered 0, 1, 2 … ("spots"), so that a score, a distance or a
filter is one short array, however many listings there are elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import nan, pi, sin

import numpy as np

from directory.gazetteer import EARTH
from directory.search.columns import BLOCK, Floats, Ints, Mask, Table, point, unpacked
from directory.search.query import Near
from directory.search.segment import area
from directory.search.snapshot import Snapshot

HAIR = 1e-12  # radii of the Earth that rounding may cost: six micrometres
AT_ONCE = 4096  # blocks: their arrays stay in the processor's cache


@dataclass(frozen=True, slots=True)
class Spots:
    blocks: Ints
    firsts: Ints  # row at which each run starts
    ends: Ints
    shifts: Ints  # from a row of the run to its spot

    @classmethod
    def of(cls, blocks: Ints) -> Iterator["Spots"]:
        """These blocks (ascending), not too many at once."""
        for at in range(0, len(blocks), AT_ONCE):
            some = blocks[at : at + AT_ONCE]
            runs = np.concatenate([[0], np.flatnonzero(np.diff(some) > 1) + 1, [len(some)]])
            firsts, ends = some[runs[:-1]] * BLOCK, (some[runs[1:] - 1] + 1) * BLOCK
            yield cls(some, firsts.astype(np.uint32), ends.astype(np.uint32), runs[:-1] * BLOCK - firsts)

    @property
    def size(self) -> int:
        return len(self.blocks) * BLOCK

    def places(self, rows: Ints) -> tuple[Ints | slice, Ints]:
        """Of ascending rows (uint32) those looked at: where they stand in `rows`, and their spots."""
        lows, highs = np.searchsorted(rows, self.firsts), np.searchsorted(rows, self.ends)
        lengths = highs - lows
        if len(lengths) == 1:
            run = slice(int(lows[0]), int(highs[0]))
            return run, rows[run] + self.shifts[0]
        jumps = np.repeat(lows - (np.cumsum(lengths) - lengths), lengths)
        at = jumps + np.arange(len(jumps))
        return at, rows[at] + np.repeat(self.shifts, lengths)

    def rows(self, spots: Ints) -> Ints:
        return np.asarray(self.blocks[spots >> 6] * BLOCK + (spots & 63))


def blocks(snapshot: Snapshot, near: Near | None, radius: float) -> Ints:
    """Blocks that may hold an answer."""
    table = snapshot.table
    if near is None:
        return np.flatnonzero(table.live)
    middle, reach = table.spheres
    x, y, z = point(near.lat, near.lon)
    squares = (middle[0] - x) ** 2 + (middle[1] - y) ** 2 + (middle[2] - z) ** 2
    wanted = (squares <= (chord(radius) + 2 * HAIR + reach) ** 2) & (reach >= 0)
    wanted |= table.afar != 0
    for rows in served(snapshot, near):
        wanted[rows >> 6] = True
    return np.flatnonzero(wanted & (table.live != 0))


def chord(miles: float) -> float:
    """A great-circle distance as a straight line between points of the unit sphere."""
    return 2 * sin(min(miles / EARTH / 2, pi / 2))


def chords(table: Table, spots: Spots, at: Ints, rows: Ints, near: Near) -> Floats:
    """From a place to each row; NaN without one. Most that have no place lie in blocks where nobody has one."""
    x, y, z = point(near.lat, near.lon)
    columns, found = table.columns, np.full(len(rows), nan)
    placed = np.flatnonzero((table.spheres[1] >= 0)[spots.blocks][at >> 6])
    there = rows[placed]
    squares = (columns.x.take(there) - x) ** 2
    squares += (columns.y.take(there) - y) ** 2
    squares += (columns.z.take(there) - z) ** 2
    found[placed] = np.sqrt(squares)
    return found


def to_miles(chords: Floats) -> Floats:
    return np.asarray(2 * EARTH * np.arcsin(np.minimum(chords / 2, 1)))


def served(snapshot: Snapshot, near: Near) -> list[Ints]:
    """Rows that serve the state of a place, and its county."""
    if not near.state:
        return []
    terms = [area(near.state)] + ([area(near.state, near.county)] if near.county else [])
    return [snapshot.served(term)[0] for term in terms]


def beyond(snapshot: Snapshot, spots: Spots, near: Near) -> Mask:
    """Spots of those that a radius must not hide."""
    far = unpacked(snapshot.table.afar[spots.blocks])
    for rows in served(snapshot, near):
        far[spots.places(rows)[1]] = True
    return far
