"""A row of FindTreatment.gov: services come as names, joined by semicolons, that changed over the years."""

from typing import Any

from directory.listing import ListingDraft
from directory.vocab import Kind
from importers import facilities, service_codes
from importers.lookups import Lookups
from importers.rows import Feed, Row, Skip, text
from importers.service_codes import Said

fold_key, fold = facilities.fold_key, facilities.fold
PRACTITIONER = "one practitioner, not a program"
HEALTH_CENTER = Said(Kind.COMMUNITY_SERVICE, (), {"need": ("health_care",)}, {}, ("Health center",), "", ())


def draft(row: Row, look: Lookups, feed: Feed) -> ListingDraft:
    facility_type = row.take("typeFacility").upper()
    names = _names(row.value("services")) + _split(row.take("all_services"))
    if facility_type == "BUPREN":
        raise Skip(PRACTITIONER)
    if facility_type == "HRSA" and not names:
        return facilities.facility(row, HEALTH_CENTER)
    said = service_codes.read([*_codes(row, names), *(["OTP"] if facility_type == "OTP" else [])])
    return facilities.facility(row, said)


def _names(services: Any) -> list[str]:
    """f3 of each group of services; commas and slashes belong to the names."""
    groups = services if isinstance(services, list) else []
    return [name for group in groups if isinstance(group, dict) for name in _split(text(group.get("f3")))]


def _split(joined: str) -> list[str]:
    return [name.strip() for name in joined.split(";") if name.strip()]


def _codes(row: Row, names: list[str]) -> list[str]:
    found = []
    for name in names:
        code = service_codes.code_of(name)
        if code is None:
            row.note(f"service name without a meaning for us: {name}")
        else:
            found.append(code)
    return found
