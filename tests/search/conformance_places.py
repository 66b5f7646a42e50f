"""What every engine promises about place, filters and counts (directory/search/query.py)."""

from dataclasses import replace

import pytest
from geopy.distance import great_circle

from directory.errors import BadQuestion
from directory.search.query import Engine, Near, SearchQuery, Window
from directory.vocab import Kind
from tests.search.world import HERE, Suite, away, beyond, doc, filled, found, ids, time

FIJI = Near("Fiji", -17.8, 179.9)
POLE = Near("North Pole", 90.0, 0.0)


class PlacesConformance(Suite):
    def test_the_radius_is_a_circle_and_its_edge_is_inside(self, engine: Engine) -> None:
        filled(engine, doc(1, **away(24.9)), doc(2, **away(25.1)), doc(3, **away(0)))
        assert found(engine, near=HERE) == {1, 3}
        edge = great_circle((HERE.lat, HERE.lon), (away(24.9)["lat"], HERE.lon)).miles
        assert found(engine, near=HERE, radius=edge + 1e-6) == {1, 3}
        assert found(engine, near=HERE, radius=edge - 1e-3) == {3}

    def test_corners_of_the_box_are_outside(self, engine: Engine) -> None:
        corner = {"lat": HERE.lat + 24 / 69.09, "lon": HERE.lon + 24 / 53.0}  # 24 miles north and 24 east: 34 in all
        filled(engine, doc(1, **corner))
        assert found(engine, near=HERE) == set()
        assert found(engine, near=HERE, radius=35) == {1}

    def test_longitude_is_tested_and_not_latitude_twice(self, engine: Engine) -> None:
        filled(engine, doc(1, lat=HERE.lat, lon=HERE.lon + 2), doc(2, lat=HERE.lat, lon=HERE.lon - 0.1))
        assert found(engine, near=HERE) == {2}

    def test_listings_sharing_a_point_with_each_other_and_the_searcher_are_all_found(self, engine: Engine) -> None:
        twins = {"lat": 40.1, "lon": -83.1}
        filled(engine, doc(1), doc(2), doc(3, **twins), doc(4, **twins), doc(5, lat=HERE.lat, lon=-83.1))
        answer = engine.search(SearchQuery(near=HERE, sort="near"))
        assert ids(answer) == [1, 2, 5, 3, 4]
        assert answer.matches[0].miles == pytest.approx(0, abs=0.001)

    def test_the_point_zero_zero_is_a_place(self, engine: Engine) -> None:
        filled(engine, doc(1, lat=0.0, lon=0.0), doc(2))
        assert found(engine, near=Near("Null Island", 0.0, 0.0)) == {1}

    def test_miles_are_great_circle_miles(self, engine: Engine) -> None:
        filled(engine, doc(1, lat=41.4993, lon=-81.6944))
        match = engine.search(SearchQuery(near=HERE, radius=200)).matches[0]
        assert match.miles == pytest.approx(great_circle((HERE.lat, HERE.lon), (41.4993, -81.6944)).miles, rel=0.005)

    def test_a_radius_written_as_text_is_that_number(self, engine: Engine) -> None:
        filled(engine, doc(1, **away(60)), doc(2, **away(5)))
        assert found(engine, near=HERE, radius="100") == {1, 2}
        assert found(engine, near=HERE, radius="9") == {2}

    @pytest.mark.parametrize("radius", ["far", None, -1, "nan"])
    def test_a_radius_that_is_no_distance_is_a_bad_question(self, radius: object) -> None:
        with pytest.raises(BadQuestion, match="number of miles"):
            SearchQuery(radius=radius)  # type: ignore[arg-type]

    def test_antimeridian_and_poles_are_harmless(self, engine: Engine) -> None:
        filled(engine, doc(1, lat=-17.8, lon=-179.9), doc(2, lat=89.95, lon=120.0), doc(3))
        assert found(engine, near=FIJI) == {1}
        assert found(engine, near=POLE) == {2}
        assert found(engine, near=Near("South Pole", -90.0, 179.0)) == set()
        assert found(engine, near=replace(FIJI, lon=-180.0), radius=20000) == {1, 2, 3}

    def test_online_stands_apart(self, engine: Engine) -> None:
        filled(engine, doc(1), doc(2, lat=None, lon=None, anywhere=True), doc(3, anywhere=True))
        answer = engine.search(SearchQuery(near=HERE))
        assert (ids(answer), sorted(beyond(answer)), answer.total, answer.beyond_total) == ([1], [2, 3], 1, 2)
        assert answer.facets["kind"] == {"support_group": 1}

    def test_a_hybrid_is_inside_and_found_under_both_ways(self, engine: Engine) -> None:
        both = {"modality": ("hybrid", "in_person", "online")}
        filled(engine, doc(1, facets=both), doc(2, facets={"modality": ("online",)}, anywhere=True, lat=None, lon=None))
        for way in ("in_person", "online", "hybrid"):
            assert found(engine, near=HERE, facets={"modality": (way,)}) == {1}
        assert engine.search(SearchQuery(near=HERE, facets={"modality": ("online",)})).beyond_total == 1

    def test_service_areas_survive_the_radius(self, engine: Engine) -> None:
        nowhere = {"lat": None, "lon": None}
        filled(
            engine,
            doc(1, "Statewide", states=("OH",), **nowhere),
            doc(2, "Statewide with an office", states=("OH",), **away(120)),
            doc(3, "Another state", states=("MI",), **nowhere),
            doc(4, "Nationwide", nationwide=True, **nowhere),
            doc(5, "County", counties=("OH:Franklin",), **nowhere),
            doc(6, "Another county", counties=("OH:Knox",), **nowhere),
            doc(7, "A county of that name elsewhere", counties=("KY:Franklin",), **nowhere),
            doc(8, "County, written out", counties=("OH:Franklin County",), **nowhere),
            doc(9, "Statewide and here", states=("OH",)),
        )
        answer = engine.search(SearchQuery(near=HERE))
        assert (ids(answer), set(beyond(answer))) == ([9], {1, 2, 4, 5, 8})
        assert next(m.miles for m in answer.beyond if m.id == 2) == pytest.approx(120, rel=0.005)
        assert next(m.miles for m in answer.beyond if m.id == 1) is None

    def test_beyond_passes_the_same_words_kinds_facets_and_window(self, engine: Engine) -> None:
        online = {"lat": None, "lon": None, "anywhere": True, "facets": {"payment": ("free",)}}
        meets = {"times": (time(2, "19:00", "20:00"),)}
        filled(
            engine,
            doc(1, "Lantern", **online, **meets),
            doc(2, "Harbor", **online, **meets),
            doc(3, "Lantern", **online),
            doc(4, "Lantern", **{**online, "facets": {}}, **meets),
            doc(5, "Lantern", **online, **meets, kinds=(Kind.OUTPATIENT,)),
        )
        query = SearchQuery(
            "lantern",
            near=HERE,
            kinds=(Kind.SUPPORT_GROUP,),
            facets={"payment": ("free",)},
            window=Window(2, 18 * 60, 21 * 60),
        )
        assert beyond(engine.search(query)) == [1]

    def test_without_a_place_everything_counts_and_nothing_is_beyond(self, engine: Engine) -> None:
        filled(engine, doc(1), doc(2, anywhere=True), doc(3, lat=None, lon=None, states=("OH",)), doc(4, **away(3000)))
        answer = engine.search(SearchQuery())
        assert (answer.total, answer.beyond_total) == (4, 0)
        assert {match.miles for match in answer.matches} == {None}

    def test_facets_are_or_within_a_group_and_and_between(self, engine: Engine) -> None:
        filled(
            engine,
            doc(1, facets={"payment": ("free",), "gender": ("women",)}),
            doc(2, facets={"payment": ("medicaid", "free"), "gender": ("men",)}),
            doc(3, facets={"payment": ("medicare",), "gender": ("women",)}),
        )
        assert found(engine, facets={"payment": ("free", "medicare")}) == {1, 2, 3}
        assert found(engine, facets={"payment": ("free", "medicare"), "gender": ("women",)}) == {1, 3}
        assert found(engine, facets={"payment": ()}) == {1, 2, 3}
        assert found(engine, facets={"payment": ("gold",)}) == set()
        assert found(engine, facets={"colour": ("blue",)}) == set()
        assert found(engine, facets={"@area": ("OH",)}) == set()

    def test_a_listing_is_found_under_each_of_its_kinds(self, engine: Engine) -> None:
        filled(engine, doc(1, kinds=(Kind.OUTPATIENT, Kind.SOBER_LIVING)), doc(2, kinds=(Kind.SOBER_LIVING,)), doc(3))
        assert found(engine, kinds=(Kind.SOBER_LIVING,)) == {1, 2}
        assert found(engine, kinds=(Kind.OUTPATIENT, Kind.SUPPORT_GROUP)) == {1, 3}
        assert engine.search(SearchQuery()).facets["kind"] == {"outpatient": 1, "sober_living": 2, "support_group": 1}

    def test_counts_are_exact_whatever_the_page(self, engine: Engine) -> None:
        filled(engine, *(doc(n, facets={"payment": ("free",) if n % 3 else ("medicaid",)}) for n in range(1, 61)))
        for limit, offset in ((5, 0), (5, 55), (0, 0), (5, 500)):
            answer = engine.search(SearchQuery(near=HERE, limit=limit, offset=offset))
            assert answer.total == 60
            assert answer.facets["payment"] == {"free": 40, "medicaid": 20}
            assert sum(answer.facets["payment"].values()) == answer.total

    def test_a_group_counts_with_its_own_filter_lifted(self, engine: Engine) -> None:
        filled(
            engine,
            doc(1, facets={"payment": ("free",), "gender": ("women",)}),
            doc(2, facets={"payment": ("medicaid",), "gender": ("women",)}),
            doc(3, facets={"payment": ("medicaid",), "gender": ("men",)}),
            doc(4, facets={"payment": ("free",), "gender": ("women",)}, **away(80)),
            doc(5, "Lantern", facets={"payment": ("free",)}, kinds=(Kind.OUTPATIENT,)),
        )
        answer = engine.search(SearchQuery(near=HERE, facets={"payment": ("free",)}, kinds=(Kind.SUPPORT_GROUP,)))
        assert ids(answer) == [1]
        assert answer.facets["payment"] == {"free": 1, "medicaid": 2}
        assert answer.facets["gender"] == {"women": 1}
        assert answer.facets["kind"] == {"support_group": 1, "outpatient": 1}

    def test_nothing_found_counts_nothing(self, engine: Engine) -> None:
        filled(engine, doc(1, facets={"payment": ("free",)}))
        assert engine.search(SearchQuery("zebra")).facets == {}
        assert engine.search(SearchQuery(facets={"payment": ("medicaid",)})).facets == {"payment": {"free": 1}}
