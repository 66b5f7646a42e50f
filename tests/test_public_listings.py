"""Public listings as pages and exports read them: in the order asked, each once, and nothing that was retired."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tortoise.transactions import in_transaction

from directory import catalog, public_listings
from directory.errors import NotFound
from directory.models import Listing, Publisher
from directory.public_listings import LAST_ID
from directory.runtime import Runtime, opened
from directory.settings import Settings
from directory.shadow import catch_up
from tests.builders import make_draft


@pytest.fixture
async def rt(database: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(tmp_path / "home"), database=database), shared=True) as runtime:
        publisher = await Publisher.create(name="Invented", source="meeting-guide")
        drafts = [make_draft(source_key=key) for key in "abc"]
        async with in_transaction():
            entries = [catalog.Entry(one.source_key, one, one.fingerprint(), one.fingerprint()) for one in drafts]
            await catalog.save(runtime, publisher, entries)
            await catalog.retire(publisher, ["b"])
        await catch_up(runtime)
        yield runtime


async def test_listings_come_in_the_order_asked_each_once_without_the_retired(rt: Runtime) -> None:
    a, b, c = [row.id for row in await Listing.all().order_by("key")]
    assert [one.id for one in await public_listings.listed(rt, [c, b, a, 999, c])] == [c, a]
    assert [one.id async for one in public_listings.every(rt, step=1)] == [a, c]
    assert [one.id for one in await public_listings.after(a, 10)] == [c]
    assert rt.engine.ids() == {a, c}
    with pytest.raises(NotFound):
        await public_listings.get(rt, b)


async def test_a_number_no_listing_can_have_is_no_listing(rt: Runtime) -> None:
    assert await public_listings.listed(rt, [-1, 0, LAST_ID, LAST_ID + 1, 10**30]) == []
    assert await public_listings.after(10**30, 5) == []
    assert len(await public_listings.after(-5, 5)) == 2
