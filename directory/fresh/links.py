"""A program's own link: signed, for one listing and one purpose, good until a day, ended by raising its generation.

The address holds no secret of ours and no account: `listing.generation.day.signature`. The key lies in the home.
"""

import asyncio
import hmac
import os
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes, token_urlsafe

from directory.acting import acting
from directory.bulk import writing
from directory.catalog import LAST_ID, get
from directory.errors import DirectoryError
from directory.fresh.models import ProgramLink
from directory.freshness import EPOCH
from directory.runtime import Runtime

PURPOSE = "program"
GOOD_FOR = timedelta(days=365)
KEY_BYTES = 32
SIGNATURE = 32  # hexadecimal digits: 128 bits


class LinkOver(DirectoryError):
    """A link that was never ours, was ended, or whose day is over: all told alike."""

    status = 410
    advice = "This link no longer works. Ask us for a new one."


def key(home: Path) -> bytes:
    """The same for every process of this home: whoever comes first makes it, whole or not at all."""
    folder = home / "keys"
    file = folder / f"{PURPOSE}.key"
    with suppress(FileNotFoundError):
        if len(found := file.read_bytes()) == KEY_BYTES:
            return found
    folder.mkdir(mode=0o700, exist_ok=True)
    aside = folder / f"{PURPOSE}.{token_urlsafe(8)}"
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
        made.write(token_bytes(KEY_BYTES))
        made.flush()
        os.fsync(made.fileno())
    try:
        if file.exists() and file.stat().st_size != KEY_BYTES:
            os.replace(aside, file)  # damaged: links made with it are over in any case
        else:
            with suppress(FileExistsError):
                os.link(aside, file)
    finally:
        aside.unlink(missing_ok=True)
    return file.read_bytes()


def sign(secret: bytes, listing: int, generation: int, until: date) -> str:
    said = f"{listing}.{generation}.{(until - EPOCH).days}"
    return f"{said}.{_signature(secret, said)}"


def _signature(secret: bytes, said: str) -> str:
    return hmac.new(secret, f"{PURPOSE}:{said}".encode(), sha256).hexdigest()[:SIGNATURE]


def read(secret: bytes, token: str, today: date) -> tuple[int, int]:
    """The listing and the generation a sound link names; LinkOver for everything else."""
    said, _, signature = token.rpartition(".")
    sound = token.isascii() and hmac.compare_digest(_signature(secret, said), signature)
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
    secret = await asyncio.to_thread(key, rt.settings.home_path)
    async with writing():
        first = ProgramLink(listing_id=listing_id, generation=0, made_at=now)
        await ProgramLink.bulk_create([first], ignore_conflicts=True)
        row = await ProgramLink.select_for_update().get(listing_id=listing_id)  # of two at once one comes later
        row.generation += 1
        row.ended, row.made_at, row.made_by = False, now, acting.get()
        await row.save()
    return sign(secret, listing_id, row.generation, (now.astimezone(UTC) + GOOD_FOR).date())


async def end(listing_id: int) -> bool:
    """No link of this listing works any more; False when there was none."""
    async with writing():
        return bool(await ProgramLink.filter(listing_id=min(listing_id, LAST_ID), ended=False).update(ended=True))


async def listing_of(rt: Runtime, token: str, now: datetime) -> int:
    """The listing a link opens; LinkOver when it opens none."""
    secret = await asyncio.to_thread(key, rt.settings.home_path)
    listing_id, generation = read(secret, token, now.astimezone(UTC).date())
    if not await ProgramLink.filter(listing_id=listing_id, generation=generation, ended=False).exists():
        raise LinkOver("This link was ended.")
    return listing_id
