"""Batches that wait, and what becomes of them: applied, rejected, resumed after a crash."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from errno import ENOSPC
from typing import Any

from tortoise.exceptions import OperationalError
from tortoise.expressions import Q

from directory.answers import ACCEPT, EDIT, LEAVE, edited_drafts
from directory.bulk import writing
from directory.catalog import Entry, retire, save, seen
from directory.duplicates.comparing import follow
from directory.errors import NeedsDecision, NotAllowed, NotFound
from directory.listing import ListingDraft, fingerprint
from directory.models import Batch, Publisher, SourceRecord
from directory.public_listings import LAST_ID
from directory.runtime import Runtime
from directory.security import audit
from directory.security.audit import Act
from directory.staging import CHUNK, UNDO, said
from directory.undo import finish

READ = ("id", "key", "outcome", "words", "draft", "decision")
Drafts = dict[tuple[str, str], dict[str, Any]]  # by key and fingerprint of what the source said
PUBLIC = ("new", "changed", "same")  # outcomes that are written; "same" rows are there only when our reading improved


async def apply(rt: Runtime, batch: Batch, reason: str = "") -> None:
    """Make a staged batch public, a chunk a transaction, and the index after it. Inside `rt.alone()`.

    A batch with broken promises needs a written reason. What a person decided about single records is respected.
    """
    acceptable(batch, reason)
    if batch.status == "staged":  # one that is being applied already was up to date when it began
        await up_to_date(batch)
    batch.status, batch.reason = "applying", (reason or batch.reason)[:500]
    await batch.save()
    publisher = await Publisher.get(id=batch.publisher_id)  # type: ignore[attr-defined]
    while await _apply_chunk(rt, batch, publisher):
        pass
    await seen(publisher, batch.started_at.date())
    batch.status, batch.finished_at = "applied", datetime.now(UTC)
    await batch.save()
    await follow(rt)


async def accept(batch: Batch, reason: str = "") -> None:
    """A person takes a staged batch in; `apply` does the work, at once or after a restart."""
    acceptable(batch, reason)
    if batch.status == "applying":
        return  # somebody did already
    await up_to_date(batch)
    async with writing():
        taken = {"status": "applying", "reason": (reason or batch.reason)[:500]}
        if not await Batch.filter(id=batch.id, status="staged").update(**taken):
            raise NotAllowed(f"Somebody else is deciding about batch {batch.id} already.")
        await audit.did(Act.BATCH, f"batch {batch.id}")
    batch.update_from_dict(taken)


async def up_to_date(batch: Batch) -> None:
    """Refuses what an older batch says once a newer one of its feed is public: it would bring back what has changed."""
    newer = Batch.filter(publisher_id=batch.publisher_id, id__gt=batch.id).exclude(source=UNDO)  # type: ignore[attr-defined]
    found = await newer.filter(status__in=("applying", "applied")).order_by("-id").first()
    if found is not None:
        raise NotAllowed(
            f"Batch {found.id} is newer and public already; batch {batch.id} would bring back what has changed since. "
            f"Reject this one, or undo batch {found.id} first."
        )


def acceptable(batch: Batch, reason: str) -> None:
    """Raises what stands in the way of accepting a batch."""
    if batch.status not in ("staged", "applying"):
        raise NotAllowed(f"Batch {batch.id} is {batch.status}; only a staged batch can be accepted.")
    if batch.broken and not (reason.strip() or batch.reason):
        raise NeedsDecision(f"Batch {batch.id} is held: {' '.join(batch.broken)} Give a reason to accept it anyway.")


async def _apply_chunk(rt: Runtime, batch: Batch, publisher: Publisher) -> bool:
    decided = Q(outcome__in=(*PUBLIC, "gone")) | Q(decision__in=(ACCEPT, EDIT))
    waiting = SourceRecord.filter(decided, batch_id=batch.id, applied=False).exclude(decision=LEAVE)
    records = await waiting.order_by("id").limit(CHUNK).values_list(*READ)
    if not records:
        return False
    edits = [key for _, key, _, _, _, decision in records if decision == EDIT]
    drafts = await edited_drafts(publisher.id, edits) if edits else {}
    entries = await asyncio.to_thread(_entries, records, publisher, drafts)
    async with writing():
        await save(rt, publisher, entries, batch.id)
        await retire(publisher, [key for _, key, outcome, *_ in records if outcome == "gone"], batch.id)
        await waiting.filter(id__lte=records[-1][0]).update(applied=True)
    return True


def _entries(records: Sequence[Any], publisher: Publisher, edited: Drafts) -> list[Entry]:
    found = (_entry(record, publisher, edited) for record in records)
    return [entry for entry in found if entry is not None]


def _entry(record: Sequence[Any], publisher: Publisher, edited: Drafts) -> Entry | None:
    """What becomes public of a record: a person's reading of it where there is one, else ours."""
    number, key, _, words, plain, decision = record
    raw_said = fingerprint(words)
    mine = edited.get((key, raw_said)) if decision == EDIT else None
    chosen = mine or plain
    if not chosen:
        return None
    draft = ListingDraft.from_dict(chosen)
    return Entry(key, draft, said(plain or chosen, publisher), raw_said, number, edited=mine is not None)


