"""What a telephone line is for, as the words beside its number say: whoever needs help is to reach the right desk."""

import re
from collections.abc import Iterable

from directory.listing import Phone

# Nobody answers, or not by voice.
_DEAD = re.compile(
    r"\b(?:fax|pager|disconnected|out of (?:service|order)|(?:is|permanently|school|office|program) closed|no longer"
    r"|(?:old|former|wrong) (?:number|phone|line)|do not (?:use|call|give))\b",
    re.I,
)
# Answered for others than those who need help.
_FOR_OTHERS = re.compile(
    r"\b(?:donat(?:e|es|ions?|ing)|donors?|fund-?rais\w+|fraud|press|media (?:contact|inquir\w+|line|office|relations)"
    r"|public (?:relations|affairs|information offic\w+)|publications?|board (?:of|members?|phone|chair\w*|president)"
    r"|human resources|job applicants|vendors?|procurement|(?:lost|stolen) .{0,20}cards?)\b",
    re.I,
)
# Some hours, some callers or some devices only; or those who run the place.
_LATER = re.compile(
    r"\b(?:tty|tdd|textphone|videophone|video phone|after[ -]hours|answering machine|outside the area|volunteers?"
    r"|admin\w*|business|corporate|headquarters|directors?|managers?|supervisors?|pastors?|payments?|billing)\b",
    re.I,
)
_FIRST = re.compile(
    r"\b(?:intakes?|admissions?|appointments?|scheduling|referrals?|enrollment|(?:hot|help) ?lines?|crisis|lifeline)\b",
    re.I,
)


def is_dead(label: str) -> bool:
    """Not to be called at all: a fax, a pager, a number that its own list calls closed."""
    return bool(_DEAD.search(label)) and not re.search(r"\bphone\W+(?:(?:and|or)\W+)?fax\b", label, re.I)


def is_for_others(label: str) -> bool:
    """Of donors, the press, the board, whoever reports fraud."""
    return bool(_FOR_OTHERS.search(label))


def best_first(said: Iterable[tuple[Phone, str]]) -> list[Phone]:
    """Numbers by what their source says of them: where somebody asks for help first, as told otherwise.

    A line for others is left out where there is any for callers.
    """
    told = [(phone, label) for phone, label in said if not is_dead(label)]
    ours = [(phone, label) for phone, label in told if not is_for_others(label)] or told
    return [phone for phone, _ in sorted(ours, key=lambda one: _rank(one[1]))]


def _rank(label: str) -> int:
    if _LATER.search(label) and not re.search(r"\bintake\b", label, re.I):
        return 2
    return 0 if _FIRST.search(label) else 1
