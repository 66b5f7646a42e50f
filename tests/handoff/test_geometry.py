"""The packet's map: the same drawing as on the screen, without a doorstep in its middle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.gazetteer import gazetteer
from directory.handoff.geometry import MIDDLE, SIZE, Spot, draw, eighth
from directory.search.query import Near
from tests.builders import make_place
from tests.handoff.people import NEAR, clinic, make_packet, online


@pytest.mark.parametrize(
    ("east", "north", "way"),
    [(0, 1, 0), (1, 1, 1), (1, 0, 2), (1, -1, 3), (0, -1, 4), (-1, -1, 5), (-1, 0, 6), (-1, 1, 7), (-0.1, 1, 0)],
)
def test_eight_directions_turn_clockwise_from_north(east: float, north: float, way: int) -> None:
    assert eighth(east, north) == way


@given(st.lists(st.tuples(st.floats(-2, 2), st.floats(-2, 2)), min_size=1, max_size=12))
def test_every_point_lies_inside_the_drawing(offsets: list[tuple[float, float]]) -> None:
    spots = [Spot(n, f"Place {n}", NEAR.lat + lat, NEAR.lon + lon) for n, (lat, lon) in enumerate(offsets, 1)]
    drawn = draw(NEAR, spots, 0, "en")
    assert drawn
    assert all(0 <= mark.x <= SIZE and 0 <= mark.y <= SIZE for mark in drawn.marks)
    assert drawn.rings[0].radius <= MIDDLE


def test_within_two_miles_no_town_is_named() -> None:
    near = draw(NEAR, [Spot(1, "Place", NEAR.lat + 0.01, NEAR.lon)], 0, "en")
    far = draw(NEAR, [Spot(1, "Place", NEAR.lat + 0.3, NEAR.lon)], 0, "en")
    assert near
    assert far
    assert near.towns == ()
    assert far.towns != ()


def test_the_middle_of_a_zip_is_drawn_as_it_is_and_any_other_point_to_half_a_mile() -> None:
    row = gazetteer().rows[gazetteer().nearest(NEAR.lat, NEAR.lon)]
    middle = Near("43215", float(row["lat"]), float(row["long"]), timezone=NEAR.timezone)
    place = make_place(latitude=middle.lat + 0.02, longitude=middle.lon)
    at_middle = make_packet([clinic(place=place)], near=middle).section("places").sketch
    assert at_middle
    assert at_middle.marks[0].x == MIDDLE
    drawings = {
        make_packet([clinic(place=place)], near=Near("home", 39.9712 + step, -83.0049, timezone=NEAR.timezone))
        .section("places")
        .sketch.marks  # type: ignore[union-attr]
        for step in (0.0, 0.001, 0.002)
    }
    assert len(drawings) == 1  # the door cannot be told from its neighbours


def test_the_drawing_is_told_in_words_with_distance_and_direction() -> None:
    sketch = make_packet([clinic(), online()]).section("places").sketch
    assert sketch
    assert sketch.words == "Where these places are; 1. Harbor Point Clinic: 1.1 miles away, north"
    assert sketch.missing == 1


def test_nothing_to_draw_is_no_map() -> None:
    assert make_packet([online()]).section("places").sketch is None
    assert make_packet(near=None).section("places").sketch is None
    hidden = clinic(place=make_place(confidential=True))
    assert make_packet([hidden]).section("places").sketch is None
