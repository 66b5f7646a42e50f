"""When a row is open or meets, in each way that lists tell it: one text, day and time columns, a column a weekday."""

from dataclasses import dataclass, field, replace

from directory.schedule import WeeklyTime
from importers import clean
from importers.mapping.cells import Cells
from importers.mapping.language import WEEKDAYS
from importers.mapping.times import Read, read, weeks_of

LONGEST_NIGHT = 12 * 60  # an end further past midnight is a slip of the pen


@dataclass
class Hours:
    times: list[WeeklyTime] = field(default_factory=list)
    by_appointment: bool = False
    unread: list[str] = field(default_factory=list)  # words that people must read themselves

    def add(self, told: Read, words: str) -> None:
        self.times += told.times
        self.by_appointment |= told.by_appointment
        if not told.whole:
            self.unread.append(words)


def hours(cells: Cells) -> Hours:
    zone = clean.zone(cells.text("timezone")) or cells.plan.timezone or None
    found = Hours()
    if words := clean.words(str(cells.text("times")).replace("\n", "; ")):
        found.add(read(words, zone=zone), words)
    for day, name in enumerate(WEEKDAYS):
        if words := clean.words(cells.text(name)):
            found.add(read(words, days=[day], zone=zone), f"{name.capitalize()}: {words}")
    _columns(cells, zone, found)
    found.times = list(dict.fromkeys(found.times))
    return found


def _columns(cells: Cells, zone: str | None, found: Hours) -> None:
    """A day column, a time column, and perhaps an end, a length in minutes, and weeks of the month."""
    day, start = clean.words(cells.text("day")), cells.raw("start")
    said = clean.words(cells.text("start"))
    week, end = clean.words(cells.text("week")), clean.words(cells.text("end"))
    if not (day or said):
        return
    begins = clean.clock(start)
    if begins is None or week or clean.weekday(day) is None:
        _as_words(day, said if begins is None else _clock_words(begins), week, end, zone, found)
    else:
        weekday = clean.weekday(day) or 0
        found.times.append(WeeklyTime((weekday + begins // 1440) % 7, begins % 1440, None, zone))
    closing = clean.clock(cells.raw("end")) if end else None
    if closing is None and (length := clean.number(cells.text("duration"))):
        found.times = [replace(time, end=time.end or time.start + min(int(length), 1440)) for time in found.times]
    elif closing is not None:
        found.times = [replace(time, end=time.end or _ending(time.start, closing)) for time in found.times]


def _as_words(day: str, start: str, week: str, end: str, zone: str | None, found: Hours) -> None:
    weeks, understood = weeks_of(week) if week else ((), True)
    told = read(f"{week} {day} {start}" if week and not understood else f"{day} {start}", zone=zone, weeks=weeks)
    told.whole &= understood or bool(told.times)
    found.add(told, " ".join(filter(None, (week, day, f"{start}–{end}" if end else start))))


def _clock_words(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}:00"


def _ending(start: int, end: int) -> int | None:
    """On the clock; before the start it is past midnight, if that night is not too long to be true."""
    if end > start:
        return end
    return end + 1440 if end != start and end + 1440 - start <= LONGEST_NIGHT else None
