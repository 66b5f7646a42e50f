"""New keys for a home, in steps of which each leaves a home that works: cut off anywhere, run it again.

What is sealed is sealed anew with a new key. The first sealing key stays, because it also keys hashes that cannot be
made again (recovery codes), and so does the one before the newest, for a page that had read it just before. A key of
programs' links stays until the last link it signed is over, unless all links are to end.
"""

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from directory import keyfile, visitors
from directory.bulk import writing
from directory.fresh import links
from directory.fresh.models import ProgramLink
from directory.keyfile import Key
from directory.runtime import Runtime
from directory.security import audit, sealed, totp
from directory.security.audit import Act

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What new keys would touch."""

    seeds: int  # sealed seeds of codes
    links: int  # programs' links that are out and still open something
    last_link: date | None  # the day the last of them ends


async def outlook(rt: Runtime, now: datetime) -> Outlook:
    """BadSettings when something sealed cannot be opened: no new key would mend that."""
    seeds = await totp.sealed_seeds(sealed.ring(rt.settings.home_path))
    made = [row.made_at for row in await ProgramLink.filter(ended=False, made_at__gt=now - links.GOOD_FOR)]
    last = (max(made).astimezone(UTC) + links.GOOD_FOR).date() if made else None
    return Outlook(len(seeds), len(made), last)


async def rotate(rt: Runtime, now: datetime, *, end_links: bool = False) -> Outlook:
    """New keys of every kind; answers what they touched. Inside `rt.alone()`."""
    touched, home, today = await outlook(rt, now), rt.settings.home_path, now.astimezone(UTC).date()
    await asyncio.to_thread(keyfile.add, home, sealed.FILE, today)
    async with writing():
        await totp.seal_anew(sealed.ring(home))
        await audit.did(Act.KEYS)
    used = {sealed.key_of(seed) for seed in await totp.sealed_seeds(sealed.ring(home))}
    kept = keyfile.keys(home, sealed.FILE)
    await asyncio.to_thread(keyfile.keep_only, home, sealed.FILE, {kept[0].id, kept[-2].id, *used})
    await asyncio.to_thread(keyfile.add, home, links.FILE, today)
    if end_links:
        async with writing():
            await ProgramLink.filter(ended=False).update(ended=True)
    needed = () if end_links else needed_until(keyfile.keys(home, links.FILE), today)
    await asyncio.to_thread(keyfile.keep_only, home, links.FILE, needed)
    await asyncio.to_thread(visitors.renew, home)
    return touched


def needed_until(found: tuple[Key, ...], today: date) -> list[str]:
    """Ids of the keys of links that may have signed one which is still good; the last signs new ones."""
    older = [
        key.id
        for key, next_one in pairwise(found)
        if next_one.made_on is None or next_one.made_on + links.GOOD_FOR + A_DAY >= today
    ]
    return [*older, found[-1].id]
