"""Code in a process of its own, for what only another process can show: a kill, two at once, a lock.

To start Python and load the directory costs a second each time; here one process loads it once and forks for each that
is asked for. A start from nothing is tested where the start itself is promised: see tests/test_cli_mishaps.py.
"""

import asyncio
import contextlib
import multiprocessing
import os
import sys
from dataclasses import dataclass
from functools import cache
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
COMMAND = "from directory.cli import main; main()"  # `aftercare`; its words are the arguments
PATIENCE = 120  # seconds


@dataclass(frozen=True, slots=True)
class Ended:
    returncode: int  # below zero: the signal that killed it
    stdout: str
    stderr: str


class Running:
    """One that was started; `said` are the files of its standard output and standard error."""

    def __init__(self, process: ForkServerProcess, folder: TemporaryDirectory[str]) -> None:
        self.process, self.folder = process, folder

    def said(self, name: str = "out") -> str:
        """What stands by now on its standard output, or on its standard error: `err`."""
        file = Path(self.folder.name, name)
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def ended(self) -> Ended:
        """What it said, once it is over."""
        self.process.join(PATIENCE)
        code = self.process.exitcode
        if code is None:
            self.process.kill()
        with self.folder:
            assert code is not None, f"it went on for {PATIENCE} s: {self.said('err')}"
            return Ended(code, self.said(), self.said("err"))

    async def over(self) -> Ended:
        """The same, while the loop goes on."""
        return await asyncio.to_thread(self.ended)


def start(code: str, *arguments: object, **told: str) -> Running:
    """Start Python code over arguments, in this environment and what is told beside it; its standard input is empty."""
    folder = TemporaryDirectory(prefix="apart-")
    words = list(map(str, arguments))
    process = _ready().Process(target=_run, args=(code, words, {**os.environ, **told}, folder.name))
    process.start()
    return Running(process, folder)


@cache
def _ready() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pytest", "tests.loaded"])
    with contextlib.chdir(ROOT):  # where it finds what to load
        forkserver.ensure_running()
    return context


def _run(code: str, arguments: list[str], env: dict[str, str], folder: str) -> None:
    os.environ.clear()
    os.environ.update(env)
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(f"{folder}/{name}", os.O_WRONLY | os.O_CREAT), number)
    sys.argv = ["-c", *arguments]
    exec(compile(code, "<apart>", "exec"), {"__name__": "__main__"})  # noqa: S102 - the tests' own code
