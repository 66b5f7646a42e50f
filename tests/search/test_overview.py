"""The whole directory from above: what is public, how old, where; retired listings do not count."""

from datetime import date
from pathlib import Path

from directory.search.query import Document
from directory.search.whoosh_engine import WhooshEngine
from directory.vocab import Kind

TODAY = date(2026, 5, 5)
DAY = (TODAY - date(1970, 1, 1)).days


def test_kinds_ages_and_places_of_what_is_public(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    documents = [
        Document(1, (Kind.OUTPATIENT,), "Clinic", lat=39.96, lon=-83.0, fresh_on=DAY),
        Document(2, (Kind.OUTPATIENT,), "Old clinic", lat=40.0, lon=-83.1, fresh_on=DAY - 200),
        Document(3, (Kind.SUPPORT_GROUP,), "Online", anywhere=True),
        Document(4, (Kind.SOBER_LIVING,), "Gone", lat=39.0, lon=-82.0, fresh_on=DAY),
    ]
    engine.write(documents, [], 1)
    engine.write([], [4], 2)
    seen = engine.overview(TODAY)
    assert seen.kinds == {"outpatient": (1, 0, 0, 1, 0, 0), "support_group": (0, 0, 0, 0, 0, 1)}
    assert sorted(zip(seen.lat.round(2).tolist(), seen.lon.round(2).tolist(), seen.kind.tolist(), strict=True)) == [
        (39.96, -83.0, "outpatient"),
        (40.0, -83.1, "outpatient"),
    ]


def test_an_empty_directory_has_nothing(tmp_path: Path) -> None:
    seen = WhooshEngine(tmp_path).overview(TODAY)
    assert (seen.kinds, len(seen.lat), len(seen.kind)) == ({}, 0, 0)
