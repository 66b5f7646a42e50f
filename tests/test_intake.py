"""Uploads on their way: told while they run, swept when their server died, never two in each other's way."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from directory import intake
from directory.errors import NotFound
from directory.models import Batch
from directory.runtime import Runtime, opened
from directory.settings import Settings
from tests.feeds import meetings, write_feed


@pytest.fixture
async def rt(tmp_path: Path) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(tmp_path / "home")), shared=True) as runtime:
        yield runtime


async def test_each_feed_of_a_job_is_staged_and_a_broken_one_blocks_no_other(rt: Runtime) -> None:
    home = rt.settings.home_path
    job, folder = intake.open_job(home)
    junk = folder / "junk.json"
    junk.write_bytes(b"[{")
    feeds = [[junk], [write_feed(folder / "feed.json", meetings(3))]]
    await intake.run(rt, job, folder, intake.hold(folder), feeds, {"publisher": "Invented"})
    told = intake.find_job(home, job.id)
    assert (told.status, told.running) == ("done", False)
    assert [bool(one["batch"]) for one in told.ended] == [False, True]
    assert told.ended[0]["told"]
    assert not (folder / "feed.json").exists()
    assert await Batch.filter(status="staged").count() == 1


async def test_a_job_whose_server_died_says_so_and_is_swept(rt: Runtime) -> None:
    home = rt.settings.home_path
    job, folder = intake.open_job(home)
    write_feed(folder / "feed.json", meetings(3))
    intake.note(folder, job)
    alive = intake.hold(folder)
    assert [one.id for one in intake.running(home)] == [job.id]
    intake.sweep(home)
    assert folder.exists()
    alive.close()  # as the kernel does when the process is killed
    assert "Send the file again" in intake.find_job(home, job.id).ended[-1]["told"]
    assert intake.running(home) == []
    intake.sweep(home)
    assert not folder.exists()
    with pytest.raises(NotFound):
        intake.find_job(home, job.id)


@pytest.mark.parametrize("odd", ["..", "../..", "", "a/b", "zzzz"])
def test_no_name_of_a_job_leads_elsewhere(tmp_path: Path, odd: str) -> None:
    with pytest.raises(NotFound):
        intake.find_job(tmp_path, odd)
