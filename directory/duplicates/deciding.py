"""What a person decides of two listings: the same place, kept apart, or a decision taken back. Inside `rt.alone()`."""

from datetime import UTC, datetime
from typing import Any

from directory.acting import acting
from directory.bulk import writing
from directory.duplicates.comparing import Memory, compare_pair, told_by_both
from directory.duplicates.grouping import regroup
from directory.errors import BadQuestion, NotAllowed, NotFound
from directory.models import Listing
from directory.public_listings import LAST_ID
from directory.runtime import Runtime
from directory.same.grouping import Standing
from directory.same.models import SameDecision, SameMember, SamePair
from directory.security import audit
from directory.security.audit import Act
from directory.shadow import catch_up

FIELDS = ("standing", "waits", "score", "why", "lead_id", "said", "who", "at")


async def link(rt: Runtime, a: int, b: int, lead: int | None = None) -> int:
    """They are the same place, answered for by `lead` if given; answers the number of the decision."""
    if lead is not None and lead not in (a, b):
        raise BadQuestion(f"The lead is one of the two, {a} or {b}, not {lead}.")
    return await _decide(rt, a, b, Standing.LINKED, lead)


async def apart(rt: Runtime, a: int, b: int) -> int:
    """They are two places; that holds while both say the same. Answers the number of the decision."""
    return await _decide(rt, a, b, Standing.APART, None)


async def _decide(rt: Runtime, a: int, b: int, standing: Standing, lead: int | None) -> int:
    a, b = await _two(a, b)
    async with writing():
        row = await SamePair.get_or_none(a_id=a, b_id=b)
        before = _kept(row) if row else None
        facts = await Memory().recall([a, b])
        fresh: dict[str, Any] = {
            "standing": standing.value,
            "lead_id": lead,
            "said": told_by_both(facts[a], facts[b]),
            "who": acting.get() or "a person",
            "at": datetime.now(UTC),
            "waits": False,
        }
        if row:
            await row.update_from_dict(fresh).save()
        else:
            await SamePair.create(a_id=a, b_id=b, **fresh)
        if standing is Standing.LINKED:
            await _only_one_lead(a, b, lead)
        decision = await SameDecision.create(
            a_id=a, b_id=b, what=standing.value, before=before, who=fresh["who"], at=fresh["at"]
        )
        await regroup({a, b})
        await _as_decided(a, b, standing)
        await audit.did(Act.SAME if standing is Standing.LINKED else Act.APART, f"listing {a}", f"listing {b}")
    await catch_up(rt)
    return int(decision.id)


async def _two(a: int, b: int) -> tuple[int, int]:
    if a == b:
        raise BadQuestion("Name two different listings.")
    low, high = sorted((a, b))
    public = await Listing.filter(id__in=[n for n in (low, high) if 0 < n <= LAST_ID], status="active").count()
    if public != 2:
        raise NotFound(f"Listings {low} and {high} must both be public.")
    return low, high


async def _only_one_lead(a: int, b: int, lead: int | None) -> None:
    """A lead chosen now stands before one chosen earlier for the same group."""
    if lead is not None:
        await regroup({a, b})
        mine = await SameMember.get_or_none(listing_id=a)
        ids = await SameMember.filter(lead_id=mine.lead_id).values_list("listing_id") if mine else []
        whole = [number for (number,) in ids]
        older = SamePair.filter(a_id__in=whole, b_id__in=whole, lead_id__isnull=False)
        await older.exclude(a_id=a, b_id=b).update(lead_id=None)


async def _as_decided(a: int, b: int, standing: Standing) -> None:
    """Refuse (and so roll back) what older decisions speak against."""
    rows = dict(await SameMember.filter(listing_id__in=[a, b]).values_list("listing_id", "lead_id"))
    together = a in rows and rows.get(a) == rows.get(b)
    if standing is Standing.APART and together:
        raise NotAllowed(
            f"Listings {a} and {b} are both linked to a third by a person. Undo one of those links first; "
            f"`aftercare duplicates --why {a} {b}` shows the history."
        )
    if standing is Standing.LINKED:
        ids = [n for (n,) in await SameMember.filter(lead_id=rows[a]).values_list("listing_id")]
        torn = await SamePair.filter(a_id__in=ids, b_id__in=ids, standing=Standing.APART.value).first()
        if torn:
            raise NotAllowed(
                f"Listings {torn.a_id} and {torn.b_id} would come into one group, and a person keeps them apart. "
                "Undo that first."
            )


async def undo(rt: Runtime, number: int) -> SameDecision:
    """Take decision `number` back: the pair stands as before it. The history keeps both."""
    decision = await SameDecision.get_or_none(id=number) if 0 < number <= LAST_ID else None
    if decision is None:
        raise NotFound(f"There is no decision {number}.")
    a, b = decision.a_id, decision.b_id
    async with writing():
        newest = await _standing_decision(a, b)
        if newest is None or newest.id != number:
            newer = f"; undo {newest.id} first" if newest else ""
            raise NotAllowed(f"Decision {number} is no longer the last word on listings {a} and {b}{newer}.")
        row = await SamePair.get_or_none(a_id=a, b_id=b)
        before = _kept(row) if row else None
        if row and decision.before is None:
            await row.delete()
        elif row and decision.before is not None:
            await row.update_from_dict(_restored(decision.before)).save()
        await SameDecision.create(
            a_id=a, b_id=b, what="undone", before=before, undoes=number, who=acting.get() or "a person",
            at=datetime.now(UTC),
        )  # fmt: skip
        await compare_pair(a, b)
        await audit.did(Act.ASUNDER, f"listing {a}", f"listing {b}")
    await catch_up(rt)
    return decision


async def _standing_decision(a: int, b: int) -> SameDecision | None:
    """The last decision on the pair that nobody has taken back."""
    rows = await SameDecision.filter(a_id=a, b_id=b).order_by("-id")
    taken_back = {row.undoes for row in rows}
    return next((row for row in rows if row.what != "undone" and row.id not in taken_back), None)


def _kept(row: SamePair) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in FIELDS}
    return values | {"at": row.at.isoformat()}


def _restored(before: dict[str, Any]) -> dict[str, Any]:
    return before | {"at": datetime.fromisoformat(str(before["at"]))}
