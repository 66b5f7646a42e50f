"""The records that real pairs name, read from their feeds: all of each, or only those and their rivals.

A rival shares a key with one side of a pair and so is compared with it: rivals.csv names them, so that a test need not
make 20,000 drafts for 1,700. `python -m tests.same --rivals` writes that file anew, from the feeds read whole.
"""

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

from directory.duplicates.blocking import MOST_SHARED
from directory.listing import ListingDraft
from directory.same.facts import Facts, keys
from importers.run import FOLDED, Result, read_feed

REAL, RIVALS = Path(__file__).with_name("real.csv"), Path(__file__).with_name("rivals.csv")
SIDES = ("a_feed", "a_record"), ("b_feed", "b_record")
Record = tuple[str, int]  # feed and number
# What whoever imports a feed has to name, because its records do not.
STATES = {"hsds/hsds11-transformer-output": "IL", "hsds/ilao-illinois-hsds11": "IL"}


def labels() -> list[dict[str, str]]:
    with REAL.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def sides(rows: list[dict[str, str]]) -> list[tuple[Record, Record]]:
    a, b = SIDES
    return [((row[a[0]], int(row[a[1]])), (row[b[0]], int(row[b[1]]))) for row in rows]


def feeds() -> list[str]:
    return sorted({feed for pair in sides(labels()) for feed, _ in pair})


def named() -> dict[str, set[int]]:
    """Numbers of the records in pairs, and of their rivals, by feed."""
    found: dict[str, set[int]] = defaultdict(set)
    for pair in sides(labels()):
        for feed, number in pair:
            found[feed].add(number)
    with RIVALS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["feed"]].add(int(row["record"]))
    return found


def drafts(samples: Path, feed: str, wanted: set[int] | None = None) -> dict[int, ListingDraft]:
    return {one.number: one.draft for one in _results(samples, feed, wanted) if one.draft and not one.outcome}


def folded(samples: Path, feed: str) -> set[int]:
    """Numbers of records that another one carries, and that have a part in what it says."""
    return {one.number for one in _results(samples, feed, None) if one.reason == FOLDED}


def _results(samples: Path, feed: str, wanted: set[int] | None) -> list[Result]:
    reading: Any = read_feed([samples / feed], publisher="A publisher", state=STATES.get(feed, ""))
    reading.let_in(everything=True)  # what is about aftercare is another question, and its answer moves
    if wanted is not None:
        make = reading._one
        reading._one = lambda row, draft: make(row, draft) if row.number in wanted else Result(row.number, {})
    return list(reading.results())


def write_rivals(samples: Path, known: dict[Record, Facts]) -> int:
    """`known` is all that lies in the areas of the pairs. Only pairs of two feeds have rivals."""
    blocks: dict[int, set[Record]] = defaultdict(set)
    for record, facts in known.items():
        for key in keys(facts):
            blocks[key].add(record)
    pairs = sides(labels())
    of_two = {side for a, b in pairs for side in (a, b) if a[0] != b[0]}
    near = {
        other
        for side in of_two
        for key in keys(known[side])
        if len(blocks[key]) <= MOST_SHARED
        for other in blocks[key]
        if other[0] != side[0]
    }
    near |= {(feed, number) for feed in feeds() for number in folded(samples, feed)}
    rows = sorted(near - {side for pair in pairs for side in pair})
    with RIVALS.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("feed", "record"), *rows])
    return len(rows)
