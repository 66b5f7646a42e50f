"""One service at one location, in the words of HSDS 3, made a listing."""

import re
from dataclasses import dataclass, replace
from datetime import date

from directory.listing import Area, ListingDraft, Online, Place, Residence, facets
from directory.vocab import Modality, label
from importers import clean, hiding, mailboxes, public_words
from importers.classify import Meaning, Told, decide
from importers.hsds import facts, places, reach, starting, wording
from importers.hsds.facts import Facts
from importers.hsds.shapes import Cells, dicts
from importers.hsds.times import Hours, hours
from importers.hsds.wording import words
from importers.lookups import Lookups
from importers.rows import Feed, Hold, Reject, Row, Skip, text

CLOSED = "closed, says its status"
CLOSED_NAME = "marked closed in its name"
FETCHED = "retrieved"  # how our own feeds say when they got it: no change of the source
PERHAPS = "its words say it may be closed"
USED = frozenset(  # columns of a service that are read below; the rest is noted as never used
    "id name status alternate_name description alert url website additional_urls urls email emails phones phone"
    " organization organization_id service_at_location program attributes languages schedules regular_schedules"
    " holiday_schedules eligibility eligibility_description minimum_age maximum_age application_process how_to_apply"
    " fees fees_description cost_options payments_accepted accepted_payments required_documents wait_time"
    " interpretation_services service_areas assured_date last_modified updated_at metadata keywords audience categories"
    " category capacities location_id program_id taxonomy_ids location_name organization_name"
    " hours hours_of_operation opening_hours"
    " address_1 address_2 city state_province state postal_code zip latitude longitude accreditations licenses".split()
)
_WAITING = re.compile(r"wait|list|applica|enroll|intake|admission|lobby|registration|voucher|fund|position", re.I)
_ONLINE = re.compile(
    r"\b(?:online|on line|virtual(?:ly)?|zoom|telehealth|video ?(?:call|conferenc\w+)|remote(?:ly)?|web-?based)\b", re.I
)
_BY_PHONE = re.compile(r"\b(?:hot ?line|help ?line|crisis line|warm ?line|telephone|by phone|phone line)\b", re.I)
_BEDS = re.compile(r"\bbeds?\b", re.I)


@dataclass(frozen=True, slots=True)
class Parts:
    """The records that a listing is made of."""

    service: Cells
    at: Cells
    location: Cells
    organization: Cells

    @classmethod
    def of(cls, cells: Cells) -> "Parts":
        at = _dict(cells.get("service_at_location"))
        location = _dict(at.get("location"))
        if not at and any(text(cells.get(name)) for name in ("address_1", "city", "postal_code", "latitude")):
            location = {name: cells.get(name) for name in _FLAT} | {"name": cells.get("location_name")}
        return cls(cells, at, location, _dict(cells.get("organization")))

    @property
    def key(self) -> str:
        """What the feed calls it: its service at location, else both; their words where it numbers nothing."""
        service, place = text(self.service.get("id")), text(self.location.get("id")) or text(self.at.get("location_id"))
        if found := text(self.at.get("id")):
            return found
        if service:
            return f"{service}@{place}" if place else service
        names = (self.organization.get("name"), self.location.get("name"), _first_street(self.location))
        return "|".join(clean.words(one).casefold() for one in (*names, self.service.get("name")))


_FLAT = (
    "address_1",
    "address_2",
    "city",
    "state_province",
    "state",
    "postal_code",
    "zip",
    "country",
    "latitude",
    "longitude",
)


