"""From columns and word scores to an answer: filters, distance, exact totals, facet counts, order."""

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf, nan
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from directory.gazetteer import miles_to_all
from directory.schedule import DAY, WEEK, next_occurrence
from directory.search.columns import AREA, NOBODY, Codebook, Columns, Floats, Ints, Mask, area_code
from directory.search.query import Answer, Match, Near, SearchQuery, Window

# The one place for the weights of `best`; each part runs from 0 to 1.
WORDS = 1.0  # how well the words fit, against the listing they fit best
NEARNESS = 0.5
FRESHNESS = 0.15
MAIN_KIND = 0.1  # its main kind was asked for, not one it has besides
HALF_WAY = 8.0  # miles at which nearness is one half
STALE = 730  # days after which nothing is left of freshness
SLACK = 180  # minutes a DST change may move an occurrence against its wall clock, and more


@dataclass(frozen=True, slots=True)
class Scored:
    """Which rows have the words, and how well (0..1)."""

    mask: Mask
    scores: Floats


@dataclass(frozen=True, slots=True)
class Table:
    """What one search looks at: the columns, which rows still count, and what their codes mean."""

    columns: Columns
    live: Mask
    book: Codebook


def answer(table: Table, words: Scored | None, query: SearchQuery, did_you_mean: str = "") -> Answer:
    columns = table.columns
    passing = table.live & words.mask if words else table.live.copy()
    if query.window:
        passing &= _meeting(columns, query.window)
    inside, beyond, miles = _around(table, query.near, query.radius)
    filters = _filters(table, query)
    matching = passing & np.logical_and.reduce([np.ones(len(columns), np.bool_), *filters.values()])
    score = _score(table, words, miles, query)
    found, others = np.flatnonzero(matching & inside), np.flatnonzero(matching & beyond)
    first = max(query.offset, 0)
    last = first + max(query.limit, 0)
    return Answer(
        total=len(found),
        matches=_page(table, found, score, miles, query, first, last),
        facets=_counts(table, passing & inside, filters),
        beyond_total=len(others),
        beyond=_page(table, others, score, miles, query, 0, last - first),
        did_you_mean=did_you_mean,
    )


def _meeting(columns: Columns, window: Window) -> Mask:
    """Rows with a time that shares a minute with the window, whichever begins first, also around the week's end."""
    begins = (window.weekday * DAY + window.start) % WEEK
    length = max(window.end - window.start, 1)
    starts_in_it = (columns.starts - begins) % WEEK < length
    under_way = (begins - columns.starts) % WEEK < columns.lengths
    mask = np.zeros(len(columns), np.bool_)
    mask[columns.time_rows[starts_in_it | under_way]] = True
    return mask


def _around(table: Table, near: Near | None, radius: float) -> tuple[Mask, Mask, Floats]:
    """Rows inside the radius, rows a radius must not hide, and miles (NaN without a place)."""
    columns = table.columns
    miles = np.full(len(columns), np.nan)
    if near is None:
        everything = np.ones(len(columns), np.bool_)
        return everything, ~everything, miles
    located = np.flatnonzero(~np.isnan(columns.lat))
    miles[located] = miles_to_all(near.lat, near.lon, columns.lat[located], columns.lon[located])
    inside = (miles <= radius) & ~columns.anywhere  # NaN is never inside
    areas = [area_code(near.state)] if near.state else []
    areas += [area_code(near.state, near.county)] if near.state and near.county else []
    served = _having(table, AREA, areas)
    return inside, (columns.anywhere | columns.nationwide | served) & ~inside, miles


def _having(table: Table, group: str, values: Sequence[str]) -> Mask:
    """Rows with any of the values."""
    codes = [table.book.numbers[code] for value in values if (code := f"{group}={value}") in table.book.numbers]
    mask = np.zeros(len(table.columns), np.bool_)
    mask[table.columns.code_rows[np.isin(table.columns.codes, codes)]] = True
    return mask


def _filters(table: Table, query: SearchQuery) -> dict[str, Mask]:
    asked: dict[str, tuple[str, ...]] = {group: tuple(values) for group, values in query.facets.items() if values}
    if query.kinds:
        asked["kind"] = (*asked.get("kind", ()), *query.kinds)
    return {group: _having(table, group, values) for group, values in asked.items()}


