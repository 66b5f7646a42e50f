"""The sketch beside the results: each place where it lies, numbered as in the list; what is hidden is not there."""

import re
from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from directory.search.query import Match
from directory.web.cards import Card, make_card
from directory.web.maps import EDGE, MIDDLE, POINT, SIZE, sketch
from tests.builders import make_listed, make_place
from tests.search.world import HERE, MILE
from tests.web.conftest import Site
from tests.web.test_cards import READER


def card(number: int, north: float = 0.0, east: float = 0.0, **place: object) -> Card:
    there = make_place(latitude=HERE.lat + north * MILE, longitude=HERE.lon + east * MILE / 0.7665, **place)
    return make_card(make_listed(number, place=there), Match(number, 1.0, hypot(north, east)), READER)


def test_north_is_up_and_east_is_right() -> None:
    drawn = sketch(HERE, [card(1, north=4), card(2, east=4), card(3, north=-2)], "en")
    assert drawn
    above, right, below = drawn.marks
    assert (round(above.x), round(right.y)) == (MIDDLE, MIDDLE)
    assert above.y < MIDDLE < right.x
    assert abs(abs(MIDDLE - above.y) - 2 * (below.y - MIDDLE)) < 0.5  # twice as far is drawn twice as far


def test_rings_tell_their_distance() -> None:
    drawn = sketch(HERE, [card(1, north=5)], "es")
    assert drawn
    far = MIDDLE - drawn.marks[0].y
    assert [ring.words for ring in drawn.rings] == ["2 millas", "4 millas"]
    assert all(abs(ring.radius - far * float(ring.words.split()[0]) / 5) < 0.3 for ring in drawn.rings)


def test_places_that_would_cover_each_other_are_one_point_that_names_all() -> None:
    drawn = sketch(HERE, [card(1), card(2), card(3, north=9)], "en")
    assert drawn
    assert [(mark.label, mark.spot) for mark in drawn.marks] == [("1+", "r1"), ("3", "r3")]
    assert drawn.marks[0].told.startswith("1. ")
    assert ". 2. " in drawn.marks[0].told


def test_a_hidden_place_and_one_that_is_online_are_not_drawn() -> None:
    hidden = card(1, confidential=True)
    online = make_card(make_listed(2, place=None), None, READER)
    assert sketch(HERE, [hidden, online], "en") is None
    drawn = sketch(HERE, [hidden, card(2, north=1), online], "en")
    assert drawn
    assert [mark.label for mark in drawn.marks] == ["2"]
    assert drawn.missing == 2


def test_an_area_is_told_from_an_address() -> None:
    drawn = sketch(HERE, [card(1, north=3, approximate=True), card(2, north=-3)], "en")
    assert drawn
    assert [mark.rough for mark in drawn.marks] == [True, False]


def test_without_a_place_to_be_near_there_is_no_map() -> None:
    assert sketch(None, [card(1)], "en") is None


@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-90, 90)), min_size=1, max_size=20))
def test_every_place_is_on_the_map_once_and_no_name_covers_a_point(offsets: list[tuple[float, float]]) -> None:
    drawn = sketch(HERE, [card(n, north, east) for n, (north, east) in enumerate(offsets, 1)], "en")
    assert drawn
    numbers = [int(n) for mark in drawn.marks for n in re.findall(r"(\d+)\. ", mark.told)]
    assert sorted(numbers) == list(range(1, len(offsets) + 1))
    assert all(EDGE - 1 <= at <= SIZE - EDGE + 1 for mark in drawn.marks for at in (mark.x, mark.y))
    for town in drawn.towns:
        assert all(abs(town.x - mark.x) > POINT or abs(town.y - mark.y) > POINT / 2 for mark in drawn.marks)


def test_a_tap_on_a_number_leads_to_its_card(pages: Site) -> None:
    page = pages.post("/search", place="43215")
    spots = re.findall(r'<a href="#(r\d+)" class="mark', page)
    assert spots
    assert all(f'id="{spot}"' in page for spot in spots)
    assert "http" not in page[page.index("<svg") : page.index("</svg>")]
