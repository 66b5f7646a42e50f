"""Columns give back what a listing said, and count bits as one would count listings."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.schedule import WeeklyTime
from directory.search.builder import Builder
from directory.search.columns import BLOCK, bit_counts, by_place, joined, packed, point, unpacked
from directory.search.query import Document
from directory.search.segment import Part
from tests.search.test_segment import opened
from tests.search.world import doc, time

TIMES = [
    time(0, "0:00", "23:59"),
    time(6, "23:30", "1:00"),
    time(3, "9:00", timezone=None, weeks=(-1, 1)),
    time(2, "18:00", "19:00", every=2, valid_from=date(2026, 3, 3), valid_to=date(2026, 9, 1)),
]


def part(root: Path, *documents: Document) -> Part:
    builder = Builder()
    for one in documents:
        builder.add(one)
    return opened(root, builder)[1]


@pytest.mark.parametrize("one", TIMES)
def test_a_weekly_time_comes_back_as_it_was(tmp_path: Path, one: WeeklyTime) -> None:
    assert part(tmp_path, doc(1, times=(one,))).columns.weekly(0) == [one]


def test_joined_tables_name_their_values_and_zones_alike(tmp_path: Path) -> None:
    first = part(tmp_path, doc(1, facets={"payment": ("free",)}, times=(TIMES[0],)))
    chicago = time(1, "9:00", timezone="America/Chicago")
    second = part(tmp_path, doc(2, facets={"payment": ("medicaid", "free")}, times=(chicago,)))
    table = joined([first.columns, second.columns])
    assert [table.ids[row] for row in (0, BLOCK)] == [1, 2]
    assert [table.weekly(row) for row in (0, BLOCK)] == [[TIMES[0]], [chicago]]
    having = {
        code: unpacked(table.bits[:, number].copy()).nonzero()[0].tolist() for number, code in enumerate(table.codes)
    }
    assert having["payment=free"] == [0, BLOCK]
    assert having["payment=medicaid"] == [BLOCK]


@given(st.lists(st.tuples(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1)), min_size=1, max_size=300))
def test_bits_are_counted_one_by_one(rows: list[tuple[int, int]]) -> None:
    bits = np.array([[row[0]] for row in rows], np.uint64)
    mask = np.array([row[1] for row in rows], np.uint64)
    counted = bit_counts(bits, np.arange(len(rows)), mask)
    assert counted.tolist() == [sum((a & b).bit_count() for a, b in rows)]
    assert packed(unpacked(mask)).tolist() == mask.tolist()


def test_near_places_are_near_on_the_curve_and_nowhere_is_last() -> None:
    places = [(39.96, -83.0), (34.05, -118.2), (39.97, -83.01), (None, None), (34.06, -118.21)]
    x, y, z = (np.array(axis) for axis in zip(*(point(*place) for place in places), strict=True))
    order = np.argsort(by_place(x, y, z)).tolist()
    assert order[-1] == 3
    assert abs(order.index(0) - order.index(2)) == abs(order.index(1) - order.index(4)) == 1
