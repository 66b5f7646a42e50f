"""Somebody may be looking: leaving leaves nothing behind, a place is rounded, and one page is kept only when asked."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, unquote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import NEUTRAL, Screen
from tests.browser.test_journeys import choose_two, search, to_my_handoff, to_my_list

HOLDS = """async () => [...await caches.keys(), ...Object.keys(localStorage), ...Object.keys(sessionStorage),
  ...(await navigator.serviceWorker.getRegistrations()).map(one => one.scope),
  ...(await indexedDB.databases()).map(one => one.name), ...(window.name ? [window.name] : [])]"""
SHARE = "navigator.share = async what => { window.shared = what.text }"
NEUTRAL_PAGE = re.compile(rf"^http://localhost:\d+{NEUTRAL}$")
SEARCHED = re.compile("/search|/listing|/list|Columbus|Tuesday Steps|Morning Meeting|Results|Aftercare")


@pytest.fixture
def context(pocket: BrowserContext, screen: Screen, address: str) -> Iterator[BrowserContext]:
    """The phone, online and with nothing kept on it, before a test and after."""
    yield pocket
    pocket.set_offline(False)
    pocket.clear_permissions()
    screen.page.goto(NEUTRAL)
    everything = {"origin": address, "storageTypes": "all"}
    pocket.new_cdp_session(screen.page).send("Storage.clearDataForOrigin", everything)
    assert screen.page.evaluate(HOLDS) == []


@pytest.fixture
def page(context: BrowserContext, screen: Screen) -> Page:
    return screen.page


@pytest.fixture
def new_tab(context: BrowserContext) -> Iterator[Page]:
    """One with no pages behind it."""
    with context.new_page() as page:
        yield page


def by_button(page: Page) -> None:
    page.get_by_role("link", name="Leave this page").click()


def by_escape(page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def tab(page: Page) -> list[dict[str, str]]:
    """The pages that the back and the forward button of this tab reach."""
    entries: list[dict[str, str]] = page.context.new_cdp_session(page).send("Page.getNavigationHistory")["entries"]
    return entries


def shown_by(page: Page, entry: dict[str, str]) -> str:
    """What stands there, at once and a little later: it may be on its way elsewhere."""
    browser = page.context.new_cdp_session(page)
    arrived: list[bool] = []
    browser.on("Page.frameNavigated", lambda _: arrived.append(True))
    browser.send("Page.enable")
    browser.send("Page.navigateToHistoryEntry", {"entryId": entry["id"]})
    for _ in range(250):  # five seconds
        if not arrived:
            page.wait_for_timeout(20)
    assert arrived, f"{entry['url']} does not open"
    seen = [f"{page.url} {page.locator('html').inner_text()}"]
    page.wait_for_timeout(250)
    return " ".join([*seen, page.url, page.locator("html").inner_text()])


@pytest.mark.parametrize("leave", [by_button, by_escape])
def test_after_leaving_neither_back_nor_forward_shows_the_search(new_tab: Page, leave: Callable[[Page], None]) -> None:
    search(new_tab)
    choose_two(new_tab)
    new_tab.locator("button.name").first.click()
    expect(new_tab.get_by_role("heading", level=2, name="How we know")).to_be_visible()
    new_tab.go_back()
    expect(new_tab.get_by_role("heading", level=1)).to_contain_text("Columbus")
    assert len([one for one in tab(new_tab) if "/search" in one["url"]]) > 1
    leave(new_tab)
    new_tab.wait_for_url(NEUTRAL_PAGE, timeout=5000)
    left = tab(new_tab)
    assert not [one for one in left if SEARCHED.search(one["url"] + one["title"])]
    for entry in left:
        assert not SEARCHED.search(shown_by(new_tab, entry)), entry


def test_leaving_from_the_page_the_tab_began_with(new_tab: Page) -> None:
    new_tab.goto("/search?q=meeting&place=43215")
    by_button(new_tab)
    new_tab.wait_for_url(NEUTRAL_PAGE, timeout=5000)
    for entry in tab(new_tab):
        assert not SEARCHED.search(shown_by(new_tab, entry)), entry


def test_the_screen_is_empty_at_once(new_tab: Page) -> None:
    search(new_tab)
    left = "() => { document.querySelector('.leave').click(); return [document.body, document.title] }"
    assert new_tab.evaluate(left) == [None, "…"]
    new_tab.wait_for_url(NEUTRAL_PAGE, timeout=5000)


def test_leaving_without_script_needs_the_form_sent_again(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    search(page)
    by_button(page)
    page.wait_for_url(NEUTRAL_PAGE, timeout=5000)
    searched = next(one for one in tab(page) if one["url"].endswith("/search"))
    assert "Columbus" not in shown_by(page, searched)
    context.close()


def test_escape_once_or_slowly_changes_nothing(page: Page) -> None:
    search(page)
    page.keyboard.press("Escape")
    page.wait_for_timeout(1100)
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Columbus")


def test_where_i_am_is_rounded_before_it_is_anywhere(context: BrowserContext, page: Page) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 39.961176, "longitude": -82.998794})
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    page.goto("/", wait_until="networkidle")
    sent.clear()
    page.get_by_role("button", name="Use where I am").click()
    expect(page.get_by_role("status")).to_contain_text("Now tap Search")
    assert page.get_by_label("Where?").input_value() == "39.96,-83.00"
    assert sent == []
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("within 25 miles of Columbus, OH")
    posted = next(told for told in sent if "/search" in told).partition(" ")[2]
    assert parse_qs(posted)["place"] == ["39.96,-83.00"]
    assert not re.search(r"9611|9987", " ".join(sent))


@pytest.mark.parametrize("path", ["/", "/search?q=meeting"])
def test_saying_no_to_the_question_where_i_am_is_fine(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_role("button", name="Use where I am").click()
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("That is fine. Type a ZIP code or town instead.")
    assert page.get_by_label("Where?").input_value() == ""


def keep(page: Page) -> None:
    page.get_by_role("button", name="Keep this on my phone").click()
    expect(page.get_by_text("Kept on this phone. It opens without internet.")).to_be_visible()


def test_nothing_is_stored_before_the_tap(page: Page) -> None:
    search(page)
    choose_two(page)
    to_my_list(page)
    expect(page.get_by_role("button", name="Keep this on my phone")).to_be_visible()
    assert page.evaluate(HOLDS) == []
    to_my_handoff(page)
    expect(page.get_by_role("button", name="Keep this on my phone")).to_be_visible()
    assert page.evaluate(HOLDS) == []


def test_a_kept_list_opens_without_internet_and_is_wiped_at_a_tap(context: BrowserContext, page: Page) -> None:
    search(page)
    names = page.locator("button.name").all_inner_texts()[:2]
    choose_two(page)
    to_my_list(page)
    keep(page)
    stored = page.evaluate(
        "(async () => (await (await caches.open('kept')).keys()).map(one => new URL(one.url).pathname))()"
    )
    assert sorted(re.sub("-[0-9a-f]{10}", "", path) for path in stored) == [
        "/kept", "/static/site.css", "/static/site.js"]  # fmt: skip
    context.set_offline(True)
    page.goto("/")
    for name in names:
        expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="988").first).to_be_visible()
    expect(page.get_by_role("link", name="614-555-0134").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.card')).borderStyle") == "solid"
    assert page.locator("input, select, form button").count() == 0
    page.get_by_role("button", name="Wipe it from this phone").click()
    expect(page.get_by_text("Wiped. Nothing is kept on this phone now.")).to_be_visible()
    expect(page.get_by_role("heading", name=names[0])).to_be_hidden()
    assert page.evaluate(HOLDS) == []


def test_what_was_wiped_can_be_kept_again(page: Page) -> None:
    page.goto("/list?pick=1")
    for _ in range(2):
        keep(page)
        page.get_by_role("button", name="Wipe it from this phone").click()
        expect(page.get_by_text("Wiped. Nothing is kept on this phone now.")).to_be_visible()
        assert page.evaluate(HOLDS) == []
    keep(page)
    page.goto("/kept")
    expect(page.get_by_role("heading", name="My list")).to_be_visible()


def test_a_form_sent_without_internet_shows_what_is_kept(context: BrowserContext, page: Page) -> None:
    search(page)
    choose_two(page)
    to_my_list(page)
    keep(page)
    page.goto("/")
    context.set_offline(True)
    page.get_by_role("button", name="A meeting tonight").click()
    expect(page.get_by_role("button", name="Wipe it from this phone")).to_be_visible()


def test_a_kept_handoff_opens_without_internet(context: BrowserContext, page: Page) -> None:
    search(page)
    choose_two(page)
    to_my_list(page)
    to_my_handoff(page)
    keep(page)
    context.set_offline(True)
    page.goto("/kept")
    expect(page.get_by_role("heading", name="Stay safe this week")).to_be_visible()
    expect(page.get_by_role("button", name="Get it as a PDF")).to_have_count(0)


def test_while_something_is_kept_the_search_is_as_before_and_is_not_kept(new_tab: Page) -> None:
    search(new_tab)
    choose_two(new_tab)
    to_my_list(new_tab)
    keep(new_tab)
    search(new_tab)
    new_tab.locator("button.name").first.click()
    expect(new_tab.get_by_role("heading", level=2, name="How we know")).to_be_visible()
    new_tab.go_back()
    expect(new_tab.get_by_role("heading", level=1)).to_contain_text("Columbus, OH 43215")
    assert new_tab.evaluate("(async () => (await (await caches.open('kept')).keys()).length)()") == 3
    by_button(new_tab)
    new_tab.wait_for_url(NEUTRAL_PAGE, timeout=5000)
    assert not [one for one in tab(new_tab) if SEARCHED.search(one["url"] + one["title"])]


def test_what_is_sent_to_a_friend_is_the_short_text(new_tab: Page) -> None:
    new_tab.add_init_script(SHARE)
    search(new_tab)
    choose_two(new_tab)
    to_my_list(new_tab)
    to_my_handoff(new_tab)
    address = new_tab.get_by_role("link", name="Text it to myself").get_attribute("href") or ""
    assert address.startswith("sms:?&body=")
    new_tab.get_by_role("button", name="Share it").click()
    assert new_tab.evaluate("window.shared") == unquote(address.removeprefix("sms:?&body="))
    assert "614-555-0134" in new_tab.evaluate("window.shared")
