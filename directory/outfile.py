"""Files written for people: whole or not at all, and a pipe or a device is written to, never replaced."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from directory.errors import BadQuestion

COUNT = count()  # two files may be written at once, into one folder


@contextmanager
def written(out: Path, *, binary: bool = False) -> Iterator[Any]:
    """A handle for the new content of `out`; an older file stays until the new one is complete."""
    try:
        with _direct(out, binary) if _is_stream(out) else _beside(out, binary) as handle:
            yield handle
    except OSError as error:
        raise BadQuestion(f"{out} cannot be written ({error.strerror or error}).") from None


def _is_stream(out: Path) -> bool:
    if out.is_dir():
        raise BadQuestion(f"{out} is a folder; name a file in it.")
    return (out.is_absolute() and out.parts[1:2] == ("dev",)) or (out.exists() and not out.is_file())


def _opened(file: Path, binary: bool) -> Any:
    return file.open("wb") if binary else file.open("w", encoding="utf-8", newline="")


@contextmanager
def _direct(out: Path, binary: bool) -> Iterator[Any]:
    with _opened(out, binary) as handle:
        yield handle


@contextmanager
def _beside(out: Path, binary: bool) -> Iterator[Any]:
    target = out.resolve()  # a link goes on pointing where it did
    if not target.parent.is_dir():
        raise BadQuestion(f"There is no folder {out.parent}; make it first, or name another file.")
    half = target.with_name(f".aftercare-{os.getpid()}-{next(COUNT)}.part")
    try:
        with _opened(half, binary) as handle:
            yield handle
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
