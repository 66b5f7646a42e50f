"""What the free text of a 2-1-1 program surely says: hours, fees, languages, access, messages of the day."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from directory.schedule import WeeklyTime
from importers import clean
from importers.classify import Term
from importers.icarol.columns import said
from importers.mapping.language import fold
from importers.mapping.times import Read, read, told_in
from importers.mapping.words import ordinary

_FREE = re.compile(r"(?:no|without) (?:fees?|charge|cost)s?|free(?: of charge)?|(?:services? (?:is|are) )?free", re.I)
_ASIDE = re.compile(r"\([^)]*(?:donation|contribution|participant)[^)]*\)|[.;]\s*$", re.I)
_DENIES = re.compile(r"\b(?:no|not|never|without|cannot|except|limited|partial\w*|some)\b", re.I)
_PAYS = {
    "sliding_scale": r"\bsliding (?:fee )?(?:scale|fee)",
    "medicaid": r"\bmedicaid\b",
    "medicare": r"\bmedicare\b",
    "private_insurance": r"\bprivate (?:health )?insurance\b",
    "self_pay": r"\bself[- ]?pay\b|\bprivate pay\b|\bcash\b",
    "military_insurance": r"\btri-?care\b",
}
_ELSEWHERE = re.compile(r"\b(?:refer\w*|apply\w*|enroll?\w*|sign\w* up)\b[^,;.()]{0,30}$", re.I)  # to, or for, Medicaid
_WHEELCHAIR = re.compile(
    r"\bwheel ?chair|\bhandicap\w*[- ]?acc|\bADA\b|\bfully acc|\bramp|^acc?ess?ible\.?$|^yes\.?$", re.I
)
_NO_WHEELCHAIR = re.compile(r"^(?:no|none|not accessible|not wheelchair accessible)\.?$", re.I)
_ABOUT_ACCESS = re.compile(
    r"acc?ess|ramp|elevator|lift|wheel|\bADA\b|handicap|disab|parking|bathroom|interpret|deaf|blind", re.I
)
_LONG_AWAY = re.compile(
    r"\b(?:temporarily|permanently|indefinitely|currently) (?:closed|suspended|unavailable|not available)\b"
    r"|\b(?:closed|suspended) (?:until|till|due to|for renovation)|\bno longer (?:offer|provid|available|operat)"
    r"|\bnot (?:accepting|taking) (?:new )?(?:applica|clients|referrals|admissions|intakes)"
    r"|\bprogram (?:has )?(?:closed|ended)",
    re.I,
)


_LIST = re.compile(r"[,;/&|.]|\band\b")
_NO_LANGUAGE = ("", "tdd", "ttd", "tty", "tdd/tty", "braille")  # listed among languages, and none


@dataclass(frozen=True, slots=True)
class Open:
    """Times that were read surely; otherwise the words, for people to read."""

    times: tuple[WeeklyTime, ...] = ()
    by_appointment: bool = False
    words: str = ""


@lru_cache(maxsize=4096)
def _read(words: str) -> Read:
    return read(words)


def hours(cells: Mapping[str, Any]) -> Open:
    """The hours as written, else the column a day apart ("Mon 9:00 am - 5:00 pm; Tue …")."""
    told = [clean.words(said(cells, name).replace("\n", "; ")) for name in ("hoursofoperation", "hours")]
    for words in filter(None, told):
        found = _read(words)
        if found.whole and (found.times or found.by_appointment):
            return Open(tuple(found.times), found.by_appointment)
    if not any(told) and (labelled := told_in(clean.prose(said(cells, "agencydescription", "description"))).times):
        return Open(tuple(labelled))
    return Open(words=told[0] or (told[1] if re.search(r"\d", told[1]) else ""))


def payment(cells: Mapping[str, Any]) -> set[str]:
    """Free only where nothing else is said of fees; a kind of insurance only where no "not" stands beside it."""
    fees = clean.words(said(cells, "feestructuresource", "feestructure", "fees", "fee"))
    if _FREE.fullmatch(_ASIDE.sub("", fees).strip()):
        return {"free"}
    parts = [part for part in re.split(r"[.;]", fees) if not _DENIES.search(part)]
    return {code for code, words in _PAYS.items() for part in parts if _takes(words, part)}


def _takes(words: str, part: str) -> bool:
    found = re.search(words, part, re.I)
    return found is not None and not _ELSEWHERE.search(part[: found.start()])


def languages(cells: Mapping[str, Any]) -> set[str]:
    known = ordinary("language")
    return {code for part in _spoken(cells) for code in known.get(fold(part), ())}


def other_languages(cells: Mapping[str, Any]) -> str:
    """The list as written where it names one that we have no code for ("Ethiopian"), else ""."""
    known = ordinary("language")
    whole = all(part.casefold() in _NO_LANGUAGE or known.get(fold(part)) for part in _spoken(cells))
    return "" if whole and "(" not in _listed(cells) else _listed(cells)


def _spoken(cells: Mapping[str, Any]) -> list[str]:
    listed = re.sub(r"\([^()]*\)|\b(?:only|spoken|available)\b", "", _listed(cells))
    parts = (part.strip(" .") for part in _LIST.split(listed))
    return [part for part in parts if part.casefold() not in ("na", "n a", "none")]


def _listed(cells: Mapping[str, Any]) -> str:
    return clean.words(said(cells, "languagesoffered", "languagesofferedlist", "languages"))


def access(cells: Mapping[str, Any]) -> tuple[set[str], set[str], str]:
    """What is said to be accessible, what is said not to be, and words that say something else."""
    words = clean.words(said(cells, "disabilitiesaccess", "accessibility", "adaaccess"))
    if _NO_WHEELCHAIR.match(words):
        return set(), {"wheelchair"}, ""
    if _WHEELCHAIR.search(words) and not _DENIES.search(words):
        return {"wheelchair"}, set(), ""
    return set(), set(), words if _ABOUT_ACCESS.search(words) else ""


def walk_in(cells: Mapping[str, Any]) -> tuple[bool, bool]:
    """Whether people may just come, and whether they must make an appointment, by how to apply."""
    words = said(cells, "applicationprocess").casefold()
    open_door = bool(re.search(r"\bwalk[- ]?ins?\b", words)) and not re.search(r"\bno walk", words)
    sent = re.search(r"\breferral (?:is )?required\b(?! \(?for (?:some|certain|state))|\bby referral only\b", words)
    asked = re.search(r"\bby appointment\b|\bappointment (?:required|only)\b", words)
    return open_door and not sent, bool(asked) and not open_door


def message(cells: Mapping[str, Any], today: date) -> str:
    """The temporary message, on the days it is meant for."""
    words = clean.words(said(cells, "temporarymessage"))
    begins, ends = (clean.day(said(cells, f"temporarymessage{edge}")) for edge in ("appears", "expires"))
    if not words or (begins and today < begins) or (ends and today > ends):
        return ""
    return f"{words} (until {ends.isoformat()})" if ends else words


def says_closed(words: str) -> bool:
    return bool(_LONG_AWAY.search(words))


def terms(cells: Mapping[str, Any]) -> tuple[Term, ...]:
    """Taxonomy codes as sent, each with its words where the publisher sends as many; "BD-1800 * YB-8000" are two."""
    codes = _unlinked(split(said(cells, "taxonomycodes", "taxonomycode")))
    words = _unlinked(split(said(cells, "taxonomyterms", "taxonomytermsnotdeactivated", "taxonomyterm")))
    if len(codes) == len(words):
        return tuple(Term("211hsis", code, term) for code, term in zip(codes, words, strict=True))
    return tuple([Term("211hsis", code) for code in codes] + [Term("211hsis", "", term) for term in words])


def _unlinked(terms: list[str]) -> list[str]:
    """A service's term and whom or how it is given, linked by " * ", apart."""
    return list(dict.fromkeys(part.strip() for term in terms for part in term.split(" * ") if part.strip(" *")))


def split(listed: str) -> list[str]:
    return list(dict.fromkeys(clean.words(part) for part in re.split(r"[;|\n]", listed) if part.strip(" *")))


def notes(pairs: Iterable[tuple[str, str]]) -> str:
    """ "Fees: sliding scale", a line each; what says nothing is left out."""
    return "\n".join(_lines(pairs))


def _lines(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for label, words in pairs:
        if words and words.casefold().strip(" .") not in ("none", "please inquire", "n/a", "unknown"):
            yield f"{label}: {words}" if label else words
