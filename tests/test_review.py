"""Batches: compared, applied once, held when a feed is suspicious, deleting nothing; on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from directory import review
from directory.errors import NeedsDecision, NotAllowed, Unreadable
from directory.models import Batch, Change, Listing, SourceRecord
from directory.runtime import Runtime, opened
from directory.settings import Settings
from directory.shadow import disagreements
from directory.staging import GONE, preview, publisher_for, stage
from importers.run import read_feed
from tests.feeds import meeting, meetings, write_feed


@pytest.fixture
async def rt(database: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(tmp_path / "home"), database=database), shared=True) as runtime:
        yield runtime


async def load(
    rt: Runtime, tmp_path: Path, records: Any, publisher: str = "Invented Intergroup", **options: str
) -> Any:
    """Import records as `aftercare import --yes` does; answers the report."""
    reading = read_feed([write_feed(tmp_path / "feed.json", records)], publisher=publisher, **options)
    async with rt.alone():
        row = await publisher_for(
            reading,
            fellowship=options.get("fellowship", ""),
            timezone=options.get("timezone", ""),
            state="",
            dry_run=False,
        )
        batch, report = await stage(reading, row, ["feed.json"])
        if not batch.broken:
            await review.apply(rt, batch)
    return report


def adds_up(report: dict[str, Any]) -> bool:
    return bool(report["read"] == sum(report[w] for w in ("new", "changed", "same", "held", "skipped", "rejected")))


async def test_importing_the_same_feed_twice_changes_nothing(rt: Runtime, tmp_path: Path) -> None:
    first = await load(rt, tmp_path, meetings(30))
    rows = await Listing.all().order_by("id").values("id", "data", "changed_at")
    again = await load(rt, tmp_path, meetings(30))
    assert (first["new"], again["same"], again["new"], again["changed"], again["gone"]) == (30, 30, 0, 0, 0)
    assert adds_up(first)
    assert adds_up(again)
    assert await Listing.all().order_by("id").values("id", "data", "changed_at") == rows
    assert await Change.all().count() == 30


async def test_a_changed_record_is_changed_and_keeps_its_number(rt: Runtime, tmp_path: Path) -> None:
    await load(rt, tmp_path, meetings(12))
    before = await Listing.get(key="group-3")
    report = await load(rt, tmp_path, [meeting(n, **({"time": "21:15"} if n == 3 else {})) for n in range(12)])
    after = await Listing.get(key="group-3")
    assert (report["changed"], report["same"]) == (1, 11)
    assert after.id == before.id
    assert after.data["times"][0]["start"] == 21 * 60 + 15  # type: ignore[index]
    change = await Change.filter(listing_id=after.id, what="changed").get()
    assert change.before == before.data


async def test_what_our_own_cleaning_rewrites_is_never_a_change(rt: Runtime, tmp_path: Path) -> None:
    await load(rt, tmp_path, meetings(3))
    await Listing.filter(key="group-1").update(said="as an older version read it")
    report = await load(rt, tmp_path, meetings(3))
    assert (report["same"], report["changed"]) == (3, 0)
    assert (await Listing.get(key="group-1")).said != "as an older version read it"


async def test_two_publishers_may_use_the_same_key(rt: Runtime, tmp_path: Path) -> None:
    await load(rt, tmp_path, meetings(3), publisher="North")
    await load(rt, tmp_path, meetings(3, location="Another Hall"), publisher="South")
    assert await Listing.filter(key="group-1").count() == 2


async def test_a_listing_gone_from_its_feed_is_retired_and_comes_back(rt: Runtime, tmp_path: Path) -> None:
    await load(rt, tmp_path, meetings(12))
    report = await load(rt, tmp_path, meetings(11))
    assert report["gone"] == 1
    gone = await Listing.get(key="group-11")
    assert gone.status == "retired"
    assert (await SourceRecord.get(key="group-11", outcome="gone")).reason == GONE
    assert gone.id not in rt.engine.ids()
    back = await load(rt, tmp_path, meetings(12))
    assert (back["changed"], back["same"]) == (1, 11)
    assert (await Listing.get(key="group-11")).id == gone.id
    assert gone.id in rt.engine.ids()


async def test_a_record_marked_inactive_is_skipped_and_its_listing_retired(rt: Runtime, tmp_path: Path) -> None:
    await load(rt, tmp_path, meetings(12))
    records = [meeting(n, **({"attendance_option": "inactive"} if n == 4 else {})) for n in range(12)]
    report = await load(rt, tmp_path, records)
    assert (report["skipped"], report["gone"]) == (1, 1)
    assert (await SourceRecord.get(outcome="gone")).reason == "inactive in the feed"
    assert (await Listing.get(key="group-4")).status == "retired"


async def test_a_feed_that_lost_a_third_waits_for_a_person_with_a_reason(rt: Runtime, tmp_path: Path) -> None:
    await load(rt, tmp_path, meetings(30))
    report = await load(rt, tmp_path, [*meetings(19), meeting(99)])
    assert report["new"] == report["changed"] == 0
    assert report["held"] == 1
    assert adds_up(report)
    assert await Listing.filter(status="active").count() == 30
    (batch,) = await review.pending()
    async with rt.alone():
        with pytest.raises(NeedsDecision, match="Give a reason"):
            await review.apply(rt, batch)
        await review.apply(rt, batch, "the intergroup closed eleven groups, told by phone")
    assert await Listing.filter(status="active").count() == 20
    assert await disagreements(rt) == []


async def test_a_rejected_batch_changes_nothing(rt: Runtime, tmp_path: Path) -> None:
    await load(rt, tmp_path, meetings(30))
    await load(rt, tmp_path, meetings(10))
    (batch,) = await review.pending()
    await review.reject(batch, "cut off")
    assert await Listing.filter(status="active").count() == 30
    with pytest.raises(NotAllowed):
        await review.apply(rt, batch, "too late")


async def test_an_admins_edit_survives_until_the_source_says_something_else(rt: Runtime, tmp_path: Path) -> None:
    await load(rt, tmp_path, meetings(3))
    edited = await Listing.get(key="group-1")
    edited.data, edited.edited = {**edited.data, "name": "Renamed by phone"}, True
    await edited.save()
    await load(rt, tmp_path, meetings(3))
    assert (await Listing.get(key="group-1")).data["name"] == "Renamed by phone"
    report = await load(rt, tmp_path, [meeting(0), meeting(1, time="06:00"), meeting(2)])
    assert report["held"] == 1
    assert (await Listing.get(key="group-1")).data["name"] == "Renamed by phone"
    record = await SourceRecord.get(outcome="held")
    async with rt.alone():
        await review.accept_record(rt, record.id)
    assert (await Listing.get(key="group-1")).data["name"] == "Group 1"


async def test_a_feed_that_stops_half_way_leaves_nothing_behind(rt: Runtime, tmp_path: Path) -> None:
    path = write_feed(tmp_path / "cut.json", meetings(900))
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(Unreadable):
        await _stage(rt, path)
    assert (await Batch.all().count(), await SourceRecord.all().count(), await Listing.all().count()) == (0, 0, 0)


async def _stage(rt: Runtime, path: Path) -> None:
    reading = read_feed([path], publisher="Cut")
    async with rt.alone():
        row = await publisher_for(reading, fellowship="", timezone="", state="", dry_run=False)
        await stage(reading, row, [path.name])


async def test_a_dry_run_writes_nothing(rt: Runtime, tmp_path: Path) -> None:
    reading = read_feed([write_feed(tmp_path / "feed.json", meetings(5))], publisher="Nobody")
    row = await publisher_for(reading, fellowship="", timezone="", state="", dry_run=True)
    report = await preview(reading, row)
    assert report["new"] == 5
    assert report["batch"] is None
    assert await Batch.all().count() == 0


async def test_the_publishers_zone_can_be_corrected_without_a_false_change(rt: Runtime, tmp_path: Path) -> None:
    online = {
        "formatted_address": "",
        "latitude": None,
        "longitude": None,
        "conference_url": "https://meet.example.org/j/1",
    }
    await load(rt, tmp_path, meetings(3, **online))
    report = await load(rt, tmp_path, meetings(3, **online), timezone="America/Chicago")
    assert report["same"] == 3
    row = await Listing.get(key="group-1")
    assert row.data["times"][0]["timezone"] == "America/Chicago"  # type: ignore[index]


async def test_each_record_not_listed_keeps_its_number_reason_and_words(rt: Runtime, tmp_path: Path) -> None:
    report = await load(rt, tmp_path, [meeting(0), "not a record", meeting(2, name=""), meeting(3)])
    assert adds_up(report)
    assert report["new"] == 2
    records = await review.unlisted(await review.find(report["batch"]))
    assert [record.number for record in records] == [2, 3]
    assert all(record.reason for record in records)
    assert records[1].words["slug"] == "group-2"
