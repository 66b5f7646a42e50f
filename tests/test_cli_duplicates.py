"""`aftercare duplicates`: the queue, why, and what a person decides."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from directory.cli import app
from directory.runtime import opened
from directory.settings import Settings
from tests.duplicates.world import clinic, say

runner = CliRunner()


@pytest.fixture
def ids(tmp_path: Path) -> tuple[int, int]:
    async def run() -> tuple[int, int]:
        async with opened(Settings(home=str(tmp_path / "home")), shared=True) as rt:
            [a] = await say(rt, "First", clinic(name="Cedar Point Detox"))
            [b] = await say(rt, "Second", clinic(name="Cedar Point Outpatient"))
            return a, b

    return asyncio.run(run())


def verb(*words: object, code: int = 0) -> str:
    done = runner.invoke(app, ["duplicates", *map(str, words)])
    assert done.exit_code == code, done.output
    return done.output


def told(*words: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(verb(*words, "--json"))
    return found


def test_the_queue_is_shown_with_its_reasons(ids: tuple[int, int]) -> None:
    shown = verb()
    assert "1 pair waits for you." in shown
    assert "They share a phone number." in shown
    found = told()
    assert [found["waiting"], found["queue"][0]["a"]["id"], found["queue"][0]["b"]["id"]] == [1, *ids]


def test_a_decision_is_made_shown_and_taken_back(ids: tuple[int, int]) -> None:
    a, b = ids
    number = told("--link", a, b, "--lead", b)["decision"]
    assert told("--why", b, a)["together"]
    assert told()["groups"] == 1
    assert told("--undo", number) == {"undone": number, "a": a, "b": b}
    assert "two places" in verb("--why", a, b)
    assert "kept apart" in verb("--apart", a, b)
    assert told()["waiting"] == 0
    assert "by command line" in verb("--why", a, b)


def test_the_whole_directory_is_compared_and_checked(ids: tuple[int, int]) -> None:
    assert told("--all")["compared"] == 2
    assert "2 listings" in verb("--all")
    assert runner.invoke(app, ["check"]).exit_code == 0


def test_wrong_use_is_refused_in_a_sentence(ids: tuple[int, int]) -> None:
    a, b = ids
    assert "One thing at a time" in verb("--link", a, b, "--apart", a, b, code=2)
    assert "--lead goes with --link" in verb("--lead", a, code=2)
    assert "both be public" in verb("--link", a, 999, code=1)
    assert "no decision" in verb("--undo", 77, code=1)
