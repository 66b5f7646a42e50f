"""The planner's desk by keyboard alone, in few interactions; and for everyone: axe, Spanish, narrow, dark, by mouse."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from directory.runtime import opened
from directory.security import accounts
from directory.security.roles import Role
from directory.settings import Settings
from tests.browser.conftest import PHONE, serving
from tests.browser.keyboard import PASSWORD, enter, tab_to
from tests.browser.test_everyone import ALL_ELSE, AXE, LEVELS, LOOKS_ELSE, NAMELESS, RULES, complaints
from tests.web import site

MOST = 40  # interactions from sign-in to the printed packet


@pytest.fixture(scope="module")
def clock() -> list[datetime]:
    return [site.NOW]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, clock: list[datetime]) -> Iterator[str]:
    home = tmp_path_factory.mktemp("desk") / "home"
    site.fill(home)

    async def account() -> None:
        async with opened(Settings(home=str(home)), shared=True):
            paula = await accounts.add("Paula", Role.PLANNER, "tests", site.NOW)
            await accounts.set_password(paula, PASSWORD, "tests", site.NOW)

    asyncio.run(account())
    with serving(home, lambda: clock[0]) as address:
        yield address


@dataclass
class Keys:
    """Fingers on a keyboard that count what they do: a key pressed, or a field typed into, is one interaction."""

    page: Page
    count: int = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1

    def write(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.count += 1

    def tab_to(self, words: str) -> None:
        """Tab until the control with these words has the focus."""
        self.count += tab_to(self.page, words, most=30)

    def skip_to(self, words: str) -> None:
        """Over what stands above the page, on to this."""
        self.page.wait_for_load_state()
        self.press("Tab", "Enter")
        self.tab_to(words)

    def go_on(self, words: str) -> None:
        self.skip_to(words)
        self.press("Enter")


def sign_in(page: Page, keys: Keys) -> None:
    page.goto("/planner")
    enter(page, "Paula")
    keys.count += 4  # two fields written, a Tab and an Enter
    expect(page.get_by_label("ZIP")).to_be_focused(timeout=15_000)  # a password is slow to check, on purpose


@pytest.fixture(scope="module")
def office(browser: Browser, address: str) -> Iterator[Page]:
    with browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}) as context:
        yield context.new_page()


@pytest.fixture
def page(office: Page) -> Page:
    """Where nobody is signed in."""
    office.context.clear_cookies()
    return office


def test_from_sign_in_to_the_printed_packet_in_forty_interactions(page: Page) -> None:
    keys = Keys(page)
    sign_in(page, keys)
    keys.write("43215")
    keys.press("Tab")
    keys.write("Leaving on bup")
    keys.tab_to("Fill it in")
    keys.press("Enter")
    expect(page.get_by_label("Buprenorphine")).to_be_checked()
    keys.press("Enter")
    expect(page.locator("h1")).to_have_text("Places to choose from")
    keys.go_on("Plan the seven days")
    expect(page.locator("h1")).to_have_text("The first seven days")
    keys.go_on("Make the packet")
    expect(page.locator("h1")).to_have_text("Not ready yet")
    keys.skip_to("Nobody has said")
    keys.write("I know how long")
    keys.tab_to("No visit is booked")
    keys.write("They take walk")
    keys.tab_to("Save the answers")
    keys.press("Enter")
    expect(page.locator(".paper")).to_be_visible()
    keys.skip_to("Packet as PDF")
    with page.expect_download() as download:
        keys.press("Enter")
    assert download.value.suggested_filename == "handoff.pdf"
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    assert keys.count <= MOST, keys.count
    assert "43215" not in page.url


def to_places(page: Page) -> None:
    sign_in(page, Keys(page))
    page.get_by_label("ZIP").fill("43215")
    page.get_by_label("Buprenorphine").check()
    page.get_by_role("checkbox", name="Food").check()
    page.get_by_label("ZIP").press("Enter")
    expect(page.locator("h1")).to_have_text("Places to choose from")


def test_a_half_filled_form_survives_a_reload_and_the_way_back(page: Page) -> None:
    sign_in(page, Keys(page))
    page.get_by_label("ZIP").fill("432")
    page.get_by_label("Methadone").check()
    page.reload()
    expect(page.get_by_label("ZIP")).to_have_value("432")
    expect(page.get_by_label("Methadone")).to_be_checked()
    page.get_by_label("ZIP").fill("43215")
    page.get_by_label("ZIP").press("Enter")
    expect(page.locator("h1")).to_have_text("Places to choose from")
    page.locator(".onward button").first.click()
    expect(page.locator("h1")).to_have_text("The first seven days")
    page.go_back(wait_until="commit")
    expect(page.locator("h1")).to_have_text("Places to choose from")
    page.go_back(wait_until="commit")
    expect(page.get_by_label("ZIP")).to_have_value("43215")
    expect(page.get_by_label("Methadone")).to_be_checked()
    assert page.evaluate("() => localStorage.length + sessionStorage.length") == 0


def test_after_fifteen_minutes_the_desk_is_locked_and_the_same_form_comes_back(
    page: Page, clock: list[datetime]
) -> None:
    to_places(page)
    page.get_by_role("button", name="Needs").click()
    page.get_by_role("checkbox", name="Legal help").check()
    clock[0] += timedelta(minutes=16)
    page.get_by_label("ZIP").press("Enter")
    expect(page.locator("main")).to_contain_text("What you filled in is still here")
    enter(page, "Paula")
    page.get_by_role("button", name="Send it now").click()
    expect(page.locator("h1")).to_have_text("Places to choose from")
    page.get_by_role("button", name="Needs").click()
    expect(page.get_by_role("checkbox", name="Legal help")).to_be_checked()
    expect(page.get_by_label("Buprenorphine")).to_be_checked()


def test_an_entry_of_the_week_is_dragged_to_another_of_its_times(page: Page) -> None:
    to_places(page)
    page.locator(".onward button").first.click()
    entry = page.locator(".week-days .week-entry.is-check_in[draggable=true]").first
    goals = entry.evaluate("e => e.dataset.goals.split(';').map(pair => pair.split('=')[0])")
    here = entry.evaluate("e => e.closest('[data-cell]').dataset.cell")
    there = next(goal for goal in goals if goal != here)
    entry.drag_to(page.locator(f"[data-cell='{there}']"))
    moved = page.locator(f"[data-cell='{there}'] .week-entry.is-check_in")
    expect(moved).to_contain_text("changed")
    page.locator(".onward button").first.click()  # and it goes on to the packet
    expect(page.locator("#plan input[name=week_at]")).to_have_count(1)


STRICT: dict[str, object] = {**RULES, "rules": {"color-contrast-enhanced": {"enabled": True}}}
LOOKS: list[dict[str, object]] = [
    {"locale": "en-US", "viewport": {"width": 1280, "height": 900}},
    {"locale": "es-US", "viewport": {"width": 320, "height": 780}},
]


@pytest.mark.parametrize("look", LOOKS, ids=["wide-and-dark-on-a-phone", "spanish-narrow"])
def test_every_step_is_for_everyone(browser: Browser, address: str, look: dict[str, object]) -> None:
    with browser.new_context(base_url=address, bypass_csp=True, **look) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto("/planner")
        page.locator("#name").fill("Paula")
        page.locator("#password").fill(PASSWORD)
        page.keyboard.press("Enter")
        for step in steps(page):
            step()
            sound(page, STRICT if look is LOOKS[0] else ALL_ELSE)
            if look is LOOKS[0]:  # the same words once more, in the dark on a phone
                page.set_viewport_size(PHONE)  # type: ignore[arg-type]
                page.emulate_media(color_scheme="dark")
                sound(page, LOOKS_ELSE)
                page.set_viewport_size(look["viewport"])  # type: ignore[arg-type]
                page.emulate_media(color_scheme="light")


def steps(page: Page) -> list[Callable[[], None]]:
    def onward() -> None:
        before = page.locator("main").inner_text()
        page.locator(".onward button").last.click()
        expect(page.locator("main")).not_to_have_text(before)

    def wrong() -> None:
        page.locator("#place").fill("00000")
        page.locator("#place").press("Enter")
        expect(page.locator("#place-problem")).to_be_visible()

    def places() -> None:
        page.locator("#place").fill("43215")
        page.locator("[name=medication][value=buprenorphine]").check()
        page.locator("#place").press("Enter")
        page.locator("#q").fill("Food")
        page.locator("#q").press("Enter")
        expect(page.locator("#add ~ .choices")).to_be_visible()

    def wrong_visit() -> None:
        page.locator("[name=book]").click()
        expect(page.locator("#book-problem")).to_be_visible()

    def ready() -> None:
        for gap in page.locator("select[name=answer]").all():
            gap.select_option(index=1)
        page.locator(".gaps button").click()
        expect(page.locator(".paper")).to_be_visible()

    return [lambda: expect(page.locator("#place")).to_be_focused(), wrong, places, onward, wrong_visit, onward, ready]


def sound(page: Page, rules: dict[str, object]) -> None:
    """axe with colours, headings, names, and nothing wider than the screen."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    assert complaints(page, rules) == [], page.url
    assert page.evaluate(LEVELS).count(1) == 1
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), page.url


def test_to_load_the_packet_again_keeps_no_second_list_and_shows_the_code_no_second_time(page: Page) -> None:
    sign_in(page, Keys(page))
    page.get_by_label("ZIP").fill("43215")
    page.get_by_role("checkbox", name="Food").check()
    page.get_by_label("ZIP").press("Enter")
    for _ in range(2):
        page.locator(".onward button").first.click()
    code = page.locator("#plan input[name=code]").input_value()
    expect(page.locator(".paper")).not_to_contain_text(code)
    page.get_by_role("button", name="Keep this list online").click()
    expect(page.locator(".paper").get_by_text(code)).to_have_count(1)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    expect(page.locator(".paper").get_by_text(code)).to_have_count(1)
    assert asked[0].endswith("/planner/packet")
    assert not any(address.endswith("/planner/keep") for address in asked)
    assert code not in "".join([*asked, page.url, str(page.context.cookies())])
    with page.context.new_page() as patient:
        patient.goto(f"/mine/{code}")
        patient.locator("button[name=delete]").click()
    page.reload()
    expect(page.get_by_role("button", name="Keep this list online")).to_be_visible()
    expect(page.locator(".paper")).not_to_contain_text(code)
