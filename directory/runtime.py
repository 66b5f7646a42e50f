"""Opens settings, database, search and locator together; every verb takes the result."""

import asyncio
import fcntl
import gc
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from directory.errors import BadSettings
from directory.geo import Locator
from directory.search.query import Engine
from directory.settings import Settings
from directory.tables import bring_up_to_date, tortoise_config
from directory.visitors import forget


@dataclass(frozen=True, slots=True)
class Runtime:
    settings: Settings
    engine: Engine
    locator: Locator
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)  # one writer in this process

    @asynccontextmanager
    async def alone(self, wait: bool = True) -> AsyncIterator[bool]:
        """The one writer of this home, across processes; freed by the kernel when a process dies.

        Yields False at once when somebody else is writing and `wait` is off.
        """
        async with self.writing:
            with (self.settings.home_path / "write.lock").open("w") as handle:
                try:
                    if wait:
                        await asyncio.to_thread(fcntl.flock, handle, fcntl.LOCK_EX)
                    else:
                        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    yield False
                else:
                    yield True


@contextmanager
def in_use(home: Path, *, alone: bool = False) -> Iterator[bool]:
    """Held by every process that has this home open; False at once when another one stands in the way."""
    with (home / "in-use.lock").open("w") as handle:
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _look_inside(settings: Settings) -> None:
    """A damaged file is refused here: the database's own thread would never come back from opening it."""
    file = Path(settings.database_url.removeprefix("sqlite://"))
    if settings.database_url.startswith("sqlite://") and file.exists():
        with closing(sqlite3.connect(file)) as database:
            database.execute("SELECT count(*) FROM sqlite_master").fetchone()


@asynccontextmanager
async def opened(settings: Settings, *, shared: bool = False) -> AsyncIterator[Runtime]:
    """A runtime over AFTERCARE_HOME, its tables brought up to date; `shared` lets every task of the process use it."""
    try:
        settings.home_path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSettings(f"AFTERCARE_HOME cannot be used ({error.strerror}): {settings.home_path}") from None
    with in_use(settings.home_path) as free:
        if not free:
            raise BadSettings("A backup is being put into this home; wait until that is done.")
        async with _opened(settings, shared) as rt:
            yield rt


@asynccontextmanager
async def _opened(settings: Settings, shared: bool) -> AsyncIterator[Runtime]:
    from tortoise.context import TortoiseContext
    from tortoise.exceptions import ConfigurationError, DBConnectionError, OperationalError

    from directory.search.whoosh_engine import WhooshEngine

    try:
        forget(settings.home_path, datetime.now(UTC))
        _look_inside(settings)
        await bring_up_to_date(settings)
    except (DBConnectionError, OperationalError, ConfigurationError, ValueError, OSError, sqlite3.Error) as error:
        raise BadSettings(f"The database cannot be opened: {error}") from None
    gc.set_threshold(50_000, 20, 100)  # or the collector, looking through every ZIP, takes a fifth of an import
    async with TortoiseContext() as context:
        await context.init(config=tortoise_config(settings.database_url), _enable_global_fallback=shared)
        engine = await asyncio.to_thread(WhooshEngine, settings.index_path)
        try:
            yield Runtime(settings, engine, Locator())
        finally:
            engine.close()
