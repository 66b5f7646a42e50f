"""The commonest journeys in a real browser: by thumb, by keyboard, without script, on the narrowest phone."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE


def search(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Where?").fill("43215")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Columbus, OH 43215")


def choose_two(page: Page) -> None:
    for chosen in (1, 2):
        page.get_by_role("button", name="Add to my list").first.click()
        expect(page.get_by_role("button", name=f"My list ({chosen})")).to_be_visible()


def to_my_list(page: Page) -> None:
    page.get_by_role("button", name="My list (2)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My list")


def to_my_handoff(page: Page) -> None:
    page.get_by_role("button", name="Make my handoff").click()
    expect(page.get_by_role("heading", name="Stay safe this week")).to_be_visible()


def press_until_on(page: Page, words: str) -> None:
    """Tab to the control with these words, as somebody without a mouse does."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if words in page.evaluate("document.activeElement.innerText || document.activeElement.id || ''"):
            return
    raise AssertionError(f"the keyboard never reached {words!r}")


def test_search_choose_and_hand_off_by_thumb(phone: Page) -> None:
    search(phone)
    choose_two(phone)
    to_my_list(phone)
    to_my_handoff(phone)
    assert "43215" not in phone.url


def test_from_the_first_page_to_the_handoff_by_keyboard_alone(phone: Page) -> None:
    phone.goto("/")
    press_until_on(phone, "place")
    phone.keyboard.type("43215")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Columbus")
    press_until_on(phone, "Add to my list")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("button", name="My list (1)")).to_be_visible()
    phone.evaluate("document.activeElement.blur()")
    phone.keyboard.press("Control+Home")
    phone.get_by_role("link", name="Skip to the page").focus()
    press_until_on(phone, "My list (1)")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("My list")
    press_until_on(phone, "Make my handoff")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", name="Stay safe this week")).to_be_visible()


def test_everything_works_without_script(browser: Browser, address: str, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address, accept_downloads=True)
    page = context.new_page()
    search(page)
    page.locator("details.filters > summary").click()
    page.get_by_label("Outpatient program").check()
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 program within 25 miles")
    page.get_by_role("button", name="Scioto Recovery Clinic", exact=True).click()
    page.get_by_role("button", name="Add to my list").click()
    page.get_by_role("button", name="Back to the results").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 program within 25 miles")
    page.get_by_role("button", name="My list (1)").click()
    page.get_by_role("button", name="Make my handoff").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Get it as a PDF").click()
    assert waiting.value.suggested_filename == "handoff.pdf"
    waiting.value.save_as(tmp_path / "handoff.pdf")
    assert (tmp_path / "handoff.pdf").read_bytes().startswith(b"%PDF-")
    context.close()


def test_the_back_button_returns_to_the_results(phone: Page) -> None:
    search(phone)
    phone.locator("button.name").first.click()
    expect(phone.get_by_role("heading", level=2, name="How we know")).to_be_visible()
    phone.go_back()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Columbus, OH 43215")


def test_adding_a_place_keeps_it_in_sight(phone: Page) -> None:
    search(phone)
    third = phone.locator(".card").nth(2)
    third.get_by_role("button", name="Add to my list").click()
    expect(third.get_by_role("button", name="On my list")).to_be_in_viewport()


SIZES = [(320, 100), (390, 100), (1280, 100), (640, 200)]  # how wide the window is, and of how many percent the letters


def test_no_page_scrolls_sideways(phone: Page) -> None:
    """Also with letters of twice the size."""

    def fits(where: str) -> None:
        for width, percent in SIZES:
            phone.set_viewport_size({"width": width, "height": 780})
            phone.evaluate("size => { document.documentElement.style.fontSize = size }", f"{percent}%")
            wide = phone.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (where, wide)
        phone.evaluate("document.documentElement.style.fontSize = ''")
        phone.set_viewport_size(PHONE)

    search(phone)
    fits("results")
    phone.locator("details.filters > summary").click()
    fits("filters")
    choose_two(phone)
    phone.locator("button.name").first.click()
    expect(phone.get_by_role("heading", level=2, name="How we know")).to_be_visible()
    fits("listing")
    to_my_list(phone)
    fits("list")
    to_my_handoff(phone)
    phone.get_by_text("Change how it looks").click()
    fits("handoff")
    phone.goto("/")
    fits("home")


