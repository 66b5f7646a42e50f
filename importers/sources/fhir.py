"""A HealthcareService at a Location, by an Organization; other resources are read with the service they belong to."""

from collections.abc import Iterable, Iterator
from typing import Any

from directory.listing import Facets, ListingDraft, Place, facets
from directory.vocab import Modality
from importers import clean, hiding
from importers.classify import Told, decide
from importers.fhir import concepts, reach, references, resources, times
from importers.fhir.references import Known, Resource
from importers.fhir.resources import dicts, extensions, item, last_part
from importers.lookups import Lookups
from importers.opening import Unsound
from importers.rows import Feed, Hold, Reject, Row, Skip

CLOSED_DOORS = {"nopt", "existptonly", "existptfam"}  # Plan-Net's codes for taking no new patients
HIDDEN_LABELS = {"R", "V"}  # meta.security: restricted, very restricted
WHEELCHAIR = {"handiaccess", "adacomp"}
READ = (
    *"id active location providedBy telecom availableTime notAvailable availabilityExceptions comment".split(),
    *"extraDetails coverageArea appointmentRequired eligibility communication".split(),
    *concepts.WHAT,
)
UNTOLD = "nothing says what it is but its organization's name"


def unwrap(record: dict[str, Any]) -> dict[str, Any]:
    return resources.bare(record)


def survey(records: Iterable[dict[str, Any] | Unsound]) -> Known:
    return references.survey(records)


def spread(record: dict[str, Any], feed: Feed) -> Iterator[dict[str, Any]]:
    return references.spread(record)


def draft(row: Row, look: Lookups, feed: Feed) -> ListingDraft:
    service = row.raw
    key = _key(service)
    if service.get("resourceType") != resources.SERVICE:
        row.drop(*service)
    _refuse_others(service, key)
    known: Known = feed.known
    place_refs = dicts(service.get("location"))
    location = known.find(place_refs[0], service) if place_refs else None
    organization = known.find(service.get("providedBy"), service)
    name = clean.words(row.first("name", "serviceName")) or _named_after(service, organization)
    if not name:
        raise Reject("no name", key=key)
    _refuse_closed(service, location, organization, known, name, key)
    told_closures, away = times.closures(service, feed.today)
    if away:
        raise Hold("not available now", away, key=key)
    row.drop(*READ)
    if location is None and place_refs and not references.shown(place_refs[0]):
        row.note("a place that is not in the feed")
    hidden = bool(place_refs) and resources.is_restricted(place_refs[0])
    above = list(known.parents(location)) if location else []
    place = reach.place(location, above, hidden, feed.today) if location else None
    place = hiding.held_back(place, service.get("comment"), service.get("extraDetails"), name=name)
    others = [one for one in (location, organization) if one]
    listing = _listing(service, row, feed, key, name, place, others, told_closures)
    if not service.get("name") and not concepts.words_in(service):
        row.doubt = row.doubt or UNTOLD
    return listing


def _key(service: Resource) -> str:
    """Its id, and that of its place: a service at three places is three listings."""
    key = str(service.get("id") or service.get("fullUrl") or "")
    places = dicts(service.get("location"))
    return f"{key}@{references.last_id(places[0])}" if key and places and references.last_id(places[0]) else key


def _refuse_others(resource: Resource, key: str) -> None:
    kind = resource.get("resourceType")
    if item(resource, "request").get("method") == "DELETE":
        raise Skip("deleted by its publisher", key=key)
    if kind in resources.PLACES:
        raise Skip("a place or organization, read with its services", clean.words(resource.get("name")), key=key)
    if kind in resources.PEOPLE:
        raise Skip("a person, not a service")
    if kind == "Bundle":
        if resource.get("entries"):
            raise Reject("a Bundle within a Bundle", "send each in a file of its own", key=key)
        raise Skip("an answer without entries", key=key)
    if kind != resources.SERVICE:
        raise Skip("no service", str(kind), key=key) if kind else Reject("not a resource", key=key)


def _refuse_closed(
    service: Resource, location: Resource | None, organization: Resource | None, known: Known, name: str, key: str
) -> None:
    meta = item(service, "meta")
    codes = {(mark, str(one.get("code"))) for mark in ("security", "tag") for one in dicts(meta.get(mark))}
    if any(("security", code) in codes for code in HIDDEN_LABELS):
        raise Skip("restricted by its publisher", name, key=key)
    if ("tag", "HTEST") in codes or ("security", "HTEST") in codes:
        raise Skip("test data", name, key=key)
    if clean.yes(service.get("active")) is False:
        raise Skip("inactive", name, key=key)
    if clean.closed_in_name(name, meeting=False):
        raise Skip("marked closed in its name", name, key=key)
    for place in [location, *known.parents(location)] if location else []:
        if place and place.get("status") in ("suspended", "inactive"):
            raise Skip(f"its place is {place['status']}", name, key=key)
    for owner in [organization, *known.parents(organization)] if organization else []:
        if owner and clean.yes(owner.get("active")) is False:
            raise Skip("its organization is inactive", name, key=key)
    if _takes_nobody(service):
        raise Skip("takes no new patients", name, key=key)


def _takes_nobody(service: Resource) -> bool:
    """Every network it speaks of is told that it takes nobody."""
    answers = [_accepting(one) for one in extensions(service) if last_part(one) in ("newpatients", "new-patients")]
    return bool(answers) and all(answer is False for answer in answers)


def _accepting(extension: Resource) -> bool | None:
    for one in extensions(extension):
        if last_part(one).casefold() == "acceptingpatients":
            codes = {str(c.get("code")) for c in dicts(item(one, "valueCodeableConcept").get("coding"))}
            said = one.get("valueBoolean")
            return False if codes & CLOSED_DOORS or said is False else True if codes or said else None
    return None


