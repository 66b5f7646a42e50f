"""What the federal directories' service codes and service names say, by the table in service_codes.toml."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from directory.listing import Facets, facets
from directory.vocab import Gender, Kind, LevelOfCare, Population

TABLE = Path(__file__).with_name("service_codes.toml")
KINDS = {
    "residential": Kind.RESIDENTIAL,
    "outpatient": Kind.OUTPATIENT,
    "residence": Kind.SOBER_LIVING,
}  # main one first
SEXES = {
    Gender.WOMEN: (Gender.MEN, Population.WOMEN, Population.MEN),
    Gender.MEN: (Gender.WOMEN, Population.MEN, Population.WOMEN),
}  # the other, and the programs made for either


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


@dataclass(frozen=True, slots=True)
class Meaning:
    """One code's line of the table, ready to add up."""

    facts: tuple[tuple[bool, str, str], ...]  # yes or no, group, value
    where: str
    word: str
    note: str


@cache
def codes() -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


@cache
def _by_name() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, told in codes().items():
        for name in _words(told, "names"):
            found.setdefault(folded(name), []).append(code)
    return found


def _words(told: Mapping[str, object], fact: str) -> list[str]:
    given = told.get(fact, [])
    return list(given) if isinstance(given, list) else []


def folded(name: str) -> str:
    """Names changed their dashes, signs and capitals between the years."""
    return re.sub(r"[^a-z0-9]+", " ", name.casefold()).strip()


@lru_cache(maxsize=4096)
def code_of(name: str, group: str = "") -> str | None:
    """The code of a service name, in any year's spelling; `group` (SG, AGE, …) tells two of one name apart."""
    found = _by_name().get(folded(name), [])
    return next((code for code in found if codes()[code].get("group") == group), next(reversed(found), None))


@lru_cache(maxsize=4096)
def meaning(code: str, name: str = "") -> Meaning | None:
    """What a code says; where the workbook calls it by another code's name, what that other says."""
    same = _by_name().get(folded(name), []) if name else []
    known = code in codes()
    if not known or (same and code not in same):
        if not same:
            return None
        code = same[0]
    told = codes()[code]
    named = _words(told, "names")[0] if same or not name else name
    facts = []
    for fact in _words(told, "says"):
        group, _, value = fact.removeprefix("!").partition(":")
        facts.append((not fact.startswith("!"), group, value))
    return Meaning(
        tuple(facts), str(told.get("where", "")), named if told.get("word") else "", str(told.get("note", ""))
    )


def read(given: Iterable[str], names: Mapping[str, str] | None = None) -> Said:
    """The meaning of a facility's codes. `names` is what the workbook's own reference calls them."""
    yes: dict[str, set[str]] = {}
    no: dict[str, set[str]] = {}
    where, words, notes, unknown = set(), [], [], []
    called = names or {}
    for code in dict.fromkeys(given):
        name = called.get(code, "")
        told = meaning(code, name)
        if told is None:
            unknown.append(code)
            words.append(name)
            continue
        for affirmed, group, value in told.facts:
            (yes if affirmed else no).setdefault(group, set()).add(value)
        where.add(told.where)
        words.append(told.word)
        notes.append(told.note)
    if "residence" in where:
        yes.setdefault("level", set()).add(LevelOfCare.RECOVERY_RESIDENCE)
    notes.append(_one_sex(yes, no))
    notes.append(_gives_and_gives_not(yes, no))
    kind, *also = [kind for place, kind in KINDS.items() if place in where] or [Kind.OUTPATIENT]
    denied = {group: values - yes.get(group, set()) for group, values in no.items()}
    shown, sentences = (tuple(dict.fromkeys(filter(None, several))) for several in (words, notes))
    return Said(kind, tuple(also), facets(**yes), facets(**denied), shown, " ".join(sentences), tuple(unknown))


def _gives_and_gives_not(yes: dict[str, set[str]], no: dict[str, set[str]]) -> str:
    """It uses a medicine, say some codes, and none, says another: nobody knows which is true, so neither is said."""
    if not yes.get("medication", set()) & no.get("medication", set()):
        return ""
    yes["medication"] -= no.pop("medication")
    return "It says that it gives medicine for opioid use, and also that it gives none. Call to ask."


def _one_sex(yes: Mapping[str, set[str]], no: dict[str, set[str]]) -> str:
    """The survey asks who is accepted. One sex listed, and a program made for it alone: the other is not let in."""
    listed = yes.get("gender", set())
    if len(listed) != 1:
        return ""
    (only,) = (Gender(sex) for sex in listed)
    other, made_for, not_for = SEXES[only]
    programs = yes.get("population", set())
    if made_for in programs and not_for not in programs:
        no.setdefault("gender", set()).add(other)
    return f"It lists only {only.en.lower()} as people it accepts. Call first for anyone else."
