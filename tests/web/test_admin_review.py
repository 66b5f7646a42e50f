"""Imports, review, listings and publishers in the browser: no script, refusals in sentences, readers only look."""

import json
import re
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from directory.app import create_app
from directory.security.roles import Role
from directory.settings import Settings
from tests.feeds import meeting, meetings
from tests.web.signed_in import sign_in

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(home=str(tmp_path / "home"), upload_mb="1", feed_hosts="feeds.example.org")
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        sign_in(client, Role.ADMIN)
        yield client


def send(desk: TestClient, records: Any, name: str = "feed.json", **fields: str) -> str:
    """Send a feed and wait until it is read; answers the address of its batch, or the page that says why not."""
    body = records if isinstance(records, bytes) else json.dumps(records).encode()
    data = {"publisher": "Invented Intergroup", **fields}
    return settled(desk, desk.post("/admin/imports/upload", data=data, files={"files": (name, body)}))


def settled(desk: TestClient, page: Any) -> str:
    """The address that a page which reloads itself ends at."""
    for _ in range(400):
        if 'http-equiv="refresh"' not in page.text:
            return str(page.url).removeprefix("http://testserver")
        time.sleep(0.01)  # what the page itself asks a browser to do
        page = desk.get(str(page.url))
    pytest.fail("the work in the background does not end")


def accept(desk: TestClient, batch: str, why: str = "") -> str:
    return settled(desk, desk.post(f"{batch}/settle", data={"act": "accept", "why": why}))


def record_ids(text: str) -> list[str]:
    return re.findall(r'id="r(\d+)"', text)


def test_a_sent_feed_is_reviewed_accepted_and_public(desk: TestClient) -> None:
    batch = send(desk, meetings(30))
    text = desk.get(batch).text
    assert "waits for you" in text
    assert "Accept 30" in text
    assert len(record_ids(text)) == 25
    assert desk.get("/listing/1").status_code == 404
    assert accept(desk, batch) == batch
    assert desk.get("/listing/1").status_code == 200
    assert not list(Path(desk.app.state.settings.home).glob("incoming/*/feed.json"))  # type: ignore[attr-defined]


def test_the_page_of_a_batch_tells_what_was_noticed_in_the_feed(desk: TestClient) -> None:
    text = desk.get(send(desk, meetings(3, zodiac="Leo", types=["<b>Q"]))).text
    assert "column never used: zodiac: 3" in text
    assert "unknown type code: &lt;b&gt;Q: 3" in text


def test_pages_of_records_go_on_by_key_and_back(desk: TestClient) -> None:
    batch = send(desk, meetings(60))
    first = desk.get(batch).text
    after = re.search(r"after=(\d+)", first)
    assert after
    second = desk.get(f"{batch}?after={after[1]}").text
    assert not set(record_ids(first)) & set(record_ids(second))
    before = re.search(r"before=(\d+)", second)
    assert before
    assert record_ids(desk.get(f"{batch}?before={before[1]}").text) == record_ids(first)


def test_a_held_feed_asks_for_a_reason_in_writing(desk: TestClient) -> None:
    accept(desk, send(desk, meetings(30)))
    batch = send(desk, meetings(10))
    text = desk.get(batch).text
    assert text.index("shrank from 30 to 10") < text.index("What is in it") < text.index('id="records"')
    refused = desk.post(f"{batch}/settle", data={"act": "accept", "why": " "})
    assert (refused.status_code, "Give a reason" in refused.text) == (409, True)
    accept(desk, batch, "told by phone")
    assert "reason: told by phone" in desk.get(batch).text


def test_what_changes_stands_field_by_field_and_decisions_count(desk: TestClient) -> None:
    accept(desk, send(desk, meetings(3)))
    batch = send(desk, [meeting(0, name="Other name"), meeting(1, time="06:15"), meeting(2), meeting(9)])
    text = desk.get(f"{batch}?outcome=changed").text
    assert re.search(r"<del>.*?Group 0</del> <ins>.*?Other name</ins>", text)
    (first, _) = record_ids(text)
    page = desk.post(f"{batch}/decide", data={"record": first, "act": "leave", "outcome": "changed"})
    assert "left out" in page.text
    assert str(page.url).endswith(f"outcome=changed#r{first}")
    desk.post(
        f"{batch}/decide", data={"act": "leave", "of_outcome": "new", "of_reason": "", "of_kind": "support_group"}
    )
    accept(desk, batch)
    names = desk.get("/admin/listings").text
    assert "Group 0" in names
    assert "Other name" not in names
    assert "Group 9" not in names


