"""Cells that hold more than a text: records or words, written as JSON or as Python writes its own lists."""

import json
from ast import literal_eval
from typing import Any

from importers.rows import text

LONGEST = 200_000  # signs of a cell that is looked into


def _value(cell: Any) -> Any:
    """What the cell holds; its text where it holds nothing else, None where it is cut off."""
    if not isinstance(cell, str):
        return cell
    written = cell.strip()
    if not written.startswith(("[", "{")):
        return written
    if len(written) > LONGEST:
        return None
    for reads in (json.loads, literal_eval):
        try:
            return reads(written)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            continue
    return None


def records(cell: Any) -> list[dict[str, Any]]:
    """The records in a cell, one alone as well; none where it holds anything else."""
    found = _value(cell)
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict)]


def words(cell: Any) -> list[str]:
    """The words in a cell: of a list, of the labels of its records, or the text itself."""
    found = _value(cell)
    listed = found if isinstance(found, list) else [found]
    said = (one.get("label") or one.get("name") if isinstance(one, dict) else one for one in listed)
    return [one for one in map(text, said) if one]
