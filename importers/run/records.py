"""The records of a feed as the source may see them: unwrapped, and without people's names, phones and addresses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from importers.opening import Table, Unsound, normal
from importers.registry import Source
from importers.rows import Feed
from importers.sniff import Fit

Side = tuple[str, Table, int | None]  # a side table by its name in the TOML, with its header's row
Found = dict[str, Any] | Unsound


def raw_records(fits: Sequence[Fit], feed: Feed, sides: Sequence[Side] = ()) -> Iterator[Found]:
    """The records of all chosen tables, unwrapped, personal columns removed before anything sees them.

    A source of several tables has a function `joined(records, sides)`: its records are those it makes of all of them.
    """
    source = fits[0].source
    personal = _Personal(source, feed)
    tables: Iterator[tuple[str, Iterable[Found]]]
    tables = ((fit.table.format, fit.table.records(fit.header)) for fit in fits)
    if (join := source.hook("joined")) is not None:
        records = chain.from_iterable(found for _, found in tables)
        tables = iter([("", join(records, ((name, table.records(header)) for name, table, header in sides)))])
    for form, found in tables:
        yield from _flat(found, source.hook("unwrap") if form == "json" else None, personal)


def _flat(found: Iterable[Found], unwrap: Any, personal: "_Personal") -> Iterator[Found]:
    for record in found:
        if isinstance(record, Unsound):
            yield replace(record, raw=personal.without(record.raw))
            continue
        try:
            flat = unwrap(record) if unwrap else record
        except Exception as broken:
            yield Unsound(personal.without(record), "not a record", f"{type(broken).__name__}: {broken}"[:300])
            continue
        yield personal.without(flat) if flat else Unsound({}, "not a record", "it is empty")


def spread_records(fits: Sequence[Fit], feed: Feed, sides: Sequence[Side] = ()) -> Iterator[Found]:
    """The records to be read, where a source's spread() makes of one that names several places one a place."""
    spread = fits[0].source.hook("spread")
    for record in raw_records(fits, feed, sides):
        if spread is None or isinstance(record, Unsound):
            yield record
        else:
            yield from spread(record, feed)


class _Personal:
    """Which columns hold people's names, phones and addresses; each name is judged once."""

    def __init__(self, source: Source, feed: Feed) -> None:
        self._names = source.columns("drop")
        self._prefixes = tuple(source.facts.get("drop_prefixes", ()))
        self._hook = source.hook("private")
        self._mapping = feed.mapping
        self._judged: dict[str, bool] = {}

    def without(self, record: dict[str, Any]) -> dict[str, Any]:
        judged = self._judged
        for name in record.keys() - judged.keys():
            judged[name] = self._is_personal(name)
        return {name: value for name, value in record.items() if not judged[name]}

    def _is_personal(self, name: str) -> bool:
        plain = normal(name)
        if plain in self._names or plain.startswith(self._prefixes) or name.startswith(self._prefixes):
            return True
        return self._hook is not None and bool(self._hook(self._mapping, [name]))


class Ignored:
    """The names, as this feed spells them, of columns a source does not use on purpose."""

    def __init__(self, source: Source) -> None:
        self._ignore = source.columns("ignore")
        self._judged: set[str] = set()
        self.names: set[str] = set()

    def learn(self, record: Mapping[str, Any]) -> None:
        if new := record.keys() - self._judged:
            self._judged |= new
            self.names.update(name for name in new if normal(name) in self._ignore)
