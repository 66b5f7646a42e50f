"""Somebody may be looking: leaving leaves nothing behind, a place is rounded, and one page is kept only when asked."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.test_journeys import choose_two, search, to_my_handoff, to_my_list

NEUTRAL = "/robots.txt"
HOLDS = """async () => [...await caches.keys(), ...(await navigator.serviceWorker.getRegistrations()).map(one => one.scope),
  ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await indexedDB.databases()).map(one => one.name),
  ...(window.name ? [window.name] : [])]"""
SHARED = "window.shared = []; navigator.share = async what => { window.shared.push(what.text) }"


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, base_url=address)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def elsewhere(site_settings: dict[str, str], address: str) -> Iterator[str]:
    raise NotImplementedError
