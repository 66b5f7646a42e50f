"""Where an HSDS record is, and whom it serves."""

from typing import Any

import pytest

from directory.listing import Area
from importers.hsds import places


def area(*rows: dict[str, Any], everywhere: bool = True) -> Area | None:
    return places.area(list(rows), "OH", everywhere)


@pytest.mark.parametrize("column", ["name", "service_area", "description"])
def test_a_state_or_county_that_is_surely_named_is_served(column: str) -> None:
    assert area({column: "Residents of Franklin County"}, {column: "KY"}) == Area(
        states=("KY",), counties=("OH:Franklin",)
    )


def test_what_may_mean_less_or_more_stays_words() -> None:
    found = area({"name": "Franklin County"}, {"name": "Hilltop"}, {"service_area": "43204, 43223"})
    assert found == Area(counties=("OH:Franklin",), words="Hilltop; 43204, 43223")


def test_a_description_beside_a_name_is_kept() -> None:
    found = area({"name": "Franklin County", "description": "Home visits inside the beltway."})
    assert found == Area(counties=("OH:Franklin",), words="Home visits inside the beltway.")


def test_a_shape_on_the_map_is_no_word() -> None:
    shape = '{"type": "Polygon", "coordinates": [[[-83.1, 39.9], [-82.8, 39.9], [-82.8, 40.1], [-83.1, 39.9]]]}'
    assert area({"extent": shape, "extent_type": "geojson"}, {"name": shape}) is None


def test_who_must_be_gone_to_is_not_shown_to_the_whole_state() -> None:
    assert area({"name": "Ohio"}, everywhere=False) == Area(words="Ohio")


MAIL = {"city": "Brooklyn", "state_province": "NY"}
HOME = {"address_1": "2 Oak St", "city": "Joliet", "state_province": "IL"}


@pytest.mark.parametrize(
    "organization",
    [
        {"postal_addresses": [MAIL]},
        {"addresses": [MAIL | {"address_type": "postal"}]},
        {"locations": [{"name": "Head office", "postal_addresses": [MAIL]}]},
    ],
)
def test_where_an_organization_has_its_mail_is_not_where_its_services_are(organization: dict[str, Any]) -> None:
    assert places.rough(organization) is None
    found = places.rough(organization | {"physical_addresses": [HOME]})
    assert found is not None
    assert (found.city, found.street) == ("Joliet", "")
