"""What to do first: at most three steps, the ones that keep somebody safe before the ones that can wait."""

from collections.abc import Sequence

from directory.handoff import dates, words
from directory.handoff.agreed import Entry, Plan
from directory.handoff.cards import Telling, calls, closed, is_meeting, kind_words, upcoming, where
from directory.handoff.medicine import HOUSING, TREATMENT
from directory.handoff.values import Step
from directory.listing import Listed
from directory.vocab import Medication, label

STEPS = 3
BOOKED = ("appointment", "intake", "move_in")


def steps(chosen: Sequence[Listed], tell: Telling, plan: Plan | None = None) -> tuple[Step, ...]:
    """What is booked, soonest first; then treatment, a bed, the soonest meeting, then help with daily life."""
    entries = sorted(plan.entries, key=lambda one: one.starts_at.timestamp()) if plan else []
    booked = [one for one in entries if one.what in BOOKED][:STEPS]
    done = {one.id for one in booked}
    first = tuple(_booked(one, next((place for place in chosen if place.id == one.id), None), tell) for one in booked)
    return (*first, *_others([one for one in chosen if one.id not in done], tell))[:STEPS]


def _others(chosen: Sequence[Listed], tell: Telling) -> tuple[Step, ...]:
    """One of each first; more of the same only to fill up."""
    meetings = sorted(
        (one for one in chosen if _begins(one, tell) is not None), key=lambda one: _begins(one, tell) or 0
    )
    care = [one for one in chosen if one.draft.kind in TREATMENT]
    beds = [one for one in chosen if one.draft.kind in HOUSING]
    placed = {one.id for one in (*meetings, *care, *beds)}
    rest = [one for one in chosen if one.id not in placed]
    groups = (care, beds, meetings, rest)
    first = [group[0] for group in groups if group]
    more = [one for group in groups for one in group[1:]]
    return tuple(_step(one, tell) for one in [*first, *more][:STEPS])


def _booked(entry: Entry, listed: Listed | None, tell: Telling) -> Step:
    say = tell.say
    name = listed.draft.name if listed else entry.title
    moving = entry.what == "move_in"
    way = (entry.travel.words,) if entry.travel and entry.travel.words else ()
    lines = (
        *way,
        *entry.notes,
        *([words.move_in_script(say)] if moving else [words.bring(say), words.visit_script(say)]),
    )
    when = dates.moment(entry.starts_at, tell.language)
    return Step(
        title=(say("Move in at {name}") if moving else say("Go to {name}")).format(name=name),
        when=_first(listed, when, tell) if listed else when,
        where=where(listed.draft, tell) if listed else entry.where,
        phones=calls(listed.draft.phones[:2], tell.options.discreet) if listed else (),
        lines=lines,
        blanks=(say("Ask for"),),
    )


def _begins(listed: Listed, tell: Telling) -> float | None:
    coming = upcoming(listed.draft, tell) if is_meeting(listed.draft) else None
    return coming.start.timestamp() if coming else None


def _step(listed: Listed, tell: Telling) -> Step:
    return _go(listed, tell) if _begins(listed, tell) is not None else _call(listed, tell)


def _go(listed: Listed, tell: Telling) -> Step:
    coming = upcoming(listed.draft, tell)
    return Step(
        title=tell.say("Go to {name}").format(name=listed.draft.name),
        when=_first(listed, dates.moment(coming.start, tell.language) if coming else "", tell),
        where=where(listed.draft, tell),
        phones=calls(listed.draft.phones[:1], tell.options.discreet),
        lines=words.meeting_lines(tell.say),
    )


def _call(listed: Listed, tell: Telling) -> Step:
    draft, say = listed.draft, tell.say
    day = dates.day(tell.leaving.date(), tell.language)
    care, bed = draft.kind in TREATMENT, draft.kind in HOUSING
    script = words.call_script(say) if care else words.bed_script(say) if bed else words.help_script(say)
    lines = [script.format(day=day)]
    if (care or bed) and tell.options.medicines and not tell.options.discreet:
        taken = ", ".join(
            label("accepts", code, tell.language) for code in Medication if code in tell.options.medicines
        )
        lines.append(words.medicine_script(say).format(medicine=taken))
    if care:
        lines.append(words.bring(say))
    return Step(
        title=(say("Call {name}") if draft.phones else say("Contact {name}")).format(name=draft.name),
        when=_first(listed, _when(listed, tell), tell),
        where=f"{kind_words(draft, tell)}, {where(draft, tell)}",
        phones=calls(draft.phones[:2], tell.options.discreet),
        lines=tuple(lines),
        blanks=(say("My day and time"), say("Ask for")) if care or bed else (),
    )


def _when(listed: Listed, tell: Telling) -> str:
    """A time to call only when their hours are known."""
    coming = upcoming(listed.draft, tell)
    if coming is None:
        return tell.say("As soon as you can")
    if coming.start <= tell.leaving:
        return tell.say("Today, before you leave")
    return tell.say("They open {time}").format(time=dates.moment(coming.start, tell.language))


def _first(listed: Listed, when: str, tell: Telling) -> str:
    """That it was reported closed stands before the time and the number."""
    return " ".join(filter(None, (closed(listed, tell), when)))
