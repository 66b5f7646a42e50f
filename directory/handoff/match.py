"""Places for one person's needs: musts filter, wishes rank, and a balanced set rather than twenty of a kind."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from directory.handoff.fit import Fit, judge
from directory.handoff.medicine import TREATMENT
from directory.handoff.needs import Needs
from directory.i18n import catalogue
from directory.listing import Listed
from directory.schedule import next_occurrence
from directory.search.query import Engine, Match, SearchQuery
from directory.vocab import Kind

Load = Callable[[Sequence[int]], Awaitable[list[Listed]]]

LOOKED_AT = 60  # nearest places judged for each question to the engine
SHARE = {"treatment": 2, "meeting": 3, "housing": 2, "need": 1}  # of the balanced set
SOON = timedelta(hours=72)
STEPS = (3.0, 10.0)  # miles; within a step the better fit comes first


@dataclass(frozen=True, slots=True)
class Matched:
    hits: tuple[Fit, ...]
    chosen: tuple[int, ...]  # the balanced set, in the order of the packet

    def as_dict(self) -> dict[str, Any]:
        return {"hits": [asdict(hit) for hit in self.hits], "set": list(self.chosen)}


@dataclass(frozen=True, slots=True)
class Hit:
    """A fit with what orders it."""

    fit: Fit
    listed: Listed
    miles: float
    soon: bool


async def match(engine: Engine, needs: Needs, load: Load, now: datetime, language: str = "en") -> Matched:
    """`load` gives the listings of ids; `now` (aware) decides which meetings are soon."""
    found: dict[int, Match] = {}
    for query in _queries(needs, now):
        answer = await asyncio.to_thread(engine.search, query)
        found |= {one.id: one for one in (*answer.matches, *answer.beyond) if one.id not in found}
    say = catalogue(language).gettext
    hits = []
    for listed in await load(list(found)):
        fit = judge(listed, needs, say)
        if fit is not None:
            miles = found[listed.id].miles
            told = (say("{miles} miles away").format(miles=f"{miles:.1f}"),) if miles is not None else ()
            hits.append(Hit(replace(fit, why=(*fit.why, *told)), listed, _far(miles), _soon(listed, now)))
    hits.sort(key=_order)
    return Matched(tuple(hit.fit for hit in hits), _balanced(hits, needs))


def _queries(needs: Needs, now: datetime) -> Iterable[SearchQuery]:
    """Each kind by nearness, then again for what must be known, so that a far sure place beats a near unknown one."""
    asked = SearchQuery(near=needs.near, radius=needs.radius, now=now, sort="near", limit=LOOKED_AT)
    for kind in map(Kind, needs.wanted):
        yield replace(asked, kinds=(kind,))
        if kind is Kind.SUPPORT_GROUP:
            yield replace(asked, kinds=(kind,), sort="soon")
        for group in ("medication", "accepts") if needs.medication else ():
            yield replace(asked, kinds=(kind,), facets={group: needs.medication})
    for need in needs.needs:
        yield replace(asked, facets={"need": (need,)})


def _far(miles: float | None) -> float:
    """Online and statewide places come after those nearby."""
    return miles if miles is not None else 1000.0


def _soon(listed: Listed, now: datetime) -> bool:
    coming = next_occurrence(listed.draft.times, now)
    return coming is not None and coming.start.timestamp() - now.timestamp() <= SOON.total_seconds()


def _order(hit: Hit) -> tuple[Any, ...]:
    """Neutral within an equal fit: nearness, then the name. Meetings count only if they are soon and near."""
    if hit.listed.draft.kind is Kind.SUPPORT_GROUP:
        step = sum(hit.miles > edge for edge in STEPS)
        return (not hit.soon, step, -hit.fit.fit, hit.miles, hit.listed.draft.name, hit.fit.id)
    return (False, len(hit.fit.against), -hit.fit.fit, hit.miles, hit.listed.draft.name, hit.fit.id)


def _balanced(hits: Sequence[Hit], needs: Needs) -> tuple[int, ...]:
    wanted = {Kind(kind) for kind in needs.wanted}
    care = [hit for hit in hits if hit.listed.draft.kind in TREATMENT and hit.listed.draft.kind in wanted]
    beds = [hit for hit in hits if hit.listed.draft.kind is Kind.SOBER_LIVING and Kind.SOBER_LIVING in wanted]
    meetings = [hit for hit in hits if hit.listed.draft.kind is Kind.SUPPORT_GROUP and Kind.SUPPORT_GROUP in wanted]
    chosen = [*care[: SHARE["treatment"]], *beds[: SHARE["housing"]], *_different(meetings)[: SHARE["meeting"]]]
    for need in needs.needs:
        helpers = [hit for hit in hits if need in hit.listed.draft.facets.get("need", ()) and need != "housing"]
        # A community service before a clinic that helps its own patients only.
        helpers.sort(key=lambda hit: hit.listed.draft.kind is not Kind.COMMUNITY_SERVICE)
        chosen += helpers[: SHARE["need"]]
    return tuple(dict.fromkeys(hit.fit.id for hit in chosen))


def _different(meetings: Sequence[Hit]) -> list[Hit]:
    """The first of each group's meetings at one place, then the others."""
    first = {(hit.listed.draft.group or hit.listed.draft.name, hit.listed.draft.place): hit for hit in meetings[::-1]}
    ids = {hit.fit.id for hit in first.values()}
    return [*(hit for hit in meetings if hit.fit.id in ids), *(hit for hit in meetings if hit.fit.id not in ids)]
