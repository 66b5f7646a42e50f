"""The first seven days as a grid to be read at a glance: days, parts of the day, and what each button does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from directory.handoff import dates
from directory.handoff.first_days import DAYS, part_of_day
from directory.handoff.itinerary import Entry, Timeline
from directory.handoff.timeline_fields import stamp
from directory.handoff.timeline_words import parts, whats
from directory.i18n import catalogue


@dataclass(frozen=True, slots=True)
class Act:
    """A button: what it sends as `week_do`, and its words."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Goal:
    """Where an entry may be dropped: the cell, and what the drop sends."""

    cell: str
    value: str


@dataclass(frozen=True, slots=True)
class Shown:
    entry: Entry
    kind: str
    hours: str
    acts: tuple[Act, ...]
    goals: tuple[Goal, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    cell: str  # day and part, so that a drop knows where it fell
    words: str
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Row:
    date: date
    words: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    days: tuple[Row, ...]
    later: tuple[Shown, ...]  # check-ins after the seventh day
    off: tuple[Shown, ...]
    more: tuple[Shown, ...]


def week_days(timeline: Timeline) -> Grid:
    say, language = catalogue(timeline.language).gettext, timeline.language
    home = ZoneInfo(timeline.zone)
    leaving = next(entry for entry in timeline.entries if entry.what == "leave").starts_at.astimezone(home)
    week = [leaving.date() + timedelta(days=n) for n in range(DAYS)]
    shown = [_shown(entry, timeline) for entry in timeline.entries]
    rows = []
    for day in week:
        cells = [
            Part(_cell(day, code), words, tuple(one for one in shown if _at(one.entry.starts_at) == _cell(day, code)))
            for code, words in parts(say).items()
        ]
        rows.append(Row(day, dates.day(day, language), tuple(cells)))
    return Grid(
        days=tuple(rows),
        later=tuple(one for one in shown if one.entry.starts_at.date() > week[-1]),
        off=_list(timeline, timeline.off, "back", say("Put back")),
        more=_list(timeline, timeline.more, "add", say("Add")),
    )


def _list(timeline: Timeline, entries: Sequence[Entry], word: str, words: str) -> tuple[Shown, ...]:
    say = catalogue(timeline.language).gettext
    return tuple(
        Shown(
            entry,
            whats(say)[entry.what],
            _hours(entry, timeline, day=True),
            (Act(f"{word} {entry.key if word == 'back' else _start(entry)}", words),),
        )
        for entry in entries
    )


def _start(entry: Entry) -> str:
    return f"{entry.id}@{stamp(entry.starts_at)}"


def _shown(entry: Entry, timeline: Timeline) -> Shown:
    say, language = catalogue(timeline.language).gettext, timeline.language
    acts = []
    if entry.earlier:
        words = say("Earlier: {time}").format(time=_moment(entry.earlier, entry, language))
        acts.append(Act(_to(entry, entry.earlier), words))
    if entry.later:
        words = say("Later: {time}").format(time=_moment(entry.later, entry, language))
        acts.append(Act(_to(entry, entry.later), words))
    if entry.may_go:
        acts.append(Act(f"off {entry.key}", say("Take off")))
    goals = {_at(start): Goal(_at(start), _to(entry, start)) for start in reversed(entry.choices)}
    return Shown(
        entry,
        whats(say)[entry.what],
        _hours(entry, timeline, day=not _in_week(entry, timeline)),
        tuple(acts),
        tuple(goals.values()),
    )


def _in_week(entry: Entry, timeline: Timeline) -> bool:
    leaving = next(one for one in timeline.entries if one.what == "leave")
    return entry.starts_at.date() < leaving.starts_at.date() + timedelta(days=DAYS)


def _to(entry: Entry, start: datetime) -> str:
    return f"at {entry.key}@{stamp(start)}"


def _moment(start: datetime, entry: Entry, language: str) -> str:
    same = start.date() == entry.starts_at.date()
    return dates.clock(start, language) if same else dates.moment(start, language)


def _hours(entry: Entry, timeline: Timeline, day: bool = False) -> str:
    home, language = ZoneInfo(timeline.zone), timeline.language
    ends = entry.ends_at if entry.what == "meeting" else None  # of a call only the start matters
    said = [dates.clock(moment.astimezone(home), language) for moment in (entry.starts_at, ends) if moment]
    hours = "–".join(said)
    return f"{dates.day(entry.starts_at.date(), language)}, {hours}" if day else hours


def _at(start: datetime) -> str:
    return _cell(start.date(), part_of_day(start))


def _cell(day: date, part: str) -> str:
    return f"{day.isoformat()}-{part}"
