"""The open API: what it promises programs, in the words of docs/api.md."""

import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from jsonschema import Draft202012Validator

from directory.app import ROUTES
from directory.web.api_answers import for_programs
from directory.web.api_operations import OPERATIONS
from tests.web.conftest import Site

LIST = "/api/v1/listings"


@pytest.fixture(scope="module")
def described(pages: Site) -> dict[str, Any]:
    told: dict[str, Any] = pages.client.get("/api/openapi.json").json()
    return told


def sound(described: dict[str, Any], name: str, body: Any) -> None:
    """The answer has the documented shape."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
    faults = [error.message[:300] for error in Draft202012Validator(schema).iter_errors(body)]
    assert faults == []


def every_listing(pages: Site, limit: int = 10) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor = ""
    while cursor is not None:
        body = pages.client.get(LIST, params={"limit": limit, "cursor": cursor}).json()
        found += body["listings"]
        cursor = body["next"]
    return found


def test_the_description_names_every_address_and_every_address_is_described(described: dict[str, Any]) -> None:
    served = {route.path: set(route.methods or ()) for route in ROUTES if for_programs(f"{route.path}")}
    assert set(described["paths"]) == set(served)
    for path, ways in described["paths"].items():
        assert {way.upper() for way in ways} == served[path] - {"OPTIONS", "HEAD"}
    assert described["openapi"].startswith("3.1")
    Draft202012Validator.check_schema({"components": described["components"]})


def test_every_documented_answer_has_its_documented_shape(pages: Site, described: dict[str, Any]) -> None:
    uuid = every_listing(pages)[0]["uuid"]
    one = {
        "organizations": pages.client.get("/hsds/organizations").json()["contents"][0]["id"],
        "service_at_locations": pages.client.get("/hsds/service_at_locations").json()["contents"][0]["id"],
        "taxonomies": pages.client.get("/hsds/taxonomies").json()["contents"][0]["id"],
        "taxonomy_terms": pages.client.get("/hsds/taxonomy_terms").json()["contents"][0]["id"],
    }
    for operation in OPERATIONS:
        folder = operation.path.rsplit("/", 2)[-2]
        path = operation.path.replace("{id}", one.get(folder, uuid)).replace("{file}", "meetings.json")
        answer = pages.client.get(path)
        assert answer.status_code == 200, path
        if "/" not in operation.answers:
            sound(described, operation.answers, answer.json())


def test_all_listings_are_paged_through_by_id_none_twice_none_missing(pages: Site) -> None:
    found = every_listing(pages)
    ids = [one["id"] for one in found]
    assert ids == sorted(set(ids))
    assert len(ids) == len(pages.ids)


def test_a_search_answers_like_the_command_line_and_names_whose_each_listing_is(
    pages: Site, described: dict[str, Any]
) -> None:
    body = pages.client.get(LIST, params={"q": "meeting", "near": "43215", "limit": 5}).json()
    sound(described, "Found", body)
    assert body["total"] > 5
    assert len(body["hits"]) == 5
    assert {one["publisher"] for one in body["hits"]} == {"Example Intergroup"}
    assert all(one["passed_on"] for one in body["hits"])
    assert body["near"]["label"]


def test_a_search_may_be_a_form_so_that_no_word_stands_in_an_address(pages: Site) -> None:
    asked = {"q": "meeting", "near": "43215", "kind": "support_group", "limit": "5"}
    by_form, by_address = pages.client.post(LIST, data=asked), pages.client.get(LIST, params=asked)
    assert by_form.json() == by_address.json()
    assert by_form.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in by_form.headers
    assert "noindex" in by_address.headers["x-robots-tag"]


def test_the_pages_of_a_search_hold_each_hit_once(pages: Site) -> None:
    asked: dict[str, Any] = {"q": "morning meeting", "near": "43215", "limit": 7}
    seen: list[int] = []
    while True:
        body = pages.client.get(LIST, params=asked).json()
        seen += [one["id"] for one in body["hits"]]
        if not body["next"]:
            break
        asked["cursor"] = body["next"]
    assert len(seen) == len(set(seen)) == body["total"]


def test_a_listing_is_found_by_number_and_by_the_uuid_of_every_home(pages: Site, described: dict[str, Any]) -> None:
    by_number = pages.client.get(f"{LIST}/{pages.ids['clinic']}").json()
    sound(described, "Listing", by_number)
    assert pages.client.get(f"{LIST}/{by_number['uuid']}").json() == by_number
    assert (by_number["publisher"], by_number["licence"]) == ("Example Intergroup", "public domain")
    assert by_number["facets"]["medication"] == ["buprenorphine"]


def test_a_hidden_house_gives_its_town_only(pages: Site) -> None:
    one = pages.client.get(f"{LIST}/{pages.ids['hidden']}").json()
    assert (one["address"], one["latitude"], one["directions"], one["city"]) == ("", None, "", "Columbus")
    everything = pages.client.get("/feeds/listings.csv").text + pages.client.get("/hsds/services?full=true").text
    assert "Secret" not in everything
    assert "secret gate" not in everything


def test_kinds_and_facets_have_english_and_spanish_labels(pages: Site) -> None:
    kinds = {one["value"]: one for one in pages.client.get("/api/v1/kinds").json()["kinds"]}
    assert kinds["sober_living"]["es"] == "Vivienda de recuperación"
    groups = {one["group"] for one in pages.client.get("/api/v1/facets").json()["facets"]}
    assert {"medication", "payment", "language"} <= groups


def test_changes_lead_a_mirror_from_nothing_to_now(pages: Site) -> None:
    since, seen = 0, set()
    while True:
        body = pages.client.get("/api/v1/changes", params={"since": since, "limit": 10}).json()
        seen |= {one["id"] for one in body["changes"] if one["what"] == "changed"}
        since = body["next"]
        if not body["more"]:
            break
    assert seen == set(pages.ids.values())
    assert pages.client.get("/api/v1/changes", params={"since": since}).json()["changes"] == []
    assert pages.client.get("/api/v1/changes", params={"since": since + 1}).status_code == 422


@pytest.mark.parametrize("path", [LIST, f"{LIST}?q=meeting", "/hsds/services", "/feeds/listings.csv", "/api/v1/kinds"])
def test_who_has_it_already_is_told_so_in_a_few_bytes(pages: Site, path: str) -> None:
    first = pages.client.get(path)
    again = pages.client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert pages.client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_any_site_may_read_and_no_cookie_is_ever_set(pages: Site) -> None:
    for path in (LIST, "/hsds", "/feeds/meetings.json", "/api/v1/none"):
        answer = pages.client.get(path, headers={"Origin": "https://elsewhere.example"})
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers
        assert "set-cookie" not in answer.headers
    preflight = pages.client.options(LIST, headers={"Origin": "https://elsewhere.example"})
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-methods"] == "GET, HEAD"


def test_large_answers_travel_compressed(pages: Site) -> None:
    assert pages.client.get(LIST).headers["content-encoding"] == "gzip"


FAULTS = [
    ("GET", "/api/v1/none", 404), ("GET", "/hsds/none", 404), ("GET", "/feeds/none.json", 404),
    ("GET", f"{LIST}/999999", 404), ("GET", f"{LIST}/castle", 404), ("GET", "/hsds/services/1", 404),
    ("GET", f"{LIST}/%00", 404), ("GET", "/hsds/taxonomy_terms/x", 404), ("GET", "/hsds/taxonomies/x", 404),
    ("GET", "/hsds/organizations/x", 404), ("GET", "/hsds/service_at_locations/x", 404),
    ("DELETE", LIST, 405), ("POST", "/hsds/services", 405), ("PUT", "/feeds/meetings.json", 405),
    ("GET", f"{LIST}?colour=red", 422), ("GET", f"{LIST}?limit=0", 422), ("GET", f"{LIST}?limit=101", 422),
    ("GET", f"{LIST}?cursor=@@", 422), ("GET", f"{LIST}?cursor=%C3%A9", 422), ("GET", f"{LIST}?kind=castle", 422),
    ("GET", f"{LIST}?facet=payment", 422), ("GET", f"{LIST}?facet=payment=gold", 422),
    ("GET", f"{LIST}?q=a&radius=nan", 422), ("GET", f"{LIST}?q=a&radius=-1", 422), ("GET", f"{LIST}?when=someday", 422),
    ("GET", f"{LIST}?sort=price", 422), ("GET", f"{LIST}?sort=near", 422), ("GET", f"{LIST}?near=Nowhereville", 422),
    ("GET", f"{LIST}?limit=1&limit=2", 422), ("GET", "/hsds/services?page=0", 422),
    ("GET", "/hsds/services?per_page=x", 422), ("GET", "/hsds?x=1", 422), ("GET", "/api/v1/changes?since=-1", 422),
    ("GET", f"/api/v1/changes?since={2**63}", 422), ("GET", "/feeds/listings.csv?all=1", 422),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "status"), FAULTS)
def test_every_fault_has_the_one_shape_and_says_what_to_do(
    pages: Site, described: dict[str, Any], method: str, path: str, status: int
) -> None:
    answer = pages.client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    sound(described, "Problem", body)
    assert body["status"] == status
    assert len(body["detail"]) > 10
    assert len(body["advice"]) > 10


def test_our_own_fault_has_that_shape_too_and_tells_nothing_of_its_cause(
    pages: Site, described: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> str:
        raise RuntimeError("Maria asked")

    monkeypatch.setattr("directory.web.api.position", broken)
    answer = pages.client.get(LIST)
    assert answer.status_code == 500
    sound(described, "Problem", answer.json())
    assert "Maria" not in answer.text


def test_a_hostile_question_is_answered_or_refused_never_broken(pages: Site) -> None:
    for text in (
        "'; DROP TABLE listing;--",
        "\u202e\ud800".encode("utf-8", "replace").decode(),
        "(" * 200,
        "*",
        "\x00",
    ):
        assert pages.client.get(f"{LIST}?q={quote(text)}").status_code in (200, 422)
    assert pages.client.post(LIST, content=b"q=" + b"x" * 100_000).status_code == 422
    assert pages.client.get(LIST, params=[("facet", "payment=medicaid")] * 2000).status_code in (200, 422)


def test_the_page_for_people_needs_no_script_and_names_every_feed(pages: Site) -> None:
    text = pages.get("/api")
    for name in re.findall(r"listings\.\w+|meetings\.json", json.dumps([one.says for one in OPERATIONS])):
        assert name in text
    assert "/api/v1/changes" in text
