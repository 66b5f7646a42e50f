"""A list kept online by its button: once however often the form is sent, and its code stands on this packet alone."""

from collections.abc import Iterator
from typing import Any

import pytest

from directory.handoff import kept
from directory.handoff.models import KeptList
from directory.security.roles import Role
from directory.web.forms import Pairs
from tests.web.conftest import Site
from tests.web.planner_forms import fields, form_data, packet, send
from tests.web.signed_in import sign_in, sign_out

FOOD = ("needs", "food")


@pytest.fixture(autouse=True)
def planner(pages: Site) -> Iterator[None]:
    sign_in(pages.client, Role.PLANNER)
    yield
    sign_out(pages.client)


def lists(pages: Site) -> list[tuple[str, list[int]]]:
    """What is kept: hashes and places."""

    async def read() -> Any:
        return [(row.code, row.listing_ids) for row in await KeptList.all().order_by("code")]

    assert pages.client.portal
    found: list[tuple[str, list[int]]] = pages.client.portal.call(read)
    return found


def code_of(pairs: Pairs) -> str:
    return dict(pairs)["code"]


def paper(page: str) -> str:
    return page.split('class="paper"')[1]


def keep(pages: Site, page: str) -> str:
    return send(pages, "/planner/keep", fields(page))


def test_a_list_is_kept_only_when_asked_and_its_code_is_on_the_packet(pages: Site) -> None:
    before = lists(pages)
    page = packet(pages, FOOD)
    code = code_of(fields(page))
    assert kept.read(code) == code
    assert code not in paper(page)
    assert lists(pages) == before
    page = keep(pages, page)
    assert "The list is online for 30 days." in page
    assert code in paper(page)
    new = [row for row in lists(pages) if row not in before]
    assert [places for _, places in new] == [[int(value) for name, value in fields(page) if name == "pick"]]
    assert code not in str(new)
    text = pages.client.post("/planner/handoff.txt", data=form_data(fields(page))).text
    assert code in text
    assert "/mine" in text
    sign_out(pages.client)
    assert "Broad Street Food Shelf" in pages.get(f"/mine/{code}")


def test_the_answer_sends_the_browser_on_with_the_same_form_and_no_code_in_an_address(pages: Site) -> None:
    pairs = fields(packet(pages, FOOD))
    answer = pages.client.post("/planner/keep", data=form_data(pairs), follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, "/planner/packet")
    assert code_of(pairs) not in str(answer.headers) + answer.text
    assert "set-cookie" not in answer.headers


def test_loading_the_page_again_or_pressing_twice_keeps_no_second_list(pages: Site) -> None:
    pairs = fields(packet(pages, FOOD))
    send(pages, "/planner/keep", pairs)
    once = lists(pages)
    for path in ("/planner/packet", "/planner/keep", "/planner/packet"):
        assert code_of(pairs) in paper(send(pages, path, pairs))
    assert lists(pages) == once


def test_a_list_the_person_deleted_does_not_come_back_when_the_page_is_loaded_again(pages: Site) -> None:
    pairs = fields(packet(pages, FOOD))
    send(pages, "/planner/keep", pairs)
    before = lists(pages)
    pages.post(f"/mine/{code_of(pairs)}", delete="1")
    page = send(pages, "/planner/packet", pairs)
    assert code_of(pairs) not in paper(page)
    assert code_of(fields(page)) != code_of(pairs)
    assert len(lists(pages)) == len(before) - 1


def test_another_list_is_not_under_the_code_of_the_first(pages: Site) -> None:
    page = keep(pages, packet(pages, FOOD))
    code = code_of(fields(page))
    less = [pair for pair in fields(page) if pair != ("pick", str(pages.ids["food"]))]
    large = [*fields(page), ("large_print", "1")]
    for changed in (less, large):
        other = send(pages, "/planner/packet", changed)
        assert "This list is not the one you kept online." in other
        assert code not in paper(other)
        again = keep(pages, other)
        assert code not in paper(again)
        assert code_of(fields(again)) in paper(again)
    stale = send(pages, "/planner/keep", less)  # from an older page, whose code is taken
    assert code not in paper(stale)
    assert "Keep this list online" in stale


@pytest.mark.parametrize("forged", ["", "0" * 26, "javascript:alert(1)", kept.written(7)])
def test_a_forged_code_is_not_printed(pages: Site, forged: str) -> None:
    pairs = [pair for pair in fields(packet(pages, FOOD)) if pair[0] != "code"]
    page = send(pages, "/planner/packet", [*pairs, ("code", forged)])
    assert "The list is online" not in page
    assert not forged or forged not in page


def test_no_list_is_kept_while_a_gap_is_open(pages: Site) -> None:
    before = lists(pages)
    page = send(pages, "/planner/keep", fields(packet(pages, ("medication", "buprenorphine"))))
    assert "Not ready yet" in page
    assert lists(pages) == before


def test_without_a_place_nothing_is_kept_and_one_is_asked_for(pages: Site) -> None:
    before = lists(pages)
    none = [pair for pair in fields(packet(pages, FOOD)) if pair[0] != "pick"]
    assert "No place is ticked." in send(pages, "/planner/keep", none, 422)
    assert "Where they will stay" in send(pages, "/planner/keep", [("code", kept.written(9))], 422)
    assert lists(pages) == before
