"""Brings the tables up to date so that a kill at any instant leaves the old ones or the new ones, never between.

SQLite commits each script of a migration by itself, so a new or copied file is migrated aside and swapped in;
PostgreSQL does it all in one transaction.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from directory.settings import Settings

APP = "directory"
MIGRATIONS = Path(__file__).with_name("migrations")
MODELS = [
    "directory.models",
    "directory.security.models",
    "directory.fresh.models",
    "directory.same.models",
    "directory.handoff.models",
]


def tortoise_config(url: str) -> dict[str, Any]:
    """One connection, named for its dialect: Tortoise keeps prepared statements by that name."""
    connection: Any = url
    name, _, path = url.partition("://")
    if name == "sqlite":
        connection = {
            "engine": "tortoise.backends.sqlite",
            "credentials": {"file_path": path, "busy_timeout": 30000},
        }
    app = {"models": MODELS, "migrations": "directory.migrations", "default_connection": name}
    return {"connections": {name: connection}, "apps": {APP: app}, "use_tz": True}


async def bring_up_to_date(settings: Settings) -> None:
    """Run the migrations this database has not seen."""
    url = settings.database_url
    if not url.startswith("sqlite://"):
        await _migrate(url, whole=True)
        return
    path = Path(url.removeprefix("sqlite://"))
    with _one_at_a_time(path.with_name("migrating.lock")):
        if path.exists() and not _behind(path):
            return
        aside = path.with_name(f"{path.name}.migrating")
        for left in ("", "-wal", "-shm", "-journal"):  # a killed start's log would be replayed into the new file
            aside.with_name(aside.name + left).unlink(missing_ok=True)
        if path.exists():
            with closing(sqlite3.connect(path)) as old:
                old.execute("VACUUM INTO ?", (str(aside),))
        await _migrate(f"sqlite://{aside}", whole=False)
        _settle(aside)
        if path.exists():
            _settle(path)
        os.replace(aside, path)


def _settle(path: Path) -> None:
    """Everything from the write-ahead log into the file itself, so that the file alone can be moved."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def _one_at_a_time(lock: Path) -> Iterator[None]:
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _behind(path: Path) -> bool:
    """Whether this file has not seen every migration; asked at each start, so of SQLite itself and not of Tortoise."""
    known = {file.stem for file in MIGRATIONS.glob("[0-9]*.py")}
    with closing(sqlite3.connect(path)) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'tortoise_migrations'").fetchone():
            return True
        seen = database.execute("SELECT name FROM tortoise_migrations WHERE app = ?", (APP,)).fetchall()
    return not known <= {name for (name,) in seen}


async def _migrate(url: str, whole: bool) -> None:
    from tortoise.context import TortoiseContext
    from tortoise.transactions import in_transaction

    async with TortoiseContext() as context:
        await context.init(config=tortoise_config(url))
        if not whole:
            await _executor(context.db(), url).migrate()
            return
        executor = _executor(context.db(), url)
        await executor.recorder.ensure_schema(executor._schema_editor(atomic=False))
        async with in_transaction() as transaction:
            await _executor(transaction, url).migrate()


def _executor(connection: Any, url: str) -> Any:
    from tortoise.migrations.executor import MigrationExecutor

    return MigrationExecutor(connection, tortoise_config(url)["apps"])
