"""What the classifier reads in the real exports stays at least as right as it was measured to be."""

from collections import Counter
from pathlib import Path

from directory.vocab import Kind, Need
from tests.classify.measure import HALVES, labels, scores

ENOUGH = 10  # labelled records from which a share means something
FLOORS = {half: 0.8 for half in HALVES[:-1]} | {HALVES[-1]: 0.9}  # the last is the test: the others were looked at


def test_labels_use_our_words_and_name_each_record_once() -> None:
    found = labels()
    assert max(Counter((label.file, label.number) for label in found).values()) == 1
    assert {label.half for label in found} == set(HALVES)
    for label in found:
        assert {*label.kinds} <= {kind.value for kind in Kind}
        assert {*label.needs, *label.may} <= {need.value for need in Need} | {"*"}
        assert bool(label.kinds) == (label.on_topic == "yes")


def test_kinds_and_needs_are_right_as_often_as_measured(samples: Path) -> None:
    for half in HALVES:
        found = {name: score for name, score in scores(samples, half).items() if score.there >= ENOUGH}
        assert len(found) >= 4
        low = {name: (s.precision, s.recall) for name, s in found.items() if min(s.precision, s.recall) < FLOORS[half]}
        assert low == {}, half
