"""The HSDS API against the specification's own schemas, where they are beside the checkout, and its page envelope."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.web.conftest import Site

ENVELOPE = {
    "total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents",
}  # fmt: skip
KINDS = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}


def validator(folder: Path, name: str) -> Draft202012Validator:
    def retrieve(address: str) -> Resource[Any]:
        schema = json.loads((folder / address.rsplit("/", 1)[-1]).read_text("utf-8"))
        return Resource.from_contents(schema, default_specification=DRAFT202012)

    registry: Registry[Any] = Registry(retrieve=retrieve)  # type: ignore[call-arg]
    return Draft202012Validator({"$ref": f"https://schemas.example/{name}.json"}, registry=registry)


@pytest.mark.parametrize("edition", ["spec-3.0", "spec-3.1-dev"])
@pytest.mark.parametrize("plural", KINDS)
def test_lists_and_single_things_validate_against_the_specification(
    pages: Site, samples: Path, edition: str, plural: str
) -> None:
    check = validator(samples / "hsds" / edition / "schema", KINDS[plural])
    full = "?full=true" if plural in ("services", "service_at_locations") else ""
    for one in pages.client.get(f"/hsds/{plural}{full}").json()["contents"]:
        assert [error.message for error in check.iter_errors(one)] == []
    for one in pages.client.get(f"/hsds/{plural}?per_page=5").json()["contents"]:
        assert [error.message for error in check.iter_errors(one)] == []
        whole = pages.client.get(f"/hsds/{plural}/{one['id']}").json()
        assert [error.message for error in check.iter_errors(whole)] == []
        assert whole["id"] == one["id"]


def test_the_root_says_which_version_and_where_it_is_described(pages: Site) -> None:
    root = pages.client.get("/hsds").json()
    assert root["version"] == "3.0"
    assert pages.client.get(root["openapi_url"]).json()["openapi"]


@pytest.mark.parametrize("plural", KINDS)
def test_the_pages_of_a_list_hold_everything_once_in_the_envelope_of_the_specification(
    pages: Site, plural: str
) -> None:
    found: list[str] = []
    page, last = 1, False
    while not last:
        body = pages.client.get(f"/hsds/{plural}?page={page}&per_page=60").json()
        assert set(body) == ENVELOPE
        assert (body["page_number"], body["first_page"], body["size"]) == (page, page == 1, len(body["contents"]))
        found += [one["id"] for one in body["contents"]]
        page, last = page + 1, body["last_page"]
    assert len(found) == len(set(found)) == body["total_items"]
    beyond = pages.client.get(f"/hsds/{plural}?page=1000").json()
    assert (beyond["empty"], beyond["contents"], beyond["last_page"]) == (True, [], True)


def test_a_list_is_flat_and_a_full_one_nests_places_and_terms(pages: Site) -> None:
    (flat, *_) = pages.client.get("/hsds/services").json()["contents"]
    assert not any(isinstance(value, list) for value in flat.values())
    full = pages.client.get(f"/hsds/services/{flat['id']}").json()
    assert full["service_at_locations"][0]["location"]["addresses"][0]["city"] == "Columbus"
    codes = {one["taxonomy_term"]["code"] for one in full["attributes"]}
    assert {"kind:support_group", "fellowship:aa", "source:publisher"} <= codes


def test_the_services_of_an_organization_are_found_by_it(pages: Site) -> None:
    for one in pages.client.get("/hsds/organizations").json()["contents"]:
        services = pages.client.get(f"/hsds/services?organization_id={one['id']}&full=true").json()["contents"]
        whole = pages.client.get(f"/hsds/organizations/{one['id']}").json()
        assert [(s["id"], s["name"], s["status"]) for s in services] == [
            (s["id"], s["name"], s["status"]) for s in whole["services"]
        ]
        assert {s["organization"]["id"] for s in services} == {one["id"]}
