"""A batch as a person reviews it: what it holds in counts, and its records a page at a time."""

import asyncio
import json
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tortoise.expressions import Q
from tortoise.functions import Count

from directory.answers import OPEN
from directory.catalog import placed
from directory.differences import Difference, differences, told
from directory.errors import NotFound
from directory.listing import ListingDraft
from directory.models import Batch, Listing, SourceRecord
from directory.public_listings import LAST_ID
from directory.runtime import Runtime

PER_PAGE = 25
OUTCOMES = ("held", "rejected", "changed", "new", "gone", "skipped", "same")  # what needs a person most comes first
WAITING = ("held", "rejected")  # outcomes that may be undecided still in a batch that is public
UNDECIDED = "open"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records to show; "" lets everything through."""

    outcome: str = ""
    reason: str = ""
    kind: str = ""
    words: str = ""
    decision: str = ""  # accept leave edit, or open

    def pairs(self) -> list[tuple[str, str]]:
        told = [(name, getattr(self, name)) for name in ("outcome", "reason", "kind", "words", "decision")]
        return [(name, value) for name, value in told if value]


@dataclass(frozen=True, slots=True)
class Heap:
    """Records that are alike."""

    outcome: str
    reason: str
    kind: str
    count: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One record: the source's words beside our reading, and what would change."""

    id: int
    number: int
    key: str
    name: str
    kind: str
    outcome: str
    reason: str
    detail: str
    decision: str
    applied: bool
    words: list[tuple[str, str]]
    reading: dict[str, str]
    changes: list[Difference]
    listing_id: int | None
    readable: bool

    @property
    def decidable(self) -> bool:
        return self.outcome in OPEN and not self.applied


@dataclass(frozen=True, slots=True)
class Rows:
    shown: list[Shown]
    total: int
    before: int | None  # ids to page from; None where there is no page
    after: int | None


async def heaps(batch: Batch) -> list[Heap]:
    """Counts by outcome, reason and kind: from an index alone, however large the batch."""
    names = ("outcome", "reason", "kind", "decision")
    counted = SourceRecord.filter(batch_id=batch.id).annotate(n=Count("id")).group_by(*names)
    sums: dict[tuple[str, str, str], list[int]] = {}
    for outcome, reason, kind, decision, count in await counted.values_list(*names, "n"):
        both = sums.setdefault((str(outcome), str(reason), str(kind)), [0, 0])
        both[0] += int(count)
        both[1] += int(count) if not decision and outcome in OPEN and batch.status != "applied" else 0
    if batch.status == "applied":  # all the rest of it is public or decided
        left = SourceRecord.filter(batch_id=batch.id, outcome__in=WAITING, decision="", applied=False)
        alike = left.annotate(n=Count("id")).group_by(*names[:3])
        for outcome, reason, kind, count in await alike.values_list(*names[:3], "n"):
            sums[str(outcome), str(reason), str(kind)][1] = int(count)
    order = {outcome: place for place, outcome in enumerate(OUTCOMES)}
    found = [Heap(*named, *counts) for named, counts in sums.items()]
    return sorted(found, key=lambda heap: (order.get(heap.outcome, 99), -heap.count, heap.reason, heap.kind))


def chosen(batch: Batch, by: Filter) -> Q:
    """The condition of a filter."""
    exact = {name: getattr(by, name) for name in ("outcome", "reason", "kind") if getattr(by, name)}
    found = Q(batch_id=batch.id, **exact)
    if by.words:
        found &= Q(name__icontains=by.words) | Q(key__icontains=by.words)
    if by.decision == UNDECIDED:
        found &= Q(decision="", applied=False, outcome__in=OPEN)
    elif by.decision:
        found &= Q(decision=by.decision)
    return found


async def rows(rt: Runtime, batch: Batch, by: Filter, after: int = 0, before: int = 0) -> Rows:
    """A page of records in the feed's order, beginning behind `after` or ending ahead of `before`."""
    matching = SourceRecord.filter(chosen(batch, by))
    if by.words:  # no index knows words within a name: look through all of them once, not once more for the count
        fitting = [int(one) for one in await matching.order_by("id").values_list("id", flat=True)]  # type: ignore[call-overload]
        total, matching = len(fitting), SourceRecord.filter(id__in=_around(fitting, after, before))
    else:
        total = await matching.count()
    if before:
        found = await matching.filter(id__lt=before).order_by("-id").limit(PER_PAGE + 1).values_list("id", flat=True)
        ids, more = sorted(map(_number, found[:PER_PAGE])), len(found) > PER_PAGE
        return Rows(await _shown(rt, batch, ids), total, ids[0] if more else None, ids[-1] if ids else None)
    found = await matching.filter(id__gt=after).order_by("id").limit(PER_PAGE + 1).values_list("id", flat=True)
    ids = list(map(_number, found[:PER_PAGE]))
    back = ids[0] if after and ids else None
    return Rows(await _shown(rt, batch, ids), total, back, ids[-1] if len(found) > PER_PAGE else None)


def _around(ids: list[int], after: int, before: int) -> list[int]:
    """Of ids in order, those a page needs: its own and one more."""
    if before:
        end = bisect_left(ids, before)
        return ids[max(end - PER_PAGE - 1, 0) : end]
    begin = bisect_right(ids, after)
    return ids[begin : begin + PER_PAGE + 1]


def _number(value: Any) -> int:
    return int(value)


async def row(rt: Runtime, batch: Batch, record_id: int) -> Shown:
    found = await _shown(rt, batch, [record_id]) if 0 < record_id < LAST_ID**2 else []
    if not found:
        raise NotFound(f"Batch {batch.id} has no record {record_id}.")
    return found[0]


async def _shown(rt: Runtime, batch: Batch, ids: Sequence[int]) -> list[Shown]:
    records = await SourceRecord.filter(id__in=ids, batch_id=batch.id).order_by("id")
    held = Listing.filter(publisher_id=batch.publisher_id, key__in=[one.key for one in records])  # type: ignore[attr-defined]
    listings = {one.key: one for one in await held}
    zone = batch.publisher.timezone
    # beside the loop: the first one since the start loads all ZIP codes, and nobody else should wait for that
    return await asyncio.to_thread(lambda: [_one(rt, one, listings.get(one.key), zone) for one in records])


def _one(rt: Runtime, record: SourceRecord, listing: Listing | None, zone: str) -> Shown:
    reading = placed(ListingDraft.from_dict(dict(record.draft)), rt.locator, zone).as_dict() if record.draft else None
    compared = listing is not None and reading is not None and not record.applied and record.outcome != "new"
    return Shown(
        id=record.id,
        number=record.number,
        key=record.key,
        name=_name(record, listing),
        kind=record.kind,
        outcome=record.outcome,
        reason=record.reason,
        detail=record.detail,
        decision=record.decision,
        applied=record.applied,
        words=source_words(record.words),
        reading=told(reading) if reading else told(listing.data) if listing and record.outcome == "gone" else {},
        changes=differences(listing.data, reading) if compared and listing else [],
        listing_id=listing.id if listing else None,
        readable=bool(record.draft) or record.outcome == "gone",
    )


def _name(record: SourceRecord, listing: Listing | None) -> str:
    """What it is called; a listing gone from its feed is known there by its key alone."""
    if listing is not None and record.outcome == "gone":
        return listing.name
    return record.name or record.key


def source_words(words: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The source's columns as it wrote them; empty ones left out."""
    plain = (
        (name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for name, value in words.items()
    )
    return [(name, value) for name, value in plain if value.strip() and value not in ("null", "[]", "{}")]
