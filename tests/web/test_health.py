"""Whoever keeps the server running learns whether it is well, and counts that are nobody's."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest

from directory.meter import Meter
from tests.web.conftest import Site, TestClient
from tests.web.signed_in import sign_in, sign_out

TOKEN = "a-made-up-token-of-enough-letters"


def test_health_says_how_many_listings_can_be_found(pages: Site) -> None:
    assert json.loads(pages.get("/healthz")) == {"status": "ok", "listings": 33}


def test_health_names_what_fails(pages: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> int:
        raise OSError("secret words")

    with monkeypatch.context() as one:
        one.setattr("directory.models.Listing.exists", broken)
        response = pages.client.get("/healthz")
        assert (response.status_code, response.json()) == (503, {"status": "failing", "what": "database"})
    with monkeypatch.context() as one:
        one.setattr(type(pages.client.app.state.rt.engine), "count", broken)  # type: ignore[attr-defined]
        response = pages.client.get("/healthz")
        assert (response.status_code, response.json()) == (503, {"status": "failing", "what": "index"})


def test_without_a_token_in_the_settings_there_are_no_counts(pages: Site) -> None:
    assert pages.client.get("/metrics").status_code == 404
    assert pages.client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.fixture
def counted(pages: Site) -> Iterator[TestClient]:
    """The same site with a token in its settings, its counts at zero."""
    state = pages.client.app.state  # type: ignore[attr-defined]
    before = state.rt, state.meter
    state.rt = replace(state.rt, settings=replace(state.rt.settings, metrics=TOKEN))
    state.meter = Meter(state.rt.settings.home_path)
    yield pages.client
    state.rt, state.meter = before


def test_counts_are_only_for_whoever_has_the_token(counted: TestClient) -> None:
    client = counted
    client.post("/search", data={"q": "canary-words", "place": "43215"})
    client.get("/listing/99999")
    client.get("/canary-path")
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
    text = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    assert 'aftercare_pages_total{route="/search",method="POST",status="2xx"} 1' in text
    assert 'route="/listing/{id:int}",method="GET",status="4xx"} 1' in text
    assert 'route="(no page of ours)",method="GET",status="4xx"} 1' in text
    assert "canary" not in text


def test_only_pages_behind_an_account_are_logged(pages: Site, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        pages.get("/")
        pages.client.get("/canary")
    assert not [record for record in caplog.records if getattr(record, "told", None)]
    who = sign_in(pages.client)
    with caplog.at_level(logging.INFO):
        pages.client.get("/admin?canary")
    sign_out(pages.client)
    told = [record.told for record in caplog.records if getattr(record, "told", {}).get("event") == "page"]  # type: ignore[attr-defined]
    assert [(one["route"], one["actor"], one["status"]) for one in told] == [("/admin", who.id, 200)]
    assert "canary" not in str(told)
