"""What goes wrong on the command line ends in one sentence on standard error, never in a traceback."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.apart import COMMAND, start
from tests.feeds import meetings, write_feed
from tests.ports import free_port
from tests.test_cli import aftercare, answer


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mishaps")
    feed = write_feed(folder / "feed.json", meetings(6))
    answer("import", feed, "--publisher", "Invented", "--yes", home=folder / "home")
    return folder / "home"


def refused(*arguments: str | Path, home: Path) -> str:
    done = aftercare(*arguments, home=home)
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    assert "Traceback" not in done.stderr
    sentence = done.stderr.strip()
    assert len(sentence.splitlines()) == 1
    assert "should not" not in sentence, sentence  # foreseen, not only caught
    return sentence


NEEDS = {
    "a number": '{"near": "43215", "needs": 5}',
    "an unknown need": '{"near": "43215", "medications": ["methadone"]}',
    "two genders": '{"near": "43215", "gender": ["women", "men"]}',
    "a language list": '{"near": "43215", "language": [1]}',
    "too deep": "[" * 50_000,
    "no object": "null",
}


@pytest.mark.parametrize("content", NEEDS.values(), ids=NEEDS.keys())
def test_a_needs_file_that_says_something_odd_is_refused(content: str, home: Path, tmp_path: Path) -> None:
    needs = tmp_path / "needs.json"
    needs.write_text(content)
    refused("match", needs, home=home)


def test_a_needs_file_from_a_windows_editor_is_read(home: Path, tmp_path: Path) -> None:
    needs = tmp_path / "needs.json"
    needs.write_text('{"near": "43215"}', encoding="utf-8-sig")
    assert set(answer("match", needs, home=home)) >= {"hits", "set"}


HUGE = "99999999999999999999999"
PACKET = ["handoff", "--near", "43215"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", HUGE],
        ["review", HUGE],
        ["review", "1", "--accept", "--record", HUGE],
        [*PACKET, "--discharge", "2026-11-23", "--pick", HUGE, "--out", "x.ics"],
        [*PACKET, "--discharge", "0001-01-01", "--pick", "1", "--out", "x.ics"],
        [*PACKET, "--discharge", "9999-12-31T23:59", "--pick", "1", "--out", "x.pdf"],
        [*PACKET, "--discharge", "2026-11-23", "--pick", "1", "--out", "none/x.pdf"],
        ["export", "--as", "csv", "--out", "none/x.csv"],
        ["export", "--as", "csv", "--out", "/"],
        ["match", "/nowhere.json"],
        ["import", "--map", "none/x.toml", "--suggest", str(Path(__file__).parents[1] / "seeds/recovery-homes.csv")],
    ],
    ids=lambda arguments: " ".join(arguments)[:60],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(arguments: list[str], home: Path) -> None:
    refused(*arguments, home=home)


@pytest.mark.parametrize(
    "arguments",
    [["review", "--accept"], ["review", "1", "--record", "5"], ["import", "x.json", "--publisher", "x" * 300]],
    ids=" ".join,
)
def test_options_that_make_no_sense_together_are_wrong_usage(arguments: list[str], home: Path) -> None:
    assert aftercare(*arguments, home=home).returncode == 2


def test_a_damaged_database_is_named_and_never_hangs(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(home, broken)
    (broken / "directory.sqlite3").write_bytes(b"garbage" * 5000)
    assert "database" in refused("search", "food", home=broken)
    monkeypatch.setenv("AFTERCARE_PORT", str(free_port()))
    assert "database" in refused("serve", home=broken)


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "²"), ("TIMEZONE", "America"), ("DATABASE", "postgres://[bad")],
)
def test_an_odd_setting_is_refused_by_name(name: str, value: str, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv(f"AFTERCARE_{name}", value)
    refused("search", "food", home=home)


@pytest.mark.parametrize("name", ["n" * 240, "a\nb", "\x1b[31mred", "ü 漢"])
def test_a_file_of_any_name_is_a_publisher_on_one_line(name: str, tmp_path: Path) -> None:
    feed = write_feed(tmp_path / f"{name}.json", meetings(3))
    report = answer("import", feed, "--yes", home=tmp_path / "h")
    assert report["new"] == 3
    assert report["publisher"].isprintable()
    assert len(report["publisher"]) <= 200
    assert answer("import", feed, "--yes", home=tmp_path / "h")["same"] == 3


def test_a_closed_standard_input_agrees_to_nothing(tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "feed.json", meetings(3))
    command = f'"{sys.executable}" -m directory import "{feed}" --json <&-'
    env = {**os.environ, "AFTERCARE_HOME": str(tmp_path / "h")}
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["new"] == 3
    assert answer("search", home=tmp_path / "h")["total"] == 0


def test_ctrl_c_ends_with_130_and_leaves_a_sound_directory(tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "feed.json", meetings(2500))
    home = tmp_path / "h"
    assert aftercare("init", home=home).returncode == 0
    command = [sys.executable, "-m", "directory", "import", str(feed), "--publisher", "Invented", "--yes"]
    process = subprocess.Popen(
        command, env={**os.environ, "AFTERCARE_HOME": str(home)}, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    until = time.monotonic() + 30
    log = home / "directory.sqlite3-wal"
    while time.monotonic() < until and not (log.exists() and log.stat().st_size > 100_000):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=30)[1]
    assert process.returncode == 130
    assert said.count("\n") == 1
    assert aftercare("check", home=home).returncode == 0
    assert answer("import", feed, "--publisher", "Invented", "--yes", home=home)["read"] == 2500
    assert answer("search", "--limit", "1", home=home)["total"] == 2500


def test_a_full_disk_is_one_sentence_and_what_is_public_stays(tmp_path: Path) -> None:
    """SQLite itself is told that the disk ends: a quota of pages stands in for a small disk."""
    feed, home = write_feed(tmp_path / "feed.json", meetings(5)), tmp_path / "h"
    answer("import", feed, "--publisher", "Small", "--yes", home=home)
    more = write_feed(tmp_path / "more.json", meetings(1500))
    driver = (
        "import sqlite3, sys\n"
        "from tortoise.backends.sqlite import client\n"
        "real = client.SqliteClient.create_connection\n"
        "async def small(self, *args, **kwargs):\n"
        "    await real(self, *args, **kwargs)\n"
        "    await self._connection.execute('PRAGMA max_page_count=60')\n"
        "client.SqliteClient.create_connection = small\n"
        "from directory import cli\n"
        "cli.main()\n"
    )
    done = start(driver, "import", more, "--publisher", "Big", "--yes", AFTERCARE_HOME=str(home)).ended()
    assert done.returncode == 1
    assert done.stderr.startswith("The disk is full")
    assert len(done.stderr.strip().splitlines()) == 1
    assert answer("search", home=home)["total"] == 5
    assert answer("import", more, "--publisher", "Big", "--yes", home=home)["new"] == 1500


def test_two_imports_at_once_take_turns(tmp_path: Path) -> None:
    home = tmp_path / "h"
    running = []
    for name, count in (("One", 400), ("Two", 300)):
        feed = write_feed(tmp_path / f"{name}.json", meetings(count))
        words = ["import", feed, "--publisher", name, "--yes", "--json"]
        running.append(start(COMMAND, *words, AFTERCARE_HOME=str(home)))
    reports = [json.loads(process.ended().stdout) for process in running]
    assert [report["new"] for report in reports] == [400, 300]
    assert answer("search", "--limit", "1", home=home)["total"] == 400  # what both tell of is one place
    assert aftercare("check", home=home).returncode == 0
