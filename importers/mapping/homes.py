"""Facts of a recovery residence: beds, what is free and since when that was true, money, who vouches."""

import re
from datetime import date

from directory.listing import Residence
from importers import clean
from importers.mapping.cells import Cells
from importers.mapping.facts import Facts

_WEEK, _MONTH = re.compile(r"\bw(?:ee)?k|weekly|/\s*w\b", re.I), re.compile(r"\bmo(?:nth|\b)|monthly|/\s*m\b", re.I)
_FREE = re.compile(r"\s*(?:free|no (?:fee|cost|charge|rent)|\$?0(?:\.00)?)\s*", re.I)
_NO_BEDS = re.compile(r"\s*(?:none|no|full|no vacanc\w*|0)\s*", re.I)


def residence(cells: Cells, facts: Facts, updated: date | None) -> Residence | None:
    fee, period = _fee(cells, facts)
    vacancies = _count(cells, facts, "vacancies")
    found = Residence(
        operator=clean.words(cells.text("operator")),
        certifier=clean.words(cells.text("certifier")),
        certificate=clean.words(cells.text("certificate")),
        certified_until=clean.day(cells.raw("certified_until")),
        beds=_count(cells, facts, "beds"),
        vacancies=vacancies,
        # A number of free beds says little without its day: that of the row is the best there is.
        vacancies_as_of=None if vacancies is None else clean.day(cells.raw("vacancies_as_of")) or updated,
        fee=fee,
        fee_period=period,
        deposit=_money(cells, facts, "deposit"),
        house_rules=clean.prose(cells.text("house_rules")),
    )
    return found if found != Residence() else None


def _fee(cells: Cells, facts: Facts) -> tuple[float | None, str]:
    for field, period in (("fee_week", "week"), ("fee_month", "month")):
        if (fee := clean.number(cells.text(field))) is not None:
            return fee, period
    said = cells.text("fee")
    fee = _money(cells, facts, "fee")
    column = facts.codes("fee_period")
    inside = "week" if _WEEK.search(said) else "month" if _MONTH.search(said) else ""
    period = inside or (column[0] if column else "")
    return fee, period if fee is not None else ""


def _money(cells: Cells, facts: Facts, field: str) -> float | None:
    """One amount; a range or a sentence ("$150 to $200", "half a month") stays words for people."""
    said = cells.text(field)
    if field == "fee" and _FREE.fullmatch(said):
        facts.say("payment", "free")
        return None
    amount = clean.number(re.sub(r"/\s*[1-4]\b", "", said)) if said else None
    if amount is not None and amount >= 0:
        return amount
    if said:
        facts.notes.append(f"{cells.label(field)}: {clean.words(said)}")
    return None


def _count(cells: Cells, facts: Facts, field: str) -> int | None:
    said = cells.bare(field)
    if field == "vacancies" and _NO_BEDS.fullmatch(said):
        return 0
    amount = clean.number(said)
    if amount is not None and amount >= 0 and amount == int(amount):
        return int(amount)
    if cells.text(field):
        facts.notes.append(f"{cells.label(field)}: {clean.words(said)}")
    return None
