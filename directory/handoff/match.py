"""Places for one person's needs: musts filter, wishes rank, and a balanced set rather than twenty of a kind."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from directory.handoff.balance import Hit, balanced, grouped, groups_of, offered, order, ties
from directory.handoff.fit import Fit, judge
from directory.handoff.medicine import TREATMENT, gives, takes
from directory.handoff.needs import MOST, Needs
from directory.handoff.wishes import at_hours
from directory.i18n import catalogue
from directory.listing import Listed
from directory.schedule import next_occurrence
from directory.search.query import Engine, Match, SearchQuery
from directory.vocab import FACETS, Kind, Medication

Load = Callable[[Sequence[int]], Awaitable[list[Listed]]]

LOOKED_AT = 30  # nearest places judged for each kind and need
FINER = 15  # and for each question about what a place may say besides
BEYOND = 12  # online, statewide
SOON = timedelta(hours=72)
WIDER = 60.0  # miles: how far is looked for treatment or a bed when there is none within the radius


@dataclass(frozen=True, slots=True)
class Matched:
    hits: tuple[Fit, ...]
    chosen: tuple[int, ...]  # the balanced set, in the order of the packet
    options: dict[str, tuple[int, ...]]  # group (treatment, housing, meeting, a need) -> all that are offered
    ties: dict[str, tuple[int, ...]]  # who runs several of those offered -> which

    def as_dict(self) -> dict[str, Any]:
        """Plain values, as `aftercare match --json` prints them."""
        hits = [asdict(hit) for hit in self.hits]
        options, same = ({name: list(ids) for name, ids in told.items()} for told in (self.options, self.ties))
        return {"hits": hits, "set": list(self.chosen), "options": options, "ties": same}


async def match(engine: Engine, needs: Needs, load: Load, now: datetime, language: str = "en") -> Matched:
    """`load` gives the listings of ids; meetings are soon after `now` (aware) or the hour of discharge, if later."""
    since = max(now, needs.leaving) if needs.leaving else now
    hits = await _hits(engine, needs, load, since, language, _queries(needs, since))
    if wider := _missing(hits, needs):
        far = replace(needs, radius=min(max(WIDER, 2 * needs.radius), MOST))
        queries = [query for query in _queries(far, since) if set(query.kinds) & wider]
        known = {hit.fit.id for hit in hits}
        found = await _hits(engine, needs, load, since, language, queries)
        hits += [hit for hit in found if hit.fit.id not in known]
    hits.sort(key=order)
    groups = grouped(hits, needs)
    options = offered(groups)
    return Matched(tuple(hit.fit for hit in hits), balanced(groups), options, ties(hits, options))


def _queries(needs: Needs, now: datetime) -> Iterable[SearchQuery]:
    """Each kind by nearness, then for what must or should be, so that a far sure place beats a near unknown one."""
    asked = SearchQuery(near=needs.near, radius=needs.radius, now=now, sort="near", limit=LOOKED_AT)
    finer = replace(asked, limit=FINER)
    wishes = {"population": needs.population, "gender": (needs.gender,) if needs.gender else ()}
    wishes |= {"language": (needs.language,) if needs.language not in ("", "en") else ()}
    for kind in map(Kind, needs.wanted):
        yield replace(asked, kinds=(kind,))
        if kind is Kind.SUPPORT_GROUP:
            yield replace(asked, kinds=(kind,), sort="soon")
        for group in ("medication", "accepts") if needs.medication and kind is not Kind.SUPPORT_GROUP else ():
            yield replace(finer, kinds=(kind,), facets={group: needs.medication})
            if needs.payment:
                yield replace(finer, kinds=(kind,), facets={group: needs.medication, "payment": needs.payment})
        for group, values in wishes.items():
            if values:
                yield replace(finer, kinds=(kind,), facets={group: values})
        for facets in _wished(needs):
            yield replace(finer, kinds=(kind,), facets=facets)
    for need in needs.helped:
        yield replace(finer, facets={"need": (need,)})
        yield replace(asked, kinds=(Kind.COMMUNITY_SERVICE,), facets={"need": (need,)})


def _wished(needs: Needs) -> Iterable[dict[str, tuple[str, ...]]]:
    """Wishes as facets, each where a listing may say it."""
    for wish in needs.wishes:
        for group, value in WISHED.get(wish, ()):
            if value in FACETS[group]._value2member_map_:
                yield {group: (value,)}


WISHED = {
    "faith_based": (("residence", "faith_based"), ("format", "faith")),
    "secular": (("format", "secular"), ("fellowship", "smart")),
    "women_only": (("population", "women"),),
    "men_only": (("population", "men"),),
    "lgbtq": (("population", "lgbtq"),),
    "pets": (("access", "pets"),),
    "children": (("residence", "children"), ("access", "children_welcome")),
}


async def _hits(
    engine: Engine, needs: Needs, load: Load, now: datetime, language: str, queries: Iterable[SearchQuery]
) -> list[Hit]:
    found: dict[int, Match] = {}
    for answer in await asyncio.to_thread(lambda: [engine.search(query) for query in queries]):
        found |= {one.id: one for one in (*answer.matches, *answer.beyond[:BEYOND]) if one.id not in found}
    return [
        hit
        for listed in await load(list(found))
        if (hit := _hit(listed, needs, found[listed.id].miles, now, language)) is not None
    ]


def _hit(listed: Listed, needs: Needs, miles: float | None, now: datetime, language: str) -> Hit | None:
    say = catalogue(language).gettext
    judged = judge(listed, needs, say, now, language)
    if judged is None:
        return None
    fit, warnings, told = judged.fit, judged.warnings, f"{miles:.1f}" if miles is not None else ""
    if miles is not None and miles > needs.radius and listed.draft.kind is not Kind.COMMUNITY_SERVICE:
        warnings += 1
        fit = replace(fit, against=(*fit.against, say("farther than asked: {miles} miles").format(miles=told)))
    elif told:
        fit = replace(fit, why=(*fit.why, say("{miles} miles away").format(miles=told)))
    known = gives if listed.draft.kind in TREATMENT else takes
    continues = all(known(listed.draft, one) for one in needs.medication)
    soon = _soon(listed, needs, now)
    return Hit(fit, listed, _far(miles), soon, judged.wishes, warnings, continues, judged.unfit)


def _missing(hits: Sequence[Hit], needs: Needs) -> set[Kind]:
    """Treatment and housing kinds that nothing near can give; methadone needs a clinic that gives it."""
    kinds = {Kind(kind) for kind in needs.wanted} - {Kind.SUPPORT_GROUP, Kind.COMMUNITY_SERVICE}
    hits = [hit for hit in hits if not hit.unfit]
    here = {kind for hit in hits for kind in groups_of(hit.listed.draft) & kinds}
    missing = kinds - here
    if Medication.METHADONE in needs.medication and not any(
        hit.continues and groups_of(hit.listed.draft) & {*TREATMENT} for hit in hits
    ):
        missing |= kinds & {*TREATMENT}
    return missing


def _far(miles: float | None) -> float:
    """Online and statewide places come after those nearby."""
    return miles if miles is not None else 1000.0


def _soon(listed: Listed, needs: Needs, now: datetime) -> bool:
    coming = next_occurrence(at_hours(listed.draft.times, needs.hours), now)
    return coming is not None and coming.start.timestamp() - now.timestamp() <= SOON.total_seconds()
