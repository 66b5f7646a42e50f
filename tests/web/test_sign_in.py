"""Signing in, step by step, and everything that must not get in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyotp
import pytest

from directory.app import create_app
from directory.security import accounts, audit, invitations, sealed, totp
from directory.security.models import Account, AuditEntry, Session
from directory.security.roles import Role
from directory.settings import Settings
from tests.web import site
from tests.web.conftest import TestClient

PASSWORD = "four calm words here"


@dataclass
class Desk:
    client: TestClient
    home: Path
    clock: list[datetime]
    seeds: dict[str, str] = field(default_factory=dict)

    def call(self, work: Any, *given: Any) -> Any:
        return self.client.portal.call(work, *given)  # type: ignore[union-attr]

    def later(self, **span: float) -> None:
        self.clock[0] += timedelta(**span)

    def make(self, name: str, role: Role = Role.PLANNER, *, codes: bool = False) -> Account:
        async def made() -> Account:
            account = await accounts.add(name, role, "tests", self.clock[0])
            await accounts.set_password(account, PASSWORD, "tests", self.clock[0])
            if codes:
                ring = sealed.ring(self.home)
                self.seeds[name] = await totp.asked(account, ring)
                account = await Account.get(id=account.id)
                assert await totp.confirm(account, pyotp.TOTP(self.seeds[name]).at(self.clock[0]), ring, self.clock[0])
                self.later(minutes=2)
            return await Account.get(id=account.id)

        account: Account = self.call(made)
        return account

    def sign_in(self, name: str, password: str = PASSWORD, **fields: str) -> Any:
        return self.client.post("/sign-in", data={"name": name, "password": password, **fields}, follow_redirects=False)

    def code(self, name: str) -> str:
        return pyotp.TOTP(self.seeds[name]).at(self.clock[0])

    def token(self, path: str = "/account") -> str:
        found = re.search(r'name="token" value="([0-9a-f]{64})"', self.client.get(path).text)
        assert found
        return found[1]

    def other(self) -> "Desk":
        """Another browser at the same server."""
        client = TestClient(self.client.app, base_url="http://localhost", raise_server_exceptions=False)
        client.portal = self.client.portal
        return Desk(client, self.home, self.clock, self.seeds)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("accounts") / "home"
    app = create_app(Settings(home=str(home)))
    clock = [site.NOW]
    app.state.clock = lambda: clock[0]
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        yield Desk(client, home, clock)


@pytest.fixture
def desk(server: Desk) -> Desk:
    """A browser of its own, on another day: what others tried no longer counts."""
    server.client.cookies.clear()
    server.later(days=2)
    return server


def test_the_right_password_lets_in_and_leads_back(desk: Desk) -> None:
    desk.make("Paula Planner")
    asked = desk.client.get("/account?lang=es", follow_redirects=False)
    assert asked.headers["location"] == "/sign-in?next=%2Faccount%3Flang%3Des"
    page = desk.client.get(asked.headers["location"]).text
    assert 'name="next" value="/account?lang=es"' in page
    response = desk.sign_in("  paula  PLANNER ", next="/account?lang=es")
    assert (response.status_code, response.headers["location"]) == (303, "/account?lang=es")
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "max-age" not in cookie
    assert "Su cuenta" in desk.client.get("/account?lang=es").text


def test_over_https_the_cookie_is_bound_to_this_host(desk: Desk) -> None:
    desk.make("Sam")
    client = TestClient(desk.client.app, base_url="https://aftercare.example", raise_server_exceptions=False)
    client.portal = desk.client.portal
    given = {"name": "Sam", "password": PASSWORD}
    cookie = client.post("/sign-in", data=given, follow_redirects=False).headers["set-cookie"]
    assert cookie.startswith("__Host-aftercare=")
    assert "secure" in cookie.lower()
    assert "domain" not in cookie.lower()
    assert client.get("/account").status_code == 200


def test_a_password_is_not_taken_over_an_open_line(desk: Desk) -> None:
    desk.make("Olga")
    client = TestClient(desk.client.app, base_url="http://aftercare.example", raise_server_exceptions=False)
    client.portal = desk.client.portal
    response = client.post("/sign-in", data={"name": "Olga", "password": PASSWORD})
    assert response.status_code == 403
    assert "https" in response.text
    assert "set-cookie" not in response.headers


def test_a_wrong_name_and_a_wrong_password_and_a_disabled_account_are_told_apart_by_nothing(desk: Desk) -> None:
    desk.make("Rita")
    gone = desk.make("Gone", Role.READER)
    desk.call(accounts.disable, gone, "tests", desk.clock[0])
    told = set()
    for name, password in (("Rita", "wrong password 1"), ("Nobody", PASSWORD), ("Gone", PASSWORD)):
        response = desk.sign_in(name, password)
        assert response.status_code == 422
        assert "set-cookie" not in response.headers
        told.add(response.text.replace(f'value="{name}"', ""))
    assert len(told) == 1


@pytest.mark.parametrize(
    "name", ["' OR 1=1 --", "x'; DROP TABLE account; --", "\u202eadmin", "a" * 5000, "%", "_", "\0", "<script>"]
)
def test_odd_names_are_wrong_names_and_nothing_else(desk: Desk, name: str) -> None:
    response = desk.sign_in(name)
    assert response.status_code == 422
    assert "<script>" not in response.text


def test_a_password_of_a_megabyte_is_refused_unread(desk: Desk) -> None:
    desk.make("Mega")
    assert desk.sign_in("Mega", "x" * 1_000_000).status_code == 422
    assert desk.sign_in("Mega", PASSWORD + " " * 5000).status_code == 422
    assert desk.sign_in("Mega", PASSWORD).status_code == 303


def test_after_wrong_tries_the_wait_grows_and_ends(desk: Desk) -> None:
    desk.make("Willa")
    for _ in range(5):
        assert desk.sign_in("Willa", "wrong password 1").status_code == 422
    waiting = desk.sign_in("Willa")
    assert waiting.status_code == 429
    assert "Wait 1 minute" in waiting.text
    desk.later(seconds=3)
    assert desk.sign_in("Willa", "wrong password 1").status_code == 422
    desk.later(seconds=3)
    assert desk.sign_in("Willa").status_code == 429
    desk.later(minutes=15)
    assert desk.sign_in("Willa").status_code == 303
    assert desk.sign_in("Willa", "wrong password 1").status_code == 422  # and the count began anew


def test_names_that_do_not_exist_wait_alike(desk: Desk) -> None:
    answers = [desk.sign_in("No Such Person", "wrong password 1").status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


@pytest.mark.parametrize(
    "to", ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil", "/\t/evil", "javascript:alert(1)",
           "", "/sign-out", "/a\r\nSet-Cookie: x=1", "/ñ", "/welcome/x"]
)  # fmt: skip
def test_nobody_is_led_to_another_site(desk: Desk, to: str) -> None:
    if not desk.call(_exists, "lena"):
        desk.make("Lena")
    response = desk.sign_in("Lena", next=to)
    assert (response.status_code, response.headers["location"]) == (303, "/work")


@pytest.mark.parametrize(("role", "first"), [("reader", "/admin"), ("planner", "/planner")])
def test_whoever_asked_for_no_page_begins_with_what_they_are_here_for(desk: Desk, role: str, first: str) -> None:
    desk.make(f"Begin {role}", role=Role(role))
    assert desk.sign_in(f"Begin {role}").headers["location"] == "/work"
    assert desk.client.get("/work", follow_redirects=False).headers["location"] == first
    assert desk.client.get("/work?lang=es", follow_redirects=False).headers["location"] == f"{first}?lang=es"


async def _exists(key: str) -> bool:
    return await Account.exists(key=key)


def test_a_session_planted_before_signing_in_is_not_the_session_after(desk: Desk) -> None:
    desk.make("Fix")
    desk.client.cookies.set("aftercare", "A" * 43, domain="localhost.local")
    response = desk.sign_in("Fix")
    assert response.cookies["aftercare"] != "A" * 43
    first = response.cookies["aftercare"]
    again = desk.other()
    again.client.cookies.set("aftercare", first)
    assert again.client.get("/account").status_code == 200
    second = again.sign_in("Fix").cookies["aftercare"]
    assert second != first
    stale = desk.other()
    stale.client.cookies.set("aftercare", first)
    assert stale.client.get("/account", follow_redirects=False).status_code == 303  # the one before has ended


@pytest.mark.parametrize("held", ["{0}; aftercare={0}", "{0}x", "x{0}", "", '"{0}"; aftercare=b', "é"])
def test_cookies_cut_changed_or_doubled_are_nobodys(desk: Desk, held: str) -> None:
    if not desk.call(_exists, "cora"):
        desk.make("Cora")
    token = desk.sign_in("Cora").cookies["aftercare"]
    stranger = desk.other()
    for value in {held.format(token), held.format(token[:-1])}:
        headers = {"Cookie": f"aftercare={value}".encode()}
        assert stranger.client.get("/account", headers=headers, follow_redirects=False).status_code == 303


def test_an_idle_session_ends_and_a_used_one_goes_on_until_its_hour(desk: Desk) -> None:
    desk.make("Ida")
    desk.sign_in("Ida")
    for _ in range(42):
        desk.later(minutes=14)
        assert desk.client.get("/account", follow_redirects=False).status_code == 200
    desk.later(minutes=14)
    desk.later(minutes=14)
    assert desk.client.get("/account", follow_redirects=False).status_code == 303
    desk.sign_in("Ida")
    for _ in range(43):
        desk.later(minutes=14)
        last = desk.client.get("/account", follow_redirects=False).status_code
    assert last == 303  # ten hours, however busy


def test_a_clock_set_back_does_not_lengthen_a_session(desk: Desk) -> None:
    desk.make("Cleo")
    desk.sign_in("Cleo")
    desk.later(minutes=-30)
    assert desk.client.get("/account", follow_redirects=False).status_code == 303
    desk.later(minutes=30)
    assert desk.client.get("/account", follow_redirects=False).status_code == 303


def test_an_admin_without_codes_sets_them_up_before_anything_else(desk: Desk) -> None:
    desk.make("Ada", Role.ADMIN)
    assert desk.sign_in("Ada").headers["location"] == "/account/codes"
    for path in ("/admin/accounts", "/account"):
        assert desk.client.get(path, follow_redirects=False).headers["location"].startswith("/account/codes")
    page = desk.client.get("/account/codes").text
    seed = re.search(r'<code class="seed">([A-Z2-7 ]+)</code>', page)
    assert seed
    assert "data:image/svg+xml" in page
    held = desk.client.cookies["aftercare"]
    fields = {"token": desk.token("/account/codes"), "code": "000000"}
    assert desk.client.post("/account/codes", data=fields).status_code == 422
    done = desk.client.post(
        "/account/codes", data={**fields, "code": pyotp.TOTP(seed[1].replace(" ", "")).at(desk.clock[0])}
    )
    codes = re.findall(r"<code>([a-z2-7-]{19})</code>", done.text)
    assert len(set(codes)) == 10
    assert done.cookies["aftercare"] != held
    assert desk.client.get("/admin/accounts").status_code == 200
    assert not any(code in desk.client.get("/account").text for code in codes)


def test_a_code_opens_once_and_a_password_alone_opens_nothing(desk: Desk) -> None:
    desk.make("Theo", Role.ADMIN, codes=True)
    first = desk.sign_in("Theo", next="/admin/accounts")
    assert first.headers["location"].startswith("/sign-in/code?")
    half = first.cookies["aftercare"]
    assert desk.client.get("/admin/accounts", follow_redirects=False).headers["location"].startswith("/sign-in/code")
    wrong = desk.client.post("/sign-in/code", data={"code": "123"})
    assert wrong.status_code == 422
    code = desk.code("Theo")
    full = desk.client.post(
        "/sign-in/code", data={"code": f"{code[:3]} {code[3:]}", "next": "/admin/accounts"}, follow_redirects=False
    )
    assert (full.status_code, full.headers["location"]) == (303, "/admin/accounts")
    assert full.cookies["aftercare"] != half
    assert desk.client.get("/admin/accounts").status_code == 200
    again = desk.other()
    again.sign_in("Theo")
    assert again.client.post("/sign-in/code", data={"code": code}).status_code == 422  # replayed
    desk.later(seconds=30)
    assert (
        again.client.post("/sign-in/code", data={"code": desk.code("Theo")}, follow_redirects=False).status_code == 303
    )


@pytest.mark.parametrize(("seconds", "status"), [(-30, 303), (30, 303), (-60, 422), (60, 422)])
def test_a_phone_may_be_half_a_minute_off(desk: Desk, seconds: int, status: int) -> None:
    name = f"Off {seconds}"
    desk.make(name, codes=True)
    desk.sign_in(name)
    code = pyotp.TOTP(desk.seeds[name]).at(desk.clock[0] + timedelta(seconds=seconds))
    assert desk.client.post("/sign-in/code", data={"code": code}, follow_redirects=False).status_code == status


def test_a_recovery_code_opens_once_however_it_is_typed(desk: Desk) -> None:
    account = desk.make("Reva", codes=True)
    code = desk.call(totp.new_codes, account, sealed.ring(desk.home))[0]
    for status, typed in ((303, code.upper().replace("-", " ")), (422, code)):
        desk.client.cookies.clear()
        desk.sign_in("Reva")
        assert desk.client.post("/sign-in/code", data={"code": typed}, follow_redirects=False).status_code == status


def test_guessing_codes_must_wait(desk: Desk) -> None:
    desk.make("Gus", codes=True)
    desk.sign_in("Gus")
    answers = [desk.client.post("/sign-in/code", data={"code": f"{n:06}"}).status_code for n in range(6)]
    assert answers == [422] * 5 + [429]
    assert desk.client.post("/sign-in/code", data={"code": desk.code("Gus")}).status_code == 429


def test_a_half_session_ends_soon(desk: Desk) -> None:
    desk.make("Hal", codes=True)
    desk.sign_in("Hal")
    desk.later(minutes=10)
    response = desk.client.post("/sign-in/code", data={"code": desk.code("Hal")}, follow_redirects=False)
    assert response.headers["location"].startswith("/sign-in?")


def test_a_form_sent_after_the_session_ended_is_not_lost(desk: Desk) -> None:
    desk.make("Nora", codes=True)
    typed = [("name", "A  spaced\r\nname"), ("role", "<b>"), ("role", "zwei"), ("token", "old"), ("empty", "")]
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    asked = desk.client.post("/admin/accounts/new", content=urlencode(typed), headers=kind, follow_redirects=False)
    assert asked.status_code == 403
    assert "still here" in asked.text
    assert "location" not in asked.headers
    held = fields_of(asked.text)
    half = desk.client.post("/sign-in", data={**held, "name": "Nora", "password": PASSWORD}, follow_redirects=False)
    assert half.status_code == 200  # the code is asked for on the page that holds the fields
    done = desk.client.post(
        "/sign-in/code", data={**fields_of(half.text), "code": desk.code("Nora")}, follow_redirects=False
    )
    assert 'action="/admin/accounts/new"' in done.text
    shown = fields_of(done.text)
    assert shown["name"] == ["A  spaced\r\nname"]
    assert shown["role"] == ["<b>", "zwei"]
    assert shown["empty"] == [""]
    sent = desk.client.post("/admin/accounts/new", data=shown)
    assert sent.status_code == 403  # a planner may not; but the form was taken, with the new token
    assert len(shown["token"]) == 1
    assert shown["token"][0] != "old"


def fields_of(page: str) -> dict[str, list[str]]:
    main = page[page.index("<main") :]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', main):
        found.setdefault(unescape(name), []).append(unescape(value))
    return found


def test_a_form_of_an_older_session_asks_to_be_sent_again(desk: Desk) -> None:
    desk.make("Alma")
    desk.sign_in("Alma")
    old = desk.token()
    desk.sign_in("Alma")
    here = {"Sec-Fetch-Site": "same-origin"}
    page = desk.client.post("/account/everywhere", data={"token": old, "note": "kept"}, headers=here)
    assert page.status_code == 403
    shown = fields_of(page.text)
    assert (shown["note"], 'action="/account/everywhere"' in page.text) == (["kept"], True)
    done = desk.client.post("/account/everywhere", data=shown, headers=here, follow_redirects=False)
    assert done.headers["location"] == "/sign-in"


@pytest.mark.parametrize("said", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_another_site_can_neither_sign_somebody_in_nor_plant_a_form(desk: Desk, said: dict[str, str]) -> None:
    fields = {"name": "Rita", "password": PASSWORD}
    assert desk.client.post("/sign-in", data=fields, headers=said).status_code == 403
    planted = desk.client.post("/admin/accounts/new", data=fields, headers=said)
    assert planted.status_code == 403
    assert "again:" not in planted.text


def test_sign_out_everywhere_ends_every_browser(desk: Desk) -> None:
    desk.make("Eve")
    second = desk.other()
    desk.sign_in("Eve")
    second.sign_in("Eve")
    assert second.client.get("/account", follow_redirects=False).status_code == 200
    desk.client.post("/account/everywhere", data={"token": desk.token()})
    for browser in (desk, second):
        assert browser.client.get("/account", follow_redirects=False).status_code == 303
    assert desk.call(_sessions_of, "eve") == 0


async def _sessions_of(key: str) -> int:
    return await Session.filter(account__key=key).count()


def test_signing_out_ends_the_session_on_the_server_too(desk: Desk) -> None:
    desk.make("Otto")
    token = desk.sign_in("Otto").cookies["aftercare"]
    response = desk.client.post("/sign-out", data={"token": desk.token()}, follow_redirects=False)
    assert response.headers["clear-site-data"] == '"cache", "storage"'
    thief = desk.other()
    thief.client.cookies.set("aftercare", token)
    assert thief.client.get("/account", follow_redirects=False).status_code == 303


def test_a_new_password_ends_the_other_sessions_and_needs_the_old_one(desk: Desk) -> None:
    desk.make("Pia")
    second = desk.other()
    desk.sign_in("Pia")
    second.sign_in("Pia")
    new = "quite other words now"
    fields = {"token": desk.token(), "password": "not the old one", "new": new, "again": new}
    assert "not right" in desk.client.post("/account/password", data=fields).text
    for odd, words in (("short", "too short"), ("passwordpassword", "easy to guess"), ("pia pia pia 12", "")):
        answer = desk.client.post("/account/password", data={**fields, "password": PASSWORD, "new": odd, "again": odd})
        assert words in answer.text
        desk.client.get("/account")
        fields["token"] = desk.token()
    desk.client.cookies.clear()
    desk.later(hours=1)
    desk.sign_in("Pia", "pia pia pia 12")
    fields = {"token": desk.token(), "password": "pia pia pia 12", "new": new, "again": new}
    held = desk.client.cookies["aftercare"]
    desk.client.post("/account/password", data=fields)
    assert desk.client.cookies["aftercare"] != held
    assert desk.client.get("/account", follow_redirects=False).status_code == 200
    assert second.client.get("/account", follow_redirects=False).status_code == 303
    assert desk.other().sign_in("Pia", new).status_code == 303


def test_an_invitation_is_used_by_posting_once(desk: Desk) -> None:
    account = desk.call(accounts.add, "Ivy", Role.PLANNER, "tests", desk.clock[0])
    token = desk.call(invitations.invite, account, desk.clock[0])
    for _ in range(5):
        page = desk.client.get(f"/welcome/{token}")
        assert page.status_code == 200
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["cache-control"] == "no-store"
    fields = {"new": PASSWORD, "again": PASSWORD}
    assert desk.client.post(f"/welcome/{token}", data={**fields, "again": "other words than these"}).status_code == 422
    assert desk.client.post(f"/welcome/{token}", data=fields, follow_redirects=False).headers["location"] == "/sign-in"
    assert desk.client.post(f"/welcome/{token}", data=fields).status_code == 410
    assert desk.client.get(f"/welcome/{token}").status_code == 410
    assert desk.sign_in("Ivy").status_code == 303


def test_an_invitation_ends_by_time_by_a_newer_one_and_with_its_account(desk: Desk) -> None:
    account = desk.call(accounts.add, "Uma", Role.PLANNER, "tests", desk.clock[0])
    old = desk.call(invitations.invite, account, desk.clock[0])
    new = desk.call(invitations.invite, account, desk.clock[0])
    assert desk.client.get(f"/welcome/{old}").status_code == 410
    assert desk.client.get(f"/welcome/{new}").status_code == 200
    desk.call(accounts.disable, account, "tests", desk.clock[0])
    assert desk.client.get(f"/welcome/{new}").status_code == 410
    desk.call(accounts.enable, account, "tests", desk.clock[0])
    desk.later(hours=72)
    assert desk.client.get(f"/welcome/{new}").status_code == 410
    assert desk.client.get("/welcome/" + "é" * 43).status_code == 410


def test_a_composed_and_a_decomposed_password_are_the_same(desk: Desk) -> None:
    account = desk.make("Zoé")
    desk.call(accounts.set_password, account, "contrase\u00f1a muy larga 7", "tests", desk.clock[0])
    assert desk.sign_in("ZOE\u0301", "contrasen\u0303a muy larga\u00a07").status_code == 303


def test_every_step_is_in_the_trail_and_no_secret_is(desk: Desk) -> None:
    account = desk.make("Tara", codes=True)
    desk.sign_in("Tara", "wrong password 1")
    desk.sign_in("Tara")
    desk.client.post("/sign-in/code", data={"code": desk.code("Tara")})
    about = desk.call(_entries, f"account {account.id}")
    assert [(one.what, one.outcome) for one in about][-3:] == [
        ("signed in", "refused"),
        ("signed in", "done"),
        ("second step", "done"),
    ]
    desk.sign_in("typed my password here by mistake")
    assert desk.call(audit.first_fault) == ""
    everything = b"".join(file.read_bytes() for file in desk.home.rglob("*") if file.is_file())
    for secret in (PASSWORD, "by mistake", desk.seeds["Tara"], desk.client.cookies["aftercare"], "testclient"):
        assert secret.encode() not in everything


async def _entries(about: str) -> list[AuditEntry]:
    return await AuditEntry.filter(object=about).order_by("number")
