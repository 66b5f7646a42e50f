"""What a record says in fields of its own (languages, access, payment, ages), and the terms of our own taxonomy."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from directory.vocab import FACETS, Kind
from importers import clean
from importers.classify import Term
from importers.hsds.shapes import Cells, dicts
from importers.mapping.language import fold
from importers.mapping.words import ordinary
from importers.rows import text

OWN = "aftercare directory"  # our taxonomy's name: its terms are taken as they are
MEDICATIONS = ("buprenorphine", "methadone", "naltrexone")
_DENIED = re.compile(r"no[-.:](?=[a-z_]+[.:])")  # "no-payment:medicaid"; older feeds wrote "no.payment.medicaid"
_LIST = re.compile(r"[,;|/\n.]|\band\b", re.I)
_NO_LANGUAGE = re.compile(r"\W*(?:na|n ?/ ?a|none|unknown)?\W*", re.I)  # "NA" is nobody's Nauruan
_FREE = re.compile(
    r"(?:none|(?:always |(?:all )?(?:(?:our|the) )?(?:services?|programs?|classes|meals|meetings) (?:are|is) )?free"
    r"(?: (?:of charge|and confidential|to (?:everyone|all|the public)))?|no (?:fees?|cost|charge)|\$?0(?:\.00)?)",
    re.I,
)
_GIFT = re.compile(r"\bdonations?\b(?! (?:is|are) (?:required|expected))", re.I)
_PAYMENT = {
    "medicaid": r"medicaid|medi-cal|(?-i:MediCal)|masshealth|apple health",
    "medicare": r"medi-?care",
    "sliding_scale": r"sliding[ -](?:fee )?scale|sliding fee|based on income|income[- ]based"
    r"|(?:based on|according to) (?:\w+ )?ability to pay",
    "private_insurance": r"(?:private|commercial|private health|most(?: other| major| private)?|all(?: major)?)"
    r" insurances?(?: plans?)?|(?:premera )?blue (?:cross|shield)|premera|aetna|cigna|humana",
    "military_insurance": r"tri-?care",
    "payment_assistance": r"scholarships?|financial assistance|fee waivers?",
    "self_pay": r"self[- ]pay",
}
_PAYS = {code: re.compile(rf"\b(?:{words})\b", re.I) for code, words in _PAYMENT.items()}
_REFUSED = re.compile(
    r"\b(?:not?|doesn't|cannot|except|without|unable to|refer\w*|apply\w*|enroll?\w*|sign\w* up) "
    r"(?:\w+ ){0,3}$",
    re.I,
)
_ACCESS = {
    "wheelchair": r"wheel ?chair(?!s)|ramp|ada[ -](?:accessible|compliant)|fully accessible|"
    r"handicap(?:ped)? accessible",
    "wheelchair_bathroom": r"(?:accessible|wheelchair) (?:bath|rest|wash)room|^restroom$",
    "hearing": r"induction loops?|hearing loops?|assistive listening|sign language|deaf",
}
_ACCESSES = {code: re.compile(rf"\b(?:{words})\b", re.I) for code, words in _ACCESS.items()}
_NOT = re.compile(r"\b(?:no|not|isn't|without|lacks?)\b", re.I)


@dataclass(slots=True)
class Facts:
    yes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    no: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    kinds: list[Kind] = field(default_factory=list)  # of our own taxonomy, the main one first
    modality: str = ""
    categories: list[str] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)  # of other taxonomies
    licence: str = ""


def terms(records: Iterable[Cells]) -> Facts:
    """The attributes of a service and its location: our own codes are facts, all others words to classify by."""
    found = Facts()
    for record in records:
        for attribute in dicts(record.get("attributes")):
            term = attribute.get("taxonomy_term")
            if isinstance(term, dict):
                _term(term, found)
    return found


def _term(term: Cells, found: Facts) -> None:
    detail = term.get("taxonomy_detail")
    scheme = clean.words(detail.get("name")) if isinstance(detail, dict) else ""
    scheme = scheme or clean.words(term.get("taxonomy")) or clean.words(term.get("vocabulary"))
    code, words = (
        clean.words(term.get("code")) or text(term.get("id")),
        clean.words(term.get("name") or term.get("term")),
    )
    if OWN not in (scheme.casefold(), clean.words(term.get("taxonomy")).casefold()):
        found.terms.append(Term(scheme_of(scheme, code), code if re.search(r"\d", code) else "", words))
        return
    plain = _DENIED.sub("", code)
    group, _, word = re.sub(r"[.:]", ":", plain, count=1).partition(":")
    if group == "kind" and word in list(Kind):
        found.kinds.append(Kind(word))
    elif group == "modality":
        found.modality = word
    elif group == "category":
        found.categories.append(words or word)
    elif (group in FACETS and word in list(FACETS[group])) or (
        group == "language" and re.fullmatch("[a-z]{2,3}", word)
    ):
        (found.no if plain != code else found.yes)[group].add(word)


def scheme_of(scheme: str, code: str) -> str:
    """The name under which a taxonomy is known to our classifier; by the look of its codes where it has none."""
    plain = re.sub(r"[^a-z0-9]", "", scheme.casefold())
    if (
        "211" in plain
        or "airs" in plain
        or re.fullmatch(r"[A-Z]{1,2}(?:-\d{4}(?:\.\d{4}(?:-\d{3}(?:\.\d\d)?)?)?)?", code)
    ):
        return "211hsis"
    if "openeligibility" in plain or re.fullmatch(r"\d{3}(?:-\d\d)+", code):
        return "open-eligibility"
    return plain if plain not in ("name", "taxonomy") else ""


def languages(records: Iterable[Cells]) -> Iterator[str]:
    """ISO codes of the languages a service or its place speaks; words of interpreters are none."""
    known = ordinary("language")
    for record in records:
        given = record.get("languages")
        rows = dicts(given) or [{"name": one} for one in _listed(given)]
        for row in rows:
            names = _LIST.split(clean.words(row.get("name") or row.get("language")))
            said = [
                text(row.get("code")).casefold()[:3],
                *(one for one in names if not _NO_LANGUAGE.fullmatch(one.strip())),
            ]
            yield from next((found for one in said if (found := known.get(fold(one)))), ())


def other_languages(records: Iterable[Cells]) -> Iterator[str]:
    """Languages told that we have no code for, in the record's words."""
    known = ordinary("language")
    for record in records:
        given = record.get("languages")
        for one in [clean.words(row.get("name") or row.get("language")) for row in dicts(given)] or _listed(given):
            parts = [part for part in _LIST.split(one) if not _NO_LANGUAGE.fullmatch(part.strip())]
            if any(not known.get(fold(part)) for part in parts):
                yield one


