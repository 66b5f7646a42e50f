"""A file is written whole or not at all; what is no ordinary file is never replaced."""

import os
from pathlib import Path
from threading import Thread

import pytest

from directory.errors import BadQuestion
from directory.outfile import written


def test_an_older_file_stays_until_the_new_one_is_complete(tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    out.write_text("old")

    def broken_off() -> None:
        with written(out) as target:
            target.write("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    assert out.read_text() == "old"
    with written(out) as target:
        target.write("new")
    assert out.read_text() == "new"
    assert os.listdir(tmp_path) == ["out.txt"]


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    with written(pipe) as target:
        target.write("all of it")
    reader.join(10)
    assert read == ["all of it"]
    assert pipe.is_fifo()


def test_a_link_goes_on_pointing_where_it_did(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old")
    link.symlink_to(real)
    with written(link, binary=True) as target:
        target.write(b"new")
    assert link.is_symlink()
    assert real.read_text() == "new"


@pytest.mark.parametrize(
    ("name", "said"), [("", "is a folder"), ("none/out.txt", "There is no folder"), ("n" * 300, "cannot be written")]
)
def test_what_cannot_be_written_is_said_in_a_sentence(name: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(BadQuestion, match=said), written(tmp_path / name) as target:
        target.write("x")
    assert os.listdir(tmp_path) == []
