"""Every page of the desk, as admin and as reader: each link on it leads somewhere that this account may open."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest

from directory.app import ROUTES, create_app
from directory.duplicates import comparing
from directory.fresh import program
from directory.models import Batch, Publisher, SourceRecord
from directory.reports import report
from directory.security.roles import ADMINS, LOOKERS, Role
from directory.settings import Settings
from directory.vocab import Reason
from directory.web.desk import WAYS
from tests.web import site
from tests.web.conftest import TestClient
from tests.web.signed_in import sign_in

ALIKE = re.compile(r"\d+")  # pages that differ in their number alone are looked at a few times
A_FEW = 3


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A home in which something of every kind waits."""
    home = tmp_path_factory.mktemp("desk") / "home"
    ids = site.fill(home)
    app = create_app(Settings(home=str(home)))
    app.state.clock = lambda: site.NOW
    with TestClient(app, raise_server_exceptions=False) as client:
        client.portal.call(wait_for_somebody, app, ids)
        yield client


async def wait_for_somebody(app: object, ids: dict[str, int]) -> None:
    rt = app.state.rt  # type: ignore[attr-defined]
    publisher = await Publisher.get()
    await Publisher.create(name="Unreachable", source="x", schedule="daily", fetched_at=site.NOW, fetched={"told": "?"})
    held = await Batch.create(publisher=publisher, source="x", status="staged", broken=["It shrank."])
    await SourceRecord.create(batch=held, number=1, key="a", outcome="rejected", reason="no name", words={"name": "A"})
    await Batch.create(publisher=publisher, source="x", status="staged")
    await report(rt, ids["clinic"], Reason.UNSAFE, "192.0.2.1", site.NOW)
    await program.submit(rt, ids["food"], site.NOW, changes={"phone": "614-555-0199"})
    await comparing.follow(rt)


def links(page: str, at: str) -> set[str]:
    found = (urljoin(at, unescape(href)) for href in re.findall(r'<a [^>]*?href="([^"]*)"', page))
    return {urlsplit(one)._replace(fragment="").geturl() for one in found if one.startswith("/")}


@pytest.mark.parametrize("role", [Role.ADMIN, Role.READER])
def test_every_link_leads_somewhere_this_account_may_open(desk: TestClient, role: Role) -> None:
    sign_in(desk, role)
    ahead, seen, broken = ["/admin", "/account"], {"/admin", "/account", "/leave"}, []
    shapes: dict[str, int] = {}
    while ahead:
        at = ahead.pop()
        shape = ALIKE.sub("0", at)
        shapes[shape] = shapes.get(shape, 0) + 1
        if shapes[shape] > A_FEW:
            continue
        answer = desk.get(at)
        if answer.status_code != 200:
            broken.append((at, answer.status_code))
        if "/admin" in at or "/account" in at:
            new = links(answer.text, at) - seen
            seen |= new
            ahead.extend(sorted(new))
    assert broken == []
    may = ADMINS if role is Role.ADMIN else LOOKERS
    missing = {path for path, _, roles in WAYS if role in roles} - seen
    assert missing == set(), f"no link leads {role} there"
    if may is ADMINS:  # each page of the desk was among them
        pages = {route.path for route in ROUTES if "GET" in (route.methods or ()) and route.path.startswith("/admin")}
        visited = {ALIKE.sub("0", urlsplit(one).path) for one in seen}
        shaped = {re.sub(r"\{[^}]*\}", "0", path) for path in pages}
        assert shaped - visited <= {"/admin/imports/jobs/0", "/admin/duplicates/0"}


def test_what_waits_stands_beside_its_way_on_every_page(desk: TestClient) -> None:
    sign_in(desk, Role.ADMIN)
    for path in ("/admin", "/admin/listings", "/admin/audit"):
        text = desk.get(path).text
        counts = dict(re.findall(r'href="(/admin/\w+)"[^>]*>[^<]*<span class="waits">(\d+)', text))
        assert counts["/admin/imports"] == "2"
        assert counts["/admin/calls"] == "2"


def test_what_waits_for_admins_alone_is_not_told_to_readers(desk: TestClient) -> None:
    sign_in(desk, Role.READER)
    text = desk.get("/admin").text
    assert "could not be fetched" in text
    assert "/admin/calls" not in text
    sign_in(desk, Role.ADMIN)
    assert "correction a program asks for" in desk.get("/admin").text
