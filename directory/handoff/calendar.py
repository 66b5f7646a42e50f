"""The plan as an iCalendar file: neutral titles, wall-clock times with their zone, meetings for at most 13 weeks."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from directory.handoff import timeline_words, words
from directory.handoff.cards import is_meeting
from directory.handoff.itinerary import Timeline
from directory.handoff.values import Packet
from directory.i18n import catalogue
from directory.listing import Listed
from directory.schedule import Occurrence, WeeklyTime, occurrences

if TYPE_CHECKING:  # loading icalendar costs the command line its quick start
    from icalendar import Alarm, Event

CAP = timedelta(weeks=13)  # a stale meeting dies with the season
WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")


def render(
    packet: Packet, now: datetime | None = None, plan: Timeline | None = None, alarm: timedelta | None = None
) -> bytes:
    """All meetings chosen; with a `plan`, the meeting times that are on it, and what else is to be done.

    `now` is when the file was made; times that never come within the thirteen weeks are left out. `alarm`: how long
    before; none unless somebody asks, a phone tells it to the whole room.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Aftercare Directory//Handoff//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    until = packet.leaving + CAP
    for event in (*_all_meetings(packet, until, plan), *_planned(packet, plan)):
        event.add("dtstamp", (now or datetime.now(UTC)).astimezone(UTC))
        if alarm:
            event.add_component(_alarm(event, alarm))
        calendar.add_component(event)
    # Rules of the window only: all of them from 1970 on would make the file many times larger.
    calendar.add_missing_timezones(
        first_date=(packet.leaving - timedelta(days=366)).date(), last_date=(until + timedelta(days=2)).date()
    )
    return bytes(calendar.to_ical())


def _all_meetings(packet: Packet, until: datetime, plan: Timeline | None) -> Iterator["Event"]:
    on = {(entry.id, entry.starts_at.astimezone(UTC)) for entry in plan.entries} if plan else set()
    for listed, time, coming in _meetings(packet, until):
        if plan is None or any((listed.id, one.start.astimezone(UTC)) in on for one in coming):
            yield from _events(packet, listed, time, coming)


def _planned(packet: Packet, plan: Timeline | None) -> Iterator["Event"]:
    """Appointments, visits and check-ins, each once."""
    from icalendar import Event

    titles = timeline_words.calendar_titles(catalogue(packet.options.language).gettext)
    places = {listed.id: listed.draft.place for listed in packet.chosen}
    for entry in plan.entries if plan else ():
        if entry.what not in titles:
            continue
        event, place = Event(), places.get(entry.id)
        # A check-in or visit has the same key in every plan: the day of leaving tells two plans apart.
        event.add("uid", _named(f"{entry.key}|{packet.leaving.date().isoformat()}"))
        event.add("summary", titles[entry.what])
        event.add("class", "PRIVATE")
        event.add("transp", "OPAQUE")
        event.add("dtstart", entry.starts_at)
        if entry.ends_at is not None:
            event.add("dtend", entry.ends_at)
        if place is not None and place.walkable:
            event.add("location", place.address())
        yield event


def _alarm(event: "Event", before: timedelta) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -before)
    alarm.add("description", event["SUMMARY"])
    return alarm


def has_meetings(packet: Packet) -> bool:
    """Whether the file would hold anything."""
    return next(_meetings(packet, packet.leaving + CAP), None) is not None


def _meetings(packet: Packet, until: datetime) -> Iterator[tuple[Listed, WeeklyTime, list[Occurrence]]]:
    for listed in packet.chosen:
        for time in dict.fromkeys(listed.draft.times) if is_meeting(listed.draft) else ():
            coming = occurrences([time], packet.leaving, until, default_zone=packet.zone)
            if coming:
                yield listed, time, coming


def _events(packet: Packet, listed: Listed, time: WeeklyTime, coming: Sequence[Occurrence]) -> Iterator["Event"]:
    """One repeating event where a rule says exactly the real dates, else one event for each date."""
    rule = _rule(time, coming)
    if rule is not None or len(coming) == 1:
        yield _event(packet, listed, time, coming[0], rule)
        return
    for one in coming:
        yield _event(packet, listed, time, one, None)


def _event(packet: Packet, listed: Listed, time: WeeklyTime, one: Occurrence, rule: dict[str, Any] | None) -> "Event":
    from icalendar import Event

    draft, zone = listed.draft, ZoneInfo(time.timezone or packet.zone)
    event = Event()
    event.add("uid", _uid(listed, time, one if rule is None else None))
    event.add("summary", _summary(packet, listed))
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    event.add("dtstart", one.start.astimezone(zone))
    if one.end is not None:
        event.add("dtend", one.end.astimezone(zone))
    if rule is not None:
        event.add("rrule", rule)
    if draft.place is not None and draft.place.walkable:
        event.add("location", draft.place.address())
    if draft.online is not None and draft.online.url:
        event.add("url", draft.online.url)
    if join := _join(listed):
        event.add("description", join)
    return event


def _rule(time: WeeklyTime, coming: Sequence[Occurrence]) -> dict[str, Any] | None:
    """The RRULE of these dates, ending with the last; None when one or no single rule says them."""
    if len(coming) < 2 or (time.weeks and time.every > 1):
        return None
    days = {one.start.isoweekday() % 7 for one in coming}
    clocks = {one.start.time() for one in coming}
    if days != {time.weekday} or len(clocks) > 1:  # a clock change moved one of them
        return None
    until = coming[-1].start.astimezone(UTC)
    if time.weeks:
        which = [f"{week}{WEEKDAYS[time.weekday]}" for week in time.weeks]
        return {"freq": "monthly", "byday": which, "until": until}
    every = {"interval": time.every} if time.every > 1 else {}
    return {"freq": "weekly", **every, "byday": WEEKDAYS[time.weekday], "until": until}


def _summary(packet: Packet, listed: Listed) -> str:
    """ "Meeting", and the building when the paper may tell: never the group's own name, which tells why."""
    meeting = words.labels(catalogue(packet.options.language).gettext)["meeting"]
    place = listed.draft.place
    if packet.options.discreet or place is None or not place.walkable or not place.name:
        return meeting
    return f"{meeting}, {place.name}"


def _join(listed: Listed) -> str:
    online = listed.draft.online
    return "\n".join(filter(None, (online.url, online.phone))) if online else ""


def _uid(listed: Listed, time: WeeklyTime, one: Occurrence | None) -> str:
    """The same for the same meeting time in every file, so that a newer file replaces and never doubles."""
    named = f"{listed.publisher}|{listed.id}|{time.weekday}|{time.start}|{time.weeks}|{time.every}|{time.timezone}"
    date = one.start.date().isoformat() if one else ""
    return _named(f"{named}|{date}")


def _named(what: str) -> str:
    return f"{uuid5(NAMESPACE_URL, what)}@aftercare.invalid"
