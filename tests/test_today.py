"""What waits for a person is counted, the urgent first; how each day ended is kept."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from directory import today
from directory.models import Batch, Publisher
from directory.reports import report
from directory.runtime import opened
from directory.settings import Settings
from directory.vocab import Reason
from tests.web.site import fill

NOW = datetime(2026, 5, 5, 16, tzinfo=UTC)


async def test_what_waits_is_named_and_the_urgent_comes_first(tmp_path: Path) -> None:
    ids = await filled(tmp_path)
    async with opened(Settings(home=str(tmp_path)), shared=True) as rt:
        assert await today.matters(rt, NOW) == []
        publisher = await Publisher.get()
        await Batch.create(publisher=publisher, source="x", status="staged")
        await Batch.create(publisher=publisher, source="x", status="staged", broken=["It shrank."])
        await Batch.create(publisher=publisher, source="x", status="applied", finished_at=NOW - timedelta(days=40))
        await report(rt, ids["clinic"], Reason.UNSAFE, "192.0.2.1", NOW)
        await report(rt, ids["food"], Reason.PHONE, "192.0.2.1", NOW)
        told = [(one.words, one.count, one.urgent, one.detail) for one in await today.matters(rt, NOW)]
    assert told == [
        ("places reported closed or unsafe", 1, True, "Scioto Recovery Clinic"),
        ("feeds held back because a promise is broken", 1, True, "Example Intergroup"),
        ("places with other reports", 1, False, ""),
        ("imports to look through", 1, False, ""),
        ("publishers not heard from for five weeks", 1, False, "Example Intergroup"),
    ]


async def test_the_last_word_of_a_day_stays_and_days_come_in_order(tmp_path: Path) -> None:
    await filled(tmp_path)
    async with opened(Settings(home=str(tmp_path)), shared=True) as rt:
        seen = rt.engine.overview(date(2026, 5, 5))
        for day in (date(2026, 5, 4), date(2026, 5, 5), date(2026, 5, 5)):
            await today.note(rt, seen, day)
        kept = await today.days(date(2026, 5, 5))
    assert [day for day, _ in kept] == [date(2026, 5, 4), date(2026, 5, 5)]
    assert sum(kept[1][1]["support_group"]) == 29


async def test_reasons_of_all_late_imports_are_added_up(tmp_path: Path) -> None:
    await filled(tmp_path)
    async with opened(Settings(home=str(tmp_path)), shared=True):
        publisher = await Publisher.get()
        for count in (2, 3):
            await Batch.create(publisher=publisher, source="x", report={"reasons": {"no name": count, "closed": 1}})
        assert await today.rejects(datetime.now(UTC)) == [("no name", 5), ("closed", 2)]


async def filled(home: Path) -> dict[str, int]:
    from asyncio import to_thread

    return await to_thread(fill, home)
