"""What filters, distance and order need of every listing, in NumPy arrays: one row a listing, 64 rows a block.

Rows follow a space-filling curve, so that a block is a neighbourhood: a radius looks at the blocks whose bounding
sphere it meets and never at the others. Values are bits: `bits[block, code]` says which of 64 rows have the code.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from math import cos, nan, radians, sin
from typing import Any

import numpy as np
from numpy.typing import NDArray

from directory.schedule import ASSUMED, DAY, WeeklyTime

BLOCK = 64
NOBODY = -1  # the id of a row that is no listing: it fills up a block
NOWHERE = -1  # no zone
AFAR = "@afar"  # the hidden code of listings a radius must not hide: anywhere and nationwide
ANYWHERE = "@anywhere"  # and of those that have no distance
ENDLESS, FOREVER = 0, np.iinfo(np.int32).max  # the end of a weekly time that nobody knows; a season without end

Bits = NDArray[np.uint64]
Floats = NDArray[np.float64]
Ints = NDArray[np.integer[Any]]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Columns:
    """Arrays as they lie on disk; names of codes and zones are those of this table alone."""

    ids: NDArray[np.int64]
    x: Floats  # the place as a point on the unit sphere; NaN without one
    y: Floats
    z: Floats
    main: NDArray[np.int16]  # code of the main kind
    fresh: NDArray[np.int32]  # day D since 1970 from which trust fades; 0 unknown
    fade: NDArray[np.float32]  # rate R: on day t trust is 2 ** -(R * (t - D))
    bits: Bits  # blocks × codes
    time_rows: NDArray[np.uint32]  # the row of each weekly time below, ascending
    starts: NDArray[np.int16]  # minute of the week it starts
    lengths: NDArray[np.int16]  # minutes; ENDLESS unknown
    zones: NDArray[np.int16]
    weeks: NDArray[np.uint8]  # of the month: bit 0 the last, bit n the nth; 0 every week
    every: NDArray[np.uint8]
    since: NDArray[np.int32]  # ordinal of the first day and the last; 0 and FOREVER are no limits
    until: NDArray[np.int32]
    codes: tuple[str, ...] = ()  # "group=value"
    zone_names: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def plain(self) -> Mask:
        """Weekly times of every week of the year."""
        always = (self.since == 0) & (self.until == FOREVER)
        return np.asarray((self.weeks == 0) & (self.every == 1) & always)

    def weekly(self, row: int) -> list[WeeklyTime]:
        first, last = np.searchsorted(self.time_rows, np.array([row, row + 1], np.uint32))
        return [self._time(at) for at in range(first, last)]

    def _time(self, at: int) -> WeeklyTime:
        weekday, start = divmod(int(self.starts[at]), DAY)
        length, zone, weeks = int(self.lengths[at]), int(self.zones[at]), int(self.weeks[at])
        since, until = int(self.since[at]), int(self.until[at])
        return WeeklyTime(
            weekday,
            start,
            None if length == ENDLESS else start + length,
            None if zone == NOWHERE else self.zone_names[zone],
            tuple(week or -1 for week in range(6) if weeks >> week & 1),
            int(self.every[at]),
            date.fromordinal(since) if since else None,
            date.fromordinal(until) if until != FOREVER else None,
        )


ARRAYS = tuple(column.name for column in fields(Columns) if column.name not in ("codes", "zone_names"))
OF_ROWS = ("ids", "x", "y", "z", "main", "fresh", "fade")


@dataclass
class Table:
    """Columns, and which of their rows still count."""

    columns: Columns
    live: Bits  # a bit a row
    numbers: dict[str, int] = field(init=False)  # of codes
    groups: dict[str, list[tuple[str, int]]] = field(init=False)  # the values of a group and their codes

    def __post_init__(self) -> None:
        self.numbers = {code: number for number, code in enumerate(self.columns.codes)}
        self.groups = {}
        for code, number in self.numbers.items():
            group, _, value = code.partition("=")
            if not code.startswith("@"):
                self.groups.setdefault(group, []).append((value, number))

    def prepare(self) -> None:
        """What every search needs is worked out when the index is opened, not when the first person asks."""
        _ = self.spheres, self.afar, self.anywhere, self.newest, self.whole, self.totals

    @cached_property
    def alive(self) -> Mask:
        return unpacked(self.live)

    @cached_property
    def count(self) -> int:
        return int(np.bitwise_count(self.live).sum())

    @cached_property
    def whole(self) -> bool:
        return self.count == len(self.columns)

    @cached_property
    def totals(self) -> Ints:
        """How many live rows have each code."""
        return bit_counts(self.columns.bits, np.arange(len(self.live)), self.live)

    @cached_property
    def newest(self) -> int:
        return int(self.columns.fresh.max(initial=0, where=self.alive))

    @cached_property
    def afar(self) -> Bits:
        return self.having([AFAR])

    @cached_property
    def anywhere(self) -> Bits:
        return self.having([ANYWHERE])

    @cached_property
    def spheres(self) -> tuple[Floats, Floats]:
        """The middle of each block (3 × blocks) and how far its rows lie from it at most; -1 without any place."""
        x, y, z = (axis.reshape(-1, BLOCK) for axis in (self.columns.x, self.columns.y, self.columns.z))
        placed = ~np.isnan(x)
        many = np.maximum(placed.sum(1), 1)
        middle = np.stack([np.nansum(axis, axis=1) / many for axis in (x, y, z)])
        squares = sum((axis - at[:, None]) ** 2 for axis, at in zip((x, y, z), middle, strict=True))
        reach = np.fmax.reduce(squares, axis=1, initial=0.0, where=placed)
        return middle, np.where(placed.any(1), np.sqrt(reach), -1)

    def having(self, codes: Sequence[str]) -> Bits:
        """A bit a row: those with any of the codes."""
        numbers = [self.numbers[code] for code in codes if code in self.numbers]
        return np.asarray(np.bitwise_or.reduce(self.columns.bits[:, numbers], axis=1), np.uint64)


def unpacked(words: Bits) -> Mask:
    return np.unpackbits(words.view(np.uint8), bitorder="little").view(np.bool_)


def packed(mask: Mask) -> Bits:
    return np.packbits(mask, bitorder="little").view(np.uint64)


def bit_counts(bits: Bits, blocks: Ints, mask: Bits) -> Ints:
    """How many of the rows in the mask, a word a block, have each code; few blocks at a time, to stay in the cache."""
    total = np.zeros(bits.shape[1], np.int64)
    for at in range(0, len(blocks), 256):
        some = slice(at, at + 256)
        total += np.bitwise_count(bits.take(blocks[some], axis=0) & mask[some, None]).sum(0, dtype=np.uint16)
    return total


def joined(parts: Sequence[Columns]) -> Columns:
    """One table of several, in their order, with the names of all."""
    if len(parts) == 1:
        return parts[0]
    codes = tuple(dict.fromkeys(code for part in parts for code in part.codes))
    zones = tuple(dict.fromkeys(zone for part in parts for zone in part.zone_names))
    bits = np.zeros((sum(len(part.bits) for part in parts), len(codes)), np.uint64)
    renumbered, first = [], 0
    for part in parts:
        code_numbers = np.array([codes.index(code) for code in part.codes], np.int16)
        zone_numbers = np.array([*(zones.index(zone) for zone in part.zone_names), NOWHERE], np.int16)
        bits[first : first + len(part.bits), code_numbers] = part.bits
        renumbered.append(
            replace(
                part,
                main=np.append(code_numbers, np.int16(NOBODY))[part.main],
                zones=zone_numbers[part.zones],
                time_rows=part.time_rows + np.uint32(first * BLOCK),
            )
        )
        first += len(part.bits)
    arrays = {name: np.concatenate([getattr(part, name) for part in renumbered]) for name in ARRAYS if name != "bits"}
    return Columns(**arrays, bits=bits, codes=codes, zone_names=zones)


def point(lat: float | None, lon: float | None) -> tuple[float, float, float]:
    """Degrees as a point on the unit sphere."""
    if lat is None or lon is None:
        return nan, nan, nan
    up, across = radians(lat), radians(lon)
    return cos(up) * cos(across), cos(up) * sin(across), sin(up)


def by_place(x: Floats, y: Floats, z: Floats) -> NDArray[np.uint64]:
    """Where each point lies on a curve through all places; those without a place come last."""
    turn = (np.arctan2(y, x) / np.pi + 1) / 2
    height = (np.arcsin(np.clip(z, -1, 1)) * 2 / np.pi + 1) / 2
    somewhere = ~np.isnan(x)
    across = _spread(np.where(somewhere, turn, 0))
    up = _spread(np.where(somewhere, height, 0))
    return np.where(somewhere, across | (up << np.uint64(1)), np.iinfo(np.uint64).max)


def _spread(share: Floats) -> NDArray[np.uint64]:
    """0..1 as 16 bits with a gap after each, to be interleaved with another."""
    bits = np.minimum(share * 65536, 65535).astype(np.uint64)
    for shift, kept in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        bits = (bits | (bits << np.uint64(shift))) & np.uint64(kept)
    return bits


def length_of(time: WeeklyTime) -> int:
    return ENDLESS if time.end is None else time.end - time.start


def lasting(lengths: Ints) -> Ints:
    """Minutes it is taken to last."""
    return np.where(lengths == ENDLESS, ASSUMED, lengths).astype(np.int32)
