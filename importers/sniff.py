"""Which source reads a feed: the facts of every source against the columns that were found."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from directory.errors import Unreadable
from importers.opening import Opened, Table, normal, shown
from importers.registry import Source, source, source_names

LONGEST = 40  # signs of a column name in a sentence
SHOWN = 12  # columns named in a refusal
SHEET = "csv"  # the format whose rules are those of tables
MOST_OF_AN_ERROR = 6  # keys of an answer that only says what went wrong
MISSING = -1
ALMOST = 1.1  # nearer than any share of wanted columns: a source that knows what the file is, and what it lacks


@dataclass(frozen=True, slots=True)
class Fit:
    """How well one source fits one table; it reads it when nothing is missing."""

    source: Source
    table: Table
    header: int | None = None
    score: int = 0
    missing: list[str] = field(default_factory=list)
    near: float = 0.0  # share of the wanted columns that are there

    @property
    def reads(self) -> bool:
        return not self.missing


def choose(feed: Opened, name: str = "", mapping: Mapping[str, Any] | None = None) -> list[Fit]:
    """The tables to read, all by one source: the named one, else what fits best; Unreadable says what was seen."""
    sources = [source(name)] if name else _sound_sources()
    pages = _pages(feed.tables)
    fits = [
        fit
        for one in sources
        for table in feed.tables
        for fit in fits_of(one, table, mapping or {}, table.name in pages)
    ]
    reading = [fit for fit in fits if fit.reads]
    if not reading and name and _is_empty(feed):
        return [Fit(source(name), feed.tables[0])]
    if not reading:
        raise Unreadable(_refusal(feed, fits, name))
    best = max(reading, key=lambda fit: fit.score).source
    main = [fit for fit in reading if fit.source is best]
    joins = best.hook("joined") is not None  # then what lies inside a document is a part of it
    whole = {fit.table.member for fit in main if joins and fit.table.lone}
    main = [fit for fit in main if fit.table.lone or fit.table.member not in whole]
    files = _files_of(best)
    named = [fit for fit in main if not _told_by_name(fit.table, files)]  # programs.json is no list of services
    main = named or main
    _refuse_mixture(feed, main, reading)
    return main


def _refuse_mixture(feed: Opened, main: list[Fit], reading: list[Fit]) -> None:
    """Files that another source reads would be lost without a word, so a person splits them."""
    best = main[0].source
    used = {fit.table.name for fit in main}
    used |= {table.name for _, table, _ in side_fits(feed, best, [fit.table for fit in main])}
    if others := {fit.table.name: fit.source.name for fit in reading if fit.table.name not in used}:
        file, other = next(iter(others.items()))
        raise Unreadable(
            f"It mixes feeds: {best.name} reads {main[0].table.name}, and {other} reads {file}."
            " Import them one at a time, or name one with --source."
        )


def _sound_sources() -> list[Source]:
    """Those that can be loaded: a broken source is named by `aftercare check` and blocks no feed of another."""
    sound = []
    for name in source_names():
        try:
            if source(name).hook("draft") is not None:
                sound.append(source(name))
        except Exception:  # noqa: S112 (whatever is wrong in a file somebody is writing)
            continue
    return sound


def _pages(tables: Sequence[Table]) -> set[str]:
    """Documents in which one array alone says anything: whatever its key ("entries", "data.items"), it is the feed."""
    arrays = [table for table in tables if table.format == "json" and not table.lone]
    saying = Counter(table.name for table in arrays if any(isinstance(row, (dict, list)) for row in table.head if row))
    return {name for name, found in saying.items() if found == 1}


def fits_of(candidate: Source, table: Table, mapping: Mapping[str, Any], page: bool = False) -> Iterable[Fit]:
    """One fit, or none when format and path rule it out; the one array of a `page` may lie anywhere."""
    if table.format not in candidate.formats:
        return []
    if table.format == "json" and table.path not in candidate.paths and (table.lone or not page):
        return []
    missing, joins = candidate.hook("missing"), candidate.hook("joined") is not None
    unwrap = candidate.hook("unwrap")
    rows: list[tuple[int | None, set[str]]] = [(i, set(row)) for i, row in enumerate(table.headers)]
    if table.laid_out and table.format == "json":  # a sheet in JSON: its rows are unwrapped as records are
        rows = [(i, keys_of([dict.fromkeys(row, "")], unwrap)) for i, row in enumerate(table.headers)]
    elif not table.laid_out:
        rows = [(None, keys_of(table.head, unwrap))] if table.head else []
    fits = []
    for header, columns in rows:
        if missing is not None:
            lacking = missing(columns, mapping)
            close = candidate.hook("close")
            near = ALMOST if close and close(columns, mapping) else 0.5 if len(lacking) < 3 else 0.0
            fit = Fit(candidate, table, header, len(columns) if mapping else 1, lacking, near)
        else:
            fit = _fit(candidate, table, header, columns, table.format)
            if not fit.reads and joins:  # a package's tables are the same tables as JSON
                fit = max(fit, _fit(candidate, table, header, columns, SHEET), key=lambda one: one.reads)
        if fit.reads:
            return [fit]
        fits.append(fit)
    return [max(fits, key=lambda fit: (fit.near, -len(fit.missing)))] if fits else []


def _fit(candidate: Source, table: Table, header: int | None, columns: set[str], form: str) -> Fit:
    every, some, none = candidate.wanted(form=form)
    missing = sorted(every - columns)
    if some and not some & columns:
        missing.append(f"one of {', '.join(sorted(some))}")
    if not every and not some:
        missing.append("columns named in a mapping (--map)")
    if unwanted := none & columns:
        missing.append(f"no column {', '.join(sorted(unwanted))}")
    near = len(every & columns) / max(len(every), 1) if every & columns else 0.0
    return Fit(candidate, table, header, len(every) * 2 + len(some & columns), missing, near)


def keys_of(records: Iterable[Any], unwrap: Any = None) -> set[str]:
    """The normal names of all keys of some records."""
    found: set[str] = set()
    for record in records:
        if isinstance(record, dict):
            try:
                found.update(map(normal, unwrap(record) if unwrap else record))
            except Exception:  # noqa: S112 (a foreign record may break a source's unwrap; then it is not its own)
                continue
    return found


def side_fits(feed: Opened, chosen: Source, main: list[Table]) -> Iterator[tuple[str, Table, int | None]]:
    """The tables beside the main ones that the source asks for, told by their columns (and by their file's name where
    the source gives `files`, as those of a standard package), with their header's row."""
    files = _files_of(chosen)
    for name in chosen.side_tables:
        every, some, _ = chosen.wanted(name)
        told = chosen.facts["tables"][name]
        for table in feed.tables:
            if table in main or table.member in {one.member for one in main if one.lone}:
                continue
            by_name = "files" in told and _told_by_name(table, files) == name
            if not by_name and ("files" in told or table.lone):  # one row of a table may be a document of its own
                continue
            if (paths := told.get("paths")) and table.format == "json" and table.path not in paths:
                continue
            fitting = (i for i, columns in _columns(table) if every <= columns and (not some or some & columns))
            if (header := next(fitting, MISSING)) != MISSING:
                yield name, table, header


