"""One numbered source record, and what may come of it instead of a listing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

ABSENT = frozenset({"", "null", "n/a", "na", "none", "-", "--", "nan", "#n/a"})
LONGEST_ABSENT = 4


class Outcome(Exception):
    """A record that does not become a listing; `reason` is a short fixed phrase that is counted, `detail` its own."""

    word = ""

    def __init__(self, reason: str, detail: str = "", key: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason, self.detail, self.key = reason, detail, key


class Skip(Outcome):
    """Rightly not listed: closed, inactive, do not refer, folded into another record."""

    word = "skipped"


class Hold(Outcome):
    """A person must decide before it is public: an unknown word, two readings."""

    word = "held"


class Reject(Outcome):
    """Cannot be read as a listing: no name, broken record."""

    word = "rejected"


class Row:
    """One numbered record. Taking a cell removes it, so what is left was never used."""

    def __init__(self, number: int, cells: Mapping[str, Any]) -> None:
        self.number = number
        self.raw = dict(cells)
        self.notes: list[str] = []
        self.why = ""  # why it was read as it was, for the person who looks at it
        self.doubt = ""  # a short fixed phrase: it could be read, but a person should look before it is public
        self._cells = dict(cells)

    def value(self, column: str) -> Any:
        """The cell as the feed has it (list, number, text, None); None when the column is missing."""
        return self._cells.pop(column, None)

    def take(self, column: str) -> str:
        """The cell as stripped text; "" when missing or one of the words that mean absent."""
        return text(self.value(column))

    def first(self, *columns: str) -> str:
        """The first of several columns that says anything; all are taken."""
        return next(filter(None, [self.take(column) for column in columns]), "")

    def drop(self, *columns: str) -> None:
        """Taken on purpose and not used (personal contacts, our own bookkeeping)."""
        for column in columns:
            self._cells.pop(column, None)

    def note(self, words: str) -> None:
        """Something the run should count ("unknown type code: ZZ") that does no harm to the listing."""
        self.notes.append(words)

    def leftovers(self, ignore: Collection[str] = ()) -> list[str]:
        return sorted(c for c, v in self._cells.items() if c not in ignore and text(v))


def text(value: Any) -> str:
    """Stripped text of a cell; whole floats lose their ".0"; the words for absent become ""."""
    if isinstance(value, str):
        stripped = (value.replace("\u00a0", " ") if "\u00a0" in value else value).strip()
    elif value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    else:
        stripped = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return "" if len(stripped) <= LONGEST_ABSENT and stripped.casefold() in ABSENT else stripped


@dataclass(frozen=True, slots=True)
class Feed:
    """What is known of a feed beside its records: the operator's choices and the side tables found in it."""

    source: str
    publisher: str = ""
    fellowship: str = ""  # a Fellowship code; type codes depend on it
    timezone: str = ""
    state: str = ""  # two letters, for feeds that leave it out
    everything: bool = False  # let in what has nothing to do with aftercare too
    tables: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)  # side tables by their name in the TOML
    mapping: Mapping[str, Any] = field(default_factory=dict)  # a parsed --map file
    known: Any = None  # what the source's survey() of all records found, for records that refer to one another
    today: date = field(default_factory=date.today)  # decides which messages and closures still hold
