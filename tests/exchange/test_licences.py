"""What a licence lets us pass on, and who decides where it says nothing."""

import pytest

from directory.exchange.licences import PassOn, passing_on
from directory.exchange.public import passable, shared, unsure, withheld
from tests.builders import make_listed

LICENCES = [
    ("US government work, public domain", PassOn.YES),
    ("CC0 1.0", PassOn.YES),
    ("CC BY 4.0", PassOn.CREDIT),
    ("Creative Commons Attribution-ShareAlike 4.0", PassOn.CREDIT),
    ("ODbL 1.0", PassOn.CREDIT),
    ("open, with credit", PassOn.CREDIT),
    ("CC BY-NC 4.0", PassOn.NO),
    ("CC BY-NC-ND", PassOn.NO),
    ("cc by nd 4.0", PassOn.NO),
    ("No redistribution: members only", PassOn.NO),
    ("Public domain in part; do not redistribute", PassOn.NO),
    ("All rights reserved", PassOn.NO),
    ("", PassOn.UNKNOWN),
    ("as the publisher states; none in the feed", PassOn.UNKNOWN),
    ("submit by mail", PassOn.UNKNOWN),
]


@pytest.mark.parametrize(("licence", "answer"), LICENCES)
def test_a_licence_is_read_by_its_words_and_an_unknown_one_is_no_permission(licence: str, answer: PassOn) -> None:
    assert passing_on(licence) is answer


def test_a_persons_decision_for_a_publisher_stands_above_its_licence() -> None:
    assert passing_on("All rights reserved", "yes") is PassOn.CREDIT
    assert passing_on("CC0", "no") is PassOn.NO


def test_what_is_forbidden_is_withheld_with_its_reason_and_what_is_unknown_is_not_for_others() -> None:
    forbidden, asked = make_listed(licence="CC BY-ND"), make_listed(licence="CC0", pass_on="no")
    unknown, retired = make_listed(licence="?"), make_listed(status="retired")
    assert withheld(forbidden) == "its licence forbids passing it on"
    assert withheld(asked) == "its publisher asked us not to"
    assert list(shared([forbidden, asked, retired])) == []
    assert (withheld(unknown), unsure(unknown), passable(unknown)) == ("", True, False)
    assert passable(make_listed(licence="?", pass_on="yes"))
