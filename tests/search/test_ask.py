"""The understood question over an engine: filters, then fewer of them, and never an empty page."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from directory.search.ask import Told, ask
from directory.search.query import Engine, SearchQuery
from directory.search.whoosh_engine import WhooshEngine
from directory.vocab import Kind
from tests.search.world import HERE, NOW, doc, filled, time

AA, WOMEN = {"fellowship": ("aa",)}, {"population": ("women",)}
HOUSE = (Kind.SOBER_LIVING,)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = WhooshEngine(tmp_path)
    yield engine
    engine.close()


def asked(engine: Engine, words: str, **changes: object) -> Told:
    as_typed = changes.pop("as_typed", ())
    return ask(engine, SearchQuery(words, **{"near": HERE, "now": NOW, **changes}), as_typed)  # type: ignore[arg-type]


def ids(told: Told) -> list[int]:
    return [match.id for match in told.matches]


def test_sure_meanings_are_filters(engine: Engine) -> None:
    filled(engine, *(doc(n, facets=AA) for n in (1, 2, 3)), doc(4, "AA Circle", facets={"fellowship": ("na",)}))
    told = asked(engine, "AA")
    assert (sorted(ids(told)), told.lifted) == ([1, 2, 3], ())


def test_the_few_that_fit_everything_come_before_those_that_fit_less(engine: Engine) -> None:
    filled(engine, *(doc(n, facets=AA) for n in range(1, 8)), doc(9, facets=AA | WOMEN))
    told = asked(engine, "women's AA")
    assert ids(told)[0] == 9
    assert (len(ids(told)), told.total) == (8, 8)
    assert [one.words for one in told.lifted] == ["women's"]


def test_a_kind_gives_way_before_all_else_does(engine: Engine) -> None:
    veterans, clinic = {"population": ("veterans",), "payment": ("military_insurance",)}, (Kind.OUTPATIENT,)
    filled(engine, *(doc(n, "Rehab Row", kinds=HOUSE) for n in (1, 2, 3)), doc(9, kinds=clinic, facets=veterans))
    assert ids(asked(engine, "rehab for veterans tricare"))[0] == 9


def test_without_a_meeting_at_that_time_the_soonest_come_first(engine: Engine) -> None:
    filled(engine, *(doc(n, facets=AA, times=(time(n % 7, "19:00"),)) for n in (4, 5, 6)), doc(8, facets=AA))
    told = asked(engine, "AA tonight")  # a Tuesday
    assert ids(told)[:3] == [4, 5, 6]
    assert told.query.window is None


def test_filters_that_leave_nothing_become_plain_words(engine: Engine) -> None:
    filled(engine, *(doc(n, "Suboxone House", kinds=HOUSE) for n in (1, 2, 3)))
    told = asked(engine, "sober living suboxone")
    assert sorted(ids(told)) == [1, 2, 3]
    assert "suboxone" in told.query.words
    assert told.query.near == HERE


def test_a_misspelt_word_is_asked_plainly_as_it_is_written(engine: Engine) -> None:
    filled(engine, *(doc(n, "Suboxone House", kinds=HOUSE) for n in (1, 2, 3)))
    assert sorted(ids(asked(engine, "sober living suboxon"))) == [1, 2, 3]


def test_no_page_is_empty_where_plain_words_find_something(engine: Engine) -> None:
    filled(engine, doc(1, "Detox Diaries", kinds=(Kind.COMMUNITY_SERVICE,)))
    assert ids(asked(engine, "detox diaries")) == [1]
    assert ids(asked(engine, "detox")) == [1]


def test_the_first_few_are_on_no_other_page(engine: Engine) -> None:
    filled(engine, *(doc(n, facets=AA) for n in range(1, 8)), doc(9, facets=AA | WOMEN))
    first = ids(asked(engine, "women's AA", limit=4))
    second = ids(asked(engine, "women's AA", limit=8, offset=4))
    assert sorted(first + second) == [1, 2, 3, 4, 5, 6, 7, 9]


def test_an_order_that_was_asked_for_is_kept(engine: Engine) -> None:
    filled(engine, *(doc(n, facets=AA) for n in range(1, 8)), doc(9, facets=AA | WOMEN))
    assert asked(engine, "women's AA", sort="near").first == ()


def test_what_was_chosen_beside_the_words_stays(engine: Engine) -> None:
    filled(engine, *(doc(n, facets=AA | {"payment": ("free",)}) for n in (1, 2, 3)), doc(4, facets=AA))
    told = asked(engine, "AA", facets={"payment": ("free",)})
    assert told.query.facets == {"payment": ("free",), "fellowship": ("aa",)}


def test_words_taken_back_are_plain_words_again(engine: Engine) -> None:
    filled(engine, *(doc(n, facets=AA) for n in (1, 2, 3)))
    told = asked(engine, "AA", as_typed={"aa"})
    assert (told.query.words, told.query.facets) == ("AA", {})


def test_a_correction_is_of_the_whole_question(engine: Engine) -> None:
    filled(engine, *(doc(n, "Lantern", facets=AA) for n in (1, 2, 3)))
    assert asked(engine, "AA lantren").did_you_mean == "AA lantern"


def test_the_clock_of_a_place_in_the_words_is_used(engine: Engine) -> None:
    filled(engine, *(doc(n, facets=AA, times=(time(2, "14:30", "15:30"),)) for n in (1, 2, 3)))

    def clock(zone: str) -> datetime:
        return NOW.astimezone(ZoneInfo(zone))

    told = ask(
        engine, SearchQuery("AA now in Los Angeles CA", now=NOW.astimezone(ZoneInfo("America/New_York"))), clock=clock
    )
    assert told.read.window is None or told.read.window.start == 14 * 60
