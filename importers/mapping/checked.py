"""A mapping file checked line by line before any row is read: what is wrong is said in one sentence with the cure."""

import re
import tomllib
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from directory.errors import Unreadable
from directory.vocab import FACETS
from importers import clean
from importers.mapping.language import FIELDS, FLAGS, LATE_WORDS, TOP, WORD_FIELDS, Plan, Reading, SkipRule, fold


class MappingFile(dict[str, Any]):
    """The contents of a mapping file, checked; its plan is made once."""

    @cached_property
    def plan(self) -> Plan:
        return _plan(self)


def compiled(mapping: Mapping[str, Any]) -> Plan:
    """The plan of a mapping, whether it was read from a file or made in place."""
    return mapping.plan if isinstance(mapping, MappingFile) else _plan(mapping)


def parse(text: str, name: str = "the mapping") -> MappingFile:
    """A mapping from TOML text; Unreadable says in one sentence what to mend."""
    try:
        read = MappingFile(tomllib.loads(text))
    except tomllib.TOMLDecodeError as wrong:
        raise Unreadable(
            f'{name} is no valid TOML: {wrong}. Text needs quotes, and each line is: field = "Column".'
        ) from None
    try:
        read.plan  # noqa: B018 (made now, so that what is wrong is said before any row is read)
    except Unreadable as wrong:
        raise Unreadable(f"{name}: {wrong}") from None
    return read


def _plan(read: Mapping[str, Any]) -> Plan:
    _known("line", read, TOP)
    tables = {name: _table(read, name) for name in ("columns", "phones", "yes", "fixed", "words")}
    columns = {name: _reading(name, told) for name, told in tables["columns"].items()}
    _known("[columns]", columns, FIELDS)
    _check_fixed(tables["fixed"])
    if "name" not in columns:
        raise Unreadable('[columns] needs a line for the name, such as: name = "Program Name".')
    kind = str(read.get("kind", ""))
    if kind:
        _code("kind", kind)
    elif "kind" not in columns:
        raise Unreadable('it does not say what the rows are; add a line such as: kind = "sober_living".')
    key = _list(read, "key")
    if not key:
        raise Unreadable('it has no key; name the columns that tell one row from another: key = ["name", "street"].')
    zone = str(read.get("timezone", ""))
    if zone and not clean.zone(zone):
        raise Unreadable(f"{zone!r} is no time zone; write it like America/New_York.")
    required = frozenset(_list(read, "required")) if "required" in read else None
    _known("required", required or (), columns)
    return Plan(
        key=tuple(key),
        title=str(read.get("title", "")),
        publisher=str(read.get("publisher", "")),
        licence=str(read.get("licence", "")),
        kind=kind,
        timezone=clean.zone(zone) or "",
        required=required,
        optional=frozenset(map(fold, _list(read, "optional"))),
        columns=columns,
        phones={label: _reading(label, told) for label, told in tables["phones"].items()},
        yes=_yes(tables["yes"]),
        fixed=tables["fixed"],
        words={name: _words(name, table) for name, table in tables["words"].items()},
        skips=tuple(_skip(rule) for rule in read.get("skip", ())),
        ignore=frozenset(map(fold, _list(read, "ignore"))),
        private=frozenset(map(fold, _list(read, "private"))),
    )


def _table(read: Mapping[str, Any], name: str) -> dict[str, Any]:
    told = read.get(name, {})
    if not isinstance(told, dict):
        raise Unreadable(f"{name} must be a table: a line [{name}] and its lines below.")
    return told


def _list(read: Mapping[str, Any], name: str) -> list[str]:
    told = read.get(name, [])
    told = [told] if isinstance(told, str) else told
    if not isinstance(told, list) or not all(isinstance(one, str) for one in told):
        raise Unreadable(f'{name} must be a list of names, such as: {name} = ["Town", "Phone"].')
    return told


def _reading(name: str, told: Any) -> Reading:
    """A column, a list of columns, a template, or {column = …, split = …}."""
    if isinstance(told, dict) and set(told) <= {"column", "split"} and "column" in told:
        return Reading(_reading(name, told["column"]).ways, str(told.get("split", "")))
    ways = [told] if isinstance(told, str) else told
    if not isinstance(ways, list) or not ways or not all(isinstance(way, str) and way.strip() for way in ways):
        raise Unreadable(f'{name} must name a column, such as: {name} = "Column", or several: ["Column", "Other"].')
    return Reading(tuple(ways))


def _yes(told: Mapping[str, Any]) -> dict[str, Reading]:
    found = {}
    for name, inner in told.items():
        if name in FLAGS:
            found[name] = _reading(name, inner)
            continue
        _known("[yes]", [name], [*FACETS, "language", *FLAGS])
        if not isinstance(inner, dict) or "column" in inner:
            raise Unreadable(f'in [yes], {name} needs a value after a dot, such as: {name}.some_code = "Column".')
        for code, reading in inner.items():
            _code(name, code)
            found[f"{name}.{code}"] = _reading(code, reading)
    return found


def _words(name: str, table: Any) -> dict[str, tuple[str, ...]]:
    _known("[words]", [name], [*WORD_FIELDS, "yes"])
    if not isinstance(table, dict):
        raise Unreadable(f'[words.{name}] must be lines such as: "Their word" = "our_code".')
    found = {}
    for word, told in table.items():
        codes = tuple(code for code in ([told] if isinstance(told, str) else told) if code)
        for code in codes:
            _code(name, code)
        found[fold(word)] = codes
    return found


def _check_fixed(told: Mapping[str, Any]) -> None:
    _known("[fixed]", told, [*FIELDS, *FLAGS])
    for name, value in told.items():
        for code in ([value] if isinstance(value, str) else value) if name in WORD_FIELDS else ():
            _code(name, code)


def _skip(rule: Any) -> SkipRule:
    if not isinstance(rule, dict) or not rule.get("column") or not rule.get("values"):
        raise Unreadable('each [[skip]] needs a column and its values: column = "Status", values = ["Closed"].')
    values = _list(rule, "values")
    return SkipRule(rule["column"], frozenset(map(fold, values)), str(rule.get("reason", "left out by the mapping")))


def _code(name: str, written: str) -> None:
    """Refuses a code that does not exist, and names one that does."""
    bare = str(written).removeprefix("-")
    group, dot, code = bare.partition(".")
    if not dot:
        group, code = (WORD_FIELDS.get(name, "") or name), bare
    choices = LATE_WORDS.get(group) or ([term.value for term in FACETS[group]] if group in FACETS else ())
    if group == "language":
        if not re.fullmatch(r"[a-z]{2,3}", code):
            raise Unreadable(f"{written!r} is no language code; write two letters, such as es.")
        return
    if code not in choices:
        raise Unreadable(f"{written!r} is no code for {name}; {_instead(code, choices)}.")


def _known(where: str, names: Collection[str], allowed: Collection[str]) -> None:
    for name in names:
        if name not in allowed:
            raise Unreadable(
                f"{where} has {name!r}, which is not a word of the mapping language; {_instead(name, allowed)}."
            )


def _instead(word: str, choices: Collection[str]) -> str:
    from rapidfuzz import process  # only when something is wrong

    names = sorted(map(str, choices))
    close = process.extractOne(word, names, score_cutoff=60)
    return f"did you mean {close[0]!r}" if close else f"use one of: {', '.join(names)}"
