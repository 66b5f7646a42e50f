"""What the rows of a 2-1-1 export say of one another: agencies, their sites, their programs, programs at sites."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from importers.icarol.columns import public, said
from importers.kept import Kept
from importers.opening import Unsound
from importers.rows import text

ENGLISH = "en"
AGENCY, SITE, PROGRAM, AT_SITE = "agency", "site", "program", "programatsite"
FEW = 3  # streets at one point from which on it is the middle of an area, not a door
UNUSED = re.compile(r"mailing|other|lastverif|entered|fein|irs|annual|year|record|custom|searchhints|highlighted")
Cells = Mapping[str, Any]


@dataclass
class Family:
    """Every row's cells that say something, by its number; which numbers have rows beneath them."""

    kept: Kept = field(default_factory=Kept)  # beside the rows: children, programs placed at sites, streets of a point

    def add(self, cells: Cells) -> None:
        number, parent = said(cells, "resourceagencynum"), said(cells, "parentagencynum")
        kept = {name: words for name, value in cells.items() if not UNUSED.match(name) and (words := text(value))}
        if number and not (self.row(number) and language(cells) not in ("", ENGLISH)):
            self.kept[number] = kept
        if parent and parent != "0":
            self.kept.add("child", parent, number)
        if level_word(cells) == AT_SITE:
            for program in numbers(cells, "connectstoprogramnum"):
                self.kept.add("placed", program, "")
        self.kept.add("street", _point(cells), said(cells, "physicaladdress1").casefold())

    def row(self, number: str) -> dict[str, str] | None:
        found: dict[str, str] | None = self.kept.get(number)
        return found

    def is_translated(self, cells: Cells) -> bool:
        """Exports of two languages tell each record twice under one number: in English, and in this one again."""
        first = self.row(said(cells, "resourceagencynum"))
        return first is not None and language(cells) not in (language(first), ENGLISH)

    def is_placed(self, program: str) -> bool:
        """It has a row for each of its sites."""
        return bool(self.kept.of("placed", program, 1))

    def is_area(self, cells: Cells) -> bool:
        """The point is shared by several streets: the middle of a ZIP area."""
        return len(self.kept.of("street", _point(cells), FEW)) >= FEW

    def level(self, cells: Cells) -> str:
        """What the row says it is; where that column was not exported, a row with others beneath it is an agency."""
        word = level_word(cells)
        return word or (AGENCY if self.kept.of("child", said(cells, "resourceagencynum"), 1) else PROGRAM)

    def above(self, cells: Cells) -> Iterator[dict[str, str]]:
        """The rows it belongs to, nearest first: its program, its site, its agency; never one of them twice."""
        seen = {said(cells, "resourceagencynum")}
        waiting = [*numbers(cells, "connectstoprogramnum"), *numbers(cells, "connectstositenum")]
        waiting += numbers(cells, "parentagencynum")
        while waiting:
            number = waiting.pop(0)
            if number not in seen and (row := self.row(number)) is not None:
                yield row
                waiting += numbers(row, "parentagencynum")
            seen.add(number)

    def beneath(self, number: str) -> Iterator[dict[str, str]]:
        return (row for child in self.kept.of("child", number) if (row := self.row(child)) is not None)


def level_word(cells: Cells) -> str:
    return re.sub(r"[^a-z]", "", said(cells, "taxonomylevelname", "levelname", "recordtype").casefold())


def language(cells: Cells) -> str:
    """ "en" of "en-CA"; "" where the export does not say."""
    return said(cells, "languageofrecord").casefold()[:2]


def numbers(cells: Cells, column: str) -> list[str]:
    """The row numbers in a cell, which may name several."""
    return [number for number in re.split(r"[;,|\s]+", said(cells, column)) if number not in ("", "0", "-1")]


def _point(cells: Cells) -> str:
    return f"{said(cells, 'latitude')} {said(cells, 'longitude')}"


def survey(records: Iterable[dict[str, Any] | Unsound]) -> Family:
    family = Family()
    for record in records:
        if not isinstance(record, Unsound):
            family.add(public(record))
    return family


def spread(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A program that names several sites is a record at each of them."""
    cells = public(record)
    sites = numbers(cells, "connectstositenum")
    if len(sites) < 2:
        yield cells
        return
    for site in sites:
        yield cells | {"connectstositenum": site}