def _named_after(service: Resource, organization: Resource | None) -> str:
    """A service without a name, as payers send most, is called by its type at its organization."""
    what = next(filter(None, map(concepts.words_of, concepts.concepts(service, "type", "category", "specialty"))), "")
    who = clean.words((organization or {}).get("name")) or clean.words(references.shown(service.get("providedBy")))
    return ", ".join(filter(None, (what, who))) if what else who


def _listing(
    service: Resource,
    row: Row,
    feed: Feed,
    key: str,
    name: str,
    place: Place | None,
    others: list[Resource],
    closed: list[str],
) -> ListingDraft:
    known: Known = feed.known
    own = concepts.own(service)
    for code in own.unknown:
        row.note(f"a code of ours that we do not know: {code}")
    terms = concepts.terms(service)
    group = _group(service, known)
    description = clean.prose(service.get("comment"))
    eligibility = _eligibility(service)
    if own.kinds:
        kind, meant, refused = own.kinds[0], {}, {}
    else:
        told = Told(name, terms, (), description, group, eligibility)
        meaning = decide(told, row, feed, key)
        kind, meant, refused = meaning.kind, dict(meaning.facets), dict(meaning.denied)
    opened, unread = times.weekly(service.get("availableTime"), "availableStartTime", "availableEndTime")
    country = place.country if place else "US"
    refs = dicts(service.get("coverageArea"))
    areas = [(known.find(ref, service) or {}, references.shown(ref)) for ref in refs]
    yes = {group: {*meant.get(group, ()), *own.yes.get(group, ())} for group in {*meant, *own.yes} - {"modality"}}
    return ListingDraft(
        source_key=key,
        name=name,
        kind=kind,
        also=tuple(dict.fromkeys(other for other in own.kinds if other != kind)),
        modality=own.modality or _modality(service),
        group=group if group.casefold() != name.casefold() else "",
        description=description,
        notes=_notes(service, own.kinds == [], eligibility, unread, closed, others),
        place=place,
        area=reach.area(
            (one.get("name") or shown or one.get("description") for one, shown in areas), place.state if place else ""
        ),
        phones=next(filter(None, (reach.phones(one, feed.today, country) for one in (service, *others))), ()),
        website=reach.first((service, *others), "url", feed.today),
        email=reach.first((service,), "email", feed.today),
        times=opened,
        by_appointment=service.get("appointmentRequired") is True,
        facets=_facets(service, yes, others),
        denied=facets(**{group: {*refused.get(group, ()), *own.no.get(group, ())} for group in {*refused, *own.no}}),
        categories=tuple(dict.fromkeys(term.words for term in terms if term.words)),
        source_updated_on=clean.day(item(service, "meta").get("lastUpdated")),
    )


def _group(service: Resource, known: Known) -> str:
    found = known.find(service.get("providedBy"), service)
    return clean.words((found or {}).get("name") or references.shown(service.get("providedBy")))


def _facets(service: Resource, yes: dict[str, set[str]], others: list[Resource]) -> Facets:
    """Beside what the service means: languages, access and fees as its own elements say."""
    for concept in dicts(service.get("communication")):
        yes.setdefault("language", set()).update(concepts.known_words("language", concept))
    for concept in dicts(service.get("characteristic")):
        yes.setdefault("access", set()).update(concepts.known_words("access", concept))
    for extension in [
        ext for one in (service, *others) for ext in extensions(one) if last_part(ext) == "accessibility"
    ]:
        codes = {str(coding.get("code")) for coding in dicts(item(extension, "valueCodeableConcept").get("coding"))}
        yes.setdefault("access", set()).update({"wheelchair"} if codes & WHEELCHAIR else set())
    if service.get("appointmentRequired") is False:
        yes.setdefault("access", set()).add("drop_in")
    for concept in dicts(service.get("serviceProvisionCode")):
        if any(coding.get("code") == "free" for coding in dicts(concept.get("coding"))):
            yes.setdefault("payment", set()).add("free")
    return facets(**{group: yes[group] for group in sorted(yes)})


def _modality(service: Resource) -> Modality:
    """Plan-Net's delivery methods; in person where nothing is said."""
    told = str([ext for ext in extensions(service) if last_part(ext) == "delivery-method"])
    virtual, physical = "'virtual'" in told, "'physical'" in told
    return Modality.HYBRID if virtual and physical else Modality.ONLINE if virtual else Modality.IN_PERSON


def _eligibility(service: Resource) -> str:
    told = []
    for one in dicts(service.get("eligibility")):
        told.append(": ".join(filter(None, (concepts.words_of(item(one, "code")), clean.words(one.get("comment"))))))
    return "; ".join(filter(None, told))


def _notes(
    service: Resource, foreign: bool, eligibility: str, unread: str, closed: list[str], others: list[Resource]
) -> str:
    """What no field holds, a line each; codes of ours are facets already and not repeated."""
    papers = [
        ext.get("valueString") for ext in extensions(service) if last_part(ext).replace("-", "") == "requireddocument"
    ]
    pairs = (
        ("", clean.prose(service.get("extraDetails"))),
        ("Who may come", eligibility if foreign else ""),
        ("Hours", unread),
        ("Hours may differ", clean.words(service.get("availabilityExceptions"))),
        ("Closed", "; ".join(closed)),
        ("Bring", ", ".join(filter(None, map(clean.words, papers)))),
    )
    return "\n".join(f"{label}: {words}" if label else words for label, words in pairs if words)
