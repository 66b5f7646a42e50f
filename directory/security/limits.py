"""How often somebody may do something: counted in the database, so that it holds across processes and restarts.

`who` is never a name or an address: an account's number, or a keyed hash.
"""

from datetime import UTC, datetime, timedelta

from tortoise.expressions import F

from directory.bulk import writing
from directory.security.models import Limit

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
A_DAY = timedelta(days=1)


async def allow(bucket: str, who: str, most: int, window: timedelta, now: datetime) -> bool:
    """Counts one more; False when over `window` it would be more than `most`. What is refused counts as well.

    The span before counts with the part of it that lies within the window, so that nobody gets twice at its edge.
    """
    since = _since(window, now)
    async with writing():
        await Limit.filter(bucket=bucket, since__lt=since - window).delete()
        await _counted(bucket, who, since, now)
        return await _used(bucket, who, window, now) <= most


async def used_up(bucket: str, who: str, most: int, window: timedelta, now: datetime) -> bool:
    """Whether `allow` would refuse the next. Nothing is counted or written."""
    return await _used(bucket, who, window, now) + 1 > most


async def _used(bucket: str, who: str, window: timedelta, now: datetime) -> float:
    since = _since(window, now)
    counts = {row.since: row.count for row in await Limit.filter(bucket=bucket, who=who, since__gte=since - window)}
    return float(counts.get(since, 0) + counts.get(since - window, 0) * (1 - (now - since) / window))


def _since(window: timedelta, now: datetime) -> datetime:
    """Where the span of now begins."""
    return now - (now - EPOCH) % window


async def attempt(bucket: str, who: str, free: int, longest: timedelta, now: datetime) -> timedelta:
    """Counts one try at a secret; zero when it may be made, else how long to wait, and then it is not counted.

    After `free` tries each wait is double the one before, from two seconds up to `longest`: it grows and always ends.
    Tries of the last day count, until `forgive`. Counted before the secret is looked at: many at once gain nothing.
    """
    async with writing():
        await Limit.filter(bucket=bucket, last_at__lt=now - A_DAY).delete()
        await Limit.bulk_create([Limit(bucket=bucket, who=who, since=EPOCH)], ignore_conflicts=True)
        row = await Limit.filter(bucket=bucket, who=who, since=EPOCH).select_for_update().get()  # one after the other
        if row.last_at is not None and row.count >= free:
            pause = min(timedelta(seconds=2 ** min(row.count - free + 1, 30)), longest)
            left = row.last_at + pause - now
            if timedelta() < left <= longest:  # more than that: the clock was set back
                return left
        await _counted(bucket, who, EPOCH, now)
    return timedelta()


async def forgive(bucket: str, who: str) -> None:
    """The secret was right: earlier tries no longer count."""
    await Limit.filter(bucket=bucket, who=who).delete()


async def _counted(bucket: str, who: str, since: datetime, now: datetime) -> Limit:
    await Limit.bulk_create([Limit(bucket=bucket, who=who, since=since)], ignore_conflicts=True)
    same = Limit.filter(bucket=bucket, who=who, since=since)
    await same.update(count=F("count") + 1, last_at=now)
    return await same.get()
