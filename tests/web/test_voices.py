"""Where two publishers differ, both are told; one thing written in two ways is no difference."""

from dataclasses import replace
from typing import Any

import pytest

from directory.listing import Listed
from directory.web.voices import differences
from tests.builders import make_draft, make_place


def place_of(first: dict[str, Any], second: dict[str, Any]) -> Listed:
    voices = [
        Listed(n, publisher, "", make_draft(**changes))
        for n, (publisher, changes) in enumerate([("First List", first), ("Second List", second)], 1)
    ]
    return replace(voices[0], voices=tuple(voices))


@pytest.mark.parametrize("street", ["305 Main Street", "305 MAIN ST.", "305 Main Str"])
def test_a_street_abbreviated_is_no_other_place(street: str) -> None:
    sides = ({"place": make_place(street=one)} for one in ("305 Main St", street))
    assert differences(place_of(*sides), "en") == []


@pytest.mark.parametrize("street", ["307 Main St", "305 Oak St", "305 Main St, Suite 4"])
def test_another_door_is_told_with_who_says_so(street: str) -> None:
    sides = ({"place": make_place(street=one)} for one in ("305 Main St", street))
    [row] = differences(place_of(*sides), "en")
    assert "First List" in str(row)
    assert f"Second List says: {street}" in str(row)


def test_a_name_in_other_letters_is_no_other_name() -> None:
    assert differences(place_of({"name": "Lantern House"}, {"name": "LANTERN HOUSE"}), "en") == []
    [row] = differences(place_of({"name": "Lantern House"}, {"name": "Lantern Home"}), "en")
    assert "Second List says: Lantern Home" in str(row)
