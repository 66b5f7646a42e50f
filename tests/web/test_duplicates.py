"""The admin compares two listings side by side and decides; patients see one place with who says what."""

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from directory.app import create_app
from directory.listing import Phone, facets
from directory.runtime import opened
from directory.security.roles import Role
from directory.settings import Settings
from tests.duplicates.world import clinic, say
from tests.web.conftest import Site, TestClient
from tests.web.signed_in import sign_in, sign_out
from tests.web.site import NOW


def fill(home: Path) -> dict[str, int]:
    """One clinic told by two, and another pair that waits."""

    async def run() -> dict[str, int]:
        async with opened(Settings(home=str(home)), shared=True) as rt:
            gives = facets(level=["outpatient"], accepts=["methadone"], gender=["women"])
            one = clinic(facets=gives, verified_on=date(2026, 5, 3))
            other = clinic(
                phones=(Phone("614-555-0109"),),
                facets=facets(level=["outpatient"], gender=["women"]),
                denied={"accepts": ("methadone",)},
                verified_on=None,
            )
            asks = clinic(source_key="asks", name="Cedar <b>Point</b> Detox", phones=(Phone("614-555-0150"),))
            asked = clinic(source_key="asks", name="Cedar Point Outpatient", phones=(Phone("614-555-0150"),))
            a, c = await say(rt, "First List", one, asks)
            b, d = await say(rt, "Second List", other, asked)
            return {"a": a, "b": b, "c": c, "d": d}

    return asyncio.run(run())


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("same") / "home"
    ids = fill(home)
    app = create_app(Settings(home=str(home)))
    app.state.clock = lambda: NOW
    with TestClient(app, raise_server_exceptions=False) as client:
        yield Site(client, ids)


@pytest.fixture(autouse=True)
def nobody(pages: Site) -> None:
    sign_out(pages.client)


def number(pages: Site) -> str:
    return pages.get("/admin/duplicates").split('href="/admin/duplicates/')[1].split('"')[0]


def decide(pages: Site, **fields: str) -> Any:
    return pages.client.post(f"/admin/duplicates/{number(pages)}/decide", data=fields)


def test_the_page_of_one_place_tells_each_publishers_word_where_they_differ(pages: Site) -> None:
    html = pages.get(f"/listing/{pages.ids['a']}")
    assert "614-555-0101, from First List, checked May 3, 2026" in html
    assert "Second List says: 614-555-0109" in html
    assert "They differ: call to ask." in html
    assert "Welcomes people who take it: not known, call to ask" in html
    assert "First List, checked May 3, 2026" in html
    spanish = pages.get(f"/listing/{pages.ids['a']}?lang=es")
    assert "Second List dice: 614-555-0109" in spanish
    assert "No coinciden: llame para preguntar." in spanish


def test_the_other_number_shows_the_same_page_and_its_kept_list_holds(pages: Site) -> None:
    html = pages.get(f"/listing/{pages.ids['b']}")
    assert "614-555-0101, from First List" in html
    assert f'href="/listing/{pages.ids["a"]}"' in html
    both = pages.get("/list", params={"pick": [pages.ids["a"], pages.ids["b"]]})
    assert both.count('class="card"') == 1
    assert "no longer" not in both
    found = pages.post("/search", q="Harbor Ridge", pick=str(pages.ids["b"]))
    assert f'name="remove" value="{pages.ids["b"]}"' in found


def test_a_listing_of_one_publisher_has_no_word_of_differences(pages: Site) -> None:
    assert "Lists that differ" not in pages.get(f"/listing/{pages.ids['c']}")


def test_only_accounts_look_and_only_admins_decide(pages: Site) -> None:
    assert pages.client.get("/admin/duplicates", follow_redirects=False).status_code == 303
    sign_in(pages.client, Role.READER)
    assert "Keep apart" not in pages.get(f"/admin/duplicates/{number(pages)}")
    assert decide(pages, do="apart").status_code == 403
    sign_in(pages.client, Role.PLANNER)
    assert pages.client.get("/admin/duplicates").status_code == 403


def test_the_queue_and_the_pair_tell_why_and_escape_what_publishers_write(pages: Site) -> None:
    sign_in(pages.client)
    queue = pages.get("/admin/duplicates")
    assert "1 waiting" in queue
    assert "Cedar &lt;b&gt;Point" in queue
    html = pages.get(f"/admin/duplicates/{number(pages)}")
    assert "They share a phone number." in html
    assert "The addresses agree" in html
    assert html.count("<h1>") == 1


def test_decisions_are_made_undone_and_kept_in_the_history(pages: Site) -> None:
    sign_in(pages.client)
    path = f"/admin/duplicates/{number(pages)}"
    pages.post(f"{path}/decide", do="link-b")
    html = pages.get(path)
    assert f"<b>one place</b>, under listing {pages.ids['d']}" in html
    assert "A admin" in html
    decision = html.split('name="decision" value="')[1].split('"')[0]
    pages.post(f"{path}/decide", do="undo", decision=decision)
    html = pages.get(path)
    assert "<b>two places</b>" in html
    assert f"took back {decision}" in html
    pages.post(f"{path}/decide", do="apart")
    assert "Nothing waits for you." in pages.get("/admin/duplicates")
    html = pages.get(path)
    pages.post(f"{path}/decide", do="undo", decision=html.split('name="decision" value="')[1].split('"')[0])
    assert "1 waiting" in pages.get("/admin/duplicates")


@pytest.mark.parametrize(
    "fields", [{}, {"do": "burn"}, {"do": "undo", "decision": "9" * 40}, {"do": "undo", "decision": "x"}]
)
def test_wrong_input_is_told_on_the_page_and_decides_nothing(pages: Site, fields: dict[str, str]) -> None:
    sign_in(pages.client)
    answer = decide(pages, **fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "1 waiting" in pages.get("/admin/duplicates")


def test_unknown_pairs_and_pages_do_no_harm(pages: Site) -> None:
    sign_in(pages.client)
    assert pages.client.get("/admin/duplicates/999999").status_code == 404
    assert pages.client.get(f"/admin/duplicates/{10**30}").status_code == 404
    for asked in ("-1", "0", "x", "9" * 50, "²"):
        assert "1 waiting" in pages.get("/admin/duplicates", params={"page": asked})
