"""When a FHIR service is open: availableTime as weekly times, closures as words while they still matter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from directory.schedule import DAY, WeeklyTime
from importers import clean
from importers.fhir.resources import dicts

DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
LONGEST_NIGHT = 12 * 60  # an end further past midnight is a slip of the pen
LAST_MINUTE = DAY - 1  # "23:59:59": FHIR knows no 24:00


def weekly(given: Any, start: str, end: str) -> tuple[tuple[WeeklyTime, ...], str]:
    """Times that are certain, and the words of those that are not ("fri 08:30 to 05:30")."""
    times: list[WeeklyTime] = []
    unread: list[str] = []
    for one in dicts(given):
        found = list(_times(one, start, end))
        times += found
        if not found:
            days = one.get("daysOfWeek") if isinstance(one.get("daysOfWeek"), list) else []
            clocks = " to ".join(str(one[name])[:5] for name in (start, end) if one.get(name))
            unread.append(" ".join(filter(None, (", ".join(map(str, days or [])), clocks))))
    return tuple(_joined(list(dict.fromkeys(times)))), "; ".join(filter(None, unread))


def _times(one: dict[str, Any], start: str, end: str) -> Iterator[WeeklyTime]:
    listed = one.get("daysOfWeek")
    days = [DAYS.index(day) for day in listed if day in DAYS] if isinstance(listed, list) else []
    if one.get("allDay") is True:
        yield from (WeeklyTime(day, 0, DAY) for day in (days or range(7)))
        return
    begins, ends = clean.clock(one.get(start)), clean.clock(one.get(end))
    if begins is None or (one.get(end) and ends is None):
        return
    if ends is not None and ends >= LAST_MINUTE:
        ends = DAY
    if ends is not None and ends <= begins:
        if ends + DAY - begins > LONGEST_NIGHT:
            return
        ends += DAY
    yield from (WeeklyTime(day, begins, ends) for day in days)


def _joined(times: list[WeeklyTime]) -> list[WeeklyTime]:
    """A night that FHIR tells on both of its days is one time again."""
    mornings = {time.weekday: time for time in times if time.start == 0 and time.end and time.end <= LONGEST_NIGHT}
    joined = []
    used = set()
    for time in times:
        rest = mornings.get((time.weekday + 1) % 7)
        if time.end == DAY and time.start and rest and rest.end and rest not in used:
            used.add(rest)
            joined.append(replace(time, end=DAY + rest.end))
        else:
            joined.append(time)
    return [time for time in joined if time not in used]


def closures(service: dict[str, Any], today: date) -> tuple[list[str], str]:
    """Closures that are not over, in words; and the one that has begun and has no end, for a person to decide."""
    told: list[str] = []
    away = ""
    for one in dicts(service.get("notAvailable")):
        words = clean.words(one.get("description")) or "Closed"
        during = one.get("during")
        begins, ends = period(during) if isinstance(during, dict) else (None, None)
        if ends and ends < today:
            continue
        if begins and not ends and begins <= today:
            away = f"{words}, since {begins.isoformat()}"
        told.append(
            words + "".join(f" {word} {day.isoformat()}" for word, day in (("from", begins), ("to", ends)) if day)
        )
    return told, away


def period(given: Any) -> tuple[date | None, date | None]:
    if not isinstance(given, dict):
        return None, None
    return clean.day(given.get("start")), clean.day(given.get("end"))


def is_over(element: dict[str, Any], today: date) -> bool:
    _, ends = period(element.get("period"))
    return element.get("use") == "old" or (ends is not None and ends < today)
