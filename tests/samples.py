"""`python -m tests.samples [FOLDER]`: each real sample through the importers and the command line, as a Markdown table.

Two processes a feed. One reads it and finds its places: what became of its records, and how many of its listings have a
point on the map. The other is `aftercare import --dry-run --json` into an empty home: its seconds (the clock's, and the
processor's own, since a busy machine spoils the first) and the memory it held at most.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from directory.catalog import placed as on_the_map
from directory.errors import DirectoryError
from directory.geo import Locator
from importers.run import read_feed

SAMPLES = Path(__file__).parents[2] / "shared" / "samples"
TABLES = 3  # CSV files beside each other that are one feed
OUTCOMES = ("skipped", "held", "rejected")
MIB = 2**10  # ru_maxrss is in KiB


@dataclass(frozen=True)
class Spent:
    """What one process answered and took: exit code, texts, seconds, peak MiB."""

    code: int
    told: str
    complained: str
    seconds: float
    processor: float
    peak: int


def feeds(samples: Path) -> list[Path]:
    """Every file that might be a feed; a folder of tables is one."""
    files = [f for f in sorted(samples.rglob("*")) if f.is_file() and "schema" not in f.parts and f.suffix != ".md"]
    many = Counter(file.parent for file in files if file.suffix == ".csv")
    folders = {folder for folder, count in many.items() if count >= TABLES}
    return sorted(folders | {file for file in files if file.parent not in folders})


def look(path: Path) -> dict[str, Any]:
    """What becomes of each record of a feed, or the sentence in which it is refused."""
    try:
        reading = read_feed([path])
        outcomes, places, placed = Counter[str](), 0, 0
        locator = Locator()
        for result in reading.results():
            outcomes[result.outcome or "listed"] += 1
            if result.draft is not None and result.draft.place is not None:
                places += 1
                place = on_the_map(result.draft, locator).place
                placed += place is not None and place.located
    except DirectoryError as refused:
        return {"refused": str(refused)}
    return {**outcomes, "source": reading.source, "read": outcomes.total(), "places": places, "placed": placed}


def spend(command: list[str], **env: str) -> Spent:
    """Run to the end, and what it took."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        began = time.monotonic()
        child = subprocess.Popen(command, stdout=out, stderr=err, env={**os.environ, **env})
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.monotonic() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        taken = used.ru_utime + used.ru_stime
        return Spent(child.returncode, out.read(), err.read(), seconds, taken, used.ru_maxrss // MIB)


def row(path: Path, samples: Path) -> str:
    """The line of the table for one feed; raises where its accounts do not add up."""
    found = json.loads(spend([sys.executable, "-m", "tests.samples", "--look", str(path)]).told)
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "directory", "import", str(path), "--dry-run", "--json"]
        done = spend(command, AFTERCARE_HOME=home)
    name = path.relative_to(samples)
    if "refused" in found:
        assert done.code == 1, (name, done.code)
        return f"| `{name}` | refused: {found['refused'][:160]} | | | | | |"
    told = json.loads(done.told)
    parts = {outcome: found.get(outcome, 0) for outcome in ("listed", *OUTCOMES)}
    assert told["read"] == found["read"] == sum(parts.values()), (name, told, found)
    assert told["read"] == sum(told[word] for word in ("new", "changed", "same", *OUTCOMES)), (name, told)
    account = f"{found['read']:,} = " + " + ".join(f"{count:,} {word}" for word, count in parts.items() if count)
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(told["kinds"].items()))
    placed = f"{found['placed'] / found['places']:.0%}" if found["places"] else ""
    took = f"{done.seconds:.1f} ({done.processor:.1f})"
    return f"| `{name}` | {found['source']} | {account} | {kinds} | {placed} | {took} | {done.peak} |"


def main() -> None:
    if sys.argv[1:2] == ["--look"]:
        print(json.dumps(look(Path(sys.argv[2]))))
        return
    samples = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else SAMPLES
    print("| feed | source | records | kinds | placed | seconds (processor) | MiB |")
    print("| --- | --- | --- | --- | ---: | ---: | ---: |")
    for path in feeds(samples):
        print(row(path, samples), flush=True)


if __name__ == "__main__":
    main()