def test_a_record_is_edited_with_what_is_wrong_beside_its_field(desk: TestClient) -> None:
    batch = send(desk, [meeting(0), meeting(1, name="")])
    (number,) = record_ids(desk.get(f"{batch}?outcome=rejected").text)
    edit = f"{batch}/edit/{number}"
    assert desk.get(edit).status_code == 200
    wrong = desk.post(edit, data={"name": "Typed", "kind": "support_group", "phone_0": "12"})
    assert wrong.status_code == 422
    assert 'aria-describedby="wrong-phone_0"' in wrong.text
    assert 'value="Typed"' in wrong.text
    page = desk.post(edit, data={"name": "Typed", "kind": "support_group", "phone_0": "614-555-0134"})
    assert "edited by a person" in page.text
    accept(desk, batch)
    assert "Typed" in desk.get("/admin/listings").text


def test_a_batch_is_undone_with_a_reason_and_done_again(desk: TestClient) -> None:
    accept(desk, send(desk, meetings(3)))
    batch = send(desk, [meeting(0, name="Wrong"), meeting(1), meeting(2)])
    accept(desk, batch)
    assert desk.post(f"{batch}/settle", data={"act": "undo"}).status_code == 409
    undoing = settled(desk, desk.post(f"{batch}/settle", data={"act": "undo", "why": "wrong file"}))
    assert "1 of 1 listings" in " ".join(desk.get(undoing).text.split())
    assert desk.post(f"{batch}/settle", data={"act": "undo", "why": "again"}).status_code == 409
    history = desk.get("/admin/listings/1").text
    assert "Taken back" in history
    assert "wrong file" in history
    settled(desk, desk.post(f"{undoing}/settle", data={"act": "undo", "why": "it was right"}))
    assert "Wrong" in desk.get("/admin/listings").text


def test_an_older_batch_is_refused_once_a_newer_one_is_public(desk: TestClient) -> None:
    accept(desk, send(desk, meetings(3)))
    older = send(desk, [meeting(0, name="Old name"), meeting(1), meeting(2)])
    (number,) = record_ids(desk.get(f"{older}?outcome=changed").text)
    accept(desk, send(desk, [meeting(0, name="New name"), meeting(1), meeting(2)]))
    assert "Accept the batch" not in desk.get(older).text
    refused = desk.post(f"{older}/settle", data={"act": "accept"})
    assert (refused.status_code, "would bring back what has changed" in refused.text) == (409, True)
    desk.post(f"{older}/decide", data={"record": number, "act": "accept"})  # noted, and not public
    names = desk.get("/admin/listings").text
    assert "New name" in names
    assert "Old name" not in names
    assert desk.post(f"{older}/settle", data={"act": "reject"}).status_code == 200


def test_nothing_of_an_older_public_batch_is_taken_in_later(desk: TestClient) -> None:
    first = send(desk, [meeting(0), meeting(1, name="")])
    (number,) = record_ids(desk.get(f"{first}?outcome=rejected").text)
    accept(desk, first)
    accept(desk, send(desk, [meeting(0, name="New name"), meeting(1)]))
    typed = {"name": "Typed", "kind": "support_group", "phone_0": "614-555-0134"}
    assert desk.post(f"{first}/edit/{number}", data=typed).status_code == 409
    assert "Typed" not in desk.get("/admin/listings").text


@pytest.mark.parametrize(
    ("body", "name"),
    [(b"", "empty.json"), (b"\x00\xff" * 50, "junk.xlsx"), (b'[{"a": 1}', "cut.json"), (b"hello", "../../etc/x.csv")],
)
def test_a_file_nobody_can_read_is_refused_in_a_sentence(desk: TestClient, body: bytes, name: str) -> None:
    page = desk.get(send(desk, body, name))
    assert page.status_code == 200
    assert "is staged" not in page.text
    assert re.search(r"<li>[^<]+: \S+ [^<]+\.", page.text), page.text
    assert "Nothing waits." in desk.get("/admin/imports").text


