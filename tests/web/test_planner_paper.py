"""The papers: the kept list's code is printed, never guessed, and gone when the list is another one."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import pytest

from directory.handoff import kept
from directory.handoff.values import Options
from directory.runtime import Runtime
from directory.security.roles import Role
from tests.web.conftest import Site
from tests.web.planner_forms import fields, packet, send
from tests.web.signed_in import sign_in, sign_out

CODE = "abcdefghijklmnopqrstuv"


@pytest.fixture(autouse=True)
def keeping(pages: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[int, ...]]]:
    """What is kept, for real, under a code that the tests know."""
    lists: list[tuple[int, ...]] = []

    async def keep(rt: Runtime, listing_ids: Sequence[int], options: Options, now: datetime) -> str:
        assert await kept.keep(rt, listing_ids, options, now)
        lists.append(tuple(listing_ids))
        return CODE

    monkeypatch.setattr("directory.web.planner.keep", keep)
    sign_in(pages.client, Role.PLANNER)
    yield lists
    sign_out(pages.client)


def test_a_list_is_kept_only_when_asked_and_its_code_is_on_the_packet(
    pages: Site, keeping: list[tuple[int, ...]]
) -> None:
    page = packet(pages, ("needs", "food"))
    assert keeping == []
    kept = send(pages, "/planner/packet", [*fields(page), ("keep_online", "1")])
    assert keeping == [tuple(int(value) for name, value in fields(page) if name == "pick")]
    assert CODE in kept.split('class="paper"')[1]
    text = pages.client.post("/planner/handoff.txt", data=dict(fields(kept)) | _lists(kept)).text
    assert CODE in text
    assert "/mine" in text
    assert len(keeping) == 1


def _lists(page: str) -> dict[str, list[str]]:
    return {"pick": [value for name, value in fields(page) if name == "pick"]}


def test_another_list_is_not_under_the_code_of_the_first(pages: Site) -> None:
    kept = send(pages, "/planner/packet", [*fields(packet(pages, ("needs", "food"))), ("keep_online", "1")])
    less = [pair for pair in fields(kept) if pair != ("pick", str(pages.ids["food"]))]
    assert CODE not in send(pages, "/planner/packet", less).split('class="paper"')[1]


def test_a_forged_code_is_not_printed(pages: Site) -> None:
    page = packet(pages, ("needs", "food"))
    for forged in (CODE, f"{CODE}@000000000000", f"javascript:{CODE}@x"):
        assert CODE not in send(pages, "/planner/packet", [*fields(page), ("code", forged)])


def test_no_list_is_kept_while_a_gap_is_open(pages: Site, keeping: list[tuple[int, ...]]) -> None:
    page = packet(pages, ("medication", "buprenorphine"))
    send(pages, "/planner/packet", [*fields(page), ("keep_online", "1")])
    assert keeping == []
