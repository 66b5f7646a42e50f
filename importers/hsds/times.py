"""Opening hours of the HSDS family: RFC 5545 rules since 2.0, weekday rows of 1.x and Ohana, holidays as words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from directory.schedule import DAY, WeeklyTime, in_words
from importers import clean
from importers.hsds.shapes import Cells, dicts
from importers.mapping.times import read
from importers.rows import text

DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_BYDAY = re.compile(r"([+-]?\d{1,2})?(SU|MO|TU|WE|TH|FR|SA)")
_CLOCK_ZONE = re.compile(
    r"(?<=\d)\s*(?:Z|[+-]\d\d:?\d\d|[+-]\d\d)$", re.I
)  # the place's own clock is meant all the same
_ZONE = re.compile(r"\(([A-Z][A-Za-z_]+/[A-Za-z_/]+)\)")  # where our own feeds say the zone's name
NOON = 720
TYPED = ("hours", "hours_of_operation", "opening_hours")
STRUCTURE = ("opens_at", "closes_at", "byday", "freq", "weekday", "valid_to", "until", "bymonthday", "dtstart")
MOST = 200  # times of one listing: more is no timetable
MOST_WORDS = 600
MOST_SAID = 70


@dataclass(frozen=True, slots=True)
class Hours:
    times: tuple[WeeklyTime, ...] = ()
    notes: tuple[str, ...] = ()  # what no weekly time can say
    attending: str = ""  # the words of attending_type together
    by_appointment: bool = False


@dataclass(slots=True)
class _Found:
    times: list[WeeklyTime] = field(default_factory=list)
    midnights: list[WeeklyTime] = field(default_factory=list)  # "00:00" to "00:00": beside other hours a day without
    notes: list[str] = field(default_factory=list)
    attending: list[str] = field(default_factory=list)


def hours(cells: Cells) -> Hours:
    """The hours that one record (a service, a service at a location, a location) tells of itself."""
    found = _Found()
    for rule in dicts(cells.get("schedules")):
        _rule(rule, found)
    for row in dicts(cells.get("regular_schedules")):
        _rule(row, found) if text(row.get("byday")) or text(row.get("freq")) else _weekday_row(row, found)
    for row in dicts(cells.get("holiday_schedules")):
        found.notes.append(_holiday(row))
    times = sorted(dict.fromkeys(found.times or found.midnights), key=lambda time: (time.weekday, time.start))
    typed = read("" if times else _typed(cells))
    sure = typed.whole and bool(typed.times or typed.by_appointment)
    if not times:
        times = typed.times if sure else []
        found.notes.append("" if sure else _typed(cells))
    notes = tuple(dict.fromkeys(filter(None, found.notes)))
    return Hours(tuple(times[:MOST]), notes, " ".join(dict.fromkeys(found.attending)), sure and typed.by_appointment)


def _typed(cells: Cells) -> str:
    """Hours in one text, as Ohana's locations and older services have them."""
    texts = (clean.words(cells.get(name)) for name in TYPED if not isinstance(cells.get(name), (dict, list)))
    return next(filter(None, texts), "")[:MOST_WORDS]


def _rule(rule: Cells, found: _Found) -> None:
    if said := text(rule.get("rrule")):  # "FREQ=WEEKLY;BYDAY=MO,WE", as calendars write it
        parts = (part.split("=", 1) for part in said.removeprefix("RRULE:").split(";") if "=" in part)
        rule = {name.casefold(): value for name, value in parts} | {k: v for k, v in rule.items() if k != "rrule"}
    if text(rule.get("weekday")) and not text(rule.get("byday")):
        _weekday_row(rule, found)
        return
    found.attending += filter(None, [clean.words(rule.get("attending_type"))])
    made = list(_times(rule))
    if not made and not any(text(rule.get(name)) for name in STRUCTURE):
        made = _typed_times(clean.words(rule.get("description"))[:MOST_WORDS])
        if made:
            found.times += made
            return
    said = clean.words(rule.get("description"))[:MOST_WORDS]
    if made:
        (found.midnights if _midnights(rule) else found.times).extend(made)
        found.notes += [] if _ZONE.search(said) or _only_says(said, made) else [said]
    else:
        found.notes.append(said or _in_words(rule))


def _typed_times(said: str) -> list[WeeklyTime]:
    """Of a rule that is nothing but a sentence ("Monday - Friday, 9am to 5pm"), where all of it is certain."""
    told = read(said)
    return told.times if told.whole and not told.by_appointment else []


def _only_says(said: str, times: list[WeeklyTime]) -> bool:
    """The description that our own feeds give a rule."""
    return 0 < len(said) < MOST_SAID and any(said == in_words(time) for time in times[:1])


def _times(rule: Cells) -> Iterator[WeeklyTime]:
    """None for a rule that no weekly or monthly time can keep; its words are told instead."""
    span = _span(rule)
    days = list(_days(rule))
    every = int(clean.number(rule.get("interval")) or 1)
    begins, first = clean.day(rule.get("valid_from")), clean.day(rule.get("dtstart"))
    ends = min(filter(None, map(clean.day, (rule.get("valid_to"), rule.get("until")))), default=None)
    if text(rule.get("count")) and not ends:
        ends = _last(first, int(clean.number(rule.get("count")) or 0), len(days), every)
        if ends is None:
            return
    start = max(filter(None, (begins, first)), default=None)
    monthly = any(weeks for _, weeks in days)
    if span is None or (every > 1 and (monthly or start is None)) or not 1 <= every <= 52:
        return
    if start and ends and ends < start:
        return
    zone = _ZONE.search(text(rule.get("description")))
    note = clean.words(rule.get("notes"))[:200]
    for weekday, weeks in days:
        yield WeeklyTime(
            weekday,
            *span,
            timezone=clean.zone(zone[1]) if zone else None,
            weeks=weeks,
            every=every,
            valid_from=start,
            valid_to=ends,
            note=note,
        )


