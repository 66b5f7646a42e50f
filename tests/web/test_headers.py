"""The same strict headers on every answer, a cookie on none; only files with a hash in their name are kept long."""

import re

import pytest

from directory.web.headers import ALWAYS, CONTENT_POLICY
from tests.web.conftest import Site

GETS = ["/", "/families", "/words", "/privacy",
        "/search?q=a", "/listing/1", "/list", "/handoff", "/healthz", "/robots.txt", "/nope", "/listing/99999",
        "/static/nope.css", "/kept"]  # fmt: skip
POSTS = ["/", "/families", "/search", "/listing/1", "/list", "/handoff", "/handoff/handoff.pdf", "/healthz"]


@pytest.mark.parametrize(("method", "path"), [*(("GET", p) for p in GETS), *(("POST", p) for p in POSTS)])
def test_every_answer_carries_the_headers_and_no_cookie(pages: Site, method: str, path: str) -> None:
    response = pages.client.request(method, path)
    for name, value in ALWAYS.items():
        assert response.headers[name] == value
    assert "set-cookie" not in response.headers
    assert "cache-control" in response.headers
    assert "strict-transport-security" not in response.headers  # plain http here


def test_the_policy_is_the_strict_one_word_for_word() -> None:
    assert CONTENT_POLICY == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; worker-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    )


def test_our_own_faults_carry_them_too(pages: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.web.public.ask", None)
    response = pages.client.post("/search")
    assert response.status_code == 500
    assert response.headers["content-security-policy"] == CONTENT_POLICY


def test_a_broken_page_of_faults_still_answers_with_them(pages: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.web.render.help_lines", None)
    response = pages.client.get("/")
    assert response.status_code == 500
    assert "call" in response.text
    assert response.headers["content-security-policy"] == CONTENT_POLICY


def test_over_tls_the_browser_is_told_to_stay_there(pages: Site) -> None:
    response = pages.client.get("https://testserver/")
    assert response.headers["strict-transport-security"].startswith("max-age=31536000")


@pytest.mark.parametrize("path", ["/search", "/list", "/handoff"])
def test_what_somebody_asked_is_kept_from_shared_caches_and_search_engines(pages: Site, path: str) -> None:
    response = pages.client.post(path, data={"pick": str(pages.ids["tue"]), "place": "43215"})
    assert re.search("private|no-store", response.headers["cache-control"])
    assert "noindex" in response.headers["x-robots-tag"]


@pytest.mark.parametrize("path", ["/handoff", "/handoff/handoff.pdf", "/handoff/handoff.txt"])
def test_a_handoff_is_stored_by_nobody(pages: Site, path: str) -> None:
    response = pages.client.post(path, data={"pick": str(pages.ids["tue"])})
    assert response.headers["cache-control"] == "no-store"


def test_files_of_the_site_are_kept_for_a_year_under_a_name_that_changes_with_them(pages: Site) -> None:
    found = re.findall(r'(?:src|href)="(/static/[^"]+)"', pages.get("/"))
    assert {path.rsplit(".", 1)[1] for path in found} == {"css", "js"}
    for path in found:
        response = pages.client.get(path)
        assert response.status_code == 200
        assert re.search(r"-[0-9a-f]{10}\.", path)
        assert "immutable" in response.headers["cache-control"]


def test_robots_are_kept_out_of_searches(pages: Site) -> None:
    assert "Disallow: /search" in pages.get("/robots.txt")


def test_search_engines_may_find_listings_and_no_search(pages: Site) -> None:
    lines = pages.get("/robots.txt").splitlines()
    assert {"Disallow: /search", "Disallow: /list$", "Disallow: /handoff"} <= set(lines)
    away = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")]
    assert not any(f"/listing/{pages.ids['tue']}".startswith(path) for path in away)
