"""Federal holidays of the United States, computed: an office may be closed on one whatever its weekly hours say.

The days are those of 5 U.S.C. 6103, with the day taken off where a date falls on a weekend: the Friday before a
Saturday, the Monday after a Sunday. Juneteenth counts from 2021 on.
Inauguration Day closes offices round Washington only, and is left out.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from directory.handoff.words import Say

MONDAY, THURSDAY = 0, 3  # as date.weekday counts
JUNETEENTH_SINCE = 2021


def holiday(day: date, say: Say) -> str:
    """The holiday's name when offices may be closed that day; "" on any other day."""
    # New Year's Day on a Saturday is taken off in the year before.
    code = _year(day.year).get(day) or _year(day.year + 1).get(day)
    return _names(say)[code] if code else ""


def holidays(year: int) -> tuple[date, ...]:
    """The days themselves, in order, without the days taken off for them."""
    return tuple(sorted(_days(year)))


@lru_cache(maxsize=32)
def _year(year: int) -> dict[date, str]:
    """Each day of the year's holidays and the weekday taken off for it."""
    days = _days(year)
    return days | {_taken_off(day): code for day, code in days.items()}


def _days(year: int) -> dict[date, str]:
    found = {
        date(year, 1, 1): "new_year",
        _nth(year, 1, MONDAY, 3): "king",
        _nth(year, 2, MONDAY, 3): "washington",
        _last(year, 5, MONDAY): "memorial",
        date(year, 7, 4): "independence",
        _nth(year, 9, MONDAY, 1): "labor",
        _nth(year, 10, MONDAY, 2): "columbus",
        date(year, 11, 11): "veterans",
        _nth(year, 11, THURSDAY, 4): "thanksgiving",
        date(year, 12, 25): "christmas",
    }
    return found | ({date(year, 6, 19): "juneteenth"} if year >= JUNETEENTH_SINCE else {})


def _taken_off(day: date) -> date:
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


def _nth(year: int, month: int, weekday: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


def _last(year: int, month: int, weekday: int) -> date:
    """Of May, which has 31 days."""
    end = date(year, month, 31)
    return end - timedelta(days=(end.weekday() - weekday) % 7)


def _names(_: Callable[[str], str]) -> dict[str, str]:
    return {
        "new_year": _("New Year’s Day"),
        "king": _("Martin Luther King Jr. Day"),
        "washington": _("Presidents’ Day"),
        "memorial": _("Memorial Day"),
        "juneteenth": _("Juneteenth"),
        "independence": _("Independence Day"),
        "labor": _("Labor Day"),
        "columbus": _("Columbus Day"),
        "veterans": _("Veterans Day"),
        "thanksgiving": _("Thanksgiving"),
        "christmas": _("Christmas Day"),
    }
