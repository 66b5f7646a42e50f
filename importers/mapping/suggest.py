"""Writes a first mapping for a list nobody has seen before: to be read over, and usable as it is."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from importers.mapping.guessing import Guess, guess, place_in_order
from importers.mapping.language import fold

MEETING, HOME = {"fellowship", "format"}, {"narr_level", "beds", "vacancies", "operator", "certified_until", "gender"}
KEY = ("name", "street", "address", "city", "day", "start", "week", "gender", "times", "phone", "need", "zip")
# Where a word nobody knows must not stop the row, and says nothing until somebody knows it.
_UNSEEN = re.compile(r"[^\t -~\u00a0-\uffff]")  # a comment in TOML may not hold control characters
_UNKNOWN = {"accepts": "[]", "status": '"hold"'}


def suggest(columns: Sequence[str], sample: Sequence[Mapping[str, str]]) -> str:
    """The text of a mapping file, from a list's headers and some of its rows."""
    columns = [column for column in dict.fromkeys(columns) if fold(column)]
    cells = {column: [str(row.get(column) or "") for row in sample] for column in columns}
    found = guess(columns, cells)
    if "name" not in found.columns:
        _name_something(found, cells)
    kind = _kind(found, columns)
    if kind in ("outpatient", "residential"):  # what a clinic lists is what it gives
        found.yes = {name.replace("accepts.", "medication."): column for name, column in found.yes.items()}
    lines = [
        '# A first mapping, guessed from the headers and cells. Read it over: a line is   our_field = "Their column"',
        'title     = "A list to be named"',
        'publisher = ""   # who publishes the list',
        'licence   = ""   # what its publisher allows',
        f"kind      = {_text(kind)}   # sober_living, support_group, outpatient, residential or community_service",
        f"key       = {_list(_key(found, cells))}   # what tells one row from another, also next month",
    ]
    if found.private:
        lines.append(f"private   = {_list(found.private)}   # names and numbers of persons: never read or kept")
    lines += ["", "[columns]", *_assignments(found.columns)]
    if found.unplaced:
        lines += [
            "# Columns that nobody has placed; move them up, or name them in a line above [columns]: ignore = [...]"
        ]
        lines += [f"# … = {_text(column)}{_example(cells[column])}" for column in found.unplaced]
    if found.phones:
        lines += ["", "[phones]", *(f"{_text(label)} = {_text(column)}" for label, column in found.phones.items())]
    if found.yes:
        lines += ["", "[yes]", *_assignments(found.yes)]
    return "\n".join([*lines, *_words(found)]) + "\n"


def _assignments(told: Mapping[str, str]) -> list[str]:
    wide = max(map(len, told), default=0)
    return [f"{name:<{wide}} = {_text(told[name])}" for name in sorted(told, key=place_in_order)]


def _name_something(found: Guess, cells: Mapping[str, Sequence[str]]) -> None:
    """A list must have names: the first column of words that differ from row to row."""
    spare = [*found.unplaced, *(found.columns[f] for f in ("group", "operator", "place_name") if f in found.columns)]
    wordy = [c for c in spare if sum(bool(re.search(r"[A-Za-z]{3}", cell)) for cell in cells[c]) * 2 > len(cells[c])]
    short = [c for c in wordy if max(map(len, cells[c]), default=0) < 100]  # longer cells describe, they do not name
    best = max(short or wordy or spare or list(cells)[:1], key=lambda c: len(set(cells[c])), default="")
    if best:
        found.columns = {"name": best} | {field: c for field, c in found.columns.items() if c != best}
        found.unplaced = [column for column in found.unplaced if column != best]


def _kind(found: Guess, columns: Sequence[str]) -> str:
    fields, headers = set(found.columns), " ".join(columns).casefold()
    if "narr_level" in fields or len(fields & HOME) >= 2 or re.search(r"\b(?:house|sober|residence)", headers):
        return "sober_living"
    if fields & MEETING or {"day", "start"} <= fields or re.search(r"\bmeeting", headers):
        return "support_group"
    if fields & {"level", "medication", "therapy"}:
        return "outpatient"
    return "community_service"


def _key(found: Guess, cells: Mapping[str, Sequence[str]]) -> list[str]:
    """The name with the place and time, and as much more as it takes to tell the rows of the sample apart."""
    key = [field for field in KEY[:6] if field in found.columns]
    rows = max((len(column) for column in cells.values()), default=0)
    for field in KEY[6:]:
        told = [tuple(cells[found.columns[name]][row] for name in key) for row in range(rows)]
        if field in found.columns and len(set(told)) < len(told):
            key.append(field)
    return key


def _words(found: Guess) -> Iterable[str]:
    """A table for each column with words that have no meaning yet."""
    for field, strange in found.strange.items():
        if strange:
            yield from ("", f"[words.{field}]   # words of {_text(found.columns[field])} that nobody knows yet")
            told = _UNKNOWN.get(field)
            for word in sorted(set(strange))[:30]:
                yield f"{_text(word)} = {told}" if told else f'# {_text(word)} = "…"'


def _example(cells: Sequence[str]) -> str:
    said = next((" ".join(cell.split()) for cell in cells if cell.strip()), "")
    return f"   # such as: {re.sub(_UNSEEN, '', said)[:50]}" if said else "   # empty"


def _list(names: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, names))}]"


def _text(words: str) -> str:
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
