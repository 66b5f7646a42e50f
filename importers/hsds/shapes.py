"""The shapes in which feeds hand over a service: alone, in its organization, at its location, or both."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from importers.rows import text

Cells = dict[str, Any]
PEOPLE = frozenset({"contacts", "contact", "contacts_attributes", "assurer_email", "admin_emails", "updated_by"})
_CODE = re.compile(r"[A-Z]{1,2}-\d{4}(?:\.\d{4})?(?:-\d{3}(?:\.\d\d)?)?")  # of the 211 taxonomy
_OHANA = "_attributes"  # how Ohana's own loader names nested records
# How other versions call nested records: Open Referral UK 1.0 first of all, which makes its plurals by machine.
_ALSO = {
    "eligibilitys": "eligibility",
    "eligibilities": "eligibility",
    "service_taxonomys": "attributes",
    "service_taxonomies": "attributes",
    "services_taxonomy": "attributes",
    "link_taxonomies": "attributes",
    "link_taxonomys": "attributes",
    "regular_schedule": "regular_schedules",
    "holiday_schedule": "holiday_schedules",
    "holiday_schedule_collection": "holiday_schedules",
    "services_at_location": "service_at_locations",
    "accessibility_for_disabilities": "accessibility",
    "accessibilities": "accessibility",
    "cost_option": "cost_options",
    "addresss": "addresses",
    "physical_addresss": "physical_addresses",
    "fundings": "funding",
    **{f"address{n}": f"address_{n}" for n in range(1, 5)},
}


@dataclass(frozen=True, slots=True)
class Given:
    """One service as a record hands it over; `at` is None when the record does not say where."""

    service: Cells
    organization: Cells = field(default_factory=dict)
    at: list[Cells] | None = None


def impersonal(value: Any) -> Any:
    """The same under HSDS's names and without anybody's contact details, however deep they lie."""
    if isinstance(value, list):
        return [impersonal(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    named = [(called(name), inner) for name, inner in value.items()]
    kept = {name: impersonal(inner) for name, inner in named if name not in PEOPLE}
    if desks := [phone for name, inner in named if name == "contacts" for phone in _of_desks(inner)]:
        kept["phones"] = [*dicts(kept.get("phones")), *map(impersonal, desks)]
    return kept


def _of_desks(contacts: Any) -> list[Cells]:
    """The numbers of contacts that are nobody: Open Referral UK has no other place for a service's telephone."""
    spelled = ({called(name): value for name, value in one.items()} for one in dicts(contacts))
    nobody = (one for one in spelled if "name" in one and not text(one["name"]))
    return [phone for one in nobody for phone in dicts(one.get("phones"))]


@lru_cache(maxsize=4096)
def called(name: str) -> str:
    """A key in HSDS's own spelling: "serviceAtLocations" and "Service_at_locations" are "service_at_locations"."""
    plain = _plain(name)
    plain = plain.removesuffix(_OHANA) if len(plain) > len(_OHANA) else plain
    return _ALSO.get(plain, plain)


def _plain(name: str) -> str:
    return name if name.islower() else re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def unwrap(record: Cells) -> Cells:
    """A record's keys as sources are told by them: Ohana's own stay its own."""
    return {_plain(name): value for name, value in record.items()}


def services_in(record: Cells) -> Iterator[Given]:
    """Every service of one record: a service, a service at a location, an organization or a location with services."""
    yield from (replace(given, service=_told(given.service)) for given in _given(record))


def _told(service: Cells) -> Cells:
    """With one id, where a machine made a list of it; under its words, where its name is a code of a taxonomy."""
    told = dict(service)
    if inner := [text(one.get("id")) for one in dicts(service.get("id")) if text(one.get("id"))]:
        told["id"] = inner[0]
    code, words = text(service.get("name")), text(service.get("alternate_name"))
    if words and _CODE.fullmatch(code):
        told |= {"name": words, "alternate_name": ""}
        told["attributes"] = [*dicts(service.get("attributes")), {"taxonomy_term": {"code": code, "name": words}}]
    return told


def _given(record: Cells) -> Iterator[Given]:
    if isinstance(record.get("service"), dict):
        service = record["service"]
        at = {name: value for name, value in record.items() if name not in ("service", "organization")}
        yield Given(service, _dict(service, "organization") or _dict(record, "organization"), [at])
    elif isinstance(record.get("locations"), list) and any(
        _dicts(one, "services") for one in _dicts(record, "locations")
    ):
        for location in _dicts(record, "locations"):
            yield from _at_location(location, _without(record, "locations"))
        yield from (Given(one, _without(record, "locations", "services")) for one in _dicts(record, "services"))
    elif isinstance(record.get("services"), list):
        if _is_place(record):
            yield from _at_location(record, _dict(record, "organization"))
        else:
            organization = _without(record, "services")
            yield from (Given(one, organization, _ats(one)) for one in _dicts(record, "services"))
    else:
        yield Given(record, _dict(record, "organization"), _ats(record))


def _at_location(location: Cells, organization: Cells) -> Iterator[Given]:
    place = _without(location, "services", "organization")
    for service in _dicts(location, "services"):
        yield Given(service, organization, [{"location": place}])


def _is_place(record: Cells) -> bool:
    return any(name in record for name in ("address", "addresses", "latitude", "location_type", "coordinates"))


def _ats(service: Cells) -> list[Cells] | None:
    """Nested services at locations, or locations right inside a service; None when the tables must tell."""
    if isinstance(service.get("service_at_locations"), list):
        return _dicts(service, "service_at_locations") or None
    if isinstance(service.get("locations"), list):
        return [{"location": one} for one in _dicts(service, "locations")] or None
    return [{"location": service["location"]}] if isinstance(service.get("location"), dict) else None


def _without(record: Cells, *names: str) -> Cells:
    return {name: value for name, value in record.items() if name not in names}


def _dict(record: Cells, name: str) -> Cells:
    found = record.get(name)
    return found if isinstance(found, dict) else {}


def _dicts(record: Any, name: str) -> list[Cells]:
    return dicts(record.get(name)) if isinstance(record, dict) else []


def as_cells(value: object) -> Cells:
    return value if isinstance(value, dict) else {}


def dicts(value: Any) -> list[Cells]:
    """The objects of a list, one object alone as well; anything else is left out."""
    values: Iterable[Any] = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, dict)]
