"""The sections told from the chosen listings: safety, places and their map, meetings, daily life, numbers."""

from collections.abc import Sequence
from dataclasses import replace

from directory.gazetteer import gazetteer
from directory.handoff import words, words_safety
from directory.handoff.agreed import Plan
from directory.handoff.cards import Telling, calls, card, is_meeting, miles_to
from directory.handoff.geometry import Sketch, Spot, draw, eighth, miles_from
from directory.handoff.helplines import help_lines
from directory.handoff.ties import ties
from directory.handoff.values import Card, Day, Help, HelpLine, Section
from directory.handoff.week import week
from directory.listing import Listed, Phone
from directory.search.query import Near
from directory.vocab import Kind, Modality, Need, label


def safety(tell: Telling, title: str) -> Section:
    say, discreet = tell.say, tell.options.discreet
    blocks = (*words_safety.safety(say, discreet), words_safety.spray(say, discreet))
    return Section("safety", title, words_safety.safety_intro(say, discreet), blocks=blocks)


def meetings(chosen: Sequence[Listed], plan: Plan | None, tell: Telling, title: str) -> Section:
    days = week(chosen, tell)
    if any(day.slots for day in days):
        return Section("meetings", title, words.meetings_intro(tell.say), days=_marked(days, plan, tell))
    later = any(is_meeting(listed.draft) for listed in chosen)
    return Section("meetings", title, words.later_meetings(tell.say) if later else words.no_meetings(tell.say))


def _marked(days: Sequence[Day], plan: Plan | None, tell: Telling) -> tuple[Day, ...]:
    """Those the person means to go to say so, and how long the way takes."""
    entries = plan.entries if plan else ()
    planned = {(one.id, one.starts_at): one for one in entries if one.what == "meeting"}
    found = []
    for day in days:
        slots = []
        for slot in day.slots:
            entry = planned.get((slot.id, slot.starts_at))
            way = (entry.travel.words,) if entry and entry.travel and entry.travel.words else ()
            slots.append(replace(slot, notes=(tell.say("In my plan"), *slot.notes, *way)) if entry else slot)
        found.append(replace(day, slots=tuple(slots)))
    return tuple(found)


def places(chosen: Sequence[Listed], others: Sequence[Listed], tell: Telling, title: str) -> Section:
    picked = {listed.id for listed in chosen}
    offered = [listed for listed in others if listed.id not in picked]
    cards = tuple(card(listed, tell) for listed in chosen)
    return Section(
        "places",
        title,
        words.places_intro(tell.say),
        cards=cards,
        others_title=tell.say("Other places I was told about") if offered else "",
        others=tuple(card(listed, tell) for listed in offered),
        closing=" ".join((words.choice(tell.say), *_owners([*chosen, *offered], tell))),
        sketch=_sketch(chosen, cards, tell),
    )


def _owners(listed: Sequence[Listed], tell: Telling) -> list[str]:
    """Which places belong together; not to whom: an owner's name may tell why somebody goes there."""
    return [words.same_owner(tell.say).format(names=", ".join(names)) for _, names in ties(listed)]


def _sketch(chosen: Sequence[Listed], cards: Sequence[Card], tell: Telling) -> Sketch | None:
    near = tell.near
    if near is None:
        return None
    home = _area(near)
    spots = [spot for number, one in enumerate(chosen, 1) if (spot := _spot(number, one, near))]
    drawn = draw(home, spots, len(chosen) - len(spots), tell.language)
    if drawn is None:
        return None
    note = [words.map_note(tell.say)]
    note += [words.map_more(tell.say)] if any("+" in mark.label for mark in drawn.marks) else []
    note += [words.map_rough(tell.say)] if any(mark.rough for mark in drawn.marks) else []
    lies = [_lies(spot, cards[spot.number - 1], near, tell) for spot in spots]
    return replace(
        drawn,
        words="; ".join((words.labels(tell.say)["map"], *lies)),
        note=" ".join(note),
        north=tell.say("N"),
    )


def _area(near: Near) -> Near:
    """What is printed shows no doorstep: the middle of a ZIP as it is, any other point to half a mile."""
    row = gazetteer().nearest(near.lat, near.lon)
    known = gazetteer().rows[row] if row is not None else None
    if known and (float(known["lat"]), float(known["long"])) == (near.lat, near.lon):
        return near
    return replace(near, lat=round(near.lat, 2), lon=round(near.lon, 2))


def _spot(number: int, listed: Listed, near: Near) -> Spot | None:
    place = listed.draft.place
    if place is None or listed.draft.modality in (Modality.ONLINE, Modality.PHONE):
        return None
    if miles_to(listed.draft, near) is None or place.latitude is None or place.longitude is None:
        return None
    return Spot(number, listed.draft.name, place.latitude, place.longitude, place.approximate)


def _lies(spot: Spot, card: Card, home: Near, tell: Telling) -> str:
    way = words.directions(tell.say)[eighth(*miles_from(home, spot.lat, spot.lon))]
    return f"{spot.number}. {card.name}: {card.distance}, {way}"


def daily(chosen: Sequence[Listed], needs: Sequence[str], tell: Telling, title: str) -> Section:
    return Section("daily", title, words.daily_intro(tell.say), helps=_helps(chosen, needs, tell))


def _helps(chosen: Sequence[Listed], needs: Sequence[str], tell: Telling) -> tuple[Help, ...]:
    """Each need asked for, or served by a chosen community service, in the vocabulary's order, with who helps."""
    services = [one for one in chosen if Kind.COMMUNITY_SERVICE in (one.draft.kind, *one.draft.also)]
    served = {need for one in services for need in one.draft.facets.get("need", ())}
    neutral = words.neutral_needs(tell.say) if tell.options.discreet else {}
    found = []
    for need in (need for need in Need if need in served or need in needs):
        code = "" if tell.options.discreet else str(need)
        told = neutral.get(need, label("need", need, tell.language))
        helpers = [one for one in (chosen if need in needs else services) if need in one.draft.facets.get("need", ())]
        cards = [card(one, tell) for one in helpers]
        found += [Help(code, told, one.name, one.phones, one.next) for one in cards]
        if not helpers:
            found.append(Help(code, told, tell.say("Call 211 and ask"), calls([Phone("211")], discreet=True)))
    return tuple(found)


def numbers(tell: Telling, title: str, phone: str) -> Section:
    """The unit's own line first."""
    lines = help_lines(tell.language, tell.options.discreet)
    if phone:
        name, what = tell.say("The place you are leaving"), tell.say("Any question about this plan, day or night.")
        lines = (HelpLine("unit", name, phone, what, Phone(phone).href), *lines)
    return Section("numbers", title, words.numbers_intro(tell.say), lines=lines)
