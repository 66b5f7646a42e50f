"""The first seven days: every meeting that really comes, day by day from the day of discharge."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from directory.handoff import dates
from directory.handoff.cards import Telling, closed, is_meeting, join, where
from directory.handoff.values import Day, Slot
from directory.listing import Listed
from directory.schedule import Occurrence, occurrences
from directory.vocab import Medication, MeetingFormat, label

DAYS = 7


def week(chosen: Sequence[Listed], tell: Telling) -> tuple[Day, ...]:
    """Seven days, the day of discharge first; a day without a meeting stays, empty. Days are those of `tell.zone`."""
    home, first = ZoneInfo(tell.zone), tell.leaving.date()
    until = datetime.combine(first + timedelta(days=DAYS), time(), home)
    slots: dict[date, list[Slot]] = {first + timedelta(days=n): [] for n in range(DAYS)}
    coming = [
        (one, listed)
        for listed in chosen
        if is_meeting(listed.draft)
        for one in occurrences(listed.draft.times, tell.leaving, until, default_zone=tell.zone)
    ]
    for one, listed in sorted(coming, key=lambda pair: pair[0].start.timestamp()):
        # An online meeting elsewhere is told on the clock of the person, not on its own.
        local = one.start.astimezone(home)
        slots[local.date()].append(_slot(one, listed, local, tell))
    return tuple(Day(day, dates.day(day, tell.language), tuple(found)) for day, found in slots.items())


def _slot(one: Occurrence, listed: Listed, local: datetime, tell: Telling) -> Slot:
    end = one.end.astimezone(local.tzinfo) if one.end else None
    hours = [dates.clock(moment, tell.language) for moment in (local, end) if moment]
    return Slot(
        id=listed.id,
        starts_at=local,
        time="–".join(hours),
        name=listed.draft.name,
        where=where(listed.draft, tell),
        notes=(*filter(None, [closed(listed, tell)]), *_notes(listed, tell)),
        link=next((fact.href for fact in join(listed.draft, tell) if fact.href.startswith("http")), ""),
    )


def _notes(listed: Listed, tell: Telling) -> tuple[str, ...]:
    """Who may come and which medicines are welcome: said only where the source says it, never when discreet."""
    if tell.options.discreet:
        return ()
    found = listed.draft.facets
    doors = [code for code in (MeetingFormat.OPEN, MeetingFormat.CLOSED) if code in found.get("format", ())]
    notes = [label("format", code, tell.language) for code in doors]
    welcome = [label("accepts", code, tell.language) for code in Medication if code in found.get("accepts", ())]
    if welcome:
        notes.append(tell.say("Welcomes people on: {medicines}").format(medicines=", ".join(welcome)))
    return tuple(notes)
