"""What the federal directories' service codes and service names say, by the table in service_codes.toml."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from directory.listing import Facets, facets
from directory.vocab import Kind, LevelOfCare

TABLE = Path(__file__).with_name("service_codes.toml")
KINDS = {
    "residential": Kind.RESIDENTIAL,
    "outpatient": Kind.OUTPATIENT,
    "residence": Kind.SOBER_LIVING,
}  # main one first


@dataclass(frozen=True, slots=True)
class Said:
    """What a facility's codes come to; facets absent from both yes and no are unknown."""

    kind: Kind
    also: tuple[Kind, ...]
    yes: Facets
    no: Facets
    categories: tuple[str, ...]
    notes: str
    unknown: tuple[str, ...]


@cache
def codes() -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


@cache
def _by_name() -> Mapping[str, str]:
    return {folded(name): code for code, told in codes().items() for name in _words(told, "names")}


def _words(told: Mapping[str, object], fact: str) -> list[str]:
    given = told.get(fact, [])
    return list(given) if isinstance(given, list) else []


def folded(name: str) -> str:
    """Names changed their dashes, signs and capitals between the years."""
    return re.sub(r"[^a-z0-9]+", " ", name.casefold()).strip()


def code_of(name: str) -> str | None:
    """The code of a service name, in any year's spelling."""
    return _by_name().get(folded(name))


def read(given: Iterable[str], names: Mapping[str, str] | None = None) -> Said:
    """The meaning of a facility's codes. `names` (the workbook's own reference) names what our table does not know."""
    yes: dict[str, set[str]] = {}
    no: dict[str, set[str]] = {}
    where, words, notes, unknown = set(), [], [], []
    for code in dict.fromkeys(given):
        told = codes().get(code)
        if told is None:
            unknown.append(code)
            words += [names[code]] if names and code in names else []
            continue
        for fact in _words(told, "says"):
            group, _, value = fact.removeprefix("!").partition(":")
            (no if fact.startswith("!") else yes).setdefault(group, set()).add(value)
        where.add(str(told.get("where", "")))
        words += _words(told, "names")[:1] if told.get("word") else []
        notes += [str(told["note"])] if "note" in told else []
    if "residence" in where:
        yes.setdefault("level", set()).add(LevelOfCare.RECOVERY_RESIDENCE)
    kind, *also = [kind for place, kind in KINDS.items() if place in where] or [Kind.OUTPATIENT]
    denied = {group: values - yes.get(group, set()) for group, values in no.items()}
    return Said(
        kind, tuple(also), facets(**yes), facets(**denied), tuple(words), " ".join(notes), tuple(unknown)
    )  # fmt: skip
