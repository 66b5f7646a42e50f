"""Plots put numbers where they belong: more is higher, later is to the right, north is up."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from directory.web.plots import HIGH, MARGIN, WIDE, ceiling, on_a_map, over_time

FIRST = date(2026, 1, 1)


@given(st.lists(st.integers(0, 2_000_000), min_size=2, max_size=50))
def test_a_line_keeps_to_the_frame_and_the_order_of_its_values(values: list[int]) -> None:
    plot = over_time([FIRST + timedelta(n) for n in range(len(values))], {"listings": values})
    assert plot is not None
    points = [tuple(map(float, point.split(","))) for point in plot.lines[0].points.split()]
    assert all(MARGIN <= x <= WIDE - MARGIN and MARGIN <= y <= HIGH - MARGIN for x, y in points)
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    for (_, y), value in zip(points, values, strict=True):
        assert all(y <= other for (_, other), less in zip(points, values, strict=True) if less < value)


@given(st.integers(0, 10**9))
def test_levels_are_round_and_above_every_value(value: int) -> None:
    assert ceiling(value) >= max(value, 4)
    assert ceiling(value) % 4 == 0


def test_one_day_is_no_line() -> None:
    assert over_time([FIRST], {"listings": [3]}) is None


def test_the_map_has_north_up_and_east_to_the_right() -> None:
    dots, high = on_a_map([(41.0, -84.0, 0, "north west"), (39.0, -81.0, 1, "south east")])
    north_west, south_east = dots
    assert north_west.x < south_east.x <= WIDE
    assert north_west.y < south_east.y <= high
    assert on_a_map([(40.0, -83.0, 0, "alone")])[0][0].told == "alone"
