"""`python -m tests.classify [SAMPLES]`: precision and recall of each kind and need, and whether the seed drew them."""

import sys
from pathlib import Path

from tests.classify.draw import every
from tests.classify.measure import HALVES, held, labels, scores, table, together

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"


def main() -> None:
    samples = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES
    for half in HALVES:
        print(
            table(half, scores(samples, half)), "  of {1} records, {0} held for a person\n".format(*held(samples, half))
        )
    print(table("all", together(samples)))
    told = sorted((label.file, label.number, label.half) for label in labels())
    seeded = told == sorted(every(samples))
    print(f"{len(told)} labelled records, {'as' if seeded else 'NOT as'} the seed draws them")


if __name__ == "__main__":
    main()
