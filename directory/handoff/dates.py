"""Days and hours as people say them: "Mon, Jun 15", "7:00 pm", "Mon–Fri 9:00 am–5:00 pm"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby

from directory.schedule import WeeklyTime, in_words


def day(value: date, language: str) -> str:
    """Without the year: "Mon, Jun 15"."""
    from babel.dates import format_skeleton

    return str(format_skeleton("MMMEd", value, locale=language))


def full_day(value: date, language: str) -> str:
    from babel.dates import format_date

    return format_date(value, "medium" if language == "en" else "long", locale=language)


def clock(value: datetime, language: str) -> str:
    """The wall clock of the value's own zone."""
    from directory.schedule_words import clock as minutes_clock

    return minutes_clock(value.hour * 60 + value.minute, language)


def moment(value: datetime, language: str) -> str:
    return f"{day(value.date(), language)}, {clock(value, language)}"


def hours(times: Sequence[WeeklyTime], language: str) -> tuple[str, ...]:
    """One line for each span of the clock, its days run together."""
    alike: dict[WeeklyTime, list[WeeklyTime]] = {}
    for time in times:
        alike.setdefault(replace(time, weekday=0, note=""), []).append(time)
    return tuple(line for group in alike.values() for line in _lines(group, language))


def _lines(alike: Sequence[WeeklyTime], language: str) -> list[str]:
    from directory.schedule_words import day_name

    weekdays = sorted({time.weekday for time in alike}, key=_from_monday)
    told, first = in_words(alike[0], language), day_name(alike[0].weekday, "abbreviated", language)
    if len(weekdays) < 2 or alike[0].weeks or alike[0].every > 1:
        return list(dict.fromkeys(in_words(time, language) for time in alike))
    return [
        _runs([(number, day_name(number, "abbreviated", language)) for number in weekdays]) + told.removeprefix(first)
    ]


def _from_monday(weekday: int) -> int:
    return (weekday + 6) % 7


def _runs(weekdays: Sequence[tuple[int, str]]) -> str:
    """Mon–Fri, Sun: three or more days in a row become a span."""
    said: list[str] = []
    for _, run in groupby(enumerate(weekdays), lambda pair: _from_monday(pair[1][0]) - pair[0]):
        names = [name for _, (_, name) in run]
        said += [f"{names[0]}–{names[-1]}"] if len(names) > 2 else names
    return ", ".join(said)
