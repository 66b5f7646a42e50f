"""Single listings added, edited, retired and restored by a person."""

from collections.abc import Sequence
from uuid import uuid4

from directory.bulk import writing
from directory.catalog import Entry, State, facts_of, placed, retire, rewrite, save
from directory.duplicates.comparing import follow
from directory.errors import NeedsDecision, NotAllowed, NotFound
from directory.listing import ListingDraft
from directory.models import Listing, Publisher
from directory.public_listings import LAST_ID
from directory.runtime import Runtime
from directory.security import audit
from directory.security.audit import Act

NAME, SOURCE = "Added by hand", "by-hand"
TRUST = 90  # somebody looked: above a feed's 50
MOST = 500  # listings retired at once


class ChangedMeanwhile(NotAllowed):
    advice = "Look at what they saved beside what you typed, and save again what should stand."


async def find(listing_id: int) -> Listing:
    row = await Listing.get_or_none(id=listing_id).select_related("publisher") if 0 < listing_id <= LAST_ID else None
    if row is None:
        raise NotFound(f"There is no listing {listing_id}.")
    return row


def version(row: Listing) -> str:
    """What a form sends back, to see whether somebody else saved in between."""
    return row.changed_at.isoformat()


async def add(rt: Runtime, draft: ListingDraft) -> int:
    """A listing of no feed, public at once; answers its number. Its key should be `new_key()`. Inside `rt.alone()`."""
    publisher, _ = await Publisher.get_or_create(name=NAME, defaults={"source": SOURCE, "trust": TRUST})
    said = draft.fingerprint()
    async with writing():
        await save(rt, publisher, [Entry(draft.source_key, draft, said, said, edited=True)])
        made = await Listing.get(publisher_id=publisher.id, key=draft.source_key)
        await audit.did(Act.ADD, f"listing {made.id}")
    await follow(rt)
    return made.id


def new_key() -> str:
    return f"hand-{uuid4().hex}"


async def change(rt: Runtime, listing_id: int, draft: ListingDraft, seen: str, why: str = "") -> bool:
    """Save a person's reading of a listing; False when it says the same. Inside `rt.alone()`.

    ChangedMeanwhile when it is no longer the version that was `seen`.
    """
    row = await find(listing_id)
    if version(row) != seen:
        raise ChangedMeanwhile("Somebody else saved this listing while you were editing it.")
    data = placed(draft, rt.locator, row.publisher.timezone).as_dict()
    if data == row.data:
        return False
    async with writing():
        await rewrite([(row, State(data, {**facts_of(row), "edited": True}))], "edited", why=why)
        await audit.did(Act.CHANGE, f"listing {row.id}")
    await follow(rt)
    return True


async def retire_all(rt: Runtime, ids: Sequence[int], reason: str) -> int:
    """Take listings out of the directory; answers how many were public. Inside `rt.alone()`."""
    if not reason.strip():
        raise NeedsDecision("Say why: the reason stands in the history of each listing.")
    if len(ids) > MOST:
        raise NotAllowed(f"At most {MOST} listings can be retired at once.")
    done = 0
    async with writing():
        rows = await Listing.filter(id__in=[i for i in ids if 0 < i <= LAST_ID]).select_related("publisher")
        public = [row.id for row in rows if row.status == "active"]
        for number in sorted({row.publisher_id for row in rows}):
            mine = [row for row in rows if row.publisher_id == number]
            done += await retire(mine[0].publisher, [row.key for row in mine], by_a_person=True, reason=reason)
        if public:
            await audit.did(Act.RETIRE, audit.counted("listing", public))
    await follow(rt)
    return done


async def restore(rt: Runtime, listing_id: int, reason: str = "") -> None:
    """Make a retired listing public again; its feed asks before it changes it. Inside `rt.alone()`."""
    row = await find(listing_id)
    if row.status == "active":
        raise NotAllowed(f"Listing {listing_id} is public already.")
    async with writing():
        facts = {**facts_of(row), "status": "active", "edited": True}
        await rewrite([(row, State(dict(row.data), facts))], "restored", why=reason)
        await audit.did(Act.RESTORE, f"listing {row.id}")
    await follow(rt)
