"""FHIR R4: a collection Bundle of HealthcareService, Location and Organization that resolves within itself."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, TextIO

from directory.exchange.fhir_times import available, exceptions
from directory.exchange.public import given, listing_id, shared, stable_id, write_items
from directory.exchange.terms import SYSTEM, said, term_code
from directory.listing import Area, Listed, ListingDraft, Place
from directory.vocab import Modality, label

URN = "urn:aftercare-directory"
ZONE = "http://hl7.org/fhir/StructureDefinition/timezone"
ELSEWHERE = {"language", "population"}  # facet groups with an element of their own


def write(listings: Iterable[Listed], out: TextIO, made_at: datetime) -> int:
    """`made_at` must be aware: FHIR instants carry their zone."""
    stamp, count = json.dumps(made_at.isoformat(timespec="seconds")), 0

    def entries() -> Iterator[dict[str, Any]]:
        nonlocal count
        seen: set[str] = set()
        for listed in shared(listings):
            count += 1
            for resource in resources(listed, made_at):
                key = resource["id"]
                if key not in seen:
                    yield {"fullUrl": f"urn:uuid:{key}", "resource": resource}
                if resource["resourceType"] == "Organization" or resource.get("mode") == "kind":
                    seen.add(key)  # listings share organizations and areas, nothing else

    head = f'{{"resourceType": "Bundle", "type": "collection", "timestamp": {stamp}, "entry": ['
    write_items(out, head, entries(), "\n]}\n")
    return count


def resources(listed: Listed, made_at: datetime) -> Iterator[dict[str, Any]]:
    """Of one listing already made fit to share: its organization, place, areas, and the service itself."""
    organization = _organization(listed)
    yield organization
    place = _location(listed.draft, listing_id(listed), organization["id"])
    if place:
        yield place
    areas = _areas(listed.draft.area) if listed.draft.area else []
    yield from areas
    yield _service(listed, organization, [place] if place else [], areas, made_at)


def _organization(listed: Listed) -> dict[str, Any]:
    residence = listed.draft.residence
    name = listed.draft.group or (residence.operator if residence else "") or listed.draft.name
    key = stable_id("organization", listed.publisher, name)
    return {"resourceType": "Organization", "id": key, "active": True, "name": name}


def _service(
    listed: Listed,
    organization: dict[str, Any],
    places: list[dict[str, Any]],
    areas: list[dict[str, Any]],
    made_at: datetime,
) -> dict[str, Any]:
    draft, key = listed.draft, listing_id(listed)
    source = {"system": f"{URN}:publisher:{stable_id('publisher', listed.publisher)}", "value": draft.source_key}
    return given(
        resourceType="HealthcareService",
        id=key,
        meta=_meta(listed, made_at),
        identifier=[source | {"assigner": {"display": listed.publisher}}],
        active=True,
        providedBy=_reference(organization),
        category=[_concept("kind", str(draft.kind), draft.kind.label())],
        type=[_concept("kind", str(kind), kind.label()) for kind in draft.also],
        location=[_reference(place) for place in places],
        coverageArea=[_reference(area) for area in areas],
        name=draft.name,
        comment=draft.description,
        extraDetails=draft.notes,
        telecom=_telecom(draft),
        eligibility=[
            {"code": _concept("population", word, label("population", word))}
            for word in draft.facets.get("population", ())
        ],
        characteristic=_characteristics(draft),
        communication=[
            _concept("language", code, label("language", code), "urn:ietf:bcp:47")
            for code in draft.facets.get("language", ())
        ],
        appointmentRequired=True if draft.by_appointment else None,
        availableTime=available(draft.times),
        availabilityExceptions=exceptions(draft.times),
    )


def _meta(listed: Listed, made_at: datetime) -> dict[str, Any]:
    tags = {"publisher": listed.publisher, "licence": listed.licence}
    told = [{"system": f"{URN}:{name}", "code": name, "display": words} for name, words in tags.items() if words]
    return {"lastUpdated": made_at.isoformat(timespec="seconds"), "tag": told}


def _characteristics(draft: ListingDraft) -> list[dict[str, Any]]:
    """Facets; what the source denies has a code and words of its own, so that no reader takes it for a yes."""
    told = [one for one in dict.fromkeys(said(draft)) if one[0] != "kind" and one[0] not in ELSEWHERE]
    return [_concept(group, word, words) for group, word, words in told]


def _telecom(draft: ListingDraft) -> list[dict[str, Any]]:
    online = draft.online
    points = [{"system": "phone", "value": str(phone), "use": "work"} for phone in draft.phones]
    dial, link = (online.phone, online.url) if online else ("", "")
    others = {"url": (draft.website, link), "email": (draft.email,), "phone": (dial,)}
    points += [{"system": system, "value": value} for system, values in others.items() for value in values if value]
    return [point | {"rank": n} for n, point in enumerate(points, 1)]


def _location(draft: ListingDraft, key: str, organization: str) -> dict[str, Any] | None:
    place = draft.place
    if place is None or draft.modality in (Modality.ONLINE, Modality.PHONE):
        return None
    extension: list[dict[str, Any]] = [{"url": ZONE, "valueCode": place.timezone}] if place.timezone else []
    if place.approximate:
        extension.append({"url": f"{URN}:approximate", "valueBoolean": True})
    return given(
        resourceType="Location",
        id=stable_id(key, "place"),
        extension=extension,
        status="active",
        name=place.name or draft.name,
        description=place.directions,
        mode="instance",
        address=_address(place),
        position={"longitude": place.longitude, "latitude": place.latitude} if place.located else None,
        managingOrganization={"reference": f"urn:uuid:{organization}"},
    )


def _address(place: Place) -> dict[str, Any]:
    line = [place.street] if place.street else []
    return given(
        line=line,
        city=place.city,
        district=place.county,
        state=place.state,
        postalCode=place.postal_code,
        country=place.country,
    )


def _areas(area: Area) -> list[dict[str, Any]]:
    names = [*(["United States"] if area.nationwide else []), *area.states, *area.counties] or [area.words]
    kind = _concept("jdn", "jdn", "Jurisdiction", "http://terminology.hl7.org/CodeSystem/location-physical-type")
    return [
        {"resourceType": "Location", "id": stable_id("area", name), "status": "active", "name": name, "mode": "kind"}
        | {"physicalType": kind}
        for name in names
        if name
    ]


def _reference(resource: dict[str, Any]) -> dict[str, Any]:
    return {"reference": f"urn:uuid:{resource['id']}", "display": resource["name"]}


def _concept(group: str, word: str, words: str, system: str = "") -> dict[str, Any]:
    coding = {"system": system, "code": word} if system else {"system": SYSTEM, "code": term_code(group, word)}
    return {"coding": [coding | {"display": words}], "text": words}
