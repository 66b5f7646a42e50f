"""The only writer of listings: database first with its change log, the index after the commit."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from directory.acting import acting
from directory.bulk import insert
from directory.geo import Locator
from directory.listing import ListingDraft
from directory.models import Change, Listing, Publisher
from directory.runtime import Runtime
from directory.schedule import WeeklyTime
from directory.vocab import Modality

KEY_LENGTH = 300
FACTS = ("kind", "name", "data", "said", "raw_said", "record_id", "status", "changed_at", "seen_on", "edited")
CHANGE = ("listing_id", "what", "batch_id", "before", "facts", "at", "who", "reason")
KEPT = ("said", "raw_said", "record_id", "status", "edited")  # beside its data, what undoing a change brings back


@dataclass(frozen=True, slots=True)
class Entry:
    """One record accepted for publication."""

    key: str
    draft: ListingDraft
    said: str
    raw_said: str
    record_id: int | None = None
    edited: bool = False  # the draft is a person's, the fingerprints are of what the source said


@dataclass(frozen=True, slots=True)
class Known:
    id: int
    said: str
    raw_said: str
    edited: bool
    active: bool


def fitting_key(key: str) -> str:
    """Keys longer than the column keep their start and end in a hash, so that two never become one."""
    return key if len(key) <= KEY_LENGTH else key[: KEY_LENGTH - 33] + "#" + sha256(key.encode()).hexdigest()[:32]


async def known(publisher: Publisher) -> dict[str, Known]:
    """Every listing of one publisher by its key: what the next import is compared with."""
    rows = await Listing.filter(publisher_id=publisher.id).values_list(
        "key", "id", "said", "raw_said", "edited", "status"
    )
    return {
        str(key): Known(int(i), str(said), str(raw), bool(edited), status == "active")
        for key, i, said, raw, edited, status in rows
    }


def placed(draft: ListingDraft, locator: Locator, publisher_zone: str = "") -> ListingDraft:
    """The draft with a point (else its ZIP's or town's, marked approximate) and a zone for each time, if known."""
    place = draft.place
    if place is not None and not place.located and (point := locator.centroid(place)):
        place = replace(place, latitude=point[0], longitude=point[1], approximate=True)
    zone = _zone(draft, locator, publisher_zone) if draft.times or place is not None else None
    if place is not None and place.timezone is None and zone:
        place = replace(place, timezone=zone)
    times = tuple(time if time.timezone else _there(time, zone) for time in draft.times)
    return replace(draft, place=place, times=times)


@lru_cache(maxsize=16384)  # most meet at the same few hours
def _there(time: WeeklyTime, zone: str | None) -> WeeklyTime:
    return replace(time, timezone=zone)


def _zone(draft: ListingDraft, locator: Locator, publisher_zone: str) -> str | None:
    """A real place knows its zone best; an online meeting's pin may be made up, so there the publisher does."""
    place = draft.place
    if place is None:
        return publisher_zone or None
    if place.timezone:
        return place.timezone
    here = locator.zone(place)
    sure = draft.modality in (Modality.IN_PERSON, Modality.HYBRID)
    return (here or publisher_zone if sure else publisher_zone or here) or None


async def save(
    rt: Runtime, publisher: Publisher, entries: Sequence[Entry], batch_id: int | None = None
) -> Counter[str]:
    """Write accepted records: new, changed, or reread (the same words, our reading improved).

    Runs inside the caller's transaction; call `shadow.catch_up` after it commits.
    """
    stored = {row.key: row for row in await Listing.filter(publisher_id=publisher.id, key__in=[e.key for e in entries])}
    now, who = datetime.now(UTC), acting.get()
    new: dict[str, tuple[Any, ...]] = {}
    old: list[Listing] = []
    changes: list[tuple[Any, ...]] = []
    outcomes = Counter[str]()
    for entry in entries:
        row = stored.get(entry.key)
        before, kept = (dict(row.data), facts_of(row)) if row else (None, None)
        what = _what(row, entry)
        outcomes[what] += 1
        facts = _facts(entry, placed(entry.draft, rt.locator, publisher.timezone), now)
        if row is None:
            new[entry.key] = (publisher.id, entry.key, publisher.source, now, *facts.values())
        else:
            old.append(row.update_from_dict(facts))
            changes.append((row.id, what, batch_id, before, kept, now, who, ""))
    if new:
        await insert(Listing, ("publisher_id", "key", "source", "first_seen_at", *FACTS), new.values())
        ids = await Listing.filter(publisher_id=publisher.id, key__in=list(new)).values_list("id", flat=True)
        changes += [(i, "new", batch_id, None, None, now, who, "") for i in ids]
    for row in old:
        await row.save()
    await insert(Change, CHANGE, changes)
    return outcomes


