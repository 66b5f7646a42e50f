"""Services are found in whatever shape and under whatever names a version of HSDS gives them. All are invented."""

import json
from pathlib import Path
from typing import Any

import pytest

from importers.hsds.shapes import called, impersonal, services_in
from importers.run import Result, read_feed

UK: dict[str, Any] = {  # as Open Referral UK 1.0 nests it
    "id": "7",
    "name": "Riverside Recovery Cafe",
    "description": "A weekly peer support group for people in recovery from alcohol.",
    "status": "active",
    "organization": {"id": "o", "name": "Riverside Trust"},
    "contacts": [
        {"id": "c", "name": "", "title": "Reception", "phones": [{"id": "p", "number": "01632 960001"}]},
        {"id": "d", "name": "Jo Bloggs", "phones": [{"id": "q", "number": "01632 960002"}]},
    ],
    "eligibilitys": [{"id": "e", "eligibility": "Adults of the borough"}],
    "service_taxonomys": [{"id": "t", "taxonomy": {"id": "x:1", "name": "Alcohol misuse", "vocabulary": "lists"}}],
    "regular_schedules": [{"id": "r", "byday": "TU", "freq": "WEEKLY", "opens_at": "18:00", "closes_at": "20:00"}],
    "service_at_locations": [
        {
            "id": "at",
            "location": {
                "id": "l",
                "latitude": 52.6,
                "longitude": -1.6,
                "physical_addresses": [{"address_1": "75 Mill Lane", "city": ", Exton,", "postal_code": "EX1 1AA"}],
            },
        }
    ],
}
PAGE = {"totalElements": 1, "totalPages": 1, "number": 1, "first": True, "last": True, "content": [UK]}


def capitals(value: Any) -> Any:
    """The same with keys as .NET writes them: "Service_at_locations"."""
    if isinstance(value, dict):
        return {name[:1].upper() + name[1:]: capitals(inner) for name, inner in value.items()}
    return [capitals(inner) for inner in value] if isinstance(value, list) else value


def camels(value: Any) -> Any:
    """The same with keys as JavaScript writes them: "serviceAtLocations"."""
    if isinstance(value, dict):
        words = {name: name.split("_") for name in value}
        return {
            words[name][0] + "".join(word.capitalize() for word in words[name][1:]): camels(inner)
            for name, inner in value.items()
        }
    return [camels(inner) for inner in value] if isinstance(value, list) else value


def read(folder: Path, document: Any) -> list[Result]:
    file = folder / "feed.json"
    file.write_text(json.dumps(document))
    reading = read_feed([file])
    assert reading.source == "hsds"
    return list(reading.results())


@pytest.mark.parametrize("shape", [PAGE, UK, capitals([UK]), camels([UK]), {"data": {"list": [UK]}}])
def test_the_uk_profile_is_read_in_any_spelling(tmp_path: Path, shape: Any) -> None:
    [result] = read(tmp_path, shape)
    draft = result.draft
    assert draft is not None
    assert draft.place is not None
    assert (result.key, draft.name, draft.group) == ("at", "Riverside Recovery Cafe", "Riverside Trust")
    assert (draft.place.street, draft.place.city, draft.place.postal_code) == ("75 Mill Lane", "Exton", "EX1 1AA")
    assert [(time.weekday, time.start, time.end) for time in draft.times] == [(2, 18 * 60, 20 * 60)]
    assert "Adults of the borough" in draft.notes
    assert "Alcohol misuse" in draft.categories


def test_a_number_of_nobody_is_the_services_and_a_persons_is_not_kept() -> None:
    told = json.dumps(impersonal(UK))
    assert "01632 960001" in told
    assert "01632 960002" not in told
    assert "Bloggs" not in told


def test_a_contact_whose_name_is_not_told_may_be_anybody() -> None:
    assert impersonal({"contacts": [{"phones": [{"number": "01632 960003"}]}]}) == {}


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("serviceAtLocations", "service_at_locations"),
        ("Postal_code", "postal_code"),
        ("services_attributes", "services"),
        ("eligibilitys", "eligibility"),
        ("id", "id"),
    ],
)
def test_keys_are_known_in_any_spelling(key: str, name: str) -> None:
    assert called(key) == name


def test_a_table_of_services_may_name_the_location_in_a_column(tmp_path: Path) -> None:
    (tmp_path / "services.csv").write_text(
        "id,organization_id,program_id,location_id,name,url,status,application_process\n"
        "s1,o1,,l1,Harbor Food Pantry,,Active,Walk in\ns2,o1,,l1,Old Pantry,,Inactive,\n"
    )
    (tmp_path / "locations.csv").write_text(
        "id,organization_id,name,latitude,longitude\nl1,o1,Harbor Hall,39.9,-83.0\n"
    )
    (tmp_path / "physical_addresses.csv").write_text(
        "id,location_id,address_1,city,state_province,postal_code\na,l1,1 Pier St,Columbus,OH,43215\n"
    )
    reading = read_feed([tmp_path])
    open_, closed = reading.results()
    assert reading.source == "hsds"
    assert open_.draft is not None
    assert open_.draft.place is not None
    assert (open_.key, open_.draft.place.street) == ("s1@l1", "1 Pier St")
    assert (closed.outcome, closed.reason) == ("skipped", "closed, says its status")


# --- packages of tables, in any wrapping ---

