"""Reports: two different visitors mark a place, one never does; nobody can be found again; on SQLite and PostgreSQL."""

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from directory import public_listings, reports, review
from directory.errors import NotAllowed, NotFound
from directory.models import Listing, Report, SourceRecord
from directory.reports import Outcome, flags, report, settle, worklist
from directory.runtime import Runtime, opened
from directory.settings import Settings
from directory.visitors import KEY, forget, mark, network
from directory.vocab import Reason
from tests.apart import start
from tests.feeds import meeting, meetings
from tests.test_review import load

NOON = datetime(2026, 5, 5, 12, 34, 56, tzinfo=UTC)
ANNA, BEN, CLEO = "203.0.113.7", "198.51.100.9", "2001:db8:1::5"


@pytest.fixture
async def rt(database: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(tmp_path / "home"), database=database), shared=True) as runtime:
        await load(runtime, tmp_path, meetings(12))
        yield runtime


async def number(key: str) -> int:
    return (await Listing.get(key=key)).id


async def closed(rt: Runtime, listing: int, *visitors: str, now: datetime = NOON) -> None:
    for visitor in visitors:
        assert await report(rt, listing, Reason.CLOSED, visitor, now)


async def test_two_reports_of_one_visitor_do_not_mark_a_place_two_visitors_do_at_once(rt: Runtime) -> None:
    one = await number("group-1")
    await closed(rt, one, ANNA, ANNA, "203.0.113.99")  # a neighbour's address is no other visitor
    assert await flags([one]) == set()
    assert not (await public_listings.get(rt, one)).reported_closed
    await closed(rt, one, BEN)
    assert await flags([one, one + 1]) == {one}
    assert [(place.id, place.reported_closed) for place in await public_listings.listed(rt, [one + 1, one])] == [
        (one + 1, False),
        (one, True),
    ]


async def test_another_reason_never_marks_a_place_closed(rt: Runtime) -> None:
    one = await number("group-1")
    await closed(rt, one, ANNA)
    for reason in (Reason.MOVED, Reason.PHONE, Reason.OTHER):
        assert await report(rt, one, reason, BEN, NOON)
    assert await flags([one]) == set()
    (doubt,) = await worklist()
    assert (doubt.visitors, doubt.reasons) == (2, {"moved": 1, "closed": 1, "phone": 1, "other": 1})


async def test_a_place_that_is_not_public_cannot_be_reported(rt: Runtime) -> None:
    for listing in (0, 99_999, 2**40):
        with pytest.raises(NotFound):
            await report(rt, listing, Reason.CLOSED, ANNA, NOON)
    assert await Report.all().count() == 0


async def test_one_visitor_is_heard_ten_times_a_day(rt: Runtime) -> None:
    places = [await number(f"group-{n}") for n in range(11)]
    told = [await report(rt, place, Reason.MOVED, ANNA, NOON) for place in places]
    assert told == [True] * 10 + [False]
    assert await Report.all().count() == 10
    assert await report(rt, places[0], Reason.MOVED, ANNA, NOON)  # said before: thanked, and counted once
    assert await report(rt, places[0], Reason.MOVED, BEN, NOON)
    assert await Report.all().count() == 11


async def test_all_together_are_heard_so_often_an_hour(rt: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "MOST_AN_HOUR", 3)
    one = await number("group-1")
    told = [await report(rt, one, Reason.MOVED, f"203.0.{n}.1", NOON) for n in range(5)]
    assert told == [True, True, True, False, False]
    assert await Report.all().count() == 3
    assert await report(rt, one, Reason.MOVED, "203.0.9.1", NOON + timedelta(hours=1))


async def test_yesterdays_visitor_is_unknown_today(rt: Runtime) -> None:
    one, home = await number("group-1"), rt.settings.home_path
    assert await report(rt, one, Reason.MOVED, ANNA, NOON)
    before, key = (await Report.get()).who, (home / KEY).read_bytes()
    assert mark(home, ANNA, NOON + timedelta(hours=11)) == before
    assert mark(home, ANNA, NOON + timedelta(days=1)) != before
    assert mark(home, ANNA, NOON) != before  # even with the clock set back: that key is gone
    assert key not in b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())


async def test_a_report_holds_the_hour_and_nothing_of_the_visitor(rt: Runtime) -> None:
    await closed(rt, await number("group-1"), ANNA, CLEO)
    for row in await Report.all():
        assert row.reported_at == NOON.replace(minute=0, second=0)
        assert set(row.who) <= set("0123456789abcdef")
    assert len({row.who for row in await Report.all()}) == 2


async def test_the_unsafe_come_first_then_the_closed_then_what_most_say_then_the_oldest(rt: Runtime) -> None:
    a, b, c, d, e = [await number(f"group-{n}") for n in range(5)]
    later = NOON + timedelta(hours=2)
    await report(rt, a, Reason.PHONE, ANNA, later)
    await report(rt, b, Reason.PHONE, ANNA, NOON)
    for visitor in (ANNA, BEN):
        await report(rt, c, Reason.MOVED, visitor, later)
    await closed(rt, d, ANNA, now=later)
    await report(rt, e, Reason.UNSAFE, BEN, later)
    assert [doubt.listing for doubt in await worklist()] == [e, d, c, b, a]
    first = (await worklist())[0]
    assert (first.name, first.publisher, first.since) == (
        "Group 4",
        "Invented Intergroup",
        later.replace(minute=0, second=0),
    )


