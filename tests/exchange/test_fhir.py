import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.exchange.fhir_times import available
from directory.exchange.terms import SYSTEM
from directory.listing import Area, Listed, Online
from directory.schedule import WeeklyTime
from directory.vocab import Modality
from tests.builders import make_listed, make_place
from tests.exchange.invented import export, listings

REQUIRED = {
    "HealthcareService": {"id", "active", "providedBy", "category", "name"},
    "Location": {"id", "status", "name", "mode"},
    "Organization": {"id", "active", "name"},
}


def bundle(*several: Listed) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(export("fhir", *several))
    return read


def of_type(body: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in body["entry"] if entry["resource"]["resourceType"] == kind]


def references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["reference"]] if isinstance(value.get("reference"), str) else []
        return own + [found for inner in value.values() for found in references(inner)]
    return [found for inner in value for found in references(inner)] if isinstance(value, list) else []


def empties(value: Any) -> bool:
    """FHIR forbids empty strings, arrays and objects."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return value in ("", [], {}) or any(empties(one) for one in inner)


@given(st.lists(listings(), max_size=3, unique_by=lambda one: (one.publisher, one.draft.source_key)))
def test_every_reference_resolves_inside_and_nothing_is_empty(several: list[Listed]) -> None:
    body = bundle(*several)
    assert (body["resourceType"], body["type"]) == ("Bundle", "collection")
    urls = [entry["fullUrl"] for entry in body["entry"]]
    assert len(set(urls)) == len(urls)
    assert set(references(body)) <= set(urls)
    for entry in body["entry"]:
        resource = entry["resource"]
        assert entry["fullUrl"] == f"urn:uuid:{resource['id']}"
        assert REQUIRED[resource["resourceType"]] <= set(resource)
        assert not empties(resource)


def test_every_instant_carries_its_zone() -> None:
    body = bundle(make_listed())
    (service,) = of_type(body, "HealthcareService")
    for instant in (body["timestamp"], service["meta"]["lastUpdated"]):
        assert datetime.fromisoformat(instant).utcoffset() is not None


def test_two_listings_of_one_group_share_its_organization() -> None:
    body = bundle(make_listed(1), make_listed(2))
    assert len(of_type(body, "Organization")) == 1
    assert len(of_type(body, "Location")) == 2


def test_the_service_says_who_what_when_and_under_which_licence() -> None:
    (service,) = of_type(bundle(make_listed(denied={"accepts": ("methadone",)})), "HealthcareService")
    assert service["providedBy"]["display"] == "Northside Group"
    assert service["category"][0]["coding"][0]["code"] == "kind:support_group"
    assert service["availableTime"][0]["daysOfWeek"] == ["tue"]
    assert [tag["display"] for tag in service["meta"]["tag"]] == ["Example Intergroup", "open, with credit"]
    codes = [(c["coding"][0]["system"], c["coding"][0]["code"]) for c in service["characteristic"]]
    assert (SYSTEM, "no-accepts:methadone") in codes
    assert (SYSTEM, "accepts:methadone") not in codes
    assert "appointmentRequired" not in service


AVAILABLE = [
    (WeeklyTime(2, 0, 1440), [{"daysOfWeek": ["tue"], "allDay": True}]),
    (WeeklyTime(2, 1140), [{"daysOfWeek": ["tue"], "availableStartTime": "19:00:00"}]),
    (
        WeeklyTime(6, 1380, 1500),
        [
            {"daysOfWeek": ["sat"], "availableStartTime": "23:00:00", "availableEndTime": "23:59:59"},
            {"daysOfWeek": ["sun"], "availableStartTime": "00:00:00", "availableEndTime": "01:00:00"},
        ],
    ),
    (
        WeeklyTime(2, 1380, 1440),
        [{"daysOfWeek": ["tue"], "availableStartTime": "23:00:00", "availableEndTime": "23:59:59"}],
    ),
]


@pytest.mark.parametrize(("time", "told"), AVAILABLE)
def test_hours_fit_into_single_days(time: WeeklyTime, told: list[dict[str, object]]) -> None:
    assert available([time]) == told


def test_monthly_times_are_told_in_words_never_as_weekly_hours() -> None:
    (service,) = of_type(bundle(make_listed(times=(WeeklyTime(0, 600, weeks=(-1,)),))), "HealthcareService")
    assert "availableTime" not in service
    assert service["availabilityExceptions"] == "last Sunday of the month 10:00 am"


def test_an_online_group_has_a_link_and_no_location() -> None:
    body = bundle(make_listed(modality=Modality.ONLINE, online=Online(url="https://example.org/join")))
    (service,) = of_type(body, "HealthcareService")
    assert of_type(body, "Location") == []
    assert "https://example.org/join" in [point["value"] for point in service["telecom"]]


def test_an_approximate_pin_says_so_and_a_state_is_a_coverage_area() -> None:
    body = bundle(make_listed(place=make_place(street="", approximate=True), area=Area(states=("OH",))))
    place, state = of_type(body, "Location")
    assert {"url": "urn:aftercare-directory:approximate", "valueBoolean": True} in place["extension"]
    assert (state["name"], state["mode"]) == ("OH", "kind")
