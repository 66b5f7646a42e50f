"""Counts of how the server runs, for Prometheus: which kind of page, how it ended, how long it took; never whose.

Each process counts for itself and writes its sums beside the others', at most every two seconds; whoever is asked adds
them up.
"""

import json
import os
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import monotonic

FOLDER = "run"
EVERY = 2.0  # seconds between two writings
BOUNDS = (5, 10, 25, 50, 100, 250, 1000, 5000)  # milliseconds
Key = tuple[str, ...]


class Meter:
    def __init__(self, home: Path) -> None:
        self._file = home / FOLDER / f"{os.getpid()}.json"
        self._written = 0.0
        self.pages: Counter[Key] = Counter()  # (route, method, status class)
        self.times: Counter[Key] = Counter()  # (route, upper bound of its milliseconds)
        self.spent: Counter[Key] = Counter()  # (route,) milliseconds in all

    def count(self, route: str, method: str, status: int, milliseconds: float) -> None:
        self.pages[route, method, f"{status // 100}xx"] += 1
        place = bisect_left(BOUNDS, milliseconds)
        self.times[route, str(BOUNDS[place]) if place < len(BOUNDS) else "+Inf"] += 1
        self.spent[(route,)] += round(milliseconds)
        if monotonic() - self._written > EVERY:
            self.write()

    def write(self) -> None:
        """A full disk costs the counts, never a page."""
        self._written = monotonic()
        sums = {name: [[*key, count] for key, count in getattr(self, name).items()] for name in SUMS}
        try:
            self._file.parent.mkdir(exist_ok=True)
            half = self._file.with_suffix(".part")
            half.write_text(json.dumps(sums))
            half.replace(self._file)
        except OSError:
            return

    def close(self) -> None:
        self._file.unlink(missing_ok=True)


SUMS = ("pages", "times", "spent")


def together(home: Path) -> dict[str, Counter[Key]]:
    """The sums of all processes that are alive; what a dead one left is cleared away."""
    total: dict[str, Counter[Key]] = {name: Counter() for name in SUMS}
    for file in sorted((home / FOLDER).glob("*.json")):
        if not _alive(file.stem):
            file.unlink(missing_ok=True)
            continue
        try:
            sums = json.loads(file.read_text())
        except (OSError, ValueError):
            continue
        for name in SUMS:
            for *key, count in sums[name]:
                total[name][tuple(key)] += count
    return total


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        pass
    return True


def exposition(sums: Mapping[str, Counter[Key]], gauges: Mapping[str, int]) -> str:
    """The text format 0.0.4 of Prometheus."""
    return "\n".join([*_pages(sums), *_times(sums), *_gauges(gauges)]) + "\n"


def _pages(sums: Mapping[str, Counter[Key]]) -> Iterator[str]:
    yield "# TYPE aftercare_pages_total counter"
    for (route, method, status), count in sorted(sums["pages"].items()):
        yield f'aftercare_pages_total{{route="{route}",method="{method}",status="{status}"}} {count}'


def _times(sums: Mapping[str, Counter[Key]]) -> Iterator[str]:
    yield "# TYPE aftercare_page_milliseconds histogram"
    for (route,), spent in sorted(sums["spent"].items()):
        running = 0
        for bound in [*map(str, BOUNDS), "+Inf"]:
            running += sums["times"][route, bound]
            yield f'aftercare_page_milliseconds_bucket{{route="{route}",le="{bound}"}} {running}'
        yield f'aftercare_page_milliseconds_sum{{route="{route}"}} {spent}'
        yield f'aftercare_page_milliseconds_count{{route="{route}"}} {running}'


def _gauges(gauges: Mapping[str, int]) -> Iterator[str]:
    for name, value in sorted(gauges.items()):
        yield f"# TYPE aftercare_{name} gauge"
        yield f"aftercare_{name} {value}"
