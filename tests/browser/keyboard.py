"""Fingers on a keyboard: they begin when the page is there and its field is ready, as a person's do."""

import re

import pytest
from playwright.sync_api import Page, expect

PASSWORD = "four calm words here"
# The words of what has the focus; at the end of a page that is the page itself, which says everything.
FOCUSED = (
    """() => (e => e === document.body ? "" : e.labels?.[0]?.textContent || e.textContent)(document.activeElement)"""
)


def tab_to(page: Page, words: str, most: int = 90) -> int:
    """Tab until the control with these words has the focus; so many presses it took."""
    page.wait_for_load_state()
    for presses in range(1, most + 1):
        page.keyboard.press("Tab")
        if words in page.evaluate(FOCUSED):
            return presses
    pytest.fail(f"no Tab leads to {words!r}")


def type_first(page: Page, label: str, words: str) -> None:
    """Into the field that the page begins with: a browser gives it the focus some time after the page is there."""
    page.wait_for_load_state()
    field = page.get_by_label(re.compile(rf"^\s*{label}\b"))
    expect(field).to_be_focused()
    page.keyboard.type(words)
    expect(field).to_have_value(words)


def enter(page: Page, name: str, password: str = PASSWORD) -> None:
    """The form to sign in, filled and sent."""
    type_first(page, "Name", name)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")
