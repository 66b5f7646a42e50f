"""Weekly times as FHIR availability, which knows whole weeks and single days only."""

from collections.abc import Iterable
from typing import Any

from directory.schedule import DAY, WeeklyTime, in_words

DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def available(times: Iterable[WeeklyTime]) -> list[dict[str, Any]]:
    """What comes every week; a time past midnight is told on both of its days."""
    return [one for time in times if _plain(time) for one in _parts(time)]


def exceptions(times: Iterable[WeeklyTime]) -> str:
    """In words what FHIR cannot say: monthly, alternate weeks, seasons, and the source's notes."""
    told = [(in_words(time), time.note) for time in times if time.note or not _plain(time)]
    return "; ".join(f"{words} ({note})" if note else words for words, note in told)


def _plain(time: WeeklyTime) -> bool:
    return not time.weeks and time.every == 1 and time.valid_from is None and time.valid_to is None


def _parts(time: WeeklyTime) -> list[dict[str, Any]]:
    day, tomorrow = [DAYS[time.weekday]], [DAYS[(time.weekday + 1) % 7]]
    if (time.start, time.end) == (0, DAY):
        return [{"daysOfWeek": day, "allDay": True}]
    part: dict[str, Any] = {"daysOfWeek": day, "availableStartTime": _clock(time.start)}
    if time.end is None:
        return [part]
    if time.end < DAY:
        return [part | {"availableEndTime": _clock(time.end)}]
    today = part | {"availableEndTime": "23:59:59"}  # FHIR knows no 24:00:00
    if time.end == DAY:
        return [today]
    rest = {"availableStartTime": "00:00:00", "availableEndTime": _clock(time.end - DAY)}
    return [today, {"daysOfWeek": tomorrow, **rest}]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}:00"
