"""How well pairs are told apart: `python -m tests.same.measure [SEED]`; with a seed on pairs made anew.

Linked by the rules counts as found; so does queued, for a person decides that. Precision is that of the links.
"""

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from directory.same.facts import facts_of, keys
from directory.same.reasons import Grade, Verdict
from directory.same.scoring import compare
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


def main() -> None:
    found = measure(pairs(int(sys.argv[1])) if len(sys.argv) > 1 else labelled())
    queued, right = found.asked
    print(f"{found.of(True)} same, {found.of(False)} different")
    print(f"links: precision {found.precision:.3f}, recall {found.recall_linked:.3f}")
    print(f"links and queue: recall {found.recall:.3f}; {queued} queued, {right} of them the same place")
    grouped = Counter((pair["same"], pair["how"], verdict.grade.value) for pair, verdict in found.wrong)
    for (same, how, grade), n in sorted(grouped.items()):
        print(f"  {'same' if same else 'different'}, {grade}: {how} ({n})")


if __name__ == "__main__":
    main()
