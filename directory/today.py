"""What needs a person today, and how the directory has stood from day to day."""

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tortoise.exceptions import OperationalError

from directory.models import Batch, Day, Publisher
from directory.reports import worklist
from directory.runtime import Runtime
from directory.search.query import Overview

LATELY = timedelta(days=90)
QUIET = timedelta(days=35)  # a feed that brought nothing for longer is asked after
DAYS = 400  # of the plots
SOON, OFTEN = 60, 4 * 3600  # seconds after the start, and between two notes


@dataclass(frozen=True, slots=True)
class Matter:
    """One kind of thing that waits for a person."""

    words: str  # "places reported closed or unsafe"
    count: int
    path: str  # where it is dealt with
    urgent: bool = False
    detail: str = ""


async def matters(rt: Runtime, now: datetime) -> list[Matter]:
    """Everything that waits, the urgent first; kinds of which nothing waits are left out."""
    found = [*await _reports(), *await _batches(), *await _feeds(now)]
    return sorted((one for one in found if one.count), key=lambda one: not one.urgent)


async def _reports() -> list[Matter]:
    doubts = await worklist()
    grave = [one for one in doubts if one.reported_closed or "unsafe" in one.reasons]
    names = ", ".join(one.name for one in grave[:3])
    return [
        Matter("places reported closed or unsafe", len(grave), "/admin/calls", urgent=True, detail=names),
        Matter("places with other reports", len(doubts) - len(grave), "/admin/calls"),
    ]


async def _batches() -> list[Matter]:
    waiting = await Batch.filter(status="staged").order_by("id").select_related("publisher")
    held = [one for one in waiting if one.broken]
    names = ", ".join(one.publisher.name for one in held[:3])
    return [
        Matter("feeds held back because a promise is broken", len(held), "/admin/imports", urgent=True, detail=names),
        Matter("imports to look through", len(waiting) - len(held), "/admin/imports"),
    ]


async def _feeds(now: datetime) -> list[Matter]:
    """Publishers whose last import that was accepted is long ago."""
    last = dict(await Batch.filter(status="applied").order_by("finished_at").values_list("publisher_id", "finished_at"))
    quiet = [number for number, at in last.items() if at and at < now - QUIET]
    names = [one.name for one in await Publisher.filter(id__in=quiet).order_by("name").limit(3)]
    return [
        Matter("publishers not heard from for five weeks", len(quiet), "/admin/publishers", detail=", ".join(names))
    ]


async def note(rt: Runtime, seen: Overview, today: date) -> None:
    """Write down how the directory stands; the last word of a day stays."""
    facts = {"kinds": {kind: list(counts) for kind, counts in seen.kinds.items()}}
    await Day.update_or_create(defaults={"facts": facts}, day=today)


async def keep_noting(rt: Runtime) -> None:
    """Several times a day while the server runs; another process may be doing the same."""
    while True:
        await asyncio.sleep(SOON)
        today = datetime.now(UTC).date()
        with suppress(OperationalError):  # somebody writes for long, or the disk is full: the next time will do
            await note(rt, await asyncio.to_thread(rt.engine.overview, today), today)
        await asyncio.sleep(OFTEN)


async def days(today: date) -> list[tuple[date, dict[str, list[int]]]]:
    """Each day that was written down, the oldest first: (day, {kind: [listings of each age]})."""
    rows = await Day.filter(day__gte=today - timedelta(days=DAYS)).order_by("day").values_list("day", "facts")
    return [(day, dict(facts.get("kinds", {}))) for day, facts in rows]


async def rejects(now: datetime) -> list[tuple[str, int]]:
    """Why records were not listed, in all imports of the last months, the commonest first."""
    counted: Counter[str] = Counter()
    for batch in await Batch.filter(started_at__gte=now.astimezone(UTC) - LATELY).only("id", "report"):
        reasons: Any = batch.report.get("reasons", {})
        counted.update(reasons)
    return counted.most_common(15)
