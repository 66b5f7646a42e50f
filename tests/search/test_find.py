"""Never an empty page: widening, relaxing and correcting over any engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from directory.search.find import Relaxed, find
from directory.search.query import Answer, Engine, SearchQuery, Window
from directory.search.whoosh_engine import WhooshEngine
from directory.vocab import Kind
from tests.search.world import HERE, away, beyond, doc, filled, ids, time


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = WhooshEngine(tmp_path)
    yield engine
    engine.close()


class Counting:
    """Writes down the questions."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.asked = engine, list[SearchQuery]()

    def search(self, query: SearchQuery) -> Answer:
        self.asked.append(query)
        return self.engine.search(query)


def test_enough_near_by_is_one_question_and_nothing_widened(engine: Engine) -> None:
    filled(engine, *(doc(n) for n in range(1, 6)))
    counting = Counting(engine)
    found = find(counting, SearchQuery(near=HERE, facets={"payment": ()}))  # type: ignore[arg-type]
    assert (found.widened, found.radius_asked, found.relaxed, len(counting.asked)) == (False, 25, (), 1)


@pytest.mark.parametrize(("miles", "radius"), [(40, 50), (80, 100), (200, 250)])
def test_the_radius_grows_until_something_is_found_and_says_so(engine: Engine, miles: float, radius: float) -> None:
    filled(engine, doc(1, **away(miles)), doc(2, **away(249)))
    found = find(engine, SearchQuery(near=HERE))
    assert (found.widened, found.query.radius, found.radius_asked) == (True, radius, 25)
    assert ids(found.answer)[0] == 1


def test_a_wide_question_is_never_narrowed(engine: Engine) -> None:
    filled(engine, doc(1, **away(240)))
    found = find(engine, SearchQuery(near=HERE, radius=120))
    assert (found.widened, found.query.radius) == (True, 250)
    assert find(engine, SearchQuery(near=HERE, radius=400)).widened is False


def test_nothing_anywhere_keeps_the_radius_and_what_is_beyond(engine: Engine) -> None:
    filled(engine, doc(1, **away(900)), doc(2, anywhere=True))
    found = find(engine, SearchQuery(near=HERE))
    assert (found.widened, found.query.radius, found.answer.total) == (False, 25, 0)
    assert beyond(found.answer) == [2]


def test_without_a_place_there_is_nothing_to_widen(engine: Engine) -> None:
    assert find(engine, SearchQuery("lantern")).widened is False


def test_a_filter_that_hides_listings_is_named_with_how_many(engine: Engine) -> None:
    women, free = {"gender": ("women",)}, {"payment": ("free",)}
    filled(
        engine,
        doc(1, facets=women | free),
        doc(2, facets=free),
        doc(3, facets=free),
        doc(4, facets=women),
        doc(5, facets=women | free, **away(40)),
    )
    found = find(engine, SearchQuery(near=HERE, facets=women | free))
    assert ids(found.answer) == [1]
    assert found.relaxed == (Relaxed("gender", ("women",), 2), Relaxed("payment", ("free",), 1))


def test_kinds_and_times_are_filters_to_lift_too(engine: Engine) -> None:
    filled(engine, doc(1, times=(time(1, "19:00"),)), doc(2, kinds=(Kind.OUTPATIENT,), times=(time(2, "19:00"),)))
    found = find(engine, SearchQuery(kinds=(Kind.SUPPORT_GROUP,), window=Window(2, 1080, 1200)))
    assert found.relaxed == (Relaxed("kind", ("support_group",), 1), Relaxed("window", (), 1))


def test_a_lifted_filter_is_counted_within_the_radius_asked_for(engine: Engine) -> None:
    women = {"gender": ("women",)}
    filled(engine, doc(1, **away(3)), doc(2, facets=women, **away(90)), doc(3, **away(90)))
    found = find(engine, SearchQuery(near=HERE, facets=women))
    assert (ids(found.answer), found.widened) == ([2], True)
    assert found.relaxed == (Relaxed("gender", ("women",), 1),)


def test_a_filter_that_hides_nothing_is_not_named(engine: Engine) -> None:
    filled(engine, doc(1, facets={"payment": ("free",)}))
    assert find(engine, SearchQuery(near=HERE, facets={"payment": ("free",)})).relaxed == ()


def test_a_misspelt_question_is_answered_with_a_better_one(engine: Engine) -> None:
    filled(engine, doc(1, "Lantern"))
    assert find(engine, SearchQuery("lantren", near=HERE)).did_you_mean == "lantern"
