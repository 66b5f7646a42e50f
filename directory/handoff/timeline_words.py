"""The words of the first seven days: what each thing is called, what to know about it, what is missing."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from directory.handoff import dates
from directory.handoff.board import Stop
from directory.handoff.booked import Booked
from directory.handoff.cards import closed, where
from directory.handoff.first_days import Ground, Intake, open_on_holidays, openings
from directory.handoff.holidays import holiday
from directory.handoff.itinerary import Entry, Trip, Warning_
from directory.handoff.medicine import HOUSING, TREATMENT
from directory.handoff.words import Say
from directory.listing import Listed
from directory.schedule import DAY
from directory.vacancy import State, current
from directory.vocab import Kind

SOON = timedelta(hours=48)
TONIGHT = timedelta(hours=12)  # after leaving somebody must have a bed


def whats(_: Say) -> dict[str, str]:
    return {
        "leave": _("You leave"),
        "appointment": _("Appointment"),
        "intake": _("First visit"),
        "meeting": _("Meeting"),
        "check_in": _("Check-in call"),
        "move_in": _("Move in"),
    }


def parts(_: Say) -> dict[str, str]:
    return {"morning": _("Morning"), "afternoon": _("Afternoon"), "evening": _("Evening")}


def calendar_titles(_: Say) -> dict[str, str]:
    """What a calendar on a phone may show to whoever looks over the shoulder."""
    return {
        "appointment": _("Appointment"),
        "intake": _("Visit"),
        "move_in": _("Visit"),
        "check_in": _("Phone call"),
    }


def title(stop: Stop, ground: Ground) -> str:
    return stop.listed.draft.name if stop.listed else whats(ground.tell.say)[stop.what]


def entry(stop: Stop, ground: Ground, trip: Trip | None) -> Entry:
    return Entry(
        key=stop.key,
        what=stop.what,
        id=stop.listed.id if stop.listed else 0,
        starts_at=stop.starts_at,
        ends_at=stop.ends_at if stop.what != "leave" else None,
        title=title(stop, ground),
        where=where(stop.listed.draft, ground.tell) if stop.listed else "",
        travel=trip.travel if trip else None,
        notes=(*_notes(stop, ground), *(trip.notes if trip else ())),
        moved=stop.moved,
    )


def _notes(stop: Stop, ground: Ground) -> Iterator[str]:
    say, listed = ground.tell.say, stop.listed
    if listed is None:
        return
    if word := closed(listed, ground.tell):
        yield word
    if stop.what == "intake":
        yield from _hours(stop, listed, ground)
        yield say("Call first. Ask when you can come.")
    if stop.what == "move_in":
        yield _bed(listed, ground)
    day = holiday(stop.starts_at.date(), say)
    if day and stop.spot and stop.what in ("meeting", "intake") and not open_on_holidays(listed):
        yield say("{holiday}: it may be closed. Call first.").format(holiday=day)


def _hours(stop: Stop, listed: Listed, ground: Ground) -> Iterator[str]:
    for one in openings(ground, listed):
        if one.start.astimezone(UTC) <= stop.start < one.over and one.end:
            if one.end - one.start < timedelta(minutes=DAY):
                hour = dates.clock(ground.local(one.end), ground.tell.language)
                yield ground.tell.say("Open until {time}.").format(time=hour)
            return


def _bed(listed: Listed, ground: Ground) -> str:
    known, say = current(listed.draft.residence, ground.tell.made_at), ground.tell.say
    if known is not None and known.state is State.OPEN:
        day = dates.full_day(ground.local(known.at).date(), ground.tell.language)
        return say("They had a free bed on {day}. Call before you go.").format(day=day)
    return say("We do not know if a bed is free. Call before you go.")


def warnings(
    ground: Ground, booked: Sequence[Booked], stops: Sequence[Stop], visit: Intake, refused: Sequence[str]
) -> Iterator[Warning_]:
    """In the order of harm: a bed, medicine and the first visit, meetings, what was booked, edits."""
    yield from _no_bed(ground, stops)
    yield from _first_visit(ground, booked, stops, visit)
    yield from _meetings(ground, stops)
    yield from _booked(ground, booked, stops)
    for sentence in dict.fromkeys(refused):
        yield Warning_("edit", sentence)


def _no_bed(ground: Ground, stops: Sequence[Stop]) -> Iterator[Warning_]:
    say = ground.tell.say
    beds = [one for one in ground.chosen if one.draft.kind in (*HOUSING, Kind.RESIDENTIAL)]
    tonight = ground.leaving.astimezone(UTC) + TONIGHT
    ids = {bed.id for bed in beds}
    sleeps = [stop for stop in stops if stop.listed and stop.listed.id in ids and stop.start <= tonight]
    if (ground.needs.housing or beds) and not sleeps:
        yield Warning_("no_bed", say("There is no bed for tonight. Call the houses, or 211, before leaving."))
    for stop in sleeps:
        known = current(stop.listed.draft.residence, ground.tell.made_at) if stop.listed else None
        if known is not None and known.state in (State.FULL, State.WAITLIST):
            words = say("{name} had no free bed when last asked. There may be no bed for tonight: call now.")
            yield Warning_("no_bed", words.format(name=title(stop, ground)))


def _first_visit(ground: Ground, booked: Sequence[Booked], stops: Sequence[Stop], visit: Intake) -> Iterator[Warning_]:
    say, language = ground.tell.say, ground.tell.language
    for name, closed_on in dict.fromkeys((listed.draft.name, day) for listed, day in visit.skipped):
        words = say("{day} is {holiday}: {name} may be closed. Call first.")
        yield Warning_(
            "holiday",
            words.format(day=dates.day(closed_on, language), holiday=holiday(closed_on, say), name=name),
        )
    programs = {one.id: one for one in ground.chosen if one.draft.kind in TREATMENT}
    seen = [stop for stop in stops if stop.listed and stop.listed.id in programs and stop.what != "meeting"]
    if programs and not seen:
        name = next(iter(programs.values())).draft.name
        yield Warning_(
            "no_intake", say("There is no first visit at {name} in these days. Call for a time.").format(name=name)
        )
    last = ground.needs.supply_through
    if last is not None and programs and (not seen or seen[0].starts_at.date() > last):
        day = dates.day(last, language)
        yield Warning_(
            "supply", say("The medicine lasts until {day}, and no visit comes before it ends.").format(day=day)
        )


def _meetings(ground: Ground, stops: Sequence[Stop]) -> Iterator[Warning_]:
    limit = ground.leaving.astimezone(UTC) + SOON
    if not any(stop.what == "meeting" and stop.start <= limit for stop in stops):
        yield Warning_(
            "no_meeting", ground.tell.say("There is no meeting in the first 48 hours. Choose one more, or one online.")
        )


def _booked(ground: Ground, booked: Sequence[Booked], stops: Sequence[Stop]) -> Iterator[Warning_]:
    say, language = ground.tell.say, ground.tell.language
    for one in booked:
        if one.starts_at.timestamp() < ground.leaving.timestamp():
            moment = dates.moment(ground.local(one.starts_at), language)
            yield Warning_("early", say("The appointment on {time} comes before leaving.").format(time=moment))
    agreed = [stop for stop in stops if stop.what == "appointment"]
    for first, then in pairwise(agreed):
        if then.start < first.over:
            moment = dates.moment(then.starts_at, language)
            yield Warning_(
                "overlap", say("Two appointments come at once on {time}. Call to change one.").format(time=moment)
            )


def not_held(ground: Ground, start: datetime) -> str:
    words = ground.tell.say("No chosen meeting comes on {time}. It was not added.")
    return words.format(time=dates.moment(ground.local(start), ground.tell.language))


def not_then(ground: Ground, stop: Stop, start: datetime) -> str:
    words = ground.tell.say("{name} does not come on {time}. It stays where it was.")
    moment = dates.moment(ground.local(start), ground.tell.language)
    return words.format(name=title(stop, ground), time=moment)


def no_hour(ground: Ground, stop: Stop) -> str:
    words = ground.tell.say("There is no free hour for the check-in call on {day}.")
    return words.format(day=dates.day(stop.starts_at.date(), ground.tell.language))


def in_the_way(ground: Ground, name: str, start: datetime) -> str:
    words = ground.tell.say("There is no time for {name} on {time}: something else is planned, or on the way.")
    return words.format(name=name, time=dates.moment(ground.local(start), ground.tell.language))
