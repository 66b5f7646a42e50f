"""Weekly and monthly times in the words people read, English and Spanish."""

from datetime import date, time
from functools import cache
from typing import Literal

from babel.dates import format_date, format_time, get_day_names

DAY = 1440  # minutes

# Whole phrases, because word order differs; `{day}` and `{nth}` are filled in.
PHRASES: dict[str, dict[str, str]] = {
    "en": {
        "alternate": "every other {day}",
        "every": "every {n} weeks on {day}",
        "monthly": "{nth} {day} of the month",
        "and": " and ",
        "all day": "open 24 hours",
        "from": "from {date}",
        "until": "until {date}",
    },
    "es": {
        "alternate": "{day} cada dos semanas",
        "every": "{day} cada {n} semanas",
        "monthly": "{nth} {day} del mes",
        "and": " y ",
        "all day": "abierto 24 horas",
        "from": "desde el {date}",
        "until": "hasta el {date}",
    },
}
NTH: dict[str, dict[int, str]] = {
    "en": {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 5: "5th", -1: "last"},
    "es": {1: "primer", 2: "segundo", 3: "tercer", 4: "cuarto", 5: "quinto", -1: "último"},
}


def days(weekday: int, weeks: tuple[int, ...], every: int, language: str) -> str:
    """ "Tue", "last Sunday of the month", "every other Tuesday"."""
    phrases, day = _phrases(language), day_name(weekday, "wide", language)
    told = [phrases["alternate" if every == 2 else "every"].format(n=every, day=day)] if every > 1 else []
    if weeks:
        nth = NTH.get(language, NTH["en"])
        named = [nth[week] for week in sorted(set(weeks), key=lambda week: week if week > 0 else 9)]
        told.insert(0, phrases["monthly"].format(nth=_joined(named, phrases["and"]), day=day))
    return ", ".join(told) or day_name(weekday, "abbreviated", language)


def hours(start: int, end: int | None, language: str) -> str:
    """ "7:00 pm–8:30 pm"; only the start when the end is unknown."""
    if end is None:
        return clock(start, language)
    if (start, end) == (0, DAY):
        return _phrases(language)["all day"]
    return f"{clock(start, language)}–{clock(end, language)}"


def season(first: date | None, last: date | None, language: str) -> list[str]:
    """ "from Mar 4, 2026", "until May 6, 2026": only what is given."""
    given = {"from": first, "until": last}
    width = "medium" if language == "en" else "long"
    return [
        _phrases(language)[word].format(date=format_date(day, width, locale=language))
        for word, day in given.items()
        if day
    ]


@cache
def day_name(weekday: int, width: Literal["abbreviated", "wide"], language: str) -> str:
    return str(get_day_names(width, locale=language)[(weekday - 1) % 7])  # Babel's week begins on Monday


@cache
def clock(minutes: int, language: str) -> str:
    """ "7:00 pm", "7:00 p. m."; minutes from midnight, those past 1440 belong to the next morning."""
    hour, minute = divmod(minutes % DAY, 60)
    told = format_time(time(hour, minute), "h:mm a", locale=language).lower()
    return told.replace("\u202f", "\u00a0")  # few fonts have the narrow space of "p. m."


def _phrases(language: str) -> dict[str, str]:
    return PHRASES.get(language, PHRASES["en"])


def _joined(words: list[str], last: str) -> str:
    return last.join(filter(None, (", ".join(words[:-1]), words[-1])))
