"""What every verb on the command line shares: opening the runtime, sentences on standard error, exit codes."""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any, NoReturn, TypeVar

import typer

from directory.errors import DirectoryError
from directory.settings import Settings

T = TypeVar("T")


def settings() -> Settings:
    try:
        return Settings.read(os.environ)
    except DirectoryError as error:
        refuse(str(error))


def with_runtime(verb: Callable[[Any], Awaitable[T]]) -> T:
    """Run one async verb over an opened, recovered runtime; what it refuses ends in one sentence and exit code 1."""
    from directory.review import recover
    from directory.runtime import opened

    async def run() -> T:
        async with opened(settings()) as rt:
            await recover(rt)
            return await verb(rt)

    return guarded(lambda: asyncio.run(run()))


def guarded(work: Callable[[], T]) -> T:
    try:
        return work()
    except DirectoryError as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{error.strerror or error}: {error.filename or 'while writing'}. Nothing half-done was made public.")
    except KeyboardInterrupt:
        say("Stopped. What was not finished is taken up again at the next start.")
        raise typer.Exit(130) from None


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
