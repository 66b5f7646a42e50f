"""A segment on disk is one of Whoosh's, and segments merged hold what their documents held."""

from itertools import pairwise
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.query import And, Or, Term

from directory.search.builder import Builder
from directory.search.columns import NOBODY
from directory.search.segment import TERMS, Part, Segment, area, schema
from directory.search.whoosh_engine import WhooshEngine
from tests.search.world import away, doc, filled, time


def opened(root: Path, builder: Builder) -> tuple[Segment, Part]:
    segment = builder.write(root)
    return segment, Part(FileStorage(str(root)), segment)


def test_a_county_is_one_with_or_without_the_word() -> None:
    assert area("oh", "Franklin") == area("OH", "Franklin County") == "@OH:franklin"
    assert area("oh") == "@OH"


def test_whooshs_own_searcher_reads_the_postings(tmp_path: Path) -> None:
    filled(WhooshEngine(tmp_path), doc(1, "Lantern Harbor"), doc(2, "Lantern"), doc(3, "Harbor"))
    folder = next(entry for entry in tmp_path.iterdir() if entry.is_dir())
    with FileIndex(FileStorage(str(folder)), schema()).searcher() as searcher:
        lantern, harbor = Term(TERMS, "lantern"), Term(TERMS, "harbor")
        found = [len(list(searcher.docs_for_query(query))) for query in (And([lantern, harbor]), Or([lantern, harbor]))]
    assert found == [1, 3]


def test_rows_of_a_neighbourhood_lie_together(tmp_path: Path) -> None:
    builder = Builder()
    for number in range(1, 41):
        builder.add(doc(number, **away(0.1 * number if number % 2 else 900 + number)))
    _, part = opened(tmp_path, builder)
    near = [id % 2 for id in part.columns.ids.tolist() if id != NOBODY]
    assert sum(a != b for a, b in pairwise(near)) == 1


def test_merging_keeps_words_values_times_and_places_of_live_rows(tmp_path: Path) -> None:
    documents = [
        doc(n, f"Lantern number{n}", facets={"payment": ("free",)} if n % 2 else {}, times=(time(n % 7, "9:00"),),
            states=("OH",), fresh_on=20000 + n, **away(n)) for n in range(1, 91)
    ]  # fmt: skip
    first = Builder()
    for one in documents:
        first.add(one)
    _, part = opened(tmp_path, first)
    alive = (part.columns.ids != NOBODY) & (part.columns.ids > 10)
    merged, anew = Builder(), Builder()
    merged.take(part, alive)
    for one in documents[10:]:
        anew.add(one)
    _, got = opened(tmp_path, merged)
    _, wanted = opened(tmp_path, anew)
    for name in ("ids", "x", "y", "z", "fresh", "fade", "time_rows", "starts", "lengths"):
        assert np.array_equal(getattr(got.columns, name), getattr(wanted.columns, name), equal_nan=name in "xyz"), name
    for term in ("lantern", "number7", "number70", "@OH"):
        assert [part.tolist() for part in got.postings(term)] == [part.tolist() for part in wanted.postings(term)]
    assert [got.columns.weekly(row) for row in range(80)] == [wanted.columns.weekly(row) for row in range(80)]
    assert set(got.lexicon(TERMS)) == set(wanted.lexicon(TERMS))
