"""A row of FindTreatment.gov: services come as names, joined by semicolons, that changed over the years."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from directory.listing import ListingDraft
from directory.vocab import Kind
from importers import clean, facilities, service_codes
from importers.lookups import Lookups
from importers.rows import Feed, Row, Skip, text
from importers.service_codes import Said

fold_key, fold = facilities.fold_key, facilities.fold
PRACTITIONER = "one practitioner, not a program"
HEALTH_CENTER = Said(Kind.COMMUNITY_SERVICE, (), {"need": ("health_care",)}, {}, ("Health center",), "", ())
COLUMNS = ("services", "all_services", "residential_services", "service_names", "services_offered", "services_provided",
           "payments")  # fmt: skip
LONGEST = 8  # commas in the longest of the names


def draft(row: Row, look: Lookups, feed: Feed) -> ListingDraft:
    facility_type = row.first("typeFacility", "typefacility", "type_facility", "facility_type").upper()
    services = [pair for column in COLUMNS for pair in _services(row.value(column))]
    if facility_type in ("BUPREN", "BUPRENORPHINE PRACTITIONER"):
        raise Skip(PRACTITIONER)
    if facility_type == "HRSA" and not services:
        return facilities.facility(row, HEALTH_CENTER)
    named = {service_codes.code_of(name, group) or name: name for name, group in services}
    called = {name: name for name in named.values() if name not in service_codes.codes()}  # lists of bare codes, too
    said = service_codes.read([*named, *_by_type(facility_type, bool(named))], called)
    for name in said.unknown:
        row.note(f"service name without a meaning for us: {name}")
    return facilities.facility(row, said)


def _by_type(facility_type: str, told: bool) -> list[str]:
    """Opioid treatment programs come without services; of the others the type only repeats the type of care."""
    if facility_type == "OTP":
        return ["OTP"]
    return [facility_type] if facility_type in ("SA", "MH") and not told else []


def _services(given: Any) -> Iterator[tuple[str, str]]:
    """The names and the code of their group: [{f1, f2, f3}], the same as JSON text, or the names alone."""
    if isinstance(given, str) and given.lstrip().startswith(("[", "{")):
        try:
            given = json.loads(given)
        except (ValueError, RecursionError):
            given = re.sub(r"['\"]f[12]['\"]\s*:\s*['\"][^'\"]*['\"],?|['\"]f3['\"]\s*:|[\[\]{}]", ";", given)
    for group in given if isinstance(given, list) else [given]:
        if isinstance(group, dict):
            yield from ((name, text(group.get("f2")).upper()) for name in _split(text(group.get("f3"))))
        else:
            yield from ((name, "") for name in _split(text(group)))


def _split(joined: str) -> Iterator[str]:
    """Names between semicolons, bars or lines; commas belong to the names, unless nothing else parts them."""
    for part in re.split(r"[;|\n]", joined):
        name = clean.words(part.strip(" ,\"'") if ";" in joined else part)
        if "," in name and service_codes.code_of(name) is None:
            yield from _known(name.split(","))
        elif name:
            yield name


def _known(parts: Iterable[str]) -> Iterator[str]:
    """Parts of a list with commas put together again to the longest names that are known."""
    left = [part.strip() for part in parts]
    if not any(service_codes.code_of(part) for part in left):
        yield ", ".join(left)
        return
    while left:
        size = next((n for n in range(min(LONGEST, len(left)), 0, -1) if service_codes.code_of(", ".join(left[:n]))), 1)
        yield ", ".join(left[:size])
        left = left[size:]
