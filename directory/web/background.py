"""Work that outlasts its request: kept alive while the server runs, cut off with it; `recover` takes it up again."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from starlette.applications import Starlette

log = logging.getLogger("aftercare.web")


def start(app: Starlette, work: Coroutine[Any, Any, None]) -> None:
    running: set[asyncio.Task[None]] = app.state.running
    task = asyncio.create_task(work)
    running.add(task)
    task.add_done_callback(lambda done: _ended(running, done))


def _ended(running: set[asyncio.Task[None]], task: asyncio.Task[None]) -> None:
    running.discard(task)
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("work in the background: %s", type(error).__name__)


async def stop(app: Starlette) -> None:
    """Cut off what still runs; every piece of work is safe to be cut off anywhere."""
    tasks = list(app.state.running)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
