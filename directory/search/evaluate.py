"""From a state of the index and a question to an answer: words, filters, distance, exact totals, facet counts."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.schedule import DAY, WEEK
from directory.search.columns import Bits, Columns, Ints, Mask, Table, bit_counts, lasting, packed, unpacked
from directory.search.order import Found, by_the_clock, joined, page
from directory.search.query import Answer, SearchQuery, Window
from directory.search.snapshot import Question, Snapshot, Word
from directory.search.spots import HAIR, Spots, beyond, blocks, chord, chords
from directory.search.text import STEPS

SECOND = ThreadPoolExecutor(1, "search")  # makes its thread when it is first asked
Filters = dict[str, Bits]  # what each group asks for, a bit a spot


@dataclass(frozen=True, slots=True)
class Seen:
    """What some blocks hold."""

    inside: Found
    outside: Found  # beyond the radius, but not to be hidden by it
    counts: dict[str, Ints]  # of each code, with every filter but that of the group; "" with every one
    words: bool  # whether any listing there has the words, whatever the filters


def answer(snapshot: Snapshot, query: SearchQuery) -> Answer:
    question, wanted = snapshot.question(query.words), blocks(snapshot, query.near, query.radius)
    runs = list(Spots.of(wanted))
    seen = _each(runs, lambda spots: _look(snapshot, question, query, spots, every=True))
    if len(question.words) > 1 and not any(one.words for one in seen) and not question.all_somewhere():
        seen = _each(runs, lambda spots: _look(snapshot, question, query, spots, every=False))
    inside, outside = joined([one.inside for one in seen]), joined([one.outside for one in seen])
    first = max(query.offset, 0)
    last = first + max(query.limit, 0)
    return Answer(
        total=len(inside),
        matches=page(snapshot.table, inside, query, first, last),
        facets=_facets(snapshot.table, [one.counts for one in seen]),
        beyond_total=len(outside),
        beyond=page(snapshot.table, outside, query, 0, last - first),
        did_you_mean=question.did_you_mean(),
    )


def _each(runs: Sequence[Spots], look: Callable[[Spots], Seen]) -> list[Seen]:
    """Long arrays leave the interpreter free: every other one is looked at by a second thread."""
    if len(runs) < 2:
        return [look(spots) for spots in runs]
    others = SECOND.submit(lambda: [look(spots) for spots in runs[1::2]])
    return [look(spots) for spots in runs[::2]] + others.result()


def _look(snapshot: Snapshot, question: Question, query: SearchQuery, spots: Spots, every: bool) -> Seen:
    table, live = snapshot.table, snapshot.table.live[spots.blocks]
    passing, text, words = unpacked(live), None, True
    if question.words:
        text, having = _text(table, question, spots, every)
        passing &= having
        words = bool(passing.any())
    if query.window:
        passing &= _meeting(table.columns, spots, query.window)
    at = np.flatnonzero(passing)
    rows = spots.rows(at)
    filters = _filters(table, spots, query)
    found = Found(rows, text=None if text is None else text[at])
    within = passing
    if query.near:
        found.chords = chords(table, spots, at, rows, query.near)
        inside = (found.chords <= chord(query.radius) + HAIR) & ~unpacked(table.anywhere[spots.blocks])[at]
        outside = beyond(snapshot, spots, query.near)[at] & ~inside
        within = np.zeros(spots.size, np.bool_)
        within[at[inside]] = True
    else:
        inside, outside = np.ones(len(rows), np.bool_), np.zeros(len(rows), np.bool_)
    if query.sort == "soon" and query.now:
        found.soonest, found.sure = by_the_clock(table.columns, spots, query.now, at)
    counts = _counts(table, spots, packed(within), filters)
    if filters:
        fitting = unpacked(np.bitwise_and.reduce(list(filters.values())))[at]
        inside, outside = inside & fitting, outside & fitting
    return Seen(found.take(np.flatnonzero(inside)), found.take(np.flatnonzero(outside)), counts, words)


# Words and times


def _text(table: Table, question: Question, spots: Spots, every: bool) -> tuple[NDArray[np.float32], Mask]:
    """How well each spot has the words (0..1), and which have every one of them, or else any."""
    rarity = sum(word.rare for word in question.words) or 1.0
    score, hits = np.zeros(spots.size, np.float32), np.zeros(spots.size, np.float32)
    all_of = np.ones(spots.size, np.bool_)
    for word in question.words:
        says = _says(table, word, spots)
        having = says > 0
        all_of &= having
        if not every:
            hits += having
        says *= np.float32(word.rare / rarity)
        score += says
    return (score, all_of) if every else (score * (hits / np.float32(len(question.words))), hits > 0)


def _says(table: Table, word: Word, spots: Spots) -> NDArray[np.float32]:
    """How well each spot has one word, 0..1; 0 where it has not."""
    says = np.zeros(spots.size, np.float32)
    for code, weight in word.codes:
        labelled = unpacked(table.columns.bits[spots.blocks, code]) * np.float32(weight)
        says = np.maximum(says, labelled, out=labelled)
    for (rows, impacts), weight in word.postings:
        at, places = spots.places(rows)
        says[places] += impacts[at] * np.float32(weight / STEPS)
    return np.minimum(says, 1, out=says) if len(word.postings) + len(word.codes) > 1 else says


def _meeting(columns: Columns, spots: Spots, window: Window) -> Mask:
    """Spots with a time that shares a minute with the window, whichever begins first, also around the week's end."""
    begins = (window.weekday * DAY + window.start) % WEEK
    at, places = spots.places(columns.time_rows)
    after = columns.starts[at].astype(np.int32) - begins  # minutes from the window's beginning to the start
    after += WEEK * (after < 0)
    starts_in_it = after < max(window.end - window.start, 1)
    under_way = (after == 0) | (WEEK - after < lasting(columns.lengths[at]))
    meeting = np.zeros(spots.size, np.bool_)
    meeting[places[starts_in_it | under_way]] = True
    return meeting


