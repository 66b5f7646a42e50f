"""Facets back into the type codes of meeting feeds: the importers' table of codes, read the other way."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from directory.listing import ListingDraft
from directory.vocab import Fellowship, Modality

CODE = re.compile(r"[A-Z0-9][A-Z0-9/-]{0,7}")  # an unknown code kept as a word goes out again as it came
Said = frozenset[tuple[str, str]]  # (facet group, word)
ADMISSION: dict[str, Said] = {word: frozenset({("population", word)}) for word in ("women", "men")}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one fellowship writes: its code for a meaning, the meaning of a word, and what a meaning says."""

    codes: dict[str, str]
    named: dict[str, str]
    says: dict[str, Said]


def types(draft: ListingDraft) -> list[str]:
    """Codes for what its words name, in their order, then for the facets these leave unsaid.

    A code that would say more than the listing does is left out.
    """
    fellowship = next(iter(draft.facets.get("fellowship", ())), "")
    dialect = _dialect(fellowship)
    facets = {(group, word) for group, words in draft.facets.items() for word in words}
    found: list[str] = []
    said: set[tuple[str, str]] = set()
    for word in draft.categories:
        meaning = dialect.named.get(word, "")
        if meaning in dialect.codes:
            found.append(dialect.codes[meaning])
            said |= dialect.says[meaning]
        elif CODE.fullmatch(word):
            found.append(word)
    for fact in sorted(facets - said):
        fit = [m for m, says in dialect.says.items() if m in dialect.codes and fact in says and says <= facets]
        found += [dialect.codes[meaning] for meaning in sorted(fit, key=lambda m: len(dialect.says[m]))[:1]]
    online = ["ONL"] if draft.modality is not Modality.IN_PERSON else []
    return list(dict.fromkeys(found + online))


def known(word: str) -> bool:
    """Whether a category word is a type of meeting, by name or as a code nobody knew."""
    return word in _dialect("").named or bool(CODE.fullmatch(word))


@cache
def _book() -> dict[str, Any]:
    return tomllib.loads(files("importers.meetings").joinpath("types.toml").read_text(encoding="utf-8"))


@cache
def _dialect(fellowship: str) -> Dialect:
    book = _book()
    own = book["codes"].get(fellowship, {}) if fellowship in list(Fellowship) else {}
    shared = {code: meaning for code, meaning in book["codes"]["shared"].items() if code not in own}
    codes: dict[str, str] = {}
    for table in (own, shared):
        for code, meaning in table.items():
            codes.setdefault(meaning, code)
    says = {meaning: ADMISSION.get(meaning) or _says(idea) for meaning, idea in book["meaning"].items()}
    for meaning, other in book["instead"].get(fellowship, {}).items():
        if meaning in codes:  # "C" in Al-Anon: only its own word makes it so, never the facet all its meetings have
            codes[other] = codes[meaning]
            says[other] = frozenset()
    named = {idea["names"][0]: meaning for meaning, idea in book["meaning"].items()}
    return Dialect(codes, named, says)


def _says(idea: dict[str, Any]) -> Said:
    """Nothing for what denies: a denial comes back by its word alone."""
    if any(group.startswith("denied_") for group in idea):
        return frozenset()
    return frozenset((group, word) for group, words in idea.items() if group != "names" for word in words)
