"""The first seven days from the hour of leaving: real times, the way there, what is missing; a person may change it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from directory.handoff import timeline_words as told
from directory.handoff.board import Board, Stop
from directory.handoff.booked import Booked
from directory.handoff.cards import Telling
from directory.handoff.first_days import (
    CHECK_IN,
    CHECK_INS,
    Ground,
    appointments,
    check_in,
    intake,
    meeting_stop,
    move_in,
    openings,
    pick_meetings,
)
from directory.handoff.itinerary import (
    NO_EDITS,
    Edits,
    Entry,
    Leg,
    Router,
    Spot,
    Timeline,
    Travel,
    Trip,
    Warning_,
)
from directory.handoff.needs import Needs
from directory.handoff.timeline_fields import added_key
from directory.handoff.travel import straight_line
from directory.listing import Listed
from directory.schedule import Occurrence

__all__ = ["NO_EDITS", "Edits", "Entry", "Timeline", "Travel", "Warning_", "timeline"]

FROM_THERE = timedelta(hours=2)  # after a longer gap they start from home again
MORE = 40  # other meetings offered
HOURS = range(7, 22)  # a check-in is offered from 7 in the morning to 9 in the evening


def timeline(
    chosen: Sequence[Listed],
    needs: Needs,
    booked: Sequence[Booked],
    tell: Telling,
    edits: Edits = NO_EDITS,
    travel: Router = straight_line,
) -> Timeline:
    """Edits that cannot be done are left out and said. `travel` tells the ways; straight lines decide what fits."""
    ground = Ground(tuple(chosen), needs, tell)
    board, warnings = Board(needs.travel), list[Warning_]()
    board.stops.append(Stop("leave", "leave", ground.leaving, ground.leaving))
    board.stops += appointments(ground, booked)
    if bed := move_in(ground, board, booked):
        board.stops.append(bed)
    visit = intake(ground, board, booked)
    if visit.stop:
        board.stops.append(visit.stop)
    pick_meetings(ground, board)
    off, refused = _edited(ground, board, edits)
    for stop in _check_ins(ground, board, edits):
        if not _place_check_in(board, stop):
            warnings.append(Warning_("no_hour", told.no_hour(ground, stop)))
    stops = sorted(board.stops, key=_order)
    warnings += told.warnings(ground, booked, stops, visit, refused)
    spare = [stop for stop in _spare(ground, board, off) if board.fits(stop)]
    return Timeline(
        entries=_entries(ground, board, stops, travel),
        warnings=tuple(warnings),
        check_ins=tuple(ground.leaving.date() + timedelta(days=days) for days in CHECK_INS),
        zone=tell.zone,
        off=tuple(told.entry(stop, ground, None) for stop in off),
        more=tuple(told.entry(stop, ground, None) for stop in spare[:MORE]),
        language=tell.language,
    )


def _order(stop: Stop) -> tuple[datetime, bool, str]:
    return stop.start, stop.what != "leave", stop.key


def _edited(ground: Ground, board: Board, edits: Edits) -> tuple[list[Stop], list[str]]:
    """What was taken off, and a sentence for each edit that could not be done.

    What moves is lifted off first, so that two may change places.
    """
    check_ins = {stop.key: stop for stop in (check_in(ground, days) for days in CHECK_INS)}
    keep = frozenset(stop.key for stop in board.stops if stop.what in ("leave", "appointment"))
    off = board.without(frozenset(edits.dropped) - keep)
    off += [stop for key, stop in check_ins.items() if key in edits.dropped]
    held, refused = _held(ground), list[str]()
    for id, start in edits.added:
        listed, one = held.get((id, _instant(start)), (None, None))
        if listed is None or one is None:
            refused.append(told.not_held(ground, start))
        elif not board.place(replace(meeting_stop(ground, listed, one), key=added_key(id, one.start))):
            refused.append(told.in_the_way(ground, listed.draft.name, start))
    moved = dict(edits.moved)
    lifted = {stop.key: stop for stop in board.without(frozenset(moved) - keep)}
    taken = {stop.key for stop in off}
    waiting = {key: lifted.get(key) or check_ins.get(key) for key in moved if key not in taken}
    for key, stop in waiting.items():
        if stop is None:
            continue  # of a plan that looked otherwise
        goal = _moved(ground, stop, moved[key], held)
        if goal is None:
            refused.append(told.not_then(ground, stop, moved[key]))
        elif not board.place(goal):
            refused.append(told.in_the_way(ground, told.title(stop, ground), moved[key]))
        else:
            continue
        if stop.what != "check_in" and not board.place(stop):
            off.append(stop)
    return off, refused


def _held(ground: Ground) -> Mapping[tuple[int, datetime], tuple[Listed, Occurrence]]:
    """Every meeting of the seven days, by listing and start."""
    return {(listed.id, _instant(one.start)): (listed, one) for listed, one in ground.meetings()}


def _instant(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def _moved(
    ground: Ground, stop: Stop, start: datetime, held: Mapping[tuple[int, datetime], tuple[Listed, Occurrence]]
) -> Stop | None:
    """A meeting to another of its real times, a visit to another opening, a check-in to any hour of its day."""
    local, listed = ground.local(start), stop.listed
    if stop.what == "check_in":
        return _at(stop, local) if local.date() == stop.starts_at.date() else None
    if stop.what == "meeting" and listed:
        found = held.get((listed.id, _instant(start)))
        to = meeting_stop(ground, *found) if found else None
        return replace(to, key=stop.key, moved=True) if to else None
    if stop.what == "intake" and listed:
        starts = {_instant(one.start) for one in openings(ground, listed)}
        after = local.timestamp() >= ground.leaving.timestamp()
        return replace(stop, starts_at=local, moved=True) if after and _instant(start) in starts else None
    return None


def _at(stop: Stop, local: datetime) -> Stop:
    ends = (local.astimezone(UTC) + CHECK_IN).astimezone(local.tzinfo)
    return replace(stop, starts_at=local, ends_at=ends, moved=True)


def _check_ins(ground: Ground, board: Board, edits: Edits) -> list[Stop]:
    """Those not taken off and not yet placed by hand."""
    placed = {stop.key for stop in board.stops}
    due = [check_in(ground, days) for days in CHECK_INS]
    return [stop for stop in due if stop.key not in placed and stop.key not in edits.dropped]


def _place_check_in(board: Board, stop: Stop) -> bool:
    """At its hour, else at the next free one of that day: a call makes room for everything else."""
    hour = stop.starts_at.hour
    for other in (*range(hour, HOURS.stop), *reversed(HOURS[: HOURS.index(hour)])):
        starts = stop.starts_at.replace(hour=other)
        if board.place(replace(stop, starts_at=starts, ends_at=starts + CHECK_IN)):
            return True
    return False


def _spare(ground: Ground, board: Board, off: Sequence[Stop]) -> list[Stop]:
    on = {(stop.listed.id, stop.start) for stop in (*board.stops, *off) if stop.listed}
    found = [meeting_stop(ground, listed, one) for listed, one in ground.meetings()]
    fresh = [stop for stop in found if stop.listed and (stop.listed.id, stop.start) not in on]
    return sorted({stop.key: stop for stop in fresh}.values(), key=_order)


def _entries(ground: Ground, board: Board, stops: Sequence[Stop], travel: Router) -> tuple[Entry, ...]:
    found = []
    for number, stop in enumerate(stops):
        # A call takes them nowhere.
        before = next((one for one in reversed(stops[:number]) if one.what != "check_in"), None)
        trip = _trip(ground, before, stop, travel)
        found.append(replace(told.entry(stop, ground, trip), choices=_choices(ground, board, stop)))
    return tuple(found)


def _trip(ground: Ground, before: Stop | None, stop: Stop, travel: Router) -> Trip | None:
    """From where they are, when that is near in time; else from home."""
    near, goal = ground.tell.near, stop.spot
    if goal is None:
        return None
    here = before.spot if before and before.what != "leave" and stop.start - before.over <= FROM_THERE else None
    home = Spot(near.lat, near.lon) if near else None
    start = here or home
    if start is None or (start.lat, start.lon) == (goal.lat, goal.lon):
        return None
    leg = Leg(start, goal, stop.starts_at, ground.local(stop.over), ground.needs.travel, home, ground.tell.language)
    return travel(leg, ground.tell.say)


def _choices(ground: Ground, board: Board, stop: Stop) -> tuple[datetime, ...]:
    """Where it could go as the plan stands now."""
    if stop.what == "meeting" and stop.listed:
        others = [meeting_stop(ground, stop.listed, one) for one in ground.coming(stop.listed)]
        goals = [replace(other, key=stop.key) for other in others]
    elif stop.what == "check_in":
        day: date = stop.starts_at.date()
        hours = [datetime(day.year, day.month, day.day, hour, tzinfo=ground.home) for hour in HOURS]
        goals = [_at(stop, hour) for hour in hours]
    elif stop.what == "intake" and stop.listed:
        later = [ground.local(one.start) for one in openings(ground, stop.listed)]
        goals = [replace(stop, starts_at=at) for at in later if at.timestamp() >= ground.leaving.timestamp()]
    else:
        return ()
    return tuple(sorted({goal.starts_at for goal in goals if goal.start != stop.start and board.fits(goal)}))
