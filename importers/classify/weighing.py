"""How much all that a record says comes to, for each thing it may speak for."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from importers.classify import ages, tables
from importers.classify.hearing import Heard, Sense
from importers.classify.telling import Term, Told

NAME, LEAD, BODY, CODES, WORDS, AGENCY = 1.0, 0.8, 0.4, 0.9, 0.8, 0.4  # how far each part of a record counts
SHARED = 0.22  # each further code or category word takes this much of the weight of all
FIRST = 0.6  # publishers put the main category first; it keeps this weight among many
FIRM = 3  # the strength of a phrase that says it outright
NOTHING_YET = (0.0, "", False)


@dataclass(slots=True)
class Weights:
    """Sums by sense, and the phrases that led there, the heaviest first."""

    sums: dict[str, float] = field(default_factory=dict)
    causes: dict[str, list[tuple[float, str]]] = field(default_factory=dict)
    firm: set[str] = field(default_factory=set)  # said outright at least once, not only by words that hint at it
    named: set[str] = field(default_factory=set)  # said in its own name
    told: set[str] = field(default_factory=set)  # said in its text without a mark before it
    own: dict[str, float] = field(default_factory=dict)  # of the sums, what its own name and text say: no list of terms

    def __getitem__(self, sense: str) -> float:
        return self.sums.get(sense, 0.0)

    def add(self, sense: str, weight: float, cause: str, firm: bool = True) -> None:
        if firm:
            self.firm.add(sense)
        self.sums[sense] = self.sums.get(sense, 0.0) + weight
        self.causes.setdefault(sense, []).append((weight, cause))

    def best(self, start: str) -> tuple[str, float]:
        """The heaviest sense of a group ("need.", "away."), or ("", 0)."""
        found = [(weight, sense) for sense, weight in self.sums.items() if sense.startswith(start)]
        weight, sense = max(found, default=(0.0, ""))
        return sense, weight

    def cause(self, *senses: str) -> list[str]:
        """What was said for these senses, the heaviest first, each once."""
        said = sorted((one for sense in senses for one in self.causes.get(sense, [])), reverse=True)
        return list(dict.fromkeys(cause for _, cause in said))


def weigh(told: Told) -> Weights:
    """Each part of a record counts by its heaviest phrase for a sense; parts add up."""
    weights = Weights()
    agency, name = _parted(told)
    _part(weights, tables.subjects().hear(name), NAME, "name")
    weights.named = set(weights.sums)
    _part(weights, tables.subjects().hear(agency), AGENCY, "agency")
    heard = tables.subjects().hear(told.text)
    weights.told = {sense for one in heard if one.weight == 1 for sense, _ in one.senses}
    _part(weights, [one for one in heard if one.lead], LEAD, "text")
    _part(weights, [one for one in heard if not one.lead], BODY, "text")
    _part(weights, tables.subjects().hear(told.asked, asked=True), LEAD, "eligibility")
    _several(weights, [_leaf(told, code.scheme, code.code) for code in leaves(told)], CODES, first=False)
    if not agency:
        _part(weights, tables.subjects().hear(told.organization), AGENCY, "agency")
    words = [*told.categories, *(term.words for term in told.terms if term.words)]
    _several(weights, [_spoken(word) for word in words], WORDS, first=True)
    if only := ages.only_for(f"{told.text}\n{told.asked}"):
        weights.add(*only)
    if told.asked and ages.reaches_grown(told.asked):
        weights.add("grown", 1.0, "it is for adults")
    return weights


def _part(weights: Weights, heard: Iterable[Heard], share: float, where: str) -> None:
    best: dict[str, tuple[float, str, bool]] = {}
    for one in heard:
        for sense, strength in one.senses:
            # Whom it is for may be no patient of ours, and that counts in full; but courts and jails send theirs.
            asked = one.required and one.weight and sense.startswith("away.") and sense != "away.government"
            given = one.given if sense.startswith("need.") else 1.0
            weight = strength * share * given * (1.0 if asked else one.weight)
            if weight > best.get(sense, NOTHING_YET)[0]:
                best[sense] = (weight, one.phrase, strength >= FIRM and one.weight == given == 1)
    for sense, (weight, phrase, firm) in best.items():
        weights.add(sense, weight, f"its {where} says “{phrase}”", firm)
        weights.own[sense] = weights.own.get(sense, 0.0) + weight


def _parted(told: Told) -> tuple[str, str]:
    """ "Mary's Center for Child Care - Family Literacy" is a literacy program: whose it is stands before it."""
    agency, name = told.organization.strip(), told.name.strip()
    rest = name[len(agency) :].lstrip(" -–—:|,/") if agency and name.casefold().startswith(agency.casefold()) else ""
    return (agency, rest) if rest else ("", name)


def _away(heard: Heard) -> bool:
    """Of the agency's name only this counts: a school district's liaison is for pupils."""
    return heard.senses[0][0].startswith("away.")


Spoken = tuple[tuple[Sense, ...], str]


def leaves(told: Told) -> list[Term]:
    """Codes without their ancestors, which publishers list beside them."""
    codes = {term.code for term in told.terms if term.code}
    parents = {code[:end] for code in codes for end in range(1, len(code)) if code[:end] in codes}
    return [term for term in told.terms if term.code and term.code not in parents]


def _leaf(told: Told, scheme: str, code: str) -> Spoken:
    return tables.term(scheme, code), f"its code is {code}"


@lru_cache(maxsize=20_000)
def _spoken(word: str) -> Spoken:
    heard = tables.subjects().hear(word)
    senses = tuple((sense, round(strength * one.weight)) for one in heard for sense, strength in one.senses)
    return senses, f"it is filed under “{word[:60]}”"


def _several(weights: Weights, spoken: list[Spoken], share: float, first: bool) -> None:
    """Codes and category words: of one alone it is sure, of many each counts little."""
    if not spoken:
        return
    diluted = 1 / (1 + SHARED * (len(spoken) - 1))
    best: dict[str, tuple[float, str, bool]] = {}
    for order, (senses, cause) in enumerate(spoken):
        part = max(diluted, FIRST) if first and order == 0 else diluted
        for sense, strength in senses:
            weight = strength * share * part
            if weight > best.get(sense, NOTHING_YET)[0]:
                best[sense] = (weight, cause, strength >= FIRM)
    for sense, (weight, cause, firm) in best.items():
        weights.add(sense, weight, cause, firm)
