"""Labelled pairs of real records, by reference: real.csv names feed and record number of both sides, and what reading
both of them said. Nothing of a feed is copied; the feeds lie beside the checkout, or the measure is skipped.

Every feed is taken as one publisher's, and all of it that lies in the areas of these pairs is compared as the directory
compares: blocking, scoring and grouping, so that a listing that fits two houses of one operator is linked with neither.
Two records of one feed are compared by themselves, as if two publishers had told them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from directory.duplicates.blocking import MOST_SHARED
from directory.listing import ListingDraft, Place
from directory.same.facts import Facts, facts_of, keys
from directory.same.grouping import Edge, Standing, grouped
from directory.same.reasons import Grade, Verdict
from directory.same.scoring import compare
from tests.same.records import Record, drafts, feeds, labels, named, sides, write_rivals

SETS = ("tune", "test", "test2", "test3")  # the halves of the first set, and two that were drawn later


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled pair and what became of it: linked, queued or apart."""

    half: str  # one of SETS
    label: str  # same, different or unsure
    why: str
    became: str
    a: Facts
    b: Facts
    verdict: Verdict | None

    @property
    def two_feeds(self) -> bool:
        return self.a.publisher != self.b.publisher


@cache
def judged(samples: Path, whole: bool = False) -> tuple[Judged, ...]:
    """With `whole` every record is read; without, those that pairs name and their rivals, in a tenth of the time."""
    known = records(samples, whole)
    verdicts = {(a, b): compare(x, y) for (a, b), (x, y) in _candidates(known.values()).items()}
    edges = [
        Edge(a, b, Standing(verdict.grade.value), verdict.score)
        for (a, b), verdict in verdicts.items()
        if verdict.grade is not Grade.OTHER
    ]
    leads = grouped(edges, {one.id: one.publisher for one in known.values()}).lead_of
    found = []
    rows = labels()
    for row, (one, other) in zip(rows, sides(rows), strict=True):
        a, b = known[one], known[other]
        if a.publisher == b.publisher:
            verdict = compare(a, b) if keys(a) & keys(b) else None
            together = verdict is not None and verdict.grade is Grade.SURE
        else:
            verdict = verdicts.get((min(a.id, b.id), max(a.id, b.id)))
            together = a.id in leads and leads[a.id] == leads.get(b.id)
        asked = verdict is not None and verdict.grade is not Grade.OTHER
        became = "linked" if together else "queued" if asked else "apart"
        found.append(Judged(row["half"], row["label"], row["why"], became, a, b, verdict))
    return tuple(found)


def records(samples: Path, whole: bool) -> dict[Record, Facts]:
    """What of each feed is compared: no more than lies in the areas of the pairs."""
    wanted = named()
    read = {feed: drafts(samples, feed, None if whole else wanted[feed]) for feed in feeds()}
    areas = {_area(read[feed][number]) for pair in sides(labels()) for feed, number in pair}
    return {
        (feed, number): facts_of(n * 1_000_000 + number, n, draft.as_dict())
        for n, feed in enumerate(feeds())
        for number, draft in read[feed].items()
        if _area(draft) in areas  # what lies elsewhere is compared with none of these
    }


def rivals(samples: Path) -> int:
    return write_rivals(samples, records(samples, whole=True))


def _area(draft: ListingDraft) -> str:
    """The first three digits of the ZIP code, or the city, where a draft has them."""
    place = draft.place or Place()
    return place.postal_code[:3] or place.city.casefold()


def _candidates(known: Iterable[Facts]) -> dict[tuple[int, int], tuple[Facts, Facts]]:
    blocks: dict[int, list[Facts]] = defaultdict(list)
    for one in known:
        for key in keys(one):
            blocks[key].append(one)
    return {
        (min(a.id, b.id), max(a.id, b.id)): (a, b)
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
