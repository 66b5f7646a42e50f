"""Which column is probably which field: by how headers are known to be called, then by what the cells look like."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from importers import clean
from importers.mapping.cells import around
from importers.mapping.evidence import SPEAKS, WANTS, known_words, looks
from importers.mapping.language import WORD_FIELDS

ALIKE = 86  # of 100: below this two headers are two things
_PERSON = re.compile(
    r"\b(?:manager|owner|director|administrator|president|coordinator|facilitator|host|leader|chair(?:person)?|staff|landlord|resident"
    r"|contact person|contact name|secretary|volunteer|sponsor name|first name|last name|case ?worker)\b"
)
_CONTACT = re.compile(r"\bcontact\b")
_SHORT = {
    "lvl": "level",
    "addr": "address",
    "num": "number",
    "hrs": "hours",
    "desc": "description",
    "org": "organization",
}
_SHORT |= {
    "mtg": "meeting",
    "mtgs": "meetings",
    "loc": "location",
    "avail": "available",
    "exp": "expires",
    "cert": "certified",
}
_NOT_PERSONS = re.compile(r"\b(?:managed by|owner organization|sponsor organization|volunteer opportunit)")


@dataclass
class Guess:
    """Fields by the column they are read from, and what becomes of the other columns."""

    columns: dict[str, str] = field(default_factory=dict)  # field -> column
    phones: dict[str, str] = field(default_factory=dict)  # label -> column
    yes: dict[str, str] = field(default_factory=dict)  # "group.code" or flag -> column
    private: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    strange: dict[str, list[str]] = field(default_factory=dict)  # field -> words nobody knows


@cache
def _aliases() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("importers.mapping").joinpath("aliases.toml").read_text(encoding="utf-8"))


def plain(header: str) -> str:
    """ "HouseName*" and "house_name1" are "house name"."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header)
    bare = unicodedata.normalize("NFKD", spaced.casefold()).encode("ascii", "ignore").decode()  # "día" is "dia"
    words = re.findall(r"[a-z]+|[0-9]+", bare)
    return " ".join(_SHORT.get(word, word) for word in words).removesuffix(" 1")


def guess(columns: Sequence[str], cells: Mapping[str, Sequence[str]]) -> Guess:
    """`cells`: some of each column's cells."""
    found = Guess()
    shown = {column: looks(cells[column]) for column in columns}
    found.private = [column for column in columns if _private(column, columns, shown)]
    free = [column for column in columns if column not in found.private and "{" not in column]
    scored = sorted(
        (
            (score, -columns.index(column), column, name)
            for column in free
            for name, score in _scores(column, cells[column], shown[column]).items()
        ),
        reverse=True,
    )
    for _, _, column, name in scored:
        if column in free and not _taken(found, name):
            free.remove(column)
            _place(found, name, column)
    for column in free:
        if "phone" in shown[column] and "fax" not in plain(column):
            found.phones[" ".join(column.replace("_", " ").split())] = column
        else:
            found.unplaced.append(column)
    for name, column in found.columns.items():
        if name in WORD_FIELDS:
            found.strange[name] = known_words(name, cells[column])[1]
    return found


def place_in_order(name: str) -> int:
    """Where people look for a field in a mapping: the order of the list of headers."""
    order = [field for table in _aliases().values() for field in table]
    return order.index(name) if name in order else len(order)


def known_header(header: str) -> bool:
    """Whether a header is exactly one that lists are known to use; a lone weekday may be a cell."""
    said = plain(header)
    return clean.weekday(said) is None and any(
        said in names for table in _aliases().values() for names in table.values()
    )


def _taken(found: Guess, name: str) -> bool:
    return name in found.columns or name in found.yes


def _place(found: Guess, name: str, column: str) -> None:
    (found.columns if name in _aliases()["columns"] else found.yes)[name] = column


def of_person(header: str) -> bool:
    """A column that by its header holds somebody's name or number: "Administrator", "House Manager Cell"."""
    said = plain(header)
    return bool(_PERSON.search(said)) and not _NOT_PERSONS.search(said)


def _private(column: str, columns: Sequence[str], shown: Mapping[str, set[str]]) -> bool:
    """Names and numbers of persons. "Contact Phone" is the place's own only where no person is named beside it."""
    said = plain(column)
    if of_person(column):
        return True
    if not _CONTACT.search(said):
        return False
    if not shown[column] & {"phone", "email", "url"}:
        return True
    others = [other for other in columns if other != column]
    named = any(_CONTACT.search(plain(o)) and not shown[o] & {"phone", "email", "url"} for o in others)
    look = next(iter(shown[column] & {"phone", "email", "url"}))
    return named or any(look in shown[o] and not _CONTACT.search(plain(o)) for o in others)


def _scores(column: str, cells: Sequence[str], shown: set[str]) -> dict[str, float]:
    """Fields this column may be, each with how sure that is (100 and more: its very name)."""
    from rapidfuzz import fuzz  # only when a mapping is suggested

    inner = around(column) and not known_header(column)
    said = plain(column.rpartition(".")[2] if inner else column)  # the city of "location.city"
    said = said.replace("contact phone", "phone").replace("contact email", "email")
    filled = any(cell.strip() for cell in cells)
    found: dict[str, float] = {}
    for table, fields in _aliases().items():
        for name, aliases in fields.items():
            likeness = max(100.0 if said == alias else fuzz.token_sort_ratio(said, alias) - 4 for alias in aliases)
            if likeness >= ALIKE:
                score = likeness + _believed(name, table, cells, shown, filled)
                if score >= ALIKE:
                    found[name] = score
    for look, name in SPEAKS.items():
        if look in shown and name not in found and not (look == "zip" and "number" in shown):
            found.setdefault(name, 50.0)
    return found


def _believed(name: str, table: str, cells: Sequence[str], shown: set[str], filled: bool) -> float:
    """What the cells say for (+) or against (-) a field that the header suggests."""
    if not filled:
        return 0
    if table == "yes":
        return 15 if "yesno" in shown else -100
    if name in WANTS:
        return 10 if shown & set(WANTS[name]) else -40
    if name in WORD_FIELDS:
        share, _ = known_words(name, cells)
        return (
            10 * share
            - (60 if share < 0.3 else 0)
            - (30 if "yesno" in shown and name not in ("status", "accepts", "certificate_status") else 0)
        )
    return -60 if shown & {"phone", "email", "yesno"} and name not in ("notes", "description") else 0
