"""What visitors say is wrong with a listing, whom to call about it first, and what came of it.

A report is one small row and never waits for the import lock. It stays open until a person settles it: neither a feed
that lists the place again nor one that changed its record has called there.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from directory.bulk import writing
from directory.catalog import retire
from directory.duplicates.comparing import follow
from directory.errors import NotAllowed
from directory.listing import ListingDraft
from directory.models import Listing, Publisher, Report
from directory.public_listings import LAST_ID, get
from directory.reported import INDEPENDENT, flags
from directory.runtime import Runtime
from directory.same.groups import companions
from directory.visitors import mark
from directory.vocab import Reason

__all__ = ["Doubt", "Outcome", "flags", "report", "settle", "worklist"]

MOST_A_DAY = 10  # of one visitor
MOST_AN_HOUR = 200  # of all together


class Outcome(StrEnum):
    STILL_OPEN = "still open"
    CLOSED = "closed"
    MENDED = "mended"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One listing that somebody should call about."""

    listing: int
    name: str
    publisher: str
    phone: str
    reasons: dict[str, int]  # reason -> how many visitors gave it
    visitors: int
    since: datetime
    reported_closed: bool
    changed_since: bool  # its source has said something new: look at that before calling


class _TooMany(Exception): ...


async def report(rt: Runtime, listing_id: int, reason: Reason, visitor: str, now: datetime) -> bool:
    """Keep what somebody at the address `visitor` chose; False when too much came, and then nothing is kept.

    The same visitor saying the same of a listing again is thanked and changes nothing.
    """
    await get(rt, listing_id)
    who = await asyncio.to_thread(mark, rt.settings.home_path, visitor, now)
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    row = Report(listing_id=listing_id, reason=reason.value, who=who, reported_at=hour)
    try:
        async with writing():
            await Report.bulk_create([row], ignore_conflicts=True)
            lately = Report.filter(reported_at__gte=hour, reported_at__lt=hour + timedelta(hours=1))
            if await Report.filter(who=who).count() > MOST_A_DAY or await lately.count() > MOST_AN_HOUR:
                raise _TooMany
    except _TooMany:
        return False
    return True


async def worklist() -> list[Doubt]:
    """Public listings with open reports: unsafe first, then closed, then by how many visitors, the oldest first."""
    said: dict[int, list[Report]] = defaultdict(list)
    for one in await Report.filter(status="open", listing__status="active").order_by("id"):
        said[one.listing_id].append(one)
    rows = await Listing.filter(id__in=list(said)).select_related("publisher")
    return sorted((_doubt(row, said[row.id]) for row in rows), key=_urgency)


def _doubt(row: Listing, said: Sequence[Report]) -> Doubt:
    draft, since = ListingDraft.from_dict(dict(row.data)), min(one.reported_at for one in said)
    reasons = {reason.value: sum(one.reason == reason for one in said) for reason in Reason}
    return Doubt(
        listing=row.id,
        name=row.name,
        publisher=row.publisher.name,
        phone=str(draft.phones[0]) if draft.phones else "",
        reasons={reason: count for reason, count in reasons.items() if count},
        visitors=len({one.who for one in said}),
        since=since,
        reported_closed=reasons[Reason.CLOSED] >= INDEPENDENT,
        changed_since=row.changed_at > since,
    )


def _urgency(doubt: Doubt) -> tuple[bool, bool, int, datetime, int]:
    unsafe, closed = (reason not in doubt.reasons for reason in (Reason.UNSAFE, Reason.CLOSED))
    return unsafe, closed, -doubt.visitors, doubt.since, doubt.listing


async def settle(rt: Runtime, listing_id: int, outcome: Outcome) -> int:
    """Close all open reports on a listing with what a person found out; answers how many. Inside `rt.alone()`.

    A listing found closed is retired, and its feed alone does not bring it back: that waits for a person.
    """
    async with writing():
        settled = await answer(listing_id, outcome)
        if not settled:
            raise NotAllowed(f"There is no open report on listing {listing_id}; `aftercare reports` shows what waits.")
        if outcome is Outcome.CLOSED:
            await close(listing_id)
    await follow(rt)
    return settled


async def answer(listing_id: int, outcome: Outcome) -> int:
    """Close its open reports, if any; how many. Inside the caller's transaction."""
    told = {"status": "settled", "outcome": outcome.value, "settled_at": datetime.now(UTC)}
    return await Report.filter(listing_id=min(listing_id, LAST_ID), status="open").update(**told)


async def close(listing_id: int) -> None:
    """A person found it closed: no longer public. Inside the caller's transaction and `rt.alone()`."""
    whole = (await companions([listing_id])).get(listing_id, (listing_id,))
    for row in await Listing.filter(id__in=list(whole)):  # the same place is closed in every feed
        await retire(await Publisher.get(id=row.publisher_id), [row.key], by_a_person=True)
