"""Signing in by keyboard alone: the password, the code from a phone, a recovery code, and the end of it everywhere."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from directory.runtime import opened
from directory.security import accounts
from directory.security.models import Account
from directory.security.roles import Role
from directory.settings import Settings
from tests.browser.conftest import PHONE, serving
from tests.browser.test_everyone import AXE, LEVELS, NAMELESS, RULES, complaints
from tests.web import site

PASSWORD = "four calm words here"
# The words of what has the focus; at the end of a page that is the page itself, which says everything.
FOCUSED = (
    """() => (e => e === document.body ? "" : e.labels?.[0]?.textContent || e.textContent)(document.activeElement)"""
)
PEOPLE = {"Paula": Role.PLANNER, "Ada": Role.ADMIN, "Rafa": Role.READER, "Demo": Role.ADMIN}


@dataclass
class Ward:
    """A server with accounts, its clock, and browsers that sign in to it."""

    address: str
    clock: list[datetime]
    browser: Browser

    def context(self, **options: object) -> BrowserContext:
        return self.browser.new_context(viewport=PHONE, base_url=self.address, **options)  # type: ignore[arg-type]

    def code(self, seed: str) -> str:
        """The next one nobody used."""
        self.clock[0] += timedelta(minutes=1)
        return pyotp.TOTP(seed).at(self.clock[0])


def fill(home: Path) -> None:
    async def run() -> None:
        async with opened(Settings(home=str(home)), shared=True):
            for name, role in (
                ("Paula", Role.PLANNER),
                ("Ada", Role.ADMIN),
                ("Rafa", Role.READER),
                ("Demo", Role.ADMIN),
            ):
                account = await accounts.add(name, role, "tests", site.NOW)
                await accounts.set_password(account, PASSWORD, "tests", site.NOW)
            await Account.filter(name="Demo").update(demo=True)

    asyncio.run(run())


@pytest.fixture(scope="module")
def clock() -> list[datetime]:
    return [site.NOW]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, clock: list[datetime]) -> Iterator[str]:
    """A home of accounts in the place of the one of listings."""
    home = tmp_path_factory.mktemp("ward") / "home"
    fill(home)
    with serving(home, lambda: clock[0]) as address:
        yield address


@pytest.fixture
def ward(address: str, clock: list[datetime], browser: Browser) -> Ward:
    return Ward(address, clock, browser)


def tab_to(page: Page, words: str) -> None:
    """Tab until the control with these words has the focus."""
    for _ in range(90):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if words in focused:
            return
    pytest.fail(f"no Tab leads to {words!r}")


def sign_in(page: Page, name: str, to: str = "?next=/account") -> None:
    """Only keys: the first field has the focus."""
    page.goto(f"/sign-in{to}")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def test_a_planner_signs_in_and_out_by_keyboard(ward: Ward) -> None:
    with ward.context() as context:
        page = context.new_page()
        page.goto("/account")
        expect(page).to_have_url(re.compile(r"/sign-in\?next="))
        sign_in(page, "Paula")
        expect(page.locator("h1")).to_have_text("Your account")
        (cookie,) = context.cookies()
        assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == (True, "Lax", -1)
        tab_to(page, "Sign out")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Sign in")
        assert context.cookies() == []


def test_a_wrong_password_is_said_and_the_name_stays(ward: Ward) -> None:
    with ward.context() as context:
        page = context.new_page()
        page.goto("/sign-in")
        page.keyboard.type("Rafa")
        page.keyboard.press("Tab")
        page.keyboard.type("not the password")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("not right")
        expect(page.get_by_label("Name", exact=True)).to_have_value("Rafa")


def test_an_admin_sets_codes_up_and_signs_in_with_one_then_with_a_recovery_code(ward: Ward) -> None:
    with ward.context() as context, ward.context() as second:
        page = context.new_page()
        sign_in(page, "Ada")
        expect(page.locator("h1")).to_have_text("Set up codes")
        assert page.locator("img.scan").evaluate("e => e.complete && e.naturalWidth > 100")
        seed = page.locator("code.seed").inner_text().replace(" ", "")
        tab_to(page, "Code")
        page.keyboard.type(ward.code(seed))
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Your recovery codes")
        recovery = page.locator(".codes code").all_inner_texts()
        assert len(recovery) == 10
        page.goto("/admin/accounts")
        expect(page.locator("h1")).to_have_text("Accounts")

        other = second.new_page()
        sign_in(other, "Ada")
        expect(other.get_by_label(re.compile("^Code"))).to_be_focused()
        other.keyboard.type(ward.code(seed))
        other.keyboard.press("Enter")
        expect(other.locator("h1")).to_have_text("Your account")
        tab_to(other, "Sign out everywhere")
        other.keyboard.press("Enter")
        expect(other.locator("h1")).to_have_text("Sign in")
        page.reload()
        expect(page.locator("h1")).to_have_text("Sign in")  # the other browser is out as well

        sign_in(page, "Ada", to="")
        expect(page.get_by_label(re.compile("^Code"))).to_be_focused()
        page.keyboard.type(recovery[3])
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Your account")
        expect(page.locator("main")).to_contain_text("9 recovery codes are left")


def test_what_was_typed_when_the_session_ended_is_sent_again_by_one_button(ward: Ward) -> None:
    with ward.context() as context:
        page = context.new_page()
        sign_in(page, "Demo")
        expect(page.locator("h1")).to_have_text("Your account")
        page.goto("/admin/accounts")
        page.get_by_label("Name", exact=True).fill("Ben O'Hara <3")
        ward.clock[0] += timedelta(hours=1)
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_contain_text("What you filled in is still here")
        assert "Ben" not in page.url
        page.keyboard.type("Demo")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Send it again")
        tab_to(page, "Send it now")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("The link for Ben O'Hara <3")


@pytest.mark.parametrize("locale", ["en-US", "es-US"])
def test_pages_of_accounts_are_for_everyone(ward: Ward, locale: str) -> None:
    narrow = {"width": 320, "height": 780}
    with ward.browser.new_context(viewport=narrow, base_url=ward.address, locale=locale, bypass_csp=True) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto("/sign-in?next=/account")
        page.locator("#name").fill("Demo")
        page.locator("#password").fill("wrong password 1")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_be_visible()
        sound(page)
        page.locator("#password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/account*")
        sound(page)
        page.locator("#password").fill("wrong password 1")
        page.locator("#new").fill("short")
        page.locator("#again").fill("short")
        page.keyboard.press("Enter")
        expect(page.locator(".wrong-field")).to_have_count(1)
        sound(page)
        for path in ("/account/codes", "/welcome/" + "x" * 43, "/admin/accounts", "/admin/audit"):
            page.goto(path)
            sound(page)


def sound(page: Page) -> None:
    """axe, headings, names, and nothing wider than the phone."""
    page.evaluate(AXE)
    still_sound(page)


def still_sound(page: Page) -> None:
    """The same of a page that axe is in already, when it looks different now."""
    assert complaints(page, RULES) == [], page.url
    levels = page.evaluate(LEVELS)
    assert levels.count(1) == 1
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), page.url
