"""Finds the same place in two publishers' listings: what the change log says has changed is compared with its like.

A page of changes is one transaction: keys, pairs, groups and the mark. Cut off anywhere, it goes on from the mark.
"""

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from tortoise.expressions import Q

from directory.bulk import insert, writing
from directory.duplicates.blocking import Pair, candidates
from directory.duplicates.grouping import LOGGED, regroup
from directory.models import Change, Listing
from directory.runtime import Runtime
from directory.same.facts import Facts, facts_of, keys
from directory.same.grouping import Standing
from directory.same.models import SameKey, SameMark, SamePair
from directory.same.reasons import Grade, Verdict
from directory.same.scoring import compare
from directory.shadow import catch_up

PAGE = 500  # changes a transaction
MOST_REMEMBERED = 60_000  # listings' facts kept in memory during one run
PAIR = ("a_id", "b_id", "standing", "waits", "score", "why", "lead_id", "said", "who", "at")


async def follow(rt: Runtime) -> None:
    """Compare what has changed since the last time, then bring the index up to date. Inside `rt.alone()`."""
    await compare_changed()
    await catch_up(rt)


async def compare_changed(told: Callable[[int], None] = lambda done: None) -> int:
    """Answers how many listings were compared."""
    marked = await SameMark.get_or_none(id=1)
    mark, done, memory = marked.change_id if marked else 0, 0, Memory()
    newest = await Change.all().order_by("-id").first()
    while ids := await _changed_since(mark):
        mark = max(ids.values())
        memory.forget(ids)
        async with writing():
            await _keep_keys(memory, ids)
            await _compare(memory, ids)
            await SameMark.update_or_create(id=1, defaults={"change_id": mark})
        done += len(ids)
        told(done)
    if newest and newest.id > mark:  # only what grouping wrote itself: never looked at again
        await SameMark.update_or_create(id=1, defaults={"change_id": newest.id})
    return done


async def _changed_since(mark: int) -> dict[int, int]:
    """Listings of the next page of the log, each with its last change there; not those that only came into a group."""
    some = Change.filter(id__gt=mark).exclude(what__in=LOGGED).order_by("id").limit(PAGE)
    return {int(listing): int(change) for change, listing in await some.values_list("id", "listing_id")}


async def compare_all(told: Callable[[int], None] = lambda done: None) -> int:
    """The whole directory anew: all keys first, then each listing with those before it."""
    newest = await Change.all().order_by("-id").first()
    memory, done = Memory(), 0
    async with writing():
        await SameKey.all().delete()
    async for ids in _pages():
        async with writing():
            await _keep_keys(memory, ids, new=True)
    async for ids in _pages():
        async with writing():
            await _compare(memory, ids, earlier=True)
        done += len(ids)
        told(done)
    async with writing():
        await SameMark.update_or_create(id=1, defaults={"change_id": newest.id if newest else 0})
    return done


async def _pages() -> Any:
    last = 0
    while ids := await Listing.filter(id__gt=last, status="active").order_by("id").limit(PAGE).values_list("id"):
        last = ids[-1][0]
        yield {number for (number,) in ids}


class Memory:
    """Facts of listings already read in this run."""

    def __init__(self) -> None:
        self._facts: dict[int, Facts] = {}

    def forget(self, ids: Iterable[int]) -> None:
        for number in ids:
            self._facts.pop(number, None)

    async def recall(self, ids: Collection[int]) -> dict[int, Facts]:
        """Of those that are public."""
        missing = sorted(set(ids) - self._facts.keys())
        if len(self._facts) + len(missing) > MOST_REMEMBERED:
            self._facts, missing = {}, sorted(ids)
        for n in range(0, len(missing), 5000):
            part = Listing.filter(id__in=missing[n : n + 5000], status="active")
            rows = await part.values_list("id", "publisher_id", "data")
            self._facts |= await asyncio.to_thread(_read, rows)
        return {number: self._facts[number] for number in ids if number in self._facts}


def _read(rows: Sequence[Any]) -> dict[int, Facts]:
    return {number: facts_of(number, publisher, data) for number, publisher, data in rows}


async def _keep_keys(memory: Memory, ids: Collection[int], new: bool = False) -> None:
    facts = await memory.recall(ids)
    if not new:
        await SameKey.filter(listing_id__in=sorted(ids)).delete()
    rows = [(number, key) for number, one in facts.items() for key in sorted(keys(one))]
    await insert(SameKey, ("listing_id", "key"), rows)


