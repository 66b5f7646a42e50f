"""What the cells of a column look like, whatever its header says."""

import re
from collections.abc import Callable, Sequence

from importers import clean
from importers.mapping.times import read
from importers.mapping.words import levels, ordinary
from importers.rows import text

ENOUGH = 0.6  # share of the filled cells that must look alike
_FULL_ADDRESS = re.compile(r"\d.*,.*\b[A-Z]{2}\b\.?,?\s*(?:\d{5}|$)")
_MONEY = re.compile(r"\$\s*\d|^\d{2,4}(?:\.\d\d)?\s*(?:/|per|a)?\s*(?:wk|week|weekly|mo|month|monthly)?$", re.I)
_COORDINATE = re.compile(r"-?\d{1,3}\.\d{2,}")
LOOKS: dict[str, Callable[[str], bool]] = {
    "phone": lambda cell: bool(clean.phones(cell)) and len(cell) < 40,
    "zip": lambda cell: bool(re.fullmatch(r"\d{5}(?:-\d{4})?", cell)),
    "email": lambda cell: "@" in cell and bool(clean.email(cell)),
    "url": lambda cell: bool(re.match(r"(?:https?://|www\.)\S+|\S+\.(?:org|com|net|gov)\b\S*$", cell, re.I)),
    "day": lambda cell: bool(re.search(r"[a-z]", cell, re.I)) and all(
        clean.weekday(part) is not None for part in re.split(r"[,;/&]|\band\b", cell.strip())
    ),
    "clock": lambda cell: not cell.isdigit() and (
        clean.clock(cell) is not None or bool(read(cell, days=[0]).whole and read(cell, days=[0]).times)
    ),
    "times": lambda cell: bool(read(cell).times),
    "date": lambda cell: clean.day(cell) is not None,
    "coordinate": lambda cell: bool(_COORDINATE.fullmatch(cell)),
    "full_address": lambda cell: bool(_FULL_ADDRESS.search(cell)),
    "state": lambda cell: bool(clean.state(cell)),
    "number": lambda cell: bool(re.fullmatch(r"\d{1,4}(?:\.0)?(?: beds?)?|none|full", cell, re.I)),
    "money": lambda cell: bool(_MONEY.search(cell)),
    "level": lambda cell: bool(levels(cell)[0]),
    "yesno": lambda cell: cell.casefold() in ordinary("yes"),
}  # fmt: skip
# What a field's cells must look like to be believed, any one of these.
WANTS: dict[str, tuple[str, ...]] = {
    "phone": ("phone",), "zip": ("zip",), "email": ("email",), "website": ("url",), "online_url": ("url",),
    "day": ("day",), "start": ("clock",), "end": ("clock",), "times": ("times",), "latitude": ("coordinate",),
    "longitude": ("coordinate",), "verified_on": ("date",), "updated_on": ("date",), "vacancies_as_of": ("date",),
    "certified_until": ("date",), "state": ("state",), "narr_level": ("level",), "beds": ("number",),
    "vacancies": ("number",), "address": ("full_address",), "fee": ("money", "number"), "fee_week": ("money", "number"),
    "fee_month": ("money", "number"), "deposit": ("money", "number"),
}  # fmt: skip
# Cells that say by themselves what they are, when the header does not.
SPEAKS = {"phone": "phone", "email": "email", "url": "website", "zip": "zip", "day": "day", "full_address": "address",
          "times": "times", "clock": "start"}  # fmt: skip


def looks(cells: Sequence[str]) -> set[str]:
    """Every look that most of the filled cells share."""
    filled = [said for said in map(text, cells) if said]
    found = set()
    for name, judge in LOOKS.items():
        if filled and sum(judge(cell) for cell in filled) >= ENOUGH * len(filled):
            found.add(name)
    return found


def known_words(field: str, cells: Sequence[str]) -> tuple[float, list[str]]:
    """The share of cells whose words all have a meaning in a field, and the words that have none."""
    from importers.mapping.language import Plan
    from importers.mapping.words import codes

    plan, unknown, fit = Plan(key=()), [], 0
    filled = [cell.strip() for cell in cells if cell.strip()]
    for cell in filled:
        _, strange = codes(plan, field, cell)
        fit += not strange
        unknown += strange
    return fit / max(len(filled), 1), list(dict.fromkeys(unknown))
