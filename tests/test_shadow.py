"""The index catches up with the change log, in steps or made anew, and is the same either way."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tortoise.transactions import in_transaction

from directory import catalog, shadow
from directory.models import Change, Listing, Publisher
from directory.runtime import Runtime, opened
from directory.settings import Settings
from tests.builders import make_draft


@pytest.fixture
async def rt(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Runtime]:
    monkeypatch.setattr(shadow, "STEP", 3)
    async with opened(Settings(home=str(tmp_path / "home"), database=database), shared=True) as runtime:
        yield runtime


async def save(rt: Runtime, *keys: str) -> None:
    publisher, _ = await Publisher.get_or_create(name="Invented", defaults={"source": "meeting-guide"})
    drafts = [make_draft(source_key=key) for key in keys]
    async with in_transaction():
        await catalog.save(rt, publisher, [catalog.Entry(d.source_key, d, d.fingerprint(), "") for d in drafts])


async def public() -> set[int]:
    return set(await Listing.filter(status="active").values_list("id", flat=True))  # type: ignore[call-overload]


async def agreed(rt: Runtime) -> bool:
    newest = await Change.all().order_by("-id").first()
    assert newest
    in_step = rt.engine.watermark() == newest.id and rt.engine.ids() == await public()
    return in_step and not await shadow.disagreements(rt)


async def test_more_listings_than_a_page_holds_are_all_indexed(rt: Runtime) -> None:
    await save(rt, *"abcdefgh")
    assert await shadow.catch_up(rt) == 8
    assert await agreed(rt)
    assert await shadow.rebuild(rt) == 8
    assert await agreed(rt)


async def test_a_few_changes_are_added_and_many_make_the_index_anew(
    rt: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    for name in ("write", "rebuild"):
        does = getattr(rt.engine, name)
        monkeypatch.setattr(rt.engine, name, lambda *a, n=name, f=does: (made.append(n), f(*a)))
    await save(rt, *"abcdefgh")
    await shadow.catch_up(rt)
    await save(rt, *"ijk")  # not more than a step
    async with in_transaction():
        await catalog.retire(await Publisher.get(name="Invented"), ["b"])
    await shadow.catch_up(rt)
    assert made == ["rebuild", "write", "write"]
    assert await agreed(rt)
    await save(rt, *"lmnopqrs")  # more than a step, and more than half of what there is
    await shadow.catch_up(rt)
    assert made[3:] == ["rebuild"]
    assert await agreed(rt)
    assert await shadow.catch_up(rt) == 0


async def test_an_index_ahead_of_its_database_is_made_anew(rt: Runtime) -> None:
    await save(rt, *"ab")
    rt.engine.rebuild((), 99)
    assert len(await shadow.disagreements(rt)) == 1
    await shadow.catch_up(rt)
    assert await agreed(rt)
