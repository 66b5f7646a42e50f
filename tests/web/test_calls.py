"""The desk's calls and a program's own page, over the real application."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from directory.app import create_app
from directory.security.roles import Role
from directory.settings import Settings
from tests.web import site
from tests.web.conftest import Site
from tests.web.signed_in import sign_in, sign_out


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("desk") / "home"
    ids = site.fill(home)
    app = create_app(Settings(home=str(home)))
    app.state.clock = lambda: site.NOW
    with TestClient(app, raise_server_exceptions=False) as client:
        sign_in(client)
        yield Site(client, ids)


def link_of(desk: Site, name: str = "house") -> str:
    page = desk.post(f"/admin/calls/{desk.ids[name]}/link")
    found = re.search(r"<code>https?://[^/]+(/program/[^<]+)</code>", page)
    assert found
    return found[1]


def test_only_admins_see_the_calls(desk: Site) -> None:
    for role in (Role.READER, Role.PLANNER):
        sign_in(desk.client, role)
        assert desk.client.get("/admin/calls").status_code == 403
        assert desk.client.post("/admin/calls/next").status_code == 403
    sign_out(desk.client)
    assert desk.client.get("/admin/calls", follow_redirects=False).status_code == 303
    sign_in(desk.client)
    assert "Take the next place" in desk.get("/admin/calls")


def test_two_presses_take_a_place_and_settle_it(desk: Site) -> None:
    taken = desk.client.post("/admin/calls/next", follow_redirects=False)
    assert taken.status_code == 303
    here = taken.headers["location"]
    page = desk.get(here)
    assert 'href="tel:' in page
    assert "buprenorphine" in page  # what to ask a house or a clinic
    assert desk.client.post("/admin/calls/next", follow_redirects=False).headers["location"] == here
    done = desk.client.post(here, data={"outcome": "right"}, follow_redirects=False)
    assert done.headers["location"] == "/admin/calls?done=right"
    assert "Written down: All right as listed" in desk.get("/admin/calls?done=right")
    assert f'"{here}"' not in desk.get("/admin/calls")
    number = here.rsplit("/", 1)[1]
    assert "Checked less than an hour ago by phone" in desk.get(f"/listing/{number}")
    assert "por teléfono" in desk.get(f"/listing/{number}?lang=es")


def test_what_cannot_be_read_is_said_and_what_was_typed_stays(desk: Site) -> None:
    here = f"/admin/calls/{desk.ids['food']}"
    page = desk.client.post(here, data={"outcome": "changed", "phone": "ask Bob", "street": "9 New Street"})
    assert page.status_code == 422
    assert "is not one phone number" in page.text
    assert 'value="9 New Street"' in page.text
    for odd in ({}, {"outcome": "gone"}, {"outcome": "changed"}):
        refused = desk.client.post(here, data=odd)
        assert refused.status_code == 422
        assert 'role="alert"' in refused.text
    assert desk.client.get("/admin/calls/99999").status_code == 404


def test_a_report_comes_first_and_is_settled_by_the_call(desk: Site) -> None:
    number = desk.ids["thu"]
    desk.post(f"/listing/{number}/report", reason="unsafe")
    page = desk.get("/admin/calls")
    assert page.index("It is not safe there") < page.index("Last known right")
    assert "It is not safe there" in desk.get(f"/admin/calls/{number}")
    desk.client.post(f"/admin/calls/{number}", data={"outcome": "changed", "phone": "614-555-0188"})
    assert "It is not safe there" not in desk.get("/admin/calls")
    assert "614-555-0188" in desk.get(f"/listing/{number}")


def test_a_program_tells_its_beds_without_an_account_and_people_see_them_with_their_age(desk: Site) -> None:
    here = link_of(desk)
    sign_out(desk.client)
    shown = desk.client.get(here)
    assert shown.status_code == 200
    assert shown.headers["cache-control"] == "no-store"
    assert "noindex" in shown.headers["x-robots-tag"]
    assert shown.headers["referrer-policy"] == "no-referrer"
    assert "Thank you" in desk.post(here, vacancy="waitlist", beds="3", right=["phone", "address"])
    sign_in(desk.client)
    number = desk.ids["house"]
    assert "Wait list of 3, told less than an hour ago" in desk.get(f"/listing/{number}")
    assert "Wait list of 3, told" in desk.get("/search?place=43215&kind=sober_living")
    assert "Lista de espera de 3" in desk.get(f"/listing/{number}?lang=es")
    assert "¿Todo esto sigue bien?" in desk.get(f"{here}?lang=es")
    app = desk.client.app
    app.state.clock = lambda: site.NOW + timedelta(hours=73)  # type: ignore[attr-defined]
    try:
        assert "Wait list" not in desk.get(f"/listing/{number}")
        assert "Not known. Call to ask." in desk.get(f"/listing/{number}")
        assert "Wait list of" not in desk.get("/search?place=43215&kind=sober_living")
    finally:
        app.state.clock = lambda: site.NOW  # type: ignore[attr-defined]


def test_a_programs_correction_waits_on_the_desk(desk: Site) -> None:
    here = link_of(desk, "clinic")
    assert "waits until we look at it" in desk.post(here, phone="614-555-0177")
    assert "614-555-0177" not in desk.get(f"/listing/{desk.ids['clinic']}")
    page = desk.get("/admin/calls")
    answer = re.search(r'action="(/admin/calls/corrections/\d+)"', page)
    assert answer
    assert "<ins>614-555-0177</ins>" in page
    desk.client.post(answer[1], data={"answer": "accept"})
    assert "614-555-0177" in desk.get(f"/listing/{desk.ids['clinic']}")
    again = desk.client.post(answer[1], data={"answer": "accept"})
    assert again.status_code == 409


def test_nothing_sent_and_nothing_readable_are_said_in_words(desk: Site) -> None:
    here = link_of(desk)
    for odd in ({}, {"vacancy": "gold"}, {"vacancy": "open", "beds": "many"}, {"phone": "<script>"}):
        refused = desk.client.post(here, data=odd)
        assert refused.status_code == 422, odd
        assert 'role="alert"' in refused.text
        assert "<script>alert" not in refused.text
    assert desk.client.post(here, data={"vacancy": "open"}, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_opening_a_link_changes_nothing_and_an_ended_one_says_so(desk: Site) -> None:
    here = link_of(desk)
    before = desk.get(f"/listing/{desk.ids['house']}")
    desk.get(f"{here}?vacancy=full&right=phone&phone=614-555-0000")
    assert desk.get(f"/listing/{desk.ids['house']}") == before
    desk.client.post(f"/admin/calls/{desk.ids['house']}/link", data={"end": "1"})
    for over in (here, here[:-1], "/program/1.1.1.x", "/program/%00", "/program/" + "9" * 500):
        gone = desk.client.get(over)
        assert gone.status_code == 410, over
        assert "no longer works" in gone.text
    assert desk.client.post(here, data={"vacancy": "open"}).status_code == 410


def test_a_broken_page_does_not_log_the_link(
    desk: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    here = link_of(desk)
    monkeypatch.setattr("directory.web.program.read_vacancy", lambda fields: 1 / 0)
    with caplog.at_level("DEBUG"):
        assert desk.client.post(here, data={"vacancy": "open"}).status_code == 500
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("aftercare")]
    assert ours
    assert not [line for line in ours if here.rsplit(".", 1)[1] in line]


def test_every_form_of_the_desk_carries_the_token_and_every_field_a_label(desk: Site, tmp_path: Path) -> None:
    pages = [
        desk.get("/admin/calls"),
        desk.get(f"/admin/calls/{desk.ids['clinic']}"),
        desk.get(link_of(desk, "clinic")),
    ]
    for page in pages[:2]:
        assert page.count('<form method="post"') == page.count('name="token"')
    for page in pages:
        assert page.count("<h1>") == 1
        for field in re.findall(r'<(?:input|select)[^>]* id="([^"]+)"', page):
            assert f'for="{field}"' in page, field
        assert "style=" not in page
