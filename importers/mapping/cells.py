"""One row's cells, read through a plan: alternatives, templates, and what of them counts as nothing said."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from importers.mapping.language import Plan, Reading, columns_of, fold
from importers.rows import Row, text

MOST = 60  # columns made of one object
_BRACKETS = re.compile(r"\[([^\[\]]*\{[^\[\]]*)\]")
_NAMED = re.compile(r"\{([^{}]+)\}")
_LOOSE = re.compile(r"^[\s,;:.–-]+|[\s,;:–-]+$")


class Cells:
    """A row's cells by the names the mapping gives them; `done` takes them out of it, so that the rest is noted."""

    def __init__(self, plan: Plan, row: Row) -> None:
        self.plan = plan
        self.row = row
        self._named = {fold(column): column for column in row.raw}
        self._inner: dict[str, list[str]] = {}
        for column in filter(around, row.raw):
            self._inner.setdefault(fold(around(column)), []).append(column)
        self._spoke: dict[Reading, str] = {}
        self._leave_out()

    def _leave_out(self) -> None:
        """Private columns go before anything is read, from what is kept of the record too."""
        for column in list(self.row.raw):
            if {fold(column), fold(around(column))} & self.plan.private:
                self.row.drop(column)
                self.row.raw.pop(column)
            elif fold(column) in self.plan.ignore:
                self.row.drop(column)

    def bare(self, field: str) -> str:
        """A field's text as the list has it: "None" and "NA" are words here."""
        return self._say(self.plan.columns.get(field), absent=False) or self._fixed(field)

    def text(self, field: str) -> str:
        return self._say(self.plan.columns.get(field)) or self._fixed(field)

    def of(self, reading: Reading) -> str:
        """A yes/no column, whose "None" is a word."""
        return self._say(reading, absent=False)

    def said(self, reading: Reading) -> str:
        return self._say(reading)

    def done(self) -> None:
        """Every column the mapping speaks of is taken, whether this row had use for it or not."""
        named = [column for column in self.row.raw if {fold(column), fold(around(column))} & self.plan.read]
        self.row.drop(*named)

    def label(self, field: str) -> str:
        """What the list itself calls a field."""
        return self.heading(self.plan.columns[field]) if field in self.plan.columns else field

    def heading(self, reading: Reading) -> str:
        """The column that spoke, or the first that might have."""
        return columns_of(self._spoke.get(reading, reading.ways[0]))[0].strip()

    def column(self, name: str) -> str:
        return _plain(self._cell(name))

    def raw(self, field: str) -> Any:
        """The cell itself when the field is one column: dates and times may be more than text."""
        reading = self.plan.columns.get(field)
        if reading is None:
            return self._fixed(field)
        for way in reading.ways:
            value = self._cell(way) if "{" not in way else self._filled(way, True)
            if text(value):
                return value
        return ""

    def _fixed(self, field: str) -> str:
        value = self.plan.fixed.get(field, "")
        return "; ".join(map(str, value)) if isinstance(value, list) else str(value)

    def _say(self, reading: Reading | None, absent: bool = True) -> str:
        if reading is None:
            return ""
        for way in reading.ways:
            said = self._filled(way, absent) if "{" in way else _shown(self._cell(way), absent)
            if said:
                self._spoke[reading] = way
                return said
        return ""

    def _cell(self, column: str) -> Any:
        name = self._named.get(fold(column))
        if name is not None:
            return self.row.raw.get(name)
        inner = self._inner.get(fold(column))  # an object by its own name
        return [self.row.raw.get(name) for name in inner] if inner else None

    def _filled(self, template: str, absent: bool) -> str:
        """ "{Street} {Unit} [Bring: {Papers}]": a part in square brackets goes when all its columns are empty."""

        def part(match: re.Match[str]) -> str:
            return match[1] if any(_shown(self._cell(c), absent) for c in columns_of(match[1])) else ""

        if not any(_shown(self._cell(c), absent) for c in columns_of(template)):
            return ""
        kept = _BRACKETS.sub(part, template)
        filled = _NAMED.sub(lambda match: _shown(self._cell(match[1]), absent), kept)
        return _LOOSE.sub("", re.sub(r"[ \t]{2,}", " ", filled))


def flat(record: dict[str, Any]) -> dict[str, Any]:
    """A record of an Airtable answer keeps its cells under `fields`; what lies in an object is a column as well."""
    fields = record.get("fields")
    plain = {"id": record.get("id"), **fields} if isinstance(fields, dict) and len(record) <= 3 else record
    if not any(isinstance(value, dict) for value in plain.values()):
        return plain
    return {name: cell for key, value in plain.items() for name, cell in _inside(key, value)}


def _inside(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """ "location": {"city": …} is a column "location.city"; a point of GeoJSON has its longitude first."""
    if not isinstance(value, dict):
        yield name, value
        return
    both = value.get("coordinates")
    if value.get("type") == "Point" and isinstance(both, list) and len(both) > 1:
        value = {"latitude": both[1], "longitude": both[0]}
    yield from ((f"{name}.{part}", cell) for part, cell in islice(value.items(), MOST))


def around(column: str) -> str:
    """ "location" of "location.city"; "" for a column that lies in no object."""
    outer, _, inner = column.rpartition(".")
    return outer if inner.strip() and inner[0] != " " else ""


def _shown(value: Any, absent: bool) -> str:
    if value is None or value == "":
        return ""
    return text(_plain(value)) if absent else _plain(value)


def _plain(value: Any) -> str:
    """Text of a cell; lists joined, nested values by their own text."""
    if isinstance(value, str):
        return value.replace("\u00a0", " ").strip()
    if isinstance(value, dict):
        return "; ".join(filter(None, map(_plain, value.values())))
    return "; ".join(filter(None, map(_plain, value))) if isinstance(value, (list, tuple)) else text(value)
