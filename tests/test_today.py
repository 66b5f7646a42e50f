"""What waits for a person is counted, the urgent first; how each day ended is kept."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from directory import today
from directory.fresh import program
from directory.models import Batch, Change, Publisher
from directory.reports import report
from directory.runtime import opened
from directory.same.models import SamePair
from directory.security.models import Account
from directory.security.roles import Role
from directory.settings import Settings
from directory.vocab import Reason
from tests.web.site import fill

NOW = datetime(2026, 5, 5, 16, tzinfo=UTC)


async def test_what_waits_is_named_and_the_urgent_comes_first(tmp_path: Path) -> None:
    ids = await filled(tmp_path)
    async with opened(Settings(home=str(tmp_path)), shared=True) as rt:
        publisher = await Publisher.get()
        before = {one.words: one.count for one in await today.matters(rt, NOW)}
        await Batch.create(publisher=publisher, source="x", status="staged")
        await Batch.create(publisher=publisher, source="x", status="staged", broken=["It shrank."])
        await Batch.create(publisher=publisher, source="x", status="applied", finished_at=NOW - timedelta(days=40))
        await report(rt, ids["clinic"], Reason.UNSAFE, "192.0.2.1", NOW)
        await report(rt, ids["food"], Reason.PHONE, "192.0.2.1", NOW)
        told = [(one.words, one.count, one.urgent, one.detail) for one in await today.matters(rt, NOW)]
    assert set(before) == {"calls that are due"}
    assert told == [
        ("place reported closed or unsafe", 1, True, "Scioto Recovery Clinic"),
        ("feed held back because a promise is broken", 1, True, "Example Intergroup"),
        ("place with another report", 1, False, ""),
        ("import to look through", 1, False, ""),
        ("publisher not heard from for five weeks", 1, False, "Example Intergroup"),
        ("calls that are due", before["calls that are due"] - 2, False, ""),  # two of them are named above
    ]


async def test_failed_fetches_corrections_pairs_and_open_accounts_are_named(tmp_path: Path) -> None:
    ids = await filled(tmp_path)
    async with opened(Settings(home=str(tmp_path)), shared=True) as rt:
        for name, told in (("Broken", "The feed could not be fetched."), ("Sound", "nothing changed"), ("New", None)):
            tried = {"fetched_at": NOW, "fetched": {"told": told}} if told else {}
            await Publisher.create(name=name, source="x", schedule="daily", **tried)
        await program.submit(rt, ids["food"], NOW, changes={"phone": "614-555-0199"})
        await SamePair.create(a_id=1, b_id=2, standing="unsure", waits=True, at=NOW)
        for name, password in (("Ada", "hashed"), ("Ben", "")):
            await Account.create(name=name, key=name, role="admin", password=password, created_at=NOW)
        told = {one.words: (one.count, one.urgent, one.path, one.detail) for one in await today.matters(rt, NOW)}
        readers = await today.matters(rt, NOW, Role.READER)
        counts = await today.waiting()
    told.pop("calls that are due")
    assert told == {
        "feed that could not be fetched": (1, True, "/admin/publishers", "Broken"),
        "correction a program asks for": (1, False, "/admin/calls", "Broad Street Food Shelf"),
        "pair that may be one place, told by two publishers": (1, False, "/admin/duplicates", ""),
        "account without codes from a phone": (1, False, "/admin/accounts", "Ada"),
    }
    assert {one.path for one in readers} == {"/admin/publishers", "/admin/duplicates"}  # what readers may open
    assert counts == {"/admin/imports": 0, "/admin/calls": 1, "/admin/duplicates": 1}


async def test_changes_that_search_does_not_show_are_urgent_unless_an_import_goes_on(tmp_path: Path) -> None:
    await filled(tmp_path)
    async with opened(Settings(home=str(tmp_path)), shared=True) as rt:
        await Change.create(listing_id=1, what="changed")
        told = [(one.words, one.count, one.urgent) for one in await today.matters(rt, NOW)]
        assert told[0] == ("change that search does not show; run aftercare check", 1, True)
        await Batch.create(publisher=await Publisher.get(), source="x", status="applying")
        assert not any("search" in one.words for one in await today.matters(rt, NOW))


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
