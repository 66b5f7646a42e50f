"""When a meeting meets, from the ways feeds write it: days, clocks, and what its name says of weeks and zones."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from directory.schedule import WeeklyTime
from importers import clean
from importers.rows import Hold, Reject, text

DAY = 1440  # minutes
LONGEST_NIGHT = 12 * 60  # an "end" further past midnight than this is a slip of the pen, not a meeting
_DAILY = frozenset(
    {"daily", "every day", "everyday", "all days", "diario", "diaria", "todos los días", "tous les jours"}
)
# Zones that names spell out ("9am Eastern"). Longer words first; EST in July means New York's clock all the same.
_ZONES = {
    r"central european(?: time)?|cet|cest": "Europe/Berlin",
    r"london(?: time)?|gmt|bst": "Europe/London",
    r"eastern(?: (?:standard |daylight )?time)?|e[sd]?t": "America/New_York",
    r"central(?: (?:standard |daylight )?time)?|c[sd]?t": "America/Chicago",
    r"mountain(?: (?:standard |daylight )?time)?|m[sd]t": "America/Denver",
    r"pacific(?: (?:standard |daylight )?time)?|p[sd]?t": "America/Los_Angeles",
}
_CLOCK_IN_ZONE = re.compile(
    r"\b(?P<clock>\d{1,2}(?::\d\d)?\s*[ap]\.?m\b\.?|noon)\s*\(?\s*(?:"
    + "|".join(f"(?P<z{n}>{words})" for n, words in enumerate(_ZONES))
    + r")\b",
    re.I,
)
_ORDINALS = {"1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3, "4th": 4, "fourth": 4, "last": -1}
_ORDINALS |= {"5th": 5, "fifth": 5}
_ORDINAL = "|".join(_ORDINALS)
_DAY_NAMES = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_SOME_WEEKS = re.compile(
    rf"(?P<every>\bevery\s+)?\b(?P<weeks>(?:{_ORDINAL})(?:\s*(?:,|&|and|\+|/|\s)\s*(?:{_ORDINAL}))*)\s+"
    rf"(?P<day>{'|'.join(f'{name}|{name[:3]}' for name in _DAY_NAMES)})s?\b",
    re.I,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_SEASON = re.compile(rf"\b{_MONTH}\s*(?:-|–|to|thru|through|until|till)\s*{_MONTH}(?!\s*\d)\b", re.I)
_ALTERNATE = re.compile(r"\b(every other (?:week|\w+day)|alternate (?:weeks|\w+days)|bi-?weekly)\b", re.I)
# "First Monday is a step meeting" and "business meeting 2nd Sunday" do not change when the meeting itself meets.
_ABOUT_SOMETHING_ELSE = re.compile(
    r"business|birthday|chip|speaker|step|tradition|anniversar|closed|open|potluck|celebrat|conscience|book|topic", re.I
)


def weekdays(value: Any) -> list[int]:
    """Every day said, Sunday 0; empty when nothing is said. A day nobody can read is never replaced by another."""
    parts = value if isinstance(value, (list, tuple)) else [value]
    return list(_days_said(tuple(text(part) for part in parts)))


@lru_cache(maxsize=1024)
def _days_said(parts: tuple[str, ...]) -> tuple[int, ...]:
    words = [part for one in parts for part in re.split(r"[,;/&|]|\band\b|\by\b", one.strip(" []\"'"))]
    days: list[int] = []
    for word in filter(None, (word.strip(" []\"'") for word in words)):
        if re.search(r"appointment|\bcita\b", word, re.I):
            continue
        day = clean.weekday(word.removesuffix(".0"))
        if word.casefold() in _DAILY:
            days += range(7)
        elif day is None:
            raise Reject("the day cannot be read", word[:60])
        else:
            days.append(day)
    return tuple(sorted(set(days)))


def minutes(value: Any, reason: str = "the time cannot be read") -> int | None:
    """A clock as minutes from midnight; None when nothing is said."""
    words = text(value)
    found = clean.clock(words) if words else None
    if words and found is None:
        raise Reject(reason, words[:60])
    return found


def span(value: Any) -> tuple[int | None, int | None]:
    """The start, and the end where one cell says both ("7 PM - 8 PM"); a half of the day said once is not guessed."""
    both = re.split(r"\s*(?:[-–—]|\bto\b|\bhasta\b)\s*", text(value))
    if len(both) == 2 and all(re.search(r":|[ap]\.?m|noon", half, re.I) for half in both):
        start, end = clean.clock(both[0]), clean.clock(both[1])
        sure = bool(re.search(r"[ap]\.?m", both[0], re.I)) or not re.search(r"[ap]\.?m", both[1], re.I)
        if start is not None and end is not None and sure:
            return start, end
    return minutes(value), None


def weekly(days: Sequence[int], start: int | None, end: int | None, zone: str | None = None) -> tuple[WeeklyTime, ...]:
    """One time for each day; `end` on the clock, before `start` when it ends after midnight. Empty: by appointment."""
    if not days and start is None:
        return ()
    if not days or start is None:
        raise Hold("a day without a time" if days else "a time without a day")
    shift, start = divmod(start, DAY)  # "24:00" on Monday is Tuesday's midnight
    return tuple(WeeklyTime((day + shift) % 7, start, ending(start, end), zone) for day in days)


def ending(start: int, end: int | None) -> int | None:
    """The end counted from the starting day's midnight; None when unknown or not to be believed."""
    if end is None or end == start:
        return None
    if end > start:
        return min(end, start + DAY)
    return end + DAY if end + DAY - start <= LONGEST_NIGHT else None


