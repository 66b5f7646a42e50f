"""How long a packet of twelve places takes: `python -m tests.bench.pdf [RUNS]` prints the median and the slowest."""

import sys
from collections.abc import Sequence
from datetime import timedelta
from itertools import product
from statistics import median
from time import perf_counter

from directory.handoff import pdf
from tests.handoff.people import DISCHARGE, make_packet, twelve

MOST = 150.0  # milliseconds at the median


def measured(runs: int, **options: object) -> list[float]:
    """Milliseconds of each run, building the value and drawing it; each packet differs, so that nothing is cached."""
    taken = []
    for minute in range(runs):
        began = perf_counter()
        pdf.render(make_packet(twelve(), discharge=DISCHARGE + timedelta(minutes=minute), **options))
        taken.append((perf_counter() - began) * 1000)
    return taken


def main(arguments: Sequence[str]) -> int:
    runs = int(arguments[0]) if arguments else 15
    pdf.render(make_packet())  # fonts are loaded once a process
    slow = False
    for large, discreet in product((False, True), (False, True)):
        taken = measured(runs, large_print=large, discreet=discreet)
        name = f"{'18' if large else '12'} point, {'discreet' if discreet else 'plain'}"
        print(f"{name:22} median {median(taken):6.1f} ms, slowest {max(taken):6.1f} ms")
        slow = slow or median(taken) > MOST
    return int(slow)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
