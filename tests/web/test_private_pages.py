"""Leaving, keeping and the worker: what the server answers, and what the pages offer without script."""

import re
from urllib.parse import unquote

import pytest

from directory.settings import Settings
from directory.web.headers import ALWAYS, WORKER_POLICY
from directory.web.render import STATIC
from tests.web.conftest import Site
from tests.web.test_pages import all_pages

FIRST_PAGE = 14 * 1024  # bytes that arrive in the first round trip of a new connection
MESSAGE = re.compile(r'href="sms:\?&amp;body=([^"]+)"')


def test_every_page_can_be_left_without_script(pages: Site) -> None:
    for name, page in {**all_pages(pages), "kept": pages.get("/kept")}.items():
        link = re.search(r'<a class="leave"[^>]*>', page)
        assert link, name
        assert 'href="/leave"' in link[0]
        assert 'rel="noreferrer"' in link[0]
        assert f'data-exit="{Settings().exit}"' in link[0]


def test_leaving_goes_to_the_neutral_page_and_drops_our_copies(pages: Site) -> None:
    response = pages.client.get("/leave", follow_redirects=False)
    assert response.status_code == 303
    assert response.headers["location"] == Settings().exit
    assert response.headers["clear-site-data"] == '"cache"'
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["referrer-policy"] == "no-referrer"
    for name, value in ALWAYS.items():
        assert response.headers[name] == value


def test_the_worker_is_asked_for_anew_and_may_reach_only_us(pages: Site) -> None:
    response = pages.client.get("/worker.js")
    assert response.text == (STATIC / "worker.js").read_text()
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["content-security-policy"] == WORKER_POLICY == "default-src 'none'; connect-src 'self'"


@pytest.mark.parametrize("name", ["site.js", "worker.js"])
def test_the_scripts_store_in_one_place_and_ask_nobody(name: str) -> None:
    script = (STATIC / name).read_text()
    assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie|XMLHttp|sendBeacon|https?:", script)
    assert ("fetch(" in script) == (name == "worker.js")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Nothing is kept on this phone"), ("es", "No hay nada guardado")]
)
def test_the_page_of_what_is_kept_says_how_it_works(pages: Site, language: str, words: str) -> None:
    response = pages.client.get("/kept", params={"lang": language})
    assert words in response.text
    assert response.headers["cache-control"] == "no-cache"
    assert "noindex" in response.headers["x-robots-tag"]


def test_what_needs_script_is_hidden_without_it(pages: Site) -> None:
    group = str(pages.ids["tue"])
    for page in (pages.get("/"), pages.post("/list", pick=group), pages.post("/handoff", pick=group)):
        controls = re.findall(r"<button[^>]* data-(?!exit)[^>]*>", page)
        assert controls
        assert [one for one in controls if " hidden" not in one or 'type="button"' not in one] == []


def test_only_the_list_and_the_handoff_offer_to_be_kept(pages: Site) -> None:
    offering = {name for name, page in all_pages(pages).items() if "data-keep" in page}
    assert offering == {"list", "handoff"}


def test_the_text_message_is_the_short_text(pages: Site) -> None:
    fields = {"pick": [str(pages.ids["clinic"]), str(pages.ids["tue"])], "place": "43215"}
    link = MESSAGE.search(pages.post("/handoff", **fields))
    assert link
    assert unquote(link[1]) == pages.post("/handoff/handoff.txt", **fields)
    assert "Scioto Recovery Clinic 614-555-0101" in unquote(link[1])


def test_a_discreet_text_message_does_not_name_the_place(pages: Site) -> None:
    link = MESSAGE.search(pages.post("/handoff", pick=str(pages.ids["clinic"]), discreet="1"))
    assert link
    assert "614-555-0101" in link[1]
    assert "Recovery" not in link[1]


def test_a_point_is_told_by_its_town_or_as_you(pages: Site) -> None:
    assert "within 25 miles of Columbus, OH</h1>" in pages.post("/search", place="39.96,-83.00")
    assert "Nothing found near you</h1>" in pages.post("/search", place="71.00,-153.00", q="meeting", kind="outpatient")


def test_the_first_page_arrives_in_one_round_trip(pages: Site) -> None:
    page = pages.get("/")
    parts = ["/", *dict.fromkeys(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))]
    assert len(parts) == 3
    assert sum(weight(pages, part) for part in parts) <= FIRST_PAGE


def weight(pages: Site, path: str) -> int:
    """Bytes on the wire."""
    with pages.client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as response:
        return sum(len(part) for part in response.iter_raw())
