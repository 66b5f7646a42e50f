"""A server beside other processes: it shows what they import, and starts whole after a crash."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import httpx

from directory.app import create_app
from directory.models import Batch, Publisher
from directory.runtime import opened
from directory.settings import Settings
from tests.feeds import meetings, write_feed
from tests.ports import free_port
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


def test_several_processes_answer_at_one_address(tmp_path: Path) -> None:
    """And all of them stop when the first is told to."""
    port = str(free_port())
    env = {**os.environ, "AFTERCARE_HOME": str(tmp_path / "h"), "AFTERCARE_PORT": port}
    command = [sys.executable, "-m", "directory", "serve", "--workers", "2"]
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr
            assert port in server.stderr.readline()
            transport = httpx.HTTPTransport(retries=8)  # each waits twice as long for the port as the one before
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", transport=transport) as browser:
                assert browser.get("/healthz").json()["listings"] == 0
                assert "Nothing found" in browser.post("/search", data={"place": "43215"}).text
            family = Path(f"/proc/{server.pid}/task/{server.pid}/children")
            assert not family.exists() or len(family.read_text().split()) >= 2
        finally:
            server.terminate()
        server.wait(timeout=20)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", int(port)))
