"""Places to choose from: a balanced set is ticked, each told with why and what to ask, and the person decides."""

from collections.abc import Iterator

import pytest

from directory.security.roles import Role
from directory.web.forms import MOST_PICKS
from tests.web.conftest import Site
from tests.web.planner_forms import fields, places, send
from tests.web.signed_in import sign_in, sign_out

TAKES = ("medication", "buprenorphine")


@pytest.fixture(autouse=True)
def planner(pages: Site) -> Iterator[None]:
    sign_in(pages.client, Role.PLANNER)
    yield
    sign_out(pages.client)


def picks(page: str) -> list[str]:
    return [value for name, value in fields(page) if name == "pick"]


def test_a_balanced_set_is_ticked_once_and_then_the_persons_choice_stands(pages: Site) -> None:
    page = places(pages, TAKES, ("needs", "food"))
    clinic, food = str(pages.ids["clinic"]), str(pages.ids["food"])
    assert {clinic, food} <= set(picks(page))
    assert "gives buprenorphine" in page
    less = [pair for pair in fields(page) if pair != ("pick", food)]
    assert food not in picks(send(pages, "/planner/places", less))
    assert [] == picks(send(pages, "/planner/places", [pair for pair in less if pair[0] != "pick"]))


def test_what_speaks_against_a_place_and_what_is_not_known_is_said(pages: Site) -> None:
    page = places(pages, ("payment", "medicare"), ("housing", "recovery_residence"))
    assert "Speaks against it:" in page or "Not known:" in page
    assert "call to ask: takes" in page
    assert "The directory does not know insurance networks." in page


def test_other_needs_keep_what_was_ticked_and_say_so(pages: Site) -> None:
    page = places(pages, TAKES)
    assert "The needs have changed" not in send(pages, "/planner/places", fields(page))
    other = send(pages, "/planner/places", [*fields(page), ("needs", "food")])
    assert "The needs have changed" in other
    assert picks(other) == picks(page)
    fresh = send(pages, "/planner/places", [*fields(other), ("balance", "1")])
    assert str(pages.ids["food"]) in picks(fresh)
    assert "The needs have changed" not in fresh


def test_a_place_found_by_its_name_can_be_added_and_was_offered(pages: Site) -> None:
    page = send(pages, "/planner/places", [*fields(places(pages, TAKES)), ("q", "Broad Street Food Shelf")])
    food = str(pages.ids["food"])
    assert "Broad Street Food Shelf" in page
    assert food not in picks(page)
    added = send(pages, "/planner/places", [*fields(page), ("pick", food)])
    assert food in picks(added)
    assert "Added from the search" in added
    assert ("offered", food) in fields(added)
    assert "Nothing else was found" in send(pages, "/planner/places", [*fields(page), ("q", "zzzxqzzz")])


def test_the_words_searched_for_do_not_travel_on(pages: Site) -> None:
    page = send(pages, "/planner/places", [*fields(places(pages, TAKES)), ("q", "Maria Lopez")])
    assert "Maria Lopez" not in send(pages, "/planner/week", fields(page))


def test_more_places_than_a_packet_holds_are_refused_in_a_sentence(pages: Site) -> None:
    many = [("pick", str(number)) for number in range(1, 201)]
    page = send(pages, "/planner/places", [*fields(places(pages, TAKES)), *many])
    assert f"Only {MOST_PICKS} places fit on a packet." in page
    assert len(picks(page)) <= MOST_PICKS


def test_a_hidden_address_is_never_shown(pages: Site) -> None:
    page = send(pages, "/planner/places", [*fields(places(pages, ("housing", "recovery_residence"))), ("q", "Harbor")])
    assert "Secret" not in page
