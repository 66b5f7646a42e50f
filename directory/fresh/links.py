"""A program's own link: signed, for one listing and one purpose, good until a day, ended by raising its generation.

The address holds no secret of ours and no account: `listing.generation.day.signature`. The key lies in the home.
"""

import asyncio
import hmac
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from directory.acting import acting
from directory.bulk import writing
from directory.errors import DirectoryError
from directory.fresh.models import ProgramLink
from directory.freshness import EPOCH
from directory.keyfile import keys
from directory.public_listings import LAST_ID, get
from directory.runtime import Runtime

PURPOSE = "program"
FILE = "program.key"
GOOD_FOR = timedelta(days=365)
SIGNATURE = 32  # hexadecimal digits: 128 bits


class LinkOver(DirectoryError):
    """A link that was never ours, was ended, or whose day is over: all told alike."""

    status = 410
    advice = "This link no longer works. Ask us for a new one."


def secrets(home: Path) -> tuple[bytes, ...]:
    """Oldest first: the last signs new links, every one opens the links it signed."""
    return tuple(key.secret for key in keys(home, FILE))


def sign(secret: bytes, listing: int, generation: int, until: date) -> str:
    said = f"{listing}.{generation}.{(until - EPOCH).days}"
    return f"{said}.{_signature(secret, said)}"


def _signature(secret: bytes, said: str) -> str:
    return hmac.new(secret, f"{PURPOSE}:{said}".encode(), sha256).hexdigest()[:SIGNATURE]


def read(secrets: Sequence[bytes], token: str, today: date) -> tuple[int, int]:
    """The listing and the generation a sound link names; LinkOver for everything else."""
    said, _, signature = token.rpartition(".")
    sound = token.isascii() and any([hmac.compare_digest(_signature(key, said), signature) for key in secrets])
    parts = said.split(".")
    if not sound or len(parts) != 3 or not all(part.isdigit() and len(part) < 11 for part in parts):
        raise LinkOver("This link is not one of ours.")
    listing, generation, day = map(int, parts)
    if day < (today - EPOCH).days or listing > LAST_ID:
        raise LinkOver("This link is over.")
    return listing, generation


async def make(rt: Runtime, listing_id: int, now: datetime) -> str:
    """A new link for a listing; the one before it stops working."""
    await get(rt, listing_id)
    signing = (await asyncio.to_thread(secrets, rt.settings.home_path))[-1]
    async with writing():
        first = ProgramLink(listing_id=listing_id, generation=0, made_at=now)
        await ProgramLink.bulk_create([first], ignore_conflicts=True)
        row = await ProgramLink.select_for_update().get(listing_id=listing_id)  # of two at once one comes later
        row.generation += 1
        row.ended, row.made_at, row.made_by = False, now, acting.get()
        await row.save()
    return sign(signing, listing_id, row.generation, (now.astimezone(UTC) + GOOD_FOR).date())


async def end(listing_id: int) -> bool:
    """No link of this listing works any more; False when there was none."""
    async with writing():
        return bool(await ProgramLink.filter(listing_id=min(listing_id, LAST_ID), ended=False).update(ended=True))


async def listing_of(rt: Runtime, token: str, now: datetime) -> int:
    """The listing a link opens; LinkOver when it opens none."""
    known = await asyncio.to_thread(secrets, rt.settings.home_path)
    listing_id, generation = read(known, token, now.astimezone(UTC).date())
    if not await ProgramLink.filter(listing_id=listing_id, generation=generation, ended=False).exists():
        raise LinkOver("This link was ended.")
    return listing_id
