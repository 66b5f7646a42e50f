"""One listing as a flat record: the columns of the CSV and the properties of GeoJSON."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from directory.exchange.public import given, iso, time_record
from directory.listing import Listed, ListingDraft, Place
from directory.vacancy import aged

COLUMNS = (
    "id publisher source_key kind name modality address city state postal_code latitude longitude approximate phone url"
    " times facets status verified_on source_updated_on denied also source licence retrieved_on group description notes"
    " location county country directions timezone confidential phones email online area by_appointment categories"
    " residence"
).split()


def record(listed: Listed, made_at: datetime) -> dict[str, Any]:
    """Every column, None or empty where nothing is known; lists and objects as they are."""
    draft = aged(listed.draft, made_at)
    return {
        "id": listed.id,
        "publisher": listed.publisher,
        "source_key": draft.source_key,
        "kind": str(draft.kind),
        "name": draft.name,
        "modality": str(draft.modality),
        "phone": str(draft.phones[0]) if draft.phones else "",
        "url": draft.website,
        "times": [time_record(time) for time in draft.times],
        "facets": {group: list(values) for group, values in draft.facets.items()},
        "status": listed.status,
        "verified_on": iso(draft.verified_on),
        "source_updated_on": iso(draft.source_updated_on),
        "denied": {group: list(values) for group, values in draft.denied.items()},
        "also": [str(kind) for kind in draft.also],
        "source": listed.source,
        "licence": listed.licence,
        "retrieved_on": iso(listed.retrieved_on),
        "group": draft.group,
        "description": draft.description,
        "notes": draft.notes,
        "phones": [given(**asdict(phone)) for phone in draft.phones],
        "email": draft.email,
        "online": given(**asdict(draft.online)) if draft.online else {},
        "area": given(**asdict(draft.area)) if draft.area else {},
        "by_appointment": draft.by_appointment,
        "categories": list(draft.categories),
        "residence": _residence(draft),
    } | _place(draft.place or Place(country=""))


def _place(place: Place) -> dict[str, Any]:
    return {
        "address": place.street,
        "city": place.city,
        "state": place.state,
        "postal_code": place.postal_code,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "approximate": place.approximate,
        "location": place.name,
        "county": place.county,
        "country": place.country,
        "directions": place.directions,
        "timezone": place.timezone or "",
        "confidential": place.confidential,
    }


def _residence(draft: ListingDraft) -> dict[str, Any]:
    facts = given(**asdict(draft.residence)) if draft.residence else {}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in facts.items()}
