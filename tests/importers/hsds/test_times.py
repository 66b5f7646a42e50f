"""Hours of the HSDS family: what a week can keep becomes times, all else stays words, no hour is wrong."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.schedule import DAY, WeeklyTime
from importers.hsds.times import hours

RULE = {"freq": "WEEKLY", "byday": "TU", "opens_at": "09:00", "closes_at": "17:00"}
NINE, FIVE = 540, 1020


def times(**changes: Any) -> tuple[WeeklyTime, ...]:
    return hours({"schedules": [RULE | changes]}).times


def test_a_weekly_rule_is_a_time_on_each_of_its_days() -> None:
    assert times(byday="TU,TH") == (WeeklyTime(2, NINE, FIVE), WeeklyTime(4, NINE, FIVE))
    assert times(byday=["TU", "TH"]) == times(byday="TU, TH")


@pytest.mark.parametrize(("byday", "weeks"), [("1TU", (1,)), ("-1TU", (-1,)), ("1TU,3TU", (1, 3)), ("+2TU", (2,))])
def test_numbered_days_are_weeks_of_the_month(byday: str, weeks: tuple[int, ...]) -> None:
    assert times(freq="MONTHLY", byday=byday) == (WeeklyTime(2, NINE, FIVE, weeks=weeks),)


@pytest.mark.parametrize(
    ("opens", "closes", "span"),
    [
        ("10:00:00", "18:00:00", (600, 1080)),
        ("09:00-05:00", "17:00-05:00", (NINE, FIVE)),
        ("09:00Z", "17:00Z", (NINE, FIVE)),
        ("9:00am", "1:50pm", (NINE, 830)),
        ("22:00", "02:00", (1320, 1560)),
        ("00:00", "00:00", (0, DAY)),
        ("00:00", "23:59", (0, DAY)),
        ("09:00", "", (NINE, None)),
    ],
)
def test_clocks_are_the_places_own(opens: str, closes: str, span: tuple[int, int | None]) -> None:
    (one,) = times(opens_at=opens, closes_at=closes)
    assert (one.start, one.end) == span


@pytest.mark.parametrize(
    "changes",
    [
        {"freq": "YEARLY"},
        {"freq": "MONTHLY", "byday": "TU"},
        {"freq": "MONTHLY", "byday": "", "bymonthday": "15"},
        {"byday": "XX"},
        {"byday": "7TU", "freq": "MONTHLY"},
        {"opens_at": "", "closes_at": "17:00"},
        {"opens_at": "9:00", "closes_at": "5:00"},
        {"opens_at": "9:00", "closes_at": "9:00"},
        {"interval": 2},
        {"count": 3},
        {"valid_from": "2026-05-01", "valid_to": "2026-01-01"},
    ],
    ids=str,
)
def test_what_no_week_can_keep_stays_words(changes: dict[str, Any]) -> None:
    found = hours({"schedules": [RULE | changes | {"description": "Ask for the days."}]})
    assert (found.times, found.notes) == ((), ("Ask for the days.",))


def test_every_other_week_counts_from_its_start() -> None:
    (one,) = times(interval=2, dtstart="2026-01-06", until="2026-12-31")
    assert (one.every, str(one.valid_from), str(one.valid_to)) == (2, "2026-01-06", "2026-12-31")


def test_a_counted_rule_ends_with_its_last_week() -> None:
    (one,) = times(dtstart="2026-01-06", count=3)
    assert str(one.valid_to) == "2026-01-26"  # Tuesdays 6, 13 and 20 January, to the end of that week


def test_weekdays_of_the_old_tables_have_names() -> None:
    rows = [{"weekday": "Monday", "opens_at": "9:00", "closes_at": "17:00"}]
    assert hours({"regular_schedules": rows}).times == (WeeklyTime(1, NINE, FIVE),)


def test_a_weekday_that_is_a_number_is_no_time() -> None:
    rows = [{"weekday": "2", "opens_at": "9:00", "closes_at": "17:00"}]
    assert hours({"regular_schedules": rows}).times == ()


def test_holidays_are_words() -> None:
    rows = [
        {"closed": "true", "start_date": "12/25/2026", "end_date": "12/25/2026"},
        {"closed": "no", "start_date": "2026-12-24", "end_date": "2026-12-26",
         "opens_at": "10:00", "closes_at": "16:00"},
        {"closed": "true", "start_date": "January 01, 0001"},
    ]  # fmt: skip
    assert hours({"holiday_schedules": rows}).notes == (
        "Closed 2026-12-25",
        "Open 2026-12-24 to 2026-12-26: 10:00-16:00",
    )


@given(
    st.dictionaries(
        st.sampled_from(
            ("freq", "byday", "opens_at", "closes_at", "interval", "count", "dtstart", "valid_to", "weekday")
        ),
        st.text(max_size=12)
        | st.integers()
        | st.sampled_from(("WEEKLY", "MONTHLY", "MO,2TU", "9am", "23:59", "2026-01-01")),
    )
)
def test_whatever_a_rule_says_its_times_are_sound(rule: dict[str, Any]) -> None:
    for time in hours({"schedules": [rule], "regular_schedules": [rule], "holiday_schedules": [rule]}).times:
        assert 0 <= time.weekday <= 6
        assert 0 <= time.start < DAY
        assert time.end is None or time.start < time.end <= time.start + DAY


@pytest.mark.parametrize("byday", ["Tuesday", "tuesday", ["Tuesday"]])
def test_days_may_be_written_out(byday: Any) -> None:
    assert times(byday=byday) == (WeeklyTime(2, NINE, FIVE),)


def test_a_rule_of_calendars_in_one_cell_is_read() -> None:
    rule = {"rrule": "RRULE:FREQ=WEEKLY;BYDAY=TU,TH", "opens_at": "09:00", "closes_at": "17:00"}
    assert hours({"schedules": [rule]}).times == times(byday="TU,TH")


@pytest.mark.parametrize(
    ("weekday", "days"),
    [
        ("Monday - Friday", [1, 2, 3, 4, 5]),
        ("Fri to Mon", [0, 1, 5, 6]),
        ("Mon, Wed and Fri", [1, 3, 5]),
        ("Monday - Holidays", []),
        ("1-5", []),
        ("weekdays", []),
    ],
)
def test_a_row_may_name_several_days_and_no_other_word(weekday: str, days: list[int]) -> None:
    found = hours({"regular_schedules": [{"weekday": weekday, "opens_at": "9:00", "closes_at": "17:00"}]})
    assert [time.weekday for time in found.times] == days
    assert bool(found.notes) is not bool(days) or weekday == "1-5"


def test_a_rule_among_rows_of_weekdays_is_read_as_a_rule() -> None:
    assert hours({"regular_schedules": [RULE]}).times == times()


def test_hours_typed_as_one_text_are_times_where_they_are_certain() -> None:
    assert hours({"hours": "Tues & Thurs, 9am to 5pm"}).times == (WeeklyTime(2, NINE, FIVE), WeeklyTime(4, NINE, FIVE))
    assert hours({"opening_hours": "By appointment only"}).by_appointment


def test_hours_typed_as_one_text_are_never_lost() -> None:
    found = hours({"hours": "Tuesdays, beginning at 8:30am. Open until full."})
    assert (found.times, found.notes) == ((), ("Tuesdays, beginning at 8:30am. Open until full.",))


def test_rules_come_before_typed_hours() -> None:
    assert hours({"schedules": [RULE], "hours": "Mon 9am-5pm"}).times == (WeeklyTime(2, NINE, FIVE),)


def test_midnight_to_midnight_beside_other_hours_is_a_day_without_any() -> None:
    """Machines write so of days that nobody filled in: nobody is sent to a locked door on a Sunday."""
    days = {"MO": ("09:00", "17:00"), "SA": ("00:00", "00:00"), "SU": ("0:00", "00:00:00")}
    rules = [{"freq": "WEEKLY", "byday": day, "opens_at": a, "closes_at": b} for day, (a, b) in days.items()]
    assert hours({"schedules": rules}).times == (WeeklyTime(1, NINE, FIVE),)
    rows = [{"weekday": day, "opens_at": a, "closes_at": b} for day, (a, b) in days.items()]
    rows[0]["weekday"] = "Monday - Tuesday"
    names = {"SA": "Saturday", "SU": "Sunday"}
    rows = [row | {"weekday": names.get(row["weekday"], row["weekday"])} for row in rows]
    assert hours({"regular_schedules": rows}).times == (WeeklyTime(1, NINE, FIVE), WeeklyTime(2, NINE, FIVE))


def test_midnight_to_midnight_alone_is_round_the_clock() -> None:
    rows = [{"weekday": "Saturday", "opens_at": "00:00", "closes_at": "00:00"}]
    assert hours({"regular_schedules": rows}).times == (WeeklyTime(6, 0, DAY),)


def test_a_rule_that_is_nothing_but_a_sentence_is_read_where_it_is_certain() -> None:
    sure = hours({"schedules": [{"id": "1", "description": "Monday - Tuesday, 9:00 a.m. - 5:00 p.m."}]})
    assert (sure.times, sure.notes) == ((WeeklyTime(1, NINE, FIVE), WeeklyTime(2, NINE, FIVE)), ())
    vague = hours({"schedules": [{"id": "1", "description": "Office: most days, 9 to 5"}]})
    assert (vague.times, vague.notes) == ((), ("Office: most days, 9 to 5",))


def test_a_sentence_beside_a_rule_says_no_hours_of_its_own() -> None:
    ended = {"opens_at": "", "valid_to": "2020-01-01", "description": "Monday 9am to 5pm"}
    assert hours({"schedules": [ended]}).times == ()
