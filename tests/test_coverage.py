"""Which ZIP codes have help near: counted right, whatever the number of places."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.coverage import MILES, busiest_state, coverage
from directory.geo import miles
from directory.search.query import Overview


def seen(*places: tuple[float, float, str]) -> Overview:
    lat, lon, kind = ([place[n] for place in places] for n in range(3))
    return Overview({}, np.array(lat, float), np.array(lon, float), np.array(kind, str))


COLUMBUS = (39.9612, -82.9988)


def test_places_are_counted_around_each_zip_by_kind() -> None:
    found = {z.code: z for z in coverage(seen((*COLUMBUS, "outpatient"), (*COLUMBUS, "support_group")), "OH")}
    assert found["43215"].count == 2
    assert found["45202"].count == 0  # Cincinnati
    assert found["43215"].city == "Columbus"
    only = {
        z.code: z for z in coverage(seen((*COLUMBUS, "outpatient"), (*COLUMBUS, "support_group")), "OH", "outpatient")
    }
    assert only["43215"].count == 1


def test_a_state_nobody_knows_and_an_empty_directory_are_no_trouble() -> None:
    assert coverage(seen(), "XX") == []
    assert {one.count for one in coverage(seen(), "OH")} == {0}
    assert busiest_state(seen()) == "OH"
    assert busiest_state(seen((42.36, -71.06, "outpatient"))) == "MA"


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.floats(38.5, 42), st.floats(-84.8, -80.5), st.just("outpatient")), max_size=20))
def test_no_place_within_ten_miles_is_missed_and_none_far_away_counts(places: list[tuple[float, float, str]]) -> None:
    for one in coverage(seen(*places), "OH")[::40]:
        far = [miles(one.lat, one.lon, lat, lon) for lat, lon, _ in places]
        assert sum(m < MILES for m in far) <= one.count <= sum(m < 2.2 * MILES for m in far)


def test_counts_are_named_in_steps() -> None:
    many = {z.code: z.step for z in coverage(seen(*[(*COLUMBUS, "outpatient")] * 5), "OH")}
    assert (many["43215"], many["45202"]) == (2, 0)
