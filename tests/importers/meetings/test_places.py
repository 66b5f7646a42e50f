"""Addresses and pins of meetings are read as said; what is not said is not guessed."""

from typing import Any

import pytest

from tests.importers.test_meeting_guide import ZOOM, read


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("123 Main St, Edmonton, AB T5J 0N3, Canada", ("123 Main St", "Edmonton", "AB", "T5J 0N3", "CA")),
        ("12 Main St, Edmonton, Alberta, T5J0N3, Canada", ("12 Main St", "Edmonton", "AB", "T5J 0N3", "CA")),
        ("Hall A, 5 Oak Dr, Palo Alto, CA 94304-1234, USA", ("5 Oak Dr", "Palo Alto", "CA", "94304-1234", "US")),
        ("7 Elm St, New York, New York, USA", ("7 Elm St", "New York", "NY", "", "US")),
        ("125 Cross Rd, London WC2H 0EW, UK", ("125 Cross Rd", "London", "", "WC2H 0EW", "GB")),
        ("5 George St, Sydney NSW 2000, Australia", ("5 George St", "Sydney", "", "2000", "AU")),
        ("Lange Str. 92, 10119 Berlin, Germany", ("Lange Str. 92", "Berlin", "", "10119", "DE")),
        (
            "46 High Ave, Parkview, Randburg, 2122, South Africa",
            ("46 High Ave, Parkview", "Randburg", "", "2122", "ZA"),
        ),
    ],
)
def test_one_line_addresses_are_taken_apart(address: str, expected: tuple[str, ...]) -> None:
    place = read(formatted_address=address, latitude=None, longitude=None, approximate="no").place
    assert place is not None
    assert (place.street, place.city, place.state, place.postal_code, place.country) == expected


def test_no_state_is_guessed_abroad() -> None:
    place = read(
        formatted_address="Tbilisi, Georgia", latitude=41.69, longitude=44.8, state="", conference_url=ZOOM
    ).place
    assert place is not None
    assert (place.city, place.state, place.country) == ("Tbilisi", "", "GE")


def test_the_feeds_state_fills_a_town_without_one_at_home_only() -> None:
    split = {"formatted_address": ..., "address": "55 Oak St", "city": "Dayton"}
    home, abroad = read(state="OH", **split).place, read(state="OH", country="CA", **split).place
    assert home is not None
    assert abroad is not None
    assert (home.state, home.country) == ("OH", "US")
    assert (abroad.state, abroad.country) == ("", "CA")


@pytest.mark.parametrize(
    ("coordinates", "point", "approximate"),
    [
        ("39.9612, -82.9988", (39.9612, -82.9988), False),
        ("39,-83,40,-82", (39.5, -82.5), True),
        ("0,0", None, False),
        ("north", None, False),
    ],
)
def test_coordinates_may_be_text_or_a_box(coordinates: str, point: Any, approximate: bool) -> None:
    draft = read(latitude=..., longitude="", coordinates=coordinates, attendance_option="in_person")
    assert draft.place is not None
    assert ((draft.place.latitude, draft.place.longitude) if draft.place.located else None) == point
    assert draft.place.approximate is approximate
