"""`aftercare account` and `aftercare audit`: the first admin, and a trail that shows a hand in it."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.test_cli import aftercare, answer


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("account") / "home"
    made = aftercare("account", "add", "Ana Ruiz", "--role", "admin", home=folder)
    assert made.returncode == 0, made.stderr
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/welcome/[\w-]{43}", made.stdout.strip())
    return folder


def test_accounts_are_listed_with_what_matters(home: Path) -> None:
    (row,) = [one for one in answer("account", "list", home=home) if one["name"] == "Ana Ruiz"]
    assert row == {
        "name": "Ana Ruiz", "role": "admin", "codes": False, "disabled": False, "waiting": True, "demo": False,
    }  # fmt: skip
    assert "admin    Ana Ruiz (waiting)" in aftercare("account", "list", home=home).stdout


def typed(home: Path, name: str, line: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "directory", "account", "add", name, "--role", "planner", "--password"]
    env = {**os.environ, "AFTERCARE_HOME": str(home)}
    return subprocess.run(command, input=line, capture_output=True, text=True, check=False, env=env)


def test_a_password_is_read_from_a_line_of_input_and_shown_nowhere(home: Path) -> None:
    done = typed(home, "Ben", "four calm words here\n")
    assert (done.returncode, done.stdout) == (0, "")
    assert "four calm" not in done.stderr
    short = typed(home, "Cem", "short\n")
    assert (short.returncode, "12 characters" in short.stderr) == (1, True)
    assert "Cem" not in aftercare("account", "list", home=home).stdout


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["add", "ana  RUIZ", "--role", "admin"], 1, "already"),
        (["add", "Dora", "--role", "owner"], 2, "admin, planner or reader"),
        (["role", "Ana Ruiz", "planner"], 1, "last admin"),
        (["disable", "Ana Ruiz"], 1, "last admin"),
        (["reset", "Nobody"], 1, "no account"),
        (["enable", "Nobody"], 1, "no account"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(home: Path, arguments: list[str], code: int, told: str) -> None:
    done = aftercare("account", *arguments, home=home)
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_hand_in_the_trail_is_named_and_the_check_fails(home: Path) -> None:
    whole = aftercare("audit", "--verify", home=home)
    assert whole.returncode == 0
    end = whole.stdout.strip()
    assert aftercare("audit", "--verify", "--end", end, home=home).returncode == 0
    first = answer("audit", home=home)[-1]
    assert (first["number"], first["who"], first["what"], first["object"]) == (
        1,
        "command line",
        "invited",
        "account 1",
    )
    with closing(sqlite3.connect(home / "directory.sqlite3")) as database, database:
        database.execute("DROP TRIGGER audit_entry_unchanged")
        database.execute("UPDATE audit_entry SET who = 'nobody' WHERE number = 1")
    broken = aftercare("audit", "--verify", home=home)
    assert (broken.returncode, broken.stdout, broken.stderr.strip()) == (
        1, "", "Entry 1 was changed after it was written.",
    )  # fmt: skip
    assert aftercare("check", home=home).returncode == 1
    assert aftercare("audit", "--end", end, home=home).returncode == 2
