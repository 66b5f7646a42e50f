"""One shape for whatever a feed holds: tables of rows under a header, or of records with keys."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

from directory.errors import Unreadable
from importers.opening import documents, sheets, workbooks
from importers.opening.decoding import encoding_of
from importers.opening.members import Member, NoTable, guarded, kind_of, members, shown

LOOKED_AT = 60  # records or rows at the head of a table
BANNERS = 20  # rows before which the header must come
SMALL_DOCUMENT = 2**20  # a lone JSON object up to this size may itself be the one record
_GAPS = re.compile(r"[\s\-‐-–_]+")


@dataclass(frozen=True, slots=True)
class Unsound:
    """A record that cannot be read, or a row that is none."""

    raw: dict[str, Any]
    reason: str
    detail: str = ""
    outcome: str = "rejected"


@dataclass(frozen=True)
class Table:
    """Rows (lists of cells) or records (dicts) of one file, sheet or JSON array; `everything` starts anew."""

    name: str
    format: str  # csv | json | xlsx
    encoding: str
    everything: Callable[[], Iterator[Any]]
    path: str = ""  # JSON: where the array lies, "" the top
    cut: Callable[[], bool] = bool  # the file may end inside its last row
    lone: bool = False  # the document itself, taken as its one record

    @property
    def member(self) -> str:
        """The file it lies in."""
        return self.name.partition(", sheet ")[0] if self.format == "xlsx" else self.name

    @property
    def title(self) -> str:
        """What it is called: its array's key ("contents" is a page's), its sheet, or its file, without suffix."""
        key = re.sub(r"(?:^|\.)contents$", "", self.path)
        last = key or self.name.partition(", sheet ")[2] or self.name.replace("\\", "/").rsplit("/", 1)[-1]
        return re.sub(r"\.(?:csv|tsv|txt|json|ndjson|jsonl|xlsx?)$", "", last, flags=re.I).casefold()

    @cached_property
    def head(self) -> list[Any]:
        """The first rows or records that can be read; reading the table in earnest says what is wrong after them."""
        found: list[Any] = []
        try:
            with guarded(self.name):
                for row in islice(self.everything(), LOOKED_AT):
                    found.append(row)
        except Unreadable:
            pass
        return found

    @property
    def laid_out(self) -> bool:
        """Rows of cells under a header, not records with keys."""
        return bool(self.head) and all(isinstance(row, list) for row in self.head)

    @cached_property
    def headers(self) -> list[list[str]]:
        """Each of the first rows, as if it were the header."""
        return [names_of(row) for row in self.head[:BANNERS]] if self.laid_out else []

    def records(self, header: int | None) -> Iterator[dict[str, Any] | Unsound]:
        """Every record; those under a header by its names, blank rows left out."""
        with guarded(self.name):
            rows = self.everything()
            if header is None:
                yield from (_sound(record) for record in rows)
            else:
                yield from self._under(header, rows)

    def _under(self, header: int, rows: Iterator[list[Any]]) -> Iterator[dict[str, Any] | Unsound]:
        first = next(islice(rows, header, None), [])
        names = names_of(first)
        width = len(names)
        waiting: list[Any] | None = None
        ragged = False
        for row in rows:
            if not any(row) or not any(str(cell).strip() for cell in row if cell):
                continue
            if waiting is not None:
                ragged = ragged or len(waiting) < width
                yield _named(names, width, waiting, first)
            waiting = row
        if waiting is not None and len(waiting) < width and not ragged and self.cut():
            yield Unsound(dict(zip(names, waiting, strict=False)), "the file ends inside this record")
        elif waiting is not None:
            yield _named(names, width, waiting, first)


def _named(names: list[str], width: int, row: list[Any], first: list[Any]) -> dict[str, Any] | Unsound:
    if len(row) > width and any(str(cell).strip() for cell in row[width:] if cell is not None):
        extra = {f"column_{n}": cell for n, cell in enumerate(row[width:], start=width + 1)}
        detail = f"{len(row)} cells under {width} columns"
        return Unsound(dict(zip(names, row, strict=False)) | extra, "more cells than columns", detail)
    if row == first:
        return Unsound(dict(zip(names, row, strict=False)), "the header row again", outcome="skipped")
    record = dict(zip(names, row, strict=False))
    return _tidy(record) if len(names) < len(first) or "" in record else record


def _tidy(record: dict[str, Any]) -> dict[str, Any]:
    record.pop("", None)
    return record


def _sound(record: Any) -> dict[str, Any] | Unsound:
    if isinstance(record, dict):
        try:
            return {name.replace("\x00", ""): documents.storable(value) for name, value in record.items()}
        except documents.TooDeep:
            return Unsound({}, "not a record", "it is nested too deeply")
    reason = "not valid JSON" if isinstance(record, documents.BadLine) else "not a record"
    return Unsound({"record": str(record)[:500]}, reason, str(record)[:200])


def normal(name: Any) -> str:
    """A column name as sources know it: "Meeting Name " is "meeting_name"."""
    return _normal(str(name if name is not None else ""))


@lru_cache(maxsize=20_000)  # every source asks of every table, and a mapping of every record
def _normal(name: str) -> str:
    return _GAPS.sub("_", name.strip("\ufeff \t\r\n\"'").casefold()).strip("_")


def names_of(row: Sequence[Any]) -> list[str]:
    """The names of a header row: normal, distinct, "column_7" for an empty one."""
    names: list[str] = []
    taken: set[str] = set()
    for position, cell in enumerate(row, start=1):
        name = plain = normal(cell) or f"column_{position}"
        again = 2
        while name in taken:
            name, again = f"{plain}_{again}", again + 1
        taken.add(name)
        names.append(name)
    return names


@dataclass(frozen=True, slots=True)
class Opened:
    """All tables of a feed; `passed_over` says why other members are none."""

    name: str
    tables: list[Table]
    passed_over: list[str]


def open_feed(paths: Sequence[Path]) -> Opened:
    """Open one file, a directory or a zip (or several files) as one feed."""
    found = members(paths)
    tables: list[Table] = []
    passed_over: list[str] = []
    for member in found:
        try:
            with guarded(member.name):
                tables += _tables(member)
        except NoTable as why:
            if len(found) == 1:
                raise
            passed_over.append(str(why))
    if not tables:
        raise Unreadable(" ".join(passed_over[:3]) or f"{paths[0].name} holds no files.")
    return Opened(paths[0].name, tables, passed_over)


def _tables(member: Member) -> list[Table]:
    form = kind_of(member)
    if form == "xlsx":
        book = workbooks.workbook_rows(member)
        return [
            Table(f"{member.name}, sheet {shown(name)}", form, form, partial(iter, rows)) for name, rows in book.items()
        ]
    encoding = encoding_of(member)
    if form == "csv":
        delimiter = sheets.delimiter_of(member, encoding)
        rows = partial(sheets.csv_rows, member, encoding, delimiter)
        return [Table(member.name, form, encoding, rows, cut=partial(sheets.ends_mid_line, member))]
    if documents.is_lines(member, encoding):
        return [Table(member.name, form, encoding, partial(documents.lines, member, encoding))]
    paths, opener = documents.arrays(member, encoding)
    under = _shared(paths)
    tables = [
        Table(member.name, form, encoding, partial(documents.records, opener, path), path.removeprefix(under))
        for path in paths
    ]
    if "" not in paths and member.size <= SMALL_DOCUMENT:
        one = documents.whole(opener)
        tables.append(Table(member.name, form, encoding, partial(iter, [one] if one else []), lone=True))
    return tables


def _shared(paths: Sequence[str]) -> str:
    """ "data." of "data.services" and "data.locations": the wrapper of several tables is no part of their names."""
    first = paths[0].rpartition(".")[0] if len(paths) > 1 else ""
    while first and not all(path.startswith(f"{first}.") for path in paths):
        first = first.rpartition(".")[0]
    return f"{first}." if first else ""
