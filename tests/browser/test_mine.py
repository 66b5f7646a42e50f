"""A kept list on a phone, without script and by keyboard: typed in, read, deleted."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE
from tests.web import site


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, base_url=address, java_script_enabled=False)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def test_the_code_is_typed_by_keyboard_and_one_press_deletes_the_list(phone: Page) -> None:
    phone.goto("/mine")
    phone.locator("#code").focus()
    phone.keyboard.type(site.KEPT_CODE.lower().replace("-", " "))
    phone.keyboard.press("Enter")
    expect(phone.locator("main.list .card")).to_have_count(3)
    assert phone.locator("a[href^='tel:614']").count() + phone.locator("a[href^='tel:+1614']").count() >= 1
    width = phone.locator("body").bounding_box()
    assert width
    assert width["width"] <= PHONE["width"]
    phone.locator("button[name=delete]").focus()
    phone.keyboard.press("Enter")
    expect(phone.locator("h1")).to_have_text("Your list is deleted")
    phone.goto(f"/mine/{site.KEPT_CODE}")
    expect(phone.locator("h1")).to_have_text("We found no list")
