"""What somebody searches for and where is written nowhere: marked words go through a real server, then everything
it wrote is searched for them."""

import asyncio
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from directory.runtime import opened
from directory.security import accounts, sessions
from directory.security.roles import Role
from directory.security.sessions import Stage
from directory.settings import Settings
from directory.web.cookie import PLAIN
from directory.web.doors import TOKEN_HEADER
from tests.ports import free_port
from tests.web import site

WORDS, PLACE = "zqxcanarywords", "zqxcanaryplace"
TOWN = "43701"  # a place the server knows, so that the marked question is really answered
# Not the same five digits inside a digest, the fraction of a second, or an offset in a PDF.
MARKS = re.compile(rb"zqxcanary|(?:(?<![0-9a-f])|(?<=%20)|(?<=%2C))43701(?![0-9a-f])|zanesville", re.I)
FAULT = f"{WORDS}fault"  # answered with an exception that holds the words
# The real command line, with one search that breaks inside and takes the words with it.
DRIVER = """
from directory.web import public
real = public.ask
def ask(engine, query, *others, **named):
    if "fault" in query.words:
        raise ValueError("nobody may log " + query.words + " near " + str(query.near))
    return real(engine, query, *others, **named)
public.ask = ask
from directory import cli
cli.main()
"""


class Server:
    def __init__(self, port: int, ids: dict[str, int], written: list[Path], planner: str) -> None:
        self.port, self.ids, self.written, self.planner = port, ids, written, planner

    def ask(
        self, method: str, path: str, fields: list[tuple[str, str]] | None = None, session: str = ""
    ) -> tuple[int, str, bytes]:
        """Status, all headers as text, body; with the session of an account when one is given."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        body = urlencode(fields) if fields is not None else None
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://x.example/?{WORDS}"}
        if session:
            kind |= {"Cookie": f"{PLAIN}={session}", TOKEN_HEADER: sessions.form_token(session)}
        with closing(connection):
            connection.request(method, path, body, kind)
            answer = connection.getresponse()
            return answer.status, str(answer.headers), answer.read()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = tmp_path_factory.mktemp("canary")
    home, temp, here, log = root / "home", root / "temp", root / "here", root / "server.log"
    temp.mkdir()
    here.mkdir()
    ids, planner = site.fill(home), asyncio.run(_planner(home))
    port = free_port()
    project = str(Path(__file__).parents[2])
    env = {**os.environ, "AFTERCARE_HOME": str(home), "AFTERCARE_PORT": str(port), "TMPDIR": str(temp),
           "PYTHONPATH": project, "HOME": str(here), "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, "-c", DRIVER, "serve"], stdout=out, stderr=out, env=env, cwd=here)
        try:
            _await(port, process)
            yield Server(port, ids, [home, temp, here, log], planner)
        finally:
            process.terminate()
            process.wait(20)


async def _planner(home: Path) -> str:
    """The token of a planner's session."""
    settings, now = Settings(home=str(home)), datetime.now(UTC)
    async with opened(settings, shared=True):
        paula = await accounts.add("Paula", Role.PLANNER, "tests", now)
        return await sessions.start(paula, Stage.FULL, "", settings, now)


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    pytest.fail("the server did not start")


def files_of(places: list[Path]) -> list[Path]:
    return [file for place in places for file in ([place] if place.is_file() else place.rglob("*")) if file.is_file()]


def test_the_marks_are_found_wherever_they_are_written_and_not_in_a_digest_or_a_time() -> None:
    for written in (b"place=43701&", b"OH+43701", b"OH%2043701", b"OH%2C43701", b'"43701"', b"Zanesville"):
        assert MARKS.search(written), written
    for other in (b"12:00:00.437012", b"3f43701c", b"0000043701 00000 n"):
        assert not MARKS.search(other), other


