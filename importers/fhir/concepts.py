"""Codes of a FHIR service: our own come back as they were written, others are terms to be classified."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from directory.vocab import FACETS, Kind, Modality
from importers import clean
from importers.classify import Term
from importers.fhir import plain
from importers.fhir.resources import dicts
from importers.mapping.language import fold
from importers.mapping.words import ordinary

OURS = "https://aftercare-directory.example.org/terms"
OLD = "urn:aftercare-directory:"
DENIED = re.compile(r"^no[-:.]")  # "no-payment:medicaid"; older exports wrote a colon
WHAT = ("category", "type", "specialty", "program", "characteristic")
SCHEMES = {
    "211": "211hsis",
    "airs": "211hsis",
    "open-eligibility": "open-eligibility",
    "openeligibility": "open-eligibility",
    "ilao": "ilao",
    "snomed": "snomed",
    "nucc": "nucc",
    "provider-taxonomy": "nucc",
}


@dataclass
class Own:
    """What our own codes say."""

    kinds: list[Kind] = field(default_factory=list)
    yes: dict[str, set[str]] = field(default_factory=dict)
    no: dict[str, set[str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    @property
    def modality(self) -> Modality | None:
        return next((Modality(word) for word in sorted(self.yes.get("modality", ()))), None)


def concepts(resource: dict[str, Any], *elements: str) -> Iterator[dict[str, Any]]:
    for element in elements:
        for one in dicts(resource.get(element)):
            yield one["code"] if element == "eligibility" and isinstance(one.get("code"), dict) else one


def own(resource: dict[str, Any]) -> Own:
    """Codes of ours anywhere in the service; the main kind is its category."""
    found = Own()
    for concept in concepts(resource, *WHAT, "eligibility", "communication", "serviceProvisionCode"):
        for coding in dicts(concept.get("coding")):
            group, word = _ours(coding)
            if group:
                _take(found, group, word)
    return found


def _ours(coding: dict[str, Any]) -> tuple[str, str]:
    """Group and value of a code of ours; the group begins with "no-" where the source denies it."""
    system, code = str(coding.get("system") or "").rstrip("/"), str(coding.get("code") or "")
    if system == OURS or system.endswith("/aftercare"):
        group, _, word = code.rpartition(":")
        return group, word
    return (system.removeprefix(OLD), code) if system.startswith(OLD) else ("", "")


def _take(found: Own, group: str, word: str) -> None:
    bare = DENIED.sub("", group)
    side = found.yes if bare == group else found.no
    if bare == "kind":
        found.kinds += [Kind(word)] if word in Kind._value2member_map_ else []
    elif bare == "language" or (bare in FACETS and word in FACETS[bare]._value2member_map_):
        side.setdefault(bare, set()).add(word)
    else:
        found.unknown.append(f"{group}:{word}")


def terms(resource: dict[str, Any]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(_terms(concepts(resource, *WHAT, "eligibility"))))


def _terms(given: Iterable[dict[str, Any]]) -> Iterator[Term]:
    for concept in given:
        codings = [coding for coding in dicts(concept.get("coding")) if not _ours(coding)[0]]
        for coding in codings:
            words = _display(coding) or (clean.words(concept.get("text")) if len(codings) == 1 else "")
            yield Term(_scheme(str(coding.get("system") or "")), str(coding.get("code") or ""), words)
        if not dicts(concept.get("coding")) and (words := clean.words(concept.get("text"))):
            yield Term("", "", words)


def _scheme(system: str) -> str:
    lower = system.casefold()
    return next((name for mark, name in SCHEMES.items() if mark in lower), system)


def words_of(concept: dict[str, Any]) -> str:
    """How people would name it: its text, else what its codes are called."""
    said = clean.words(concept.get("text"))
    return said or ", ".join(filter(None, map(_display, dicts(concept.get("coding")))))


def words_in(resource: dict[str, Any]) -> bool:
    """Whether anything but its name says what a service is."""
    told = ("comment", "extraDetails", "serviceName")
    return any(clean.words(resource.get(name)) for name in told) or any(map(words_of, concepts(resource, *WHAT)))


def _display(coding: dict[str, Any]) -> str:
    """What the feed calls a code, else what we call it."""
    said = clean.words(coding.get("display"))
    return said or plain.words(str(coding.get("system") or ""), str(coding.get("code") or ""))


def known_words(group: str, concept: dict[str, Any]) -> set[str]:
    """Codes of a facet group that a concept's words or codes surely mean: "Wheelchair access", "es-MX", "Spanish"."""
    known = ordinary(group)
    found: set[str] = set()
    for said in (concept.get("text"), *(coding.get("display") for coding in dicts(concept.get("coding")))):
        found.update(known.get(fold(clean.words(said)), ()))
    if group == "language":
        for coding in filter(_is_language, dicts(concept.get("coding"))):
            code = str(coding.get("code") or "").casefold()
            found.update(known.get("asl" if code.startswith(("sgn", "ase")) else code.partition("-")[0], ()))
    return found


def _is_language(coding: dict[str, Any]) -> bool:
    system = str(coding.get("system") or "").casefold()
    return not system or "bcp:47" in system or "bcp47" in system or "iso:std:iso:639" in system or "iso639" in system
