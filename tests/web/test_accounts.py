"""The admin's pages of accounts: a link is shown once, the last admin stays, names are only text."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from directory.app import create_app
from directory.assets import templates
from directory.security.roles import Role
from directory.settings import Settings
from directory.web.doors import TOKEN_HEADER
from tests.web.conftest import TestClient
from tests.web.signed_in import sign_in
from tests.web.test_pages import Checker


@pytest.fixture
def admin(tmp_path: Path) -> Iterator[TestClient]:
    app = create_app(Settings(home=str(tmp_path / "home")))
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        sign_in(client, Role.ADMIN)
        yield client


def invite(client: TestClient, name: str, role: str = "planner") -> str:
    """The address of the link."""
    page = client.post("/admin/accounts/new", data={"name": name, "role": role})
    found = re.search(r"http://localhost(/welcome/[\w-]{43})<", page.text)
    assert found, page.text
    return found[1]


def test_an_invited_person_chooses_a_password_and_signs_in(admin: TestClient) -> None:
    link = invite(admin, "Ben <b>")
    page = admin.get("/admin/accounts").text
    assert "Ben &lt;b&gt;" in page
    assert link not in page
    new = {"new": "four calm words here", "again": "four calm words here"}
    admin.cookies.clear()
    assert admin.post(link, data=new, follow_redirects=False).status_code == 303
    given = {"name": "Ben <b>", "password": new["new"]}
    assert admin.post("/sign-in", data=given, follow_redirects=False).headers["location"] == "/work"
    assert admin.get("/admin/accounts").status_code == 403


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": "", "role": "planner"}, "1 to 80 characters"),
        ({"name": "a admin", "role": "planner"}, "already"),
        ({"name": "Ben", "role": "owner"}, "Choose a role"),
    ],
)
def test_a_wrong_invitation_is_said_beside_the_field(admin: TestClient, fields: dict[str, str], told: str) -> None:
    page = admin.post("/admin/accounts/new", data=fields)
    assert page.status_code == 422
    said = re.search(r'id="name-problem"[^>]*>([^<]*)<', page.text)
    assert said
    assert told in said[1].replace("&#39;", "'")


def test_the_last_admin_can_neither_be_disabled_nor_lose_the_role(admin: TestClient) -> None:
    for verb in ("disable", "role"):
        page = admin.post(f"/admin/accounts/1/{verb}", data={"role": "reader"})
        assert page.status_code == 409
        assert "last admin" in page.text
    assert admin.get("/admin/accounts").status_code == 200


def test_disabled_and_enabled_again_and_given_another_role(admin: TestClient) -> None:
    invite(admin, "Ben")
    assert "disabled" in admin.post("/admin/accounts/2/disable").text
    assert "Enable" in admin.get("/admin/accounts").text
    admin.post("/admin/accounts/2/enable")
    admin.post("/admin/accounts/2/role", data={"role": "reader"})
    page = admin.get("/admin/accounts").text
    assert 'value="reader" selected' in page
    assert ">disabled<" not in page
    trail = admin.get("/admin/audit").text
    for act in ("invited", "disabled", "enabled", "changed a role"):
        assert act in trail
    assert "The chain is whole." in admin.get("/admin/audit?check=yes").text
    assert admin.post("/admin/accounts/2/role", data={"role": "king"}).status_code == 422
    assert admin.post("/admin/accounts/999999999999/disable").status_code == 404


def test_a_new_link_replaces_the_old_one(admin: TestClient) -> None:
    old = invite(admin, "Ben")
    page = admin.post("/admin/accounts/2/reset", data={"lost": "yes"})
    assert admin.get(old).status_code == 410
    assert re.search(r"http://localhost/welcome/[\w-]{43}<", page.text)


def test_pages_are_sound(admin: TestClient) -> None:
    invite(admin, "Ben")
    for path in ("/admin/accounts", "/admin/audit", "/account", "/account/codes", "/account?lang=es", "/sign-in"):
        checker = Checker()
        checker.feed(admin.get(path).text)
        assert checker.faults == [], path
        assert checker.headings.count(1) == 1, path
    del admin.headers[TOKEN_HEADER]


FORM = re.compile(r'<form\b[^>]*method="post".*?</form>', re.S)
WITHOUT_SESSION = {"sign_in.html", "code.html", "welcome.html"}
BEHIND = [
    file for folder in ("admin", "account", "planner") for file in sorted((templates() / folder).rglob("*.html"))
    if file.name not in WITHOUT_SESSION
]  # fmt: skip


@pytest.mark.parametrize("file", BEHIND, ids=lambda file: file.name)
def test_every_form_behind_an_account_sends_the_token(file: Path) -> None:
    for form in FORM.findall(file.read_text()):
        assert "token(visit)" in form, form[:120]
