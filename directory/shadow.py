"""The index follows the database: what an engine knows of a listing, and catching up with the change log."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from directory.fresh.found import NOTHING, Found
from directory.freshness import fading
from directory.geo import Locator
from directory.listing import ListingDraft, Place
from directory.models import Change, Listing
from directory.runtime import Runtime
from directory.same.groups import Answering, answering, companions, leads
from directory.search.query import Document
from directory.vocab import Modality

STEP = 2000  # listings a commit while catching up
Rows = Sequence[tuple[Any, ...]]  # a listing's id and its data
AFAR = (Modality.ONLINE, Modality.PHONE)


def document(listing_id: int, draft: ListingDraft, locator: Locator, found: Found = NOTHING) -> Document:
    """Public words and facts of one listing; a confidential place counts as somewhere in its town."""
    place = draft.place or Place()
    point = locator.centroid(replace(place, postal_code="")) if place.confidential else None
    lat, lon = point or ((None, None) if place.confidential else (place.latitude, place.longitude))
    afar = draft.modality in AFAR
    area = draft.area
    fresh_on, fade = fading(draft, found.checks)
    served = area is not None and bool(area.nationwide or area.states or area.counties)
    local = served and area is not None and not area.nationwide  # a line for one county helps nobody elsewhere
    lost = not afar and lat is None and not (draft.modality is Modality.HYBRID and draft.online)
    there = (place.state,) if lost and place.state and not served else ()  # somewhere in it, we know not where
    abroad = lost and place.country != "US"
    words = (
        draft.group,
        draft.description,
        draft.notes,
        place.name,
        draft.residence.operator if draft.residence else "",
    )
    return Document(
        id=listing_id,
        kinds=(draft.kind, *draft.also),
        name=draft.name,
        categories=" ; ".join(draft.categories),
        description="\n".join(filter(None, words)),
        city=place.city,
        lat=None if afar else lat,
        lon=None if afar else lon,
        facets={**draft.facets, "modality": modalities(draft)},
        times=draft.times,
        anywhere=(afar and not local) or (lat is None and not served and not there and not abroad),
        nationwide=bool(area and area.nationwide),
        states=(area.states if area else ()) or there,
        counties=area.counties if area else (),
        fresh_on=fresh_on,
        fade=fade,
    )


def modalities(draft: ListingDraft) -> tuple[str, ...]:
    """A hybrid is also found by those who ask for either."""
    if draft.modality is Modality.HYBRID:
        return (Modality.HYBRID.value, Modality.IN_PERSON.value, Modality.ONLINE.value)
    return (draft.modality.value,)


async def catch_up(rt: Runtime) -> int:
    """Bring the index up to the change log; answers how many listings were read. Call it inside `rt.alone()`."""
    mark = await asyncio.to_thread(rt.engine.watermark)
    newest = await Change.all().order_by("-id").first()
    last = newest.id if newest else 0
    if mark > last or (mark == 0 and last > 0) or await _mostly_new(rt, last - mark):
        return await rebuild(rt)
    done = 0
    while mark < last:
        changes = await Change.filter(id__gt=mark).order_by("id").limit(STEP).values_list("id", "listing_id")
        mark = int(changes[-1][0])
        ids = {int(listing_id) for _, listing_id in changes}
        ids |= {one for group in (await companions(ids)).values() for one in group}
        rows = await answering(
            await Listing.filter(id__in=sorted(ids), status="active").order_by("id").values_list("id", "data")
        )
        active = await asyncio.to_thread(_documents, rt, rows)
        gone = ids - {one.id for one in active}
        await asyncio.to_thread(rt.engine.write, active, gone, mark)
        done += len(ids)
    return done


async def rebuild(rt: Runtime) -> int:
    """Make the index anew from the database, in one swap; a page of the table is in memory at a time."""
    newest = await Change.all().order_by("-id").first()
    loop, done = asyncio.get_running_loop(), 0

    def documents() -> Iterator[Document]:
        """Read in the engine's thread, from a database that answers on this loop."""
        nonlocal done
        last = 0
        while rows := asyncio.run_coroutine_threadsafe(_page(last), loop).result():
            yield from _documents(rt, found := asyncio.run_coroutine_threadsafe(answering(rows), loop).result())
            last, done = rows[-1][0], done + len(found)

    await asyncio.to_thread(rt.engine.rebuild, documents(), newest.id if newest else 0)
    return done


async def _mostly_new(rt: Runtime, changes: int) -> bool:
    """So much to learn that one index made anew costs less than many commits to the old one."""
    return changes > STEP and 2 * changes > await asyncio.to_thread(rt.engine.count)


async def _page(last: int) -> Rows:
    after = Listing.filter(id__gt=last, status="active").order_by("id")
    return await after.limit(STEP).values_list("id", "data")


def _documents(rt: Runtime, rows: Sequence[Answering]) -> list[Document]:
    return [document(i, ListingDraft.from_dict(data), rt.locator, found) for i, data, found in rows]


async def _public_ids() -> list[int]:
    """Listings the index should hold: a group of the same place once."""
    public = [int(i) for i in await Listing.filter(status="active").order_by("id").values_list("id", flat=True)]  # type: ignore[call-overload]
    groups: dict[int, tuple[int, ...]] = {}
    for n in range(0, len(public), STEP):
        groups |= await companions(public[n : n + STEP])
    lead_of = leads(groups, set(public))
    return [i for i in public if lead_of.get(i, i) == i]


async def disagreements(rt: Runtime) -> list[str]:
    """What `aftercare check` says when the index and the database differ."""
    stored = set(await _public_ids())
    indexed = await asyncio.to_thread(rt.engine.ids)
    found = []
    if stored - indexed:
        found.append(f"{len(stored - indexed)} public listings are missing from the index; run: aftercare reindex")
    if indexed - stored:
        found.append(f"{len(indexed - stored)} listings in the index are not public; run: aftercare reindex")
    return found
