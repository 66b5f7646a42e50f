"""One chosen listing as a card: how to reach it, when, what is known, and what to ask because it is not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from directory.handoff import dates, words
from directory.handoff.medicine import HOUSING, TREATMENT, gives, takes
from directory.handoff.values import Call, Card, Fact, Options
from directory.listing import Listed, ListingDraft, Phone
from directory.schedule import Occurrence, next_occurrence, occurrences
from directory.search.query import Near
from directory.vacancy import current, state_words
from directory.vocab import Access, Kind, Medication, Modality, Payment, label

AHEAD = timedelta(days=62)  # a monthly or fifth-Sunday time lies within it
HOURS_SHOWN = 7
DIRECTIONS_SHOWN = 160  # characters
TELLING = {Access.PROOF, Payment.PUBLIC}  # labels that say why somebody comes: left out when discreet


@dataclass(frozen=True, slots=True)
class Telling:
    """What every card of one packet is told with."""

    say: words.Say
    options: Options
    leaving: datetime
    zone: str
    near: Near | None
    made_at: datetime  # when the packet is made: what is too old by then is not on it

    @property
    def language(self) -> str:
        return self.options.language


def card(listed: Listed, tell: Telling) -> Card:
    draft, discreet = listed.draft, tell.options.discreet
    coming = upcoming(draft, tell)
    distance = None if draft.modality in (Modality.ONLINE, Modality.PHONE) else miles_to(draft, tell.near)
    facts, missing = _facts(draft, tell)
    return Card(
        id=listed.id,
        kind="" if discreet else str(draft.kind),
        kind_words=kind_words(draft, tell),
        name=draft.name,
        where=where(draft, tell),
        closed=closed(listed, tell),
        phones=calls(draft.phones, discreet),
        next=_next(draft, coming, tell),
        next_at=coming.start if coming else None,
        hours=dates.hours(draft.times, tell.language)[:HOURS_SHOWN],
        distance=_distance(draft, distance, tell),
        miles=round(distance, 1) if distance is not None else None,
        facts=facts,
        ask=", ".join(missing),
        checked=_checked(listed, tell),
    )


def kind_words(draft: ListingDraft, tell: Telling) -> str:
    if tell.options.discreet:
        return words.neutral_kinds(tell.say)[draft.kind]
    finer = [label("fellowship", code, tell.language) for code in draft.facets.get("fellowship", ())]
    return " · ".join([label("kind", draft.kind, tell.language), *finer])


def closed(listed: Listed, tell: Telling) -> str:
    return tell.say("Reported closed. Call first.") if listed.reported_closed else ""


def is_meeting(draft: ListingDraft) -> bool:
    return Kind.SUPPORT_GROUP in (draft.kind, *draft.also)


def calls(phones: Iterable[Phone], discreet: bool) -> tuple[Call, ...]:
    return tuple(Call(str(phone), phone.href, "" if discreet else phone.label) for phone in phones)


def where(draft: ListingDraft, tell: Telling) -> str:
    """The address only when it may be walked to; else the area and a word to call."""
    place = draft.place
    if draft.modality is Modality.PHONE or (place is None and not draft.online):
        return tell.say("By phone")
    if draft.modality is Modality.ONLINE or place is None:
        return tell.say("Online")
    if place.walkable:
        return ", ".join(filter(None, (place.name, place.address())))
    call = tell.say("call for the address") if draft.phones else tell.say("ask for the address")
    return f"{place.address()} ({call})" if place.address() else call.capitalize()


def upcoming(draft: ListingDraft, tell: Telling) -> Occurrence | None:
    """For a meeting the next to begin; for a place with hours also the one that is open when they leave."""
    coming = next_occurrence(draft.times, tell.leaving, default_zone=tell.zone)
    if coming is None or coming.start > tell.leaving or not is_meeting(draft):
        return coming
    later = occurrences(draft.times, tell.leaving, tell.leaving + AHEAD, default_zone=tell.zone)
    return next(iter(later), None)


def miles_to(draft: ListingDraft, near: Near | None) -> float | None:
    """Straight-line miles; None when either end is unknown or the place must stay hidden."""
    from directory.geo import miles

    place = draft.place
    if near is None or place is None or place.confidential or place.latitude is None or place.longitude is None:
        return None
    return float(miles(near.lat, near.lon, place.latitude, place.longitude))


def join(draft: ListingDraft, tell: Telling) -> tuple[Fact, ...]:
    """How to come in from anywhere."""
    online, labels = draft.online, words.labels(tell.say)
    if online is None:
        return ()
    found, quiet = [], tell.options.discreet
    if online.url:
        found.append(Fact(labels["online"], _with(online.url, "" if quiet else online.url_notes), online.url))
    if online.phone:
        dial = _with(online.phone, "" if quiet else online.phone_notes)
        found.append(Fact(labels["dial"], dial, f"tel:{''.join(c for c in online.phone if c in '0123456789+,*#')}"))
    return tuple(found)


def _next(draft: ListingDraft, coming: Occurrence | None, tell: Telling) -> str:
    if coming is None:
        return tell.say("By appointment: call for a time") if draft.by_appointment else ""
    if coming.start > tell.leaving or is_meeting(draft):
        return dates.moment(coming.start, tell.language)
    if coming.end is None or coming.end - coming.start >= timedelta(days=1):
        return tell.say("Open when you leave")
    return tell.say("Open when you leave, until {time}").format(time=dates.clock(coming.end, tell.language))


def _distance(draft: ListingDraft, distance: float | None, tell: Telling) -> str:
    if distance is None:
        return ""
    if draft.place is not None and draft.place.approximate:
        nearly = tell.say("less than a mile away") if distance < 1 else tell.say("about {miles} miles away")
        return nearly.format(miles=f"{max(distance, 2):.0f}")
    return tell.say("{miles} miles away").format(miles=f"{distance:.1f}")


def _facts(draft: ListingDraft, tell: Telling) -> tuple[tuple[Fact, ...], list[str]]:
    """What is known, in a fixed order, and the words for what a treatment or housing place did not say."""
    say, found = tell.say, draft.facets
    missing = words.unknowns(say)
    facts = [
        None if tell.options.discreet else Fact(say("Care"), _listed("level", found.get("level", ()), tell)),
        Fact(say("Open beds"), free_beds(draft, tell)),
        Fact(say("Cost and insurance"), fee(draft, tell)),
        medicine_fact(draft, tell),
        Fact(say("Who may come"), only(draft, tell)),
        Fact(say("Access"), _listed("access", (v for v in found.get("access", ()) if v != Access.DROP_IN), tell)),
        Fact(say("Languages"), _listed("language", found.get("language", ()), tell)),
        Fact(say("Walk in"), _walk_in(draft, tell)),
        *join(draft, tell),
        Fact(say("How to find it"), _directions(draft, tell)),
    ]
    chairs = Access.WHEELCHAIR in (*found.get("access", ()), *draft.denied.get("access", ()))
    groups = {
        "payment": fee(draft, tell),
        "access": chairs,
        "language": found.get("language"),
        "walk_in": _walk_in(draft, tell),
    }
    unsaid = [missing[group] for group, known in groups.items() if not known]
    asks = draft.kind in (*TREATMENT, *HOUSING)
    return tuple(fact for fact in facts if fact and fact.words), unsaid if asks else []


def free_beds(draft: ListingDraft, tell: Telling) -> str:
    """With its day and hour, for paper is read later: "2 open beds on Monday, May 4, 3:00 pm. Call to be sure."."""
    if draft.kind not in HOUSING:
        return ""
    known = current(draft.residence, tell.made_at)
    if known is None:
        return tell.say("Not known. Call to ask.")
    zone = draft.place.timezone if draft.place and draft.place.timezone else tell.zone
    when = dates.moment(known.at.astimezone(ZoneInfo(zone)), tell.language)
    told = tell.say("{state} ({when}). Call to be sure.")
    return told.format(state=state_words(known, tell.language), when=when)


def fee(draft: ListingDraft, tell: Telling) -> str:
    home, listed = draft.residence, _listed("payment", draft.facets.get("payment", ()), tell)
    said = [listed] if listed else []
    if home and home.fee is not None:
        period = {"week": tell.say("a week"), "month": tell.say("a month")}.get(home.fee_period, home.fee_period)
        said.insert(0, f"${home.fee:,.0f} {period}".strip())
    if home and home.deposit:
        said.insert(1, tell.say("deposit {amount}").format(amount=f"${home.deposit:,.0f}"))
    return ", ".join(said)


def medicine_fact(draft: ListingDraft, tell: Telling) -> Fact | None:
    """Yes, no or "call to ask" for each medicine; on paper that must not tell, left out."""
    if tell.options.discreet or draft.kind not in (*TREATMENT, *HOUSING):
        return None
    answers = {True: tell.say("yes"), False: tell.say("no"), None: tell.say("call to ask")}
    said = []
    for medicine in tell.options.medicines or tuple(Medication):
        taken = takes(draft, medicine)
        answer = tell.say("yes, they give it") if taken and gives(draft, medicine) else answers[taken]
        said.append(f"{label('accepts', medicine, tell.language)}: {answer}")
    return Fact(tell.say("Takes people on my medicine"), "; ".join(said))


def only(draft: ListingDraft, tell: Telling) -> str:
    """Who is let in, said only when somebody is not."""
    return _listed("gender", draft.facets.get("gender", ()), tell) if draft.denied.get("gender") else ""


def _walk_in(draft: ListingDraft, tell: Telling) -> str:
    if is_meeting(draft):
        return ""
    if draft.by_appointment or Access.DROP_IN in draft.denied.get("access", ()):
        return tell.say("No. Call for a time first.")
    return tell.say("Yes. You can just come.") if Access.DROP_IN in draft.facets.get("access", ()) else ""


def _directions(draft: ListingDraft, tell: Telling) -> str:
    if tell.options.discreet or not draft.place or not draft.place.walkable:
        return ""
    told = draft.place.directions
    return told if len(told) <= DIRECTIONS_SHOWN else told[:DIRECTIONS_SHOWN].rsplit(" ", 1)[0] + " …"


def _checked(listed: Listed, tell: Telling) -> str:
    draft = listed.draft
    if draft.verified_on:
        return tell.say("Checked on {date}").format(date=dates.full_day(draft.verified_on, tell.language))
    if draft.source_updated_on:
        return tell.say("Last changed on {date}").format(date=dates.full_day(draft.source_updated_on, tell.language))
    return tell.say("We do not know when this was last checked. Call first.")


def _listed(group: str, values: Iterable[str], tell: Telling) -> str:
    shown = (value for value in values if not (tell.options.discreet and value in TELLING))
    return ", ".join(label(group, value, tell.language) for value in shown)


def _with(first: str, notes: str) -> str:
    return f"{first} {notes}".strip()
