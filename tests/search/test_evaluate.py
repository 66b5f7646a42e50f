"""Any question over any small corpus is answered as one would by reading every listing."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from math import inf, isclose
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from directory.schedule import WeeklyTime
from directory.search.query import Document, Match, SearchQuery, Window
from directory.search.whoosh_engine import WhooshEngine
from directory.vocab import Kind
from tests.search.reference import Expected, Reference
from tests.search.world import HERE

SAID = [
    "lantern",
    "harbor",
    "gardens",
    "gardening",
    "methadone",
    "Suboxone",
    "sober living",
    "women",
    "12 step",
    "zoom",
]
ASKED = [*SAID, "gard", "lant", "buprenorphine", "halfway house", "medicaid", "near me", "lantren", "mujeres", "sober"]
KINDS = [Kind.SUPPORT_GROUP, Kind.OUTPATIENT, Kind.SOBER_LIVING]
FACETS = {"payment": ["free", "medicaid", "medicare"], "gender": ["women", "men"], "language": ["es", "ru"]}
ZONES = ["America/New_York", "America/Los_Angeles", "Australia/Lord_Howe", "Nowhere/At_All", None]
SAYING = st.lists(st.sampled_from(SAID), max_size=4).map(" ".join)
HOURS = st.integers(0, 1439)


def subsets(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=2).map(tuple)


@st.composite
def times(draw: st.DrawFn) -> WeeklyTime:
    start, length = draw(HOURS), draw(st.sampled_from([None, 1, 60, 1440]))
    return WeeklyTime(
        draw(st.integers(0, 6)),
        start,
        None if length is None else start + length,
        draw(st.sampled_from(ZONES)),
        draw(st.sampled_from([(), (), (), (1, 3), (-1,)])),
        draw(st.sampled_from([1, 1, 1, 2])),
        draw(st.sampled_from([None, None, date(2026, 3, 1), date(2026, 12, 1)])),
        draw(st.sampled_from([None, None, date(2026, 12, 24)])),
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    placed = draw(st.integers(0, 4)) > 0
    degrees = st.sampled_from([0.0, 0.05, -0.1, 0.3, 0.6, -2.0, 30.0])
    return Document(
        id=draw(st.integers(1, 40)),
        kinds=tuple(draw(st.lists(st.sampled_from(KINDS), unique=True, min_size=1, max_size=2))),
        name=draw(SAYING),
        categories=draw(SAYING),
        description=draw(SAYING),
        city=draw(st.sampled_from(["", "Columbus"])),
        lat=HERE.lat + draw(degrees) if placed else None,
        lon=HERE.lon + draw(degrees) if placed else None,
        facets={group: draw(subsets(values)) for group, values in FACETS.items()},
        times=tuple(draw(st.lists(times(), max_size=2))),
        anywhere=draw(st.integers(0, 5)) == 0,
        nationwide=draw(st.integers(0, 9)) == 0,
        states=draw(st.sampled_from([(), (), (), ("OH",), ("NY", "OH")])),
        counties=draw(st.sampled_from([(), (), ("OH:Franklin",), ("NY:Franklin",)])),
        fresh_on=draw(st.sampled_from([0, 20000, 20400])),
        fade=draw(st.sampled_from([1 / 64, 1 / 512])),
    )


@st.composite
def questions(draw: st.DrawFn) -> SearchQuery:
    now = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC))
    window = st.builds(lambda day, start, length: Window(day, start, start + length), st.integers(0, 6), HOURS, HOURS)
    return SearchQuery(
        words=" ".join(draw(st.lists(st.sampled_from(ASKED), max_size=3))),
        near=draw(st.sampled_from([None, HERE, HERE, HERE])),
        radius=draw(st.sampled_from([0, 5, 25, 100, inf])),
        kinds=tuple(draw(st.lists(st.sampled_from(KINDS), unique=True, max_size=2))),
        facets={
            group: draw(subsets([*values, "unheard of"])) for group, values in FACETS.items() if draw(st.booleans())
        },
        window=draw(st.none() | window),
        now=draw(st.none() | now),
        sort=draw(st.sampled_from(["best", "near", "soon"])),
        limit=draw(st.sampled_from([3, 1000])),
    )


def agrees(matches: Sequence[Match], expected: Expected, ids: set[int], query: SearchQuery) -> bool:
    """The first of `ids` in the order asked for, equal ones in any order, with their scores."""
    got = [key for match in matches for key in expected.keys[match.id]]
    best = [key for keys in sorted(expected.keys[id] for id in ids)[: query.limit] for key in keys]
    same = all(a == b or isclose(a, b, abs_tol=1e-5) for a, b in zip(got, best, strict=True))
    return same and all(isclose(match.score, expected.scores[match.id], abs_tol=1e-5) for match in matches)


@given(
    first=st.lists(documents(), max_size=25),
    later=st.lists(st.tuples(st.lists(documents(), max_size=4), st.sets(st.integers(1, 40), max_size=4)), max_size=5),
    asked=st.lists(questions(), min_size=1, max_size=6),
)
def test_every_answer_is_that_of_reading_every_listing(
    first: list[Document], later: list[tuple[list[Document], set[int]]], asked: list[SearchQuery]
) -> None:
    with TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder))
        engine.rebuild(first, 1)
        known = {one.id: one for one in first}
        for changed, removed in later:
            engine.write(changed, removed, 2)
            known = {id: one for id, one in known.items() if id not in removed} | {one.id: one for one in changed}
        reference = Reference(known.values())
        for query in asked:
            answer, expected = engine.search(query), reference.expected(query)
            assert {group: dict(counts) for group, counts in answer.facets.items()} == expected.facets
            assert (answer.total, answer.beyond_total) == (len(expected.inside), len(expected.outside))
            assert {match.id for match in answer.matches} <= expected.inside
            assert {match.id for match in answer.beyond} <= expected.outside
            assert agrees(answer.matches, expected, expected.inside, query)
            assert agrees(answer.beyond, expected, expected.outside, query)
        engine.close()
