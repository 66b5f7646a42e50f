"""What needs a person today, and how the directory has stood from day to day."""

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tortoise.exceptions import OperationalError

from directory.fresh import program
from directory.fresh.models import Correction
from directory.models import Batch, Change, Day, Publisher, Report
from directory.reports import worklist
from directory.runtime import Runtime
from directory.same.models import SamePair
from directory.search.query import Overview
from directory.security.models import Account
from directory.security.roles import ADMINS, LOOKERS, Role
from directory.worklist import due

LATELY = timedelta(days=90)
QUIET = timedelta(days=35)  # a feed that brought nothing for longer is asked after
DAYS = 400  # of the plots
CALLS = 100  # due ones are counted up to here: nobody calls more in a day
FETCHED = ("batch ", "nothing changed")  # how a fetch that went well begins to tell of itself
SOON, OFTEN = 60, 4 * 3600  # seconds after the start, and between two notes


@dataclass(frozen=True, slots=True)
class Matter:
    """One kind of thing that waits for a person."""

    one: str  # "place reported closed or unsafe"
    many: str
    count: int
    path: str  # where it is dealt with
    urgent: bool = False
    detail: str = ""
    roles: frozenset[Role] = LOOKERS  # who may deal with it
    more: bool = False  # than were counted

    @property
    def words(self) -> str:
        return self.one if self.count == 1 else self.many


async def matters(rt: Runtime, now: datetime, role: Role = Role.ADMIN) -> list[Matter]:
    """Everything that waits for this role, the urgent first; kinds of which nothing waits are left out."""
    found = [*await _reports(), *await _batches(), *await _feeds(now), *await _calls(rt, now), *await _records()]
    found += [*await _accounts(), *await _soundness(rt)]
    return sorted((one for one in found if one.count and role in one.roles), key=lambda one: not one.urgent)


async def waiting() -> dict[str, int]:
    """What waits at each address of the desk: three counts from indexes, for the navigation of every page."""
    reported = await Report.filter(status="open", listing__status="active").distinct().values_list("listing_id")
    corrections = await Correction.filter(status="waiting", listing__status="active").count()
    return {
        "/admin/imports": await Batch.filter(status="staged").count(),
        "/admin/calls": len(reported) + corrections,
        "/admin/duplicates": await SamePair.filter(waits=True).count(),
    }


async def _reports() -> list[Matter]:
    doubts = await worklist()
    grave = [one for one in doubts if one.reported_closed or "unsafe" in one.reasons]
    names = ", ".join(one.name for one in grave[:3])
    to = "/admin/calls"
    return [
        Matter(
            "place reported closed or unsafe", "places reported closed or unsafe", len(grave), to, True, names, ADMINS
        ),
        Matter("place with another report", "places with other reports", len(doubts) - len(grave), to, roles=ADMINS),
    ]


async def _batches() -> list[Matter]:
    batches = await Batch.filter(status="staged").order_by("id").select_related("publisher")
    held = [one for one in batches if one.broken]
    names = ", ".join(one.publisher.name for one in held[:3])
    to, why = "/admin/imports", "held back because a promise is broken"
    return [
        Matter(f"feed {why}", f"feeds {why}", len(held), to, urgent=True, detail=names),
        Matter("import to look through", "imports to look through", len(batches) - len(held), to),
    ]


async def _feeds(now: datetime) -> list[Matter]:
    """Fetches that failed, and publishers whose last import that was accepted is long ago."""
    last = dict(await Batch.filter(status="applied").order_by("finished_at").values_list("publisher_id", "finished_at"))
    quiet = [number for number, at in last.items() if at and at < now - QUIET]
    silent = [one.name for one in await Publisher.filter(id__in=quiet).order_by("name").limit(3)]
    tried = await Publisher.filter(schedule__not="off", fetched_at__isnull=False).order_by("name")
    failed = [one.name for one in tried if not str((one.fetched or {}).get("told", "")).startswith(FETCHED)]
    to, since = "/admin/publishers", "not heard from for five weeks"
    names = ", ".join(failed[:3])
    return [
        Matter("feed that could not be fetched", "feeds that could not be fetched", len(failed), to, True, names),
        Matter(f"publisher {since}", f"publishers {since}", len(quiet), to, detail=", ".join(silent)),
    ]


async def _calls(rt: Runtime, now: datetime) -> list[Matter]:
    asked = await program.waiting()
    calls = [one for one in await due(rt, now, CALLS) if one.doubt is None]
    to, names = "/admin/calls", ", ".join(one.listing.name for one in asked[:3])
    full = len(calls) == CALLS
    return [
        Matter(
            "correction a program asks for", "corrections programs ask for", len(asked), to, detail=names, roles=ADMINS
        ),
        Matter("call that is due", "calls that are due", len(calls), to, roles=ADMINS, more=full),
    ]


async def _records() -> list[Matter]:
    pairs = await SamePair.filter(waits=True).count()
    words = "that may be one place, told by two publishers"
    return [Matter(f"pair {words}", f"pairs {words}", pairs, "/admin/duplicates")]


async def _accounts() -> list[Matter]:
    """People whose password alone lets them in."""
    open_ = Account.filter(totp="", disabled_at__isnull=True).exclude(password="")
    names = [str(name) for name in await open_.order_by("name").values_list("name", flat=True)]
    told = ", ".join(names[:3])
    one, many = "account without codes from a phone", "accounts without codes from a phone"
    return [Matter(one, many, len(names), "/admin/accounts", detail=told, roles=ADMINS)]


async def _soundness(rt: Runtime) -> list[Matter]:
    """What can be seen at a glance while nothing is being imported; `aftercare check` looks at everything."""
    if await Batch.filter(status__in=("staging", "applying")).exists():
        return []
    last = await Change.all().order_by("-id").first()
    behind = max((last.id if last else 0) - await asyncio.to_thread(rt.engine.watermark), 0)
    words = "that search does not show; run aftercare check"
    return [Matter(f"change {words}", f"changes {words}", behind, "/admin/imports", urgent=True)]


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