def test_things_to_tap_are_big_enough(phone: Page) -> None:
    search(phone)
    small = phone.evaluate(
        """() => [...document.querySelectorAll('.acts a, .acts button, .ask button, summary, header button')]
            .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML)"""
    )
    assert small == []


CONTRAST = """() => {
  const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).slice(0, 3).map(v => { v /= 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 }); return 0.2126 * r + 0.7152 * g + 0.0722 * b };
  const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
    if (!/, 0\\)$/.test(c)) return c } return 'rgb(255, 255, 255)' };
  const found = [];
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !e.offsetParent) continue;
    const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 7) found.push(((a + 0.05) / (b + 0.05)).toFixed(2) + ' ' + e.outerHTML.slice(0, 80));
  }
  return found
}"""


def test_words_stand_out_seven_to_one(phone: Page) -> None:
    def stand_out() -> None:
        for scheme in ("light", "dark"):
            phone.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert phone.evaluate(CONTRAST) == [], scheme

    search(phone)
    phone.locator("details.filters > summary").click()
    stand_out()
    choose_two(phone)
    to_my_list(phone)
    stand_out()
    to_my_handoff(phone)
    stand_out()


def test_paper_shows_the_plan_and_not_the_buttons(phone: Page) -> None:
    search(phone)
    choose_two(phone)
    to_my_list(phone)
    to_my_handoff(phone)
    phone.emulate_media(media="print")
    expect(phone.get_by_role("heading", name="Stay safe this week")).to_be_visible()
    expect(phone.get_by_role("button", name="Get it as a PDF")).to_be_hidden()
    expect(phone.locator("header")).to_be_hidden()


def test_enter_in_the_day_of_leaving_shows_the_page_again(phone: Page) -> None:
    search(phone)
    choose_two(phone)
    to_my_list(phone)
    to_my_handoff(phone)
    phone.get_by_text("Change how it looks").click()
    phone.get_by_label("Day you leave").fill("2026-05-09")
    phone.get_by_label("Day you leave").press("Enter")
    expect(phone.locator(".handoff-date")).to_have_text("May 9, 2026")
    phone.evaluate("document.activeElement.blur()")
    phone.keyboard.press("Control+Home")
    for _ in range(40):  # the button that Enter presses is no stop on the way through the page
        phone.keyboard.press("Tab")
        assert not phone.evaluate("document.activeElement.classList.contains('unseen')")


def test_no_phone_number_and_no_day_is_broken_over_two_lines(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, locale="es-US")
    page = context.new_page()
    page.goto("/list?pick=1,3,4,5,6&place=43215")
    page.locator('form[action="/handoff"] button.main').click()
    expect(page.locator(".paper h1")).to_be_visible()
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        heights = page.eval_on_selector_all(
            ".handoff-phone", "all => all.map(e => e.getClientRects().length + (e.offsetHeight > 60 ? 1 : 0))"
        )
        assert set(heights) == {1}
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    context.close()


def test_a_page_asks_for_three_files_at_most(browser: Browser, address: str) -> None:
    """With nothing kept from before: itself, its style and the small script."""
    with browser.new_context(viewport=PHONE, base_url=address) as context:  # type: ignore[arg-type]
        page, asked = context.new_page(), list[str]()
        page.on("request", lambda request: asked.append(request.url))
        memory = context.new_cdp_session(page)
        for path in ("/", "/search?place=43215", "/listing/3", "/list?pick=1&pick=3"):
            memory.send("Network.clearBrowserCache")
            asked.clear()
            page.goto(path, wait_until="load")
            assert 0 < len([url for url in asked if not url.startswith("data:")]) <= 3, asked
