"""What came of a call is written whole: checks, reports, the page, the search, whose turn it is; an import keeps it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from directory import public_listings, worklist
from directory.acting import acting
from directory.errors import BadQuestion, NotAllowed, NotFound
from directory.fresh import program
from directory.fresh.models import Check, Correction
from directory.fresh.outcomes import Outcome, settle_call
from directory.fresh.program import decide, submit, waiting
from directory.freshness import Fact, How
from directory.listing import ListingDraft
from directory.models import Change, Listing, Report
from directory.reports import report
from directory.runtime import Runtime, opened
from directory.settings import Settings
from directory.shadow import disagreements
from directory.vacancy import State, current
from directory.vocab import Reason
from tests.feeds import meeting, meetings
from tests.test_review import load

NOW = datetime(2026, 11, 5, 16, 0, tzinfo=UTC)
OPEN = {"state": "open", "count": 2}


@pytest.fixture
async def rt(database: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(tmp_path / "home"), database=database), shared=True) as runtime:
        await load(runtime, tmp_path, meetings(12))
        token = acting.set("Anna")
        yield runtime
        acting.reset(token)


async def number(key: str = "group-3") -> int:
    return (await Listing.get(key=key)).id


async def test_all_right_makes_it_fresh_on_its_page_and_in_the_search(rt: Runtime) -> None:
    one = await number()
    await report(rt, one, Reason.PHONE, "203.0.113.7", NOW)
    before = {i: int(d) for i, d in zip(rt.engine.ages().ids, rt.engine.ages().fresh_on, strict=True)}
    await settle_call(rt, one, Outcome.RIGHT, NOW)
    listed = await public_listings.get(rt, one)
    assert listed.draft.verified_on == NOW.date()
    assert {check.how for check in listed.checks.values()} == {"phone"}
    assert set(listed.checks) >= {"phone", "address", "times"}
    after = {i: int(d) for i, d in zip(rt.engine.ages().ids, rt.engine.ages().fresh_on, strict=True)}
    assert after[one] > before[one]
    assert {i: d for i, d in after.items() if i != one} == {i: d for i, d in before.items() if i != one}
    assert (await Report.get()).outcome == "still open"
    assert one not in [due.listing for due in await worklist.due(rt, NOW)]
    assert (await Listing.get(id=one)).edited is False
    assert await disagreements(rt) == []


async def test_a_second_check_replaces_the_first_and_both_stay_in_the_history(rt: Runtime) -> None:
    one = await number()
    await settle_call(rt, one, Outcome.RIGHT, NOW, facts=[Fact.PHONE])
    await settle_call(rt, one, Outcome.RIGHT, NOW + timedelta(days=1), facts=[Fact.PHONE], how=How.VISIT)
    assert await Check.filter(listing_id=one).count() == 2
    (seen,) = (await public_listings.get(rt, one)).checks.values()
    assert (seen.how, seen.at) == ("visit", NOW + timedelta(days=1))
    assert {row.who for row in await Check.all()} == {"Anna"}


async def test_no_answer_makes_nothing_fresher_and_settles_nothing(rt: Runtime) -> None:
    one = await number()
    await report(rt, one, Reason.PHONE, "203.0.113.7", NOW)
    assert "1 time" in await settle_call(rt, one, Outcome.NO_ANSWER, NOW)
    assert "2 times" in await settle_call(rt, one, Outcome.NO_ANSWER, NOW)
    assert (await public_listings.get(rt, one)).checks == {}
    assert (await Report.get()).status == "open"


async def test_what_changed_is_public_at_once_and_its_feed_does_not_undo_it(rt: Runtime, tmp_path: Path) -> None:
    one = await number()
    await settle_call(rt, one, Outcome.CHANGED, NOW, changes={"phone": "614-555-0199"})
    assert str((await public_listings.get(rt, one)).draft.phones[0]) == "614-555-0199"
    assert (await load(rt, tmp_path, meetings(12)))["same"] == 12
    assert str((await public_listings.get(rt, one)).draft.phones[0]) == "614-555-0199"
    held = await load(rt, tmp_path, [meeting(n, **({"time": "06:15"} if n == 3 else {})) for n in range(12)])
    assert held["held"] == 1
    change = await Change.filter(listing_id=one, what="edited").get()
    assert change.who == "Anna"
    assert ListingDraft.from_dict(dict(change.before or {})).phones[0].number == "614-555-0100"


async def test_changed_without_a_change_is_refused_and_writes_nothing(rt: Runtime) -> None:
    with pytest.raises(BadQuestion):
        await settle_call(rt, await number(), Outcome.CHANGED, NOW, changes={})
    assert await Check.all().count() == 0


async def test_a_closed_place_is_gone_from_page_and_search(rt: Runtime) -> None:
    one = await number()
    await settle_call(rt, one, Outcome.CLOSED, NOW)
    with pytest.raises(NotFound):
        await public_listings.get(rt, one)
    assert one not in rt.engine.ids()
    with pytest.raises(NotFound):
        await settle_call(rt, one, Outcome.RIGHT, NOW)


async def test_a_wrong_number_leaves_the_page_and_the_rest_stays_while_it_can_be_reached(rt: Runtime) -> None:
    one, other = await number(), await number("group-4")
    await settle_call(rt, one, Outcome.WRONG_NUMBER, NOW)
    draft = (await public_listings.get(rt, one)).draft
    assert draft.phones == ()
    assert draft.place is not None
    row = await Listing.get(id=other)
    bare = replace(ListingDraft.from_dict(dict(row.data)), place=None, website="", email="", online=None)
    await Listing.filter(id=other).update(data=bare.as_dict())
    assert "no longer public" in await settle_call(rt, other, Outcome.WRONG_NUMBER, NOW)
    with pytest.raises(NotFound):
        await public_listings.get(rt, other)


async def test_nothing_is_written_while_somebody_else_calls_there(rt: Runtime) -> None:
    one = await number()
    await worklist.take_this(one, "Ben", NOW)
    with pytest.raises(NotAllowed):
        await settle_call(rt, one, Outcome.RIGHT, NOW)
    assert await Check.all().count() == 0
    await settle_call(rt, one, Outcome.RIGHT, NOW + worklist.LEASE)


async def test_what_changes_no_listing_does_not_wait_for_an_import(rt: Runtime) -> None:
    one = await number()
    async with rt.alone():
        await settle_call(rt, one, Outcome.RIGHT, NOW)
        assert await submit(rt, one, NOW, vacancy=OPEN)
    assert (await public_listings.get(rt, one)).draft.verified_on == NOW.date()


async def test_a_program_says_its_beds_and_an_import_does_not_wipe_them_out(rt: Runtime, tmp_path: Path) -> None:
    one = await number()
    assert await submit(rt, one, NOW, vacancy=OPEN, confirmed=[Fact.PHONE])
    await load(rt, tmp_path, [meeting(n, time="06:15") for n in range(12)])
    listed = await public_listings.get(rt, one)
    known = current(listed.draft.residence, NOW + timedelta(hours=5))
    assert known is not None
    assert (known.state, known.count, known.at) == (State.OPEN, 2, NOW)
    assert current(listed.draft.residence, NOW + timedelta(hours=73)) is None
    assert listed.checks["phone"].how == "program"
    assert (await Check.filter(fact="vacancy").get()).who == program.ACTING
    every = [item async for item in public_listings.every(rt) if item.id == one]
    assert every == [listed]


async def test_a_programs_correction_waits_and_an_admin_decides_once(rt: Runtime) -> None:
    one = await number()
    assert await submit(rt, one, NOW, changes={"phone": "614-555-0198"})
    assert await submit(rt, one, NOW + timedelta(minutes=1), changes={"phone": "614-555-0199"}, confirmed=[Fact.PHONE])
    listed = await public_listings.get(rt, one)
    assert str(listed.draft.phones[0]) == "614-555-0100"
    assert "phone" not in listed.checks  # confirmed and changed at once: it was not confirmed
    (asked,) = await waiting()
    await decide(rt, asked.id, True, NOW)
    assert str((await public_listings.get(rt, one)).draft.phones[0]) == "614-555-0199"
    with pytest.raises(NotAllowed):
        await decide(rt, asked.id, False, NOW)
    assert {row.status for row in await Correction.all()} == {"accepted", "replaced"}
    assert await waiting() == []


async def test_a_declined_correction_changes_nothing_and_one_that_cannot_be_written_waits_on(rt: Runtime) -> None:
    one = await number()
    await submit(rt, one, NOW, changes={"closed": True})
    (asked,) = await waiting()
    await worklist.take_this(one, "Ben", NOW)
    acting.set("Anna")
    with pytest.raises(NotAllowed):
        await decide(rt, asked.id, True, NOW)
    assert [row.id for row in await waiting()] == [asked.id]
    assert "Declined" in await decide(rt, asked.id, False, NOW)
    assert (await public_listings.get(rt, one)).status == "active"


async def test_one_link_is_heard_so_often_an_hour(rt: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "MOST_AN_HOUR", 3)
    one = await number()
    sent = [await submit(rt, one, NOW + timedelta(minutes=n), vacancy=OPEN) for n in range(5)]
    assert sent == [True, True, True, False, False]
    assert await Check.all().count() == 3
    assert await submit(rt, one, NOW + timedelta(minutes=61), vacancy=OPEN)
