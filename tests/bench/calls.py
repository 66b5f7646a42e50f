"""How listings decay, and what a fixed number of calls a week keeps true: `python -m tests.bench.calls`.

Rates are of studies that called (docs/freshness.md names them); the order of calls called "ours" is the directory's own
`worklist.urgency` over the half-lives of freshness.toml, which knows nothing of the rates here. Seeded, NumPy only.
"""

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from directory.freshness import half_life, ranks
from directory.search.query import Ages
from directory.vocab import Kind
from directory.worklist import urgency

DAYS_A_YEAR = 365.25
# Of 1,802 wrong listings 13.3% were right and 25.0% gone 540 days later: what directories mend by themselves.
MENDED_A_DAY = -log(1 - 0.383) / 540
FUNCTIONAL = 0.828  # of ten search tools; where decay and mending hold each other
DECAY_A_DAY = MENDED_A_DAY * (1 - FUNCTIONAL) / FUNCTIONAL
# How much faster a kind goes wrong than the mean of all. No study compares kinds: a spread, stated, to be varied.
SPREAD = {
    Kind.SUPPORT_GROUP: 1.0,
    Kind.SOBER_LIVING: 1.6,
    Kind.OUTPATIENT: 1.0,
    Kind.RESIDENTIAL: 0.7,
    Kind.COMMUNITY_SERVICE: 1.2,
}
SHARE = {
    Kind.SUPPORT_GROUP: 0.6,
    Kind.SOBER_LIVING: 0.1,
    Kind.OUTPATIENT: 0.15,
    Kind.RESIDENTIAL: 0.05,
    Kind.COMMUNITY_SERVICE: 0.1,
}
ANSWERED = 0.70  # 355 of 505 were reached; who is not is tried again
REPORTED_A_DAY = 0.003  # of wrong listings, by visitors: an assumption, varied below; two in three within a year
FALSE_REPORTS = 0.00005  # a day, of right ones
TOWNS = 40
POLICIES = ("none", "random", "oldest", "oldest, reports first", "ours, without reports", "ours")
KINDS = tuple(Kind)


@dataclass(frozen=True)
class Kept:
    """Over the last year of two: the share right, by listing and by use (risk is told by kind and scarcity)."""

    functional: float
    by_use: float


def simulate(
    policy: str, size: int, calls_a_week: int, weeks: int = 104, reported_a_day: float = REPORTED_A_DAY
) -> Kept:
    rng = np.random.default_rng(7)
    kinds = rng.choice(len(KINDS), size, p=[SHARE[kind] for kind in KINDS]).astype(np.int16)
    cells = (rng.zipf(1.5, size) % TOWNS).astype(np.int64)  # few large towns, many small ones
    decay = np.array([SPREAD[kind] for kind in KINDS])[kinds]
    decay *= DECAY_A_DAY * 7 / decay.mean()
    right = rng.random(size) < FUNCTIONAL
    checked = -rng.integers(0, 730, size)  # days before the start
    reported = np.zeros(size, bool)
    use = _use(kinds, cells)
    history = []
    for week in range(weeks):
        today = 7 * week
        right &= rng.random(size) >= decay
        right |= rng.random(size) < 7 * MENDED_A_DAY
        reported |= rng.random(size) < np.where(right, 7 * FALSE_REPORTS, 7 * reported_a_day)
        called = _order(policy, rng, today, checked, kinds, cells, reported)[:calls_a_week]
        reached = called[rng.random(len(called)) < ANSWERED]
        right[reached], checked[reached], reported[reached] = True, today, False
        if week >= weeks // 2:
            history.append((right.mean(), (right * use).sum()))
    functional, by_use = np.mean(history, axis=0)
    return Kept(float(functional), float(by_use))


