"""Measure search engines on the same listings with the same questions: python -m tests.bench.run --sizes 10000 100000

Each engine has processes of its own, one that builds and one that answers; every question goes to each engine in turn
before the next one, so that a busy moment of the machine meets them all.
"""

import argparse
import importlib.util
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tests import postgres
from tests.bench.mix import FOR_ALL, Named, questions
from tests.bench.report import Measured, page
from tests.bench.rivals import ENGINES, Reply
from tests.bench.worker import build, serve

SIZES, ROUNDS = [10_000, 100_000, 1_000_000], 7  # the first round warms up and is not counted
NEEDS = {"tantivy": "tantivy", "postgres": "asyncpg"}
AT_MOST = {"whoosh": 100_000}  # listings; it would build for hours
SPAWN = get_context("spawn")


def main() -> None:
    asked = _arguments()
    engines = [name for name in asked.engines if _there(name)]
    measured = []
    for size in asked.sizes:
        measured.append(measure(size, engines, asked.rounds))
        print(page(measured[-1:]), flush=True)
    if asked.write:
        asked.write.write_text(page(measured), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.run", description="Measure search engines.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many listings, one run each")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES), help="who takes part")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="times each question is asked, warming up included")
    parser.add_argument("--write", type=Path, help="also write the report to this file")
    return parser.parse_args()


def _there(engine: str) -> bool:
    if engine in NEEDS and importlib.util.find_spec(NEEDS[engine]) is None:
        print(f"{engine} is left out: Python package {NEEDS[engine]} is not installed")
        return False
    return True


def measure(size: int, engines: list[str], rounds: int) -> Measured:
    found = Measured(size)
    with ExitStack() as stack:
        pipes = {}
        for engine in engines:
            if size > AT_MOST.get(engine, size):
                print(f"{engine} is left out above {AT_MOST[engine]:,} listings")
                continue
            place = stack.enter_context(_place(engine))
            if place is None:
                print(f"{engine} is left out: its server is not installed")
                continue
            print(f"{size:,} listings: {engine} builds …", flush=True)
            found.facts[engine] = {"build": _built(engine, place, size)}
            pipes[engine] = stack.enter_context(_serving(engine, place))
            found.facts[engine] |= pipes[engine].recv()
        for turn in range(rounds):
            for number, question in enumerate(questions()):
                _ask(pipes, question, turn + number, found, keep=turn > 0)
        for engine, pipe in pipes.items():
            found.facts[engine] |= _told(pipe, "weigh", None)
        if "ours" in pipes:
            found.changes = _told(pipes["ours"], "change", size)
    return found


def _ask(pipes: dict[str, Any], question: Named, turn: int, found: Measured, keep: bool) -> None:
    """One question to each engine in turn, each time beginning with another one."""
    replies: dict[str, Reply] = {}
    names = [name for name in pipes if name != "whoosh" or question.name in FOR_ALL]
    for engine in names[turn % len(names) :] + names[: turn % len(names)]:
        seconds, replies[engine] = _told(pipes[engine], "ask", question.query)
        if keep:
            found.times[engine][question].append(seconds)
    if not keep:
        found.compare(question, replies)


def _told(pipe: Any, what: str, argument: Any) -> Any:
    pipe.send((what, argument))
    return pipe.recv()


def _built(engine: str, place: str, size: int) -> float:
    here, there = SPAWN.Pipe()
    process = SPAWN.Process(target=build, args=(there, engine, place, size))
    process.start()
    there.close()
    try:
        return float(here.recv())
    finally:
        process.join()


@contextmanager
def _serving(engine: str, place: str) -> Iterator[Any]:
    here, there = SPAWN.Pipe()
    process = SPAWN.Process(target=serve, args=(there, engine, place), daemon=True)
    process.start()
    there.close()
    try:
        yield here
    finally:
        process.terminate()
        process.join()


@contextmanager
def _place(engine: str) -> Iterator[str | None]:
    """A folder for the engine's files; for PostgreSQL the address of a server of its own."""
    if engine != "postgres":
        with tempfile.TemporaryDirectory(prefix=f"aftercare-bench-{engine}-") as folder:
            yield folder
    elif (cluster := postgres.start()) is None:
        yield None
    else:
        try:
            _more_memory(cluster)
            yield cluster.url
        finally:
            cluster.stop()


def _more_memory(cluster: postgres.Cluster) -> None:
    sql = "ALTER SYSTEM SET shared_buffers = '1GB'"
    cluster.run("psql", "-h", str(cluster.folder), "-U", "tester", "-d", "postgres", "-c", sql)
    cluster.run("pg_ctl", "-D", f"{cluster.folder}/data", "-w", "-l", f"{cluster.folder}/log", "restart")


if __name__ == "__main__":
    main()
