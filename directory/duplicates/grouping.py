"""Keeps the stored groups what the stored pairs say they are. Inside the caller's transaction."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from tortoise.expressions import Q

from directory.acting import acting
from directory.bulk import insert
from directory.models import Change, Listing
from directory.same.grouping import Edge, Groups, Standing, grouped
from directory.same.models import SameMember, SamePair

LINKED, PARTED = "linked", "parted"
LOGGED = (LINKED, PARTED)  # changes of the log that this module writes: the index must look, nothing is compared again
TOGETHER = (Standing.SURE.value, Standing.LINKED.value)


async def regroup(ids: Collection[int]) -> None:
    """Make the groups of these listings, and of all they hang together with, anew; the change log tells the index."""
    whole = await _reach(set(ids))
    rows = await _pairs(whole)
    public = await _publishers(whole | {number for row in rows for number in row[1:3]})
    now = grouped([_edge(row) for row in rows], public)
    await _keep(dict(await _members(whole)), now.lead_of, public)
    await _queue(rows, now, public)


async def _reach(nodes: set[int]) -> set[int]:
    """These, their groups' members and whoever a chain of links leads to: few, as a place has few publishers."""
    seen: set[int] = set()
    fresh = nodes
    while fresh:
        seen |= fresh
        found = set()
        for some in _parts(fresh):
            near = SamePair.filter(Q(a_id__in=some) | Q(b_id__in=some), standing__in=TOGETHER)
            found |= {number for pair in await near.values_list("a_id", "b_id") for number in pair}
            leads = await SameMember.filter(listing_id__in=some).values_list("lead_id")
            kept = SameMember.filter(lead_id__in=[lead for (lead,) in leads]) if leads else None
            found |= {number for (number,) in await kept.values_list("listing_id")} if kept else set()
        fresh = found - seen
    return seen


def _parts(numbers: Collection[int], size: int = 5000) -> list[list[int]]:
    """As many as a question to a database may name."""
    ordered = sorted(numbers)
    return [ordered[n : n + size] for n in range(0, len(ordered), size)]


async def _pairs(whole: set[int]) -> list[Any]:
    found: dict[int, Any] = {}
    for some in _parts(whole):
        rows = SamePair.filter(Q(a_id__in=some) | Q(b_id__in=some))
        found |= {row[0]: row for row in await rows.values_list("id", *EDGE)}
    return list(found.values())


EDGE = ("a_id", "b_id", "standing", "score", "lead_id", "waits")


def _edge(row: Any) -> Edge:
    _, a, b, standing, score, lead, _ = row
    return Edge(a, b, Standing(standing), score, lead)


async def _publishers(whole: set[int]) -> dict[int, int]:
    """Each public one of these listings and its publisher."""
    found: dict[int, int] = {}
    for some in _parts(whole):
        rows = await Listing.filter(id__in=some, status="active").values_list("id", "publisher_id")
        found |= {int(number): int(publisher) for number, publisher in rows}
    return found


async def _members(whole: set[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for some in _parts(whole):
        found += [(a, b) for a, b in await SameMember.filter(listing_id__in=some).values_list("listing_id", "lead_id")]
    return found


async def _keep(before: dict[int, int], now: dict[int, int], public: dict[int, int]) -> None:
    moved = {one for one in before.keys() | now.keys() if before.get(one) != now.get(one)}
    if not moved:
        return
    for some in _parts(moved & before.keys()):
        await SameMember.filter(listing_id__in=some).delete()
    await insert(SameMember, ("listing_id", "lead_id"), [(one, now[one]) for one in sorted(moved & now.keys())])
    stamp, who = datetime.now(UTC), acting.get()
    # a lead that stays has other facts when somebody came or went
    touched = moved | {lead for one in moved for lead in (before.get(one), now.get(one)) if lead is not None}
    rows = [(one, LINKED if one in now else PARTED, None, None, stamp, who) for one in sorted(touched & public.keys())]
    await insert(Change, ("listing_id", "what", "batch_id", "before", "at", "who"), rows)


async def _queue(rows: list[Any], now: Groups, public: dict[int, int]) -> None:
    """What waits for a person: unsure pairs of public listings not in one group, and sure ones that were refused."""
    for waits in (True, False):
        turned = [row[0] for row in rows if row[6] is not waits and _waits(row, now, public) is waits]
        for some in _parts(turned):
            await SamePair.filter(id__in=some).update(waits=waits)


def _waits(row: Any, now: Groups, public: dict[int, int]) -> bool:
    _, a, b, standing, *_ = row
    if a not in public or b not in public or now.lead_of.get(a, a) == now.lead_of.get(b, b):
        return False
    return standing == Standing.UNSURE or (standing == Standing.SURE and (a, b) in now.refused)
