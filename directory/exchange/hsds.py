"""HSDS 3.0 (Open Referral): one page of full services with all they relate to nested inside."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any, TextIO

from directory.exchange.hsds_schedule import schedules
from directory.exchange.public import given, iso, listing_id, shared, stable_id, write_items
from directory.exchange.terms import named, said, taxonomy_term
from directory.listing import Listed, ListingDraft, Phone, Place
from directory.vocab import Modality, label


def write(listings: Iterable[Listed], out: TextIO, made_at: datetime) -> int:
    count = write_items(out, '{"contents": [', map(partial(service, made_at=made_at), shared(listings)), "\n],\n")
    page = {"total_items": count, "total_pages": 1, "page_number": 1, "size": count}
    page |= {"first_page": True, "last_page": True, "empty": count == 0}
    out.write(json.dumps(page)[1:] + "\n")
    return count


def service(listed: Listed, made_at: datetime | None) -> dict[str, Any]:
    """One listing already made fit to share (see `public.shared`); `made_at` fixes the UTC offsets HSDS asks for."""
    draft, key = listed.draft, listing_id(listed)
    return given(
        id=key,
        name=draft.name,
        description=draft.description,
        status="active",
        url=draft.website,
        email=draft.email,
        application_process="By appointment." if draft.by_appointment else "",
        fees_description=_labels(draft, "payment"),
        eligibility_description=_labels(draft, "population"),
        alert=draft.notes,
        assured_date=iso(draft.verified_on),
        last_modified=f"{draft.source_updated_on}T00:00:00Z" if draft.source_updated_on else None,
        organization=_organization(listed),
        phones=[_phone(key, n, phone) for n, phone in enumerate(draft.phones)],
        schedules=schedules(draft, key, made_at),
        languages=[_language(key, code) for code in draft.facets.get("language", ())],
        service_areas=_areas(draft, key),
        service_at_locations=[_at(key, location) for location in _locations(draft, key)],
        attributes=_attributes(listed, key),
        metadata=_metadata(listed, key),
    )


def _metadata(listed: Listed, key: str) -> list[dict[str, Any]]:
    """When and from whom we have it; HSDS requires every one of these words."""
    if listed.retrieved_on is None:
        return []
    when = {"last_action_date": listed.retrieved_on.isoformat(), "last_action_type": "retrieved"}
    values = {
        "field_name": "service",
        "previous_value": "not kept",
        "replacement_value": "not kept",
        "updated_by": listed.publisher,
    }
    return [{"id": stable_id(key, "metadata"), "resource_id": key, "resource_type": "service", **when, **values}]


def organization_of(listed: Listed) -> tuple[str, str]:
    """Its id and its name: the group or operator behind a listing, else the listing itself."""
    residence = listed.draft.residence
    name = listed.draft.group or (residence.operator if residence else "") or listed.draft.name
    return stable_id("organization", listed.publisher, name), name


def places_of(listed: Listed) -> list[str]:
    """The ids of its service_at_locations, as `service` gives them."""
    draft, key = listed.draft, listing_id(listed)
    physical = [stable_id(key, "place")] if _visited(draft) else []
    return [_at_id(key, where) for where in (*physical, *([stable_id(key, "online")] if draft.online else []))]


def terms_of(listed: Listed) -> Iterator[tuple[str, str, str]]:
    """(group, word, name) of every term `service` links to."""
    draft = listed.draft
    yield from said(draft)
    yield from (("category", word, word) for word in draft.categories)
    yield "source", "publisher", "Publisher"
    if listed.licence:
        yield "source", "licence", "Licence"


def _visited(draft: ListingDraft) -> bool:
    return draft.place is not None and draft.modality in (Modality.IN_PERSON, Modality.HYBRID)


def _organization(listed: Listed) -> dict[str, Any]:
    key, name = organization_of(listed)
    return {"id": key, "name": name, "description": f"{name}, as listed by {listed.publisher}."}


def _phone(key: str, n: int, phone: Phone) -> dict[str, Any]:
    extension = int(phone.extension) if phone.extension.isascii() and phone.extension.isdigit() else None
    number = phone.number if extension is not None else str(phone)
    return given(
        id=stable_id(key, "phone", str(n)), number=number, extension=extension, type="voice", description=phone.label
    )


def _language(key: str, code: str) -> dict[str, Any]:
    return {"id": stable_id(key, "language", code), "name": named("language", code), "code": code}


def _areas(draft: ListingDraft, key: str) -> list[dict[str, Any]]:
    area = draft.area
    if area is None:
        return []
    names = [*(["United States"] if area.nationwide else []), *area.states, *area.counties] or [area.words]
    return [given(id=stable_id(key, "area", name), name=name, description=area.words) for name in names if name]


def _locations(draft: ListingDraft, key: str) -> list[dict[str, Any]]:
    """The place people go to, and the way to join from anywhere: a hybrid has both."""
    found = []
    place, online = draft.place, draft.online
    if place and _visited(draft):
        found.append(_physical(draft, place, key))
    if online:
        where = stable_id(key, "online")
        words = " ".join(filter(None, (online.url_notes, online.phone_notes)))
        dial = [given(id=stable_id(where, "phone"), number=online.phone, type="voice")] if online.phone else []
        found.append(given(id=where, location_type="virtual", url=online.url, description=words, phones=dial))
    return found


def _physical(draft: ListingDraft, place: Place, key: str) -> dict[str, Any]:
    where = stable_id(key, "place")
    access = draft.facets.get("access", ())
    approximate = (
        _attribute(where, "place", "approximate", "The pin shows only the area") if place.approximate else None
    )
    return given(
        id=where,
        location_type="physical",
        name=place.name,
        description=place.directions,
        latitude=place.latitude,
        longitude=place.longitude,
        addresses=[_address(place, where)] if place.city or place.street or place.postal_code else [],
        accessibility=[{"id": stable_id(where, word), "description": label("access", word)} for word in access],
        attributes=[approximate] if approximate else [],
    )


def _address(place: Place, where: str) -> dict[str, Any]:
    """HSDS requires all of these words: what is unknown or not public is said as an empty one."""
    return {
        "id": stable_id(where, "address"),
        "address_1": place.street,
        "city": place.city,
        "state_province": place.state,
        "postal_code": place.postal_code,
        "country": place.country,
        "address_type": "physical",
    } | given(region=place.county)


def _at(key: str, location: dict[str, Any]) -> dict[str, Any]:
    return {"id": _at_id(key, location["id"]), "location": location}


def _at_id(key: str, where: str) -> str:
    return stable_id(key, "at", where)


def _labels(draft: ListingDraft, group: str) -> str:
    return ", ".join(label(group, word) for word in draft.facets.get(group, ()))


def _attributes(listed: Listed, key: str) -> list[dict[str, Any]]:
    """Facets as terms "group:word"; what the source denies has a term of its own: no reader may take it for a yes."""
    values = {"publisher": listed.publisher, "licence": listed.licence}
    return [
        _attribute(key, group, word, name, values[word] if group == "source" else "")
        for group, word, name in dict.fromkeys(terms_of(listed))
    ]


def _attribute(key: str, group: str, word: str, name: str, value: str = "") -> dict[str, Any]:
    term = taxonomy_term(group, word, name)
    linked = "location" if group == "place" else "service"
    attribute = {"id": stable_id(key, "attribute", term["code"]), "link_id": key, "link_entity": linked}
    return attribute | given(value=value) | {"taxonomy_term_id": term["id"], "taxonomy_term": term}
