"""The mapping language: which column of somebody's list is which of our fields (docs/importing.md explains it)."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from directory.vocab import FACETS, Kind
from importers.opening import normal

WEEKDAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
FLAGS = ("by_appointment", "confidential", "nationwide")
# Fields whose words become codes, and the facet group that a bare code of theirs belongs to ("" for none).
WORD_FIELDS = {group: group for group in FACETS} | {
    "language": "language",
    "kind": "",
    "status": "",
    "narr_level": "residence",
    "certificate_status": "residence",
    "fee_period": "",
}
TEXT_FIELDS = frozenset(
    "name group description notes website email category phone online_url online_notes online_phone place_name address "
    "street city state zip county country directions latitude longitude area area_states area_counties timezone "
    "times day start end duration week verified_on updated_on operator certifier certificate certified_until beds "
    "vacancies vacancies_as_of fee fee_week fee_month deposit house_rules".split()
).union(WEEKDAYS)
FIELDS = TEXT_FIELDS | set(WORD_FIELDS)
TOP = frozenset(
    "title publisher licence home kind key timezone required optional columns phones yes fixed words skip ignore "
    "private".split()
)
LATE_WORDS = {
    "kind": tuple(Kind),
    "status": ("open", "closed", "hold"),
    "fee_period": ("week", "month"),
    "yes": ("yes", "no", "unknown"),
}
_NAMED = re.compile(r"\{([^{}]+)\}")


@cache
def fold(words: str) -> str:
    """How column names and words are compared: case, blanks, hyphens and a closing colon or star say nothing."""
    return normal(words.replace("\u00a0", " ").strip().rstrip(":* "))


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a field's text comes from: the first of some columns or templates that says anything."""

    ways: tuple[str, ...]
    split: str = ""  # "" : at commas, semicolons, bars, line ends

    def columns(self) -> set[str]:
        return {name for way in self.ways for name in columns_of(way)}


def columns_of(way: str) -> list[str]:
    """The columns a way names: itself, or those in braces."""
    return _NAMED.findall(way) or [way]


@dataclass(frozen=True, slots=True)
class SkipRule:
    column: str
    values: frozenset[str]
    reason: str


@dataclass(frozen=True)
class Plan:
    """A checked mapping, ready to read rows with. Words are folded; a code may be "group.code" or begin with "-"."""

    key: tuple[str, ...]
    title: str = ""
    publisher: str = ""
    licence: str = ""
    kind: str = ""
    timezone: str = ""
    required: frozenset[str] | None = None  # fields; None: every column must be there
    optional: frozenset[str] = frozenset()  # columns, folded
    columns: Mapping[str, Reading] = field(default_factory=dict)
    phones: Mapping[str, Reading] = field(default_factory=dict)
    yes: Mapping[str, Reading] = field(default_factory=dict)  # "accepts.methadone" or a flag
    fixed: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    skips: tuple[SkipRule, ...] = ()
    ignore: frozenset[str] = frozenset()
    private: frozenset[str] = frozenset()

    def readings(self) -> Iterator[tuple[str, Reading]]:
        yield from self.columns.items()
        yield from self.phones.items()
        yield from self.yes.items()

    @cached_property
    def read(self) -> frozenset[str]:
        """Every column whose cells are read, folded."""
        used = {fold(name) for _, reading in self.readings() for name in reading.columns()}
        keys = {fold(name) for name in self.key if name not in self.columns}
        return frozenset(used | keys | {fold(rule.column) for rule in self.skips})

    @property
    def known(self) -> frozenset[str]:
        return self.ignore | self.private | self.read

    def used(self, columns: Collection[str]) -> set[str]:
        """Those of a file's columns that it speaks of."""
        return {name for name in columns if fold(name) in self.known}

    def missing(self, columns: Collection[str]) -> list[str]:
        """What the file must have and has not, in the mapping's words."""
        there = {fold(name) for name in columns}
        lacking = []
        for name, reading in self.readings():
            if self.required is not None and name not in self.required:
                continue
            if not any({fold(c) for c in columns_of(way)} & there for way in reading.ways):
                lacking.append(" or ".join(map(repr, reading.ways[:3])) + (" or …" if len(reading.ways) > 3 else ""))
            elif self.required is None and len(reading.ways) == 1:
                lacking += [repr(c) for c in columns_of(reading.ways[0]) if fold(c) not in there | self.optional]
        lacking = [words for words in lacking if fold(words.strip("'\"")) not in self.optional]
        keys = [name for name in self.key if name not in self.columns]
        lacking += [repr(c) for c in [*keys, *(rule.column for rule in self.skips)]
                    if fold(c) not in there | self.optional and (self.required is None or c in keys)]  # fmt: skip
        return list(dict.fromkeys(lacking))
