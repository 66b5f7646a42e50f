"""Whoever needs help is given the number where help begins, and none that is not for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.listing import Phone
from importers import lines

SAID = [
    "Intake",
    "Main Number",
    "",
    "Administrative Office",
    "TTY",
    "After Hours",
    "Donations",
    "Fax",
    "24 Hour Hotline",
]


def numbers(*said: str) -> list[str]:
    """What is offered, by what is said of each, in order."""
    told = [(Phone(f"614-555-01{number:02}"), label) for number, label in enumerate(said)]
    return [said[int(phone.number[-2:])] for phone in lines.best_first(told)]


def test_where_help_begins_comes_first_and_the_office_last() -> None:
    told = ("Administrative Office", "TTY", "Main Number", "Intake", "")
    assert numbers(*told) == ["Intake", "Main Number", "", "Administrative Office", "TTY"]


def test_alike_they_stay_as_told() -> None:
    assert numbers("East side", "", "West side") == ["East side", "", "West side"]


def test_intake_after_hours_is_intake() -> None:
    assert numbers("Main", "Intake, after hours", "After hours") == ["Intake, after hours", "Main", "After hours"]


@pytest.mark.parametrize(
    "label",
    ["Donate to Disaster Relief", "Press", "Board President", "Hotline for Fraud", "Public Information Officer"],
)
def test_a_line_for_others_is_left_out_unless_it_is_all_there_is(label: str) -> None:
    assert numbers(label, "Main") == ["Main"]
    assert numbers(label) == [label]


@pytest.mark.parametrize("label", ["Fax", "Old number", "SCHOOL CLOSED", "disconnected 2019", "Pager"])
def test_what_nobody_answers_is_never_offered(label: str) -> None:
    assert numbers(label) == []


@pytest.mark.parametrize("label", ["Phone and fax", "phone/fax", "Faxton Clinic", "Closed captions", "Pressing needs"])
def test_a_word_in_another_sense_closes_no_line(label: str) -> None:
    assert numbers(label, "Main") == [label, "Main"]


@given(st.lists(st.sampled_from(SAID), unique=True))
def test_no_number_is_made_up_or_told_twice(said: list[str]) -> None:
    offered = numbers(*said)
    assert len(set(offered)) == len(offered)
    assert set(offered) <= set(said) - {"Fax"}
    assert bool(offered) == bool(set(said) - {"Fax"})
