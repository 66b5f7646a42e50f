"""The index follows the database: what an engine knows of a listing, and catching up with the change log."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date

from directory.geo import Locator
from directory.listing import ListingDraft, Place
from directory.models import Change, Listing
from directory.runtime import Runtime
from directory.search.query import Document
from directory.vocab import Modality

STEP = 2000  # listings a commit while catching up
AFAR = (Modality.ONLINE, Modality.PHONE)


def document(listing_id: int, draft: ListingDraft, locator: Locator) -> Document:
    """Public words and facts of one listing; a confidential place counts as somewhere in its town."""
    place = draft.place or Place()
    point = locator.centroid(replace(place, postal_code="")) if place.confidential else None
    lat, lon = point or ((None, None) if place.confidential else (place.latitude, place.longitude))
    afar = draft.modality in AFAR
    area = draft.area
    served = area is not None and bool(area.nationwide or area.states or area.counties)
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
        anywhere=afar or (lat is None and not served),
        nationwide=bool(area and area.nationwide),
        states=area.states if area else (),
        counties=area.counties if area else (),
        fresh_on=_days(max(filter(None, (draft.verified_on, draft.source_updated_on)), default=None)),
    )


def modalities(draft: ListingDraft) -> tuple[str, ...]:
    """A hybrid is also found by those who ask for either."""
    if draft.modality is Modality.HYBRID:
        return (Modality.HYBRID.value, Modality.IN_PERSON.value, Modality.ONLINE.value)
    return (draft.modality.value,)


def _days(day: date | None) -> int:
    return (day - date(1970, 1, 1)).days if day else 0


async def catch_up(rt: Runtime) -> int:
    """Bring the index up to the change log; answers how many listings were read. Call it inside `rt.alone()`."""
    mark = await asyncio.to_thread(rt.engine.watermark)
    newest = await Change.all().order_by("-id").first()
    last = newest.id if newest else 0
    if mark > last or (mark == 0 and last > 0):
        return await rebuild(rt)
    done = 0
    while mark < last:
        changes = await Change.filter(id__gt=mark).order_by("id").limit(STEP).values_list("id", "listing_id")
        mark = int(changes[-1][0])
        ids = {int(listing_id) for _, listing_id in changes}
        active = [row async for row in _active(rt, sorted(ids))]
        gone = ids - {row.id for row in active}
        await asyncio.to_thread(rt.engine.write, active, gone, mark)
        done += len(ids)
    return done


async def rebuild(rt: Runtime) -> int:
    """Make the index anew from the database, in one swap."""
    newest = await Change.all().order_by("-id").first()
    documents = [row async for row in _active(rt, await _public_ids())]
    await asyncio.to_thread(rt.engine.rebuild, documents, newest.id if newest else 0)
    return len(documents)


async def _public_ids() -> list[int]:
    return [row.id for row in await Listing.filter(status="active").order_by("id").only("id")]


async def _active(rt: Runtime, ids: Sequence[int]) -> AsyncIterator[Document]:
    for start in range(0, len(ids), STEP):
        for row in await Listing.filter(id__in=ids[start : start + STEP], status="active"):
            yield document(row.id, ListingDraft.from_dict(row.data), rt.locator)


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
