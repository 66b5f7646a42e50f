"""A facility of the National Directory: its codes say what it offers, to whom, and how it is paid."""

from collections.abc import Mapping
from typing import Any

from directory.listing import ListingDraft
from importers import facilities, service_codes
from importers.lookups import Lookups
from importers.rows import Feed, Row, text

fold_key, fold = facilities.fold_key, facilities.fold
CELLS = ("service_code_info", "service_codes")


def publisher(feed: Feed, first: Mapping[str, Any]) -> str:
    """The two directories are two feeds: a facility missing from one is not gone from the other."""
    given = set(_in_cell(" ".join(text(first.get(cell)) for cell in CELLS)))
    given |= {code for code in ("SA", "MH") if _ticked(first.get(code.lower()))}
    if given & {"SA", "DT"}:
        return "SAMHSA National Directory (substance use)"
    return "SAMHSA National Directory (mental health)" if "MH" in given else ""


def draft(row: Row, look: Lookups, feed: Feed) -> ListingDraft:
    given = _in_cell(row.first(*CELLS)) + _in_columns(row)
    said = service_codes.read(given, _names(feed))
    for code in said.unknown:
        row.note(f"unknown service code: {code}")
    return facilities.facility(row, said)


def _in_cell(cell: str) -> list[str]:
    """Codes between blanks; the stars between groups say nothing that can be relied on."""
    return [code for code in cell.upper().replace("*", " ").split() if code]


def _in_columns(row: Row) -> list[str]:
    """Years that give each code a column: 1, Y or the code itself where it holds."""
    columns = [column for column in row.raw if column.upper() in service_codes.codes()]
    return [column.upper() for column in columns if _ticked(row.value(column), column)]


def _ticked(value: Any, column: str = "") -> bool:
    return text(value).casefold() in {"1", "y", "yes", "true", "x", column.casefold() or "1"}


def _names(feed: Feed) -> dict[str, str]:
    """What the workbook's own reference sheet calls its codes."""
    rows = feed.tables.get("codes", [])
    return {text(row.get("service_code")).upper(): text(row.get("service_name")) for row in rows}
