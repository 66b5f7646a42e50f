from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.errors import BadQuestion
from directory.schedule import (
    HORIZON,
    WeeklyTime,
    is_open,
    meets_within,
    next_occurrence,
    occurrences,
    week_minutes,
)
from tests.builders import make_time

ZONES = [
    "America/New_York",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
]
CHANGES = [date(2026, 3, 8), date(2026, 11, 1), date(2026, 4, 5), date(2026, 10, 4)]  # US, then Lord Howe


def local(*parts: int, zone: str = "America/New_York", fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone), fold=fold)  # type: ignore[arg-type, misc]


def begins(time: WeeklyTime, after: datetime) -> str:
    found = next_occurrence([time], after)
    return found.start.isoformat() if found else "never"


# --- the slow reference: every day by the calendar, every minute by the clock


def held_on(time: WeeklyTime, day: date) -> bool:
    if (day.weekday() + 1) % 7 != time.weekday:
        return False
    if (time.valid_from and day < time.valid_from) or (time.valid_to and day > time.valid_to):
        return False
    if time.every > 1:
        if time.valid_from is None:
            return False
        saturday, week = time.valid_from, 0
        while (saturday.weekday() + 1) % 7 != 6:
            saturday += timedelta(days=1)
        while day > saturday:
            saturday, week = saturday + timedelta(days=7), week + 1
        if week % time.every:
            return False
    if not time.weeks:
        return True
    same = [d for d in range(1, monthrange(day.year, day.month)[1] + 1) if (d - day.day) % 7 == 0]
    return same.index(day.day) + 1 in time.weeks or (-1 in time.weeks and day.day == same[-1])


def first_shown(zone: ZoneInfo, day: date, minutes: int) -> datetime:
    """Walks the minutes until the clock shows it or later."""
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
    moment = wall.replace(tzinfo=UTC) - timedelta(hours=15)
    while moment.astimezone(zone).replace(tzinfo=None) < wall:
        moment += timedelta(minutes=1)
    return moment


