"""An e-mail address is shown when it is an office's, and never when it may be a member of staff's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.mailboxes import of_office, office, without_people
from importers.public_words import EMAIL_GONE

NAMES = ("Lantern House Recovery Center", "Kind Hands of Ohio")


@pytest.mark.parametrize(
    "address",
    ["info@example.org", "thp.intake@example.org", "frontdesk@example.org", "lantern@example.org", "khoo@example.org",
     "kho@example.org", "volunteer.center@example.org", "director@example.org", "wrap@wrap.example.org",
     "HELP@EXAMPLE.ORG", "admin@example.org"],
)  # fmt: skip
def test_a_desk_and_the_name_of_the_service_may_be_shown(address: str) -> None:
    assert of_office(address, *NAMES, "Kind Hands of our Ohio")
    assert office(address, *NAMES, "Kind Hands of our Ohio") == address


@pytest.mark.parametrize(
    "address",
    ["jane.doe@example.org", "jdoe@example.org", "doej@example.org", "jane@example.org", "jane_doe@gmail.com",
     "karen@example.org", "gma@gmail.com", "jd@example.org", "lisad@co.example.org"],
)  # fmt: skip
def test_a_person_is_never_shown(address: str) -> None:
    assert not of_office(address, *NAMES)
    assert office(address, *NAMES) == ""


def test_free_text_keeps_the_desk_and_loses_the_person() -> None:
    told = "Write to jane.doe@example.org or intake@example.org."
    assert without_people(told, *NAMES) == f"Write to {EMAIL_GONE} or intake@example.org."


def test_no_address_is_no_office() -> None:
    assert not of_office("")
    assert office("", "Lantern") == ""


@given(st.text(max_size=60))
def test_text_without_an_address_stays_as_it_is(words: str) -> None:
    assert without_people(words.replace("@", " at ")) == words.replace("@", " at ")
