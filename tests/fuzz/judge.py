"""What must hold of any file: it is read to its end with every record accounted for, or refused in a sentence."""

import re
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from directory.errors import DirectoryError
from directory.listing import ListingDraft
from importers.run import read_feed

PATIENCE = 20  # seconds for one file of at most two megabytes
OUTCOMES = {"", "skipped", "held", "rejected"}
OURS = re.compile(r"Traceback|object at 0x|<class|Error\(|Exception")


class Broken(AssertionError): ...


@contextmanager
def within(seconds: int) -> Iterator[None]:
    def late(*_: Any) -> None:
        raise Broken(f"took longer than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def judge(path: Path, **options: Any) -> Counter[str]:
    """Read one feed; answers how its records ended ("refused" for a whole file). Broken names the promise not kept."""
    try:
        with within(PATIENCE):
            reading = read_feed([path], **options)
            results = list(reading.results())
    except DirectoryError as refused:
        sentence = str(refused)
        if " " not in sentence or len(sentence) > 800 or not sentence.isprintable() or OURS.search(sentence):
            raise Broken(f"refused without a sentence: {sentence!r}") from refused
        return Counter(refused=1)
    numbers = sorted(result.number for result in results)
    if numbers != list(range(1, len(results) + 1)):
        raise Broken(f"records are missing or counted twice: {numbers[:20]}")
    for result in results:
        _check(result)
    return Counter(result.outcome or "listing" for result in results)


def _check(result: Any) -> None:
    if result.outcome not in OUTCOMES:
        raise Broken(f"record {result.number} ended as {result.outcome!r}")
    if result.outcome and not result.reason:
        raise Broken(f"record {result.number} was {result.outcome} without a reason")
    if not result.outcome:
        if result.draft is None:
            raise Broken(f"record {result.number} is a listing without a draft")
        if result.draft.problems():
            raise Broken(f"record {result.number}: {result.draft.problems()}")
    if result.draft is not None and ListingDraft.from_dict(result.draft.as_dict()) != result.draft:
        raise Broken(f"record {result.number} does not survive being stored")
    if result.reason == "could not be read":  # our own reading broke: counted, since one record never spoils another
        raise Broken(f"record {result.number} broke its importer: {result.detail}")
