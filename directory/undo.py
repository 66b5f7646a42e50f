"""A whole batch taken back, also after others changed some of its listings; the undoing is a batch that can be undone.

Each change of the batch is taken back field by field, the last first. A field that nobody touched since gets its value
from before; one that a later batch or a person changed keeps the later value. Place, times, phones and residence count
as one field each, so that no address is made of two. A listing the batch brought is retired, unless somebody retired or
restored it since. Where both met, the listing counts as edited: its feed asks before it changes it again.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from directory.bulk import writing
from directory.catalog import KEPT, State, facts_of, rewrite
from directory.duplicates.comparing import follow
from directory.errors import NeedsDecision, NotAllowed
from directory.models import Batch, Change, Listing
from directory.runtime import Runtime
from directory.security import audit
from directory.security.audit import Act
from directory.staging import UNDO

STEP = 500  # listings a transaction
BY_GROUP = ("facets", "denied")  # their groups are fields of their own
COUNTS = ("read", "new", "changed", "same", "held", "skipped", "rejected", "gone")


async def undo(rt: Runtime, batch: Batch, reason: str) -> Batch:
    """Take an applied batch back; answers the undoing, whose report counts what came of it. Inside `rt.alone()`."""
    undoing = await begin(batch, reason)
    await finish(rt, undoing)
    return undoing


async def begin(batch: Batch, reason: str) -> Batch:
    """Note that an applied batch is being taken back; `finish` does the work, at once or after a restart."""
    if batch.status != "applied":
        raise NotAllowed(f"Batch {batch.id} is {batch.status}; only an applied batch can be undone.")
    if not reason.strip():
        raise NeedsDecision("Say why the batch is undone: it stands in the history of each listing.")
    async with writing():
        if not await Batch.filter(id=batch.id, status="applied").update(status="undone"):
            raise NotAllowed(f"Somebody else is undoing batch {batch.id} already.")
        batch.status = "undone"
        undoing = await Batch.create(
            publisher_id=batch.publisher_id,  # type: ignore[attr-defined]
            source=UNDO,
            status="applying",
            facts={"undoes": batch.id},
            reason=reason[:500],
        )
        await audit.did(Act.UNDO, f"batch {batch.id}")
    return undoing


async def finish(rt: Runtime, undoing: Batch) -> None:
    """Go on with an undoing from wherever it was cut off. Inside `rt.alone()`."""
    undone = await Batch.get(id=undoing.facts["undoes"]).select_related("publisher")
    last = 0
    while ids := await _next(undone, last):
        async with writing():
            await _undo_some(undone, undoing, ids)
        last = ids[-1]
    undoing.report = await _report(undone, undoing)
    undoing.status, undoing.finished_at = "applied", datetime.now(UTC)
    async with writing():
        await undoing.save()
        if undone.source == UNDO:  # what that one had undone stands again
            await Batch.filter(id=undone.facts["undoes"]).update(status="applied")
    await follow(rt)


async def _next(undone: Batch, last: int) -> list[int]:
    mine = Change.filter(batch_id=undone.id, listing_id__gt=last).order_by("listing_id").distinct()
    return [int(row[0]) for row in await mine.limit(STEP).values_list("listing_id")]


async def _undo_some(undone: Batch, undoing: Batch, ids: Sequence[int]) -> None:
    rows = {row.id: row for row in await Listing.filter(id__in=ids)}
    changes: dict[int, list[Change]] = defaultdict(list)
    for change in await Change.filter(listing_id__in=ids).order_by("id"):
        changes[change.listing_id].append(change)
    taken_back = []
    for number in ids:
        row, history = rows[number], changes[number]
        if any(change.batch_id == undoing.id for change in history):
            continue  # done before it was cut off
        now = State(dict(row.data), facts_of(row))
        was = taken_back_from(now, history, undone.id)
        if was != now:
            taken_back.append((row, was))
    await rewrite(taken_back, "undone", undoing.id, undoing.reason)


def taken_back_from(now: State, history: Sequence[Change], batch_id: int) -> State:
    """The state a listing gets when what the batch did to it is taken back; its changes are in order."""
    state, later = now, False
    for change, after in reversed([*pairwise(history), (history[-1], None)]):
        if change.batch_id == batch_id:
            ended = _before(after) if after else now
            state = _merged(state, ended or now, _before(change), later)
        elif change.what in ("retired", "restored"):
            later = True
    return state


def _before(change: Change) -> State | None:
    """None for a listing that was not there; changes of an older version know its data and status alone."""
    if change.before is None:
        return None
    known = change.facts or {"status": "retired" if change.what == "restored" else "active"}
    return State(dict(change.before), dict(known))


def _merged(now: State, after: State, before: State | None, later: bool) -> State:
    if before is None:
        return now if later else State(now.data, {**now.facts, "status": "retired"})
    whole = now.data == after.data and set(before.facts) == set(KEPT)
    data = _fields(now.data, after.data, before.data)
    facts = {**now.facts, **_fields(now.facts, {**now.facts, **after.facts}, {**now.facts, **before.facts})}
    if later:
        facts["status"] = now.facts["status"]
    return State(data, facts if whole else {**facts, "edited": True})


def _fields(now: dict[str, Any], after: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    found = {}
    for name in {**before, **now}:
        told = [state.get(name) for state in (now, after, before)]
        if name in BY_GROUP:
            value: Any = _fields(*(one or {} for one in told)) or None
        else:
            value = told[2] if told[0] == told[1] else told[0]
        if value is not None or name in KEPT:
            found[name] = value
    return found


async def _report(undone: Batch, undoing: Batch) -> dict[str, Any]:
    touched = {int(i) for i in await Change.filter(batch_id=undone.id).values_list("listing_id", flat=True)}  # type: ignore[call-overload]
    taken = {int(i) for i in await Change.filter(batch_id=undoing.id).values_list("listing_id", flat=True)}  # type: ignore[call-overload]
    retired = Counter[str]()
    for begin in range(0, len(taken), STEP):
        some = sorted(taken)[begin : begin + STEP]
        for status in await Listing.filter(id__in=some).values_list("status", flat=True):
            retired[str(status)] += 1
    return {
        "batch": undoing.id,
        "source": UNDO,
        "publisher": undone.publisher.name,
        **dict.fromkeys(COUNTS, 0),
        "undoes": undone.id,
        "listings": len(touched),
        "taken_back": len(taken),
        "retired": retired["retired"],
        "kept": len(touched - taken),
        "reasons": {},
        "kinds": {},
    }
