"""A batch taken back: exactly when nothing came after it, else field by field; no listing is ever lost."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from directory import byhand, review
from directory.catalog import facts_of
from directory.errors import NeedsDecision, NotAllowed
from directory.listing import ListingDraft
from directory.models import Batch, Change, Listing, Publisher, SourceRecord
from directory.runtime import Runtime, opened
from directory.settings import Settings
from directory.shadow import disagreements
from directory.staging import publisher_for, stage
from directory.undo import undo
from importers.run import read_feed
from tests.feeds import meeting, meetings, write_feed


@pytest.fixture
async def rt(database: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(tmp_path / "home"), database=database), shared=True) as runtime:
        yield runtime


async def load(rt: Runtime, folder: Path, records: Any, publisher: str = "Invented") -> Batch:
    reading = read_feed([write_feed(folder / "feed.json", records)], publisher=publisher, source="meeting-guide")
    async with rt.alone():
        row = await publisher_for(reading, fellowship="", timezone="", state="", dry_run=False)
        batch, report = await stage(reading, row, ["feed.json"])
        assert report["read"] == sum(report[w] for w in ("new", "changed", "same", "held", "skipped", "rejected"))
        await review.apply(rt, batch, "as agreed")
    return batch


async def states(publisher: str = "Invented") -> dict[str, Any]:
    rows = await Listing.filter(publisher__name=publisher)
    return {row.key: (row.data, facts_of(row), row.name, row.kind) for row in rows}


async def take_back(rt: Runtime, number: int) -> Batch:
    async with rt.alone():
        return await undo(rt, await review.find(number), "wrong file")


async def test_undoing_the_last_batch_restores_exactly_and_can_be_undone(rt: Runtime, tmp_path: Path) -> None:
    await load(rt, tmp_path, meetings(5))
    before = await states()
    batch = await load(
        rt, tmp_path, [meeting(0), meeting(1, name="Other"), *[meeting(n) for n in range(2, 4)], meeting(9)]
    )
    after = await states()
    undoing = await take_back(rt, batch.id)
    now = await states()
    assert {key: now[key] for key in before} == before
    assert now["group-9"][1]["status"] == "retired"
    assert (undoing.report["listings"], undoing.report["taken_back"], undoing.report["kept"]) == (3, 3, 0)
    assert await disagreements(rt) == []
    await take_back(rt, undoing.id)
    assert await states() == after
    assert (await review.find(batch.id)).status == "applied"
    assert await disagreements(rt) == []


async def test_what_a_later_batch_or_a_person_changed_stays(rt: Runtime, tmp_path: Path) -> None:
    await load(rt, tmp_path, meetings(3))
    wrong = await load(rt, tmp_path, [meeting(0, name="Wrong", time="03:00"), meeting(1, name="Wrong too"), meeting(2)])
    await load(rt, tmp_path, [meeting(0, name="Wrong", time="21:00"), meeting(1, name="Wrong too"), meeting(2)])
    row = await Listing.get(key="group-1")
    draft = ListingDraft.from_dict({**row.data, "website": "https://example.org/told"})
    async with rt.alone():
        assert await byhand.change(rt, row.id, draft, byhand.version(row))
    await take_back(rt, wrong.id)
    zero, one = await Listing.get(key="group-0"), await Listing.get(key="group-1")
    assert (zero.name, zero.data["times"][0]["start"]) == ("Group 0", 21 * 60)  # type: ignore[index]
    assert (one.name, one.data["website"]) == ("Group 1", "https://example.org/told")
    assert zero.edited  # the feed asks before it changes what was put together
    assert one.edited


async def test_an_undone_feed_does_not_come_back_by_itself(rt: Runtime, tmp_path: Path) -> None:
    await load(rt, tmp_path, meetings(3))
    changed = [meeting(0, name="Wrong"), meeting(1), meeting(2)]
    batch = await load(rt, tmp_path, changed)
    await take_back(rt, batch.id)
    reading = read_feed([write_feed(tmp_path / "feed.json", changed)], publisher="Invented")
    async with rt.alone():
        row = await publisher_for(reading, fellowship="", timezone="", state="", dry_run=False)
        again, _ = await stage(reading, row, ["feed.json"])
        assert again.broken == [f"A person undid batch {batch.id}, the last of this publisher."]
        with pytest.raises(NeedsDecision):
            await review.apply(rt, again)


async def test_only_an_applied_batch_is_undone_and_only_with_a_reason(rt: Runtime, tmp_path: Path) -> None:
    batch = await load(rt, tmp_path, meetings(3))
    async with rt.alone():
        with pytest.raises(NeedsDecision, match="Say why"):
            await undo(rt, batch, " ")
    await take_back(rt, batch.id)
    with pytest.raises(NotAllowed, match="is undone"):
        await take_back(rt, batch.id)


async def test_an_undoing_cut_off_half_way_is_finished_at_the_next_start(rt: Runtime, tmp_path: Path) -> None:
    await load(rt, tmp_path, meetings(3))
    before = await states()
    batch = await load(rt, tmp_path, meetings(3, location="Wrong Hall"))
    await Batch.filter(id=batch.id).update(status="undone")
    await Batch.create(
        publisher_id=batch.publisher_id,  # type: ignore[attr-defined]
        source="undo",
        status="applying",
        facts={"undoes": batch.id},
        reason="wrong file",
    )
    await review.recover(rt)
    assert await states() == before
    assert await Batch.filter(status="applying").count() == 0


SAID = st.fixed_dictionaries({"name": st.sampled_from(["A", "B"]), "time": st.sampled_from(["07:00", "20:00"])})
RECORDS = st.dictionaries(st.integers(0, 4), SAID, min_size=1)


class Batches(RuleBasedStateMachine):
    """Imports, edits, and undoing in any order."""

    rt: Runtime
    runner: asyncio.Runner
    folder: Path
    numbers = count()

    def __init__(self) -> None:
        super().__init__()
        self.publisher = f"Invented {next(self.numbers)}"
        self.keys: set[str] = set()

    def do(self, work: Any) -> Any:
        return self.runner.run(work)

    async def applied(self) -> list[int]:
        found = Batch.filter(publisher__name=self.publisher, status="applied").order_by("id")
        return [int(i) for i in await found.values_list("id", flat=True)]  # type: ignore[call-overload]

    def feed(self, records: dict[int, dict[str, str]]) -> Batch:
        plain = [meeting(number, **changes) for number, changes in records.items()]
        batch: Batch = self.do(load(self.rt, self.folder, plain, self.publisher))
        return batch

    @rule(records=RECORDS)
    def import_(self, records: dict[int, dict[str, str]]) -> None:
        self.feed(records)

    @rule(records=RECORDS)
    def import_and_undo(self, records: dict[int, dict[str, str]]) -> None:
        before = self.do(states(self.publisher))
        batch = self.feed(records)
        after = self.do(states(self.publisher))
        undoing = self.do(take_back(self.rt, batch.id))
        now = self.do(states(self.publisher))
        assert {key: now[key] for key in before} == before
        assert {now[key][1]["status"] for key in now.keys() - before.keys()} <= {"retired"}
        self.do(take_back(self.rt, undoing.id))
        assert self.do(states(self.publisher)) == after

    @precondition(lambda self: bool(self.keys))
    @rule(data=st.data(), website=st.sampled_from(["", "https://example.org/a", "https://example.org/b"]))
    def edit(self, data: st.DataObject, website: str) -> None:
        key = data.draw(st.sampled_from(sorted(self.keys)))

        async def change() -> None:
            row = await Listing.get(publisher__name=self.publisher, key=key)
            draft = ListingDraft.from_dict({**row.data, "website": website})
            async with self.rt.alone():
                await byhand.change(self.rt, row.id, draft, byhand.version(row))

        self.do(change())

    @rule(data=st.data())
    def undo_any(self, data: st.DataObject) -> None:
        numbers = self.do(self.applied())
        if numbers:
            self.do(take_back(self.rt, data.draw(st.sampled_from(numbers))))

    @invariant()
    def no_listing_is_lost(self) -> None:
        now = set(self.do(states(self.publisher)))
        assert self.keys <= now
        self.keys = now

    def teardown(self) -> None:
        assert self.do(disagreements(self.rt)) == []


@asynccontextmanager
async def _opened(folder: Path) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(folder / "home")), shared=True) as runtime:
        yield runtime


@pytest.fixture
def machine() -> Iterator[type[Batches]]:
    folder = Path(mkdtemp())
    with asyncio.Runner() as runner:
        context = _opened(folder)
        rt = runner.run(context.__aenter__())
        yield type("Machine", (Batches,), {"rt": rt, "runner": runner, "folder": folder})
        runner.run(context.__aexit__(None, None, None))


def test_in_any_order_nothing_is_lost_and_the_last_is_restored_exactly(machine: type[Batches]) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine,
        settings=settings(
            max_examples=8, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


async def test_every_change_tells_who_and_what_it_was_before(rt: Runtime, tmp_path: Path) -> None:
    await load(rt, tmp_path, meetings(1))
    await load(rt, tmp_path, meetings(1, name="Other"))
    change = await Change.get(what="changed")
    assert change.before is not None
    assert change.facts is not None
    assert (change.before["name"], change.facts["status"]) == ("Group 0", "active")
    assert await Publisher.all().count() == await SourceRecord.filter(outcome="new").count() == 1
