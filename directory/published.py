"""What anybody may fetch from us, by the names others know it by, and how far the directory has come."""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from directory.exchange.hsds import organization_of, places_of, terms_of
from directory.exchange.licences import PassOn, passing_on
from directory.exchange.public import listing_id, passable, stable_id
from directory.exchange.terms import every_term, taxonomy_term
from directory.listing import Listed
from directory.models import Batch, Change, Listing, Publisher, Report
from directory.public_listings import after, listed
from directory.runtime import Runtime

STEP = 1000


async def newest_change() -> int:
    found = await Change.all().order_by("-id").limit(1).values_list("id", flat=True)
    return int(found[0]) if found else 0  # type: ignore[call-overload]


async def publishers_state() -> str:
    """Changes when a publisher's name, licence or leave to pass on does, which no change of a listing tells."""
    rows = await Publisher.all().order_by("id").values_list("id", "name", "licence", "pass_on")
    return sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()[:12]


async def position(reports: bool = True) -> str:
    """Equal as long as everything we publish is: listings, publishers, the day each was seen, what visitors report."""
    batch = await Batch.all().order_by("-id").limit(1).values_list("id", "status")
    told: tuple[Any, ...] = ()
    if reports:
        newest = await Report.all().order_by("-id").limit(1).values_list("id", flat=True)
        told = (*newest, await Report.filter(status="settled").count())
    parts = (await newest_change(), await publishers_state(), [tuple(row) for row in batch], told)
    return sha256(repr(parts).encode()).hexdigest()[:20]


def streamed(loop: asyncio.AbstractEventLoop) -> Iterator[Listed]:
    """Every public listing, read in another thread a page at a time from the database that answers on `loop`."""
    last = 0
    while found := asyncio.run_coroutine_threadsafe(after(last, STEP), loop).result():
        yield from found
        last = found[-1].id


@dataclass(frozen=True, slots=True)
class Entry:
    """One listing in the words of HSDS, as ids only."""

    service: str
    organization: str
    places: tuple[str, ...]  # its service_at_locations


class Contents:
    """Every listing that may be passed on, by its UUIDs: made once, then kept up with the change log.

    About 1 KiB a listing; a term once said stays. One for each process; any number of requests may wait for `current`.
    """

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._mark, self._publishers = -1, ""
        self._entries: dict[int, Entry] = {}
        self._terms: dict[str, dict[str, Any]] = {}
        self._seen: set[tuple[str, str, str]] = set()
        self.services: dict[str, int] = {}
        self.places: dict[str, int] = {}
        self.organizations: dict[str, list[int]] = {}

    async def current(self, rt: Runtime) -> "Contents":
        loop = asyncio.get_running_loop()
        async with self._lock:
            mark, publishers = await newest_change(), await publishers_state()
            if publishers != self._publishers:
                self._entries.clear()
                self._seen.clear()
                self._terms = {term["id"]: term for term in every_term()}
                await asyncio.to_thread(self._fill, streamed(loop))
            elif mark != self._mark:
                await self._catch_up(rt)
            self._mark, self._publishers = mark, publishers
        return self

    async def _catch_up(self, rt: Runtime) -> None:
        rows = await Change.filter(id__gt=self._mark).values_list("listing_id", flat=True)
        changed = sorted({int(number) for number in rows})  # type: ignore[call-overload]
        for at in range(0, len(changed), STEP):
            for number in changed[at : at + STEP]:
                self._entries.pop(number, None)
            await asyncio.to_thread(self._fill, await listed(rt, changed[at : at + STEP]))

    def _fill(self, listings: Iterable[Listed]) -> None:
        """Take these in, and arrange all anew: who reads meanwhile sees the old order or the new one."""
        for one in listings:
            if passable(one):
                self._entries[one.id] = Entry(listing_id(one), organization_of(one)[0], tuple(places_of(one)))
                for told in terms_of(one):
                    if told not in self._seen:
                        self._seen.add(told)
                        term = taxonomy_term(*told)
                        self._terms.setdefault(term["id"], term)
        services: dict[str, int] = {}
        places: dict[str, int] = {}
        organizations: dict[str, list[int]] = {}
        for number, entry in sorted(self._entries.items()):
            services[entry.service] = number
            places |= dict.fromkeys(entry.places, number)
            organizations.setdefault(entry.organization, []).append(number)
        self.services, self.places, self.organizations = services, places, organizations

    def terms(self) -> list[dict[str, Any]]:
        return list(self._terms.values())


async def changes(since: int, limit: int) -> tuple[list[dict[str, Any]], int, bool]:
    """What a mirror must fetch or drop after `since`, each listing once; the new cursor; whether more waits."""
    rows = await Change.filter(id__gt=since).order_by("id").limit(limit + 1).values_list("id", "listing_id")
    more, page = len(rows) > limit, rows[:limit]
    ids = list(dict.fromkeys(int(number) for _, number in page))
    facts = ("id", "key", "status", "publisher__name", "publisher__licence", "publisher__pass_on")
    stored = {row[0]: row[1:] for row in await Listing.filter(id__in=ids).values_list(*facts)}
    return (
        [_changed(number, *stored[number]) for number in ids if number in stored],
        page[-1][0] if page else since,
        more,
    )


def _changed(number: int, key: str, status: str, publisher: str, licence: str, decided: str) -> dict[str, Any]:
    here = status == "active" and passing_on(licence, decided) in (PassOn.YES, PassOn.CREDIT)
    return {"id": number, "uuid": stable_id("listing", publisher, key), "what": "changed" if here else "gone"}


async def publishers() -> list[dict[str, Any]]:
    """Who publishes what is listed here, under which licence, and whether we pass it on."""
    from tortoise.functions import Count

    grouped = Listing.filter(status="active").annotate(count=Count("id")).group_by("publisher_id")
    counts = dict(await grouped.values_list("publisher_id", "count"))
    rows = await Publisher.all().order_by("name").values_list("id", "name", "source", "licence", "pass_on")
    return [
        {"name": name, "source": source, "licence": licence, "passed_on": passing_on(licence, decided).value,
         "listings": counts.get(number, 0)}
        for number, name, source, licence, decided in rows
    ]  # fmt: skip
