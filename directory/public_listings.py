"""The reader of public listings: one place as all its publishers tell it, or each publisher's own, by id."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from directory.errors import NotFound
from directory.fresh.found import NOTHING, Found, checks_of, together, told
from directory.listing import Listed, ListingDraft
from directory.models import Listing
from directory.reported import flags
from directory.runtime import Runtime
from directory.same.groups import companions
from directory.same.merged import Voice, merged

LAST_ID = 2**31 - 1  # what an id column can hold; a database refuses to be asked for more

# What `_listed` reads, without a model object for each: pages and exports spend most of their time here.
LISTED = (
    "id", "publisher__name", "source", "data", "status", "publisher__licence", "seen_on", "publisher__pass_on",
    "publisher__trust",
)  # fmt: skip


def _listed(row: Sequence[Any], doubted: bool = False, found: Found = NOTHING) -> Listed:
    number, publisher, source, data, status, licence, seen_on, pass_on, _ = row
    draft = told(ListingDraft.from_dict(data), found)
    return Listed(number, publisher, source, draft, status, licence, seen_on, doubted, pass_on, found.checks)


async def _rows(ids: Collection[int]) -> dict[int, Sequence[Any]]:
    rows = await Listing.filter(id__in=list(ids), status="active").values_list(*LISTED) if ids else []
    return {row[0]: row for row in rows}


async def listed(rt: Runtime, ids: Sequence[int]) -> list[Listed]:
    """Public listings in the order of `ids`; unknown and retired ones left out.

    One of a group of the same place answers with the facts of all, under the number asked for and only once: who kept
    an older number still finds the place.
    """
    sound = list(dict.fromkeys(i for i in ids if 0 < i <= LAST_ID))
    groups = await companions(sound)
    asked = {*sound, *(one for group in groups.values() for one in group)}
    rows, doubted, checked = await _rows(asked), await flags(asked), await checks_of(asked)
    answered: set[int] = set()
    places = []
    for number in sound:
        if number in rows and number not in answered:
            group = [rows[one] for one in groups.get(number, (number,)) if one in rows]
            answered |= {row[0] for row in group}
            places.append(_one(number, group, doubted, checked))
    return places


def _one(number: int, group: Sequence[Sequence[Any]], doubted: Collection[int], checked: Mapping[int, Found]) -> Listed:
    """A place told by each row of its group, the lead's first; doubted when one of them is."""
    each = {row[0]: _listed(row, row[0] in doubted, checked.get(row[0], NOTHING)) for row in group}
    if len(each) == 1:
        return each[number]
    whole = merged([Voice(each[row[0]], row[-1]) for row in group])
    lead = each[group[0][0]]
    return replace(
        lead,
        id=number,
        draft=replace(whole.draft, source_key=lead.draft.source_key),
        licence=" · ".join(dict.fromkeys(one.licence for one in each.values() if one.licence)),
        retrieved_on=max(filter(None, (one.retrieved_on for one in each.values())), default=None),
        reported_closed=any(one.reported_closed for one in each.values()),
        checks=together(checked.get(one, NOTHING) for one in each).checks,
        lead=lead.id,
        voices=tuple(voice.listed for voice in whole.voices),
        contested=whole.contested,
    )


async def get(rt: Runtime, listing_id: int) -> Listed:
    """One public listing; NotFound when there is none or it was retired."""
    found = await listed(rt, [listing_id])
    if not found:
        raise NotFound(f"There is no public listing {listing_id}.")
    return found[0]


async def after(last: int, limit: int) -> list[Listed]:
    """The next public listings by id."""
    if last >= LAST_ID:
        return []
    public = Listing.filter(id__gt=max(last, 0), status="active").order_by("id").limit(limit)
    rows = await public.values_list(*LISTED)
    ids = [row[0] for row in rows]
    doubted, checked = await flags(ids), await checks_of(ids)
    return [_listed(row, row[0] in doubted, checked.get(row[0], NOTHING)) for row in rows]


async def every(rt: Runtime, step: int = 1000) -> AsyncIterator[Listed]:
    """Each publisher's own listings by id, also those of one place: what we pass on is what each of them said."""
    last = 0
    while found := await after(last, step):
        for one in found:
            yield one
        last = found[-1].id
