"""What a program does through its own link: says whether there is a place, confirms, or asks for a correction.

A vacancy and a confirmation count at once, under the program's name. Whatever would change the record waits for an
admin: a link may be in other hands than we think.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from directory.acting import acting
from directory.bulk import writing
from directory.errors import NotAllowed
from directory.fresh.amend import Changes, touched
from directory.fresh.checks import keep
from directory.fresh.models import Check, Correction
from directory.fresh.outcomes import Outcome, learn, settle_call
from directory.freshness import Fact, How
from directory.runtime import Runtime

MOST_AN_HOUR = 20  # times one link may send something; a house that changes its beds more often is no house
ACTING = "program link"


class _TooMany(Exception): ...


async def submit(
    rt: Runtime,
    listing_id: int,
    now: datetime,
    *,
    confirmed: Collection[Fact] = (),
    vacancy: Mapping[str, Any] | None = None,
    changes: Changes | None = None,
) -> bool:
    """Keep all of it or, when this link sent too much in the last hour, nothing: False."""
    acting.set(ACTING)
    right = [fact for fact in confirmed if fact not in touched(changes or {})]
    try:
        async with writing():
            await keep(listing_id, right, How.PROGRAM, "right", now, vacancy=vacancy)
            if changes:
                await Correction.filter(listing_id=listing_id, status="waiting").update(status="replaced")
                await Correction.create(listing_id=listing_id, changes=changes, at=now)
            if await _sent(listing_id, now) > MOST_AN_HOUR:
                raise _TooMany
    except _TooMany:
        return False
    await learn(rt)
    return True


async def _sent(listing_id: int, now: datetime) -> int:
    """How many times this program sent something within the hour; what came together counts once."""
    since = now - timedelta(hours=1)
    checks = Check.filter(listing_id=listing_id, how=How.PROGRAM.value, at__gt=since).values_list("at", flat=True)
    asked = Correction.filter(listing_id=listing_id, at__gt=since).values_list("at", flat=True)
    return len({*await checks, *await asked})


async def waiting() -> list[Correction]:
    """Corrections no admin has decided, the oldest first; of listings that are public."""
    rows = Correction.filter(status="waiting", listing__status="active")
    return await rows.order_by("id").select_related("listing")


async def decide(rt: Runtime, correction_id: int, accept: bool, now: datetime) -> str:
    """Accept or decline one; NotAllowed when somebody else did."""
    row = await Correction.get_or_none(id=correction_id)
    told = {"status": "accepted" if accept else "declined", "decided_by": acting.get()[:120]}
    async with writing():
        open_ = Correction.filter(id=correction_id, status="waiting")
        if row is None or not await open_.update(**told, decided_at=datetime.now(UTC)):
            raise NotAllowed("This correction was decided already, or the program sent a newer one.")
    if not accept:
        return "Declined: nothing changed."
    facts = sorted(touched(row.changes)) or [Fact.PHONE]
    try:
        return await settle_call(
            rt, row.listing_id, Outcome.CHANGED, now, how=How.PROGRAM, facts=facts, changes=dict(row.changes)
        )
    except Exception:
        await Correction.filter(id=correction_id).update(status="waiting", decided_by="", decided_at=None)
        raise
