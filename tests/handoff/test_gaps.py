"""Each way a person could be left without their medicine is told, until a planner answers it."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.handoff.booked import Booked
from directory.handoff.gaps import ANSWERS, Gap, answer_words, gaps, ready
from directory.handoff.needs import Needs
from directory.i18n import catalogue
from directory.listing import Listed, facets
from tests.handoff.people import DISCHARGE, NEAR, ZONE, clinic, house, meeting, pantry

OTP = clinic(
    8, name="Riverbend", facets=facets(level=["opioid_treatment_program"], medication=["methadone"]), denied={}
)
WEDNESDAY = datetime(2026, 6, 17, 9, 0, tzinfo=ZoneInfo(ZONE))


def needs(**changes: Any) -> Needs:
    values = {"near": NEAR, "medication": ["buprenorphine"], "supply_through": "2026-06-18", "leaving": DISCHARGE}
    return Needs.read({**values, **changes})


def found(
    chosen: list[Listed], booked: list[Booked], answers: dict[str, str] | None = None, **changes: Any
) -> tuple[Gap, ...]:
    return gaps(needs(**changes), chosen, booked, str, answers or {})


def codes(chosen: list[Listed], booked: list[Booked], **changes: Any) -> list[str]:
    return [gap.code for gap in found(chosen, booked, **changes)]


def test_a_visit_before_the_supply_ends_at_a_place_that_gives_it_leaves_no_gap() -> None:
    assert found([clinic(1), meeting(3)], [Booked(1, WEDNESDAY)]) == ()


def test_nobody_on_medicine_has_no_gap() -> None:
    assert found([house(2)], [], medication=[]) == ()


@pytest.mark.parametrize(("late", "told"), [(0, []), (1, ["supply_ends_first"])])
def test_a_first_visit_after_the_last_day_of_supply_is_told(late: int, told: list[str]) -> None:
    last = WEDNESDAY.date() - timedelta(days=late)
    assert codes([clinic(1)], [Booked(1, WEDNESDAY)], supply_through=last) == told


def test_the_day_of_a_visit_is_that_of_the_place_where_they_will_stay() -> None:
    # Half past eleven at night in Columbus is the next day in UTC.
    evening = datetime(2026, 6, 19, 3, 30, tzinfo=ZoneInfo("UTC"))
    assert codes([clinic(1)], [Booked(1, evening)], supply_through="2026-06-18") == []


def test_the_first_visit_counts_whatever_the_order_of_booking() -> None:
    late = Booked(1, WEDNESDAY + timedelta(days=9))
    assert codes([clinic(1)], [late, Booked(1, WEDNESDAY)]) == []


@pytest.mark.parametrize(
    "booked", [[], [Booked(5, WEDNESDAY)], [Booked(3, WEDNESDAY)], [Booked(1, DISCHARGE - timedelta(hours=1))]]
)
def test_no_visit_at_treatment_after_leaving_is_told(booked: list[Booked]) -> None:
    assert codes([clinic(1), meeting(3), pantry(5)], booked) == ["none_booked"]


def test_a_supply_nobody_knows_is_never_taken_to_last() -> None:
    assert codes([clinic(1)], [Booked(1, WEDNESDAY)], supply_through=None) == ["supply_unknown"]


def test_methadone_needs_an_opioid_treatment_program() -> None:
    assert codes([OTP], [Booked(8, WEDNESDAY)], medication=["methadone"]) == []
    other = clinic(9, denied={})
    told = found([other], [Booked(9, WEDNESDAY)], medication=["methadone"])
    assert [(gap.code, gap.id) for gap in told] == [("no_otp", 9)]
    assert codes([], [], medication=["methadone"]) == ["none_booked", "no_otp"]


def test_the_first_visit_decides_even_when_a_methadone_program_is_on_the_list() -> None:
    told = found([OTP, clinic(9, denied={})], [Booked(9, WEDNESDAY)], medication=["methadone"])
    assert [(gap.code, gap.id) for gap in told] == [("no_otp", 9)]


def test_a_place_that_gives_methadone_and_says_no_licence_is_a_question() -> None:
    told = clinic(9, facets=facets(medication=["methadone"]), denied={})
    assert codes([told], [Booked(9, WEDNESDAY)], medication=["methadone"]) == ["no_otp"]


def test_a_program_that_refuses_the_medicine_is_told_by_name() -> None:
    told = found([clinic(1)], [Booked(1, WEDNESDAY)], medication=["methadone"])
    assert told[0] == Gap("program_refuses", "Harbor Point Clinic does not take people on methadone.", 1)


def test_a_visit_where_nobody_gives_the_medicine_is_told() -> None:
    silent = clinic(9, facets={}, denied={})
    assert codes([silent], [Booked(9, WEDNESDAY)]) == ["no_prescriber"]


@pytest.mark.parametrize(
    ("medicine", "told"),
    [("buprenorphine", []), ("methadone", ["housing_unknown"]), ("naltrexone", ["housing_refuses"])],
)
def test_a_home_that_refuses_or_says_nothing_is_told(medicine: str, told: list[str]) -> None:
    home = house(2, denied={"gender": ("women",), "accepts": ("naltrexone",)})
    assert [c for c in codes([home], [], medication=[medicine]) if c.startswith("housing")] == told


def test_a_gap_stays_open_until_it_has_an_answer_that_fits_it() -> None:
    one = found([clinic(1)], [])
    assert not ready(one)
    assert not ready(found([clinic(1)], [], {"none_booked": "called_otp"}))
    assert not ready(found([clinic(1)], [], {"none_booked": "<script>"}))
    answered = found([clinic(1)], [], {"none_booked": "walk_in"})
    assert ready(answered)
    assert answered[0].answer == ANSWERS["none_booked"]["walk_in"]


def test_two_homes_are_answered_apart() -> None:
    homes = [house(2, facets={}), house(3, facets={})]
    told = found(homes, [], {"housing_unknown:2": "called_yes"})
    assert [(gap.id, bool(gap.answer)) for gap in told if gap.code == "housing_unknown"] == [(2, True), (3, False)]


def test_every_answer_and_every_gap_is_said_in_spanish_too() -> None:
    say = catalogue("es").gettext
    assert all(say(words) != words for words in answer_words(str).values())
    told = gaps(needs(medication=["methadone"]), [clinic(1), house(2)], [], say, {}, "es")
    english = {gap.words for gap in found([clinic(1), house(2)], [], medication=["methadone"])}
    assert told
    assert not {gap.words for gap in told} & english
    assert all("metadona" in gap.words for gap in told if gap.code == "housing_unknown")


DAYS = st.dates(date(2026, 6, 15), date(2026, 7, 15))


@settings(max_examples=30, deadline=None)
@given(DAYS, DAYS)
def test_a_gap_of_supply_is_told_exactly_when_the_visit_comes_after_it(last: date, visit: date) -> None:
    starts = datetime(visit.year, visit.month, visit.day, 23, 30, tzinfo=ZoneInfo(ZONE))
    told = codes([clinic(1)], [Booked(1, starts)], supply_through=last)
    assert told == (["supply_ends_first"] if visit > last else [])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([1, 2, 3, 5, 8, 11]), unique=True), st.sampled_from(["methadone", "buprenorphine"]))
def test_every_gap_can_be_answered_and_then_the_plan_is_ready(ids: list[int], medicine: str) -> None:
    all_ = {1: clinic(1), 2: house(2), 3: meeting(3), 5: pantry(5), 8: OTP, 11: house(11, facets={}, denied={})}
    chosen = [all_[id] for id in ids]
    told = found(chosen, [], medication=[medicine])
    answers = {gap.key: next(iter(ANSWERS[gap.code])) for gap in told}
    assert not told or not ready(told)
    assert ready(found(chosen, [], answers, medication=[medicine]))