async def publish_decided(rt: Runtime, batch: Batch) -> None:
    """Make public what was accepted or edited in a batch that is applied already. Inside `rt.alone()`."""
    if batch.status != "applied":
        return
    publisher = await Publisher.get(id=batch.publisher_id)  # type: ignore[attr-defined]
    while await _apply_chunk(rt, batch, publisher):
        pass
    await follow(rt)


async def reject(batch: Batch, reason: str) -> None:
    """Nothing of the batch becomes public; its records stay to be seen."""
    if batch.status != "staged":
        raise NotAllowed(f"Batch {batch.id} is {batch.status}; only a staged batch can be rejected.")
    batch.status, batch.reason, batch.finished_at = "rejected", reason[:500], datetime.now(UTC)
    async with writing():
        await batch.save()
        await audit.did(Act.REJECT, f"batch {batch.id}")


async def pending() -> list[Batch]:
    return await Batch.filter(status="staged").order_by("id").select_related("publisher")


async def find(batch_id: int) -> Batch:
    batch = await Batch.get_or_none(id=batch_id).select_related("publisher") if 0 < batch_id <= LAST_ID else None
    if batch is None:
        raise NotFound(f"There is no batch {batch_id}.")
    return batch


async def unlisted(batch: Batch) -> list[SourceRecord]:
    """The records that did not become listings, each with its reason and the source's words."""
    return await SourceRecord.filter(batch_id=batch.id).exclude(outcome__in=PUBLIC).order_by("number", "id")


async def accept_record(rt: Runtime, record_id: int) -> None:
    """Publish one held record that could be read (it waited because a person had edited or closed the listing)."""
    waiting = SourceRecord.filter(id=min(record_id, LAST_ID), outcome="held", applied=False)
    record = await waiting.first()
    if record is None or record.draft is None:
        raise NotAllowed(f"Record {record_id} is not one that waits with a reading; correct it at the source.")
    batch = await find(record.batch_id)  # type: ignore[attr-defined]
    await up_to_date(batch)
    entries = _entries([(record.id, record.key, "held", record.words, record.draft, ACCEPT)], batch.publisher, {})
    async with writing():
        await save(rt, batch.publisher, entries, batch.id)
        await SourceRecord.filter(id=record.id).update(applied=True, decision=ACCEPT)
        await audit.did(Act.ACCEPT, f"batch {batch.id}", f"record {record.id}")
    await follow(rt)


async def recover(rt: Runtime) -> None:
    """After a crash: what was still being read is dropped, what was being applied is finished, the index mended.

    Does nothing while another process is writing: that one is alive. On a full disk it waits for the next start:
    what is public can be read until then.
    """
    async with rt.alone(wait=False) as mine:
        if not mine:
            return
        try:
            await _take_up(rt)
        except (OperationalError, OSError) as error:
            if getattr(error, "errno", None) != ENOSPC and "disk is full" not in str(error):
                raise


async def _take_up(rt: Runtime) -> None:
    await Batch.filter(status="staging").delete()
    for batch in await Batch.filter(status="applying").order_by("id"):
        await (finish if batch.source == UNDO else apply)(rt, batch)
    await follow(rt)
