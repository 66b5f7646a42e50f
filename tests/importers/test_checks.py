"""A batch is held back, in sentences with numbers, when the feed broke a promise or is less than it was."""

from typing import Any

import pytest

from importers.checks import held_back


def facts(listings: int, **more: Any) -> dict[str, Any]:
    return {"read": listings, "listings": listings, "placed": listings, "columns": ["name", "day"]} | more


def test_a_sound_first_run_is_not_held() -> None:
    assert held_back(facts(5), None, {"rows_min": 1, "fill": {"name": 0.9}, "filled": {"name": 1.0}}) == []


@pytest.mark.parametrize(
    ("now", "before", "held"), [(20, 30, True), (21, 30, False), (2, 3, True), (1, 2, False), (40, 30, False)]
)
def test_a_feed_that_shrank_by_a_third_is_held_unless_it_was_tiny(now: int, before: int, held: bool) -> None:
    found = held_back(facts(now), facts(before), {})
    assert found == ([f"The feed shrank from {before} to {now} listings."] if held else [])


def test_an_empty_feed_is_always_held() -> None:
    assert held_back(facts(0), None, {}) == ["Not one of the 0 records read became a listing."]
    assert held_back(facts(0, read=3), facts(2), {}) == [
        "Not one of the 3 records read became a listing; last time there were 2."
    ]


def test_a_lost_column_is_held_and_named_but_a_rare_one_is_not() -> None:
    before = facts(5, columns=["name", "day", "latitude"])
    assert held_back(facts(5), before, {}) == ["The feed lost what it had last time: latitude."]
    assert held_back(facts(5), before, {"seen": ["latitude"]}) == []
    assert held_back(facts(5, columns=["name", "day", "more"]), facts(5), {}) == []


def test_a_feed_whose_listings_were_all_replaced_is_held() -> None:
    assert held_back(facts(30, gone=10, active=30), facts(30), {}) == [
        "10 of the 30 public listings are no longer in the feed."
    ]
    assert held_back(facts(30, gone=9, active=30), facts(30), {}) == []


def test_places_lost_since_last_time_are_held() -> None:
    assert held_back(facts(20, placed=10), facts(20), {}) == [
        "Only 50% of the listings have a place; last time 100% had."
    ]
    assert held_back(facts(20, placed=15), facts(20), {}) == []


def test_broken_promises_of_the_source_are_said_with_their_numbers() -> None:
    checks = {"rows_min": 40, "fill": {"phones": 0.8}, "filled": {"phones": 0.25}}
    assert held_back(facts(12), None, checks) == [
        "The feed has 12 records; at least 40 are expected.",
        "The field phones is filled in 25% of the listings; at least 80% are expected.",
    ]
