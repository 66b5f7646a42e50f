"""An answer holds while the source says the same: it is not asked again, and is asked when the words change."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from directory import answers, review
from directory.answers import ACCEPT, EDIT, LEAVE, alike, decide, undecide
from directory.errors import NotAllowed
from directory.models import Answer, Batch, Listing, SourceRecord
from directory.runtime import Runtime, opened
from directory.settings import Settings
from directory.staging import LEFT, publisher_for, stage
from importers.run import read_feed
from tests.feeds import meeting, meetings, write_feed


@pytest.fixture
async def rt(database: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(tmp_path / "home"), database=database), shared=True) as runtime:
        yield runtime


async def staged(rt: Runtime, folder: Path, records: Any) -> tuple[Batch, dict[str, Any]]:
    reading = read_feed([write_feed(folder / "feed.json", records)], publisher="Invented", source="meeting-guide")
    async with rt.alone():
        row = await publisher_for(reading, fellowship="", timezone="", state="", dry_run=False)
        return await stage(reading, row, ["feed.json"])


async def applied(rt: Runtime, folder: Path, records: Any) -> Batch:
    batch, _ = await staged(rt, folder, records)
    await accept(rt, batch)
    return batch


async def accept(rt: Runtime, batch: Batch) -> None:
    async with rt.alone():
        await review.apply(rt, batch, "as agreed")


def one(key: str) -> Any:
    return SourceRecord.filter(key=key)


async def names() -> set[str]:
    return {row.name for row in await Listing.filter(status="active")}


async def test_what_is_left_out_stays_out_until_the_source_says_something_else(rt: Runtime, tmp_path: Path) -> None:
    batch, _ = await staged(rt, tmp_path, meetings(3))
    assert await decide(batch, one("group-1"), LEAVE) == 1
    await accept(rt, batch)
    assert await names() == {"Group 0", "Group 2"}
    again, report = await staged(rt, tmp_path, meetings(3))
    assert (report["held"], report["same"], report["reasons"]) == (1, 2, {LEFT: 1})
    assert (await SourceRecord.get(batch_id=again.id)).decision == LEAVE
    _, report = await staged(rt, tmp_path, [meeting(0), meeting(1, name="Other"), meeting(2)])
    assert (report["new"], report["held"]) == (1, 0)


async def test_a_persons_reading_is_published_and_survives_the_same_words(rt: Runtime, tmp_path: Path) -> None:
    batch, _ = await staged(rt, tmp_path, meetings(2))
    record = await SourceRecord.get(key="group-1")
    await decide(batch, one("group-1"), EDIT, {**dict(record.draft or {}), "name": "Told by phone"})
    await accept(rt, batch)
    assert await names() == {"Group 0", "Told by phone"}
    _, report = await staged(rt, tmp_path, meetings(2))
    assert report["same"] == 2
    _, report = await staged(rt, tmp_path, [meeting(0), meeting(1, time="05:00")])
    assert report["held"] == 1


async def test_a_record_that_could_not_be_read_is_listed_as_a_person_reads_it(rt: Runtime, tmp_path: Path) -> None:
    feed = [meeting(0), meeting(1, name="")]
    batch, report = await staged(rt, tmp_path, feed)
    assert report["rejected"] == 1
    broken = SourceRecord.filter(outcome="rejected")
    assert await decide(batch, broken, ACCEPT) == 0  # there is nothing to accept
    good = dict((await SourceRecord.get(key="group-0")).draft or {})
    key = (await broken.get()).key
    assert await decide(batch, broken, EDIT, {**good, "source_key": key, "name": "Read by a person"}) == 1
    await accept(rt, batch)
    assert await names() == {"Group 0", "Read by a person"}
    _, report = await staged(rt, tmp_path, feed)
    assert (report["same"], report["rejected"], report["gone"]) == (2, 0, 0)


async def test_a_listing_gone_from_its_feed_can_be_kept_and_is_not_asked_again(rt: Runtime, tmp_path: Path) -> None:
    await applied(rt, tmp_path, meetings(5))
    batch, _ = await staged(rt, tmp_path, meetings(4))
    await decide(batch, SourceRecord.filter(outcome="gone"), LEAVE)
    await accept(rt, batch)
    assert "Group 4" in await names()
    again, _ = await staged(rt, tmp_path, meetings(4))
    assert (await SourceRecord.get(batch_id=again.id, outcome="gone")).decision == LEAVE


async def test_all_that_are_alike_are_decided_at_once_and_others_are_not(rt: Runtime, tmp_path: Path) -> None:
    await applied(rt, tmp_path, meetings(3))
    batch, _ = await staged(rt, tmp_path, [*meetings(3, location="Other Hall"), meeting(7), meeting(8)])
    assert await decide(batch, alike(batch, "changed", "", "support_group"), LEAVE) == 3
    assert await SourceRecord.filter(batch_id=batch.id, decision="").count() == 2
    assert await decide(batch, alike(batch, "changed", "", "support_group"), LEAVE) == 0
    await accept(rt, batch)
    assert {row.data["place"]["name"] for row in await Listing.filter(key="group-1")} == {"Invented Hall"}  # type: ignore[index]
    assert {"Group 7", "Group 8"} <= await names()


async def test_held_records_of_an_applied_batch_become_public_when_accepted(rt: Runtime, tmp_path: Path) -> None:
    await applied(rt, tmp_path, meetings(2))
    await Listing.filter(key="group-1").update(edited=True)
    batch = await applied(rt, tmp_path, [meeting(0), meeting(1, name="New name")])
    assert "New name" not in await names()
    async with rt.alone():
        await decide(batch, SourceRecord.filter(outcome="held"), ACCEPT)
        await review.publish_decided(rt, batch)
    assert "New name" in await names()


async def test_a_decision_can_be_taken_back_while_it_waits(rt: Runtime, tmp_path: Path) -> None:
    batch, _ = await staged(rt, tmp_path, meetings(1))
    record = await SourceRecord.get(key="group-0")
    await decide(batch, one("group-0"), LEAVE)
    await undecide(batch, record.id)
    assert await Answer.all().count() == 0
    with pytest.raises(NotAllowed, match="no decision"):
        await undecide(batch, record.id)


async def test_nothing_is_decided_in_a_rejected_batch(rt: Runtime, tmp_path: Path) -> None:
    batch, _ = await staged(rt, tmp_path, meetings(1))
    await review.reject(batch, "cut off")
    with pytest.raises(NotAllowed, match="is rejected"):
        await decide(batch, one("group-0"), ACCEPT)
    assert set(answers.DECISIONS) == {ACCEPT, LEAVE, EDIT}
