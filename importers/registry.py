"""The sources that can be read: importers/sources/*.toml, each with a module of the same name, loaded when asked."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from importers.lookups import Lookups
from importers.opening import normal

FOLDER = Path(__file__).parent / "sources"
FORMATS = ("csv", "json", "xlsx")
REQUIRED = ("title", "licence", "home", "publisher", "key", "sniff")
KNOWN = {*REQUIRED, "ignore", "drop", "drop_prefixes", "tables", "checks", "lookups"}


@dataclass(frozen=True)
class Source:
    """One pair of files: the facts of its TOML, and the functions of its module."""

    name: str
    facts: Mapping[str, Any]

    @cached_property
    def module(self) -> ModuleType:
        return import_module(f"importers.sources.{self.name.replace('-', '_')}")

    def hook(self, name: str) -> Callable[..., Any] | None:
        """An optional function of the module."""
        found: Callable[..., Any] | None = getattr(self.module, name, None)
        return found

    @cached_property
    def lookups(self) -> Lookups:
        return Lookups.of(self.facts.get("lookups", {}))

    def columns(self, fact: str) -> frozenset[str]:
        """A list of column names in the TOML, normal."""
        return frozenset(map(normal, self.facts.get(fact, ())))

    def wanted(self, table: str = "", form: str = "") -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """The columns all, any and none of [sniff] ([sniff.sheet] speaks for CSV and workbooks) or of a side table."""
        told = self.facts["tables"][table] if table else self.facts["sniff"]
        if form in ("csv", "xlsx"):
            told = {**told, **told.get("sheet", {})}
        every, some, none = (frozenset(map(normal, told.get(word, ()))) for word in ("all", "any", "none"))
        return every, some, none

    @property
    def formats(self) -> list[str]:
        return list(self.facts["sniff"].get("formats", FORMATS))

    @property
    def paths(self) -> list[str]:
        return list(self.facts["sniff"].get("paths", [""]))

    @property
    def side_tables(self) -> list[str]:
        return list(self.facts.get("tables", {}))


@cache
def _files() -> dict[str, Path]:
    return {file.stem.replace("_", "-"): file for file in sorted(FOLDER.glob("*.toml"))}


def source_names() -> tuple[str, ...]:
    return tuple(_files())


def source(name: str) -> Source:
    """A source by its name; "meeting_guide" is "meeting-guide"."""
    return _source(name.replace("_", "-"))


@cache
def _source(name: str) -> Source:
    return Source(name, tomllib.loads(_files()[name].read_text(encoding="utf-8")))


def facts(name: str) -> dict[str, Any]:
    """What people are told of a source."""
    told = source(name).facts
    shown = {word: told.get(word, "") for word in ("title", "licence", "home", "publisher")}
    return shown | {"formats": source(name).formats, "key": list(told.get("key", ()))}


def problems() -> list[str]:
    """Why a source could not be used, a sentence each."""
    found = []
    for name in source_names():
        try:
            told = source(name).facts
            found += [f"The source {name} lacks the fact {word!r}." for word in REQUIRED if word not in told]
            found += [f"The source {name} has an unknown fact {word!r}." for word in sorted(set(told) - KNOWN)]
            if source(name).hook("draft") is None:
                found.append(f"The source {name} has no function draft().")
        except (tomllib.TOMLDecodeError, ImportError, SyntaxError) as broken:
            found.append(f"The source {name} cannot be loaded ({broken}).")
    return found