def _files_of(chosen: Source) -> dict[str, str]:
    """The names of files that say which side table of the source they are."""
    return {file: name for name in chosen.side_tables for file in chosen.facts["tables"][name].get("files", ())}


def _told_by_name(table: Table, files: Mapping[str, str]) -> str:
    """ "data/Phones-2024.csv" is "phones": the longest known name in its own, so that addresses are not postal ones."""
    bare = re.sub(r"[\W\d_]+", "_", f"_{table.title}_")
    return files.get(max((file for file in files if f"_{file}_" in bare), key=len, default=""), "")


def side_tables(fits: Iterable[tuple[str, Table, int | None]]) -> dict[str, list[dict[str, Any]]]:
    """Their records by the name the source's TOML gives them."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, table, header in fits:
        found.setdefault(name, []).extend(row for row in table.records(header) if isinstance(row, dict))
    return found


def _columns(table: Table) -> list[tuple[int | None, set[str]]]:
    if table.laid_out:
        return [(i, set(row)) for i, row in enumerate(table.headers)]
    return [(None, keys_of(table.head))] if table.head else []


def _is_empty(feed: Opened) -> bool:
    """Not one record in it (an empty answer of a server, bare or in its wrapper), or rows that are all blank."""
    arrays = [table for table in feed.tables if not table.lone]
    return not any(any(table.head) for table in arrays or feed.tables)


def _refusal(feed: Opened, fits: list[Fit], name: str) -> str:
    if _is_empty(feed):
        return f"{feed.name} holds no records."
    if said := next(filter(None, map(_error_told, feed.tables)), ""):
        return f"{feed.name} is an error message of its server and no feed: “{shown(said, LONGEST)}”. Fetch it again."
    near = max(fits, key=lambda fit: (fit.near, -len(fit.missing)), default=None)
    table = near.table if near is not None and near.near else max(feed.tables, key=lambda t: len(t.head))
    seen = _seen(table, near if near is not None and near.table is table else None)
    has = f"{table.name} has {seen}" if seen else f"{table.name} has no records with named columns"
    if near is None or not near.near:
        known = f"the source {name} does not read it" if name else "no source reads that"
        return f"{has}; {known}. Describe it with a mapping file (--map), or see: aftercare sources"
    lacks = ", ".join(near.missing)
    mapped = (
        "" if name else " If it is no such feed, describe it with a mapping file (--map FILE --suggest writes one)."
    )
    return (
        f"{has}; {'the source' if name else 'the nearest source is'} {near.source.name}{_needs(name)} {lacks}.{mapped}"
    )


def _error_told(table: Table) -> str:
    """What an answer says instead of records: {"error": …}, {"code": …, "message": …}."""
    first = table.head[0] if table.lone and table.head else {}
    if not isinstance(first, dict) or len(first) > MOST_OF_AN_ERROR or not first.keys() & {"error", "errors", "code"}:
        return ""
    return next(
        (
            said
            for name in ("message", "error_description", "error", "errors")
            if isinstance(said := first.get(name), str)
        ),
        "",
    )


def _needs(name: str) -> str:
    return " also needs" if name else ", which also needs"


def _seen(table: Table, near: Fit | None) -> str:
    columns = _columns(table)
    if not columns:
        return ""
    header, _ = columns[0]
    if near is not None and near.header is not None:
        header = near.header
    elif table.laid_out:
        header = max(range(len(columns)), key=lambda i: sum(bool(str(c).strip()) for c in table.head[i]))
    names = list(filter(None, table.headers[header] if header is not None else sorted(columns[0][1])))
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"the columns {', '.join(shown(name, LONGEST) for name in names[:SHOWN])}{more}"
