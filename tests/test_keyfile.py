"""A key file is made once, for its owner only, and is never replaced by another: what it opened would be lost."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.errors import BadSettings
from directory.keyfile import BYTES, FOLDER, Key, _read, add, keep_only, keys

NAME = "made-up.keys"
DAY = date(2026, 5, 5)
stored = st.builds(
    Key, st.from_regex(r"[0-9a-f]{8}", fullmatch=True), st.binary(min_size=32, max_size=32), st.none() | st.dates()
)


def test_the_first_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: keys(tmp_path, NAME), range(16)))
    file = tmp_path / FOLDER / NAME
    assert len(made) == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert os.listdir(file.parent) == [NAME]


def test_two_processes_at_once_get_the_same_key(tmp_path: Path) -> None:
    code = (
        f"from pathlib import Path; from directory.keyfile import keys; print(keys(Path({str(tmp_path)!r}), {NAME!r}))"
    )
    running = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(3)]
    told = {process.communicate(timeout=60)[0] for process in running}
    assert told == {f"{keys(tmp_path, NAME)}\n".encode()}


def test_two_homes_and_two_names_have_different_keys(tmp_path: Path) -> None:
    assert len({keys(tmp_path / home, name) for home in "ab" for name in ("x", "y")}) == 4


@pytest.mark.parametrize(
    "content",
    [b"", b"aa", b"aa 00", b"aa zz", b"\n", b"aa " + b"0" * 63, b"\xc3\xa9 " + b"0" * 64, b"a" * BYTES, b"\xff" * 31,
     b"aa " + b"0" * 64 + b" 2026-1", b"aa " + b"0" * 64 + b" 2026-05-05 x", b"PK\x03\x04\x00"],
)  # fmt: skip
def test_a_file_that_is_cut_short_or_something_else_is_said_and_never_replaced(tmp_path: Path, content: bytes) -> None:
    keys(tmp_path, NAME)
    (tmp_path / FOLDER / NAME).write_bytes(content)
    for act in (lambda: keys(tmp_path, NAME), lambda: add(tmp_path, NAME, DAY), lambda: keep_only(tmp_path, NAME, ())):
        with pytest.raises(BadSettings, match=f"{FOLDER}/{NAME} .*; put a whole copy back"):
            act()
    assert (tmp_path / FOLDER / NAME).read_bytes() == content


@given(st.lists(stored, min_size=1, max_size=4))
def test_keys_are_read_as_they_were_written(made: list[Key]) -> None:
    assert _read("".join(key.line() for key in made).encode()) == tuple(made)


def test_a_lone_key_without_a_line_is_read_and_kept_when_another_is_added(tmp_path: Path) -> None:
    keys(tmp_path, NAME)
    (tmp_path / FOLDER / NAME).write_bytes(bytes(range(200, 200 + BYTES)))
    old = keys(tmp_path, NAME)
    assert [key.secret for key in old] == [bytes(range(200, 200 + BYTES))]
    made = add(tmp_path, NAME, DAY)
    assert keys(tmp_path, NAME) == (*old, made)


def test_a_new_key_is_the_last_and_a_half_written_one_of_a_killed_process_is_cleared_away(tmp_path: Path) -> None:
    first = keys(tmp_path, NAME)
    left = tmp_path / FOLDER / f"{NAME}.0badcafe"
    left.write_text("aa 0")
    made = add(tmp_path, NAME, DAY)
    assert keys(tmp_path, NAME) == (*first, made)
    assert made.made_on == DAY
    assert os.listdir(tmp_path / FOLDER) == [NAME]
    assert stat.S_IMODE((tmp_path / FOLDER / NAME).stat().st_mode) == 0o600


def test_keys_are_taken_out_by_name_but_never_the_last(tmp_path: Path) -> None:
    first = keys(tmp_path, NAME)[0]
    add(tmp_path, NAME, DAY)
    last = add(tmp_path, NAME, DAY)
    assert keep_only(tmp_path, NAME, [first.id]) == 1
    assert keys(tmp_path, NAME) == (first, last)
    assert keep_only(tmp_path, NAME, []) == 1
    assert keep_only(tmp_path, NAME, []) == 0
    assert keys(tmp_path, NAME) == (last,)
