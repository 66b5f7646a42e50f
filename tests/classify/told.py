"""What the importers hand to the classifier for each record of the real exports: measured is what is imported."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import importers.hsds.drafting
import importers.sources.icarol
from importers.classify import Meaning, Told, decide
from importers.rows import Feed, Row, Skip
from importers.run import read_feed
from tests.classify.records import DC, ILLINOIS, OHANA, PROBATION, WASHINGTON

ROOMS = (importers.hsds.drafting, importers.sources.icarol)  # which ask for a meaning
Found = dict[tuple[str, int], Told]


@cache  # read once, asked by every half
def told(samples: Path) -> Found:
    """By file and number of the record (from 1); those left out before, for being closed or nameless, are not there."""
    found: Found = {}
    for file in (DC, WASHINGTON, ILLINOIS, OHANA, PROBATION):
        whole = samples / file
        feed = whole.parent if whole.name == "services.csv" else whole  # tables beside each other are one feed
        with _noting(file, found):
            for _ in read_feed([feed]).results():
                pass
    return found


@contextmanager
def _noting(file: str, found: Found) -> Iterator[None]:
    def noted(said: Told, row: Row, feed: Feed, key: str = "") -> Meaning:
        found[file, row.number] = said
        raise Skip("noted")  # what it is drafted as from here on is nothing that is measured

    for room in ROOMS:
        vars(room)["decide"] = noted
    try:
        yield
    finally:
        for room in ROOMS:
            vars(room)["decide"] = decide
