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
from tests.browser.conftest import PHONE, Screen, serving
from tests.browser.keyboard import PASSWORD, enter, tab_to, type_first
from tests.browser.test_everyone import ALL_ELSE, AXE, LEVELS, NAMELESS, RULES, complaints
from tests.web import site

PEOPLE = {"Paula": Role.PLANNER, "Ada": Role.ADMIN, "Rafa": Role.READER, "Demo": Role.ADMIN}


@dataclass
class Ward:
    """A server with accounts, its clock, and browsers that sign in to it."""

    address: str
    clock: list[datetime]
    browser: Browser
    phone: Page  # where nobody is signed in

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
def ward(address: str, clock: list[datetime], browser: Browser, pocket: BrowserContext, screen: Screen) -> Ward:
    pocket.clear_cookies()
    return Ward(address, clock, browser, screen.page)


def sign_in(page: Page, name: str, to: str = "?next=/account") -> None:
    """Only keys: the first field has the focus."""
    page.goto(f"/sign-in{to}")
    enter(page, name)


def test_a_planner_signs_in_and_out_by_keyboard(ward: Ward) -> None:
    page = ward.phone
    page.goto("/account")
    expect(page).to_have_url(re.compile(r"/sign-in\?next="))
    sign_in(page, "Paula")
    expect(page.locator("h1")).to_have_text("Your account")
    (cookie,) = page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == (True, "Lax", -1)
    tab_to(page, "Sign out")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Sign in")
    assert page.context.cookies() == []


def test_a_wrong_password_is_said_and_the_name_stays(ward: Ward) -> None:
    page = ward.phone
    page.goto("/sign-in")
    enter(page, "Rafa", "not the password")
    expect(page.get_by_role("alert")).to_contain_text("not right")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Rafa")


def test_an_admin_sets_codes_up_and_signs_in_with_one_then_with_a_recovery_code(ward: Ward) -> None:
    page = ward.phone
    with ward.browser.new_context(viewport=PHONE, base_url=ward.address) as second:  # type: ignore[arg-type]
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
        type_first(other, "Code", ward.code(seed))
        other.keyboard.press("Enter")
        expect(other.locator("h1")).to_have_text("Your account")
        tab_to(other, "Sign out everywhere")
        other.keyboard.press("Enter")
        expect(other.locator("h1")).to_have_text("Sign in")
        page.reload()
        expect(page.locator("h1")).to_have_text("Sign in")  # the other browser is out as well

        sign_in(page, "Ada", to="")
        type_first(page, "Code", recovery[3])
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Your account")
        expect(page.locator("main")).to_contain_text("9 recovery codes are left")


def test_what_was_typed_when_the_session_ended_is_sent_again_by_one_button(ward: Ward) -> None:
    page = ward.phone
    sign_in(page, "Demo")
    expect(page.locator("h1")).to_have_text("Your account")
    page.goto("/admin/accounts")
    page.get_by_label("Name", exact=True).fill("Ben O'Hara <3")
    ward.clock[0] += timedelta(hours=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("What you filled in is still here")
    assert "Ben" not in page.url
    enter(page, "Demo")
    expect(page.locator("h1")).to_have_text("Send it again")
    tab_to(page, "Send it now")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("The link for Ben O'Hara <3")


@pytest.mark.parametrize("locale", ["en-US", "es-US"])
def test_pages_of_accounts_are_for_everyone(ward: Ward, locale: str) -> None:
    rules = ALL_ELSE if locale == "es-US" else RULES  # its colours are those of the English page
    narrow = {"width": 320, "height": 780}
    with ward.browser.new_context(viewport=narrow, base_url=ward.address, locale=locale, bypass_csp=True) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto("/sign-in?next=/account")
        page.locator("#name").fill("Demo")
        page.locator("#password").fill("wrong password 1")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_be_visible()
        sound(page, rules)
        page.locator("#password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/account*")
        sound(page, rules)
        page.locator("#password").fill("wrong password 1")
        page.locator("#new").fill("short")
        page.locator("#again").fill("short")
        page.keyboard.press("Enter")
        expect(page.locator(".wrong-field")).to_have_count(1)
        sound(page, rules)
        for path in ("/account/codes", "/welcome/" + "x" * 43, "/admin/accounts", "/admin/audit"):
            page.goto(path)
            sound(page, rules)


def sound(page: Page, rules: dict[str, object] = RULES) -> None:
    """axe, headings, names, and nothing wider than the phone."""
    page.evaluate(AXE)
    still_sound(page, rules)


def still_sound(page: Page, rules: dict[str, object]) -> None:
    """The same of a page that axe is in already, when it looks different now."""
    assert complaints(page, rules) == [], page.url
    levels = page.evaluate(LEVELS)
    assert levels.count(1) == 1
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), page.url
