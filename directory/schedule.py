"""Weekly and monthly times on a place's own wall clock: next occurrence, windows, across midnight and DST changes.

A wall-clock time means the first instant at which the clock of that zone shows it or later: one that a DST change skips
moves to the first minute after the gap, one that comes twice is the first of the two.
"""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from directory.errors import BadQuestion

DAY, WEEK = 1440, 10080  # minutes
ASSUMED = 60  # minutes a meeting of unknown end is taken to be in progress
HORIZON = timedelta(days=400)  # a fifth Sunday or a season's start lies within it


@dataclass(frozen=True, slots=True)
class WeeklyTime:
    """One repeating time on the wall clock of `timezone` (IANA name; None: not known yet).

    Minutes count from midnight of the starting day; `end` passes 1440 when it ends after midnight, None when unknown.
    """

    weekday: int  # 0 Sunday … 6 Saturday
    start: int  # 0..1439
    end: int | None = None  # start < end <= start + 1440
    timezone: str | None = None
    weeks: tuple[int, ...] = ()  # of the month: 1..5, -1 the last; empty: every week
    every: int = 1  # 2: alternate weeks, counted from the week of `valid_from`
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "WeeklyTime":
        return _read(tuple((name, tuple(value or ()) if name == "weeks" else value) for name, value in data.items()))


@lru_cache(maxsize=16384)  # most meet at the same few hours
def _read(plain: tuple[tuple[str, Any], ...]) -> WeeklyTime:
    days = {name: date.fromisoformat(said) if said else None for name, said in plain if name.startswith("valid_")}
    return WeeklyTime(**(dict(plain) | days))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that really comes, aware and in the place's zone; `end` None when the source does not say.

    Compare with `.astimezone(UTC)`: Python compares two moments of one zone by their wall clock, wrong at a DST change.
    """

    start: datetime
    end: datetime | None
    time: WeeklyTime

    @property
    def over(self) -> datetime:
        """When it is taken to be over (UTC): an unknown end is an hour after the start."""
        return (self.end or self.start).astimezone(UTC) + timedelta(minutes=0 if self.end else ASSUMED)


def next_occurrence(
    times: Iterable[WeeklyTime], after: datetime, *, default_zone: str | None = None
) -> Occurrence | None:
    """The one in progress at `after` that began first, else the first to come within 400 days."""
    now = _utc(after)
    until, best = now + HORIZON, None
    for time in times:
        found = next(_between(time, now, until, default_zone), None)
        if found is not None:
            until, best = found.start.astimezone(UTC), found
    return best


def occurrences(
    times: Iterable[WeeklyTime], since: datetime, until: datetime, *, default_zone: str | None = None
) -> list[Occurrence]:
    """All that start at or after `since` and before `until`, in order."""
    first, last = _utc(since), _utc(until)
    found = [one for time in times for one in _between(time, first, last, default_zone)]
    begun = [(one.start.astimezone(UTC), one) for one in found]
    return [one for start, one in sorted(begun, key=lambda pair: (pair[0], pair[1].over)) if start >= first]


def is_open(times: Iterable[WeeklyTime], at: datetime, *, default_zone: str | None = None) -> bool:
    now = _utc(at)
    soon = now + timedelta(microseconds=1)
    return any(True for time in times for _ in _between(time, now, soon, default_zone))


def week_minutes(time: WeeklyTime) -> list[tuple[int, int]]:
    """Spans of the week it fills, minutes from Sunday midnight (0..10080), split at the week's end.

    Monthly and alternate weeks count like every week: the rule of a week says what may be, `next_occurrence` what is.
    """
    length = ASSUMED if time.end is None else time.end - time.start
    return _spans(time.weekday * DAY + time.start, length)


def meets_within(time: WeeklyTime, weekday: int, start: int, end: int) -> bool:
    """Whether it and the weekly window share a minute on the wall clock; both may cross midnight and the week's end."""
    window = _spans(weekday * DAY + start, max(end - start, 1))
    return any(a < d and c < b for a, b in week_minutes(time) for c, d in window)


