"""Pairs of real records, labelled by reading both: where their feeds lie beside the checkout."""

import re
from collections import Counter
from pathlib import Path

from tests.same.real import figures, judged
from tests.same.records import REAL, labels


def test_there_are_enough_of_both_truths_in_both_halves() -> None:
    rows = labels()
    counts = Counter((row["half"], row["label"]) for row in rows)
    assert len(rows) >= 300
    assert all(counts[half, label] >= 50 for half in ("tune", "test") for label in ("same", "different"))


def test_a_pair_is_told_by_reference_only() -> None:
    text = REAL.read_text(encoding="utf-8")
    assert not re.search(r"\d{3}[-.) ]\d{3}-\d{4}", text)
    rows = labels()
    assert len({(row["a_feed"], row["a_record"], row["b_feed"], row["b_record"]) for row in rows}) == len(rows)
    assert all(row["why"] for row in rows)


def test_no_record_is_in_both_halves() -> None:
    rows = labels()
    sides = {
        half: {(row[f"{s}_feed"], row[f"{s}_record"]) for row in rows if row["half"] == half for s in "ab"}
        for half in ("tune", "test")
    }
    assert not sides["tune"] & sides["test"]


def test_real_links_are_right_a_person_is_asked_about_nearly_all_others_and_the_unsure_are_left(samples: Path) -> None:
    """One test, so that the feeds are read by one process: that takes all its time."""
    found = judged(samples)
    for half in ("tune", "test"):
        of_half = figures([pair for pair in found if pair.half == half])
        assert of_half.precision >= 0.98, half
        assert of_half.recall >= 0.75, half  # what is missing a person is asked about; docs/decisions.md says why
        assert of_half.with_queue >= 0.94, half
    unsure = [pair for pair in found if pair.label == "unsure"]  # what nobody can tell by reading
    assert sum(pair.became == "linked" for pair in unsure) <= 0.05 * len(unsure)