def test_a_form_without_a_file_or_too_large_is_told_so(desk: TestClient) -> None:
    none = desk.post("/admin/imports/upload", data={"publisher": "A"}, files={"files": ("", b"")})
    assert (none.status_code, "Choose at least one file" in none.text) == (422, True)
    large = desk.post("/admin/imports/upload", files={"files": ("a.json", b" " * (2**20 + 10))})
    assert (large.status_code, "larger than 1 MB" in large.text) == (422, True)
    plain = desk.post("/admin/imports/upload", data={"files": "a"})
    assert plain.status_code == 422
    odd = desk.post("/admin/imports/upload", data={"timezone": "Mars"}, files={"files": ("a.json", b"[]")})
    assert "America/New_York" in odd.text
    assert list((Path(desk.app.state.settings.home) / "incoming").glob("*")) == []  # type: ignore[attr-defined]


def test_listings_are_added_edited_found_and_retired(desk: TestClient) -> None:
    fields = {"name": "Elm House & Co", "kind": "sober_living", "phone_0": "614-555-0134", "postal_code": "43215"}
    page = desk.post("/admin/listings/new", data={**fields, "description": "One.\n\nTwo."})
    assert page.status_code == 200
    assert "Elm House &amp; Co" in page.text
    address = str(page.url)
    version = re.search(r'name="version" value="([^"]+)"', page.text)
    assert version
    desk.post(f"{address}/save", data={**fields, "version": version[1], "website": "https://example.org/one"})
    late = desk.post(f"{address}/save", data={**fields, "version": version[1], "website": "https://example.org/two"})
    assert late.status_code == 409
    assert re.search(r"example.org/one</del> <ins>.*?example.org/two", late.text)
    assert "Elm" in desk.get("/admin/listings?words=elm&kind=sober_living&status=active").text
    refused = desk.post("/admin/listings/retire", data={"listing": "1", "why": ""})
    assert (refused.status_code, "Say why" in refused.text) == (409, True)
    assert "1 listing was taken out" in desk.post("/admin/listings/retire", data={"listing": "1", "why": "closed"}).text
    assert "List it again" in desk.get(address).text
    desk.post(f"{address}/status", data={"act": "restore", "why": "open"})
    assert desk.get("/listing/1").status_code == 200


def test_a_publishers_facts_are_checked_and_kept(desk: TestClient) -> None:
    accept(desk, send(desk, meetings(3)))
    page = desk.get("/admin/publishers/1").text
    assert "<svg" in page
    assert "The runs as a table" in page
    wrong = {"trust": "900", "timezone": "Mars", "feed_url": "https://10.0.0.1/x", "schedule": "daily"}
    refused = desk.post("/admin/publishers/1/save", data=wrong)
    assert refused.status_code == 422
    assert all(words in refused.text for words in ("0 to 100", "America/New_York", "AFTERCARE_FEED_HOSTS"))
    sound = {"trust": "70", "feed_url": "https://feeds.example.org/m.json", "schedule": "daily", "hands_off": "yes"}
    assert "Saved." in desk.post("/admin/publishers/1/save", data=sound).text
    assert 'value="70"' in desk.get("/admin/publishers/1").text


def test_readers_look_and_change_nothing(desk: TestClient) -> None:
    batch = send(desk, meetings(2))
    sign_in(desk, Role.READER)
    for path in ("/admin/imports", batch, "/admin/listings", "/admin/publishers", "/admin/publishers/1"):
        page = desk.get(path)
        assert page.status_code == 200
        assert '<button class="main"' not in page.text
    assert desk.get("/admin/listings/new").status_code == 403
    assert desk.post(f"{batch}/settle", data={"act": "accept"}).status_code == 403
    assert desk.post(f"{batch}/decide", data={"act": "accept"}).status_code == 403
    assert desk.post("/admin/imports/upload", files={"files": ("a.json", b"[]")}).status_code == 403


NOWHERE = ("imports/9", "imports/99999999999999", "listings/9999999999999", "publishers/9999999999", "imports/jobs/abc")


@pytest.mark.parametrize("path", NOWHERE)
def test_what_is_not_there_is_said(desk: TestClient, path: str) -> None:
    assert desk.get(f"/admin/{path}").status_code == 404


ODD = ("after=-1", "after=999999999999999", "before=x", "words=%00%27%25", "kind=castle", "decision=z")


@pytest.mark.parametrize("query", ODD)
def test_odd_filters_never_break_a_page(desk: TestClient, query: str) -> None:
    batch = send(desk, meetings(2))
    assert desk.get(f"{batch}?{query}").status_code == 200
    assert desk.get(f"/admin/listings?{query}").status_code == 200
