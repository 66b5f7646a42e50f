import json

from directory.listing import Area
from tests.builders import make_listed
from tests.exchange.invented import export


def test_a_feature_has_its_pin_as_longitude_latitude_and_its_facts_as_json() -> None:
    body = json.loads(export("geojson", make_listed(7)))
    assert body["type"] == "FeatureCollection"
    assert body["generated"] == "2026-01-15T12:00:00+00:00"
    (feature,) = body["features"]
    assert feature["type"] == "Feature"
    assert feature["geometry"] == {"type": "Point", "coordinates": [-83.0042, 39.9671]}
    assert feature["properties"]["times"][0]["start"] == "19:00"
    assert feature["properties"]["publisher"] == "Example Intergroup"
    assert feature["properties"]["licence"] == "open, with credit"


def test_a_listing_without_a_place_has_no_geometry() -> None:
    (feature,) = json.loads(export("geojson", make_listed(place=None, area=Area(nationwide=True))))["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["area"]["nationwide"] is True


def test_nothing_to_share_is_an_empty_collection() -> None:
    assert json.loads(export("geojson"))["features"] == []