def in_words(time: WeeklyTime, language: str = "en", today: date | None = None) -> str:
    """ "Tue 7:00 pm–8:00 pm", "last Sunday of the month 10:00 am"; a later beginning is said when `today` is given."""
    # Babel's tables cost the command line its quick start.
    from directory.schedule_words import days, hours, season

    begins = time.valid_from if today and time.valid_from and time.valid_from > today else None
    told = f"{days(time.weekday, time.weeks, time.every, language)} {hours(time.start, time.end, language)}"
    return ", ".join([told, *season(begins, time.valid_to, language)])


def _spans(begin: int, length: int) -> list[tuple[int, int]]:
    begin %= WEEK
    end = begin + min(length, WEEK)
    return [(begin, end)] if end <= WEEK else [(0, end - WEEK), (begin, WEEK)]


def _utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise BadQuestion(f"{moment.isoformat()} names no time zone; give one, such as -05:00")
    return moment.astimezone(UTC)


@cache
def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None  # a name nobody knows says as little as no name


def _between(time: WeeklyTime, since: datetime, until: datetime, default_zone: str | None) -> Iterator[Occurrence]:
    """Occurrences not over at `since` that start before `until` (both UTC), in order."""
    zone = _zone(time.timezone or default_zone)
    if zone is None:
        return
    # Two days back: it may have begun the evening before, and a gap may have moved it over midnight.
    first = since.astimezone(zone).date() - timedelta(days=2)
    for day in _days(time, first, until.astimezone(zone).date()):
        begun = _instant(zone, day, time.start)
        if begun >= until:
            return
        ended = None if time.end is None else _instant(zone, day, time.end)
        if ended is not None and time.end is not None and ended <= begun:  # both fell into one gap
            ended = begun + timedelta(minutes=time.end - time.start)
        if (ended or begun + timedelta(minutes=ASSUMED)) > since:
            yield Occurrence(begun.astimezone(zone), ended.astimezone(zone) if ended else None, time)


def _days(time: WeeklyTime, first: date, last: date) -> Iterator[date]:
    """Starting days by the calendar alone, `first` to `last`, a week or more at a step."""
    if time.every > 1 and time.valid_from is None:
        return  # alternate weeks of which nobody knows the first: no day can be promised
    first = max(first, time.valid_from or first)
    last = min(last, time.valid_to or last)
    ahead = (time.weekday - first.isoweekday()) % 7
    if time.every > 1 and time.valid_from is not None:
        sunday = time.valid_from.toordinal() - time.valid_from.isoweekday() % 7
        ahead += 7 * (-((first.toordinal() + ahead - sunday) // 7) % time.every)
    for ordinal in range(first.toordinal() + ahead, last.toordinal() + 1, 7 * time.every):
        day = date.fromordinal(ordinal)
        if not time.weeks or _of_month(day, time.weeks):
            yield day


def _of_month(day: date, weeks: tuple[int, ...]) -> bool:
    return (day.day + 6) // 7 in weeks or (-1 in weeks and day.day + 7 > monthrange(day.year, day.month)[1])


@lru_cache(maxsize=16384)  # most meet at the same few hours of the same few days
def _instant(zone: ZoneInfo, day: date, minutes: int) -> datetime:
    """The first instant (UTC) at which the clock shows that many minutes from midnight of the day, or later."""
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
    before = wall.replace(tzinfo=zone).utcoffset() or timedelta()
    after = wall.replace(tzinfo=zone, fold=1).utcoffset() or timedelta()
    if before >= after:  # an ordinary time, or the first of two
        return (wall - before).replace(tzinfo=UTC)
    gap_from = (wall - after).replace(tzinfo=UTC)
    seconds = range(int((after - before).total_seconds()) + 1)
    changed = bisect_left(seconds, True, key=lambda s: _offset(zone, gap_from + timedelta(seconds=s)) == after)
    return gap_from + timedelta(seconds=changed)


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta | None:
    return instant.astimezone(zone).utcoffset()
