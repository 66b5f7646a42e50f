"""What anybody may fetch follows the database: what comes, changes, goes, or is no longer ours to give."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from directory import catalog, public_listings
from directory.bulk import writing
from directory.exchange.public import listing_id
from directory.listing import ListingDraft
from directory.models import Publisher
from directory.published import Contents, changes, newest_change, position, publishers, streamed
from directory.runtime import Runtime, opened
from directory.settings import Settings
from tests.builders import make_draft, make_place


@pytest.fixture
async def rt(database: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(tmp_path / "home"), database=database), shared=True) as runtime:
        yield runtime


async def save(rt: Runtime, publisher: Publisher, *drafts: ListingDraft) -> None:
    async with writing():
        entries = [catalog.Entry(d.source_key, d, d.fingerprint(), d.fingerprint()) for d in drafts]
        await catalog.save(rt, publisher, entries)


async def test_contents_follow_what_comes_changes_and_goes(rt: Runtime) -> None:
    office = await Publisher.create(name="Office", source="meeting-guide", licence="CC0")
    await save(rt, office, make_draft(source_key="a"), make_draft(source_key="b", group="Another"))
    contents = await Contents().current(rt)
    assert (len(contents.services), len(contents.organizations)) == (2, 2)
    await save(rt, office, make_draft(source_key="b"), make_draft(source_key="c", place=make_place(street="2 New St")))
    contents = await contents.current(rt)
    assert (len(contents.services), len(contents.organizations)) == (3, 1)
    async with writing():
        await catalog.retire(office, ["a"])
    contents = await contents.current(rt)
    assert len(contents.services) == 2
    assert set(contents.services) == set((await Contents().current(rt)).services)


async def test_what_may_not_be_passed_on_is_in_no_contents_and_gone_for_mirrors(rt: Runtime) -> None:
    open_one = await Publisher.create(name="Open", source="x", licence="CC0")
    closed = await Publisher.create(name="Closed", source="x", licence="All rights reserved")
    unknown = await Publisher.create(name="Unknown", source="x")
    for one in (open_one, closed, unknown):
        await save(rt, one, make_draft(source_key="a"))
    contents = await Contents().current(rt)
    assert len(contents.services) == 1
    found, _, more = await changes(0, 100)
    assert ([one["what"] for one in found], more) == (["changed", "gone", "gone"], False)
    before = await position()
    await Publisher.filter(id=unknown.id).update(pass_on="yes")
    assert await position() != before
    assert len((await contents.current(rt)).services) == 2
    told = {one["name"]: (one["passed_on"], one["listings"]) for one in await publishers()}
    assert told == {"Open": ("yes", 1), "Closed": ("no", 1), "Unknown": ("credit", 1)}


async def test_changes_tell_each_listing_once_and_continue_where_they_stopped(rt: Runtime) -> None:
    office = await Publisher.create(name="Office", source="meeting-guide", licence="CC0")
    await save(rt, office, *(make_draft(source_key=str(n)) for n in range(5)))
    await save(rt, office, make_draft(source_key="0", name="New name"))
    first, cursor, more = await changes(0, 4)
    rest, end, none = await changes(cursor, 4)
    assert ([one["id"] for one in first], more) == ([1, 2, 3, 4], True)
    assert ([one["id"] for one in rest], none) == ([5, 1], False)
    assert await changes(end, 4) == ([], end, False)
    assert end == await newest_change()
    (one,) = await public_listings.listed(rt, [1])
    assert first[0]["uuid"] == listing_id(one)


async def test_streaming_reads_every_listing_in_another_thread(rt: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.published.STEP", 2)
    office = await Publisher.create(name="Office", source="meeting-guide")
    await save(rt, office, *(make_draft(source_key=str(n)) for n in range(5)))
    loop = asyncio.get_running_loop()
    assert [one.id for one in await asyncio.to_thread(lambda: list(streamed(loop)))] == [1, 2, 3, 4, 5]
