"""What came of a call, written down whole: checks, reports, the listing, whose turn it is. One transaction each."""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from directory import reports, worklist
from directory.acting import acting
from directory.bulk import writing
from directory.catalog import amend
from directory.duplicates.comparing import follow
from directory.errors import BadQuestion, NotAllowed, NotFound
from directory.fresh.amend import Changes, amended, touched, without_phone
from directory.fresh.checks import keep
from directory.freshness import Fact, How, known_facts
from directory.listing import ListingDraft
from directory.models import Listing, Publisher
from directory.public_listings import get
from directory.runtime import Runtime


class Outcome(StrEnum):
    RIGHT = "right"  # all right as listed
    CHANGED = "changed"  # answered, and something is different
    NO_ANSWER = "no-answer"
    WRONG_NUMBER = "wrong-number"
    CLOSED = "closed"


async def settle_call(
    rt: Runtime,
    listing_id: int,
    outcome: Outcome,
    now: datetime,
    *,
    how: How = How.PHONE,
    facts: Collection[Fact] = (),
    changes: Changes | None = None,
    vacancy: Mapping[str, Any] | None = None,
) -> str:
    """Write an outcome; answers it in a sentence. `facts` are those asked about: none named is all there are.

    What changes no listing never waits for an import; NotAllowed when somebody else is calling there right now.
    """
    who = acting.get()
    draft = (await get(rt, listing_id)).draft
    if await worklist.held_by_others(listing_id, who, now):
        raise NotAllowed("Somebody else is calling this place right now. Nothing was written.")
    asked = tuple(facts) or known_facts(draft)
    match outcome:
        case Outcome.RIGHT:
            async with writing():
                await keep(listing_id, asked, how, "right", now, vacancy=vacancy)
                await reports.answer(listing_id, reports.Outcome.STILL_OPEN)
                await worklist.answered(listing_id)
            await learn(rt)
            return "All right as listed."
        case Outcome.NO_ANSWER:
            async with writing():
                await keep(listing_id, (Fact.PHONE,), how, "no_answer", now)
                tries = await worklist.nobody_answered(listing_id, now)
            times = "1 time" if tries == 1 else f"{tries} times"
            return f"No answer, {times} now. It comes back later."
        case Outcome.CHANGED:
            return await _changed(rt, listing_id, now, how, asked, changes or {}, vacancy)
        case Outcome.CLOSED:
            return await _closed(rt, listing_id, now, how)
        case Outcome.WRONG_NUMBER:
            return await _wrong_number(rt, listing_id, now, how)


async def _changed(
    rt: Runtime,
    listing_id: int,
    now: datetime,
    how: How,
    asked: Collection[Fact],
    changes: Changes,
    vacancy: Mapping[str, Any] | None,
) -> str:
    if changes.get("closed"):
        return await _closed(rt, listing_id, now, how)
    if not changes and not vacancy:
        raise BadQuestion("Nothing is different from what we list. Write what changed, or choose: all right as listed.")
    async with rt.alone():
        async with writing():
            if changes:
                await _write(rt, listing_id, changes)
            different = touched(changes)
            await keep(listing_id, [fact for fact in asked if fact not in different], how, "right", now)
            await keep(listing_id, sorted(different), how, "changed", now, vacancy=vacancy)
            await reports.answer(listing_id, reports.Outcome.MENDED)
            await worklist.answered(listing_id)
        await follow(rt)
    return "Written down and shown at once."


async def _closed(rt: Runtime, listing_id: int, now: datetime, how: How) -> str:
    async with rt.alone():
        async with writing():
            await keep(listing_id, (Fact.ADDRESS,), how, "closed", now)
            await reports.answer(listing_id, reports.Outcome.CLOSED)
            await reports.close(listing_id)
            await worklist.answered(listing_id)
        await follow(rt)
    return "Closed: it is no longer public."


async def _wrong_number(rt: Runtime, listing_id: int, now: datetime, how: How) -> str:
    """The number goes off the page at once. A place that nobody can reach without it goes off whole."""
    async with rt.alone():
        async with writing():
            row, draft = await _row(listing_id)
            left = without_phone(draft)
            await keep(listing_id, (Fact.PHONE,), how, "wrong", now)
            await reports.answer(listing_id, reports.Outcome.MENDED)
            reachable = not left.problems()
            if reachable:
                await amend(row, left, rt.locator, (await Publisher.get(id=row.publisher_id)).timezone)
            else:
                await reports.close(listing_id)
            await worklist.answered(listing_id)
        await follow(rt)
    if reachable:
        return "The number is off the page; its other ways stay."
    return "Without that number nobody could reach it: it is no longer public."


async def _write(rt: Runtime, listing_id: int, changes: Changes) -> None:
    row, draft = await _row(listing_id)
    zone = (await Publisher.get(id=row.publisher_id)).timezone
    await amend(row, amended(draft, changes), rt.locator, zone)


async def _row(listing_id: int) -> tuple[Listing, ListingDraft]:
    """As it lies in the database, without what checks lay over it."""
    row = await Listing.get_or_none(id=listing_id, status="active")
    if row is None:
        raise NotFound(f"There is no public listing {listing_id}.")
    return row, ListingDraft.from_dict(dict(row.data))


async def learn(rt: Runtime) -> None:
    """Tell the index, unless somebody is writing: who holds the lock catches up with our change too."""
    if rt.writing.locked():  # in this very process
        return
    async with rt.alone(wait=False) as free:
        if free:
            await follow(rt)
