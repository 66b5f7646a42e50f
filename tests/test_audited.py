"""What an admin decides about records and listings stands in the audit trail: one line an act, with who and to what."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from directory import answers, byhand, review, undo
from directory.acting import acting
from directory.duplicates import deciding
from directory.errors import DirectoryError, NotAllowed
from directory.models import Batch, Listing, SourceRecord
from directory.runtime import Runtime, opened
from directory.security import audit
from directory.security.models import AuditEntry
from directory.settings import Settings
from directory.staging import publisher_for, stage
from importers.run import read_feed
from tests.builders import make_draft
from tests.feeds import meetings, write_feed


@pytest.fixture
async def rt(database: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(tmp_path / "home"), database=database), shared=True) as runtime:
        yield runtime


@pytest.fixture
async def batch(rt: Runtime, tmp_path: Path) -> Batch:
    """Twelve new records that wait for Ada."""
    reading = read_feed([write_feed(tmp_path / "feed.json", meetings(12))], publisher="Invented")
    publisher = await publisher_for(reading, fellowship="", timezone="", state="", dry_run=False)
    staged, _ = await stage(reading, publisher, ["feed.json"])
    acting.set("Ada")
    return await review.find(staged.id)


async def trail() -> list[tuple[str, str]]:
    """What was done to what; all of it by Ada."""
    entries = await AuditEntry.all().order_by("number")
    assert {one.who for one in entries} <= {"Ada"}
    assert await audit.first_fault() == ""
    return [(one.what, one.object) for one in entries]


async def test_a_batch_taken_in_and_taken_back_is_one_line_each(rt: Runtime, batch: Batch) -> None:
    async with rt.alone():
        await review.accept(batch)
        await review.accept(batch)  # pressed twice
        await review.apply(rt, batch)
        undoing = await undo.undo(rt, batch, "wrong file")
    assert undoing.report["taken_back"] == 12
    assert await trail() == [
        ("made a batch public", f"batch {batch.id}"),
        ("took a batch back", f"batch {batch.id}"),
    ]


async def test_a_rejected_batch_is_a_line_and_a_refused_step_is_none(batch: Batch) -> None:
    await review.reject(batch, "not ours")
    for step in (review.accept(batch), review.reject(batch, "again"), undo.begin(batch, "why")):
        with pytest.raises(NotAllowed):
            await step
    assert await trail() == [("rejected a batch", f"batch {batch.id}")]


async def test_of_two_who_accept_at_once_one_is_told_and_one_is_in_the_trail(batch: Batch) -> None:
    other = await review.find(batch.id)
    await review.accept(batch)
    with pytest.raises(NotAllowed, match="Somebody else"):
        await review.accept(other)
    assert len(await trail()) == 1


async def test_all_that_are_alike_are_one_line_with_their_count(batch: Batch) -> None:
    assert await answers.decide(batch, answers.alike(batch, "new"), answers.LEAVE) == 12
    assert await answers.decide(batch, answers.alike(batch, "new"), answers.LEAVE) == 0
    assert await trail() == [("left records out", f"batch {batch.id}, 12 records")]


async def test_a_decision_on_one_record_names_it(batch: Batch) -> None:
    first = await SourceRecord.filter(batch_id=batch.id).order_by("id").first()
    assert first
    one = SourceRecord.filter(id=first.id)
    await answers.decide(batch, one, answers.ACCEPT)
    await answers.decide(batch, one, answers.EDIT, make_draft().as_dict())
    await answers.undecide(batch, first.id)
    named = f"batch {batch.id}, record {first.id}"
    assert await trail() == [
        ("accepted records", named),
        ("edited a record", named),
        ("took a decision on a record back", named),
    ]


async def test_listings_by_hand_are_a_line_each_and_many_retired_at_once_are_one(rt: Runtime) -> None:
    acting.set("Ada")
    async with rt.alone():
        number = await byhand.add(rt, make_draft(source_key="one"))
        other = await byhand.add(rt, make_draft(source_key="two", name="Another"))
        row = await byhand.find(number)
        assert await byhand.change(rt, number, make_draft(source_key="one", name="New"), byhand.version(row))
        row = await byhand.find(number)
        assert not await byhand.change(rt, number, make_draft(source_key="one", name="New"), byhand.version(row))
        await byhand.retire_all(rt, [number], "closed")
        await byhand.restore(rt, number)
        await byhand.retire_all(rt, [number, other, 99_999], "closed")
        await byhand.retire_all(rt, [number, other], "closed")  # neither is public any more
        for refused in (byhand.retire_all(rt, [number], " "), byhand.restore(rt, 99_999)):
            with pytest.raises(DirectoryError):
                await refused
    assert await trail() == [
        ("added a listing", f"listing {number}"),
        ("added a listing", f"listing {other}"),
        ("changed a listing", f"listing {number}"),
        ("retired listings", f"listing {number}"),
        ("made a listing public again", f"listing {number}"),
        ("retired listings", "2 listings"),
    ]


async def test_what_is_decided_of_two_listings_names_both(rt: Runtime) -> None:
    async with rt.alone():
        a = await byhand.add(rt, make_draft(source_key="one"))
        b = await byhand.add(rt, make_draft(source_key="two", name="Unlike Anything"))
        acting.set("Ada")
        linked = await deciding.link(rt, a, b)
        await deciding.undo(rt, linked)
        await deciding.apart(rt, b, a)
        with pytest.raises(DirectoryError):
            await deciding.link(rt, a, a)
    both = f"listing {a}, listing {b}"
    entries = await AuditEntry.filter(who="Ada").order_by("number").values_list("what", "object")
    assert [tuple(one) for one in entries] == [
        ("linked two listings", both),
        ("took a decision on two listings back", both),
        ("kept two listings apart", both),
    ]


async def test_what_a_feed_brings_by_itself_is_not_in_the_trail(rt: Runtime, tmp_path: Path) -> None:
    reading = read_feed([write_feed(tmp_path / "feed.json", meetings(3))], publisher="Invented")
    async with rt.alone():
        publisher = await publisher_for(reading, fellowship="", timezone="", state="", dry_run=False)
        staged, _ = await stage(reading, publisher, ["feed.json"])
        await review.apply(rt, staged)
    assert await Listing.all().count() == 3
    assert await AuditEntry.all().count() == 0
