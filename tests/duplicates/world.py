"""Listings of several publishers, written as an import writes them."""

from typing import Any

from directory import catalog
from directory.bulk import writing
from directory.duplicates.comparing import follow
from directory.listing import ListingDraft, Phone, facets
from directory.models import Listing, Publisher
from directory.runtime import Runtime
from directory.same.models import SameMember, SamePair
from directory.vocab import Kind
from tests.builders import make_draft


def clinic(**changes: Any) -> ListingDraft:
    sound = {
        "source_key": "clinic",
        "name": "Harbor Ridge Recovery Center",
        "kind": Kind.OUTPATIENT,
        "group": "",
        "times": (),
        "phones": (Phone("614-555-0101"),),
        "facets": facets(level=["outpatient"]),
    }
    return make_draft(**{**sound, **changes})


async def say(rt: Runtime, publisher: str, *drafts: ListingDraft, trust: int = 50) -> list[int]:
    """A publisher says these; answers their ids in order."""
    who, _ = await Publisher.get_or_create(name=publisher, defaults={"source": "meeting-guide", "trust": trust})
    entries = [catalog.Entry(d.source_key, d, d.fingerprint(), d.fingerprint()) for d in drafts]
    async with writing():
        await catalog.save(rt, who, entries)
    await follow(rt)
    rows = dict(await Listing.filter(publisher_id=who.id).values_list("key", "id"))
    return [rows[draft.source_key] for draft in drafts]


async def drop(rt: Runtime, publisher: str, *keys: str) -> None:
    async with writing():
        await catalog.retire(await Publisher.get(name=publisher), keys)
    await follow(rt)


async def groups() -> dict[int, int]:
    return dict(await SameMember.all().order_by("listing_id").values_list("listing_id", "lead_id"))


async def pairs() -> list[tuple[Any, ...]]:
    return list(await SamePair.all().order_by("a_id", "b_id").values_list("a_id", "b_id", "standing", "waits", "score"))
