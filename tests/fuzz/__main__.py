"""`python -m tests.fuzz --inputs 200000`: mutated feeds of every source, on all cores; tells all that broke."""

import argparse
import json
import os
import resource
import tempfile
import time
import traceback
from collections import Counter
from functools import cache
from multiprocessing import Pool
from pathlib import Path
from random import Random
from typing import Any

from tests.conftest import SAMPLES
from tests.fuzz.judge import judge
from tests.fuzz.mutate import mutated
from tests.fuzz.seeds import Seed, seeds

MEMORY_DISK = Path("/dev/shm")  # noqa: S108 (a folder of its own is made in it, as anywhere)
IN_MEMORY = MEMORY_DISK if os.access(MEMORY_DISK, os.W_OK) else None
MEMORY = 2 * 2**30  # bytes a worker may have: beyond it a file is too hungry


def laid_out(seed: Seed, random: Random, folder: Path) -> Path:
    """The seed's feed as files, with one of them mutated."""
    chosen = random.choice(sorted(seed.files))
    for name, content in seed.files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(mutated(content, random) if name == chosen else content)
    return folder / Path(next(iter(seed.files))).parts[0]


def one(seed: Seed, number: int) -> tuple[Counter[str], str]:
    """How the records ended, and what broke ("" for nothing)."""
    with tempfile.TemporaryDirectory(prefix="fuzz-", dir=IN_MEMORY) as folder:
        path = laid_out(seed, Random(number), Path(folder))
        try:
            return judge(path, **seed.options), ""
        except Exception:
            return Counter(broken=1), traceback.format_exc(limit=-4)


@cache
def _seeds() -> list[Seed]:
    return seeds(SAMPLES)


def _slice(task: tuple[int, int, int, str]) -> tuple[Counter[str], Counter[str], list[dict[str, Any]], int]:
    first, count, start, only = task
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY * 4, MEMORY * 4))
    known = [seed for seed in _seeds() if only in seed.name]
    ended, per_source, broken = Counter[str](), Counter[str](), []
    for number in range(start + first, start + first + count):
        seed = known[number % len(known)]
        counts, trouble = one(seed, number)
        ended.update(counts)
        per_source[seed.name.split("/")[0]] += 1
        if trouble:
            broken.append({"seed": seed.name, "number": number, "trouble": trouble})
    return ended, per_source, broken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--start", type=int, default=0, help="number of the first input: another one is another run")
    parser.add_argument("--only", default="", help="seeds whose name holds these letters")
    chosen = parser.parse_args()
    step, began = 500, time.monotonic()
    tasks = [(n, min(step, chosen.inputs - n), chosen.start, chosen.only) for n in range(0, chosen.inputs, step)]
    ended, per_source, kinds, peak = Counter[str](), Counter[str](), Counter[str](), 0
    for number, seed in enumerate(_seeds()):  # loads all sources once, before the workers part
        one(seed, number)
    with Pool(os.cpu_count(), maxtasksperchild=20) as pool:
        for done, (counts, sources, broken, memory) in enumerate(pool.imap_unordered(_slice, tasks), 1):
            ended, per_source, peak = ended + counts, per_source + sources, max(peak, memory)
            for trouble in broken:
                last = trouble["trouble"].strip().splitlines()[-1][:160]
                kinds[last] += 1
                if kinds[last] <= 2:
                    print(json.dumps({**trouble, "trouble": trouble["trouble"][-700:]}), flush=True)
            if done % 20 == 0:
                print(
                    f"{done * step} inputs, {sum(kinds.values())} broken, {time.monotonic() - began:.0f} s", flush=True
                )
    print(f"{chosen.inputs} inputs in {time.monotonic() - began:.0f} s, {peak} MiB at most a process")
    print("records:", dict(ended.most_common()))
    print("inputs by source:", dict(per_source.most_common()))
    print("broken:", dict(kinds.most_common()) or "none")


if __name__ == "__main__":
    main()
