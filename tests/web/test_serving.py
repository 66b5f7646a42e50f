"""A server beside other processes: it shows what they import, and starts whole after a crash."""

import asyncio
import shutil
from pathlib import Path

from directory.app import create_app
from directory.models import Batch, Publisher
from directory.runtime import opened
from directory.settings import Settings
from tests.feeds import meetings, write_feed
from tests.test_cli import answer
from tests.web.conftest import TestClient


def test_a_running_server_shows_what_another_process_imports(tmp_path: Path) -> None:
    home, feed = tmp_path / "h", write_feed(tmp_path / "feed.json", meetings(5))
    with TestClient(create_app(Settings(home=str(home)))) as client:
        assert "Nothing found" in client.post("/search", data={"place": "43215"}).text
        answer("import", feed, "--publisher", "Invented", "--yes", home=home)
        assert "5 places" in client.post("/search", data={"place": "43215"}).text
        write_feed(feed, meetings(4))
        answer("import", feed, "--publisher", "Invented", "--yes", home=home)
        assert "4 places" in client.post("/search", data={"place": "43215"}).text


def test_a_server_that_starts_after_a_crash_finishes_it_first(tmp_path: Path) -> None:
    home, feed = tmp_path / "h", write_feed(tmp_path / "feed.json", meetings(5))
    answer("import", feed, "--publisher", "Invented", "--yes", home=home)

    async def crash() -> int:
        async with opened(Settings(home=str(home)), shared=True):
            publisher = await Publisher.all().first()
            await Batch.create(publisher=publisher, source="meeting-guide", files=[], status="staging")
            return await Batch.all().count()

    assert asyncio.run(crash()) == 2
    shutil.rmtree(home / "index")
    with TestClient(create_app(Settings(home=str(home)))) as client:
        assert client.get("/healthz").json()["listings"] == 5
        assert "5 places" in client.post("/search", data={"place": "43215"}).text
    assert len(answer("review", "1", home=home)) == 1
    assert answer("search", home=home)["total"] == 5