# Filters and counts


def _filters(table: Table, spots: Spots, query: SearchQuery) -> Filters:
    asked: dict[str, tuple[str, ...]] = {group: tuple(values) for group, values in query.facets.items() if values}
    if query.kinds:
        asked["kind"] = (*asked.get("kind", ()), *query.kinds)
    return {group: _having(table, spots, group, values) for group, values in asked.items()}


def _having(table: Table, spots: Spots, group: str, values: Sequence[str]) -> Bits:
    codes = [code for value in values if (code := table.numbers.get(f"{group}={value}")) is not None]
    found = np.zeros(len(spots.blocks), np.uint64)
    for code in codes:
        found |= table.columns.bits[spots.blocks, code]
    return found


def _counts(table: Table, spots: Spots, within: Bits, filters: Filters) -> dict[str, Ints]:
    """How many have each code: with every filter, and for each group that has one with every other."""
    counts = {}
    for group in ("", *filters):
        mask = np.bitwise_and.reduce([within, *(bits for other, bits in filters.items() if other != group)])
        some = np.flatnonzero(mask)
        counts[group] = bit_counts(table.columns.bits, spots.blocks[some], mask[some])
    return counts


def _facets(table: Table, seen: Sequence[dict[str, Ints]]) -> dict[str, dict[str, int]]:
    """Counts drilled sideways: a group's own filter does not count for it."""
    if not seen:
        return {}
    totals = {name: np.add.reduce([counts[name] for counts in seen]).tolist() for name in seen[0]}
    facets = {}
    for group, values in table.groups.items():
        numbers = totals.get(group, totals[""])
        facets[group] = {value: numbers[code] for value, code in values if numbers[code]}
    return {group: found for group, found in facets.items() if found}
