"""What every verb on the command line shares: opening the runtime, sentences on standard error, exit codes."""

import asyncio
import json
import os
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from traceback import extract_tb
from typing import Any, NoReturn, TypeVar

import typer

from directory.errors import DirectoryError
from directory.settings import Settings

T = TypeVar("T")
SAFE = "Nothing half-done was made public."
DAMAGED = "The database file is damaged; put a copy back, or move it away and import the feeds again."
TROUBLES = {
    "disk is full": "The disk is full; free some space and run it again.",
    "disk I/O error": "The disk could not be read or written; see that it is whole and not full.",
    "malformed": DAMAGED,
    "not a database": DAMAGED,
    "readonly database": "The database may not be written; see who owns the files in AFTERCARE_HOME.",
    "database is locked": "Another process is writing; wait for it and run this again.",
}


def settings() -> Settings:
    try:
        return Settings.read(os.environ)
    except DirectoryError as error:
        refuse(str(error))


def with_runtime(verb: Callable[[Any], Awaitable[T]]) -> T:
    """Run one async verb over an opened, recovered runtime; what it refuses ends in one sentence and exit code 1."""
    from directory.acting import acting
    from directory.review import recover
    from directory.runtime import opened

    async def run() -> T:
        async with opened(settings()) as rt:
            await recover(rt)
            acting.set("command line")
            return await verb(rt)

    return guarded(lambda: asyncio.run(run()))


def guarded(work: Callable[[], T]) -> T:
    try:
        return work()
    except DirectoryError as error:
        refuse(str(error))
    except (typer.Exit, typer.Abort):
        raise
    except OSError as error:
        refuse(f"{error.strerror or error}: {error.filename or 'while writing'}. {SAFE}")
    except KeyboardInterrupt:
        say("Stopped. What was not finished is taken up again at the next start.")
        raise typer.Exit(130) from None
    except MemoryError:
        refuse(f"There was not enough memory. {SAFE}")
    except Exception as error:
        refuse(f"{_unforeseen(error)} {SAFE}")


def _unforeseen(error: Exception) -> str:
    """One sentence for what no verb foresaw: the database's own troubles by name, the rest by kind and place."""
    told = str(error)
    for sign, sentence in TROUBLES.items():
        if sign in told:
            return sentence
    if isinstance(error, sqlite3.Error) or type(error).__module__.startswith(("tortoise", "asyncpg")):
        return f"The database could not do that ({told.splitlines()[0] if told else type(error).__name__})."
    frames = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in extract_tb(error.__traceback__)[-3:]]
    return f"Something broke that should not ({type(error).__name__} at {', '.join(frames)}); please report it."


def say(sentence: str) -> None:
    """To a person, beside the answer: standard error."""
    typer.echo(sentence, err=True)


def refuse(sentence: str) -> NoReturn:
    say(sentence)
    raise typer.Exit(1)


def wrong_usage(sentence: str) -> NoReturn:
    say(sentence)
    raise typer.Exit(2)


def show_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None, default=str))
