"""Which FHIR resources make a directory; a feed that holds any other is refused, for it may be about patients."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from directory.errors import Unreadable
from importers.opening import Unsound

SERVICE = "HealthcareService"
PLACES = ("Location", "Organization")
PEOPLE = ("Practitioner", "PractitionerRole")  # staff: skipped, and nothing of them kept
DIRECTORY = frozenset(
    "HealthcareService Location Organization Endpoint OrganizationAffiliation InsurancePlan VerificationResult "
    "Practitioner PractitionerRole Bundle OperationOutcome CapabilityStatement CodeSystem ValueSet ConceptMap "
    "NamingSystem Schedule Slot "
    "StructureDefinition SearchParameter ImplementationGuide OperationDefinition CompartmentDefinition".split()
)
KEPT = ("HealthcareService", "Location", "Organization", "Endpoint")  # of others only that they were there
RESTRICTED = "usage-restriction"  # the extension of an element that is not for the public
# Narrative repeats what is restricted; contacts are people.
EMPTIED = frozenset({"text", "contact", "photo", "resource"})
_NAME = re.compile(r"[A-Za-z]{1,64}")
_TYPE_OF_LINE = re.compile(r'"resourceType"\s*:\s*"(\w{1,64})"')
SHOWN = 6  # types named in a refusal


def refuse_patients(records: Iterable[dict[str, Any] | Unsound]) -> Iterator[dict[str, Any]]:
    """The sound resources of a feed; Unreadable after the last, or at a line nobody can tell the type of."""
    foreign: dict[str, None] = {}
    for record in records:
        if isinstance(record, Unsound):
            if record.reason == "not valid JSON":
                foreign |= dict.fromkeys(_types_of_line(record.detail))
            continue
        foreign |= dict.fromkeys(types_beyond(record))
        if not foreign:
            yield record
    if foreign:
        raise Unreadable(refusal(list(foreign)))


def refusal(types: list[str]) -> str:
    named = ", ".join(types[:SHOWN]) + (" and more" if len(types) > SHOWN else "")
    return (
        f"It holds {named}, which no directory of services has: it may be about patients. The whole feed is refused and"
        " nothing of it is kept. Ask for a feed of HealthcareService, Location and Organization alone."
    )


def _types_of_line(line: str) -> list[str]:
    """A broken line is rejected alone when it says what it is; one that does not may be a patient's."""
    found = [name for name in _TYPE_OF_LINE.findall(line)]
    return [name for name in found if name not in DIRECTORY] if found else ["a broken line of an unknown resource"]


def types_beyond(record: dict[str, Any]) -> list[str]:
    """The resource types in it, however deep, that no directory has, by name."""
    return [name for name in _walk(record, inside=False) if name]


def _walk(value: Any, inside: bool) -> Iterator[str]:
    if isinstance(value, list):
        for inner in value:
            yield from _walk(inner, inside)
    elif isinstance(value, dict):
        kind = value.get("resourceType")
        if kind is not None and not (kind in DIRECTORY if isinstance(kind, str) else False):
            if not (inside and _is_restriction(value)):
                yield kind if isinstance(kind, str) and _NAME.fullmatch(kind) else "a resource of no known name"
        for inner in value.values():
            if isinstance(inner, (dict, list)):
                yield from _walk(inner, inside or kind is not None)


def _is_restriction(resource: dict[str, Any]) -> bool:
    """A Consent contained in a service or place that names no patient: who may see one of its elements."""
    return resource.get("resourceType") == "Consent" and not {"patient", "subject"} & resource.keys()


def bare(entry: dict[str, Any]) -> dict[str, Any]:
    """The resource of a Bundle's entry or a line: without narrative, contacts, and what is not for the public."""
    inner = entry.get("resource")
    resource = inner if isinstance(inner, dict) else entry
    if foreign := types_beyond(resource):
        return {"resourceType": foreign[0]}
    about = {name: entry[name] for name in ("fullUrl", "request") if inner is not None or "resourceType" not in entry
             if isinstance(entry.get(name), (str, dict))}  # fmt: skip
    kind = resource.get("resourceType")
    if kind in PEOPLE:
        return {"resourceType": kind}
    if isinstance(kind, str) and kind not in KEPT:
        marks = {name: resource[name] for name in ("resourceType", "id") if name in resource}
        inside = "entry" if resource is entry else "entries"  # sniffing leaves a Bundle itself to its entries
        return marks | ({inside: True} if resource.get("entry") else {}) | about
    if not isinstance(kind, str):
        return about
    kept = {name: _public(value) for name, value in resource.items() if name not in EMPTIED}
    if "contained" in kept:
        kept["contained"] = [
            {name: value for name, value in one.items() if name not in EMPTIED}
            for one in dicts(kept["contained"])
            if one.get("resourceType") in KEPT
        ]
    return kept | about


def _public(value: Any) -> Any:
    """An element marked as restricted keeps its mark and its town alone."""
    if isinstance(value, list):
        return [_public(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    if is_restricted(value):
        return {name: value[name] for name in ("extension", "reference", "city", "state", "country") if name in value}
    return {name: _public(inner) for name, inner in value.items()}


def is_restricted(element: Any) -> bool:
    return any(last_part(one) == RESTRICTED for one in extensions(element))


def extensions(element: Any) -> list[dict[str, Any]]:
    listed = element.get("extension") if isinstance(element, dict) else None
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def last_part(extension: dict[str, Any]) -> str:
    """Drafts of the guides differ in all of an extension's address but its end."""
    end = str(extension.get("url", "")).rstrip("/").rsplit("/", 1)[-1].casefold()
    return end.removeprefix("plannet-").removeprefix("vhdir-").removeprefix("hsds-").removesuffix("-extension")


def item(element: Any, name: str) -> dict[str, Any]:
    """The object under a name; an empty one where there is none, or something else."""
    found = element.get(name) if isinstance(element, dict) else None
    return found if isinstance(found, dict) else {}


def dicts(value: Any) -> list[dict[str, Any]]:
    """The objects of an element that should be a list of them; one alone is forgiven."""
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, dict)]
