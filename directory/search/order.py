"""The order of what was found: scores, distances, next times; only what may be on the page is put in order."""

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import inf, isnan, nan
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray

from directory.schedule import DAY, WEEK, next_occurrence
from directory.search.columns import Columns, Floats, Ints, Mask, Table, lasting
from directory.search.query import Match, SearchQuery
from directory.search.spots import Spots, to_miles

# The one place for the weights of `best`; each part runs from 0 to 1.
WORDS = 1.0  # how well the words fit: each as BM25F has it, the rarer the more
NEARNESS = 0.5
FRESHNESS = 0.15
MAIN_KIND = 0.1  # its main kind was asked for, not one it has besides
HALF_WAY = 8.0  # miles at which nearness is one half
QUARTER = 900  # seconds
SLACK = 180  # minutes a DST change may move an occurrence against its wall clock, and more


@dataclass(slots=True)
class Found:
    """Rows that have the words and the times asked for, and what their order needs; None what was not asked."""

    rows: Ints
    text: NDArray[np.float32] | None = None  # how well they have the words, 0..1
    chords: Floats | None = None  # to the place asked for; NaN without one
    soonest: Floats | None = None  # minutes from now by the wall clock; inf without a time
    sure: Mask | None = None  # whether the wall clock knows

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, at: Ints) -> "Found":
        asked = (getattr(self, name) for name in ASKED)
        return Found(self.rows.take(at), *(None if column is None else column.take(at) for column in asked))


ASKED = Found.__slots__[1:]


def joined(found: Sequence[Found]) -> Found:
    if len(found) == 1:
        return found[0]
    if not found:
        return Found(np.zeros(0, np.int64))
    asked = ([getattr(one, name) for one in found] for name in ASKED)
    rows = np.concatenate([one.rows for one in found])
    return Found(rows, *(None if parts[0] is None else np.concatenate(parts) for parts in asked))


def page(table: Table, found: Found, query: SearchQuery, first: int, last: int) -> tuple[Match, ...]:
    """From `first` to `last` in the order asked for."""
    if first >= last or first >= len(found):
        return ()
    if query.sort == "near" and found.chords is not None:
        key = np.where(np.isnan(found.chords), inf, found.chords)
    elif query.sort == "soon" and query.now and found.soonest is not None and found.sure is not None:
        key = _soon(table.columns, found.rows, found.soonest, found.sure, query.now, last)
    else:
        key = -_score(table, found, query)
    if last < len(found):
        chosen = np.flatnonzero(key <= np.partition(key, last - 1)[last - 1])
        found, key = found.take(chosen), key[chosen]
    score = _score(table, found, query)
    order = np.lexsort((table.columns.ids[found.rows], -score, key))[first:last]
    rows, score = found.rows[order], score[order]
    far = np.full(len(rows), nan) if found.chords is None else to_miles(found.chords[order])
    listed = (table.columns.ids[rows], score, far, rows)
    return tuple(
        Match(id, value, None if isnan(miles) else miles, _next(table.columns, row, query.now))
        for id, value, miles, row in zip(*(column.tolist() for column in listed), strict=True)
    )


def _score(table: Table, found: Found, query: SearchQuery) -> Floats:
    score = np.zeros(len(found)) if found.text is None else WORDS * found.text.astype(np.float64)
    if found.chords is not None:
        score += NEARNESS * np.fmax(1 / (1 + to_miles(found.chords) / HALF_WAY), 0)  # NaN, nowhere, is not near
    today = query.now.astimezone(UTC).timestamp() // 86400 if query.now else table.newest
    score += FRESHNESS * freshness(table.columns, found.rows, int(today))
    kinds = [table.numbers[code] for kind in query.kinds if (code := f"kind={kind}") in table.numbers]
    if kinds:
        score += MAIN_KIND * np.isin(table.columns.main[found.rows], kinds)
    return score


def freshness(columns: Columns, rows: Ints, today: int) -> NDArray[np.float32]:
    """How much of what is known of each row still counts on that day since 1970, 0..1."""
    fresh, fade = columns.fresh.take(rows), columns.fade.take(rows)
    age = np.maximum(today - fresh, 0).astype(np.float32)
    return np.asarray(np.exp2(-age * fade) * (fresh > 0), np.float32)


def _next(columns: Columns, row: int, now: datetime | None) -> datetime | None:
    coming = next_occurrence(columns.weekly(row), now) if now else None
    return coming.start if coming else None


def _soon(columns: Columns, rows: Ints, soonest: Floats, sure: Mask, now: datetime, last: int) -> Floats:
    """Minutes from now to each row's next time, less than 0 when under way; inf without one or behind the `last`.

    The wall clock knows it for times of every week in a zone that changes nothing soon. For others it only says how
    soon they could come at the earliest; of these just the ones that may be among the `last` are worked out.
    """
    key = np.where(sure, soonest, inf)
    bound = np.partition(key, last - 1)[last - 1] if len(key) >= last else inf
    doubtful = np.flatnonzero(~sure & (soonest < inf) & (soonest - SLACK <= bound))
    exact: list[float] = []
    for one in doubtful[np.argsort(soonest[doubtful])]:
        if len(exact) >= last and soonest[one] - SLACK > exact[last - 1]:
            break
        coming = next_occurrence(columns.weekly(int(rows[one])), now)
        if coming:
            key[one] = (coming.start.astimezone(UTC) - now).total_seconds() / 60
            insort(exact, float(key[one]))
    return key


def by_the_clock(columns: Columns, spots: Spots, now: datetime, wanted: Ints) -> tuple[Floats, Mask]:
    """Minutes from now to the first time of each spot wanted by the wall clock, and whether that is sure."""
    minutes, steady = np.full(len(columns.zone_names) + 1, nan), np.ones(len(columns.zone_names) + 1, np.bool_)
    for number, zone in enumerate(columns.zone_names):
        minutes[number], steady[number] = _wall(zone, now)
    at, places = spots.places(columns.time_rows)
    zones = columns.zones[at]
    ahead = columns.starts[at] - minutes[zones]
    ahead += WEEK * (ahead < 0)
    ahead -= WEEK * (ahead > WEEK - lasting(columns.lengths[at]))
    earliest, sure = np.full(spots.size, inf), np.ones(spots.size, np.bool_)
    np.fmin.at(earliest, places, ahead)  # NaN, the unknown, never counts
    sure[places[~(columns.plain[at] & steady[zones])]] = False
    return earliest[wanted], sure[wanted]


def _wall(zone: str, now: datetime) -> tuple[float, bool]:
    """The minute of the week there, and whether its clock keeps its pace a week back and ahead."""
    offset, steady = _offset(zone, int(now.timestamp()) // QUARTER)
    there = now.astimezone(UTC) + timedelta(minutes=0 if isnan(offset) else offset)
    minute = there.isoweekday() % 7 * DAY + there.hour * 60 + there.minute + there.second / 60
    return nan if isnan(offset) else minute, steady


@lru_cache(maxsize=4096)
def _offset(zone: str, quarter: int) -> tuple[float, bool]:
    """Minutes its clock is ahead of UTC, in a quarter of an hour within which none changes; whether it stays so."""
    try:
        there = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return nan, True
    now = datetime.fromtimestamp(quarter * QUARTER, UTC)
    around = [now, now - timedelta(days=8), now + timedelta(days=8)]
    offsets = [(moment.astimezone(there).utcoffset() or timedelta()).total_seconds() / 60 for moment in around]
    return offsets[0], len(set(offsets)) == 1
