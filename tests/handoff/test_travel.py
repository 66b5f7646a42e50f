"""A travel time is an estimate and says so: in steps of five minutes, never finer, and wide enough to be true."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.handoff.board import spot
from directory.handoff.itinerary import Leg, Spot, Trip
from directory.handoff.travel import straight_line
from directory.i18n import catalogue
from tests.builders import make_place
from tests.handoff.people import DISCHARGE, NEAR, meeting, online

HOME = Spot(NEAR.lat, NEAR.lon)
NORTH = 1 / 69.09  # degrees of latitude in a mile, about


def to(miles: float, mode: str = "", approximate: bool = False, language: str = "en") -> Trip:
    goal = Spot(HOME.lat + miles * NORTH, HOME.lon, approximate)
    leg = Leg(HOME, goal, DISCHARGE, DISCHARGE + timedelta(hours=1), mode, HOME, language)
    return straight_line(leg, catalogue(language).gettext)


def test_one_mile_on_foot_is_around_26_minutes_of_street() -> None:
    walk = to(1, "walk").travel  # 1.3 miles of street at 3 miles an hour: 26 minutes
    assert (walk.least, walk.most) == (20, 35)
    assert walk.words == "about 20 to 35 minutes on foot (estimate)"
    assert walk.miles == 1.0


def test_a_bus_that_may_not_go_is_not_promised() -> None:
    assert to(3, "bus").travel.words == "about 25 to 60 minutes by bus, if one goes there (estimate)"


def test_a_car_is_slower_in_town_than_beyond() -> None:
    near, far = to(5, "car").travel, to(50, "car").travel
    assert (near.least, near.most) == (10, 30)
    assert far.most < 10 * near.most
    assert far.least > 50


def test_without_a_word_people_walk_what_is_near_and_ride_what_is_far() -> None:
    assert to(0.5).travel.mode == "walk"
    assert to(4).travel.mode == "bus"


def test_a_way_too_far_to_walk_is_said() -> None:
    assert to(4, "walk").notes == ("That is far to walk. Ask us about a ride.",)
    assert to(1, "walk").notes == ()


def test_where_only_the_area_is_known_it_says_so() -> None:
    assert to(1, "walk", approximate=True).travel.words.endswith("; we only know the area")
    assert to(1, "walk", approximate=True, language="es").travel.words.endswith("; solo conocemos la zona")


def test_a_hidden_online_or_unplaced_listing_has_no_way_to_it() -> None:
    assert spot(meeting(place=make_place(confidential=True))) is None
    assert spot(meeting(place=make_place(latitude=None, longitude=None))) is None
    assert spot(online()) is None
    assert spot(None) is None
    assert spot(meeting(place=make_place(approximate=True))) == Spot(39.9671, -83.0042, True)


@given(st.floats(0, 400), st.sampled_from(["", "walk", "bus", "car"]), st.sampled_from(["en", "es"]))
def test_never_precise_to_the_minute_and_longer_the_farther(miles: float, mode: str, language: str) -> None:
    travel, farther = to(miles, mode, language=language).travel, to(miles + 50, mode, language=language).travel
    assert travel.least % 5 == travel.most % 5 == 0
    assert 5 <= travel.least < travel.most
    assert farther.most > travel.most
    assert str(travel.least) in travel.words
    assert "estim" in travel.words


@pytest.mark.parametrize("mode", ["walk", "bus", "car"])
def test_no_distance_is_still_a_way(mode: str) -> None:
    assert to(0, mode).travel.least >= 5
