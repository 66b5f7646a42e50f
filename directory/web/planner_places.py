"""The second step: what fits, what to ask, what speaks against it; a balanced set is ticked, the person chooses."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from directory import public_listings
from directory.handoff import words_close
from directory.handoff.fit import Fit
from directory.handoff.match import match
from directory.handoff.needs import Needs
from directory.i18n import catalogue
from directory.listing import Listed
from directory.runtime import Runtime
from directory.search.ask import ask
from directory.search.query import SearchQuery
from directory.vocab import label
from directory.web.cards import Card, make_card
from directory.web.forms import MOST_PICKS
from directory.web.planner_walk import MOST_OFFERED, Walk, fingerprint
from directory.web.render import Visit

FOUND = 8  # by the search box


@dataclass(frozen=True, slots=True)
class Choice:
    """One place to tick: the card tells it, the fit says why and what to ask."""

    card: Card
    fit: Fit | None
    ticked: bool


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    groups: tuple[Group, ...]
    found: Group | None  # by the search box; None: nothing was searched for
    ties: tuple[str, ...]
    network: str
    gone: int  # ticked before, and no longer in the directory
    too_many: bool
    other_needs: bool  # the needs changed since the places were ticked


async def offer(visit: Visit, rt: Runtime, walk: Walk) -> tuple[Walk, Offer]:
    fields, needs, first = visit.fields, walk.needs, not walk.ticked_for or "balance" in visit.fields
    load = partial(public_listings.listed, rt)
    matched = await match(rt.engine, needs, load, visit.now, visit.language)
    fits = {fit.id: fit for fit in matched.hits}
    picks = matched.chosen[:MOST_PICKS] if first else walk.picks
    offered = list(dict.fromkeys(one for ids in matched.options.values() for one in ids))
    found = await _found(rt, visit, needs) if fields.get("q") else ()
    stored = {one.id: one for one in await load([*offered, *picks, *found])}
    tell = partial(_choice, visit, needs, stored, fits, set(picks))
    groups, shown = [], set[int]()
    for name, ids in matched.options.items():
        fresh = [one for one in ids if one in stored and one not in shown]
        shown.update(fresh)
        if fresh:
            groups.append(Group(group_words(name, visit.language), tuple(map(tell, fresh))))
    if others := [one for one in picks if one in stored and one not in shown]:
        shown.update(others)
        title = catalogue(visit.language).gettext("Added from the search")
        groups.insert(0, Group(title, tuple(map(tell, others))))
    by_search = tuple(map(tell, [one for one in found if one in stored and one not in shown]))
    walk = replace(
        walk,
        picks=tuple(one for one in picks if one in stored),
        offered=tuple(dict.fromkeys([one for one in (*walk.offered, *offered, *found) if one]))[:MOST_OFFERED],
        ticked_for=fingerprint(walk.form) if first else walk.ticked_for,
    )
    return walk, Offer(
        groups=tuple(groups),
        found=Group("", by_search) if fields.get("q") else None,
        ties=_ties(matched.ties, stored, visit.language),
        network=words_close.network(catalogue(visit.language).gettext) if needs.payment else "",
        gone=sum(one not in stored for one in picks),
        too_many=len(set(fields.getlist("pick"))) > MOST_PICKS,
        other_needs=walk.ticked_for != fingerprint(walk.form),
    )


def group_words(name: str, language: str) -> str:
    """The heading of a group of `match`; a need of daily life is named by its own words."""
    say = catalogue(language).gettext
    told = {
        "treatment": say("Treatment"),
        "housing": say("Places to live"),
        "meeting": say("Meetings"),
        "shelter": say("A bed for tonight"),
    }
    return told.get(name) or label("need", name, language)


def _choice(
    visit: Visit, needs: Needs, stored: Mapping[int, Listed], fits: Mapping[int, Fit], picks: set[int], id: int
) -> Choice:
    return Choice(make_card(stored[id], None, visit.reader(needs.near.timezone)), fits.get(id), id in picks)


async def _found(rt: Runtime, visit: Visit, needs: Needs) -> Sequence[int]:
    """Ids of what the words in the search box find near where the person will stay."""
    query = SearchQuery(
        words=visit.fields["q"], near=needs.near, radius=needs.radius, now=visit.now, sort="best", limit=FOUND
    )
    told = await asyncio.to_thread(ask, rt.engine, query, (), clock=lambda zone: visit.now)
    return [one.id for one in (*told.matches, *told.found.answer.beyond[:FOUND])][:FOUND]


def _ties(ties: Mapping[str, tuple[int, ...]], stored: Mapping[int, Listed], language: str) -> tuple[str, ...]:
    words = catalogue(language).gettext("One organization runs several of these: {owner} runs {places}.")
    told = {
        owner: list(dict.fromkeys(stored[one].draft.name for one in ids if one in stored))
        for owner, ids in ties.items()
    }
    return tuple(words.format(owner=owner, places=", ".join(names)) for owner, names in told.items() if len(names) > 1)
