"""The product's path answers judged questions better than words alone, and never loses what must be there."""

from collections.abc import Iterator

import pytest

from directory.search.query import Engine
from directory.search.whoosh_engine import WhooshEngine
from tests.relevance.corpus import corpus
from tests.relevance.judged import JUDGED, Judged
from tests.relevance.measure import Measured, mean, measure, ndcg

FLOOR = 0.90  # mean nDCG@10
MARGIN = 0.15  # above words alone
WORST = 0.4  # no question may be answered worse than this


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = WhooshEngine(tmp_path_factory.mktemp("relevance"))
    engine.rebuild(corpus(), 1)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def measured(engine: Engine) -> list[Measured]:
    return [measure(engine, corpus(), judged) for judged in JUDGED]


def test_there_is_enough_to_judge_by() -> None:
    assert len(JUDGED) >= 60
    assert len({judged.words for judged in JUDGED}) == len(JUDGED)
    assert len(corpus()) >= 290


@pytest.mark.parametrize("judged", JUDGED, ids=lambda judged: judged.words)
def test_something_in_the_corpus_answers_each_question(judged: Judged) -> None:
    assert any(judged.must(one) for one in corpus())


def test_the_mean_stays_above_the_floor_and_above_words_alone(measured: list[Measured]) -> None:
    ours, plain = mean([one.product for one in measured]), mean([one.plain for one in measured])
    assert ours >= FLOOR
    assert ours >= plain + MARGIN


def test_what_must_be_there_is_on_the_first_page(measured: list[Measured]) -> None:
    assert [one.judged.words for one in measured if one.lacks_must] == []


def test_no_question_is_answered_badly(measured: list[Measured]) -> None:
    assert [(one.judged.words, round(one.product, 3)) for one in measured if one.product < WORST] == []


def test_the_measure_is_one_for_the_best_order_and_less_for_any_other() -> None:
    assert ndcg([3, 2, 1], [1, 3, 2, 0]) == 1
    assert 0 < ndcg([0, 1, 3], [1, 3, 2, 0]) < 1
    assert ndcg([0, 0], [3]) == 0