def reference(time: WeeklyTime, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
    zone = ZoneInfo(time.timezone or "")
    day = first
    while day <= last:
        if held_on(time, day):
            begun = first_shown(zone, day, time.start)
            over = begun + timedelta(hours=1) if time.end is None else first_shown(zone, day, time.end)
            if over <= begun and time.end is not None:
                over = begun + timedelta(minutes=time.end - time.start)
            yield begun, over
        day += timedelta(days=1)


@st.composite
def times(draw: st.DrawFn, rare: bool = False) -> WeeklyTime:
    start = draw(st.one_of(st.integers(0, 1439), st.integers(0, 200)))  # small hours: where clocks change
    end = draw(st.none() | st.integers(start + 1, start + 1440) | st.integers(start + 1, start + 90))
    every = draw(st.sampled_from([1, 1, 2, 3])) if rare else 1
    anchor = st.dates(date(2025, 1, 1), date(2026, 12, 31))
    return WeeklyTime(
        weekday=draw(st.integers(0, 6)),
        start=start,
        end=end,
        timezone=draw(st.sampled_from(ZONES)),
        weeks=tuple(draw(st.lists(st.sampled_from([1, 2, 3, 4, 5, -1]), max_size=3, unique=True))) if rare else (),
        every=every,
        valid_from=draw(anchor if every > 1 else st.none() | anchor) if rare else None,
        valid_to=draw(st.none() | anchor) if rare else None,
    )


@settings(max_examples=120, deadline=None)
@given(times(), st.sampled_from(CHANGES), st.integers(-4 * 1440, 4 * 1440))
def test_next_is_what_walking_the_clock_finds_around_every_change(time: WeeklyTime, change: date, minutes: int) -> None:
    after = datetime(change.year, change.month, change.day, tzinfo=UTC) + timedelta(minutes=minutes)
    day = after.date()
    expected = next(one for one in reference(time, day - timedelta(days=3), day + timedelta(days=9)) if one[1] > after)
    found = next_occurrence([time], after)
    assert found is not None
    assert (found.start.astimezone(UTC), found.over) == expected
    assert is_open([time], after) == (expected[0] <= after)
    assert str(found.start.tzinfo) == time.timezone


@settings(max_examples=150, deadline=None)
@given(times(rare=True), st.datetimes(datetime(2025, 6, 1), datetime(2026, 9, 1)))
def test_months_alternate_weeks_and_seasons_fall_on_the_days_a_calendar_gives(
    time: WeeklyTime, after: datetime
) -> None:
    zone = ZoneInfo(time.timezone or "")
    moment = after.replace(tzinfo=UTC)
    span = [moment.date() + timedelta(days=n) for n in range(-3, 403)]
    held = [day for day in span if held_on(time, day)]
    found = occurrences([time], moment, moment + timedelta(days=90))
    until = moment + timedelta(days=90)
    shown = [(day, first_shown(zone, day, time.start)) for day in held if day < until.date() + timedelta(days=3)]
    assert [one.start.astimezone(UTC) for one in found] == [at for _, at in shown if moment <= at < until]
    coming = next_occurrence([time], moment)
    latest = coming.start.date() if coming else (moment + HORIZON).date() - timedelta(days=2)
    assert not [day for day in held if moment.date() + timedelta(days=2) <= day < latest]
    assert coming is None or latest in held


@settings(max_examples=100, deadline=None)
@given(st.lists(times(), min_size=1, max_size=5), st.datetimes(datetime(2026, 2, 1), datetime(2026, 12, 1)))
def test_of_several_times_the_first_to_begin_is_next(several: list[WeeklyTime], after: datetime) -> None:
    moment = after.replace(tzinfo=UTC)
    each = [found for time in several if (found := next_occurrence([time], moment))]
    together = next_occurrence(several, moment)
    assert together is not None
    assert together.start.astimezone(UTC) == min(one.start.astimezone(UTC) for one in each)
    week = occurrences(several, moment, moment + timedelta(days=7))
    starts = [one.start.astimezone(UTC) for one in week]
    assert starts == sorted(starts)
    assert len(week) in range(7 * len(several))


# --- the changes of the clock, said plainly


def test_a_start_skipped_by_the_clock_moves_to_the_first_minute_after_the_gap() -> None:
    sunday = WeeklyTime(weekday=0, start=150, end=240, timezone="America/New_York")
    found = next_occurrence([sunday], local(2026, 3, 8))
    assert found is not None
    assert found.start.isoformat() == "2026-03-08T03:00:00-04:00"
    assert found.end == local(2026, 3, 8, 4)


def test_a_time_wholly_inside_the_gap_keeps_its_length() -> None:
    sunday = WeeklyTime(weekday=0, start=130, end=160, timezone="America/New_York")
    found = next_occurrence([sunday], local(2026, 3, 8))
    assert found is not None
    assert found.end is not None
    assert found.end.isoformat() == "2026-03-08T03:30:00-04:00"


def test_a_gap_of_half_an_hour_is_a_gap_too() -> None:
    sunday = WeeklyTime(weekday=0, start=135, timezone="Australia/Lord_Howe")
    assert begins(sunday, datetime(2026, 10, 3, 12, tzinfo=UTC)) == "2026-10-04T02:30:00+11:00"


def test_a_time_that_comes_twice_is_the_first_of_the_two() -> None:
    sunday = WeeklyTime(weekday=0, start=90, end=100, timezone="America/New_York")
    assert begins(sunday, local(2026, 11, 1)) == "2026-11-01T01:30:00-04:00"
    assert not is_open([sunday], local(2026, 11, 1, 1, 35, fold=1))
    assert begins(sunday, local(2026, 11, 1, 1, 35, fold=1)) == "2026-11-08T01:30:00-05:00"


def test_a_night_over_the_change_keeps_its_hours_on_the_wall() -> None:
    saturday = WeeklyTime(weekday=6, start=23 * 60, end=28 * 60, timezone="America/New_York")
    found = next_occurrence([saturday], local(2026, 3, 7, 12))
    assert found is not None
    assert found.over - found.start == timedelta(hours=4)


# --- midnight, the week's end, several zones, no zone


def test_a_meeting_past_midnight_is_still_going_on_after_the_week_turned() -> None:
    saturday = WeeklyTime(weekday=6, start=22 * 60, end=25 * 60, timezone="America/New_York")
    assert is_open([saturday], local(2026, 1, 4, 0, 59))
    assert not is_open([saturday], local(2026, 1, 4, 1, 0))
    assert begins(saturday, local(2026, 1, 4, 0, 59)) == "2026-01-03T22:00:00-05:00"


def test_an_unknown_end_counts_as_one_hour_in_progress_and_stays_unknown() -> None:
    time = make_time(end=None)
    found = next_occurrence([time], local(2026, 1, 6, 19, 59))
    assert found is not None
    assert (found.start, found.end) == (local(2026, 1, 6, 19), None)
    assert begins(time, local(2026, 1, 6, 20)) == "2026-01-13T19:00:00-05:00"


def test_the_earlier_instant_wins_across_zones() -> None:
    west = make_time(timezone="America/Los_Angeles", start=17 * 60, end=None)
    east = make_time(timezone="America/New_York", start=19 * 60, end=None)
    found = next_occurrence([west, east], local(2026, 1, 6, 12))
    assert found is not None
    assert found.time is east


def test_a_time_without_a_zone_is_read_in_the_default_and_never_occurs_without_one() -> None:
    time = make_time(timezone=None)
    now = local(2026, 1, 6, 12)
    assert next_occurrence([time], now) is None
    assert occurrences([time], now, now + timedelta(days=30)) == []
    assert not is_open([time], local(2026, 1, 6, 19, 30))
    found = next_occurrence([time], now, default_zone="America/Anchorage")
    assert found is not None
    assert found.start.isoformat() == "2026-01-06T19:00:00-09:00"
    assert next_occurrence([time], now, default_zone="Mars/Olympus") is None


def test_a_moment_without_a_zone_is_refused_in_a_sentence() -> None:
    with pytest.raises(BadQuestion, match="time zone"):
        next_occurrence([make_time()], datetime(2026, 1, 6))


# --- the calendar


def test_a_fifth_sunday_more_than_two_months_away_is_found() -> None:
    fifth = WeeklyTime(weekday=0, start=600, timezone="America/New_York", weeks=(5,))
    assert begins(fifth, local(2026, 8, 31)) == "2026-11-29T10:00:00-05:00"


def test_alternate_weeks_count_from_the_sunday_of_the_first_day() -> None:
    time = WeeklyTime(weekday=1, start=600, timezone="America/New_York", every=2, valid_from=date(2026, 1, 7))
    assert begins(time, local(2026, 1, 1)) == "2026-01-19T10:00:00-05:00"  # Monday the 5th lies before the first day


def test_alternate_weeks_without_a_first_day_promise_no_date() -> None:
    assert next_occurrence([make_time(every=2)], local(2026, 1, 1)) is None


def test_a_season_bounds_the_days_it_starts_on() -> None:
    time = make_time(start=23 * 60, end=25 * 60, valid_from=date(2026, 3, 1), valid_to=date(2026, 3, 10))
    found = occurrences([time], local(2026, 1, 1), local(2026, 12, 31))
    assert [one.start.date() for one in found] == [date(2026, 3, 3), date(2026, 3, 10)]
    assert is_open([time], local(2026, 3, 11, 0, 30))


def test_a_first_day_more_than_400_days_ahead_is_not_yet_next() -> None:
    assert next_occurrence([make_time(valid_from=date(2027, 6, 1))], local(2026, 1, 1)) is None
    assert next_occurrence([make_time(valid_from=date(2027, 1, 1))], local(2026, 1, 1)) is not None


# --- the week as minutes


def test_week_minutes_split_at_the_end_of_the_week() -> None:
    assert week_minutes(make_time()) == [(2 * 1440 + 1140, 2 * 1440 + 1200)]
    assert week_minutes(WeeklyTime(6, 1380, 1500)) == [(0, 60), (10020, 10080)]
    assert week_minutes(WeeklyTime(6, 1380, 1440)) == [(10020, 10080)]
    assert week_minutes(WeeklyTime(6, 1410)) == [(0, 30), (10050, 10080)]


@settings(max_examples=200, deadline=None)
@given(times(), st.integers(0, 6), st.integers(0, 1439), st.integers(0, 1440))
def test_a_window_matches_exactly_when_a_minute_is_shared(time: WeeklyTime, day: int, start: int, length: int) -> None:
    def minutes(begin: int, end: int) -> set[int]:
        return {minute % 10080 for minute in range(begin, end)}

    begin = time.weekday * 1440 + time.start
    met = minutes(begin, begin + (60 if time.end is None else time.end - time.start))
    assert {minute for a, b in week_minutes(time) for minute in range(a, b)} == met
    asked = minutes(day * 1440 + start, day * 1440 + start + max(length, 1))
    assert meets_within(time, day, start, start + length) == bool(met & asked)
