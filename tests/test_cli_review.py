"""Review on the command line: decisions on one record, on all that are alike, on a whole batch, and taking it back."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from directory.cli import app
from tests.feeds import meeting, meetings, write_feed


def run(*words: str, code: int = 0) -> Any:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output
    return result


def load(tmp_path: Path, records: Any, *words: str) -> None:
    run("import", str(write_feed(tmp_path / "feed.json", records)), "--publisher", "Invented", *words)


def exported(tmp_path: Path) -> str:
    run("export", "--as", "csv", "--out", str(tmp_path / "all.csv"))
    return (tmp_path / "all.csv").read_text()


def test_all_that_are_alike_are_decided_and_the_batch_keeps_to_it(tmp_path: Path) -> None:
    load(tmp_path, meetings(3), "--yes")
    load(tmp_path, [*meetings(3, name="Other"), meeting(9)])
    told = run("review", "2", "--leave-alike", "changed")
    assert "Decided: 3 records." in told.output
    run("review", "2", "--accept")
    text = exported(tmp_path)
    assert "Group 9" in text
    assert "Other" not in text
    back = run("review", "2", "--undo", "--reason", "wrong file")
    assert "Taken back: 1 of 1 listings, as batch 3." in back.output
    assert "Group 9" not in exported(tmp_path)
    run("check")
    shown = json.loads(run("review", "3", "--json").stdout)
    assert shown[0]["undoes"] == 2


def test_what_cannot_be_done_is_refused_in_a_sentence(tmp_path: Path) -> None:
    load(tmp_path, meetings(3), "--yes")
    assert "Say why" in run("review", "1", "--undo", code=1).output
    assert "An outcome is one of" in run("review", "1", "--accept-alike", "odd", code=1).output
    assert "at a time" in run("review", "1", "--accept", "--undo", code=2).output
    assert "Say which batch" in run("review", "--undo", code=2).output


@pytest.mark.parametrize(("words", "code"), [((), 2), (("Nobody",), 1), (("--due",), 0), (("A", "--due"), 2)])
def test_fetching_asks_for_one_publisher_or_what_is_due(words: tuple[str, ...], code: int) -> None:
    run("fetch", *words, code=code)
