"""Every page in every state holds WCAG 2.2 AA by axe, and says the same by ear: landmarks, headings, names, tongue."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web import site

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
QUICK = {"preload": False, "resultTypes": ["violations"]}  # nothing is asked of the server again, and only faults told
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], **QUICK}
OF_COLOURS = ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]
COLOURS = {"runOnly": {"type": "rule", "values": OF_COLOURS}, **QUICK}
# What the same page may have wrong at another width and in other colours.
LOOKS_ELSE = {
    "runOnly": {"type": "rule", "values": [*OF_COLOURS, "target-size", "scrollable-region-focusable"]},
    **QUICK,
}
ALL_ELSE = {**RULES, "rules": {rule: {"enabled": False} for rule in OF_COLOURS}}
# The headings of a page in their order: no level is left out on the way down.
LEVELS = "() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(e => +e.tagName[1])"
LANDMARKS = ("banner", "main", "contentinfo")


def home(page: Page) -> None:
    page.goto("/")
    expect(page.locator("h1")).to_be_visible()


def results(page: Page) -> None:
    home(page)
    page.locator("#place").fill("43215")
    page.locator(".ask button.main").click()
    expect(page.locator("#results")).to_be_visible()
    for closed in ("details.filters", "details.map", "details.share"):
        page.locator(f"{closed} > summary").click()


def misspelt(page: Page) -> None:
    home(page)
    page.locator("#q").fill("mornng xyzzyq")
    page.locator("#place").fill("Nowhereville")
    page.locator(".ask button.main").click()
    expect(page.locator("#results")).to_be_visible()


def listing(page: Page) -> None:
    page.goto("/listing/3")
    expect(page.locator(".source")).to_be_visible()
    for closed in page.locator("main details > summary").all():
        closed.click()


def chosen(page: Page) -> None:
    page.goto("/list?pick=1&pick=3&place=43215")
    expect(page.locator("main.list .card")).to_have_count(2)


def nothing_chosen(page: Page) -> None:
    page.goto("/list")
    expect(page.locator("h1")).to_be_visible()


def packet(page: Page) -> None:
    page.goto("/handoff?pick=1&pick=3&place=43215")
    expect(page.locator(".paper h1")).to_be_visible()
    for closed in page.locator("main details > summary").all():
        closed.click()


def thanked(page: Page) -> None:
    page.goto("/listing/3")
    page.locator("main details > summary").last.click()
    page.locator("input[name=reason]").last.check()
    page.locator("form[action$=report] button").click()
    expect(page.locator("h1")).not_to_have_text("")
    expect(page.locator("form[action$=report]")).to_have_count(0)


def kept(page: Page) -> None:
    page.goto("/kept")
    expect(page.locator("h1")).to_be_visible()


def kept_list(page: Page) -> None:
    language = page.evaluate("navigator.language")[:2]  # a list speaks the one it was kept in until told another
    page.goto(f"/mine/{site.KEPT_CODE}?lang={language}")
    expect(page.locator("main.list .card")).to_have_count(3)


def code_mistyped(page: Page) -> None:
    page.goto("/mine/unknown")
    expect(page.locator("#code")).to_be_visible()


def families(page: Page) -> None:
    page.goto("/families")
    expect(page.locator("h1")).to_be_visible()


def words(page: Page) -> None:
    page.goto("/words")
    expect(page.locator("h1")).to_be_visible()


def privacy(page: Page) -> None:
    page.goto("/privacy")
    expect(page.locator("h1")).to_be_visible()


def missing(page: Page) -> None:
    page.goto("/no-such-page")
    expect(page.locator("h1")).to_be_visible()


PAGES: list[Callable[[Page], None]] = [
    home,
    results,
    misspelt,
    listing,
    chosen,
    nothing_chosen,
    packet,
    kept_list,
    code_mistyped,
    families,
    words,
    privacy,
    missing,
]
LOOKS = {  # only colours change with these, in every language alike
    "dark": {"color_scheme": "dark"},
    "forced colours, less motion": {"forced_colors": "active", "reduced_motion": "reduce"},
}
NAMELESS = """() => [...document.querySelectorAll('button, a, summary, input, select')]
  .filter(e => e.checkVisibility() && e.type !== 'hidden' && !(e.getAttribute('aria-label') || e.textContent || e.title
    || [...(e.labels || [])].map(l => l.textContent).join(' ')).trim()).map(e => e.outerHTML)"""
RUN = """rules => axe.run(rules)
  .then(found => found.violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 120)}`))"""


@pytest.fixture(params=["en-US", "es-US"], scope="module")
def reader(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The narrowest phone, one after the other through all pages; the page's own policy would not let axe in."""
    context = browser.new_context(
        viewport={"width": 320, "height": 780}, base_url=address, locale=request.param, bypass_csp=True
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("go", PAGES, ids=lambda go: go.__name__)
def test_every_page_is_for_everyone(reader: Page, go: Callable[[Page], None]) -> None:
    reader.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="no-preference")
    go(reader)
    reader.evaluate(AXE)
    english = "en" in reader.evaluate("navigator.language")
    assert complaints(reader, RULES if english else ALL_ELSE) == []  # a third of the time goes into colours
    for look, media in LOOKS.items() if english else ():
        reader.emulate_media(**media)  # type: ignore[arg-type]
        assert complaints(reader, COLOURS) == [], look
    by_ear(reader)


def complaints(page: Page, rules: dict[str, object]) -> list[str]:
    found: list[str] = page.evaluate(RUN, rules)
    return found


def by_ear(reader: Page) -> None:
    """What a screen reader is given: landmarks, headings in order, a name for every control, the page's language."""
    for landmark in LANDMARKS:
        expect(reader.get_by_role(landmark)).to_have_count(1)  # type: ignore[arg-type]
    levels = reader.evaluate(LEVELS)
    assert levels.count(1) == 1
    assert levels[0] == 1 or levels.index(1) <= 2, levels
    assert all(b - a <= 1 for a, b in pairwise(levels)), levels
    language = reader.locator("html").get_attribute("lang")
    assert language == ("es" if "es" in reader.evaluate("navigator.language") else "en")
    other = reader.locator(".top .tools [lang]").first
    assert other.get_attribute("lang") != language
    assert reader.evaluate(NAMELESS) == []
