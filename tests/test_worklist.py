"""Reports first, then the risk met times use; two people never get the same place; on SQLite and PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from directory import worklist
from directory.bulk import writing
from directory.errors import NotAllowed
from directory.fresh.models import Call
from directory.models import Listing
from directory.reports import report
from directory.runtime import Runtime, opened
from directory.search.query import Ages
from directory.settings import Settings
from directory.vocab import Kind, Reason
from directory.worklist import ENOUGH, LEASE, due, ranked, take, take_this, urgency
from tests.apart import start
from tests.feeds import meeting, meetings
from tests.test_review import load

NOW = datetime(2026, 11, 5, 16, 0, tzinfo=UTC)
TODAY = 20_000
NAMES = tuple(kind.value for kind in Kind)


def ages(*rows: tuple[int, Kind, int]) -> Ages:
    """(days since checked, kind, cell), all fading alike."""
    days, kinds, cells = zip(*rows, strict=True)
    return Ages(
        ids=np.arange(1, len(rows) + 1),
        fresh_on=np.array([TODAY - d if d >= 0 else 0 for d in days], np.int32),
        fade=np.full(len(rows), 1 / 200, np.float32),
        kinds=np.array([NAMES.index(kind.value) for kind in kinds], np.int16),
        cells=np.array(cells, np.int64),
        kind_names=NAMES,
    )


def order(table: Ages) -> list[int]:
    now = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=TODAY)
    return [listing for listing, _ in ranked(table, now)]


def test_the_risk_is_how_far_trust_has_faded() -> None:
    risk, _ = urgency(ages((0, Kind.OUTPATIENT, 1), (200, Kind.OUTPATIENT, 2), (-1, Kind.OUTPATIENT, 3)), TODAY)
    assert risk.tolist() == pytest.approx([0, 0.5, 1])


def test_the_older_the_dearer_and_the_lonelier_come_first() -> None:
    group, home = Kind.SUPPORT_GROUP, Kind.SOBER_LIVING
    assert order(ages((300, group, 1), (400, group, 2))) == [2, 1]
    assert order(ages((300, group, 1), (300, home, 2))) == [2, 1]
    assert order(ages((300, group, 1), (300, group, 1), (300, group, 2))) == [3, 1, 2]


def test_what_was_checked_lately_is_no_call() -> None:
    assert order(ages((3, Kind.SOBER_LIVING, 1))) == []
    assert ENOUGH < 0.5


def test_no_place_waits_for_ever_behind_dearer_ones() -> None:
    dear = [(400, Kind.RESIDENTIAL, n) for n in range(9)]
    assert order(ages(*dear, (4000, Kind.SUPPORT_GROUP, 1)))[0] == 10


@pytest.fixture
async def rt(database: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(tmp_path / "home"), database=database), shared=True) as runtime:
        await load(runtime, tmp_path, meetings(12))
        yield runtime


async def number(key: str) -> int:
    return (await Listing.get(key=key)).id


async def test_reports_come_before_any_risk_and_the_unsafe_before_all(rt: Runtime) -> None:
    wrong, unsafe = await number("group-7"), await number("group-4")
    await report(rt, wrong, Reason.PHONE, "203.0.113.7", NOW)
    await report(rt, unsafe, Reason.UNSAFE, "198.51.100.9", NOW)
    waiting = await due(rt, NOW)
    assert [one.listing for one in waiting[:2]] == [unsafe, wrong]
    assert len(waiting) == 12
    assert waiting[2].doubt is None
    assert 0.1 < waiting[2].risk < 0.9  # half a year old


async def test_a_place_taken_is_theirs_for_twenty_minutes_and_then_anybodys(rt: Runtime) -> None:
    first = await take(rt, "Anna", NOW)
    assert first is not None
    again, other = await take(rt, "Anna", NOW), await take(rt, "Ben", NOW)
    assert again is not None
    assert other is not None
    assert again.listing == first.listing != other.listing
    with pytest.raises(NotAllowed):
        await take_this(first.listing, "Ben", NOW + LEASE / 2)
    late = NOW + LEASE + timedelta(minutes=11)
    await take_this(first.listing, "Ben", late)


async def test_many_at_once_never_get_the_same_place(rt: Runtime) -> None:
    taken = await asyncio.gather(*(take(rt, f"caller {n}", NOW) for n in range(8)))
    listings = [one.listing for one in taken if one]
    assert len(listings) == len(set(listings)) == 8


TAKING = """
import asyncio, sys
from datetime import datetime
from directory.runtime import opened
from directory.settings import Settings
from directory.worklist import take
async def run():
    async with opened(Settings(home=sys.argv[1], database=sys.argv[2])) as rt:
        for n in range(4):
            mine = await take(rt, f"{sys.argv[3]} {n}", datetime.fromisoformat(sys.argv[4]))
            print(mine.listing)
asyncio.run(run())
"""


async def test_two_processes_never_get_the_same_place(rt: Runtime) -> None:
    arguments = (rt.settings.home, rt.settings.database)
    both = [start(TAKING, *arguments, name, NOW.isoformat()) for name in ("one", "two")]
    told = [(await process.over()).stdout.split() for process in both]
    assert [len(one) for one in told] == [4, 4]
    assert len(set(told[0] + told[1])) == 8


async def test_no_answer_puts_a_place_off_longer_each_time(rt: Runtime) -> None:
    one, now, waits = await number("group-3"), NOW, []
    for _ in range(5):
        async with writing():
            await worklist.nobody_answered(one, now)
        call = await Call.get(listing_id=one)
        assert one not in [row.listing for row in await due(rt, now)]
        assert call.not_before is not None
        waits.append(call.not_before - now)
        now = call.not_before
        assert one in [row.listing for row in await due(rt, now)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(hours=4)
    assert waits[-1] == timedelta(days=7)


async def test_a_place_that_is_gone_is_not_called(rt: Runtime, tmp_path: Path) -> None:
    gone = await number("group-11")
    await load(rt, tmp_path, [meeting(n) for n in range(11)])
    assert gone not in [one.listing for one in await due(rt, NOW)]