@dataclass(frozen=True, slots=True)
class State:
    """All of a listing that a change can touch: its data, and its KEPT facts."""

    data: dict[str, Any]
    facts: dict[str, Any]


async def rewrite(rows: Sequence[tuple[Listing, State]], what: str, batch_id: int | None = None, why: str = "") -> None:
    """Bring listings to other states, as a person decided. Inside the caller's transaction."""
    now, who = datetime.now(UTC), acting.get()
    changes = [(row.id, what, batch_id, row.data, facts_of(row), now, who, why[:300]) for row, _ in rows]
    for row, state in rows:
        row.update_from_dict({**state.facts, "data": state.data, "changed_at": now})
        row.name, row.kind = str(state.data["name"])[:500], str(state.data["kind"])
        await row.save()
    await insert(Change, CHANGE, changes)


def facts_of(row: Listing) -> dict[str, Any]:
    return {name: getattr(row, name) for name in KEPT}


def _what(row: Listing | None, entry: Entry) -> str:
    if row is None:
        return "new"
    if row.status != "active":
        return "restored"
    return "reread" if row.said == entry.said or row.raw_said == entry.raw_said else "changed"


def _facts(entry: Entry, draft: ListingDraft, now: datetime) -> dict[str, Any]:
    """What a listing's row says anew each time it is written."""
    kind, name, data = draft.kind.value, draft.name[:500], draft.as_dict()
    told = (kind, name, data, entry.said, entry.raw_said, entry.record_id, "active", now, now.date(), entry.edited)
    return dict(zip(FACTS, told, strict=True))


async def retire(
    publisher: Publisher,
    keys: Sequence[str],
    batch_id: int | None = None,
    *,
    by_a_person: bool = False,
    reason: str = "",
) -> int:
    """Take listings out of the public directory; they and their history stay. Inside the caller's transaction.

    What a person took out counts as edited: its feed asks before it is public again.
    """
    found = await Listing.filter(publisher_id=publisher.id, key__in=keys)
    rows = [row for row in found if row.status == "active"]  # asked of SQLite it would look through all that are
    ids, now = [row.id for row in rows], datetime.now(UTC)
    if ids:
        await Listing.filter(id__in=ids).update(
            status="retired", changed_at=now, **({"edited": True} if by_a_person else {})
        )
        who = acting.get()
        told = [(row.id, "retired", batch_id, row.data, facts_of(row), now, who, reason[:300]) for row in rows]
        await insert(Change, CHANGE, told)
    return len(ids)


async def amend(row: Listing, draft: ListingDraft, locator: Locator, zone: str = "") -> None:
    """Write what a person found out over what the feed said: it stays until the feed says something new, which then
    waits for a person. Inside the caller's transaction and `rt.alone()`; call `shadow.catch_up` after it commits.
    """
    data = placed(draft, locator, zone).as_dict()
    await rewrite([(row, State(data, {**facts_of(row), "edited": True}))], "edited")


async def rechecked(listing_id: int, now: datetime) -> None:
    """The index has to learn that somebody made sure of this listing. Inside the caller's transaction."""
    await insert(Change, CHANGE, [(listing_id, "checked", None, None, None, now, acting.get(), "")])


async def seen(publisher: Publisher, day: date) -> None:
    """Every public listing of this publisher was in its feed on that day."""
    await Listing.filter(publisher_id=publisher.id, status="active").exclude(seen_on=day).update(seen_on=day)
