"""A person links, keeps apart and takes back; it holds while both say the same, and the history keeps who and when."""

import asyncio
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory import public_listings
from directory.acting import acting
from directory.duplicates import deciding, queue
from directory.duplicates.comparing import compare_all
from directory.errors import BadQuestion, NotAllowed, NotFound
from directory.listing import Phone
from directory.runtime import Runtime, opened
from directory.same.models import SameDecision, SamePair
from directory.settings import Settings
from tests.builders import make_draft
from tests.duplicates.world import clinic, drop, groups, pairs, say


async def test_kept_apart_holds_while_both_say_the_same_and_is_asked_again_when_one_changes(rt: Runtime) -> None:
    [a] = await say(rt, "A", clinic())
    [b] = await say(rt, "B", clinic())
    await deciding.apart(rt, b, a)
    assert await groups() == {}
    assert rt.engine.ids() == {a, b}
    await say(rt, "B", clinic(description="Only other words."))
    await compare_all()
    assert await groups() == {}
    await say(rt, "B", clinic(phones=(Phone("614-555-0102"),)))
    [(_, _, standing, waits, _)] = await pairs()
    assert (standing, waits) == ("unsure", True)
    assert await groups() == {}
    await compare_all()
    assert await groups() == {}
    assert "kept them apart" in (await queue.why(a, b)).why[-1]["words"]


async def test_strangers_may_be_linked_under_a_chosen_lead_and_the_history_tells_who(rt: Runtime) -> None:
    acting.set("Ada")
    [a] = await say(rt, "A", clinic())
    [b] = await say(rt, "B", clinic(name="Unlike Anything", phones=()))
    number = await deciding.link(rt, a, b, lead=b)
    assert await groups() == {a: b, b: b}
    assert rt.engine.ids() == {b}
    [told] = (await queue.why(a, b)).history
    assert (told.number, told.what, told.who, told.standing) == (number, "linked", "Ada", True)
    await deciding.link(rt, a, b, lead=a)
    assert await groups() == {a: a, b: a}


async def test_undo_restores_exactly_and_the_history_stays(both: Runtime) -> None:
    [a] = await say(both, "A", clinic())
    [b] = await say(both, "B", clinic())
    before = (await groups(), await SamePair.all().values())
    number = await deciding.apart(both, a, b)
    await deciding.undo(both, number)
    assert (await groups(), await SamePair.all().values()) == before
    assert [told.what for told in (await queue.why(a, b)).history] == ["undone", "apart"]
    with pytest.raises(NotAllowed, match="last word"):
        await deciding.undo(both, number)


async def test_undoing_the_link_of_strangers_leaves_no_pair(rt: Runtime) -> None:
    [a] = await say(rt, "A", clinic())
    [b] = await say(rt, "B", make_draft())
    await deciding.undo(rt, await deciding.link(rt, a, b))
    assert (await groups(), await pairs()) == ({}, [])


async def test_only_the_last_word_can_be_taken_back(rt: Runtime) -> None:
    [a] = await say(rt, "A", clinic())
    [b] = await say(rt, "B", clinic())
    first, second = await deciding.apart(rt, a, b), await deciding.link(rt, a, b)
    with pytest.raises(NotAllowed, match=f"undo {second} first"):
        await deciding.undo(rt, first)
    await deciding.undo(rt, second)
    await deciding.undo(rt, first)
    assert await groups() == {a: a, b: a}


async def test_what_speaks_against_an_older_decision_is_refused_and_nothing_is_kept(rt: Runtime) -> None:
    [a] = await say(rt, "A", clinic())
    [b] = await say(rt, "B", clinic(name="Cedar Lodge", phones=()))
    [c] = await say(rt, "C", clinic(name="Prairie Gate", phones=()))
    await deciding.link(rt, a, b)
    await deciding.link(rt, b, c)
    with pytest.raises(NotAllowed, match="linked to a third"):
        await deciding.apart(rt, a, c)
    assert await groups() == {a: a, b: a, c: a}
    assert await SameDecision.all().count() == 2


async def test_a_link_that_would_join_what_is_kept_apart_is_refused(rt: Runtime) -> None:
    [a] = await say(rt, "A", clinic())
    [b] = await say(rt, "B", clinic(name="Cedar Lodge", phones=()))
    [c] = await say(rt, "C", clinic(name="Prairie Gate", phones=()))
    await deciding.apart(rt, a, c)
    await deciding.link(rt, a, b)
    with pytest.raises(NotAllowed, match="keeps them apart"):
        await deciding.link(rt, b, c)
    assert await groups() == {a: a, b: a}


async def test_two_of_one_publisher_are_linked_by_a_person_only(rt: Runtime) -> None:
    a, b = await say(rt, "A", clinic(), clinic(source_key="again"))
    assert await groups() == {}
    await deciding.link(rt, a, b)
    assert await groups() == {a: a, b: a}


async def test_wrong_numbers_are_answered_with_a_sentence(rt: Runtime) -> None:
    [a] = await say(rt, "A", clinic())
    with pytest.raises(BadQuestion, match="two different"):
        await deciding.link(rt, a, a)
    with pytest.raises(NotFound, match="public"):
        await deciding.apart(rt, a, 10**30)
    with pytest.raises(NotFound):
        await deciding.undo(rt, 10**30)
    with pytest.raises(NotFound):
        await queue.why(a, -5)
    [b] = await say(rt, "B", clinic())
    with pytest.raises(BadQuestion, match="lead"):
        await deciding.link(rt, a, b, lead=99)


async def test_a_place_found_closed_is_closed_in_every_feed(rt: Runtime) -> None:
    from datetime import UTC, datetime

    from directory import reports
    from directory.vocab import Reason

    [a] = await say(rt, "A", clinic())
    await say(rt, "B", clinic())
    for visitor in ("192.0.2.1", "198.51.100.1"):
        await reports.report(rt, a, Reason.CLOSED, visitor, datetime.now(UTC))
    assert (await public_listings.get(rt, a)).reported_closed
    await reports.settle(rt, a, reports.Outcome.CLOSED)
    assert [one async for one in public_listings.every(rt)] == []
    assert rt.engine.ids() == set()


async def test_a_persons_link_comes_back_with_a_restored_listing(rt: Runtime) -> None:
    [a] = await say(rt, "A", clinic())
    [b] = await say(rt, "B", clinic(name="Cedar Lodge", phones=()))
    await deciding.link(rt, a, b)
    await drop(rt, "B", "clinic")
    assert await groups() == {}
    await say(rt, "B", clinic(name="Cedar Lodge", phones=()))
    assert await groups() == {a: a, b: a}


@settings(max_examples=5, deadline=None)
@given(st.lists(st.sampled_from(["link", "lead", "apart"]), min_size=1, max_size=4))
def test_undoing_everything_ends_where_it_began(steps: list[str]) -> None:
    async def run(home: str) -> None:
        async with opened(Settings(home=home), shared=True) as rt:
            [a] = await say(rt, "A", clinic())
            [b] = await say(rt, "B", clinic())
            before = (await groups(), await SamePair.all().values())
            done = []
            for step in steps:
                lead = b if step == "lead" else None
                decided = deciding.apart(rt, a, b) if step == "apart" else deciding.link(rt, a, b, lead)
                done.append(await decided)
            for number in reversed(done):
                await deciding.undo(rt, number)
            assert (await groups(), await SamePair.all().values()) == before

    with TemporaryDirectory() as home:
        asyncio.run(run(home))
