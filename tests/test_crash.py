"""kill -9 at any instant of an import: nothing half-written is public, and importing again ends in the same state."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from directory.models import Batch, Listing
from directory.review import recover
from directory.runtime import opened
from directory.settings import Settings
from directory.shadow import disagreements
from tests.feeds import meetings, write_feed
from tests.test_cli import aftercare

COUNT, CHUNK = 220, 100  # more than two chunks, as a large feed has of 500 records each
# Kills the import at its Nth write to the database or the index; prints how many there were when N is never reached.
DRIVER = """
import os, signal, sys
from tortoise.backends.sqlite import client
from directory import staging
limit, staging.CHUNK, seen = int(sys.argv.pop(1)), int(sys.argv.pop(1)), 0
from directory.search import whoosh_engine  # whoever applies a chunk takes its size from staging when first imported
from directory import cli

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


def run_import(home: Path, feed: Path, limit: int) -> subprocess.CompletedProcess[str]:
    words = ["import", str(feed), "--publisher", "Invented", "--yes"]
    command = [sys.executable, "-c", DRIVER, str(limit), str(CHUNK), *words]
    env = {**os.environ, "AFTERCARE_HOME": str(home)}
    return subprocess.run(command, capture_output=True, text=True, env=env, check=False, timeout=120)


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
def steps(feed: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    done = run_import(tmp_path_factory.mktemp("whole"), feed, 10**9)
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split("steps")[1])


@pytest.mark.parametrize("share", [0.2, 0.35, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.94, 0.97, 0.99])
async def test_a_kill_at_any_point_loses_nothing_and_leaves_nothing_half_written(
    share: float, feed: Path, steps: int, tmp_path: Path
) -> None:
    killed = run_import(tmp_path, feed, max(1, int(steps * share)))
    assert killed.returncode == -signal.SIGKILL
    left = await state(tmp_path)
    again = aftercare("import", feed, "--publisher", "Invented", "--yes", home=tmp_path)
    assert again.returncode == 0, again.stderr
    whole = await state(tmp_path)
    assert len(whole) == COUNT
    assert set(map(str, left)) <= set(map(str, whole))
