"""What a record says in sentences: its description, and notes on who can come, how to start, cost, and the like."""

import re
from collections.abc import Iterator
from functools import partial

from importers import clean
from importers.hsds import facts
from importers.hsds.shapes import Cells, dicts
from importers.hsds.times import Hours
from importers.rows import text

LONGEST_NOTE = 1500
LONGEST_WORD = 120  # letters of one word of a list
_COMMA = re.compile(r"[,;](?![^()]{0,200}\))")  # "benefits (SSI, TANF)" is one
_NEITHER = re.compile(
    r"\b(?:none|no (?:restrictions?|requirements?)|n/?a|not applicable|varies|any(?:one|body)?)\b\W*", re.I
)


def description(service: Cells, at: Cells) -> str:
    own, here = clean.prose(service.get("description")), clean.prose(at.get("description"))
    return "\n".join(dict.fromkeys(filter(None, (own, here))))


def notes(service: Cells, location: Cells, times: Hours, placed: bool, known: frozenset[str] = frozenset()) -> str:
    """What a patient should know before going, a line each; a place without address is at least named.

    `known` are labels of facets: a line that says nothing but these is no news.
    """
    labelled = partial(_labelled, known)
    lines = [
        clean.prose(service.get("alert")),
        labelled("Who can come", *_eligibility(service), words_of(service, "audience")),
        labelled("How to start", words_of(service, "application_process"), words_of(service, "how_to_apply")),
        labelled("Cost", *_costs(service)),
        labelled("Bring", *(clean.words(one.get("document")) for one in dicts(service.get("required_documents"))),
                  words_of(service, "required_documents")),
        labelled("Wait", words_of(service, "wait_time")),
        labelled("Languages", *facts.other_languages((service, location))),
        labelled("Interpreters", words_of(service, "interpretation_services")),
        labelled("Where", "" if placed else clean.words(location.get("name"))),
        labelled("Building access", *facts.access_words(location)),
        labelled("Hours", *times.notes),
    ]  # fmt: skip
    return "\n".join(filter(None, lines))[: LONGEST_NOTE * 3]


def _labelled(known: frozenset[str], label: str, *said_of_it: str) -> str:
    news = [one for one in said_of_it if one and not _NEITHER.fullmatch(one) and not _is_known(one, known)]
    said = "; ".join(dict.fromkeys(one.strip(" ;") for one in news))
    return f"{label}: {said[:LONGEST_NOTE]}" if said else ""


def _is_known(said: str, known: frozenset[str]) -> bool:
    return bool(known) and all(part.strip(" .").casefold() in known for part in said.split(", "))


def words_of(cells: Cells, column: str) -> str:
    value = cells.get(column)
    return (
        ""
        if isinstance(value, dict)
        else "; ".join(words(cells, column))
        if isinstance(value, list)
        else clean.words(value)
    )


def _eligibility(service: Cells) -> Iterator[str]:
    yield words_of(service, "eligibility_description")
    rows = dicts(service.get("eligibility"))
    yield from (clean.words(one.get("eligibility")) for one in rows)
    if not rows:
        yield words_of(service, "eligibility")
    low, high = text(service.get("minimum_age")), text(service.get("maximum_age"))
    if low or high not in ("", "0"):
        yield (
            f"ages {low} to {high}"
            if low and high not in ("", "0")
            else f"ages {low} and up"
            if low
            else f"ages up to {high}"
        )


def _costs(service: Cells) -> Iterator[str]:
    first = words_of(service, "fees_description")
    yield first
    if not first:
        yield words_of(service, "fees")
    for row in dicts(service.get("cost_options")):
        amount = " ".join(filter(None, (text(row.get("amount")), text(row.get("currency")).upper())))
        if clean.number(row.get("amount")) == 0 and clean.words(row.get("amount_description")):
            amount = ""  # "Free" needs no nought before it
        yield " ".join(
            filter(None, (clean.words(row.get("option")), amount, clean.words(row.get("amount_description"))))
        )


def words(cells: Cells, *columns: str) -> Iterator[str]:
    """The words of list cells: JSON lists, or text with commas; a list whose one item is such a text is that text."""
    for column in columns:
        value = cells.get(column)
        for one in value if isinstance(value, list) else [text(value)]:
            named = one.get("name") if isinstance(one, dict) else one
            alone = not isinstance(value, list) or len(value) == 1 or len(text(named)) > LONGEST_WORD
            for part in _COMMA.split(text(named)) if alone else [named]:
                if said := clean.words(part):
                    yield said[:LONGEST_WORD]
