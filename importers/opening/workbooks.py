"""Sheets of workbooks (XLSX, XLS, ODS) as rows of text, cells by their reference."""

import io
import re
from datetime import date, datetime, time, timedelta
from typing import Any

from directory.errors import Unreadable
from importers.opening.members import OLE, ZIP, Member, NoTable, archive, is_workbook, refuse_bombs, shown

MOST_WORKBOOK = 200 * 2**20  # bytes, packed
MOST_UNPACKED = 2**30
MOST_CELLS = 40_000_000  # of one sheet's rectangle, which the reader lays out whole
PROLOGUE = 2**16  # bytes of each part in which a document type would be declared
_SHEETS = re.compile(r"xl/(?!sharedStrings|styles|theme|media|drawings)[^.]+\.xml|content\.xml")
_WIDE = re.compile(  # cells of ODS that hold a value many times; empty ones are repeated to the sheet's edge by habit
    rb'<table:table-cell\b(?=[^>]{0,400}office:value-type)[^>]{0,400}number-columns-repeated="(\d{1,9})"'
)
_LONG = re.compile(rb'number-rows-repeated="(\d{1,9})"')
_CELL = re.compile(rb'<c\b[^>]{0,80}?\br="([A-Z]{1,3})(\d{1,7})"')


def workbook_rows(member: Member) -> dict[str, list[list[str]]]:
    """Every sheet by its name."""
    from python_calamine import CalamineError, CalamineWorkbook

    if member.size > MOST_WORKBOOK:
        raise Unreadable(f"{member.name} is larger than {MOST_WORKBOOK // 2**20} MiB; save it as CSV.")
    with member.open() as file:
        content = file.read()
    if content[:4] == ZIP:
        _refuse_giants(member.name, content)
    elif "EncryptedPackage".encode("utf-16-le") in content:
        raise Unreadable(f"{member.name} is locked with a password; save it without one and send it again.")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {name: _sheet(book, name) for name in book.sheet_names}
    except (CalamineError, ValueError, OSError) as broken:
        if content[:4] == OLE and not any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book")):
            raise NoTable(
                f"{member.name} cannot be read as a workbook; it is an Office document of another kind."
            ) from broken
        raise Unreadable(f"{member.name} cannot be read as a workbook ({shown(str(broken))}).") from broken
    except BaseException as broken:
        if type(broken).__name__ != "PanicException":  # how the Rust reader gives up; it is no Exception
            raise
        raise Unreadable(f"{member.name} cannot be read as a workbook.") from broken


def _refuse_giants(name: str, content: bytes) -> None:
    """Two cells at far corners would be laid out as billions."""
    with archive(name, io.BytesIO(content)) as opened:
        inside = opened.infolist()
        if not is_workbook(info.filename for info in inside):
            raise NoTable(f"{name} is an archive in the archive; unpack it first.")
        refuse_bombs(name, inside, MOST_UNPACKED)
        for info in inside:
            if not info.filename.casefold().endswith((".xml", ".rels")):
                continue
            with opened.open(info) as part:
                _refuse_entities(name, shown(info.filename), part.read(PROLOGUE))
            if not _SHEETS.fullmatch(info.filename):
                continue
            with opened.open(info) as sheet:
                columns, rows = _extent(sheet)
            if columns * rows > MOST_CELLS:
                raise Unreadable(f"{name} spreads its cells over {rows} rows and {columns} columns; that is no table.")


def _refuse_entities(name: str, part: str, head: bytes) -> None:
    """No workbook declares a document type: it is how a file asks for others, or grows a thousandfold when read."""
    if b"<!DOCTYPE" in head.replace(b"\x00", b"").upper() or b"<!ENTITY" in head.replace(b"\x00", b"").upper():
        raise Unreadable(f"{name} declares XML entities in {part}, as no workbook does; save it again as XLSX or CSV.")


def _extent(sheet: Any) -> tuple[int, int]:
    """The farthest column and row any cell of a sheet's XML names, or repeats (ODS)."""
    columns, rows, tail = set(), 1, b""
    wide, long = 1, 1
    while chunk := sheet.read(2**20):
        for column, row in _CELL.findall(tail + chunk):
            columns.add(column)
            rows = max(rows, int(row))
        wide = max([wide, *map(int, _WIDE.findall(tail + chunk))])
        long = max([long, *map(int, _LONG.findall(tail + chunk))])
        tail = chunk[-1000:]
    return max([wide, *map(_number, columns)]), max(rows, long if wide > 1 else 1)


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _sheet(book: Any, name: str) -> list[list[str]]:
    from python_calamine import CalamineError

    try:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except CalamineError:
        return []  # a chart sheet
    return [[cell_text(cell) for cell in row] for row in rows]


def cell_text(cell: Any) -> str:
    """45000.0 is "45000", a day "2024-01-31", a clock time "19:30"."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(cell, time):
        return cell.isoformat("seconds" if cell.second else "minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
