"""The pages to read: easy in both languages, calm in their words, and a search that finds behind every button."""

import asyncio
import re
from collections.abc import Iterator

import pytest

from directory.app import create_app
from directory.demo import load_seeds
from directory.runtime import opened
from directory.settings import Settings
from directory.web.guide import SEARCHES
from tests.reading import Blocks, flesch_kincaid, szigriszt
from tests.web.conftest import Site, TestClient
from tests.web.test_pages import Checker, cards

TITLES = {
    "/families": {"en": "For families and friends", "es": "Para familias y amistades"},
    "/words": {"en": "Words explained", "es": "Palabras explicadas"},
    "/privacy": {"en": "Your privacy", "es": "Su privacidad"},
}
NEVER = re.compile(r"\b(addict\w*|abuse\w*|clean|dirty|junkie\w*|alcoholics?|adict\w*|abuso|limpi[oa]s?)\b", re.I)
FORMS = re.compile(r'<form method="post" action="/search">(.*?)</form>', re.S)
FIELDS = re.compile(r'name="([^"]*)" value="([^"]*)"')
BOTH = pytest.mark.parametrize("language", ["en", "es"])


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The invented listings everybody starts with."""
    settings = Settings(home=str(tmp_path_factory.mktemp("guide") / "home"))

    async def fill() -> None:
        async with opened(settings, shared=True) as rt:
            await load_seeds(rt)

    asyncio.run(fill())
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield Site(client, {})


@BOTH
@pytest.mark.parametrize("path", TITLES)
def test_a_page_answers_with_its_title_and_headings_in_order(demo: Site, path: str, language: str) -> None:
    response = demo.client.get(f"{path}?lang={language}")
    assert response.status_code == 200
    assert response.headers["cache-control"] == demo.client.get("/").headers["cache-control"]
    assert f"<title>{TITLES[path][language]} ·" in response.text
    assert f"<h1>{TITLES[path][language]}</h1>" in response.text
    checker = Checker()
    checker.feed(response.text)
    assert checker.faults == []
    assert checker.headings[0] == 1
    assert checker.headings.count(1) == 1
    assert set(checker.headings) == {1, 2}
    assert sorted(checker.ids) == sorted(set(checker.ids))


@BOTH
@pytest.mark.parametrize("path", ["/", "/search", "/list", *TITLES])
def test_every_page_leads_to_them_in_its_language(demo: Site, path: str, language: str) -> None:
    page = demo.get(f"{path}?lang={language}")
    for other in TITLES:
        assert f'<a href="{other}?lang={language}">' in page


def test_the_first_page_leads_families_on(demo: Site) -> None:
    assert 'href="/families"' in demo.get("/").split("</main>")[0]


@BOTH
def test_every_button_finds_a_place(demo: Site, language: str) -> None:
    forms = FORMS.findall(demo.get(f"/families?lang={language}").split("</main>")[0])
    pressed = [[pair for pair in FIELDS.findall(form) if pair[0] != "lang"] for form in forms]
    behind = [sorted((name, str(value)) for name, value in asked) for asked in SEARCHES.values()]
    assert {tuple(sorted(fields)) for fields in pressed} == {tuple(asked) for asked in behind}
    for fields in pressed:
        sent = {name: [value for other, value in fields if other == name] for name, _ in fields}
        assert cards(demo.post("/search", lang=language, **sent)), fields
        assert cards(demo.post("/search", lang=language, place="43215", **sent)), fields


def test_a_button_leads_to_the_help_lines_when_somebody_must_talk(demo: Site) -> None:
    assert "Talk to someone now" in demo.post("/search", **{n: v for n, v in SEARCHES["talk"] if n == "talk"})


@pytest.mark.parametrize("path", TITLES)
def test_the_list_and_the_place_come_along(demo: Site, path: str) -> None:
    page = demo.post(path, pick="1", place="43215", lang="es", paper="a4")
    carried = re.search(r'<form id="carried".*?</form>', page, re.S)
    assert carried
    for field in (("pick", "1"), ("place", "43215"), ("lang", "es"), ("paper", "a4")):
        assert field in FIELDS.findall(carried[0])
    for other in TITLES:
        assert f'form="carried" formaction="{other}"' in page
    for form in FORMS.findall(page):
        assert {("pick", "1"), ("place", "43215"), ("lang", "es")} <= set(FIELDS.findall(form))
    assert "noindex" in demo.client.post(path, data={"place": "43215"}).headers["x-robots-tag"]


def test_every_word_has_an_address_of_its_own_and_a_meaning(demo: Site) -> None:
    page = demo.get("/words")
    entries = re.findall(r'<div id="([a-z0-9-]+)"><dt>([^<]+)</dt><dd>([^<]+)</dd></div>', page)
    assert len(entries) == page.count("<dt>") >= 40
    assert len({name for _, name, _ in entries}) == len(entries)
    assert {"detox", "iop", "otp", "narr-4", "oxford", "buprenorphine", "naloxone", "closed", "sliding-scale"} <= {
        anchor for anchor, _, _ in entries
    }
    for anchor in re.findall(r'href="#([^"]+)"', page):
        assert f'id="{anchor}"' in page


@BOTH
@pytest.mark.parametrize("path", ["/", *TITLES])
def test_a_sixth_grader_can_read_it(demo: Site, path: str, language: str) -> None:
    texts = Blocks(demo.get(f"{path}?lang={language}")).texts()
    assert len(texts) >= 6
    hard = {text: flesch_kincaid(text) for text in texts if flesch_kincaid(text) > 6.0}
    if language == "es":
        hard = {text: szigriszt(text) for text in texts if szigriszt(text) < 65}
    assert hard == {}


@BOTH
@pytest.mark.parametrize("path", ["/", *TITLES])
def test_words_are_kind(demo: Site, path: str, language: str) -> None:
    texts = "\n".join(Blocks(demo.get(f"{path}?lang={language}")).texts())
    assert NEVER.findall(texts) == []


@BOTH
@pytest.mark.parametrize("path", TITLES)
def test_sentences_are_short(demo: Site, path: str, language: str) -> None:
    texts = Blocks(demo.get(f"{path}?lang={language}")).texts()
    sentences = {one.strip() for text in texts for one in re.split(r"[.!?]+(?=\W|$)|\n", text)}
    most = 15 if language == "en" else 18  # Spanish needs its small words
    assert {one for one in sentences if len(one.split()) > most} == set()
