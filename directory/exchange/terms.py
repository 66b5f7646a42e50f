"""Our fixed words as others read them: terms of one HSDS taxonomy, and codes of one FHIR code system.

A code is "group:word" ("medication:methadone", "kind:outpatient"); what a source denies is "no-group:word".
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from directory.exchange.public import stable_id
from directory.listing import ListingDraft
from directory.vocab import FACETS, Kind, Term, label

TAXONOMY = "Aftercare Directory"
SYSTEM = "https://aftercare-directory.example.org/terms"
DENIED = "no-"
GROUPS: dict[str, type[Term]] = {"kind": Kind, **FACETS}


def term_code(group: str, word: str) -> str:
    return f"{group}:{word}"


@lru_cache(maxsize=4096)
def named(group: str, word: str) -> str:
    """The English label; asked for each listing again, and Babel takes its time."""
    return label(group, word)


def said(draft: ListingDraft) -> Iterator[tuple[str, str, str]]:
    """(group, word, label) of all a listing says in fixed words: its kinds, modality, facets and what it denies."""
    for kind in (draft.kind, *draft.also):
        yield "kind", kind.value, kind.label()
    yield "modality", draft.modality.value, draft.modality.label()
    for group, words in draft.facets.items():
        for word in words:
            yield group, word, named(group, word)
    for group, words in draft.denied.items():
        for word in words:
            yield f"{DENIED}{group}", word, f"No: {named(group, word)}"


def taxonomy() -> dict[str, Any]:
    return dict(_taxonomy())


@cache
def _taxonomy() -> dict[str, Any]:
    words = "Kinds and facets of recovery aftercare. A code is group:word; no-group:word is what a source denies."
    return {
        "id": stable_id("taxonomy", TAXONOMY),
        "name": TAXONOMY,
        "description": words,
        "uri": SYSTEM,
        "version": "1",
    }


@lru_cache(maxsize=8192)  # the same few hundred on every listing; read, never changed
def taxonomy_term(group: str, word: str, name: str) -> dict[str, Any]:
    code = term_code(group, word)
    term = {"id": stable_id("term", code), "code": code, "name": name, "description": name or code}
    return term | {"taxonomy": TAXONOMY, "taxonomy_id": _taxonomy()["id"]}


def every_term() -> Iterator[dict[str, Any]]:
    """The fixed ones, in their order; categories and languages are as many as the listings say."""
    for group, words in GROUPS.items():
        for word in words:
            yield taxonomy_term(group, word.value, word.label())
        if group != "kind":
            for word in words:
                yield taxonomy_term(f"{DENIED}{group}", word.value, f"No: {word.label()}")
