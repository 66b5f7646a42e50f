"""The simulation keeps its direction on a small directory: calls help, ours more where a mistake costs most."""

import pytest

from tests.bench.calls import FUNCTIONAL, simulate


def test_without_calls_listings_stay_as_bad_as_the_studies_found() -> None:
    assert simulate("none", 2000, 0).functional == pytest.approx(FUNCTIONAL, abs=0.03)


def test_random_order_helps_a_little_and_ours_more() -> None:
    none, chance, ours = (simulate(policy, 1000, 10) for policy in ("none", "random", "ours"))
    assert none.functional < chance.functional < ours.functional
    assert chance.by_use < 0.93 < 0.95 < ours.by_use


def test_by_use_our_order_is_better_even_when_nobody_reports() -> None:
    assert simulate("ours, without reports", 1000, 10).by_use > simulate("oldest", 1000, 10).by_use
