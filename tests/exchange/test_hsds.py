import json
import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.exchange.hsds import organization_of, places_of, terms_of
from directory.listing import Area, Listed, Online, Phone
from directory.schedule import WeeklyTime
from directory.vocab import Modality
from tests.builders import make_listed, make_place, make_time
from tests.exchange.invented import export, listings

SCHEMAS = Path(__file__).parents[3] / "shared" / "samples" / "hsds" / "spec-3.0" / "schema"
# What the specification requires, for a checkout without its schemas beside it.
REQUIRED = {
    "service": ["id", "name", "status"],
    "organization": ["id", "name", "description"],
    "location": ["id", "location_type"],
    "address": ["id", "address_1", "city", "state_province", "postal_code", "country", "address_type"],
    "phone": ["id", "number"],
    "taxonomy_term": ["id", "name", "description"],
}
PLURAL = {"addresses": "address", "accessibility": "accessibility", "service_at_locations": "service_at_location"}
TYPES = {"string": str, "number": (int, float), "array": list}


def schema(name: str) -> dict[str, Any]:
    path = SCHEMAS / f"{name}.json"
    if path.is_file():
        read: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return read
    return {"required": REQUIRED.get(name, ["id"])}


def complaints(thing: dict[str, Any], name: str) -> list[str]:
    """Missing, unknown, wrongly typed or wrongly written members, nested ones too."""
    told, rules = schema(name), schema(name).get("properties")
    found = [f"{name}: no {member}" for member in told.get("required", []) if member not in thing]
    for member, value in thing.items():
        if rules is not None and member not in rules:
            found.append(f"{name}: unknown {member}")
            continue
        found += [f"{name}.{member}: {value!r}"] if not fits(value, (rules or {}).get(member, {})) else []
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                found += complaints(inner, PLURAL.get(member, member.removesuffix("s")))
    UUID(thing["id"])
    return found


def fits(value: Any, rule: dict[str, Any]) -> bool:
    if "enum" in rule:
        return value in rule["enum"]
    if rule.get("format") == "date-time":
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value))
    if rule.get("format") == "uri":
        return bool(re.match(r"https?://\S+$", value))
    return not isinstance(rule.get("type"), str) or isinstance(value, TYPES.get(rule["type"], object))


def service(**changes: Any) -> dict[str, Any]:
    (one,) = json.loads(export("hsds", make_listed(**changes)))["contents"]
    assert isinstance(one, dict)
    return one


@given(st.lists(listings(), max_size=2))
def test_every_service_keeps_the_specification(several: list[Listed]) -> None:
    for one in json.loads(export("hsds", *several))["contents"]:
        assert complaints(one, "service") == []


def test_the_checker_itself_finds_what_is_missing_and_wrong() -> None:
    broken = service() | {"status": "gone"}
    del broken["name"]
    assert "service: no name" in complaints(broken, "service")
    if SCHEMAS.is_dir():
        assert "service.status: 'gone'" in complaints(broken, "service")


def test_a_full_service_nests_its_organization_place_and_pin() -> None:
    one = service()
    assert one["organization"]["name"] == "Northside Group"
    location = one["service_at_locations"][0]["location"]
    assert (location["latitude"], location["longitude"]) == (39.9671, -83.0042)
    assert location["addresses"][0]["address_1"] == "1200 Example Avenue"
    assert location["accessibility"][0]["description"] == "Wheelchair access"
    assert one["assured_date"] == "2026-01-05"


SCHEDULES = [
    (make_time(), {"freq": "WEEKLY", "interval": 1, "byday": "TU", "opens_at": "19:00", "closes_at": "20:00"}),
    (make_time(every=2), {"freq": "WEEKLY", "interval": 2, "byday": "TU"}),
    (WeeklyTime(0, 600, weeks=(-1,)), {"freq": "MONTHLY", "byday": "-1SU", "opens_at": "10:00"}),
    (WeeklyTime(1, 600, weeks=(1, 3)), {"freq": "MONTHLY", "byday": "1MO,3MO"}),
    (WeeklyTime(6, 1380, 1500), {"byday": "SA", "opens_at": "23:00", "closes_at": "01:00"}),
]


@pytest.mark.parametrize(("time", "told"), SCHEDULES)
def test_a_time_is_a_recurrence_rule(time: WeeklyTime, told: dict[str, object]) -> None:
    (schedule,) = service(times=(time,))["schedules"]
    assert {name: schedule[name] for name in told} == told
    assert schedule["timezone"] == -5
    assert schedule["description"].endswith("(America/New_York)")


def test_an_unknown_end_is_not_invented() -> None:
    (schedule,) = service(times=(make_time(end=None),))["schedules"]
    assert "closes_at" not in schedule


def test_a_denial_is_a_term_of_its_own_and_publisher_and_licence_travel_along() -> None:
    one = service(denied={"medication": ("methadone",)})
    terms = {attribute["taxonomy_term"]["code"]: attribute for attribute in one["attributes"]}
    assert "medication:methadone" not in terms
    assert terms["no-medication:methadone"]["taxonomy_term"]["name"] == "No: Methadone"
    assert terms["source:publisher"]["value"] == "Example Intergroup"
    assert terms["source:licence"]["value"] == "open, with credit"


def test_an_online_meeting_has_a_virtual_location_only_and_a_hybrid_has_both() -> None:
    online = Online(url="https://example.org/join")
    kinds = [
        [at["location"]["location_type"] for at in service(modality=modality, online=online)["service_at_locations"]]
        for modality in (Modality.ONLINE, Modality.HYBRID)
    ]
    assert kinds == [["virtual"], ["physical", "virtual"]]


def test_an_approximate_pin_says_so() -> None:
    location = service(place=make_place(street="", approximate=True))["service_at_locations"][0]["location"]
    assert location["attributes"][0]["taxonomy_term"]["code"] == "place:approximate"
    assert location["addresses"][0]["address_1"] == ""


def test_an_extension_of_digits_is_a_number_and_any_other_stays_in_the_words() -> None:
    plain, odd = service(phones=(Phone("614-555-0134", "12"), Phone("614-555-0135", "1a")))["phones"]
    assert (plain["number"], plain["extension"]) == ("614-555-0134", 12)
    assert odd["number"] == "614-555-0135 x1a"


def test_areas_are_named() -> None:
    area = Area(nationwide=False, states=("OH", "KY"), words="Greater Cincinnati")
    assert [one["name"] for one in service(area=area)["service_areas"]] == ["OH", "KY"]


@given(listings())
def test_the_ids_told_beforehand_are_those_of_the_whole_service(listed: Listed) -> None:
    for one in json.loads(export("hsds", listed))["contents"]:
        assert organization_of(listed)[0] == one["organization"]["id"]
        assert places_of(listed) == [at["id"] for at in one.get("service_at_locations", ())]
        codes = {f"{group}:{word}" for group, word, _ in terms_of(listed)}
        assert codes == {attribute["taxonomy_term"]["code"] for attribute in one["attributes"]}
