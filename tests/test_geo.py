"""Places in words, centres, time zones and miles."""

import random
import socket

import numpy as np
import pytest
from geopy.distance import geodesic

from directory.gazetteer import gazetteer, miles_to_all
from directory.geo import Locator, miles, zip_geocoder
from directory.listing import Place
from tests.builders import make_place

FINDS = [
    ("43215", "Columbus, OH 43215"),
    (" 43215 ", "Columbus, OH 43215"),
    ("43215-1234", "Columbus, OH 43215"),
    ("Columbus, OH 43215", "Columbus, OH 43215"),
    ("near 43215 🙂", "Columbus, OH 43215"),
    ("Columbus, OH", "Columbus, OH"),
    ("COLUMBUS OHIO", "Columbus, OH"),
    ("columbus", "Columbus, OH"),
    ("Columbus, GA", "Columbus, GA"),
    ("Columbus, OH 99999", "Columbus, OH"),
    ("Worthington, Ohio, USA", "Worthington, OH"),
    ("St. Louis", "Saint Louis, MO"),
    ("Winston-Salem, nc", "Winston Salem, NC"),
    ("Charleston, West Virginia", "Charleston, WV"),
    ("nyc", "New York, NY"),
    ("New York", "New York, NY"),
    ("washington dc", "Washington, DC"),
    ("San José, CA", "San Jose, CA"),
    ("Franklin County, OH", "Franklin County, OH"),
    ("franklin county ohio", "Franklin County, OH"),
    ("Cuyahoga", "Cuyahoga County, OH"),
    ("Orleans Parish, LA", "Orleans Parish, LA"),
    ("Brooklyn, NY", "Brooklyn, NY"),
    ("Ohio", "Ohio"),
    ("OH", "Ohio"),
    ("west virginia", "West Virginia"),
    ("Indiana", "Indiana"),
    ("Indiana, PA", "Indiana, PA"),
]
MISSPELT = [("Colombus", "Columbus, OH"), ("colombus, oh", "Columbus, OH"), ("Cincinatti", "Cincinnati, OH")]
NOWHERE = ["", "   ", "99999", "00000", "zzzzqq", "Toronto, ON", "🙂", "91,0", "10,181", "a" * 5000, "\x00", "Xx, OH"]


@pytest.fixture
def locator() -> Locator:
    return Locator()


@pytest.mark.parametrize(("words", "label"), FINDS + MISSPELT)
def test_places_are_found_in_the_words_people_use(locator: Locator, words: str, label: str) -> None:
    near = locator.find(words)
    assert near is not None
    assert near.label == label


@pytest.mark.parametrize("words", NOWHERE)
def test_what_is_no_place_is_not_guessed(locator: Locator, words: str) -> None:
    assert locator.find(words) is None


def test_a_place_carries_its_point_state_county_and_zone(locator: Locator) -> None:
    near = locator.find("43215")
    assert near is not None
    assert (near.lat, near.lon) == pytest.approx((39.9671, -83.0044))
    assert (near.state, near.county, near.timezone) == ("OH", "Franklin County", "America/New_York")
    city = locator.find("El Paso, TX")
    assert city is not None
    assert (city.state, city.county, city.timezone) == ("TX", "El Paso County", "America/Denver")


@pytest.mark.parametrize("words", ["39.96,-83.0", "39.96, -83.0", "39.96 -83.0", "+39.96;-83.0"])
def test_a_point_stays_itself_and_is_named_after_its_town(locator: Locator, words: str) -> None:
    near = locator.find(words)
    assert near is not None
    assert (near.lat, near.lon, near.label, near.state) == (39.96, -83.0, "Columbus, OH", "OH")


def test_a_point_far_from_any_zip_is_still_a_point(locator: Locator) -> None:
    near = locator.find("0,0")
    assert near is not None
    assert (near.lat, near.lon, near.state, near.timezone) == (0.0, 0.0, "", "")


def test_centroid_is_of_the_zip_then_of_the_town(locator: Locator) -> None:
    assert locator.centroid(Place(postal_code="43215-1234", state="OH")) == pytest.approx((39.9671, -83.0044))
    town = locator.centroid(Place(city="Columbus", state="OH"))
    assert town is not None
    assert miles(*town, 39.96, -83.0) < 5
    assert locator.centroid(Place(city="Gahanna", state="oh")) is not None
    assert locator.centroid(Place(city="Nowhere", state="OH")) is None
    assert locator.centroid(Place()) is None


def test_a_zip_of_another_state_is_a_slip_and_never_moves_a_place(locator: Locator) -> None:
    town = locator.centroid(Place(postal_code="34215", city="Columbus", state="OH"))
    assert town == locator.centroid(Place(city="Columbus", state="OH"))
    assert locator.centroid(Place(postal_code="34215", state="OH")) is None


