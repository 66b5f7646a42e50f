"""Any CSV, workbook or list of JSON records, read through a mapping: the operator's, or a shipped one that fits."""

from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from typing import Any

from directory.listing import ListingDraft
from importers.lookups import Lookups
from importers.mapping import shipped
from importers.mapping.apply import draft_of
from importers.mapping.cells import around, flat
from importers.mapping.checked import MappingFile, compiled
from importers.mapping.guessing import of_person
from importers.mapping.language import Plan, fold
from importers.rows import Feed, Row

OF_WHICH_FELLOWSHIP = (
    "a column that names the fellowship of each meeting; where all are of one, say so in a mapping file:"
    ' --map FILE --suggest writes one, and fellowship = "na" under [fixed] says it'
)


def draft(row: Row, look: Lookups, feed: Feed) -> ListingDraft:
    return draft_of(_plan(feed.mapping, row.raw), row, feed)


def unwrap(record: dict[str, Any]) -> dict[str, Any]:
    return flat(record)


def claims(columns: Collection[str]) -> str:
    """The shipped mapping that reads a file with these columns, the one that knows most of them; "" for none."""
    fitting = [name for name, mapping in shipped().items() if not mapping.plan.missing(columns)]
    return max(fitting, key=lambda name: len(shipped()[name].plan.used(columns)), default="")


def _with_objects(columns: Collection[str]) -> set[str]:
    """A mapping may speak of an object by its own name, too."""
    return {*columns, *filter(None, map(around, columns))}


def missing(columns: Collection[str], mapping: Mapping[str, Any]) -> list[str]:
    """What the file lacks for its mapping, at most two columns by name; without a mapping, for the nearest shipped."""
    if not mapping:
        if claims(columns):
            return []
        lacking = min((mapping.plan.missing(columns) for mapping in shipped().values()), key=len)
        return [OF_WHICH_FELLOWSHIP] if lacking and lacking == _without_fellowship() else lacking
    lacking = compiled(mapping).missing(_with_objects(columns))
    return lacking if len(lacking) < 3 else [lacking[0], f"{lacking[1]} and {len(lacking) - 2} more"]


def close(columns: Collection[str], mapping: Mapping[str, Any]) -> bool:
    """Surely a sheet of meetings, only of which fellowship it does not say."""
    return not mapping and missing(columns, mapping) == [OF_WHICH_FELLOWSHIP]


@cache
def _without_fellowship() -> list[str]:
    """What a sheet of meetings lacks that says everything but whose they are."""
    sheet = shipped()["meeting-sheet"].plan
    return sheet.missing({"Name", "Day", "Time"})


def publisher(feed: Feed, first: Mapping[str, Any]) -> str:
    return _plan(feed.mapping, first).publisher


def private(mapping: Mapping[str, Any], columns: Collection[str]) -> bool:
    """Columns about persons, never kept. Without a mapping: those that no shipped mapping reads as a service's own.

    So are columns that no mapping speaks of and that by their names can only be about a person.
    """
    plans = [compiled(mapping)] if mapping else [_shipped(name) for name in shipped()]
    told = {fold(one) for name in columns for one in (name, around(name)) if one}
    if any(told & plan.private for plan in plans) and not any(told & plan.read for plan in plans):
        return True
    return any(map(of_person, columns)) and not any(told & plan.known for plan in plans)


def _plan(mapping: Mapping[str, Any], record: Mapping[str, Any]) -> Plan:
    return compiled(mapping) if mapping else _shipped_for(frozenset(record))


@lru_cache(maxsize=1024)
def _shipped_for(columns: frozenset[str]) -> Plan:
    """For one record: JSON may leave keys out that other records of the feed have."""
    name = claims(columns)
    plans = {known: _shipped(known) for known in shipped()}
    return plans[name] if name else min(plans.values(), key=lambda p: (len(p.missing(columns)), -len(p.used(columns))))


@cache
def _shipped(name: str) -> Plan:
    file: MappingFile = shipped()[name]
    return file.plan
