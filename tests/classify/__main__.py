"""`python -m tests.classify [FOLDER OF SAMPLES]`: precision and recall of each kind and need on both halves."""

import sys
from pathlib import Path

from tests.classify.measure import HALVES, labels, scores, table

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"


def main() -> None:
    samples = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES
    for half in HALVES:
        print(table(half, scores(samples, half)))
    print(f"{len(labels())} labelled records")


if __name__ == "__main__":
    main()
