"""What speaks for a hit is said as exactly as it is known."""

from dataclasses import replace

import pytest

from directory import finding
from directory.listing import Listed
from directory.search.query import Match, SearchQuery
from tests.handoff.people import clinic


def somewhere(approximate: bool) -> Listed:
    one = clinic()
    assert one.draft.place
    return replace(one, draft=replace(one.draft, place=replace(one.draft.place, approximate=approximate)))


@pytest.mark.parametrize(
    ("miles", "approximate", "told"),
    [
        (0.0, False, "0.0 miles away"),
        (2.34, False, "2.3 miles away"),
        (0.0, True, "in this area"),
        (6.6, True, "about 7 miles away"),
    ],
)
def test_the_middle_of_a_zip_is_never_said_to_be_a_door(miles: float, approximate: bool, told: str) -> None:
    one = somewhere(approximate)
    assert finding.why(one, Match(one.id, 1.0, miles), SearchQuery())[0] == told