def access(location: Cells) -> Iterator[str]:
    """What a location's accessibility rows (or Ohana's words) promise; a sentence that denies promises none."""
    given = location.get("accessibility")
    rows = dicts(given) or [{"description": one} for one in _listed(given)]
    for row in rows:
        said = " ".join(clean.words(row.get(name)) for name in ("description", "accessibility", "details")).strip()
        said = said.replace("_", " ")
        plain = ordinary("access").get(fold(said))
        yield from plain or ()
        for sentence in re.split(r"[.;\n]", said) if not plain else ():
            if not _NOT.search(sentence):
                yield from (code for code, words in _ACCESSES.items() if words.search(sentence))


def access_words(location: Cells) -> list[str]:
    given = dicts(location.get("accessibility"))
    return [clean.words(row.get("description") or row.get("accessibility"))[:200] for row in given]


def _listed(value: object) -> list[str]:
    parts = value if isinstance(value, list) else str(value or "").split(",")
    return [clean.words(one) for one in parts if clean.words(one)]


def payment(service: Cells) -> Iterator[str]:
    """Ways to pay that are said and not denied."""
    fees = [clean.words(service.get(name)).strip(" .!") for name in ("fees_description", "fees")]
    if any(said and all(_is_free(sentence) for sentence in re.split(r"[.;]", said)) for said in fees):
        yield "free"
    rows = dicts(service.get("payments_accepted"))
    listed = [clean.words(row.get("payment")) for row in rows] + _listed(service.get("accepted_payments"))
    for word in listed:
        yield from ordinary("payment").get(fold(word), ())
    costs = dicts(service.get("cost_options"))
    if costs and all(clean.number(row.get("amount")) == 0 for row in costs):
        yield "free"
    for sentence in [*fees, *listed]:
        for code, words in _PAYS.items():
            if (found := words.search(sentence)) and not _REFUSED.search(sentence[: found.start()]):
                yield code


def _is_free(sentence: str) -> bool:
    """A sentence on fees after which nobody need pay: free, or a gift. "None for members" is not for everybody."""
    return not sentence.strip() or bool(_FREE.fullmatch(sentence.strip()) or _GIFT.search(sentence))


def ages(service: Cells) -> tuple[set[str], set[str]]:
    """Who is let in by the ages told, and who is not; nothing when no age is told."""
    low, high = clean.number(service.get("minimum_age")), clean.number(service.get("maximum_age"))
    if low is None and (high is None or high <= 0):
        return set(), set()
    floor, ceiling = low or 0, high if high else 200
    spans = {"child": (0, 12), "teen": (13, 17), "young_adult": (18, 25), "adult": (18, 64), "older_adult": (65, 120)}
    yes = {code for code, (first, last) in spans.items() if floor <= max(first, 0) + (last - first) / 2 <= ceiling}
    no = {code for code, (first, last) in spans.items() if last < floor or first > ceiling}
    return yes, no - yes
