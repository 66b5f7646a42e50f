"""Precision and recall of what the classifier reads, against labels a person gave.

A label has one kind or, where a person could not choose, several; `needs` must be found, `may` (or "*") may be: its
presence counts neither way. Records a person was unsure to be on topic do not count, nor do those that the classifier
holds for a person to decide; `held` tells how many these are.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from importers.classify import MAY_BE_OFF_TOPIC, Meaning, classify
from tests.classify.told import told

LABELS = Path(__file__).with_name("labels.csv")
# In the order in which they were drawn and looked at.
HALVES = ("tune", "test", "last", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
TOPIC = "on topic"


@dataclass(frozen=True)
class Label:
    file: str
    number: int
    half: str  # one of HALVES
    on_topic: str  # yes, no, unsure
    kinds: tuple[str, ...]
    needs: tuple[str, ...]
    may: tuple[str, ...]


@dataclass
class Score:
    right: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def there(self) -> int:
        return self.right + self.missed

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 1.0


@cache
def labels() -> tuple[Label, ...]:
    with LABELS.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Label(
                row["file"],
                int(row["number"]),
                row["half"],
                row["on_topic"],
                *(tuple(row[column].split()) for column in ("kinds", "needs", "may")),
            )
            for row in csv.DictReader(lines)
        )


def readings(samples: Path, half: str) -> Iterator[tuple[Label, Meaning]]:
    read = told(samples)
    mine = [label for label in labels() if label.half == half]
    yield from ((label, classify(read[place])) for label in mine if (place := (label.file, label.number)) in read)


@cache
def scores(samples: Path, half: str) -> dict[str, Score]:
    """By "on topic", kind and need."""
    right: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for label, meaning in readings(samples, half):
        if label.on_topic == "unsure" or meaning.doubt == MAY_BE_OFF_TOPIC:
            continue
        wanted = {TOPIC} if label.on_topic == "yes" else set()
        said = {TOPIC} if meaning.on_topic else set()
        if meaning.on_topic:
            fits = meaning.kind.value in label.kinds
            wanted |= {meaning.kind.value} if fits else set(label.kinds[:1])
            said |= {meaning.kind.value}
            found = set(meaning.facets.get("need", ()))
            said |= found - (found if "*" in label.may else set(label.may)) | found & set(label.needs)
        else:
            wanted |= set(label.kinds[:1])
        wanted |= set(label.needs)
        right.update(wanted & said)
        missed.update(wanted - said)
        wrong.update(said - wanted)
    return {name: Score(right[name], missed[name], wrong[name]) for name in {*right, *missed, *wrong}}


def together(samples: Path) -> dict[str, Score]:
    """The scores of all draws as one."""
    found: dict[str, Score] = {}
    for half in HALVES:
        for name, one in scores(samples, half).items():
            sum_ = found.setdefault(name, Score())
            sum_.right, sum_.missed, sum_.wrong = (
                sum_.right + one.right,
                sum_.missed + one.missed,
                sum_.wrong + one.wrong,
            )
    return found


def held(samples: Path, half: str) -> tuple[int, int]:
    """How many of how many records are left to a person."""
    sure = [meaning.doubt for label, meaning in readings(samples, half) if label.on_topic != "unsure"]
    return sure.count(MAY_BE_OFF_TOPIC), len(sure)


def table(half: str, found: dict[str, Score]) -> str:
    lines = [f"{half:22}there  precision  recall"]
    for name, score in sorted(found.items(), key=lambda one: -one[1].there):
        lines.append(f"  {name:20}{score.there:5}  {score.precision:9.2f}  {score.recall:6.2f}")
    return "\n".join(lines) + "\n"
