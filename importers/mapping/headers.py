"""The header of a file nobody has described yet, and its first rows under the names as they are written there."""

from pathlib import Path

from directory.errors import Unreadable
from importers.mapping.cells import flat
from importers.mapping.evidence import looks
from importers.mapping.guessing import known_header
from importers.opening import Table, open_feed
from importers.rows import text

BANNERS = 20


def first_rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Column names and rows of the table that looks most like a list."""
    tables = [found for table in open_feed([path]).tables if (found := _rows(table))]
    if not tables:
        raise Unreadable(f"{path.name} has no table with a header and rows under it.")
    return max(tables, key=lambda found: (sum(map(known_header, found[0])), len(found[1])))


def _rows(table: Table) -> tuple[list[str], list[dict[str, str]]] | None:
    if not table.laid_out:
        records = [flat(record) for record in table.head if isinstance(record, dict)]
        columns = list(dict.fromkeys(key for record in records for key in record))
        return (columns, [{c: _cell(record.get(c)) for c in columns} for record in records]) if records else None
    at = max(range(min(BANNERS, len(table.head))), key=lambda n: _header_like(table.head[n], -n))
    columns = [text(cell) for cell in table.head[at]]
    below = [row for row in table.head[at + 1 :] if any(map(text, row))]
    named = [n for n, column in enumerate(columns) if column]
    rows = [{columns[n]: _cell(row[n]) if n < len(row) else "" for n in named} for row in below]
    return (list(dict.fromkeys(columns[n] for n in named)), rows) if len(named) > 1 and rows else None


def _header_like(row: list[object], earlier: int) -> tuple[int, int, int]:
    """Rows that hold known headers and no phones, links or times come first, then the widest, then the earliest."""
    cells = [text(cell) for cell in row]
    data = sum(bool({"phone", "email", "url", "clock", "zip", "date"} & looks([cell])) for cell in cells if cell)
    return sum(map(known_header, cells)) - data, len(set(filter(None, cells))), earlier


def _cell(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(text, value))
    return text(value) if not isinstance(value, str) else value.strip()
