"""Labelled pairs of real records, by reference: real.csv names feed and record number of both sides, and what reading
both of them said. Nothing of a feed is copied; the feeds lie beside the checkout, or the measure is skipped.

Every feed is taken as one publisher's and the whole of them compared as the directory compares: blocking, scoring and
grouping, so that a listing that fits two houses of one operator is linked with neither.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from directory.duplicates.blocking import MOST_SHARED
from directory.same.facts import Facts, facts_of, keys
from directory.same.grouping import Edge, Standing, grouped
from directory.same.reasons import Grade, Verdict
from directory.same.scoring import compare
from importers.run import read_feed

REAL = Path(__file__).with_name("real.csv")
SIDES = ("a_feed", "a_record"), ("b_feed", "b_record")


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled pair and what became of it: linked, queued or apart."""

    half: str  # tune or test
    label: str  # same, different or unsure
    why: str
    became: str
    a: Facts
    b: Facts
    verdict: Verdict | None


@cache
def judged(samples: Path) -> tuple[Judged, ...]:
    rows = list(csv.DictReader(REAL.open(encoding="utf-8")))
    feeds = sorted({row[feed] for row in rows for feed, _ in SIDES})
    known = {one.id: one for number, feed in enumerate(feeds) for one in _facts(samples, feed, number)}
    ids = [tuple(_id(feeds.index(row[feed]), int(row[record])) for feed, record in SIDES) for row in rows]
    verdicts = {(a, b): compare(known[a], known[b]) for a, b in _candidates(known)}
    edges = [
        Edge(a, b, Standing(verdict.grade.value), verdict.score)
        for (a, b), verdict in verdicts.items()
        if verdict.grade is not Grade.OTHER
    ]
    leads = grouped(edges, {number: one.publisher for number, one in known.items()}).lead_of
    found = []
    for row, (a, b) in zip(rows, ids, strict=True):
        verdict = verdicts.get((min(a, b), max(a, b)))
        together = a in leads and leads[a] == leads.get(b)
        asked = verdict is not None and verdict.grade is not Grade.OTHER
        became = "linked" if together else "queued" if asked else "apart"
        found.append(Judged(row["half"], row["label"], row["why"], became, known[a], known[b], verdict))
    return tuple(found)


def _id(feed: int, record: int) -> int:
    return feed * 1_000_000 + record


def _facts(samples: Path, feed: str, number: int) -> Iterator[Facts]:
    for result in read_feed([samples / feed], publisher="A publisher").results():
        if result.draft is not None and not result.outcome:
            yield facts_of(_id(number, result.number), number, result.draft.as_dict())


def _candidates(known: dict[int, Facts]) -> set[tuple[int, int]]:
    blocks: dict[int, list[Facts]] = defaultdict(list)
    for one in known.values():
        for key in keys(one):
            blocks[key].append(one)
    return {
        (min(a.id, b.id), max(a.id, b.id))
        for block in blocks.values()
        if 1 < len(block) <= MOST_SHARED
        for a in block
        for b in block
        if a.publisher < b.publisher
    }


@dataclass(frozen=True, slots=True)
class Figures:
    """Of labelled pairs, without those that reading could not tell; these are counted apart."""

    same: int
    different: int
    unsure: int
    precision: float
    recall: float
    with_queue: float
    wrong: int
    unsure_linked: int


def figures(pairs: list[Judged]) -> Figures:
    count = Counter((pair.label, pair.became) for pair in pairs)
    total = Counter(pair.label for pair in pairs)
    right, wrong = count["same", "linked"], count["different", "linked"]
    return Figures(
        same=total["same"],
        different=total["different"],
        unsure=total["unsure"],
        precision=right / max(right + wrong, 1),
        recall=right / max(total["same"], 1),
        with_queue=(right + count["same", "queued"]) / max(total["same"], 1),
        wrong=wrong,
        unsure_linked=count["unsure", "linked"],
    )
