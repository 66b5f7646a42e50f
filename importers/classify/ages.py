"""Whom a service is for, where it says so in numbers: only people under 18, or only older ones."""

import re
from collections.abc import Iterator
from functools import lru_cache

MINOR, GROWN, YOUNG, ELDER = 18, 24, 26, 55
_SPEAKS_OF_AGE = re.compile(
    r"\b(?:age[ds]?|older|over|under|year|yrs|children|youth|boys|girls|students|between|birth)\b|\d\+", re.I
)
_NO_AGE = r"(?!\s*(?:months|days|weeks|hours|beds|people|per|pm|am|%|:))"
_SPAN = re.compile(
    r"\b(?:age[ds]?|between|children|youths?|boys|girls|students)\s+(?:of\s+)?(?:ages?\s+)?(?:between\s+|from\s+)?"
    rf"(\d{{1,2}})\s*(?:-|–|to|through|and)\s*(\d{{1,2}})\b{_NO_AGE}"
    r"|\b(\d{1,2})\s*(?:-|–|to|through)\s*(\d{1,2})[\s-]*(?:years? of age|years? old|year-olds?|yrs)",
    re.I,
)
_ALSO = re.compile(rf"\b(?:or|and)\s+(\d{{1,2}})\s*(?:-|–)\s*(\d{{1,2}})\b{_NO_AGE}", re.I)  # "ages 14-17 or 18-35"
_FROM = re.compile(r"\b(\d{2})\s*(?:\+|or older|and older|years (?:of age )?(?:or|and) older|and (?:over|up))", re.I)
_MUST_BE = re.compile(r"\bmust be (?:at least )?(\d{2})(?: years)?\b", re.I)
_YOUNG = re.compile(
    r"\b(?:for|to|serves?|serving|of)\s+(?:(?!parent|mother|father|caregiver|famil|adult)[\w-]+\s+){0,3}"
    r"(?:children|youth|kids|teens)\b[^.;\n]{0,12}"
    r"\b(?:up to (?:age )?)?(?:1[0-8]|[2-9]) (?:(?:and|or) (?:under|younger)|years of age|years old)\b",
    re.I,
)
_FROM_BIRTH = re.compile(
    r"\b(?:children|infants|toddlers|ages?)(?: ages?| from)? birth\s*(?:-|–|to|through)\s*(?:age )?(\d{1,2})\b", re.I
)
_UNDER = re.compile(
    r"\b(?:under|younger than|up to|through)\s+(?:the\s+)?(?:ages?\s*)?(?:of\s+)?"
    rf"(1[0-8]|[2-9])\b{_NO_AGE}(?=\s*(?:years|$|[.,;\n)]))",
    re.I,
)
# "Women may bring children ages 0-5", "for parents and youth 10-14", "child care is available for children birth to 8".
_BROUGHT = re.compile(
    r"\b(?:bring|brings|accompanied by|along with)\b[^.;\n]{0,25}$"
    r"|\b(?:parents?|mothers?|fathers?|caregivers?|famil(?:y|ies)|adults|women|men)\s+(?:and|or|with|of)\s+"
    r"(?:\w+\s+){0,2}$"
    r"|\bchild ?care\s+(?:[a-z]+\s+){0,4}$"
    r"|\b(?:including|includes|especially)\b[^.;\n]{0,25}$"
    r"|\b(?:medicaid|apple health|insurance)\)?\s+(?:only\s+)?(?:for\s+)?(?:[a-z]+\s+)?$",
    re.I,
)
_NUMBER, _BIRTH = re.compile(r"\d"), re.compile(r"[Bb]irth|BIRTH")
_GROWN = re.compile(
    r"\b(18|19|2[01])\s*(?:\+|(?:years?|yrs?)?(?: of age| old)?,?\s*(?:and|or|&) (?:older|over|above|up))"
    r"|\b(?:at least|over(?: the age of)?) (18|2[01])\b(?!\s*(?:days|months|people|hours))",
    re.I,
)
_TEENS = re.compile(r"\b(?:teen|adolescent|youth|juvenile)", re.I)


def only_for(text: str) -> tuple[str, float, str] | None:
    """(sense, weight, cause), or None: a service for all ages, or one that gives no numbers."""
    if not _SPEAKS_OF_AGE.search(text):
        return None
    spans = [*_spans(text)]
    if spans:
        spans += [(int(low), int(high)) for low, high in _ALSO.findall(text)]
    starts = [int(one[1]) for pattern in (_FROM, _MUST_BE) for one in _of_who_comes(pattern, text)]
    if spans and not starts and max(high for _, high in spans) <= MINOR:
        return "only.minors", 3, f"it is for ages {spans[0][0]} to {spans[0][1]}"
    if not spans and not starts and (young := next(_of_who_comes(_YOUNG, text), None)):
        return "only.minors", 2, f"it says “{young[0].strip()}”"
    if not spans and not starts and (under := _UNDER.search(text)):
        return "only.minors", 1, f"it says “{under[0].strip()}”"  # of its children perhaps, beside grown-ups
    if starts and min(starts) >= ELDER and not spans:
        return "only.elders", 3, f"it is for ages {min(starts)} and over"
    return None


def teens(text: str) -> bool:
    """Whether a service for the young is for teenagers, by its ages or its words."""
    return any(high > 12 for _, high in _spans(text)) or bool(_TEENS.search(text))


def reaches_grown(asked: str) -> bool:
    """Whether grown-ups may come, though the young may too: "18 and older", "ages 16-25"."""
    return bool(_GROWN.search(asked)) or any(high >= GROWN for _, high in _spans(asked))


def grown(asked: str) -> tuple[str, ...]:
    """Grown-ups of which age may come: "18 or older", "ages 18-24"; who else may is not said with it."""
    starts = [int(one or other) for one, other in _GROWN.findall(asked)]
    if spans := _spans(asked):
        low, high = spans[0]
        if len(spans) > 1 or starts or low < MINOR or YOUNG < high < ELDER:
            return ()
        return ("young_adult",) if high <= YOUNG else ("adult", "young_adult")
    if not starts:
        return ()
    return ("adult", "young_adult") if min(starts) == MINOR else ("adult",)


@lru_cache(maxsize=64)  # what a record asks is looked at for several ends
def _spans(text: str) -> tuple[tuple[int, int], ...]:
    """From which age to which."""
    if not _NUMBER.search(text):
        return ()
    spans = [(int(one[1] or one[3]), int(one[2] or one[4])) for one in _of_who_comes(_SPAN, text)]
    if _BIRTH.search(text):
        spans += [(0, int(one[1])) for one in _of_who_comes(_FROM_BIRTH, text)]
    return tuple(spans)


def _of_who_comes(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What a pattern finds, but for the children who are brought, and for some of many who come."""
    return (one for one in pattern.finditer(text) if not _BROUGHT.search(text[max(0, one.start() - 40) : one.start()]))
