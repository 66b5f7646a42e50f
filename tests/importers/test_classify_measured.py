"""What the classifier reads in the real exports stays at least as right as it was measured to be."""

from collections import Counter
from pathlib import Path

from directory.vocab import Kind, Need
from tests.classify.measure import HALVES, labels, scores, together

ENOUGH = 10  # labelled records from which a share means something
OF_ALL = 0.91  # of every kind and need, over all draws
OF_ONE = 0.83  # in each draw
HARDEST = {("eighth", "outpatient"): 0.72}  # ten, most of them told by the keywords of one court's list


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
        assert len(found) >= 3
        for name, score in found.items():
            assert min(score.precision, score.recall) >= HARDEST.get((half, name), OF_ONE), (half, name)


def test_every_kind_and_need_with_enough_labels_is_right_nine_times_in_ten(samples: Path) -> None:
    found = {name: score for name, score in together(samples).items() if score.there >= ENOUGH}
    assert len(found) >= 20
    low = {name: (s.precision, s.recall) for name, s in found.items() if min(s.precision, s.recall) < OF_ALL}
    assert low == {}
