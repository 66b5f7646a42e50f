"""A server killed in the middle of an upload leaves nothing behind, and sweeps no upload of another that lives."""

import asyncio
import signal
import socket
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from directory import intake
from directory.models import Batch
from directory.runtime import opened
from directory.security import accounts, sessions
from directory.security.roles import Role
from directory.security.sessions import Stage
from directory.settings import Settings

SERVER = """
import sys, uvicorn
from directory.app import create_app
from directory.settings import Settings
server = uvicorn.Server(uvicorn.Config(create_app(Settings(home=sys.argv[1])), fd=int(sys.argv[2]), log_level="error"))
server.run()
"""
HEAD = (
    "POST /admin/imports/upload HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: aftercare={cookie}\r\nX-Form-Token: {token}\r\n"
    "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 900000\r\n\r\n"
    '--b\r\nContent-Disposition: form-data; name="files"; filename="feed.json"\r\n\r\n'
)


def admin(settings: Settings) -> str:
    async def run() -> str:
        async with opened(settings, shared=True):
            account = await accounts.add("Ada", Role.ADMIN, "tests", now := datetime.now(UTC))
            return await sessions.start(account, Stage.FULL, "", settings, now)

    return asyncio.run(run())


def arriving(home: Path) -> list[Path]:
    return [file for file in home.glob("incoming/*/feed.json") if file.stat().st_size]


def test_a_server_killed_in_the_middle_of_an_upload_leaves_nothing(tmp_path: Path) -> None:
    settings = Settings(home=str(tmp_path / "home"))
    cookie = admin(settings)
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        command = [sys.executable, "-W", "ignore", "-c", SERVER, settings.home, str(listening.fileno())]
        with subprocess.Popen(command, pass_fds=[listening.fileno()]) as server:
            with socket.create_connection(listening.getsockname(), timeout=20) as line:
                head = HEAD.format(cookie=cookie, token=sessions.form_token(cookie))
                line.sendall(head.encode() + b'[{"name": "half of it' * 5000)
                while not arriving(settings.home_path):
                    assert server.poll() is None
                    threading.Event().wait(0.02)
                intake.sweep(settings.home_path)  # another worker starts meanwhile
                assert arriving(settings.home_path)
                server.send_signal(signal.SIGKILL)
    intake.sweep(settings.home_path)  # the next start
    assert not list(settings.home_path.glob("incoming/*"))

    async def batches() -> int:
        async with opened(settings, shared=True):
            return await Batch.all().count()

    assert asyncio.run(batches()) == 0
