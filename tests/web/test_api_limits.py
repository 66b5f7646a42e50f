"""How often one network may ask, and that nobody can be found by it."""

import re
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.web.api_limits import Limiter, TooMany


class Clock:
    def __init__(self) -> None:
        self.now, self.day = 0.0, date(2026, 5, 5)


def meter(limit: int, clock: Clock) -> Limiter:
    return Limiter(limit, lambda: clock.now, lambda: clock.day)


def test_a_network_that_asks_too_often_is_told_how_long_to_wait_and_may_then_go_on() -> None:
    clock = Clock()
    measured = meter(6, clock)
    left = [measured.take("192.0.2.1").left for _ in range(6)]
    assert left == [5, 4, 3, 2, 1, 0]
    with pytest.raises(TooMany) as refused:
        measured.take("192.0.2.200")  # the same network
    assert refused.value.wait == 10
    measured.take("198.51.100.1")  # another one
    clock.now = 10.0
    assert measured.take("192.0.2.1").left == 0


def test_no_limit_is_no_limit() -> None:
    measured = meter(0, Clock())
    for _ in range(1000):
        measured.take("192.0.2.1")


def test_a_dear_request_costs_more_but_never_more_than_there_is() -> None:
    measured = meter(5, Clock())
    assert measured.take("192.0.2.1", cost=10).left == 0


def test_the_memory_is_bounded_holds_no_address_and_is_empty_the_next_day() -> None:
    clock = Clock()
    measured = meter(5, clock)
    for n in range(25_000):
        measured.take(f"10.{n >> 8 & 255}.{n & 255}.1")
    assert len(measured._left) <= 20_000
    assert not any(re.search(rb"10\.\d+\.\d+\.", key) for key in measured._left)
    clock.day = date(2026, 5, 6)
    measured.take("192.0.2.1")
    assert len(measured._left) == 1


@given(st.lists(st.tuples(st.floats(0, 20), st.integers(1, 3)), max_size=60))
def test_never_more_in_any_span_than_the_bucket_and_what_flowed_in(steps: list[tuple[float, int]]) -> None:
    clock = Clock()
    measured, granted = meter(6, clock), 0
    for pause, cost in steps:
        clock.now += pause
        with suppress(TooMany):
            measured.take("192.0.2.1", cost)
            granted += cost
    assert granted <= 6 + clock.now / 10 + 1e-6
