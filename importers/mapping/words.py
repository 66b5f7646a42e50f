"""What the words in cells mean: the mapping's own tables first, then our codes and labels, then everyday words."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from directory.vocab import FACETS
from importers.mapping.language import LATE_WORDS, WORD_FIELDS, Plan, fold

SAYS_NOTHING = "nothing"
_AFTER = re.compile(r"\s+[-–—]\s+|\s*\(")  # what stands between a fellowship and whom a meeting of it is for
_LISTS = re.compile(r"[,;|\n•]")
_PAIRS = re.compile(r"\s*(?:/|&|\+|\band\b|\by\b)\s*", re.I)
# Roman before plain letters, so that "II" is not read as two times one; "Type S" is how some affiliates write III.
_LEVEL = re.compile(r"(?<![\w.])(?:(IV|III|II|I)|([1-4])|type ([PMSC]))(?![\w.])", re.I)
_LEVEL_RANGE = re.compile(r"(IV|III|II|I|[1-4])\s*(?:-|–|to|through|thru)\s*(?:level\s*)?(IV|III|II|I|[1-4])", re.I)
_LEVEL_WORDS = re.compile(
    r"[\s,;/&+()-]|\b(?:narr|levels?|lvls?|types?|and|to|through|thru|certified|residence)\b|–", re.I
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_TYPES = {"P": 1, "M": 2, "S": 3, "C": 4}


@cache
def ordinary(field: str) -> Mapping[str, tuple[str, ...]]:
    """Words that need no table: folded word -> codes."""
    found: dict[str, tuple[str, ...]] = {}
    group = WORD_FIELDS.get(field, "")
    if field in FACETS and group == field:
        for term in FACETS[field]:
            for word in (term.value, term.value.replace("_", " "), term.en, term.es, re.sub(r" \(.*", "", term.en)):
                found[fold(word)] = (term.value,)
    if field == "language":
        found |= _languages()
    for code in LATE_WORDS.get(field, ()):
        found[fold(code)] = found[fold(code.replace("_", " "))] = (code,)
    for codes, words in _everyday().get(field, {}).items():
        meant = () if codes == SAYS_NOTHING else tuple(codes.split())
        found |= {fold(word): meant for word in words}
    return found


@cache
def _everyday() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("importers.mapping").joinpath("words.toml").read_text(encoding="utf-8"))


def _languages() -> dict[str, tuple[str, ...]]:
    from babel import Locale  # slow to load, and most lists have no language column

    found: dict[str, tuple[str, ...]] = {}
    for locale in (Locale("es"), Locale("en")):
        found |= {fold(name): (code,) for code, name in locale.languages.items() if len(code) == 2}
    return found | {code: (code,) for (code,) in list(found.values())}


def codes(plan: Plan, field: str, said: str) -> tuple[list[str], list[str]]:
    """The codes that a cell's words mean, and the words nobody knows."""
    if field == "narr_level":
        own = plan.words.get(field, {}).get(fold(said))
        return (list(own), []) if own is not None else levels(said)
    whole = _one(plan, field, said)
    if whole is not None:
        return list(whole), []
    if field == "fellowship" and (headed := _headed(plan, said)) is not None:
        return headed
    found: list[str] = []
    unknown: list[str] = []
    for part in parts(plan, field, said):
        meant = _one(plan, field, part)
        smaller = [_one(plan, field, piece) for piece in _PAIRS.split(part)] if meant is None else []
        if meant is None and smaller and all(piece is not None for piece in smaller):
            meant = tuple(code for piece in smaller if piece for code in piece)
        if meant is None:
            unknown.append(part)
        else:
            found += meant
    return found, unknown


def _headed(plan: Plan, said: str) -> tuple[list[str], list[str]] | None:
    """ "Marijuana Anonymous (MA) - LGBTQ+ (see notes)": the fellowship first, then whom it is for, kept as words."""
    head, *rest = _AFTER.split(said)
    meant = _one(plan, "fellowship", head)
    words = [" ".join(part.strip(" )").split()) for part in rest]
    return (
        None if meant is None else (list(meant), [w for w in words if w and fold(w) not in ("see_notes", fold(head))])
    )


def parts(plan: Plan, field: str, said: str) -> list[str]:
    """The single words of a cell with several, at the mapping's mark or at the usual ones."""
    split = plan.columns[field].split if field in plan.columns else ""
    pieces = said.split(split) if split else _LISTS.split(said)
    return [" ".join(piece.split()) for piece in pieces if fold(piece)]


def _one(plan: Plan, field: str, word: str) -> tuple[str, ...] | None:
    folded = fold(word)
    own = plan.words.get(field, {}).get(folded)
    return own if own is not None else ordinary(field).get(folded)


def levels(said: str) -> tuple[list[str], list[str]]:
    """NARR levels: "Level 2", "II", "2", "Levels II & III", "1-3". Anything more is left for a person to read."""
    folded = " ".join(said.split())
    found: set[int] = set()
    for first, last in _LEVEL_RANGE.findall(folded):
        found.update(range(_level(first), _level(last) + 1))
    for roman, digit, letter in _LEVEL.findall(folded):
        found.add(_level(roman or digit) if roman or digit else _TYPES[letter.upper()])
    rest = _LEVEL_WORDS.sub("", _LEVEL.sub("", folded))
    if rest or not found:
        return [], [folded] if folded else []
    return [f"narr_{level}" for level in sorted(found)], []


def _level(written: str) -> int:
    return _ROMAN.get(written.upper()) or int(written)


def yes_or_no(plan: Plan, said: str) -> tuple[bool | None, bool]:
    """What a yes/no cell says, and whether its word is known at all."""
    meant = _one(plan, "yes", said)
    if meant is None:
        return None, not said
    return {"yes": True, "no": False}.get(meant[0] if meant else ""), True