async def test_a_settled_report_no_longer_counts(rt: Runtime) -> None:
    one = await number("group-1")
    await closed(rt, one, ANNA, BEN)
    async with rt.alone():
        assert await settle(rt, one, Outcome.STILL_OPEN) == 2
        with pytest.raises(NotAllowed):
            await settle(rt, one, Outcome.CLOSED)
    assert await flags([one]) == set()
    assert await worklist() == []
    assert (await public_listings.get(rt, one)).status == "active"
    assert {(row.status, row.outcome) for row in await Report.all()} == {("settled", "still open")}
    await closed(rt, one, CLEO)  # one new voice is one voice
    assert await flags([one]) == set()


async def test_a_place_found_closed_is_gone_from_directory_and_index_and_its_feed_asks_first(
    rt: Runtime, tmp_path: Path
) -> None:
    one = await number("group-1")
    await closed(rt, one, ANNA, BEN)
    async with rt.alone():
        await settle(rt, one, Outcome.CLOSED)
    assert one not in rt.engine.ids()
    with pytest.raises(NotFound):
        await public_listings.get(rt, one)
    again = await load(rt, tmp_path, meetings(12))
    assert (again["same"], again["held"], again["changed"]) == (11, 1, 0)
    assert one not in rt.engine.ids()
    held = await SourceRecord.get(outcome="held")
    async with rt.alone():
        await review.accept_record(rt, held.id)
    assert (await public_listings.get(rt, one)).reported_closed is False


async def test_a_feed_settles_nothing_by_itself(rt: Runtime, tmp_path: Path) -> None:
    one, two = await number("group-1"), await number("group-2")
    await closed(rt, one, ANNA, BEN, now=datetime.now(UTC))
    await closed(rt, two, ANNA, BEN, now=datetime.now(UTC) - timedelta(days=2))
    await load(rt, tmp_path, meetings(12))
    assert await flags([one, two]) == {one, two}
    await load(rt, tmp_path, [meeting(n, **({"time": "06:00"} if n == 2 else {})) for n in range(12)])
    assert await flags([one, two]) == {one, two}
    assert {doubt.listing: doubt.changed_since for doubt in await worklist()}[two]


async def test_reports_outlive_a_listing_that_leaves_its_feed_and_comes_back(rt: Runtime, tmp_path: Path) -> None:
    one = await number("group-11")
    await closed(rt, one, ANNA, BEN)
    await load(rt, tmp_path, meetings(11))
    assert await worklist() == []  # nothing public to call about
    await load(rt, tmp_path, meetings(12))
    assert (await public_listings.get(rt, one)).reported_closed


async def test_a_report_does_not_wait_for_the_import_lock(rt: Runtime) -> None:
    one = await number("group-1")
    async with rt.alone():
        assert await asyncio.wait_for(report(rt, one, Reason.MOVED, ANNA, NOON), 5)


MANY = 700  # more than an import takes at once
REPORTING = """
import asyncio, sys
from datetime import UTC, datetime
from directory.reports import report
from directory.runtime import opened
from directory.settings import Settings
from directory.vocab import Reason
async def run():
    async with opened(Settings(home=sys.argv[1])) as rt:
        for n in range(60):
            assert await report(rt, 1, Reason.MOVED, f"203.0.{n}.1", datetime.now(UTC))
asyncio.run(run())
"""


async def test_reports_of_another_process_and_an_import_do_not_stop_each_other(tmp_path: Path) -> None:
    home = tmp_path / "home"
    async with opened(Settings(home=str(home)), shared=True) as rt:
        await load(rt, tmp_path, meetings(MANY))
        other = start(REPORTING, home)
        while other.process.is_alive():
            for hour in ("06:00", "07:00"):
                changed = await load(rt, tmp_path, [meeting(n, time=hour) for n in range(MANY)])
                assert changed["changed"] == MANY
        assert (await other.over()).returncode == 0
        assert await Report.all().count() == 60


async def test_processes_share_one_key_whoever_comes_first(tmp_path: Path) -> None:
    code = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path; from directory.visitors import mark;"
        "print(mark(Path(sys.argv[1]), '203.0.113.7', datetime(2026, 5, 5, tzinfo=UTC)))"
    )
    started = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", code, str(tmp_path), stdout=asyncio.subprocess.PIPE)
        for _ in range(4)
    ]
    told = [(await one.communicate())[0] for one in started]
    assert len(set(told)) == 1
    assert len(told[0].strip()) == 32
    assert (tmp_path / KEY).stat().st_mode & 0o077 == 0


def test_the_key_of_a_day_that_is_over_is_destroyed_even_when_nobody_reports(tmp_path: Path) -> None:
    before = mark(tmp_path, ANNA, NOON)
    forget(tmp_path, NOON + timedelta(hours=6))
    assert mark(tmp_path, ANNA, NOON) == before
    forget(tmp_path, NOON + timedelta(hours=12))
    assert set((tmp_path / KEY).read_bytes()) == {0}
    assert mark(tmp_path, ANNA, NOON) != before


@pytest.mark.parametrize("content", [b"", b"2026-05-05 ", b"2026-05-05 zz", b"\xff" * 75, b"2026-05-05 00"])
def test_a_damaged_key_is_replaced(content: bytes, tmp_path: Path) -> None:
    (tmp_path / KEY).write_bytes(content)
    assert mark(tmp_path, ANNA, NOON) == mark(tmp_path, ANNA, NOON)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("testclient", ""),
        ("", ""),
    ],
)
def test_a_visitor_is_a_network_not_an_address(address: str, told: str) -> None:
    assert network(address) == told
