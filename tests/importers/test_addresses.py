"""A country is told by words, regions and pins; what lies abroad is never said to be at home."""

import pytest

from importers import addresses
from tests.importers.test_bmlt import RECORD
from tests.importers.test_bmlt import read as na_meeting


@pytest.mark.parametrize(
    ("point", "country"),
    [
        (None, "US"),
        ((39.9, -83.0), "US"),
        ((13.4, 144.8), "US"),  # Guam
        ((7.3, 134.5), "US"),  # Palau
        ((-14.3, -170.7), "US"),  # American Samoa
        ((-33.9, 151.2), "ZZ"),  # Sydney
        ((43.0, 141.3), "ZZ"),  # Sapporo
        ((51.5, -0.1), "ZZ"),
    ],
)
def test_a_pin_alone_says_whether_it_is_at_home(point: tuple[float, float] | None, country: str) -> None:
    assert addresses.settled("", "", point) == country


@pytest.mark.parametrize(
    ("words", "region", "country"),
    [
        ("", "", "US"),
        ("", "BC", "CA"),
        ("Canada", "", "CA"),
        ("ke", "", "KE"),
        ("Sri Lanka", "", "ZZ"),
        ("Unted States", "OH", "US"),
    ],
)
def test_a_cell_names_a_country_or_nobody_knows_which(words: str, region: str, country: str) -> None:
    assert addresses.told(words, region) == country


def test_a_british_code_says_britain() -> None:
    assert addresses.told("", "Devon", "EX1 1AA") == "GB"


@pytest.mark.parametrize(
    ("region", "code", "abroad"),
    [("NSW", "2035", True), ("NSW", "", True), ("Ohio", "", False), ("Ohioo", "43215", False), ("", "2035", False)],
)
def test_a_region_of_nobody_lies_abroad_unless_a_zip_stands_beside_it(region: str, code: str, abroad: bool) -> None:
    assert bool(addresses.strange(region, code)) is abroad


def test_a_town_in_new_south_wales_gets_no_zip_and_no_state() -> None:
    place = na_meeting(
        **RECORD
        | {
            "location_municipality": "Glebe",
            "location_province": "NSW",
            "location_postal_code_1": "2037",
            "location_nation": "",
            "latitude": "-33.88",
            "longitude": "151.18",
        }
    ).place
    assert place is not None
    assert (place.city, place.state, place.postal_code, place.country) == ("Glebe", "", "2037", "ZZ")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2901 14Th Street Nw", "2901 14th Street NW"),
        ("425 2Nd Street, Ne, Suite 1Rd", "425 2nd Street, NE, Suite 1rd"),
        ("1 Ne Way", "1 Ne Way"),
        ("12 St James Rd", "12 St James Rd"),
        ("3rd Ave", "3rd Ave"),
    ],
)
def test_capitals_a_machine_put_on_every_word_are_taken_back(written: str, told: str) -> None:
    assert addresses.recased(written) == told