def test_what_a_planner_chose_is_in_no_log_no_file_and_no_address(server: Server) -> None:
    leaving = datetime.now(UTC).date() + timedelta(days=40)
    chosen = [
        ("place", TOWN),
        ("leave_day", leaving.isoformat()),
        ("leave_hour", "16:47"),
        ("supply_through", (leaving + timedelta(days=3)).isoformat()),
        ("q", WORDS),
        ("pick", str(server.ids["clinic"])),
        ("pick", str(server.ids["food"])),
        ("ticked_for", "x"),
    ]
    for path in ("", "/places", "/week", "/packet", "/handoff.pdf", "/copy.pdf", "/handoff.ics", "/handoff.json"):
        status, headers, _ = server.ask("POST", f"/planner{path}", chosen, server.planner)
        assert status == 200, path
        assert not MARKS.search(headers.encode())
    # The hour alone, for what was written at 16:47 by the clock says so too; with its day the day is found.
    marks = re.compile(rb"(?<![:\d])16:47(?!:\d)|" + leaving.isoformat().encode() + rb"|" + MARKS.pattern, re.I)
    for file in files_of(server.written):
        assert not marks.search(file.read_bytes()), file
        assert not marks.search(str(file).encode())


def test_what_was_searched_is_in_no_log_and_no_file(server: Server) -> None:
    picks = [("pick", str(server.ids[key])) for key in ("clinic", "tue", "online")]
    for place in (PLACE, TOWN, "Zanesville, OH"):
        asked = [("q", WORDS), ("place", place), *picks, ("facet", "payment=medicaid"), ("when", "tonight")]
        for path in (
            "/search",
            "/list",
            "/",
            "/families",
            f"/listing/{server.ids['clinic']}",
            "/handoff",
            "/handoff/handoff.pdf",
        ):
            assert server.ask("POST", path, asked)[0] == 200
        assert server.ask("GET", "/search?" + urlencode(asked))[0] == 200
        assert server.ask("POST", "/search", [("q", FAULT), ("place", place)])[0] == 500
    assert server.ask("GET", f"/{WORDS}?place={TOWN}")[0] == 404
    assert server.ask("GET", f"/mine/{WORDS}")[0] == 404
    assert server.ask("POST", "/mine", [("code", WORDS)])[0] == 303
    assert server.ask("POST", f"/mine/{WORDS}", [("delete", "1")])[0] == 200
    assert server.ask("PUT", f"/search?q={WORDS}")[0] == 405
    assert server.ask("POST", "/search", [("q", WORDS * 10_000)])[0] == 422
    written = files_of(server.written)
    assert any(file.name == "server.log" and b"ValueError" in file.read_bytes() for file in written)  # it does log
    for file in written:
        assert not MARKS.search(file.read_bytes()), file
        assert file.name != "server.log" or not re.search(rb"(GET|POST|PUT) /", file.read_bytes())  # no log of visits
        assert not MARKS.search(str(file).encode())


def test_what_was_searched_is_in_no_address_and_no_title_after_the_form(server: Server) -> None:
    asked = [("q", WORDS), ("place", TOWN), ("pick", str(server.ids["tue"]))]
    for path in ("/search", "/list", "/handoff", f"/listing/{server.ids['tue']}"):
        status, headers, body = server.ask("POST", path, asked)
        assert status == 200
        assert not MARKS.search(headers.encode())
        title = re.search(rb"<title>(.*?)</title>", body, re.S)
        assert title
        assert not MARKS.search(title[1])
        page = re.sub(rb'<details class="share">.*?</details>', b"", body, flags=re.S)  # a link made on purpose
        for address in re.findall(rb'(?:href|src|action)="([^"]*)"', page):
            assert not MARKS.search(address), address


@pytest.mark.parametrize("name", ["handoff.pdf", "handoff.ics", "handoff.vcf", "handoff.txt"])
def test_a_handoff_carries_nothing_of_the_search(server: Server, name: str) -> None:
    picks = [("pick", str(server.ids[key])) for key in ("clinic", "tue", "online")]
    status, headers, body = server.ask("POST", f"/handoff/{name}", [("q", WORDS), ("place", TOWN), *picks])
    assert status == 200
    assert not MARKS.search(headers.encode())
    assert not MARKS.search(body)
    if name.endswith(".pdf"):
        reader = PdfReader(BytesIO(body))
        told = [*(page.extract_text() for page in reader.pages), str(reader.metadata), str(reader.xmp_metadata)]
        assert not MARKS.search(" ".join(told).encode())
    if name.endswith(".ics"):
        assert Calendar.from_ical(body).walk("VEVENT")
