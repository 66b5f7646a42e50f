"""How long a packet of twelve places takes: `python -m tests.bench.pdf [RUNS]` prints medians of clock and processor.

The promise is judged by the processor's time: on a busy machine the clock tells about the neighbours.
"""

import sys
from collections.abc import Sequence
from datetime import timedelta
from itertools import product
from statistics import median
from time import perf_counter, process_time

from directory.handoff import pdf
from tests.handoff.people import DISCHARGE, make_packet, twelve

MOST = 150.0  # milliseconds at the median


def measured(runs: int, **options: object) -> tuple[float, float]:
    """Median milliseconds by the clock and by the processor, of building the value and drawing it.

    Each packet differs from the one before, so that nothing is drawn from memory.
    """
    clock, processor = [], []
    for minute in range(runs):
        began, worked = perf_counter(), process_time()
        pdf.render(make_packet(twelve(), discharge=DISCHARGE + timedelta(minutes=minute), **options))
        clock.append((perf_counter() - began) * 1000)
        processor.append((process_time() - worked) * 1000)
    return median(clock), median(processor)


def main(arguments: Sequence[str]) -> int:
    runs = int(arguments[0]) if arguments else 15
    pdf.render(make_packet())  # fonts are loaded once a process
    slow = False
    for large, discreet in product((False, True), (False, True)):
        clock, processor = measured(runs, large_print=large, discreet=discreet)
        name = f"{'18' if large else '12'} point, {'discreet' if discreet else 'plain'}"
        print(f"{name:22} median {clock:6.1f} ms by the clock, {processor:6.1f} ms of processor")
        slow = slow or processor > MOST
    return int(slow)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
