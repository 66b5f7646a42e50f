"""What people decide about records of a batch, kept for as long as the source says the same."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from tortoise.queryset import QuerySet

from directory.acting import acting
from directory.bulk import writing
from directory.errors import NotAllowed
from directory.listing import fingerprint
from directory.models import Answer, Batch, Listing, SourceRecord
from directory.security import audit
from directory.security.audit import Act

ACCEPT, LEAVE, EDIT = "accept", "leave", "edit"
DECISIONS = (ACCEPT, LEAVE, EDIT)
ACTS = {ACCEPT: Act.ACCEPT, LEAVE: Act.LEAVE, EDIT: Act.EDIT}
OPEN = ("new", "changed", "held", "rejected", "gone")  # outcomes a person decides about
STEP = 500

Answers = dict[str, dict[str, str]]  # key -> fingerprint of what was said -> decision


def vanished(raw_said: str) -> str:
    """What a feed says of a listing it no longer holds: nothing, after these last words."""
    return f"gone:{raw_said}"


async def answers_of(publisher_id: int) -> Answers:
    found: Answers = defaultdict(dict)
    for key, said, decision in await Answer.filter(publisher_id=publisher_id).values_list("key", "said", "decision"):
        found[str(key)][str(said)] = str(decision)
    return dict(found)


async def edited_drafts(publisher_id: int, keys: Sequence[str]) -> dict[tuple[str, str], dict[str, Any]]:
    """A person's reading of records, by key and fingerprint of what was said."""
    rows = await Answer.filter(publisher_id=publisher_id, key__in=keys, decision=EDIT)
    return {(row.key, row.said): dict(row.draft) for row in rows if row.draft}


def alike(batch: Batch, outcome: str, reason: str | None = None, kind: str | None = None) -> QuerySet[SourceRecord]:
    """The undecided records of one outcome, and of one reason and kind when these are given."""
    chosen: dict[str, str] = {"outcome": outcome}
    chosen |= {name: value for name, value in (("reason", reason), ("kind", kind)) if value is not None}
    return SourceRecord.filter(batch_id=batch.id, decision="", applied=False, **chosen)


async def decide(
    batch: Batch, records: QuerySet[SourceRecord], decision: str, draft: dict[str, Any] | None = None
) -> int:
    """Keep a decision on these records of a batch that waits or was applied; answers on how many.

    Nothing becomes public here. What could not be read cannot be accepted as it stands, only edited.
    """
    if batch.status not in ("staged", "applied"):
        raise NotAllowed(f"Batch {batch.id} is {batch.status}; nothing in it waits for an answer.")
    records = records.filter(batch_id=batch.id, applied=False, outcome__in=OPEN)
    done: list[int] = []
    last = 0
    async with writing():
        while rows := await _page(records.filter(id__gt=last)):
            last = int(rows[-1][0])
            sound = [row for row in rows if decision != ACCEPT or row[2] == "gone" or row[4]]
            await _keep(batch, sound, decision, draft)
            done += [int(row[0]) for row in sound]
        if done:
            await audit.did(ACTS[decision], f"batch {batch.id}", audit.counted("record", done))
    return len(done)


async def _page(records: QuerySet[SourceRecord]) -> list[tuple[Any, ...]]:
    rows = await records.order_by("id").limit(STEP).values_list("id", "key", "outcome", "words", "draft")
    return [tuple(row) for row in rows]


async def _keep(batch: Batch, rows: list[tuple[Any, ...]], decision: str, draft: dict[str, Any] | None) -> None:
    publisher, who, now = batch.publisher_id, acting.get(), datetime.now(UTC)  # type: ignore[attr-defined]
    gone = [row[1] for row in rows if row[2] == "gone"]
    last = dict(await Listing.filter(publisher_id=publisher, key__in=gone).values_list("key", "raw_said"))
    said = await asyncio.to_thread(_said, rows, last)
    answers = {
        (key, words): Answer(
            publisher_id=publisher, key=key, said=words, decision=decision, draft=draft, who=who, at=now
        )
        for key, words in said
        if key
    }
    if answers:
        await Answer.bulk_create(
            answers.values(),
            on_conflict=["publisher_id", "key", "said"],
            update_fields=["decision", "draft", "who", "at"],
        )
    await SourceRecord.filter(id__in=[row[0] for row in rows]).update(decision=decision)


def _said(rows: list[tuple[Any, ...]], last: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (key, vanished(last.get(key, "")) if outcome == "gone" else fingerprint(words))
        for _, key, outcome, words, _ in rows
    ]


async def undecide(batch: Batch, record_id: int) -> None:
    """Take a decision on a record that still waits back, and the answer kept of it."""
    async with writing():
        record = await SourceRecord.get_or_none(id=record_id, batch_id=batch.id, applied=False)
        if record is None or not record.decision:
            raise NotAllowed("There is no decision on that record to take back.")
        row = (record.id, record.key, record.outcome, record.words, record.draft)
        last = await Listing.get_or_none(publisher_id=batch.publisher_id, key=record.key)  # type: ignore[attr-defined]
        ((key, said),) = _said([row], {record.key: last.raw_said} if last else {})
        await Answer.filter(publisher_id=batch.publisher_id, key=key, said=said).delete()  # type: ignore[attr-defined]
        await SourceRecord.filter(id=record.id).update(decision="")
        await audit.did(Act.UNDECIDE, f"batch {batch.id}", f"record {record.id}")
