"""Whom to call next: what visitors reported first, then where a wrong listing is likeliest and costs most.

risk x use: the risk is how far trust has faded; for use there is no count of visitors, on purpose. In its place stands
what a wrong listing of the kind costs, and how few others of its kind are near: the only house in a county is
everybody's. A place taken is nobody else's for twenty minutes.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import log

import numpy as np
from numpy.typing import NDArray
from tortoise.expressions import Q

from directory.bulk import writing
from directory.errors import NotAllowed
from directory.fresh.models import Call
from directory.freshness import EPOCH, cost
from directory.reports import Doubt
from directory.reports import worklist as reported
from directory.runtime import Runtime
from directory.search.query import Ages
from directory.vocab import Kind

LEASE = timedelta(minutes=20)
LOOKED_AT = 400  # of the riskiest: more than any team has taken or put off at once
UNDATED = 1000  # days of risk that a listing nobody ever dated counts with
ENOUGH = 0.1  # risk below which a call tells nothing new
AGAIN = (timedelta(hours=4), timedelta(days=1), timedelta(days=3), timedelta(days=7))  # after the nth unanswered call


@dataclass(frozen=True, slots=True)
class Due:
    """One place to call, why, and who has it now."""

    listing: int
    risk: float  # 0..1: how far trust in it has faded
    doubt: Doubt | None = None  # what visitors said
    taken_by: str = ""
    taken_until: datetime | None = None
    tries: int = 0


def urgency(ages: Ages, today: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Each row's risk today, and its risk added up over the days since somebody made sure, times its use.

    Added up, because whoever came in between met that risk; and because it grows without end: no place, however cheap
    its mistakes, waits for ever behind dearer ones.
    """
    dated, rate = ages.fresh_on > 0, ages.fade.astype(np.float64)
    age = np.where(dated, np.maximum(today - ages.fresh_on, 0), UNDATED)
    risk = np.where(dated, 1 - np.exp2(-age * rate), 1.0)
    met = np.where(dated, age - risk / (rate * log(2)), UNDATED)  # the integral of the risk from day 0 to `age`
    known = {kind.value: cost(kind) for kind in Kind}
    costs = np.array([*(known.get(name, 1.0) for name in ages.kind_names), 1.0])  # the last one: no kind
    return risk, met * costs[ages.kinds] / np.sqrt(_neighbours(ages))


def _neighbours(ages: Ages) -> NDArray[np.float64]:
    """How many of its kind are about there, itself too; without a place, of its kind anywhere."""
    together = ages.cells.astype(np.int64) * (len(ages.kind_names) + 2) + ages.kinds + 1
    _, inverse, counts = np.unique(together, return_inverse=True, return_counts=True)
    return np.asarray(counts[inverse.reshape(-1)], np.float64)


def ranked(ages: Ages, now: datetime, most: int = LOOKED_AT) -> list[tuple[int, float]]:
    """Listings by risk x use, the most urgent first, each with its risk; what is fresh enough left out."""
    risk, weight = urgency(ages, (now.astimezone(UTC).date() - EPOCH).days)
    order = np.lexsort((ages.ids, -weight))
    order = order[risk[order] >= ENOUGH][:most]
    return [(int(ages.ids[row]), float(risk[row])) for row in order]


async def due(rt: Runtime, now: datetime, most: int = 20) -> list[Due]:
    """What to call, in order: reported first. What somebody has taken is told so; what is put off is left out."""
    doubts = await reported()
    ages = await asyncio.to_thread(rt.engine.ages)
    by_risk = await asyncio.to_thread(ranked, ages, now)
    risks = dict(by_risk)
    order = list(dict.fromkeys([*(doubt.listing for doubt in doubts), *risks]))
    said = {doubt.listing: doubt for doubt in doubts}
    calls = {call.listing_id: call for call in await _calls(order)}
    found = (_due(one, risks.get(one, 1.0), said.get(one), calls.get(one), now) for one in order)
    return [one for one in found if one is not None][:most]


async def _calls(ids: Sequence[int]) -> list[Call]:
    return [call for at in range(0, len(ids), 500) for call in await Call.filter(listing_id__in=ids[at : at + 500])]


def _due(listing: int, risk: float, doubt: Doubt | None, call: Call | None, now: datetime) -> Due | None:
    if call is None:
        return Due(listing, risk, doubt)
    if call.not_before is not None and call.not_before > now:
        return None
    held = call.taken_until is not None and call.taken_until > now
    return Due(
        listing, risk, doubt, call.taken_by if held else "", call.taken_until if held else None, tries=call.tries
    )


async def take(rt: Runtime, who: str, now: datetime) -> Due | None:
    """The next place for `who`, theirs for twenty minutes; the one they have, if any; None when nothing is due."""
    waiting = await due(rt, now, LOOKED_AT)
    mine = next((one for one in waiting if one.taken_by == who), None)
    if mine is not None and await _claim(mine.listing, who, now):
        return mine
    for one in waiting:
        if not one.taken_by and await _claim(one.listing, who, now):
            return one
    return None


async def take_this(listing: int, who: str, now: datetime) -> None:
    """One place out of turn; NotAllowed when somebody else has it."""
    if not await _claim(listing, who, now):
        raise NotAllowed("Somebody else is calling this place right now. Take another one.")


async def _claim(listing: int, who: str, now: datetime) -> bool:
    """One compare-and-set: of two at once the database lets one row's update see the other's."""
    async with writing():
        await Call.bulk_create([Call(listing_id=listing)], ignore_conflicts=True)
        free = Q(taken_until__isnull=True) | Q(taken_until__lte=now) | Q(taken_by=who)
        mine = Call.filter(Q(listing_id=listing) & free)
        return bool(await mine.update(taken_by=who, taken_until=now + LEASE))


async def let_go(listing: int, who: str) -> None:
    """Give a place back without an outcome."""
    await Call.filter(listing_id=listing, taken_by=who).update(taken_by="", taken_until=None)


async def answered(listing: int) -> None:
    """Somebody answered: nobody has it any more, and its tries are forgotten. Inside the caller's transaction."""
    await Call.filter(listing_id=listing).update(taken_by="", taken_until=None, tries=0, not_before=None)


async def nobody_answered(listing: int, now: datetime) -> int:
    """Put it off, longer each time; which try this was. Inside the caller's transaction."""
    await Call.bulk_create([Call(listing_id=listing)], ignore_conflicts=True)
    tries = int((await Call.get(listing_id=listing)).tries) + 1
    again = now + AGAIN[min(tries, len(AGAIN)) - 1]
    await Call.filter(listing_id=listing).update(taken_by="", taken_until=None, tries=tries, not_before=again)
    return tries


async def held_by_others(listing: int, who: str, now: datetime) -> bool:
    return await Call.filter(listing_id=listing, taken_until__gt=now).exclude(taken_by=who).exists()