def _order(
    policy: str,
    rng: np.random.Generator,
    today: int,
    checked: NDArray[np.int64],
    kinds: NDArray[np.int16],
    cells: NDArray[np.int64],
    reported: NDArray[np.bool_],
) -> NDArray[np.int64]:
    if policy == "none":
        return np.zeros(0, np.int64)
    if policy == "random":
        return rng.permutation(len(kinds))
    first = reported if policy in ("ours", "oldest, reports first") else np.zeros(len(kinds), bool)
    if policy.startswith("oldest"):
        return np.lexsort((checked, ~first))
    return np.lexsort((-urgency(_ages(checked, kinds, cells), today + 10_000)[1], ~first))


def _ages(checked: NDArray[np.int64], kinds: NDArray[np.int16], cells: NDArray[np.int64]) -> Ages:
    rates = np.array([np.mean([1 / (half_life(fact, kind) or 365) for fact in ranks(kind)]) for kind in KINDS])
    return Ages(
        ids=np.arange(len(kinds)),
        fresh_on=(checked + 10_000).astype(np.int32),
        fade=rates[kinds].astype(np.float32),
        kinds=kinds,
        cells=cells,
        kind_names=tuple(kind.value for kind in KINDS),
    )


def _use(kinds: NDArray[np.int16], cells: NDArray[np.int64]) -> NDArray[np.float64]:
    """Shares of all handoffs: kinds as a planner needs them, spread over the places of a kind in a town."""
    demand = np.array([0.25, 0.3, 0.25, 0.1, 0.1])[[KINDS.index(kind) for kind in KINDS]]
    together = cells * len(KINDS) + kinds
    _, inverse, counts = np.unique(together, return_inverse=True, return_counts=True)
    use = demand[kinds] / counts[inverse.reshape(-1)]
    return np.asarray(use / use.sum(), np.float64)


def calls_needed(
    policy: str, size: int, wanted: float = 0.95, by_use: bool = False, reported_a_day: float = REPORTED_A_DAY
) -> int | None:
    """Fewest calls a week that keep it, to half a percent of the listings; None when calling all would not."""
    step = max(size // 200, 1)
    low, high = 0, size // step
    if _kept(policy, size, size, by_use, reported_a_day) < wanted:
        return None
    while low < high:
        middle = (low + high) // 2
        if _kept(policy, size, middle * step, by_use, reported_a_day) >= wanted:
            high = middle
        else:
            low = middle + 1
    return low * step


def _kept(policy: str, size: int, calls: int, by_use: bool, reported_a_day: float) -> float:
    kept = simulate(policy, size, calls, reported_a_day=reported_a_day)
    return kept.by_use if by_use else kept.functional


def main() -> None:
    size = 4000
    print(f"{size:,} listings, two years, the second one measured; decay {DECAY_A_DAY * DAYS_A_YEAR:.1%} a year,")
    print(f"mended without us {MENDED_A_DAY * DAYS_A_YEAR:.1%} a year, {ANSWERED:.0%} of calls answered.\n")
    budgets = (20, 40, 80)
    print("| order of calls | " + " | ".join(f"{b} calls a week" for b in budgets) + " | a week for 95% | by use |")
    print("| --- |" + " --- |" * (len(budgets) + 2))
    for policy in POLICIES:
        shares = [f"{simulate(policy, size, calls).functional:.1%}" for calls in budgets]
        needed = [calls_needed(policy, size), calls_needed(policy, size, by_use=True)]
        told = ["never" if policy == "none" or n is None else str(n) for n in needed]
        print("| " + " | ".join([policy, *shares, *told]) + " |")
    print("\nOurs, as visitors report more or less of what is wrong:\n")
    print("| of wrong listings reported a day | a week for 95% | by use |\n| --- | --- | --- |")
    for rate in (0.0, 0.001, 0.003, 0.01):
        needed = [calls_needed("ours", size, by_use=by_use, reported_a_day=rate) for by_use in (False, True)]
        print(f"| {rate:.1%} | {needed[0]} | {needed[1]} |")


if __name__ == "__main__":
    main()
