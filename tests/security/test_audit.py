"""The audit trail is only added to, and a hand in it is found and named."""

import asyncio
from datetime import UTC, datetime

import pytest
from tortoise import connections

from directory.bulk import writing
from directory.runtime import Runtime
from directory.security import audit
from directory.security.audit import Act, Outcome
from directory.security.models import AuditEntry

NOW = datetime(2026, 5, 5, 16, 0, tzinfo=UTC)


async def add(count: int) -> None:
    for n in range(count):
        await audit.record(f"Person {n}", Act.SIGN_IN, f"account {n}", Outcome.DONE, now=NOW)


async def force(statement: str) -> None:
    """As somebody with the database's own tools, who first takes the triggers away."""
    (db,) = connections.all()
    if db.capabilities.dialect == "sqlite":
        for trigger in ("audit_entry_unchanged", "audit_entry_kept"):
            await db.execute_script(f"DROP TRIGGER IF EXISTS {trigger}")
    else:
        await db.execute_script("DROP TRIGGER IF EXISTS audit_entry_kept ON audit_entry")
    await db.execute_script(statement)


async def test_entries_follow_one_another_and_the_chain_is_whole(rt: Runtime) -> None:
    assert await audit.first_fault() == ""
    await add(5)
    assert await audit.first_fault() == ""
    entries = await AuditEntry.all().order_by("number")
    assert [one.number for one in entries] == [1, 2, 3, 4, 5]
    assert [one.before for one in entries] == [audit.START, *(one.hash for one in entries[:-1])]


async def test_the_database_itself_refuses_to_change_or_remove_an_entry(rt: Runtime) -> None:
    await add(2)
    for change in (AuditEntry.all().update(who="Somebody"), AuditEntry.all().delete()):
        with pytest.raises(Exception, match="only added to"):
            await change
    assert await AuditEntry.filter(who__startswith="Person").count() == 2


@pytest.mark.parametrize(
    ("hand", "told"),
    [
        ("UPDATE audit_entry SET who = 'Somebody' WHERE number = 3", "Entry 3 was changed"),
        ("UPDATE audit_entry SET outcome = 'refused' WHERE number = 1", "Entry 1 was changed"),
        ("DELETE FROM audit_entry WHERE number = 2", "Entry 2 is missing"),
        ("DELETE FROM audit_entry WHERE number = 1", "Entry 1 is missing"),
        (
            "UPDATE audit_entry SET number = 99 WHERE number = 2; UPDATE audit_entry SET number = 2 WHERE number = 3;"
            "UPDATE audit_entry SET number = 3 WHERE number = 99",
            "Entry 2 does not follow",
        ),
    ],
)
async def test_a_hand_in_the_trail_is_named(small: Runtime, hand: str, told: str) -> None:
    await add(4)
    await force(hand)
    assert (await audit.first_fault()).startswith(told)


async def test_a_postgres_trail_shows_a_hand_too(rt: Runtime) -> None:
    await add(3)
    await force("UPDATE audit_entry SET what = 'signed out' WHERE number = 2")
    assert (await audit.first_fault()).startswith("Entry 2 was changed")


async def test_an_end_noted_elsewhere_shows_a_trail_cut_off_or_written_anew(small: Runtime) -> None:
    await add(3)
    noted = await audit.head()
    await add(1)
    assert await audit.first_fault(noted) == ""
    await force("DELETE FROM audit_entry WHERE number >= 3")
    assert await audit.first_fault() == ""
    assert "cut off" in await audit.first_fault(noted)
    await audit.record("Somebody", Act.SIGN_IN, now=NOW)
    assert "written anew" in await audit.first_fault(noted)
    assert "is gone" in await audit.first_fault("rubbish")


async def test_what_is_undone_leaves_no_entry_and_no_gap(rt: Runtime) -> None:
    await add(1)

    async def undone() -> None:
        async with writing():
            await add(2)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await undone()
    await add(1)
    assert await audit.first_fault() == ""
    assert await AuditEntry.all().count() == 2


async def test_many_at_once_make_one_chain(rt: Runtime) -> None:
    await asyncio.gather(*(audit.record(f"P{n}", Act.SIGN_OUT, now=NOW) for n in range(20)))
    assert await audit.first_fault() == ""
    assert await AuditEntry.all().count() == 20


@pytest.mark.parametrize(
    "words",
    [
        "Maria Lopez",
        "account 3; call her",
        "account",
        "3",
        "account 3\n",
        "Account 3",
        "12 Main Street",
        "batch 1, 2 records, listing 3",
        "batch 1,2 records",
        ", ",
    ],
)
async def test_an_entry_has_no_room_for_words(small: Runtime, words: str) -> None:
    with pytest.raises(ValueError, match="kind and number"):
        await audit.record("Ana", Act.ROLE, words, now=NOW)


@pytest.mark.parametrize("things", ["", "account 3", "batch 12, 300 records", "listing 1, listing 2", "5 listings"])
async def test_an_entry_names_things_by_number_or_counts_them(small: Runtime, things: str) -> None:
    await audit.record("Ana", Act.RETIRE, things, now=NOW)
    assert (await audit.latest(1))[0].object == things


async def test_the_trail_is_read_in_pages(small: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "CHUNK", 2)
    await add(5)
    assert await audit.first_fault() == ""
    assert [one.number async for one in audit.entries()] == [1, 2, 3, 4, 5]
    assert [one.number for one in await audit.latest(2)] == [5, 4]
    assert [one.number for one in await audit.latest(2, 4)] == [3, 2]
