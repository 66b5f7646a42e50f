"""Listings by hand: public at once, their edits kept; the second of two savers is told; nothing goes unexplained."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from directory import byhand
from directory.errors import NeedsDecision, NotAllowed, NotFound
from directory.history import history
from directory.models import Change, Listing
from directory.runtime import Runtime, opened
from directory.settings import Settings
from directory.shadow import disagreements
from tests.builders import make_draft


@pytest.fixture
async def rt(database: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(tmp_path / "home"), database=database), shared=True) as runtime:
        yield runtime


async def added(rt: Runtime, **changes: str) -> Listing:
    async with rt.alone():
        return await byhand.find(await byhand.add(rt, make_draft(source_key=byhand.new_key(), **changes)))


async def test_a_listing_added_by_hand_is_public_at_once_and_trusted(rt: Runtime) -> None:
    row = await added(rt)
    assert (row.status, row.edited, row.publisher.name, row.publisher.trust) == ("active", True, byhand.NAME, 90)
    assert row.id in rt.engine.ids()


async def test_an_edit_is_kept_with_who_when_and_what(rt: Runtime) -> None:
    row = await added(rt)
    async with rt.alone():
        saved = await byhand.change(
            rt, row.id, make_draft(source_key=row.key, name="New"), byhand.version(row), "phone"
        )
        assert saved
    newest, first = await history(await byhand.find(row.id))
    assert (newest.what, newest.reason, first.what) == ("Edited by hand", "phone", "Listed")
    assert [(one.field, one.before, one.after) for one in newest.changed] == [("Name", "Tuesday Steps", "New")]
    assert await disagreements(rt) == []


async def test_saving_what_is_there_changes_nothing(rt: Runtime) -> None:
    row = await added(rt)
    async with rt.alone():
        assert not await byhand.change(rt, row.id, make_draft(source_key=row.key), byhand.version(row))
    assert await Change.all().count() == 1


async def test_the_second_saver_is_told_and_overwrites_nothing(rt: Runtime) -> None:
    row = await added(rt)
    seen = byhand.version(row)
    async with rt.alone():
        await byhand.change(rt, row.id, make_draft(source_key=row.key, name="First"), seen)
        with pytest.raises(byhand.ChangedMeanwhile):
            await byhand.change(rt, row.id, make_draft(source_key=row.key, name="Second"), seen)
    assert (await byhand.find(row.id)).name == "First"


async def test_many_are_retired_with_a_reason_and_listed_again(rt: Runtime) -> None:
    rows = [await added(rt), await added(rt)]
    async with rt.alone():
        with pytest.raises(NeedsDecision):
            await byhand.retire_all(rt, [row.id for row in rows], " ")
        assert await byhand.retire_all(rt, [*(row.id for row in rows), 99999], "moved away") == 2
        assert rt.engine.ids() == set()
        await byhand.restore(rt, rows[0].id, "back")
        with pytest.raises(NotAllowed):
            await byhand.restore(rt, rows[0].id)
    assert rt.engine.ids() == {rows[0].id}
    told = [(event.what, event.reason) for event in await history(await byhand.find(rows[0].id))]
    assert told == [("Listed again", "back"), ("Taken out of the directory", "moved away"), ("Listed", "")]


async def test_an_unknown_number_is_said(rt: Runtime) -> None:
    with pytest.raises(NotFound):
        await byhand.find(10**12)


def test_each_listing_by_hand_has_a_key_of_its_own() -> None:
    assert byhand.new_key() != byhand.new_key()
    assert replace(make_draft(), source_key=byhand.new_key()).problems() == []