def test_only_the_united_states_have_zip_codes(locator: Locator) -> None:
    assert locator.centroid(Place(postal_code="43215", city="Berlin", country="DE")) is None
    assert locator.zone(Place(postal_code="43215", country="DE")) is None


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        (make_place(), "America/New_York"),
        (Place(postal_code="79901", state="TX"), "America/Denver"),
        (Place(city="El Paso", state="TX"), "America/Denver"),
        (Place(city="Nowhere Known", state="OH"), "America/New_York"),
        (Place(city="Nowhere Known", state="TX"), None),
        (Place(state="AZ", city="Phoenix"), "America/Phoenix"),
        (Place(postal_code="99551", state="AK"), "America/Anchorage"),
        (Place(latitude=41.88, longitude=-87.63), "America/Chicago"),
        (Place(latitude=41.88, longitude=-87.63, postal_code="43215", state="OH"), "America/Chicago"),
        (Place(latitude=64.84, longitude=-147.72), "America/Anchorage"),
        (Place(latitude=51.88, longitude=-176.64), "America/Adak"),
        (Place(latitude=0.0, longitude=-30.0), None),
        (Place(latitude=90.0, longitude=0.0), None),
        (Place(latitude=20.0, longitude=180.0), None),
        (Place(city="Winnipeg", state="MB", country="CA"), "America/Winnipeg"),
        (Place(city="Thunder Bay", state="ON", country="CA"), None),
        (Place(latitude=51.5, longitude=-0.12, country="GB"), None),
        (Place(), None),
    ],
)
def test_zone_of_a_place(locator: Locator, place: Place, zone: str | None) -> None:
    assert locator.zone(place) == zone


def test_the_nearest_zip_is_the_nearest_of_all() -> None:
    known, chance = gazetteer(), random.Random(3)
    lats, lons = np.array(known.lat), np.array(known.lon)
    for _ in range(150):
        lat, lon = round(chance.uniform(18, 71), 2), round(chance.uniform(-170, -66), 2)
        all_miles = miles_to_all(lat, lon, lats, lons)
        row = known.nearest(lat, lon)
        if row is None:
            assert all_miles.min() > 40
        else:
            assert all_miles[row] == pytest.approx(all_miles.min())


def test_every_zone_named_is_one() -> None:
    from zoneinfo import ZoneInfo

    known = gazetteer()
    zones = {known.zone(row) for row in range(len(known.rows))} - {None}
    assert len(zones) > 30
    assert all(ZoneInfo(str(zone)) for zone in zones)


def test_miles_in_bulk_are_the_miles_shown() -> None:
    chance = random.Random(5)
    points = [(chance.uniform(-89, 89), chance.uniform(-180, 180)) for _ in range(200)]
    lats, lons = np.array([p[0] for p in points]), np.array([p[1] for p in points])
    bulk = miles_to_all(39.9671, -83.0044, lats, lons)
    for point, far in zip(points, bulk, strict=True):
        assert far == pytest.approx(miles(39.9671, -83.0044, *point), rel=1e-6, abs=1e-6)
        assert far == pytest.approx(geodesic((39.9671, -83.0044), point).miles, rel=0.006)
    assert miles_to_all(10.0, 20.0, np.array([10.0]), np.array([20.0]))[0] == 0


def test_nothing_is_asked_of_the_network(locator: Locator, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", closed)
    monkeypatch.setattr(socket, "getaddrinfo", closed)
    for words in (*NOWHERE, "Columbus, OH", "Colombus", "39.9,-83.1", "Somewhere Else, OH"):
        locator.find(words)
    zip_geocoder().geocode("Nowhere At All")


def test_our_zips_are_a_geopy_geocoder_too() -> None:
    location = zip_geocoder().geocode("43215")
    assert (location.address, location.latitude) == ("Columbus, OH 43215", pytest.approx(39.9671))
    assert zip_geocoder().geocode("43215", exactly_one=False) == [location]
    assert zip_geocoder().geocode("zzzzqq") is None


class Outside:
    """A stand-in for a geocoder the operator configured."""

    def __init__(self, answer: object) -> None:
        self.answer, self.asked = answer, []

    def geocode(self, words: str, *, exactly_one: bool) -> object:
        self.asked.append(words)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_an_outside_geocoder_is_asked_only_what_we_do_not_know() -> None:
    from geopy.exc import GeocoderTimedOut
    from geopy.location import Location

    outside = Outside(Location("Ohio Statehouse", (39.9612, -82.9988), {}))
    locator = Locator(outside)
    locator.find("43215")
    assert outside.asked == []
    near = locator.find("Ohio Statehouse Rotunda Steps")
    assert near is not None
    assert (near.label, near.lat, near.state) == ("Ohio Statehouse", 39.9612, "OH")
    assert Locator(Outside(None)).find("Ohio Statehouse Rotunda Steps") is None
    assert Locator(Outside(GeocoderTimedOut("slow"))).find("Ohio Statehouse Rotunda Steps") is None