async def _compare(memory: Memory, ids: Collection[int], earlier: bool = False) -> None:
    """Every pair of these listings judged again; what a person decided stands while both say the same."""
    facts = await memory.recall(ids)
    touching = SamePair.filter(Q(a_id__in=sorted(ids)) | Q(b_id__in=sorted(ids)))
    stored = {(row.a_id, row.b_id): row for row in await touching}
    pairs = await candidates(facts, earlier) | stored.keys()
    known = await memory.recall({number for pair in pairs for number in pair})
    verdicts = await asyncio.to_thread(_judge, pairs, known)
    await _write(stored, verdicts, known)
    await regroup({*ids, *(number for pair in (stored.keys() | verdicts.keys()) for number in pair)})


def _judge(pairs: Collection[Pair], known: dict[int, Facts]) -> dict[Pair, Verdict]:
    """The pairs of two publishers that are more than strangers."""
    found = {}
    for a, b in pairs:
        if a in known and b in known and known[a].publisher != known[b].publisher:
            verdict = compare(known[a], known[b])
            if verdict.grade is not Grade.OTHER:
                found[a, b] = verdict
    return found


async def _write(stored: dict[Pair, SamePair], verdicts: dict[Pair, Verdict], known: dict[int, Facts]) -> None:
    now, gone = datetime.now(UTC), []
    for pair, row in stored.items():
        verdict = verdicts.get(pair)
        if row.standing == Standing.LINKED or (row.standing == Standing.APART and not _asks_again(row, pair, known)):
            continue
        if verdict is None:
            if row.standing != Standing.APART:
                gone.append(row.id)
            continue
        if row.standing == Standing.APART:
            facts = {"standing": Standing.UNSURE.value, "said": "", "why": [*plain(verdict), _PARTED]}
        else:
            facts = {"standing": verdict.grade.value, "why": plain(verdict)}
        if row.standing != facts["standing"] or row.score != verdict.score or row.why != facts["why"]:
            if row.why and row.why[-1] == _PARTED:  # asked again once: stays a question for a person
                facts = {"standing": Standing.UNSURE.value, "why": [*plain(verdict), _PARTED]}
            row.update_from_dict({**facts, "score": verdict.score, "at": now})
            await row.save()
    if gone:
        await SamePair.filter(id__in=gone).delete()
    rows = [
        (a, b, verdict.grade.value, False, verdict.score, plain(verdict), None, "", "", now)
        for (a, b), verdict in sorted(verdicts.items())
        if (a, b) not in stored
    ]
    await insert(SamePair, PAIR, rows)


_PARTED = {
    "field": "decision",
    "words": "A person kept them apart; one has changed since.",
    "points": 0.0,
    "doubt": True,
}


def plain(verdict: Verdict) -> list[dict[str, Any]]:
    """A verdict's reasons as they are kept."""
    return [{"field": r.field, "words": r.words, "points": r.points, "doubt": r.doubt} for r in verdict.reasons]


def _asks_again(row: SamePair, pair: Pair, known: dict[int, Facts]) -> bool:
    return all(number in known for number in pair) and row.said != told_by_both(known[pair[0]], known[pair[1]])


# Read from what is counted already, or not counted when the first decisions were kept: those must go on to fit.
UNSAID = ("id", "publisher", "families", "called", "joined", "own", "local", "genders")


def told_by_both(a: Facts, b: Facts) -> str:
    """Equal while both say the same of what is compared."""
    return f"{_told(a)}:{_told(b)}"


def _told(facts: Facts) -> str:
    values = [getattr(facts, name) for name in facts.__slots__ if name not in UNSAID]
    said = [sorted(map(repr, value)) if isinstance(value, frozenset) else _steady(value) for value in values]
    return blake2b(repr(said).encode(), digest_size=16).hexdigest()


def _steady(value: Any) -> str:
    """Words for a value that are the same in every process: sets inside names have no order of their own."""
    if isinstance(value, tuple) and value and hasattr(value[0], "core"):
        return repr([(name.all, name.core) for name in value])
    return repr(value)


async def compare_pair(a: int, b: int) -> None:
    """One pair judged again, as when a decision on it was taken back. Inside the caller's transaction."""
    known = await Memory().recall([a, b])
    stored = {(row.a_id, row.b_id): row for row in await SamePair.filter(a_id=a, b_id=b)}
    await _write(stored, _judge([(a, b)], known), known)
    await regroup({a, b})
