"""The admin's day by keyboard alone: a feed reviewed, a call made, a pair told apart; every page sound to axe."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from directory.duplicates import comparing
from directory.fresh import program
from directory.models import Batch, Listing, SourceRecord
from directory.reports import report
from directory.runtime import Runtime, opened
from directory.security import accounts
from directory.security.models import Account
from directory.security.roles import Role
from directory.settings import Settings
from directory.vocab import Reason
from tests.browser.conftest import PHONE, serving
from tests.browser.keyboard import PASSWORD, tab_to
from tests.browser.test_accounts import sign_in, sound, still_sound
from tests.browser.test_everyone import LOOKS_ELSE
from tests.duplicates.world import clinic, say
from tests.feeds import meetings
from tests.web import site

WIDE = {"width": 1280, "height": 900}
PAGES = (
    "/admin",
    "/admin/imports",
    "/admin/imports/1",
    "/admin/calls",
    "/admin/calls/{clinic}",
    "/admin/duplicates",
    "/admin/duplicates/1",
    "/admin/listings",
    "/admin/listings/new",
    "/admin/listings/{clinic}",
    "/admin/publishers",
    "/admin/publishers/1",
    "/admin/coverage?state=OH",
    "/admin/trends",
    "/admin/accounts",
    "/admin/audit",
    "/account",
)


async def fill(rt: Runtime, ids: dict[str, int]) -> None:
    """An admin, and something of everything that waits for one."""
    account = await accounts.add("Demo", Role.ADMIN, "tests", site.NOW)
    await accounts.set_password(account, PASSWORD, "tests", site.NOW)
    await Account.filter(id=account.id).update(demo=True)
    publisher = await Listing.get(id=ids["clinic"]).values_list("publisher_id", flat=True)
    held = await Batch.create(publisher_id=publisher, source="x", status="staged", broken=["It shrank."], files=["f"])
    draft = clinic(source_key="new", name="Mill Run Clinic").as_dict()
    for number, (outcome, name) in enumerate([("new", "Mill Run Clinic"), ("rejected", "Nobody")], 1):
        await SourceRecord.create(
            batch=held, number=number, key=name, name=name, outcome=outcome, words={"name": name},
            draft=draft if outcome == "new" else None, kind="outpatient" if outcome == "new" else "",
            reason="" if outcome == "new" else "no phone, address or link",
        )  # fmt: skip
    await report(rt, ids["clinic"], Reason.UNSAFE, "192.0.2.1", site.NOW)
    await program.submit(rt, ids["food"], site.NOW, changes={"phone": "614-555-0199"})
    for name in ("Cedar Point Detox", "Cedar Point Outpatient"):
        await say(rt, name, clinic(source_key="asks", name=name))
    await comparing.follow(rt)


@pytest.fixture(scope="module")
def ids(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    return {}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, ids: dict[str, int]) -> Iterator[str]:
    home = tmp_path_factory.mktemp("desk") / "home"
    ids |= site.fill(home)

    async def run() -> None:
        async with opened(Settings(home=str(home)), shared=True) as rt:
            await fill(rt, ids)

    asyncio.run(run())
    with serving(home, lambda: site.NOW) as address:
        yield address


@pytest.fixture(scope="module")
def desk(browser: Browser, address: str) -> Iterator[Page]:
    """Where an admin signed in once, by keyboard."""
    with browser.new_context(viewport=WIDE, base_url=address) as context:  # type: ignore[arg-type]
        page = context.new_page()
        sign_in(page, "Demo")
        page.wait_for_url("**/account*")
        yield page


def test_every_page_of_the_desk_is_for_everyone(
    browser: Browser, address: str, ids: dict[str, int], desk: Page
) -> None:
    """On a phone; and every second page, as it stands, on a wide screen in the dark."""
    held = desk.context.storage_state()
    with browser.new_context(base_url=address, storage_state=held, bypass_csp=True) as context:
        page = context.new_page()
        for number, path in enumerate(PAGES):
            page.set_viewport_size(PHONE)  # type: ignore[arg-type]
            page.emulate_media(color_scheme="light")
            answer = page.goto(path.format(**ids))
            assert answer is not None
            assert answer.status == 200, path
            sound(page)
            if number % 2 == 0:
                page.set_viewport_size(WIDE)  # type: ignore[arg-type]
                page.emulate_media(color_scheme="dark")
                still_sound(page, LOOKS_ELSE)


def test_a_feed_is_sent_looked_through_and_accepted(desk: Page, tmp_path: Path) -> None:
    file = tmp_path / "invented.json"
    file.write_text(json.dumps(meetings(3)))
    desk.goto("/admin/imports")
    desk.get_by_label("Feed files").set_input_files(file)  # the one step that a person does outside the page
    desk.get_by_label("Feed files").focus()
    tab_to(desk, "Publisher")
    desk.keyboard.type("Invented Intergroup")
    tab_to(desk, "Send and compare")
    desk.keyboard.press("Enter")
    expect(desk.locator("h1")).to_contain_text("Invented Intergroup waits for you", timeout=10_000)
    tab_to(desk, "Leave out Group 0")
    desk.keyboard.press("Enter")
    expect(desk.locator(".record .badge", has_text="left out")).to_be_visible()
    tab_to(desk, "Accept the batch")
    desk.keyboard.press("Enter")
    expect(desk.locator("h1 .badge")).to_have_text("public", timeout=10_000)
    desk.goto("/admin/listings?words=Group")
    expect(desk.locator("tbody tr")).to_have_count(2)


def test_a_place_is_called_and_what_came_of_it_is_written_down(desk: Page) -> None:
    desk.goto("/admin")
    tab_to(desk, "reported closed or unsafe")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/admin/calls")
    tab_to(desk, "Take the next place")
    desk.keyboard.press("Enter")
    expect(desk.locator("h1")).to_have_text("Scioto Recovery Clinic")  # the unsafe before all
    tab_to(desk, "All right as listed")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status")).to_contain_text("Written down: All right as listed")
    tab_to(desk, "Accept what Broad Street Food Shelf says")
    desk.keyboard.press("Enter")
    expect(desk.locator("main")).not_to_contain_text("What programs ask us to correct")


def test_two_listings_are_kept_apart_and_that_is_taken_back(desk: Page) -> None:
    desk.goto("/admin/duplicates")
    tab_to(desk, "Compare")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/admin/duplicates/*")
    tab_to(desk, "Keep apart")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status")).to_contain_text("It stands in the history")
    tab_to(desk, "Undo 1")
    desk.keyboard.press("Enter")
    expect(desk.locator("main")).to_contain_text("took back 1")


def test_a_listing_is_corrected_and_a_publisher_told_wrong_is_said_beside_its_field(
    desk: Page, ids: dict[str, int]
) -> None:
    desk.goto(f"/admin/listings/{ids['food']}")
    tab_to(desk, "Edit it")
    desk.keyboard.press("Enter")
    tab_to(desk, "States served")
    desk.keyboard.type("Ohio")
    desk.keyboard.press("Enter")  # sends the form it is in
    expect(desk.locator("main")).to_contain_text("OH")
    expect(desk.get_by_text("a person decided here")).to_be_visible()
    desk.goto("/admin/publishers/1")
    tab_to(desk, "Time zone")
    desk.keyboard.type("Narnia")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("alert")).to_contain_text("Not saved yet")
    assert desk.locator("#f-timezone").get_attribute("aria-invalid") == "true"
