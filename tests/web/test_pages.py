"""Every page answers, tells the truth, carries the list along, and takes any input without breaking."""

import logging
import re
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.handoff.helplines import help_lines
from tests.web.conftest import Site

CARD_NAMES = re.compile(r'<button class="name"[^>]*>([^<]*)')
PICKS = re.compile(r'name="pick" value="(\d+)"')
NEAR = {"place": "43215"}


def cards(page: str) -> list[str]:
    return CARD_NAMES.findall(page)


def all_pages(pages: Site) -> dict[str, str]:
    """One of each page, as a person sees them."""
    group = str(pages.ids["tue"])
    return {
        "home": pages.get("/"),
        "families": pages.get("/families"),
        "words": pages.get("/words"),
        "privacy": pages.get("/privacy"),
        "results": pages.post("/search", **NEAR),
        "nothing": pages.post("/search", q="zzyzx qqq", **NEAR),
        "listing": pages.get(f"/listing/{group}"),
        "empty list": pages.get("/list"),
        "list": pages.post("/list", pick=group, **NEAR),
        "handoff": pages.post("/handoff", pick=group, **NEAR),
        "no handoff": pages.get("/handoff"),
        "gone": pages.client.get("/listing/99999").text,
    }


class Checker(HTMLParser):
    """What every page must have and must not have."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.inside: list[str] = []
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.fields: list[str] = []
        self.faults: list[str] = []
        self.title = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.inside.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.ids += [given["id"]] if given.get("id") else []
        if tag == "label" and given.get("for"):
            self.labels.add(str(given["for"]))
        if tag in ("input", "select") and given.get("type") not in ("hidden", "checkbox"):
            self.fields.append(str(given.get("id")))
        self.faults += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        sources = [given.get(name) for name in ("src", "srcset", "action", "formaction", "data", "poster")]
        sources += [given.get("href")] if tag == "link" else []
        self.faults += [
            f"{tag} {source}" for source in sources if source and not re.match(r"/(?!/)|data:image/svg", source)
        ]
        if tag == "a" and re.match("https?:", given.get("href") or "") and "noreferrer" not in (given.get("rel") or ""):
            self.faults.append(f"a {given['href']}")

    def handle_data(self, data: str) -> None:
        if self.inside and self.inside[-1] == "title":
            self.title += data
        if self.inside and self.inside[-1] in ("style", "script") and data.strip():
            self.faults.append(f"inline {self.inside[-1]}")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass


def test_every_page_is_sound_html_without_anything_inline_or_from_elsewhere(pages: Site) -> None:
    for name, text in all_pages(pages).items():
        checker = Checker()
        checker.feed(text)
        assert checker.faults == [], name
        assert checker.title.strip(" ·\n").endswith("· Aftercare Directory"), name
        assert checker.headings.count(1) == 1, name
        assert set(checker.fields) <= checker.labels, name
        assert sorted(checker.ids) == sorted(set(checker.ids)), name


def test_headings_never_skip_a_level(pages: Site) -> None:
    for name, text in all_pages(pages).items():
        checker = Checker()
        checker.feed(text)
        steps = zip(checker.headings, checker.headings[1:], strict=False)
        assert all(below <= above + 1 for above, below in steps), (name, checker.headings)


def test_help_numbers_are_on_every_page(pages: Site) -> None:
    assert len(help_lines("en")) >= 4
    for name, text in all_pages(pages).items():
        for line in help_lines("en"):
            assert f'href="{line.href}"' in text, (name, line.key)


def test_titles_and_addresses_hold_no_word_of_the_person(pages: Site) -> None:
    response = pages.client.post("/search", data={"q": "methadone", "place": "43215"}, follow_redirects=False)
    assert response.status_code == 200
    assert "location" not in response.headers
    title = re.search("<title>(.*?)</title>", response.text, re.S)
    assert title
    assert "methadone" not in title[1].lower()
    assert "columbus" not in title[1].lower()


def test_results_say_how_many_where_and_in_which_order(pages: Site) -> None:
    page = pages.post("/search", **NEAR)
    assert "31 places within 25 miles of Columbus, OH 43215" in page
    assert "Page 1 of 2" in page
    assert "Night Owls Online" in page  # stands apart, never hidden by the radius


def test_a_link_shared_on_purpose_shows_the_same_results(pages: Site) -> None:
    asked = {"q": "clinic", "place": "43215", "kind": "outpatient"}
    by_link = pages.get("/search", params=asked)
    assert cards(by_link) == cards(pages.post("/search", **asked)) == ["Scioto Recovery Clinic"]


def test_a_group_is_one_card_with_its_other_days(pages: Site) -> None:
    page = pages.post("/search", q="Tuesday Steps", **NEAR)
    assert cards(page).count("Tuesday Steps") == 1
    assert re.search(r"also\s+<button[^>]*>Thursday 7:00 pm", page)


def test_a_card_answers_the_first_questions(pages: Site) -> None:
    page = pages.post("/search", q="Scioto", **NEAR)
    for words in ("Outpatient program", "Open now, until 5:00 pm", "Takes people on buprenorphine: yes",
                  "Medicaid", "Checked in January 2026", 'href="tel:+16145550101,12"', "very near"):  # fmt: skip
        assert words in page, words


@pytest.mark.parametrize(
    ("example", "found"),
    [
        ("meeting", "Tuesday Steps"),
        ("home", "Maple House"),
        ("medicine", "Scioto"),
        ("food", "Broad"),
        ("talk", "Owls"),
    ],
)
def test_each_example_button_finds_something(pages: Site, example: str, found: str) -> None:
    page = pages.post("/search", ask=example, **NEAR)
    assert found in page
    assert ("Talk to someone now" in page) is (example == "talk")


def test_more_answers_from_anywhere_than_a_page_holds_can_all_be_reached(
    pages: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory.web.public.PER_PAGE", 1)
    monkeypatch.setattr("directory.web.forms.PER_PAGE", 1)
    first, second = (cards(pages.post("/search", page=number, **NEAR)) for number in (1, 2))
    assert {first[-1], second[-1]} == {"Night Owls Online", "Phone Friends"}
    assert len(first) == len(second) == 2


def test_nothing_found_still_helps(pages: Site) -> None:
    page = pages.post("/search", q="zzyzx qqq", **NEAR)
    assert "Nothing found" in page
    assert "A person can help you look" in page


def test_a_filter_that_hides_everything_is_named_with_what_it_costs(pages: Site) -> None:
    page = pages.post("/search", q="Maple", facet="payment=medicaid", **NEAR)
    button = re.search(r'name="drop" value="payment">([^<]*)<', page)
    assert button
    assert "1 more without" in button[1]
    assert "Maple House" in pages.post("/search", q="Maple", facet="payment=medicaid", drop="payment", **NEAR)


def test_an_unknown_place_is_said_and_the_words_still_search(pages: Site) -> None:
    page = pages.post("/search", q="Scioto", place="Nowhereville 00000")
    assert "We do not know the place “Nowhereville 00000”" in page
    assert "Scioto Recovery Clinic" in page


def test_far_from_everything_the_circle_grows_and_says_so(pages: Site) -> None:
    page = pages.post("/search", place="Dayton, OH")
    assert "There was nothing within 25 miles" in page
    assert "within 100 miles of Dayton" in page


def test_paging_reaches_every_listing_once(pages: Site) -> None:
    first, second = pages.post("/search", **NEAR), pages.post("/search", page=2, at=1, **NEAR)
    section = re.compile("From anywhere", re.I)
    shown = cards(section.split(first)[0]) + cards(section.split(second)[0])
    assert len(shown) == len(set(shown)) == 30  # 31 listings, one group folded
    assert cards(section.split(pages.post("/search", page=400, **NEAR))[0]) == cards(section.split(second)[0])


def test_the_list_travels_through_every_page_without_a_cookie(pages: Site) -> None:
    a, b = str(pages.ids["tue"]), str(pages.ids["clinic"])
    page = pages.post("/search", pick=a, add=b, **NEAR)
    for path in ("/search", f"/listing/{b}", "/list", "/", "/handoff"):
        page = pages.post(path, pick=list(dict.fromkeys(PICKS.findall(page))), place="43215")
        assert list(dict.fromkeys(PICKS.findall(page))) == [a, b], path
    assert "My list (2)" in page
    assert not pages.client.cookies


def test_the_list_can_be_ordered_and_shortened(pages: Site) -> None:
    a, b = str(pages.ids["tue"]), str(pages.ids["clinic"])
    assert cards(pages.post("/list", pick=[a, b])) == ["Tuesday Steps", "Scioto Recovery Clinic"]
    assert cards(pages.post("/list", pick=[a, b], up=b)) == ["Scioto Recovery Clinic", "Tuesday Steps"]
    assert cards(pages.post("/list", pick=[a, b], remove=a)) == ["Scioto Recovery Clinic"]
    assert "1 place on your list is no longer in the directory" in pages.post("/list", pick=[a, "99999"])


def test_the_way_back_from_a_listing_keeps_the_search(pages: Site) -> None:
    listing = pages.post(f"/listing/{pages.ids['clinic']}", q="clinic", place="43215", facet="payment=medicaid", at="1")
    back = re.search(r'<form class="back".*?</form>', listing, re.S)
    assert back
    for field in ('name="q" value="clinic"', 'name="place" value="43215"', 'name="facet" value="payment=medicaid"'):
        assert field in back[0]


def test_a_hidden_house_gives_its_phone_and_never_its_address(pages: Site) -> None:
    number = pages.ids["hidden"]
    for page in (pages.get(f"/listing/{number}"), pages.post("/search", q="Harbor", **NEAR),
                 pages.post("/list", pick=number), pages.post("/handoff", pick=number)):  # fmt: skip
        assert "Harbor House" in page
        assert "614-555-0134" in page
        assert "Secret" not in page
        assert "secret gate" not in page
        assert "geo:" not in page


def test_words_of_publishers_are_never_markup(pages: Site) -> None:
    page = pages.get(f"/listing/{pages.ids['house']}")
    assert "Maple House &lt;b&gt;" in page
    assert "<b>" not in page.split("<footer")[0].replace('<b class="far">', "")
    assert "<script>" not in pages.post("/search", q='"><script>alert(1)</script>', place="<i>")


def test_a_listing_says_who_told_us_and_when(pages: Site) -> None:
    page = pages.get(f"/listing/{pages.ids['clinic']}")
    for words in ("Example Intergroup", "January 5, 2026", "Monday", "(ASAM 1.7)", "intake"):
        assert words in page or words == "Monday", words
    assert "Mon 8:00 am–5:00 pm" in page


def test_spanish_is_chosen_by_the_browser_or_on_the_page_and_stays(pages: Site) -> None:
    assert '<html lang="es">' in pages.get("/", headers={"accept-language": "fr, es-MX;q=0.9, en;q=0.8"})
    assert '<html lang="en">' in pages.get("/", headers={"accept-language": "de, en;q=0.5, es;q=0.1"})
    page = pages.post("/search", switch="es", **NEAR)
    assert '<html lang="es">' in page
    assert 'name="lang" value="es"' in page
    assert 'href="/?lang=es"' in pages.get("/list?lang=es")
    assert '<html lang="en">' in pages.get("/?lang=xx", headers={"accept-language": "*;q=zz"})


ODD = [
    "/search?place=%00%ff&page=-1&radius=NaN&kind=x&facet==&when=9",
    "/search?" + "facet=a&" * 3000,
    "/listing/0",
    "/listing/99999999999999999",
    "/listing/1.5",
    "/list?pick=abc&pick=-1&pick=1e9",
    "/handoff?pick=%F0%9F",
    "/static/nope.css",
    "/static/../app.py",
    "/nope",
    "/?lang=" + "x" * 5000,
]


@pytest.mark.parametrize("path", ODD)
def test_odd_addresses_get_a_sensible_page(pages: Site, path: str) -> None:
    response = pages.client.get(path)
    assert response.status_code in (200, 404, 422), path
    assert "</html>" in response.text
    assert "988" in response.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=300),
    st.sampled_from(["/", "/search", "/list", "/handoff", "/listing/1", "/handoff/handoff.txt"]),
)
def test_any_body_gets_a_page_and_never_a_crash(pages: Site, body: bytes, path: str) -> None:
    response = pages.client.post(path, content=body, headers={"content-type": "application/x-www-form-urlencoded"})
    assert response.status_code in (200, 422)


def test_a_body_too_large_is_refused(pages: Site) -> None:
    response = pages.client.post("/search", content=b"q=" + b"a" * 100_000)
    assert response.status_code == 422
    assert "</html>" in response.text


def test_other_methods_get_a_page_with_the_numbers(pages: Site) -> None:
    response = pages.client.put("/search")
    assert response.status_code == 405
    assert "988" in response.text
    assert "POST" in response.headers["allow"]


def test_our_own_fault_is_a_calm_page_and_a_log_without_words(
    pages: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("canary-words")

    monkeypatch.setattr("directory.web.public.ask", broken)
    with caplog.at_level(logging.DEBUG):
        response = pages.client.post("/search", data={"q": "canary-words", "place": "43215"})
    assert response.status_code == 500
    assert "Please call one of the help numbers below" in response.text
    assert "canary" not in response.text
    assert "canary" not in "\n".join(record.getMessage() + str(record.exc_info) for record in caplog.records)
    told = [getattr(record, "told", {}) for record in caplog.records]
    assert any(one.get("fault") == "RuntimeError" and "public.py" in one["where"] for one in told)


def test_nothing_asked_is_logged(pages: Site, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        pages.post("/search", q="canary-words", place="canary-place")
    ours = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert "canary" not in "\n".join(record.getMessage() for record in ours)


def test_pages_are_small(pages: Site) -> None:
    sizes = {}
    for path in ["/", *re.findall(r'(?:src|href)="(/static/[^"]+)"', pages.get("/"))]:
        with pages.client.stream("GET", path, headers={"accept-encoding": "gzip"}) as response:
            sizes[path] = len(b"".join(response.iter_raw()))
    assert sum(sizes.values()) <= 14 * 1024, sizes
    with pages.client.stream("POST", "/search", data=NEAR, headers={"accept-encoding": "gzip"}) as response:
        assert len(b"".join(response.iter_raw())) <= 25 * 1024


def test_another_language_stays_on_the_page_of_results(pages: Site) -> None:
    second = pages.post("/search", q="morning", page="2")
    assert "Page 2 of" in second
    sent = {"q": "morning", "at": re.findall(r'name="at" value="(\d+)"', second)[0], "switch": "es"}
    assert re.findall(r'<header.*?name="at" value="2".*?</header>', second, re.S)
    assert "Página 2 de" in pages.post("/search", **sent)
    opened = pages.post(f"/listing/{pages.ids['tue']}", q="morning", at="2", pick=str(pages.ids["tue"]))
    assert opened.count('name="page" value="2"') == 1
    assert re.findall(r'<header.*?name="at" value="2".*?</header>', opened, re.S)


def test_a_full_list_says_so(pages: Site) -> None:
    some = [str(one) for one in pages.ids.values()]
    invented = [str(900_000 + n) for n in range(40 - len(some))]
    assert "list is full" in pages.post("/list", pick=[*some, *invented])
    assert "list is full" not in pages.post("/list", pick=some)


def test_dollars_are_written_as_here_in_every_language(pages: Site) -> None:
    for language in ("en", "es"):
        assert "$140.00" in pages.get(f"/listing/{pages.ids['house']}?lang={language}")


def test_what_stays_english_on_a_spanish_page_says_so(pages: Site) -> None:
    page = pages.get(f"/listing/{pages.ids['tue']}?lang=es")
    assert '<html lang="es">' in page
    assert '<h1 lang="en">' in page
    assert re.search(r'<button class="name"[^>]* lang="en">', pages.post("/search", place="43215", lang="es"))
