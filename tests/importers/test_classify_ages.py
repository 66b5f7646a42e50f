"""Whom a service is for, by the ages it gives: only minors, only elders, or whoever comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.classify import Told, ages, classify


@pytest.mark.parametrize(
    "text",
    [
        "Swimming for children ages 6-12.",
        "A club for youth 11 to 17 years old.",
        "Dental visits. Children birth to 5 years of age.",
        "Toddlers from birth through 3.",
    ],
)
def test_a_service_for_minors_alone_says_so(text: str) -> None:
    assert (ages.only_for(text) or ("",))[0] == "only.minors"


@pytest.mark.parametrize(
    "text",
    [
        "A class for parents and youth 10-14 years of age.",
        "For parents of children ages 3-5.",
        "Women may bring children ages 0-5.",
        "Parenting classes. Child care is available for children birth to 8 years of age.",
        "Dentures and fillings. Accepts Medicaid for youth 0-17 years of age.",
        "All adults, including seniors (ages 65 and older).",
        "Mothers with children ages 2-12 stay up to a year.",
    ],
)
def test_children_who_are_brought_and_some_of_many_make_it_nobody_s_alone(text: str) -> None:
    assert ages.only_for(text) is None


def test_ages_of_grown_ups_who_come_too_open_it_to_all() -> None:
    assert ages.only_for("Ages 14-17 or 18-35.") is None
    assert ages.only_for("For youth and adults ages 13 to 35.") is None


@pytest.mark.parametrize(("asked", "listed"), [("Adults 18 and older.", True), ("Ages 6 to 12.", False)])
def test_a_school_that_asks_for_adults_is_no_school_for_children(asked: str, listed: bool) -> None:
    school = Told("Bridge Charter School", text="A charter school: GED classes day and night.", asked=asked)
    assert classify(school).on_topic is listed


@given(low=st.integers(0, 20), years=st.integers(0, 60))
def test_only_a_span_that_ends_with_childhood_is_for_minors(low: int, years: int) -> None:
    found = ages.only_for(f"For ages {low} to {low + years}.")
    assert (found is not None and found[0] == "only.minors") == (low + years <= ages.MINOR)


@given(st.text(max_size=120))
def test_any_text_can_be_asked_for_ages(text: str) -> None:
    assert ages.only_for(text) is None or ages.only_for(text)[1] > 0  # type: ignore[index]
    assert isinstance(ages.teens(text), bool)
    assert set(ages.grown(text)) <= {"adult", "young_adult"}


@pytest.mark.parametrize(
    ("asked", "may_come"),
    [("Ages 16-25.", True), ("18 and older.", True), ("Ages 13 to 21.", False), ("Youth in grades 6 to 12.", False)],
)
def test_the_young_who_come_with_grown_ups_are_no_children_s_service(asked: str, may_come: bool) -> None:
    assert ages.reaches_grown(asked) is may_come
