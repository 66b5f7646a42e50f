"""A list kept for later under a random code: whoever has the code may open it and delete it, and nobody else.

Stored are the numbers of the places, how to show them and the day it ends. Not the code: only its hash.
"""

import asyncio
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from secrets import randbits

from tortoise.exceptions import OperationalError

from directory.bulk import writing
from directory.errors import BadQuestion
from directory.handoff.models import KeptList
from directory.handoff.values import Options
from directory.runtime import Runtime

BITS = 128
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U to take for another
LENGTH = -(-BITS // 5)  # letters of a code
GROUP = 4  # letters between two dashes
ALIKE = str.maketrans("ILOU", "110V")  # what is read from paper for a letter that is never in a code
LONGEST = 200  # letters of a text that is looked at as a code
DAYS = 30  # a list lives at most so long
MOST = 40  # places on one list
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kept:
    listing_ids: tuple[int, ...]
    options: Options
    ends_on: date  # UTC; over when this day begins

    def holds(self, listing_ids: Sequence[int], options: Options) -> bool:
        """Whether it is these places, to be shown so."""
        looks = Options(options.language, options.large_print, options.discreet)
        return (self.listing_ids, self.options) == (tuple(listing_ids), looks)

    @property
    def ends_at(self) -> datetime:
        return datetime.combine(self.ends_on, time(), UTC)


def new_code() -> str:
    return written(randbits(BITS))


async def keep(rt: Runtime, listing_ids: Sequence[int], options: Options, now: datetime, code: str = "") -> str:
    """Keep these places for thirty days; answers the code, which nobody can tell again.

    A form brings the `code` made for it, so that the same form sent twice keeps one list; "" is answered, and nothing
    kept, when another list is under it.
    """
    ids = list(dict.fromkeys(listing_ids))
    if not ids:
        raise BadQuestion("There is no place to keep. Choose at least one.")
    if len(ids) > MOST:
        raise BadQuestion(f"A list may hold {MOST} places. Take some off, then keep it.")
    code = code or new_code()
    row = KeptList(
        code=_hashed(code),
        listing_ids=ids,
        language=options.language,
        large_print=options.large_print,
        discreet=options.discreet,
        ends_on=_today(now) + DAYS * A_DAY,
    )
    async with writing():
        await KeptList.bulk_create([row], ignore_conflicts=True)
        found = await kept(rt, code, now)
    return code if found and found.holds(ids, options) else ""


async def kept(rt: Runtime, code: str, now: datetime) -> Kept | None:
    """The list of this code; None alike for one that is over, was deleted, or never was."""
    row = await KeptList.get_or_none(code=_hashed(code))
    if row is None or row.ends_on <= _today(now):
        return None
    return Kept(tuple(row.listing_ids), Options(row.language, row.large_print, row.discreet), row.ends_on)


async def forget(rt: Runtime, code: str) -> bool:
    """Delete the list of this code; whether there was one."""
    async with writing():
        return bool(await KeptList.filter(code=_hashed(code)).delete())


async def purge(now: datetime) -> int:
    """Delete every list that is over; answers how many."""
    async with writing():
        return await KeptList.filter(ends_on__lte=_today(now)).delete()


async def purge_daily() -> None:
    """At the start of the server and each midnight (UTC); another process may be doing the same."""
    while True:
        with suppress(OperationalError):  # somebody writes for long, or the disk is full: the next time will do
            await purge(datetime.now(UTC))
        now = datetime.now(UTC)
        midnight = datetime.combine(now.date() + A_DAY, time(), UTC)
        await asyncio.sleep((midnight - now).total_seconds() + 1)


def written(number: int) -> str:
    """As it is printed: 4F7K-09QX-…, seven groups, the last of two letters."""
    letters = "".join(LETTERS[number >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read(typed: str) -> str:
    """The code as it is printed, from what somebody typed off paper; "" when it can be none.

    Small letters, other dashes, spaces and letters that look alike do not matter.
    """
    plain = unicodedata.normalize("NFKC", typed[:LONGEST]).upper().translate(ALIKE)
    letters = "".join(c for c in plain if c.isalnum())
    if len(letters) != LENGTH or any(c not in LETTERS for c in letters):
        return ""
    number = 0
    for letter in letters:
        number = number * 32 + LETTERS.index(letter)
    return written(number) if number < 1 << BITS else ""


def _hashed(code: str) -> str:
    """Of 128 random bits no table of hashes can be made: they need no key and no salt. "" is never kept."""
    return sha256(read(code).encode()).hexdigest()


def _today(now: datetime) -> date:
    return now.astimezone(UTC).date()
