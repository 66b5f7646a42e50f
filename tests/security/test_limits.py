"""Limits count in the database: across tasks and restarts, exactly, and their waits end."""

import asyncio
from datetime import UTC, datetime, timedelta

from directory.runtime import Runtime
from directory.security.limits import allow, attempt, forgive, used_up
from directory.security.models import Limit

NOW = datetime(2026, 5, 5, 16, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


async def test_as_many_as_allowed_and_not_one_more(rt: Runtime) -> None:
    answers = await asyncio.gather(*(allow("b", "anna", 5, MINUTE, NOW) for _ in range(12)))
    assert sum(answers) == 5
    assert await allow("b", "ben", 5, MINUTE, NOW)
    assert await allow("other", "anna", 5, MINUTE, NOW)


async def test_nobody_gets_twice_at_the_edge_of_a_span(small: Runtime) -> None:
    end = NOW + timedelta(seconds=59)
    assert [await allow("b", "anna", 4, MINUTE, end) for _ in range(4)] == [True] * 4
    assert not await allow("b", "anna", 4, MINUTE, NOW + timedelta(seconds=61))
    assert await allow("b", "anna", 4, MINUTE, NOW + timedelta(seconds=180))


async def test_one_may_ask_first_whether_anything_is_left_and_nothing_is_counted(small: Runtime) -> None:
    told = []
    for _ in range(5):
        told.append(await used_up("b", "anna", 4, MINUTE, NOW))
        assert await used_up("b", "anna", 4, MINUTE, NOW) is told[-1]
        assert await allow("b", "anna", 4, MINUTE, NOW) is not told[-1]
    assert told == [False] * 4 + [True]
    assert not await used_up("b", "anna", 4, MINUTE, NOW + 2 * MINUTE)


async def test_what_is_long_over_is_not_kept(small: Runtime) -> None:
    await allow("b", "anna", 4, MINUTE, NOW)
    await allow("b", "ben", 4, MINUTE, NOW + timedelta(hours=1))
    assert [one.who for one in await Limit.all()] == ["ben"]


async def test_waits_double_up_to_the_longest_and_always_end(small: Runtime) -> None:
    now, waits = NOW, []
    for _ in range(12):
        assert await attempt("pw", "anna", 3, 2 * MINUTE, now) == timedelta()
        wait = await attempt("pw", "anna", 3, 2 * MINUTE, now)
        if wait:
            waits.append(wait.total_seconds())
            assert await attempt("pw", "anna", 3, 2 * MINUTE, now + wait - timedelta(milliseconds=1))
        now += wait
    assert waits == [2, 4, 8, 16, 32, 64, 120, 120, 120, 120, 120][: len(waits)]
    assert len(waits) >= 9


async def test_many_tries_at_once_gain_nothing(rt: Runtime) -> None:
    answers = await asyncio.gather(*(attempt("pw", "anna", 5, MINUTE, NOW) for _ in range(30)))
    assert sum(answer == timedelta() for answer in answers) == 5


async def test_a_right_answer_begins_the_count_anew_and_a_day_does_too(small: Runtime) -> None:
    for _ in range(5):
        await attempt("pw", "anna", 5, MINUTE, NOW)
    assert await attempt("pw", "anna", 5, MINUTE, NOW)
    await forgive("pw", "anna")
    assert not await attempt("pw", "anna", 1, MINUTE, NOW)
    assert not await attempt("pw", "anna", 1, MINUTE, NOW + timedelta(days=1, seconds=1))


async def test_a_clock_set_back_locks_nobody_out(small: Runtime) -> None:
    for _ in range(6):
        await attempt("pw", "anna", 5, MINUTE, NOW)
    assert not await attempt("pw", "anna", 5, MINUTE, NOW - timedelta(hours=3))
