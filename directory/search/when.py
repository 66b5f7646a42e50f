"""When somebody wants to go, in words: "now", "today", "tonight", "mon 18:00-21:00" as a window of the week."""

import re
from datetime import datetime

from directory.errors import BadQuestion
from directory.search.query import Window

DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
NAMED = {name[:cut]: number for number, name in enumerate(DAYS) for cut in range(3, len(name) + 1)}
EVENING = 17 * 60
PARTS = {"morning": (300, 720), "noon": (660, 810), "afternoon": (720, 1020), "evening": (EVENING, 1440)}
BEFORE, AFTER = 30, 60  # minutes around an hour
SPAN = re.compile(r"(?P<day>[a-z]+)(?:\s+(?P<from>\d{1,2}:\d{2})\s*-\s*(?P<to>\d{1,2}:\d{2}))?")


def window(words: str, now: datetime) -> Window:
    """`now` is aware, on the wall clock of the people served. BadQuestion says how to write it."""
    weekday, minute = now.isoweekday() % 7, now.hour * 60 + now.minute
    asked = words.strip().casefold()
    if asked == "now":
        return Window(weekday, minute, minute + 1)
    if asked == "today":
        return Window(weekday, minute, 1440)
    if asked == "tonight":
        return Window(weekday, max(minute, EVENING), 1440)
    match = SPAN.fullmatch(asked)
    if match is None or match["day"] not in NAMED:
        raise BadQuestion(f"When is {words!r}? Write now, today, tonight, or a day and hours like: mon 18:00-21:00")
    start, end = _minutes(match["from"] or "0:00"), _minutes(match["to"] or "24:00")
    if start > 1439 or end > 1440 or start == end:
        raise BadQuestion(f"The hours in {words!r} are not on a clock. Write them like: mon 18:00-21:00")
    return Window(NAMED[match["day"]], start, end if end > start else end + 1440)


def part_of_day(day: str, part: str, now: datetime) -> Window:
    """A day by its number or name ("tonight"); `part` is one of PARTS, an hour like "19:30", or nothing."""
    today = now.isoweekday() % 7
    if day == "weekend":
        return Window(6, 0, 2 * 1440)
    if day in ("now", "today", "tonight") and not part:
        return window(day, now)
    weekday = {"today": today, "tonight": today, "tomorrow": (today + 1) % 7}
    if ":" in part:  # what begins a little before or after
        at = _minutes(part)
        return Window(weekday[day] if day in weekday else int(day), max(at - BEFORE, 0), at + AFTER)
    return Window(weekday[day] if day in weekday else int(day), *PARTS.get(part, (0, 1440)))


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes) if int(minutes) < 60 else 9999
