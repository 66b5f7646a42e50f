"""The real application on a local port, and Debian's Chromium to look at it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from directory.app import create_app
from directory.settings import Settings
from tests.conftest import missing
from tests.web import site

CHROMIUM = Path("/usr/bin/chromium")
NEUTRAL = "/healthz"  # where leaving goes
PHONE = {"width": 390, "height": 780}


@contextmanager
def serving(home: Path, clock: Callable[[], datetime]) -> Iterator[str]:
    """The address of a server over this home."""
    settings = Settings(home=str(home))
    app = create_app(settings)
    app.state.clock = clock
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and thread.is_alive() and time.monotonic() < deadline:
        threading.Event().wait(0.02)
    assert server.started, "the server did not start"
    port = server.servers[0].sockets[0].getsockname()[1]
    app.state.settings = replace(settings, exit=f"http://localhost:{port}{NEUTRAL}")  # to a browser another site
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("browser") / "home"
    ids = site.fill(home)
    site.keep(home, ids["clinic"], ids["hidden"], ids["online"])
    with serving(home, lambda: site.NOW) as address:
        yield address


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[Browser]:
    """For one file of tests: while it is open its own event loop runs in this thread, and other tests need theirs."""
    if not CHROMIUM.exists():
        missing("Chromium (/usr/bin/chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox"],
            ignore_default_args=["--disable-back-forward-cache"],  # people have it: a page may come back as it was
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def pocket(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """What the phones of one file of tests share; `phone` sees that none leaves anything in it."""
    with browser.new_context(viewport=PHONE, base_url=address) as context:  # type: ignore[arg-type]
        yield context


@dataclass
class Screen:
    """The one tab of that phone, as a new one costs as much as five pages in an old one; and what was heard."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def screen(pocket: BrowserContext) -> Screen:
    screen = Screen(pocket.new_page())
    screen.page.on("console", lambda message: screen.complaints.append(message.text))
    screen.page.on("pageerror", lambda error: screen.complaints.append(str(error)))
    screen.page.on("request", lambda request: screen.asked.append(request.url))
    return screen


@pytest.fixture
def phone(screen: Screen, pocket: BrowserContext, address: str) -> Iterator[Page]:
    """A page at phone width; at its end nothing was complained of in the console, nobody else asked, nothing kept."""
    page = screen.page
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.emulate_media(media="screen", color_scheme="light")
    screen.complaints.clear()
    screen.asked.clear()
    yield page
    assert screen.complaints == []
    assert [url for url in screen.asked if not url.startswith(address)] == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert pocket.cookies() == []
