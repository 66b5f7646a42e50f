"""What the first days are made of before anybody changes them: a bed, the first visit, meetings, calls."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from directory.handoff.board import Board, Stop, spot
from directory.handoff.booked import Booked
from directory.handoff.cards import Telling, is_meeting, miles_to
from directory.handoff.holidays import holiday
from directory.handoff.itinerary import ASSUMED
from directory.handoff.medicine import HOUSING, TREATMENT
from directory.handoff.needs import Needs
from directory.handoff.timeline_fields import meeting_key, stamp
from directory.listing import Listed
from directory.schedule import DAY, Occurrence, occurrences
from directory.vocab import Kind

DAYS = 7
CHECK_INS = (1, 3, 7, 14, 30)  # days after leaving
CHECK_IN = timedelta(minutes=15)
CHECK_IN_HOURS = {"morning": 10, "afternoon": 14, "evening": 18}  # the first is taken when nobody said
A_DAY = 2  # meetings
LONGEST = timedelta(hours=4)  # what lasts longer is an open house, not a meeting to sit through
BEFORE_CLOSING = ASSUMED  # a first visit takes an hour
QUARTER = timedelta(minutes=15)
WAKING = (6, 22)  # hours
NOON, EVENING = 12, 17  # hours at which afternoon and evening begin
OPEN_ON_HOLIDAYS = re.compile(r"\b(open|including|on)\b[^.;]{0,20}\bholidays\b|\b365 days\b", re.I)
CLOSED_ON_HOLIDAYS = re.compile(r"\b(clos|no meeting|except)\w*\b[^.;]{0,20}\bholidays\b", re.I)


@dataclass(frozen=True, slots=True)
class Ground:
    """What every part of the plan is made from."""

    chosen: tuple[Listed, ...]
    needs: Needs
    tell: Telling

    @property
    def home(self) -> ZoneInfo:
        return ZoneInfo(self.tell.zone)

    @property
    def leaving(self) -> datetime:
        return (self.needs.leaving or self.tell.leaving).astimezone(self.home)

    @property
    def until(self) -> datetime:
        """The end of the seventh day, the day of leaving being the first."""
        return datetime.combine(self.leaving.date() + timedelta(days=DAYS), time(), self.home)

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.home)

    def coming(self, listed: Listed) -> list[Occurrence]:
        """Its times that begin within the seven days."""
        return occurrences(listed.draft.times, self.leaving, self.until, default_zone=self.tell.zone)

    def meetings(self) -> Iterator[tuple[Listed, Occurrence]]:
        for listed in self.chosen:
            if is_meeting(listed.draft):
                yield from ((listed, one) for one in self.coming(listed))


def meeting_stop(ground: Ground, listed: Listed, one: Occurrence) -> Stop:
    ends = ground.local(one.end) if one.end else None
    return Stop(
        meeting_key(listed.id, one.start), "meeting", ground.local(one.start), ends, listed, spot(listed), notes=()
    )


def appointments(ground: Ground, booked: Sequence[Booked]) -> list[Stop]:
    """As booked, also where two are at once: what is agreed is told, and warned of elsewhere."""
    places = {listed.id: listed for listed in ground.chosen}
    stops = {}
    for one in booked:
        starts = one.starts_at if one.starts_at.tzinfo else one.starts_at.replace(tzinfo=ground.home)
        if starts.timestamp() >= ground.leaving.timestamp():
            listed, key = places.get(one.id), f"appointment-{one.id}-{stamp(starts)}"
            stops[key] = Stop(key, "appointment", ground.local(starts), None, listed, spot(listed))
    return list(stops.values())


def move_in(ground: Ground, board: Board, booked: Sequence[Booked]) -> Stop | None:
    """A chosen house, or a program one lives in, right after leaving; not when its day is booked."""
    beds = [one for one in ground.chosen if one.draft.kind in (*HOUSING, Kind.RESIDENTIAL)]
    if not beds or any(one.id == bed.id for bed in beds for one in booked):
        return None
    stop = Stop(f"move_in-{beds[0].id}", "move_in", ground.leaving, None, beds[0], spot(beds[0]))
    return _first_fitting(board, stop, ground.leaving, ground.leaving + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Intake:
    stop: Stop | None
    skipped: tuple[tuple[Listed, date], ...] = ()  # openings passed over because offices may be closed that day


def intake(ground: Ground, board: Board, booked: Sequence[Booked]) -> Intake:
    """The next opening hours of a chosen program, on a day that is no holiday; none when a visit is booked."""
    programs = [one for one in ground.chosen if one.draft.kind in TREATMENT]
    if any(one.id == program.id for program in programs for one in booked):
        return Intake(None)
    skipped: list[tuple[Listed, date]] = []
    found: list[Stop] = []
    for program in programs:
        for opening in openings(ground, program):
            day = ground.local(opening.start).date()
            if _closed_that_day(program, day, ground):
                skipped.append((program, day))
            elif stop := _visit(ground, board, program, opening):
                found.append(stop)
                break
    if not found:
        return Intake(None, tuple(skipped))
    # The first choice, unless only another one is open while the medicine lasts.
    last = ground.needs.supply_through
    in_time = [stop for stop in found if last is None or stop.starts_at.date() <= last]
    best = (in_time or found)[0]
    passed = [(one, day) for one, day in skipped if best.listed and one.id == best.listed.id]
    return Intake(best, tuple((one, day) for one, day in passed if day <= best.starts_at.date()))


def openings(ground: Ground, program: Listed) -> list[Occurrence]:
    """Within the seven days, with what is open when they leave."""
    since = ground.leaving - timedelta(days=1)
    coming = occurrences(program.draft.times, since, ground.until, default_zone=ground.tell.zone)
    return [one for one in coming if one.over > ground.leaving.astimezone(UTC)]


def _visit(ground: Ground, board: Board, program: Listed, opening: Occurrence) -> Stop | None:
    opens = max(opening.start, ground.leaving, key=lambda moment: moment.timestamp())
    stop = Stop(f"intake-{program.id}", "intake", ground.local(opens), None, program, spot(program))
    return _first_fitting(board, stop, opens, opening.over - BEFORE_CLOSING, hours=opening)


def _first_fitting(
    board: Board, stop: Stop, since: datetime, until: datetime, hours: Occurrence | None = None
) -> Stop | None:
    """From `since` on, else at the full quarters after it, begun before or at `until`."""
    start, last, zone = since.astimezone(UTC), until.astimezone(UTC), stop.starts_at.tzinfo
    begin = start if hours and hours.start.astimezone(UTC) == start else _quarter(start + QUARTER)
    while begin <= last:
        tried = replace(stop, starts_at=begin.astimezone(zone))
        if board.fits(tried):
            return tried
        begin = _quarter(begin + QUARTER)
    return None


def _quarter(moment: datetime) -> datetime:
    seconds = int(QUARTER.total_seconds())
    return datetime.fromtimestamp(int(moment.timestamp()) // seconds * seconds, UTC)


def _closed_that_day(listed: Listed, day: date, ground: Ground) -> bool:
    return bool(holiday(day, ground.tell.say)) and not open_on_holidays(listed)


def open_on_holidays(listed: Listed) -> bool:
    """Its own words say so, or it never closes."""
    draft = listed.draft
    said = " . ".join((draft.description, draft.notes, *(time.note for time in draft.times)))
    if CLOSED_ON_HOLIDAYS.search(said):
        return False
    whole = {time.weekday for time in draft.times if time.end is not None and time.end - time.start >= DAY}
    return len(whole) == DAYS or bool(OPEN_ON_HOLIDAYS.search(said))


def pick_meetings(ground: Ground, board: Board) -> None:
    """Up to two a day, at the hours they can: first a group not yet on the plan, then the nearest, then the first."""
    used: Counter[int] = Counter()
    days: dict[date, list[tuple[Listed, Stop]]] = {}
    for listed, one in ground.meetings():
        stop = meeting_stop(ground, listed, one)
        if can_come(stop.starts_at, ground.needs.hours) and stop.over - stop.start <= LONGEST:
            days.setdefault(stop.starts_at.date(), []).append((listed, stop))
    for _, held in sorted(days.items()):
        today = 0
        while held and today < A_DAY:
            held.sort(key=lambda pair: (pair[0].reported_closed, used[pair[0].id], *_rank(pair[1], ground)))
            listed, stop = held.pop(0)
            if board.place(stop):
                used[listed.id] += 1
                today += 1


def _rank(stop: Stop, ground: Ground) -> tuple[bool, bool, float, datetime]:
    """Hours at which most people are awake, in person, near, soon."""
    far = miles_to(stop.listed.draft, ground.tell.near) if stop.listed and stop.spot else None
    return not WAKING[0] <= stop.starts_at.hour < WAKING[1], stop.spot is None, far or 0.0, stop.start


def can_come(start: datetime, hours: Sequence[str]) -> bool:
    """Whether it begins in a part of the day they named; "weekend" is any hour of Saturday and Sunday."""
    return not hours or part_of_day(start) in hours or ("weekend" in hours and start.isoweekday() > 5)


def part_of_day(start: datetime) -> str:
    return "morning" if start.hour < NOON else "afternoon" if start.hour < EVENING else "evening"


def check_in(ground: Ground, days: int) -> Stop:
    """A call of a quarter of an hour, at an hour they can."""
    hour = next((CHECK_IN_HOURS[part] for part in CHECK_IN_HOURS if part in ground.needs.hours), 10)
    day = ground.leaving.date() + timedelta(days=days)
    starts = ground.local(datetime(day.year, day.month, day.day, hour, tzinfo=ground.home))
    return Stop(f"check_in-{days}", "check_in", starts, starts + CHECK_IN)
