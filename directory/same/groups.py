"""Which listings are one place, and that place's facts as one draft: what readers and the index must know of links."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from directory.fresh.found import NOTHING, Found, checks_of, together, told
from directory.listing import Listed, ListingDraft
from directory.models import Listing
from directory.same.merged import Voice, merged
from directory.same.models import SameMember

Row = tuple[int, dict[str, Any]]  # a public listing's id and its data
Answering = tuple[int, dict[str, Any], Found]  # and what was found out by checking


async def companions(ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Each of `ids` that is in a group -> the whole group, its lead first."""
    found = await SameMember.filter(listing_id__in=list(ids)).values_list("listing_id", "lead_id") if ids else []
    if not found:
        return {}
    groups: dict[int, list[int]] = defaultdict(list)
    rows = SameMember.filter(lead_id__in=list({lead for _, lead in found})).order_by("listing_id")
    for listing, lead in await rows.values_list("listing_id", "lead_id"):
        groups[lead].append(listing)
    return {one: (lead, *(other for other in groups[lead] if other != lead)) for one, lead in found}


def leads(groups: dict[int, tuple[int, ...]], public: Collection[int]) -> dict[int, int]:
    """Each public listing of a group -> who answers for it: the lead, or the next while the lead has just closed."""
    return {one: next(other for other in group if other in public) for one, group in groups.items() if one in public}


async def answering(rows: Sequence[Row]) -> list[Answering]:
    """Public rows as the index holds them: a group once, under its lead, with the facts and checks of all."""
    groups = await companions([number for number, _ in rows])
    wanted = {one for group in groups.values() for one in group}
    checked = await checks_of(wanted | {number for number, _ in rows})
    stored = Listing.filter(id__in=sorted(wanted), status="active")
    voices = {
        one: Voice(Listed(one, "", "", told(ListingDraft.from_dict(data), checked.get(one, NOTHING))), trust)
        for one, data, trust in (await stored.values_list("id", "data", "publisher__trust") if wanted else [])
    }
    lead_of = leads(groups, voices)
    found: list[Answering] = []
    for number, data in rows:
        if number not in lead_of:
            found.append((number, data, checked.get(number, NOTHING)))
        elif lead_of[number] == number:
            group = [one for one in groups[number] if one in voices]
            whole = merged([voices[one] for one in group]).draft.as_dict()
            found.append((number, whole, together(checked.get(one, NOTHING) for one in group)))
    return found
