"""What was measured, and the page that says so."""

import os
import platform
import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from tests.bench.mix import Named
from tests.bench.rivals import Reply

TITLES = {
    "ours": "This project",
    "tantivy": "Tantivy",
    "sqlite": "SQLite FTS5 and R*Tree",
    "postgres": "PostgreSQL and PostGIS",
    "whoosh": "Whoosh as it comes",
}
HEAD = [
    "engine",
    "p50",
    "p95",
    "p99",
    "p50 against ours",
    "p95 against ours",
    "build s",
    "disk MiB",
    "memory MiB",
    "opening ms",
    "first common word ms",
]
PACKAGES = ("numpy", "Whoosh", "tantivy", "asyncpg")
FOREWORD = """# Search, measured

Written by `make bench`; tests/bench/ has the listings, the questions and the engines. Times are milliseconds inside
each engine's process, for the page of 20, the exact total and the counts of every facet value. Every engine gets the
same terms and finds the same listings; this project's engine also answers with those beyond the radius and counts each
filtered facet as if it were not filtered, the others do not. Whoosh as it comes is asked three questions only, and not
at a million. Building includes making the terms, in Python for all. Memory counts the pages of files an engine has
mapped; of PostgreSQL it is the server's.
"""


@dataclass
class Measured:
    size: int
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    times: dict[str, dict[Named, list[float]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    totals: dict[Named, int] = field(default_factory=dict)
    changes: list[float] = field(default_factory=list)
    disagreements: list[str] = field(default_factory=list)

    def compare(self, question: Named, replies: dict[str, Reply]) -> None:
        """Totals always; counts of facets without a filter, which one engine counts differently on purpose."""
        first, one = next(iter(replies.items()))
        self.totals[question] = one.total
        for engine, other in replies.items():
            if other.total != one.total:
                self.disagreements.append(f"{question.name}: {first} finds {one.total}, {engine} {other.total}")
            elif not question.filtered and dict(other.counts) != dict(one.counts):
                differing = sorted(set(other.counts.items()) ^ set(one.counts.items()))[:4]
                self.disagreements.append(
                    f"{question.name}: {first} and {engine} count facets differently: {differing}"
                )


def page(measured: list[Measured]) -> str:
    return "\n".join([FOREWORD, _machine(), *(line for one in measured for line in _size(one))]) + "\n"


def _size(found: Measured) -> list[str]:
    parts = [f"\n## {found.size:,} listings\n", *_summary(found), "", *_groups(found), "", *_single(found), ""]
    if found.changes:
        parts.append(f"A changed listing is found {median(found.changes) * 1000:.0f} ms after its writing begins.")
    if found.disagreements:
        parts += ["", "Disagreements:", "", *(f"- {line}" for line in found.disagreements)]
    else:
        parts += ["", "All engines agree on every total, and on every facet count of the questions without a filter."]
    return parts


def _summary(found: Measured) -> list[str]:
    head = " | ".join(HEAD)
    ours = _percentiles(found, "ours") if "ours" in found.times else None
    return _table(head, [_row(found, engine, ours) for engine in found.facts])


def _row(found: Measured, engine: str, ours: Any) -> list[str]:
    facts = found.facts[engine]
    cells = ["", "", "", "", ""]
    if engine != "whoosh":
        ranks = _percentiles(found, engine)
        ratios = (
            [f"{rank / mine:.1f} ×" for rank, mine in zip(ranks[:2], ours[:2], strict=True)]
            if ours is not None
            else ["", ""]
        )
        cells = [*(f"{rank:.2f}" for rank in ranks), *ratios]
    weights = [f"{facts[name] / 2**20:.1f}" for name in ("disk", "memory")]
    opening = [f"{facts[name] * 1000:.0f}" for name in ("opening", "first")]
    return [TITLES[engine], *cells, f"{facts['build']:.1f}", *weights, *opening]


def _percentiles(found: Measured, engine: str) -> Any:
    every = [seconds for times in found.times[engine].values() for seconds in times]
    return np.percentile(every, [50, 95, 99]) * 1000


def _groups(found: Measured) -> list[str]:
    """The median of each sort of question."""
    engines = [engine for engine in found.facts if engine != "whoosh"]
    groups = list(dict.fromkeys(question.group for question in found.totals))
    rows = []
    for group in groups:
        cells = [
            [t for question, times in found.times[engine].items() if question.group == group for t in times]
            for engine in engines
        ]
        rows.append([group, *(f"{median(times) * 1000:.2f}" for times in cells)])
    return _table(" | ".join(["median of", *(TITLES[engine] for engine in engines)]), rows)


def _single(found: Measured) -> list[str]:
    engines = list(found.facts)
    rows = [
        [question.name, f"{total:,}", *(_cell(found.times[engine].get(question)) for engine in engines)]
        for question, total in found.totals.items()
    ]
    return _table(" | ".join(["median of one question", "found", *(TITLES[engine] for engine in engines)]), rows)


def _cell(times: list[float] | None) -> str:
    return f"{median(times) * 1000:.2f}" if times else ""


def _table(head: str, rows: list[list[str]]) -> list[str]:
    columns = head.count("|")
    return [f"| {head} |", "| --- |" + " ---: |" * columns, *(f"| {' | '.join(row)} |" for row in rows)]


def _machine() -> str:
    cpu = (
        next((line for line in _lines("/proc/cpuinfo") if line.startswith("model name")), ":unknown")
        .split(":")[1]
        .strip()
    )
    memory = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    versions = [
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        *filter(None, map(_version, PACKAGES)),
    ]
    return f"Machine: {os.cpu_count()} × {cpu}, {memory / 2**20:.0f} GiB of memory. {', '.join(versions)}."


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return ""


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []
