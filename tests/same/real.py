"""Labelled pairs of real records, by reference: real.csv names feed and record number of both sides, and what reading
both of them said. Nothing of a feed is copied; the feeds lie beside the checkout, or the measure is skipped.

Every feed is taken as one publisher's, and all of it that lies in the areas of these pairs is compared as the directory
compares: blocking, scoring and grouping, so that a listing that fits two houses of one operator is linked with neither.
"""

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from directory.duplicates.blocking import MOST_SHARED
from directory.listing import ListingDraft, Place
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


def labels() -> list[dict[str, str]]:
    with REAL.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def judged(samples: Path) -> tuple[Judged, ...]:
    rows = labels()
    feeds = sorted({row[feed] for row in rows for feed, _ in SIDES})
    read = {feed: _drafts(samples / feed) for feed in feeds}
    areas = {_area(read[row[feed]][int(row[record])]) for row in rows for feed, record in SIDES}
    known = {
        _id(feeds.index(feed), record): facts_of(_id(feeds.index(feed), record), feeds.index(feed), draft.as_dict())
        for feed, drafts in read.items()
        for record, draft in drafts.items()
        if _area(draft) in areas  # what lies elsewhere is compared with none of these
    }
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
        if known[a].publisher == known[b].publisher:  # two records of one feed, as if two publishers told them
            verdict = compare(known[a], known[b]) if keys(known[a]) & keys(known[b]) else None
            together = verdict is not None and verdict.grade is Grade.SURE
        else:
            verdict = verdicts.get((min(a, b), max(a, b)))
            together = a in leads and leads[a] == leads.get(b)
        asked = verdict is not None and verdict.grade is not Grade.OTHER
        became = "linked" if together else "queued" if asked else "apart"
        found.append(Judged(row["half"], row["label"], row["why"], became, known[a], known[b], verdict))
    return tuple(found)


def _id(feed: int, record: int) -> int:
    return feed * 1_000_000 + record


def _drafts(feed: Path) -> dict[int, ListingDraft]:
    reading = read_feed([feed], publisher="A publisher")
    reading.let_in(everything=True)  # what is about aftercare is another question, and its answer moves
    return {one.number: one.draft for one in reading.results() if one.draft is not None and not one.outcome}


def _area(draft: ListingDraft) -> str:
    """The first three digits of the ZIP code, or the city, where a draft has them."""
    place = draft.place or Place()
    return place.postal_code[:3] or place.city.casefold()


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
