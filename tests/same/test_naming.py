"""What two names have that speaks of two programs."""

from typing import Any

import pytest

from directory.same.facts import Facts
from directory.same.naming import name_reason
from directory.same.reasons import Reason
from directory.same.words import rules
from tests.same.houses import told


def reason(a: Facts, b: Facts, family: str = "treatment", one_door: bool = True) -> Reason:
    return name_reason(a, b, family, rules()[family], one_door)


def named(publisher: int, name: str, group: str = "", **more: Any) -> Facts:
    return told(publisher, name=name, group=group, **more)


@pytest.mark.parametrize(
    ("one", "other", "group"),
    [
        ("Harbor Aid - Lamp Readers", "Harbor Aid - Young Scholars", ""),
        ("Harbor Aid, Drug Court", "Harbor Aid, Family Ties", "Harbor Aid"),
        ("Harbor Aid, XY", "Harbor Aid, XY Cedar", "Harbor Aid"),
        ("Harbor Aid, Chemical Dependency", "Harbor Aid, Methadone Maintenance", "Harbor Aid"),
    ],
)
def test_two_programs_that_share_only_their_organisations_name_are_not_linked(one: str, other: str, group: str) -> None:
    assert reason(named(1, one, group), named(2, other, group)).doubt


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Harbor Aid, Dawn Lodge", "Harbor Aid, Dawn Lodeg"),
        ("Harbor Aid, Substance Use Disorder Program", "Harbor Aid, Substance Abuse Services"),
        ("Harbor Aid, Columbus", "Harbor Aid"),
    ],
)
def test_a_slip_the_town_and_another_word_for_what_is_done_are_no_program_of_its_own(one: str, other: str) -> None:
    assert not reason(named(1, one, "Harbor Aid"), named(2, other, "Harbor Aid" if "," in other else "")).doubt


def test_an_agency_and_one_of_its_services_at_a_door_are_asked_about() -> None:
    agency = named(1, "Harbor Aid")
    for name, group in (("Harbor Aid; Lamp Readers", "Harbor Aid"), ("Harbor Aid - Lamp Readers", "")):
        assert reason(agency, named(2, name, group), "community").doubt
    assert not reason(agency, named(2, "Harbor Aid - Columbus"), "community").doubt  # only the town


def test_what_an_agency_does_is_told_apart_by_any_word() -> None:
    one, other = named(1, "Learn and Serve", "Harbor Aid"), named(2, "Learn and Serve, Colleges", "Harbor Aid")
    assert reason(one, other, "community").doubt


def test_a_slip_of_the_hand_is_no_word_of_its_own() -> None:
    assert not reason(named(1, "Maple Food Pantry"), named(2, "Maple Food Pnatry, Inc."), "community").doubt


def test_a_number_of_the_organisation_counts_no_houses() -> None:
    both = named(1, "HarborAid360, Dawn", "HarborAid360"), named(2, "Dawn", "Harboraid 360")
    assert not reason(*both).doubt


def test_the_streets_number_in_both_names_says_enough_but_two_houses_of_a_row_stay_two() -> None:
    place = {"street": "6390 Maple Court", "city": "Columbus", "state": "OH", "postal_code": "43215"}
    row = named(1, "6390 Maple Court LLC, Passage 8", "6390 Maple Court LLC", place=place)
    alone = named(2, "6390 Maple Court LLC", place={**place, "street": ""})
    assert "numbers differ" not in reason(row, alone, one_door=False).words
    other = named(2, "6390 Maple Court LLC, Passage 3", "6390 Maple Court LLC", place=place)
    assert reason(row, other).bar


def test_one_of_a_row_and_its_operator_alone_are_asked_about() -> None:
    place = {"city": "Columbus", "state": "OH", "postal_code": "43215"}
    house = named(1, "Lantern House Inc, Lantern House II", "Lantern House Inc")
    assert reason(house, named(2, "Lantern House Inc", place=place), one_door=False).doubt