def _counts(table: Table, passing: Mask, filters: dict[str, Mask]) -> dict[str, dict[str, int]]:
    """How many have each value, each group with every filter on but its own."""

    def counted(group: str) -> Any:
        rows = passing.copy()
        for other, mask in filters.items():
            if other != group:
                rows &= mask
        columns = table.columns
        return np.bincount(columns.codes[rows[columns.code_rows]], minlength=len(table.book.numbers))

    matched = counted("")
    counts = {}
    for group, values in list(table.book.groups.items()):
        if not group.startswith("@"):
            numbers = counted(group) if group in filters else matched
            found = {value: int(numbers[code]) for value, code in values if code < len(numbers) and numbers[code]}
            if found:
                counts[group] = found
    return counts


def _score(table: Table, words: Scored | None, miles: Floats, query: SearchQuery) -> Floats:
    columns = table.columns
    score = np.zeros(len(columns)) if words is None else WORDS * words.scores
    if query.near:
        score = score + NEARNESS * np.nan_to_num(1 / (1 + miles / HALF_WAY))
    if len(columns):
        today = query.now.astimezone(UTC).timestamp() // 86400 if query.now else columns.fresh.max()
        age = np.clip((today - columns.fresh) / STALE, 0, 1)
        score = score + FRESHNESS * np.where(columns.fresh > 0, 1 - age, 0)
    kinds = [table.book.numbers.get(f"kind={kind}", NOBODY) for kind in query.kinds]
    asked_for = np.isin(columns.main, kinds) & (columns.main != NOBODY)
    return np.asarray(score + MAIN_KIND * asked_for, dtype=np.float64)


def _page(
    table: Table, rows: Ints, score: Floats, miles: Floats, query: SearchQuery, first: int, last: int
) -> tuple[Match, ...]:
    if first >= last or first >= len(rows):
        return ()
    columns, ids = table.columns, table.columns.ids[rows]
    keys: tuple[Any, ...] = (ids, -score[rows])
    if query.sort == "near" and query.near:
        keys = (*keys, miles[rows])  # NaN sorts last
    ordered = rows[np.lexsort(keys)]
    if query.sort == "soon" and query.now:
        ordered = _soonest(table, ordered, query.now, last)
    return tuple(_match(columns, int(row), score, miles, query.now) for row in ordered[first:last])


def _match(columns: Columns, row: int, score: Floats, miles: Floats, now: datetime | None) -> Match:
    coming = next_occurrence(columns.weekly(row), now) if now and columns.times[row] else None
    return Match(
        id=int(columns.ids[row]),
        score=float(score[row]),
        miles=None if np.isnan(miles[row]) else float(miles[row]),
        next=coming.start if coming else None,
    )


def _soonest(table: Table, rows: Ints, now: datetime, last: int) -> Ints:
    """The first `last` rows by next occurrence, ties as they came; rows without one follow.

    The wall clock says how soon a row could come at the earliest, so only the first few are worked out exactly.
    """
    columns, earliest = table.columns, _earliest(table, now)[rows]
    exact: list[tuple[float, int]] = []
    for at in np.argsort(earliest, kind="stable"):
        if earliest[at] == inf or (len(exact) >= last and earliest[at] - SLACK > exact[last - 1][0]):
            break
        coming = next_occurrence(columns.weekly(int(rows[at])), now)
        if coming:
            insort(exact, ((coming.start.astimezone(UTC) - now).total_seconds() / 60, int(at)))
    chosen = [at for _, at in exact]
    rest = np.setdiff1d(np.arange(len(rows)), chosen)
    return rows[np.array([*chosen, *rest], dtype=np.int64)]


def _earliest(table: Table, now: datetime) -> Floats:
    """Minutes from now to the first time of each row by the wall clock of its zone; less than 0 when under way."""
    columns = table.columns
    clock = np.full(len(table.book.numbers) + 1, np.nan)  # the last stands for an unknown zone, -1
    for zone, code in list(table.book.groups.get("@zone", ())):
        clock[code] = _minute_of_week(zone, now)
    ahead = (columns.starts - clock[columns.zones]) % WEEK
    ahead = np.where(ahead > WEEK - columns.lengths, ahead - WEEK, ahead)
    earliest = np.full(len(columns), inf)
    np.fmin.at(earliest, columns.time_rows, ahead)  # NaN, the unknown, never counts
    return earliest


def _minute_of_week(zone: str, now: datetime) -> float:
    try:
        there = now.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return nan
    return there.isoweekday() % 7 * DAY + there.hour * 60 + there.minute + there.second / 60