def as_named(times: tuple[WeeklyTime, ...], name: str, notes: str = "") -> tuple[WeeklyTime, ...]:
    """The times with the weeks, the season and the zone that the meeting's own words spell out."""
    return _in_named_zone(_in_season(_some_weeks(times, name, notes), name, notes), name)


def _in_season(times: tuple[WeeklyTime, ...], name: str, notes: str) -> tuple[WeeklyTime, ...]:
    """ "May through September" stands beside each time: in the other months nobody may be there."""
    said = _SEASON.search(name) or _SEASON.search(notes)
    return tuple(replace(time, note=time.note or said[0]) for time in times) if said else times


def _in_named_zone(times: tuple[WeeklyTime, ...], name: str) -> tuple[WeeklyTime, ...]:
    """ "9am Eastern" at 09:00 fixes the zone, wherever the pin is; another clock than the record's is two readings."""
    said = _CLOCK_IN_ZONE.search(name)
    if not said or not times or any(time.timezone for time in times):
        return times
    clock = clean.clock(said["clock"].replace(".", ""))
    zone = next(zone for n, zone in enumerate(_ZONES.values()) if said[f"z{n}"])
    if clock is not None and any(time.start != clock for time in times):
        raise Hold("its name says another time", said[0])
    return tuple(replace(time, timezone=zone) for time in times)


def _some_weeks(times: tuple[WeeklyTime, ...], name: str, notes: str) -> tuple[WeeklyTime, ...]:
    """Weeks of the month from "2nd & 4th Fridays only"; for alternate weeks only the words, their parity is unknown."""
    weeks = _weeks_of(name, times) or next(
        filter(None, (_weeks_of(line, times) for line in re.split(r"[.\n!]", notes) if _only(line))), ()
    )
    if weeks:
        return tuple(replace(time, weeks=weeks) for time in times)
    other = _ALTERNATE.search(name)
    return tuple(replace(time, note=other[0]) for time in times) if other else times


def _only(line: str) -> bool:
    return bool(re.search(r"\bonly\b|\bmeets\b|\bmeeting held\b", line, re.I))


def _weeks_of(words: str, times: tuple[WeeklyTime, ...]) -> tuple[int, ...]:
    said = _SOME_WEEKS.search(words)
    if not said or len(times) != 1 or said["every"] or _ABOUT_SOMETHING_ELSE.search(words):
        return ()
    if _DAY_NAMES[times[0].weekday][:3] != said["day"].casefold()[:3]:
        return ()
    found = {_ORDINALS[word.casefold()] for word in re.findall(_ORDINAL, said["weeks"], re.I)}
    return tuple(sorted(found, key=lambda week: (week < 0, week)))
