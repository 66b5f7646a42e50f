"""A facility of the National Directory: its codes say what it offers, to whom, and how it is paid."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from directory.listing import ListingDraft
from importers import clean, facilities, service_codes
from importers.lookups import Lookups
from importers.rows import Feed, Row, text

fold_key, fold = facilities.fold_key, facilities.fold
CELLS = ("service_code_info", "service_codes", "service_code", "services_codes", "codes")
ENOUGH = 3  # columns named like a code that make a table one of the years with a column a code
ABOUT = {"NAME", "CITY", "STATE", "ZIP", "PHONE", "COUNTY"}  # never a code, whatever a later table says
SAID = {"SA", "DT", "HH", "SUMH", "MH"}  # types of care, which tell the two directories apart
TICKS = {"1", "y", "yes", "true", "x", "t"}
SUBSTANCE_USE, MENTAL_HEALTH = "SAMHSA National Directory (substance use)", "SAMHSA National Directory (mental health)"


def missing(columns: Collection[str], mapping: Mapping[str, Any]) -> list[str]:
    """A name, a city, a state, and codes in one cell or a column each; the names of columns changed with the years."""
    lacks = [] if set(columns) & set(facilities.NAMES) else ["name1"]
    lacks += [column for column in ("city", "state") if column not in columns]
    if set(columns) & {"services", "all_services"}:
        return [*lacks, "no column services"]
    if set(columns) & {"name1", *CELLS[:2]} or sum(1 for column in columns if _code(column)) >= ENOUGH:
        return lacks
    return [*lacks, "service_code_info"]


def publisher(feed: Feed, first: Mapping[str, Any]) -> str:
    """The two directories are two feeds: a facility missing from one is not gone from the other."""
    given = set(_in_cell(" ".join(text(first.get(cell)) for cell in CELLS)))
    if not given and {"sa", "mh"} <= set(first):
        return ""  # the locator's download of both
    given |= {code for code in ("SA", "MH") if _ticked(first.get(code.lower()))}
    given = given & SAID or set(_names(feed)) & SAID
    if "MH" in given:  # the mental health directory has facilities for substance use as well, not the other way round
        return MENTAL_HEALTH
    return SUBSTANCE_USE if given else ""


def draft(row: Row, look: Lookups, feed: Feed) -> ListingDraft:
    names = _names(feed)
    said = service_codes.read(_in_cell(row.first(*CELLS)) + _in_columns(row, names), names)
    for code in said.unknown:
        row.note(f"unknown service code: {code}")
    return facilities.facility(row, said)


def _in_cell(cell: str) -> list[str]:
    """Codes between blanks; the stars between groups say nothing that can be relied on."""
    return cell.upper().translate(_BREAKS).split()


_BREAKS = str.maketrans("*,;|/", "     ")


@lru_cache(maxsize=1024)
def _code(column: str) -> str:
    """The code that a column stands for, by its code or its name."""
    upper = column.upper()
    if upper in service_codes.codes() and upper not in ABOUT:
        return upper
    return service_codes.code_of(column) or ""


def _in_columns(row: Row, names: Mapping[str, str]) -> list[str]:
    """Years that give each code a column: 1, Y or the code itself where it holds."""
    found = []
    for column in row.raw:
        code = _code(column) or (column.upper() if column.upper() in names else "")
        if code and _ticked(row.value(column), column):
            found.append(code)
    return found


def _ticked(value: Any, column: str = "") -> bool:
    return text(value).casefold() in TICKS | {column.casefold() or "1"}


_named: tuple[list[dict[str, Any]], dict[str, str]] = ([], {})  # the last reference sheet read, and its names by code


def _names(feed: Feed) -> dict[str, str]:
    """What the workbook's own reference sheet calls its codes; made once, since every facility asks."""
    global _named
    rows = feed.tables.get("codes", [])
    if rows is not _named[0]:
        names = {text(row.get("service_code")).upper(): clean.words(text(row.get("service_name"))) for row in rows}
        _named = (rows, {code: name for code, name in names.items() if code and name})
    return _named[1]
