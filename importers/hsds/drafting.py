"""One service at one location, in the words of HSDS 3, made a listing."""

import re
from datetime import date

from directory.listing import ListingDraft, Residence, facets
from directory.vocab import Modality, label
from importers import clean, hiding, mailboxes, public_words
from importers.classify import Meaning, Told, decide
from importers.hsds import attending, facts, places, reach, starting, wording
from importers.hsds.facts import Facts
from importers.hsds.parts import Parts
from importers.hsds.shapes import Cells, as_cells, dicts
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
_BEDS = re.compile(r"\bbeds?\b", re.I)


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
    times = attending.opened(parts)
    names = (name, group, clean.words(location.get("name")), clean.words(organization.get("alternate_name")))
    modality, online = attending.modality(parts, said, where, times)
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
        area=attending.area(parts, said, where, modality, row, feed),
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


def _known(said: Facts) -> frozenset[str]:
    """What our own feeds write of facets in sentences."""
    labels = {label(group, word) for group, codes in said.yes.items() for word in codes}
    return frozenset(one.casefold() for one in {*labels, "By appointment"})


def _categories(service: Cells, said: Facts) -> tuple[str, ...]:
    program = clean.words(as_cells(service.get("program")).get("name"))
    found = [
        *said.categories,
        *(term.words for term in said.terms),
        *words(service, "keywords", "categories", "category"),
    ]
    return tuple(dict.fromkeys(filter(None, [*found, program, clean.words(service.get("alternate_name"))])))[:40]


def _beds(service: Cells) -> Residence | None:
    """Free beds with the day they were counted; units of any other kind say nothing to us."""
    for row in dicts(service.get("capacities")):
        said = f"{clean.words(as_cells(row.get('unit')).get('name'))} {clean.words(row.get('description'))}"
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