def draft(row: Row, look: Lookups, feed: Feed) -> ListingDraft:
    parts = Parts.of(row.raw)
    row.drop(*USED)
    service, location, organization = parts.service, parts.location, parts.organization
    key, name = parts.key, clean.words(service.get("name")) or clean.words(service.get("alternate_name"))
    _refuse_closed(parts, look, key, name)
    group = clean.words(organization.get("name")) or clean.words(service.get("organization_name"))
    said = facts.terms((service, location))
    meaning = _meaning(parts, said, name, group, row, feed)
    ours = bool(said.kinds)  # it comes from a directory like this one
    where = places.place(location, feed.state, ours) if location else None
    where = where if ours else hiding.held_back(where, service.get("description"), starting.how(service), name=name)
    placed = where is not None or places.virtual(location)
    times = _hours(parts)
    names = (name, group, clean.words(location.get("name")), clean.words(organization.get("alternate_name")))
    modality, online = _modality(parts, said, where, times)
    if where is None and modality is Modality.IN_PERSON:
        where = places.rough(organization, feed.state)
    country = where.country if where else "US"
    own = _own(parts, said, meaning)
    return ListingDraft(
        source_key=key,
        name=name or group,
        kind=meaning.kind,
        also=tuple(said.kinds[1:]),
        modality=modality,
        group=group if group.casefold() != (name or group).casefold() else "",
        description=mailboxes.without_people(wording.description(parts.service, parts.at), *names),
        notes=mailboxes.without_people(
            wording.notes(service, location, times, placed, _known(said) if ours else frozenset()), *names
        ),
        place=where if modality in (Modality.IN_PERSON, Modality.HYBRID) else None,
        area=_area(parts, said, where, modality, row, feed),
        online=online,
        phones=reach.phones((parts.at, service, {} if ours and online else location), organization, country),
        website=reach.website(service, {} if online else location, organization),
        email=reach.email((service, location, organization), *names, own=ours),
        times=times.times,
        by_appointment=times.by_appointment or starting.by_appointment(starting.how(service)),
        facets=facets(**own.yes),
        denied=facets(**{group: words - own.yes.get(group, set()) for group, words in own.no.items()}),
        categories=_categories(service, said),
        residence=_beds(service),
        verified_on=clean.day(service.get("assured_date")),
        source_updated_on=_updated(service),
    )


def _refuse_closed(parts: Parts, look: Lookups, key: str, name: str) -> None:
    service = parts.service
    if status := text(service.get("status")):
        known = look.get("status", status)
        if known is None:
            raise Hold("unknown word", f"status: {status}", key=key)
        if known == "closed":
            raise Skip(CLOSED, status, key=key)
    names = (name, clean.words(parts.location.get("name")), clean.words(parts.organization.get("name")))
    if closed := next((one for one in names if clean.closed_in_name(one, meeting=False)), ""):
        raise Skip(CLOSED_NAME, closed, key=key)
    if not name and not clean.words(parts.organization.get("name")):
        raise Reject("no name", key=key)
    for said in (service.get("alert"), service.get("description"), parts.at.get("description")):
        stopped = public_words.says_stopped(text(said), online=False)
        if stopped and not _WAITING.search(stopped):
            raise Hold(PERHAPS, stopped[:300], key=key)


def _meaning(parts: Parts, said: Facts, name: str, group: str, row: Row, feed: Feed) -> Meaning:
    """Our own terms say what it is; any other record is read by its words."""
    if said.kinds:
        return Meaning(said.kinds[0], confidence=1.0, reason="It carries the terms of this directory.")
    service = parts.service
    columns = ("eligibility_description", "eligibility", "audience")
    more = [clean.prose(service.get(column)) for column in columns if not isinstance(service.get(column), (list, dict))]
    more += [clean.words(one.get("eligibility")) for one in dicts(service.get("eligibility"))]
    told = Told(
        name=name or group,
        terms=tuple(dict.fromkeys(said.terms)),
        categories=tuple(words(service, "keywords", "categories", "category")),
        text="\n".join(filter(None, map(clean.prose, (service.get("description"), service.get("alternate_name"))))),
        asked="\n".join(filter(None, more)),
        organization=group,
    )
    return decide(told, row, feed, parts.key)


def _own(parts: Parts, said: Facts, meaning: Meaning) -> Facts:
    """What was classified and what the record says in fields of its own, together."""
    for group, codes in meaning.facets.items():
        said.yes[group].update(codes)
    for group, codes in meaning.denied.items():
        said.no[group].update(codes)
    service, location = parts.service, parts.location
    said.yes["language"].update(facts.languages((service, location)))
    said.yes["access"].update(facts.access(location))
    how = starting.how(service)
    if starting.drop_in(how):
        said.yes["access"].add("drop_in")
    elif starting.no_drop_in(how):
        said.yes["access"].discard("drop_in")
    if not said.kinds:  # our own feeds say these with terms
        said.yes["payment"].update(facts.payment(service))
        let_in, kept_out = facts.ages(service)
        said.yes["age"].update(let_in)
        said.no["age"].update(kept_out)
    return said


def _hours(parts: Parts) -> Hours:
    """The nearest that anybody tells: at this place, of the service, of the place."""
    for cells in (parts.at, parts.service):
        if (found := hours(cells)).times or found.notes or found.by_appointment:
            return found
    found = hours(parts.location)
    if not found.times:
        return found
    named = clean.words(parts.location.get("name")).casefold()
    if named in ("", clean.words(parts.service.get("name")).casefold()):  # the place is the service
        return found
    return replace(found, notes=("These are the hours of the building.", *found.notes))


