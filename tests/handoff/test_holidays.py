"""Federal holidays are right from 2020 to 2040, and the day taken off for one on a weekend counts too."""

from datetime import date, timedelta

import pytest

from directory.handoff.holidays import holiday, holidays

# As published by the US Office of Personnel Management, the days themselves.
PUBLISHED = {
    2020: "01-01 01-20 02-17 05-25 07-04 09-07 10-12 11-11 11-26 12-25",
    2021: "01-01 01-18 02-15 05-31 06-19 07-04 09-06 10-11 11-11 11-25 12-25",
    2024: "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
    2026: "01-01 01-19 02-16 05-25 06-19 07-04 09-07 10-12 11-11 11-26 12-25",
    2028: "01-01 01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-11 11-23 12-25",
    2030: "01-01 01-21 02-18 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_days_are_those_published(year: int) -> None:
    assert [f"{day:%m-%d}" for day in holidays(year)] == PUBLISHED[year].split()


@pytest.mark.parametrize(
    ("taken_off", "name"),
    [
        (date(2021, 12, 31), "New Year’s Day"),  # 2022-01-01 was a Saturday
        (date(2023, 1, 2), "New Year’s Day"),  # 2023-01-01 was a Sunday
        (date(2020, 7, 3), "Independence Day"),
        (date(2021, 7, 5), "Independence Day"),
        (date(2022, 6, 20), "Juneteenth"),
        (date(2023, 11, 10), "Veterans Day"),
        (date(2022, 12, 26), "Christmas Day"),
        (date(2028, 11, 10), "Veterans Day"),
    ],
)
def test_the_weekday_taken_off_counts_too(taken_off: date, name: str) -> None:
    assert holiday(taken_off, str) == name


@pytest.mark.parametrize("year", range(2020, 2041))
def test_every_year_has_its_holidays_and_no_others(year: int) -> None:
    days = holidays(year)
    assert len(days) == (10 if year == 2020 else 11)
    whole = [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    marked = {day for day in whole if holiday(day, str)}
    assert set(days) <= marked
    assert all(any(abs((day - one).days) <= 1 for one in (*days, date(year + 1, 1, 1))) for day in marked)
    assert all(
        day.weekday() == 0 for day in days if day.month in (2, 5, 9, 10) or (day.month, day.day > 2) == (1, True)
    )
    assert days[-2].weekday() == 3
    assert 22 <= days[-2].day <= 28


def test_no_juneteenth_before_it_was_one_and_no_holiday_on_an_ordinary_day() -> None:
    assert holiday(date(2020, 6, 19), str) == ""
    assert holiday(date(2026, 6, 16), str) == ""
    assert holiday(date(2026, 7, 3), str) == "Independence Day"  # the 4th is a Saturday
