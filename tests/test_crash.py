"""kill -9 at any instant of an import: nothing half-written is public, and importing again ends in the same state."""

import shutil
import signal
from pathlib import Path
from typing import Any

import pytest

from directory.models import Batch, Listing
from directory.review import recover
from directory.runtime import opened
from directory.settings import Settings
from directory.shadow import disagreements
from tests.apart import Ended, start
from tests.feeds import meetings, write_feed
from tests.test_cli import aftercare

COUNT, CHUNK = 220, 100  # more than two chunks, as a large feed has of 500 records each
# Kills the import at its Nth write to the database or the index; prints how many there were when N is never reached.
DRIVER = """
import os, signal, sys
from tortoise.backends.sqlite import client
from directory import cli, review, staging
from directory.search import whoosh_engine
limit, chunk, seen = int(sys.argv.pop(1)), int(sys.argv.pop(1)), 0
staging.CHUNK = review.CHUNK = chunk

def counted(name, original):
    async def step(*args, **kwargs):
        tick()
        answer = await original(*args, **kwargs)
        tick()
        return answer
    return step

def counted_sync(original):
    def step(*args, **kwargs):
        tick()
        answer = original(*args, **kwargs)
        tick()
        return answer
    return step

def tick():
    global seen
    seen += 1
    if seen == limit:
        os.kill(os.getpid(), signal.SIGKILL)

for kind in (client.SqliteClient, client.SqliteTransactionWrapper):
    for name in ("execute_insert", "execute_many", "execute_query", "commit", "execute_script"):
        if name in vars(kind):
            setattr(kind, name, counted(name, vars(kind)[name]))
os.replace = counted_sync(os.replace)
os.rename = counted_sync(os.rename)
whoosh_engine.WhooshEngine.write = counted_sync(whoosh_engine.WhooshEngine.write)
whoosh_engine.WhooshEngine.rebuild = counted_sync(whoosh_engine.WhooshEngine.rebuild)
try:
    cli.main()
finally:
    print("steps", seen)
"""


def run_import(home: Path, feed: Path, limit: int) -> Ended:
    words = ["import", feed, "--publisher", "Invented", "--yes"]
    return start(DRIVER, limit, CHUNK, *words, AFTERCARE_HOME=str(home)).ended()


async def state(home: Path) -> list[Any]:
    """Everything public, after the next start mended what the crash left."""
    async with opened(Settings(home=str(home)), shared=True) as rt:
        await recover(rt)
        assert await disagreements(rt) == []
        assert await Batch.filter(status__in=["staging", "applying"]).count() == 0
        rows = await Listing.filter(status="active").order_by("key").values("key", "name", "data", "said", "raw_said")
        return [tuple(row.items()) for row in rows]


@pytest.fixture(scope="module")
def feed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_feed(tmp_path_factory.mktemp("feed") / "feed.json", meetings(COUNT))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with its tables and nothing in it, as there is before any import but the very first."""
    home = tmp_path_factory.mktemp("made") / "home"
    assert aftercare("init", home=home).returncode == 0
    return home


@pytest.fixture(scope="module")
def steps(feed: Path, made: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """How many there are of a whole import, into a home that is not there yet and into one that is."""
    folder = tmp_path_factory.mktemp("whole")
    shutil.copytree(made, folder / "made")
    whole = {name: run_import(folder / name, feed, 10**9) for name in ("new", "made")}
    assert {done.returncode for done in whole.values()} == {0}, whole
    return {name: int(done.stdout.split("steps")[1]) for name, done in whole.items()}


SHARES = [
    ("new", 0.2),
    ("new", 0.5),
    *(("made", share) for share in (0.1, 0.2, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.94, 0.99)),
]


@pytest.mark.parametrize(("into", "share"), SHARES)
async def test_a_kill_at_any_point_loses_nothing_and_leaves_nothing_half_written(
    into: str, share: float, feed: Path, made: Path, steps: dict[str, int], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    if into == "made":
        shutil.copytree(made, home)
    killed = run_import(home, feed, max(1, int(steps[into] * share)))
    assert killed.returncode == -signal.SIGKILL
    left = await state(home)
    again = aftercare("import", feed, "--publisher", "Invented", "--yes", home=home)
    assert again.returncode == 0, again.stderr
    whole = await state(home)
    assert len(whole) == COUNT
    assert set(map(str, left)) <= set(map(str, whole))
