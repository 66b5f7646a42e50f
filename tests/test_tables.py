"""Tables come up to date whole: a cut-off first start, an older file, two at once."""

import sqlite3
from contextlib import closing
from pathlib import Path

from directory.models import Listing
from directory.runtime import opened
from directory.settings import Settings
from directory.tables import _behind as tables_behind
from directory.tables import bring_up_to_date
from tests.apart import start

START = """
import asyncio, sys
from directory.settings import Settings
from directory.tables import bring_up_to_date
asyncio.run(bring_up_to_date(Settings(home=sys.argv[1])))
"""


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as database:
        return {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


async def test_a_first_start_makes_every_table_and_leaves_nothing_aside(tmp_path: Path) -> None:
    await bring_up_to_date(Settings(home=str(tmp_path)))
    assert {"listing", "change", "batch", "source_record", "publisher"} <= tables(tmp_path / "directory.sqlite3")
    assert not list(tmp_path.glob("*.migrating"))


async def test_what_a_killed_first_start_left_aside_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "directory.sqlite3.migrating").write_bytes(b"half a file")
    await bring_up_to_date(Settings(home=str(tmp_path)))
    assert "listing" in tables(tmp_path / "directory.sqlite3")


async def test_the_log_of_a_killed_first_start_is_not_replayed(tmp_path: Path) -> None:
    aside = tmp_path / "directory.sqlite3.migrating"
    half = sqlite3.connect(aside)
    half.execute("PRAGMA journal_mode=WAL")
    half.execute("CREATE TABLE half (word TEXT)")
    half.commit()
    logs = {left: aside.with_name(aside.name + left).read_bytes() for left in ("-wal", "-shm")}
    half.close()  # tidies up, as a killed process does not
    for left, content in logs.items():
        aside.with_name(aside.name + left).write_bytes(content)
    await bring_up_to_date(Settings(home=str(tmp_path)))
    assert "half" not in tables(tmp_path / "directory.sqlite3")
    assert "listing" in tables(tmp_path / "directory.sqlite3")


async def test_an_older_file_keeps_its_rows_when_its_tables_are_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "directory.sqlite3"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE kept (word TEXT)")
        database.execute("INSERT INTO kept VALUES ('here')")
    await bring_up_to_date(Settings(home=str(tmp_path)))
    assert {"kept", "listing"} <= tables(path)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT word FROM kept").fetchall() == [("here",)]


async def test_a_file_that_is_up_to_date_is_left_as_it_is_and_one_that_lacks_a_migration_is_not(tmp_path: Path) -> None:
    path = tmp_path / "directory.sqlite3"
    await bring_up_to_date(Settings(home=str(tmp_path)))
    first = path.stat()
    await bring_up_to_date(Settings(home=str(tmp_path)))
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (first.st_ino, first.st_mtime_ns)
    last = "(SELECT max(name) FROM tortoise_migrations)"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(f"DELETE FROM tortoise_migrations WHERE name = {last}")
    assert tables_behind(path)


async def test_two_that_start_at_once_end_with_one_sound_database(tmp_path: Path) -> None:
    settings = Settings(home=str(tmp_path))
    both = [start(START, tmp_path) for _ in range(2)]
    assert [(await one.over()).returncode for one in both] == [0, 0]
    async with opened(settings, shared=True):
        assert await Listing.all().count() == 0


async def test_postgres_is_brought_up_to_date_once(database_without_tables: str, tmp_path: Path) -> None:
    settings = Settings(home=str(tmp_path), database=database_without_tables)
    async with opened(settings, shared=True):
        assert await Listing.all().count() == 0
    async with opened(settings, shared=True):
        assert await Listing.all().count() == 0


async def test_pages_of_public_listings_are_read_without_sorting_them_all(tmp_path: Path) -> None:
    async with opened(Settings(home=str(tmp_path / "home")), shared=True):
        public = Listing.filter(status="active")
        page = public.filter(id__gt=5).order_by("id").limit(100).values_list("id", "data")
        some = public.filter(id__in=list(range(1, 41))).values_list("id", "data")
        asked = [question.sql(params_inline=True) for question in (page, some)]
    with closing(sqlite3.connect(tmp_path / "home" / "directory.sqlite3")) as database:
        for question in asked:
            plan = [step[3] for step in database.execute(f"EXPLAIN QUERY PLAN {question}")]
            assert len(plan) == 1, plan
            assert "(status=? AND id" in plan[0], plan
