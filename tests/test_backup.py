"""The whole directory in one file, made while others write, restored elsewhere and checked there."""

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pyotp
import pytest

from directory.backup import back_up, restore, verified
from directory.errors import BadQuestion, NotAllowed
from directory.fresh import links
from directory.fresh.links import LinkOver
from directory.handoff.kept import keep, kept
from directory.handoff.values import Options
from directory.models import Listing
from directory.public_listings import every
from directory.runtime import in_use, opened
from directory.security import accounts, sessions, totp
from directory.security.roles import Role
from directory.security.sealed import ring
from directory.security.sessions import Stage
from directory.settings import Settings
from tests.web.site import NOW, fill


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    settings = Settings(home=str(tmp_path / "home"))
    fill(settings.home_path)
    (settings.home_path / "keys").mkdir()
    (settings.home_path / "keys" / "sealing.key").write_bytes(b"made-up key")
    return settings


async def public(settings: Settings) -> list[str]:
    async with opened(settings, shared=True) as rt:
        return [json.dumps([one.id, one.publisher, one.draft.as_dict()]) async for one in every(rt)]


async def test_what_was_backed_up_is_there_after_restoring_elsewhere(home: Settings, tmp_path: Path) -> None:
    back_up(home, tmp_path / "all.backup", tmp_path / "keys.backup")
    other = Settings(home=str(tmp_path / "elsewhere"))
    restore(other, tmp_path / "all.backup", tmp_path / "keys.backup")
    assert await verified(other) == []
    assert await public(other) == await public(home)
    key = other.home_path / "keys" / "sealing.key"
    assert key.read_bytes() == b"made-up key"
    assert key.stat().st_mode & 0o077 == 0


async def test_sessions_codes_and_programs_links_go_on_in_a_restored_home(home: Settings, tmp_path: Path) -> None:
    """What is sealed or signed with the keys of the home, for whoever restores both files."""
    now = datetime(2026, 5, 5, 16, tzinfo=UTC)
    async with opened(home, shared=True) as rt:
        account = await accounts.add("Ada", Role.ADMIN, "tests", now)
        keys = ring(home.home_path)
        seed = await totp.asked(account, keys)
        account = await accounts.by_name("Ada")
        recovery = await totp.confirm(account, pyotp.TOTP(seed).at(now), keys, now)
        session = await sessions.start(account, Stage.FULL, "", home, now)
        link = await links.make(rt, 1, now)
    back_up(home, tmp_path / "all.backup", tmp_path / "keys.backup")
    other = Settings(home=str(tmp_path / "elsewhere"))
    restore(other, tmp_path / "all.backup", tmp_path / "keys.backup")
    later = now + timedelta(minutes=1)
    async with opened(other, shared=True) as rt:
        account, keys = await accounts.by_name("Ada"), ring(other.home_path)
        assert await sessions.find(session, other, later) is not None
        assert await totp.passed(account, pyotp.TOTP(seed).at(later), keys, later)
        assert await totp.recovered(account, recovery[0], keys, later)
        assert await links.listing_of(rt, link, later) == 1
    bare = Settings(home=str(tmp_path / "bare"))
    restore(bare, tmp_path / "all.backup")
    async with opened(bare, shared=True) as rt:
        with pytest.raises(LinkOver):
            await links.listing_of(rt, link, later)


async def test_a_list_that_a_patient_kept_does_not_come_back_with_an_old_backup(home: Settings, tmp_path: Path) -> None:
    async with opened(home, shared=True) as rt:
        code = await keep(rt, [1], Options(), NOW)
    back_up(home, tmp_path / "all.backup", tmp_path / "keys.backup")
    other = Settings(home=str(tmp_path / "elsewhere"))
    restore(other, tmp_path / "all.backup")
    await verified(other)
    for settings, found in ((home, True), (other, False)):
        async with opened(settings, shared=True) as rt:
            assert (await kept(rt, code, NOW) is not None) is found


