"""How well pairs are told apart: `python -m tests.same [SEED]`; with a seed on invented pairs made anew.
`--rivals` lists anew the records that the tests of real pairs read (records.py).

Precision and recall are those of the links; "with queue" counts also the pairs that a person is asked about. Real pairs
are measured where the sample feeds lie beside the checkout (real.py).
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from directory.same.facts import facts_of, keys
from directory.same.reasons import Grade, Verdict
from directory.same.scoring import compare
from tests.conftest import SAMPLES
from tests.same import real
from tests.same.invent import PAIRS, pairs


@dataclass
class Measured:
    """Of labelled pairs: how many of each truth were linked and queued, and those that went wrong."""

    counts: Counter[tuple[bool, str]] = field(default_factory=Counter)
    wrong: list[tuple[dict[str, Any], Verdict]] = field(default_factory=list)

    def of(self, same: bool, *grades: str) -> int:
        return sum(n for (truth, grade), n in self.counts.items() if truth is same and (not grades or grade in grades))

    @property
    def precision(self) -> float:
        return self.of(True, "sure") / max(self.of(True, "sure") + self.of(False, "sure"), 1)

    @property
    def recall_linked(self) -> float:
        return self.of(True, "sure") / max(self.of(True), 1)

    @property
    def recall(self) -> float:
        return self.of(True, "sure", "unsure") / max(self.of(True), 1)

    @property
    def asked(self) -> tuple[int, int]:
        """Pairs in the queue, and how many of them are the same place."""
        return self.of(True, "unsure") + self.of(False, "unsure"), self.of(True, "unsure")


def judged(pair: dict[str, Any]) -> Verdict:
    """As the directory would: strangers that share no key are never compared."""
    a, b = facts_of(1, 1, pair["a"]), facts_of(2, 2, pair["b"])
    return compare(a, b) if keys(a) & keys(b) else Verdict(Grade.OTHER, 0.0, ())


def labelled() -> list[dict[str, Any]]:
    return [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def measure(many: list[dict[str, Any]]) -> Measured:
    found = Measured()
    for pair in many:
        verdict = judged(pair)
        found.counts[pair["same"], verdict.grade.value] += 1
        if verdict.grade != ("sure" if pair["same"] else "other"):
            found.wrong.append((pair, verdict))
    return found


def table(found: Measured, samples: Path) -> Iterator[str]:
    """A line for each set; the real ones only where their feeds are, and those of one feed by themselves."""
    yield f"{'':16} {'same':>5} {'different':>10} {'precision':>10} {'recall':>7} {'with queue':>11}"
    shown: list[tuple[Any, ...]] = [
        ("invented", found.of(True), found.of(False), found.precision, found.recall_linked, found.recall)
    ]
    for one in real.SETS if samples.is_dir() else ():
        pairs_ = [pair for pair in real.judged(samples, whole=True) if pair.half == one]
        for name, two_feeds in ((f"real, {one}", True), (f"  {one}, one feed", False)):
            of = real.figures([pair for pair in pairs_ if pair.two_feeds is two_feeds])
            if of.same + of.different:
                shown.append((name, of.same, of.different, of.precision, of.recall, of.with_queue))
    for name, same, different, precision, recall, queued in shown:
        found_any = f"{precision:10.3f} {recall:7.3f} {queued:11.3f}" if same else f"{'none the same':>30}"
        yield f"{name:16} {same:5} {different:10} {found_any}"


def told(samples: Path) -> Iterator[str]:
    """Of the real pairs, what went another way than its label says; and whether the tests read what they must."""
    whole = real.judged(samples, whole=True)
    for name, two_feeds in (("of two feeds", True), ("of one feed", False)):
        unsure = [pair for pair in whole if pair.label == "unsure" and pair.two_feeds is two_feeds]
        linked = sum(pair.became == "linked" for pair in unsure)
        yield f"Of {len(unsure)} real pairs {name} that nobody can tell by reading, {linked} are linked."
    wrong = [p for p in whole if p.label != "unsure" and (p.label == "same") != (p.became == "linked")]
    for why, n in Counter((pair.half, pair.label, pair.became, pair.why) for pair in wrong).items():
        yield f"  {', '.join(why)} ({n})"
    if [pair.became for pair in whole] != [pair.became for pair in real.judged(samples)]:
        yield "rivals.csv is out of date: python -m tests.same --rivals"


def main() -> None:
    if sys.argv[1:] == ["--rivals"]:
        print(f"{real.rivals(SAMPLES)} rivals of the records in real.csv.")
        return
    found = measure(pairs(int(sys.argv[1])) if len(sys.argv) > 1 else labelled())
    lines = told(SAMPLES) if SAMPLES.is_dir() else ["The real pairs are not measured: no sample feeds are here."]
    for line in (*table(found, SAMPLES), *lines):
        print(line)
    grouped = Counter((pair["same"], pair["how"], verdict.grade.value) for pair, verdict in found.wrong)
    for (same, how, grade), n in sorted(grouped.items()):
        print(f"  {'same' if same else 'different'}, {grade}: {how} ({n})")


if __name__ == "__main__":
    main()