def _known(said: Facts) -> frozenset[str]:
    """What our own feeds write of facets in sentences."""
    labels = {label(group, word) for group, codes in said.yes.items() for word in codes}
    return frozenset(one.casefold() for one in {*labels, "By appointment"})


def _modality(parts: Parts, said: Facts, where: Place | None, times: Hours) -> tuple[Modality, Online | None]:
    """In person unless the record says otherwise: a service on line or by phone is shown to people everywhere."""
    afar = parts.location if places.virtual(parts.location) else _dict(parts.at.get("online"))
    online = _online(afar, bool(said.kinds)) if afar else None
    if said.modality in list(Modality):
        return Modality(said.modality), online
    if places.virtual(parts.location):
        return Modality.PHONE if online and online.phone and not online.url else Modality.ONLINE, online
    name = clean.words(parts.service.get("name"))
    if where is not None:
        hidden_line = where.confidential and _BY_PHONE.search(name)
        offered = Modality.HYBRID if _ONLINE.search(times.attending) else Modality.IN_PERSON
        return (Modality.PHONE if hidden_line else offered), None
    words_of_it = f"{times.attending} {name}"
    if _BY_PHONE.search(words_of_it):
        return Modality.PHONE, None
    return Modality.ONLINE if _ONLINE.search(words_of_it) else Modality.IN_PERSON, None


def _online(location: Cells, ours: bool) -> Online | None:
    """How to join; the number of a virtual location is a dial-in where there is no link, and in our own feeds."""
    link = clean.url(location.get("url"))
    numbers = (public_words.dial_in(text(one.get("number")))[0] for one in dicts(location.get("phones")))
    dial = next(filter(None, numbers), "") if ours or not link else ""
    return Online(link, clean.prose(location.get("description")), dial) if link or dial else None


def _area(parts: Parts, said: Facts, where: Place | None, modality: Modality, row: Row, feed: Feed) -> Area | None:
    """Whom it serves. One that names no place at all would be shown everywhere: then the operator's state, if told."""
    rows = [*dicts(parts.service.get("service_areas")), *dicts(parts.at.get("service_areas"))]
    rows += [] if rows else [{"name": one} for one in words(parts.service, "service_areas")]
    everywhere = not parts.location or modality in (Modality.ONLINE, Modality.PHONE) or bool(said.kinds)
    found = places.area(rows, where.state if where else feed.state, everywhere)
    if (
        where is None
        and modality is Modality.IN_PERSON
        and not (found and (found.nationwide or found.states or found.counties))
    ):
        if feed.state:
            return Area(states=(feed.state,), words=found.words if found else "")
        row.note("nothing says where a service is: name the state with --state")
    return found


def _categories(service: Cells, said: Facts) -> tuple[str, ...]:
    program = clean.words(_dict(service.get("program")).get("name"))
    found = [
        *said.categories,
        *(term.words for term in said.terms),
        *words(service, "keywords", "categories", "category"),
    ]
    return tuple(dict.fromkeys(filter(None, [*found, program, clean.words(service.get("alternate_name"))])))[:40]


def _beds(service: Cells) -> Residence | None:
    """Free beds with the day they were counted; units of any other kind say nothing to us."""
    for row in dicts(service.get("capacities")):
        said = f"{clean.words(_dict(row.get('unit')).get('name'))} {clean.words(row.get('description'))}"
        free, most = clean.number(row.get("available")), clean.number(row.get("maximum"))
        as_of = clean.day(row.get("updated"))
        if _BEDS.search(said) and as_of and free is not None and free >= 0:
            beds = int(most) if most is not None and most >= free else None
            return Residence(beds=beds, vacancies=int(free), vacancies_as_of=as_of)
    return None


def _updated(service: Cells) -> date | None:
    days = [clean.day(service.get(name)) for name in ("last_modified", "updated_at")]
    acts = dicts(service.get("metadata"))
    days += [clean.day(one.get("last_action_date")) for one in acts if text(one.get("last_action_type")) != FETCHED]
    return max(filter(None, days), default=None)


def _dict(value: object) -> Cells:
    return value if isinstance(value, dict) else {}


def _first_street(location: Cells) -> str:
    return next(
        (
            text(one.get("address_1") or one.get("street"))
            for table in places.TABLES
            for one in dicts(location.get(table))
        ),
        "",
    )