def _days(rule: Cells) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Weekdays, with the weeks of the month where the rule names them; nothing for rules of another kind."""
    freq = text(rule.get("freq")).upper()
    byday = re.sub(
        r"[\s\[\]'\"]", "", ",".join(rule["byday"]) if _is_words(rule.get("byday")) else text(rule.get("byday"))
    )
    parts = [_BYDAY.fullmatch(_code_of(part)) for part in byday.upper().split(",") if part]
    if freq == "YEARLY" or not all(parts):
        return
    if freq == "MONTHLY" and not all(part and part[1] for part in parts):
        return
    if any(text(rule.get(name)) for name in ("bymonthday", "byyearday", "byweekno")) and freq != "WEEKLY":
        return
    weeks: dict[int, list[int]] = {}
    for part in filter(None, parts):
        number = int(part[1] or 0)
        if number and number not in (1, 2, 3, 4, 5, -1):
            return
        weeks.setdefault(DAYS.index(part[2]), []).extend([number] if number else [])
    if not weeks and freq == "DAILY":
        weeks = {day: [] for day in range(7)}
    if not weeks and freq == "WEEKLY" and (first := clean.day(rule.get("dtstart"))):
        weeks = {first.isoweekday() % 7: []}
    yield from ((day, tuple(sorted(numbers))) for day, numbers in weeks.items())


def _code_of(day: str) -> str:
    """ "MONDAY" is "MO"; anything else as it is."""
    named = clean.weekday(day) if day.isalpha() and len(day) > 2 else None
    return DAYS[named] if named is not None else day


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _span(cells: Cells) -> tuple[int, int | None] | None:
    """Minutes of opening and closing; None when it does not say, or says that it is closed."""
    start, end = (clean.clock(_CLOCK_ZONE.sub("", text(cells.get(name)))) for name in ("opens_at", "closes_at"))
    if start is None or start >= DAY:
        return None
    if end is None:
        return start, None
    if end == start:  # "00:00" to "00:00" is round the clock; any other is a slip of the pen
        return (0, DAY) if start == 0 else None
    if (start, end) == (0, DAY - 1):
        return 0, DAY
    if end < start < NOON:  # "9:00" to "5:00": an afternoon without its "pm", or a whole night
        return None
    return start, end if end > start else end + DAY


def _midnights(cells: Cells) -> bool:
    """Machines write a day without hours so as well as one of 24, unless its words say which."""
    if "24" in text(cells.get("description")):
        return False
    return all(clean.clock(_CLOCK_ZONE.sub("", text(cells.get(name)))) == 0 for name in ("opens_at", "closes_at"))


def _last(first: date | None, count: int, days: int, every: int) -> date | None:
    """The last day of a rule that comes `count` times; None when that cannot be told."""
    if first is None or count < 1 or not days or count > 5000:
        return None
    return first + timedelta(days=((count - 1) // days * every + 1) * 7 - 1)


def _weekday_row(row: Cells, found: _Found) -> None:
    """A named weekday; a number may begin on Sunday or on Monday, so it is no time."""
    word = text(row.get("weekday"))
    day = None if word.replace(".", "").isdigit() else clean.weekday(word)
    span = _span(row)
    days = [day] if day is not None else _several(word)
    if days and span is not None:
        (found.midnights if _midnights(row) else found.times).extend(WeeklyTime(one, *span) for one in days)
    elif not word.isdigit():
        found.notes.append(_in_words(row))


def _several(words: str) -> list[int]:
    """The days of "Monday - Friday" or "Mon, Wed"; none where a word among them is no day."""
    both = re.split(r"\s*(?:[-–—]|\bto\b|\bthrough\b|\bthru\b)\s*", words)
    ends = [clean.weekday(one) for one in both if not one.isdigit()]
    if len(both) == len(ends) == 2 and ends[0] is not None and ends[1] is not None:
        return [(ends[0] + n) % 7 for n in range((ends[1] - ends[0]) % 7 + 1)]
    listed = [clean.weekday(one) for one in re.split(r"\s*(?:[,;/&|]|\band\b)\s*", words) if one and not one.isdigit()]
    return [one for one in listed if one is not None] if len(listed) > 1 and None not in listed else []


def _in_words(row: Cells) -> str:
    """What the source wrote of a time that we cannot count with."""
    opens, closes = text(row.get("opens_at")), text(row.get("closes_at"))
    when = " ".join(filter(None, (text(row.get("weekday")), text(row.get("freq")).lower(), text(row.get("byday")))))
    return " ".join(filter(None, (when, f"{opens}-{closes}".strip("-")))) if opens or closes else ""


def _holiday(row: Cells) -> str:
    """ "Closed 2026-12-25", "2026-12-24: 10:00-16:00"; "" for a day that no calendar has."""
    first, last = clean.day(row.get("start_date")), clean.day(row.get("end_date"))
    if first is None:
        return ""
    days = f"{first}" if last in (None, first) else f"{first} to {last}"
    if clean.yes(row.get("closed")):
        return f"Closed {days}"
    opens, closes = text(row.get("opens_at")), text(row.get("closes_at"))
    return f"Open {days}: {opens}-{closes}" if opens and closes else ""
