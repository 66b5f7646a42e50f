"""Feeds gone wrong are read with every record accounted for, or refused in a sentence.

`python -m tests.fuzz` tries many more.
"""

import json
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.__main__ import laid_out
from tests.fuzz.judge import Broken, judge
from tests.fuzz.mutate import MUTATIONS, mutated
from tests.fuzz.seeds import seeds

SEEDS = seeds(None)
EACH = 6


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_a_mutated_feed_breaks_nothing(seed: "object", tmp_path: Path) -> None:
    for number in range(EACH):
        judge(laid_out(seed, Random(number), tmp_path / str(number)), **seed.options)  # type: ignore[arg-type,attr-defined]


def test_the_judge_sees_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = tmp_path / "feed.json"
    feed.write_text(
        json.dumps(
            [
                {
                    "name": "Invented",
                    "slug": "a",
                    "day": 1,
                    "time": "19:00",
                    "address": "1 Example St",
                    "city": "Columbus",
                    "state": "OH",
                }
            ]
        )
    )
    assert judge(feed)["listing"] == 1

    def broken(*_: object) -> object:
        raise ZeroDivisionError("our fault")

    monkeypatch.setattr("importers.sources.meeting_guide.draft", broken)
    with pytest.raises(Broken, match="broke its importer"):
        judge(feed)


def test_every_mutation_changes_something_and_takes_anything() -> None:
    whole = json.dumps([{"name": f"Invented {n}", "city": "Columbus"} for n in range(20)], indent=1).encode()
    for mutation in MUTATIONS:
        assert any(mutation(whole, Random(n)) != whole for n in range(20)), mutation
    for content in (b"", b"\x00", b"\xff\xfe", b"a,b\n1,2\n"):
        assert all(isinstance(mutated(content, Random(n)), bytes) for n in range(60))