async def test_a_backup_made_while_somebody_writes_holds_one_moment(home: Settings, tmp_path: Path) -> None:
    """Each transaction moves two listings together: a copy that has one of them without the other is torn."""

    async def writing(rows: list[Listing]) -> None:
        from directory.bulk import writing

        for number in range(40):
            async with writing():
                for row in rows:
                    row.name = f"Moved {number}"
                    await row.save()

    async with opened(home, shared=True):
        rows = await Listing.all().limit(2)
        writer = asyncio.create_task(writing(rows))
        seen = []
        while not writer.done():
            file = tmp_path / f"{len(seen)}.backup"
            await asyncio.to_thread(back_up, home, file)
            seen.append(file)
        await writer
    assert len(seen) >= 2
    for number, file in enumerate(seen):
        other = Settings(home=str(tmp_path / f"h{number}"))
        restore(other, file)
        with closing(sqlite3.connect(other.home_path / "directory.sqlite3")) as database:
            names = {
                name
                for (name,) in database.execute(f"SELECT name FROM listing WHERE id IN {tuple(r.id for r in rows)}")
            }
        assert len(names) == 1 or not any(name.startswith("Moved") for name in names)


def test_keys_stay_out_of_the_backup_and_nobody_else_may_read_it(home: Settings, tmp_path: Path) -> None:
    back_up(home, tmp_path / "all.backup")
    with ZipFile(tmp_path / "all.backup") as packed:
        assert sorted(packed.namelist()) == ["directory.sqlite3", "manifest.json"]
    assert (tmp_path / "all.backup").stat().st_mode & 0o077 == 0
    with pytest.raises(BadQuestion, match="file of their own"):
        back_up(home, tmp_path / "one", tmp_path / "one")


def test_a_home_with_a_directory_is_not_written_over(home: Settings, tmp_path: Path) -> None:
    back_up(home, tmp_path / "all.backup")
    before = (home.home_path / "directory.sqlite3").stat().st_ino
    with pytest.raises(NotAllowed, match="--replace"):
        restore(home, tmp_path / "all.backup")
    assert (home.home_path / "directory.sqlite3").stat().st_ino == before
    restore(home, tmp_path / "all.backup", replace=True)
    restore(home, tmp_path / "all.backup", replace=True)
    assert {file.name for file in home.home_path.glob("*before*")} == {
        "directory.sqlite3.before-restore-1",
        "directory.sqlite3.before-restore-2",
    }


def test_nothing_is_restored_under_a_running_server(home: Settings, tmp_path: Path) -> None:
    back_up(home, tmp_path / "all.backup")
    with in_use(home.home_path) as free:
        assert free
        with pytest.raises(NotAllowed, match="stop the server"):
            restore(home, tmp_path / "all.backup", replace=True)


@pytest.mark.parametrize("harm", ["cut", "changed", "not a zip", "another zip", "a way out", "missing"])
def test_a_damaged_or_foreign_file_is_refused_and_nothing_is_changed(home: Settings, tmp_path: Path, harm: str) -> None:
    file, empty = tmp_path / "all.backup", Settings(home=str(tmp_path / "empty"))
    back_up(home, file)
    whole = file.read_bytes()
    if harm == "cut":
        file.write_bytes(whole[: len(whole) // 2])
    elif harm == "changed":
        with ZipFile(file) as packed:
            manifest = packed.read("manifest.json")
        with ZipFile(file, "w") as packed:
            packed.writestr("manifest.json", manifest)
            packed.writestr("directory.sqlite3", b"another database")
    elif harm == "not a zip":
        file.write_bytes(b"name,phone\n")
    elif harm == "another zip":
        with ZipFile(file, "w") as packed:
            packed.writestr("meetings.json", "[]")
    elif harm == "a way out":
        with ZipFile(file, "w") as packed:
            packed.writestr("manifest.json", json.dumps({"format": 1, "sha256": {"../directory.sqlite3": ""}}))
            packed.writestr("../directory.sqlite3", b"")
    else:
        file.unlink()
    with pytest.raises(BadQuestion, match=r"all\.backup"):
        restore(empty, file)
    assert not (empty.home_path / "directory.sqlite3").exists()
    assert not list(empty.home_path.glob(".restore-*"))


def test_there_must_be_something_to_back_up(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(NotAllowed, match="no directory"):
        back_up(Settings(home=str(tmp_path / "none")), tmp_path / "all.backup")
    assert not (tmp_path / "all.backup").exists()


async def test_either_database_is_backed_up_and_restored(database: str, tmp_path: Path) -> None:
    settings = Settings(home=str(tmp_path / "home"), database=database)
    async with opened(settings, shared=True):
        pass
    back_up(settings, tmp_path / "all.backup")
    with pytest.raises(NotAllowed, match="already"):
        restore(settings, tmp_path / "all.backup")
    restore(settings, tmp_path / "all.backup", replace=True)
    assert await verified(settings) == []
