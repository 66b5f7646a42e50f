"""The answer to a search as plain values, for programs of any kind."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from directory.listing import Listed, ListingDraft
from directory.public_listings import listed
from directory.runtime import Runtime
from directory.schedule import next_occurrence
from directory.search.ask import Told, ask
from directory.search.query import Match, SearchQuery
from directory.search.understand import key
from directory.vocab import label

Hit = Callable[[Listed, Match, SearchQuery], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """What was found, the matches of one page in their order, and those no radius hides."""

    told: Told
    matches: tuple[Match, ...]
    beyond: tuple[Match, ...]


async def answer(rt: Runtime, query: SearchQuery, as_typed: Iterable[str] = ()) -> dict[str, Any]:
    told = await asked(rt, query, as_typed)
    return await shown(rt, Page(told, told.matches[: query.limit], told.found.answer.beyond), hit)


async def asked(rt: Runtime, query: SearchQuery, as_typed: Iterable[str] = ()) -> Told:
    def clock(zone: str) -> datetime:
        return datetime.now(ZoneInfo(zone))

    return await asyncio.to_thread(ask, rt.engine, query, {key(words) for words in as_typed}, clock=clock)


async def shown(rt: Runtime, page: Page, hit: Hit) -> dict[str, Any]:
    told, found = page.told, page.told.found
    matches = {match.id: match for match in (*page.matches, *page.beyond)}
    hits = {one.id: hit(one, matches[one.id], told.query) for one in await listed(rt, list(matches))}
    near = told.query.near
    return {
        "total": told.total,
        "near": {"label": near.label, "lat": near.lat, "lon": near.lon} if near else None,
        "radius": found.query.radius if near else None,
        "widened": found.widened,
        "did_you_mean": told.did_you_mean or None,
        "read": [{"words": one.words, "means": [f"{g}={v}" for g, v in one.means]} for one in told.read.found],
        "not_insisted_on": [one.words for one in told.lifted],
        "hits": [hits[match.id] for match in page.matches if match.id in hits],
        "facets": {group: dict(counts) for group, counts in found.answer.facets.items()},
        "beyond": [hits[match.id] for match in page.beyond if match.id in hits],
        "beyond_total": found.answer.beyond_total,
        "relaxed": [{"group": r.group, "values": list(r.values), "more": r.count} for r in found.relaxed],
    }


def hit(one: Listed, match: Match, query: SearchQuery) -> dict[str, Any]:
    draft = one.draft
    coming = next_occurrence(draft.times, query.now) if draft.times and query.now else None
    return {
        "id": one.id,
        "kind": draft.kind.value,
        "name": draft.name,
        "miles": round(match.miles, 1) if match.miles is not None else None,
        "address": draft.place.address() if draft.place else "",
        "phone": str(draft.phones[0]) if draft.phones else "",
        "next": coming.start.isoformat() if coming else None,
        "facets": {group: list(values) for group, values in draft.facets.items()},
        "why": why(one, match, query),
        "verified_on": draft.verified_on.isoformat() if draft.verified_on else None,
    }


def why(one: Listed, match: Match, query: SearchQuery) -> list[str]:
    """What speaks for this hit, in words: only what is known."""
    said = [_far(match.miles, one.draft)] if match.miles is not None else []
    for group, values in query.facets.items():
        said += [label(group, value) for value in values if value in one.draft.facets.get(group, ())]
    words = [word for word in query.words.casefold().split() if len(word) > 2]
    named = [word for word in words if word in one.draft.name.casefold()]
    if named:
        said.append(f"its name says {', '.join(named)}")
    if one.fresh_on:
        said.append(f"last checked {one.fresh_on.isoformat()}")
    return said


def _far(miles: float, draft: ListingDraft) -> str:
    """As exact as it is known: the middle of a ZIP code is no door."""
    if not (draft.place and draft.place.approximate):
        return f"{miles:.1f} miles away"
    return "in this area" if miles < 2 else f"about {miles:.0f} miles away"