OHANA: dict[str, list[dict[str, Any]]] = {
    "services": [
        {
            "id": 1,
            "location_id": 9,
            "name": "Harbor Food Pantry",
            "status": "active",
            "taxonomy_ids": "",
            "keywords": "",
        }
    ],
    "locations": [{"id": 9, "organization_id": 5, "name": "Harbor Hall", "latitude": 39.9, "longitude": -83.0}],
    "organizations": [{"id": 5, "name": "Harbor Help", "tax_id": "", "tax_status": ""}],
    "addresses": [{"id": 3, "location_id": 9, "address_1": "1 Pier St", "city": "Columbus", "state_province": "OH"}],
    "programs": [{"id": 2, "organization_id": 5, "name": "Pantries", "alternate_name": ""}],
}
HSDS = OHANA | {
    "services": [{"id": 1, "organization_id": 5, "name": "Harbor Food Pantry", "status": "active", "wait_time": ""}],
    "service_at_location": [{"id": 7, "service_id": 1, "location_id": 9}],
}


def folder(path: Path, tables: dict[str, list[dict[str, Any]]], wrapping: str) -> Path:
    """The tables as files of their own, or in one document."""
    for name, rows in tables.items() if wrapping in ("arrays", "lines", "pages") else ():
        told = {"arrays": json.dumps(rows), "pages": json.dumps({"total_items": len(rows), "contents": rows})}
        told["lines"] = "".join(f"{json.dumps(row)}\n" for row in rows)
        (path / f"{name}.json").write_text(told[wrapping])
    if wrapping == "one document":
        (path / "all.json").write_text(json.dumps(tables))
    if wrapping == "within data":
        (path / "all.json").write_text(json.dumps({"version": "3.0", "data": tables}))
    return path


@pytest.mark.parametrize("wrapping", ["arrays", "lines", "pages", "one document", "within data"])
@pytest.mark.parametrize(("source", "tables"), [("ohana", OHANA), ("hsds", HSDS)])
def test_the_tables_of_a_package_are_one_feed_in_any_wrapping(
    tmp_path: Path, source: str, tables: dict[str, list[dict[str, Any]]], wrapping: str
) -> None:
    reading = read_feed([folder(tmp_path, tables, wrapping)])
    [result] = reading.results()
    assert reading.source == source
    assert result.draft is not None
    assert result.draft.place is not None
    assert (result.draft.name, result.draft.group) == ("Harbor Food Pantry", "Harbor Help")
    assert (result.draft.place.street, result.draft.place.city) == ("1 Pier St", "Columbus")


def test_a_service_that_is_named_by_its_code_goes_by_its_words() -> None:
    record = {"id": [{"id": "7"}], "name": "BD-1800.2000", "alternate_name": "Food Pantries"}
    [given] = services_in(record)
    assert (given.service["id"], given.service["name"]) == ("7", "Food Pantries")
    assert given.service["attributes"] == [{"taxonomy_term": {"code": "BD-1800.2000", "name": "Food Pantries"}}]


def test_a_name_that_only_looks_like_a_code_stays() -> None:
    [given] = services_in({"id": "7", "name": "PN-12 Step Group", "alternate_name": "Hope"})
    assert given.service["name"] == "PN-12 Step Group"


def test_a_plural_that_a_machine_made_is_known() -> None:
    assert impersonal({"addresss": [{"city": "Cocoa"}]}) == {"addresses": [{"city": "Cocoa"}]}


def test_one_organization_with_its_tax_number_is_read_whole(tmp_path: Path) -> None:
    """Its services alone would be without name, telephone and place."""
    home = {"id": "l", "name": "Office", "addresses": [{"address_1": "7 Oak St", "city": "Cocoa"}]}
    service = {"id": "s", "name": "Food shelf", "application_process": "Call"}
    whole = {"id": "o", "name": "Helpers", "tax_id": "1", "tax_status": "", "website": "helpers.example.org",
             "locations": [home], "services": [service]}  # fmt: skip
    file = tmp_path / "organization.json"
    file.write_text(json.dumps(whole))
    [result] = read_feed([file]).results()
    assert result.draft is not None
    assert (result.draft.group, result.draft.website) == ("Helpers", "https://helpers.example.org")
    assert result.draft.place is not None
    assert (result.draft.place.city, result.draft.place.street) == ("Cocoa", "")


def test_a_table_that_repeats_itself_tells_each_place_its_own(tmp_path: Path) -> None:
    """Damage repeats rows: four hundred places of one service, as many phones of all of them, and one of each."""
    many = 400
    ats = [{"id": f"a{n}", "service_id": "s", "location_id": f"l{n}"} for n in range(many)]
    phones = [{"service_id": "s", "number": "+44 1632 960001"} for _ in range(many)]
    phones += [
        {"service_id": "s", "service_at_location_id": at["id"], "number": f"614-555-01{n % 100:02}"}
        for n, at in enumerate(ats)
    ]
    tables = {
        "services": [{"id": "s", "organization_id": "o", "name": "Food shelf", "status": "active"}],
        "service_at_locations": ats,
    }
    tables |= {"locations": [{"id": f"l{n}", "name": f"Hall {n}"} for n in range(many)], "phones": phones}
    results = [*read_feed([folder(tmp_path, tables, "one document")], state="OH").results()]
    numbers = [[phone.number for phone in result.draft.phones] for result in results if result.draft]
    assert numbers == [["+44 1632 960001", f"614-555-01{n % 100:02}"] for n in range(many)]
