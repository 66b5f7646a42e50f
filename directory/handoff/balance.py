"""Order, balance and choice among judged places: neutral within an equal fit, and several of each to choose from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from directory.handoff.fit import Fit
from directory.handoff.medicine import HOUSING, TREATMENT
from directory.handoff.needs import Needs
from directory.listing import Listed, ListingDraft
from directory.vocab import Access, HousingNeed, Kind, Need, Population

SHARE = {"treatment": 2, "meeting": 3, "housing": 2, "need": 1}  # of the balanced set
OFFERED = 5  # of each group to choose from; a choice is three or more where there are as many
ALIKE = 2  # meetings of one fellowship in the set
STEPS = (3.0, 10.0)  # miles; within a step the better fit comes first


@dataclass(frozen=True, slots=True)
class Hit:
    """A fit with what orders it."""

    fit: Fit
    listed: Listed
    miles: float
    soon: bool
    wishes: int  # known to be met
    warnings: int  # what speaks against it, wishes left out
    continues: bool  # known to give all the medicine taken now; of a house, known to welcome people on it
    unfit: bool = False  # never offered for choice


def groups_of(draft: ListingDraft) -> set[Kind]:
    return {draft.kind, *draft.also}


def order(hit: Hit) -> tuple[Any, ...]:
    """What is known of the medicine first, then the fit; neutral within an equal one: nearness, then the name.

    Meetings count only if they are soon and near.
    """
    last = (hit.miles, hit.listed.draft.name, hit.fit.id)
    if hit.listed.draft.kind is Kind.SUPPORT_GROUP:
        step = sum(hit.miles > edge for edge in STEPS)
        return (bool(hit.fit.against), not hit.soon, step, -hit.fit.fit, *last)
    return (hit.warnings, not hit.continues, len(hit.fit.against), -hit.fit.fit, *last)


Groups = Mapping[str, Sequence[Hit]]


def balanced(groups: Groups) -> tuple[int, ...]:
    """The ids of a few of each group, in the order of the packet."""
    chosen: list[Hit] = []
    for name, group in groups.items():
        chosen += group[: SHARE.get(name, SHARE["need"])]
    return tuple(dict.fromkeys(hit.fit.id for hit in chosen))


def offered(groups: Groups) -> dict[str, tuple[int, ...]]:
    """What there is to choose from in each group: all that the set has, and more."""
    return {name: tuple(hit.fit.id for hit in group[:OFFERED]) for name, group in groups.items() if group}


def ties(hits: Sequence[Hit], options: dict[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Those offered that one operator or organisation runs: a choice between them is no choice of who runs them."""
    shown = {id for ids in options.values() for id in ids}
    run: dict[str, list[int]] = {}
    for hit in hits:
        runs = _runs(hit.listed.draft)
        if runs and hit.fit.id in shown:
            run.setdefault(runs, []).append(hit.fit.id)
    return {name: tuple(ids) for name, ids in run.items() if len(ids) > 1}


def _runs(draft: ListingDraft) -> str:
    if draft.kind is Kind.SUPPORT_GROUP:
        return ""  # a meeting belongs to those who come
    return (draft.residence.operator if draft.residence else "") or draft.group


def grouped(hits: Sequence[Hit], needs: Needs) -> Groups:
    """`hits` in order; each group in the order in which it is offered."""
    return dict(_groups(hits, needs))


def _groups(hits: Sequence[Hit], needs: Needs) -> Iterator[tuple[str, list[Hit]]]:
    wanted = {Kind(kind) for kind in needs.wanted}
    hits = [hit for hit in hits if not hit.unfit]
    yield "treatment", [hit for hit in hits if hit.listed.draft.kind in TREATMENT and _kinds(hit) & wanted]
    houses = [hit for hit in hits if {*HOUSING} & wanted & _kinds(hit)]
    # A house before a program that has beds for those it treats.
    yield "housing", sorted(houses, key=lambda hit: (hit.warnings, hit.listed.draft.kind not in HOUSING))
    yield "meeting", _different([hit for hit in hits if Kind.SUPPORT_GROUP in _kinds(hit) & wanted])
    for need in needs.helped:
        if need != Need.HOUSING or needs.housing == HousingNeed.ANY_BED_TONIGHT:
            yield "shelter" if need == Need.HOUSING else need, _helpers(hits, need)


def _kinds(hit: Hit) -> set[Kind]:
    return groups_of(hit.listed.draft)


def _helpers(hits: Sequence[Hit], need: str) -> list[Hit]:
    """A community service before a clinic that helps its own patients only; for a bed, a shelter before an office."""
    helpers = [hit for hit in hits if need in hit.listed.draft.facets.get("need", ())]
    return sorted(helpers, key=lambda hit: _reserve(hit, need))


def _reserve(hit: Hit, need: str) -> tuple[bool, ...]:
    """Where people come to give an hour is not where they are sent for help."""
    gives = Need.VOLUNTEERING in hit.listed.draft.facets.get("need", ()) and need != Need.VOLUNTEERING
    shelter = need != Need.HOUSING or _shelter(hit)
    return (Kind.COMMUNITY_SERVICE not in _kinds(hit), bool(hit.fit.against), not shelter, gives)


def _shelter(hit: Hit) -> bool:
    facets = hit.listed.draft.facets
    return Access.DROP_IN in facets.get("access", ()) and Population.HOMELESS in facets.get("population", ())


def _different(meetings: Sequence[Hit]) -> list[Hit]:
    """The best that meets a wish, the first of each group at one place, few of one fellowship; then the others."""
    wished = max(meetings, key=_meets_wishes, default=None)
    ahead = [wished] if wished is not None and _meets_wishes(wished) > (True, 0) else []
    first: dict[Any, Hit] = {}
    for hit in (*ahead, *meetings):
        first.setdefault(_group(hit), hit)
    count: dict[str, int] = {}
    few: list[Hit] = []
    more: list[Hit] = []
    for hit in first.values():
        fellowship = "".join(hit.listed.draft.facets.get("fellowship", ()))
        count[fellowship] = count.get(fellowship, 0) + 1
        (more if fellowship and count[fellowship] > ALIKE and not hit.fit.against else few).append(hit)
    fine = [hit for hit in few if not hit.fit.against]
    ids = {hit.fit.id for hit in (*fine, *more)}
    return [*fine, *more, *(hit for hit in few if hit.fit.against), *(h for h in meetings if h.fit.id not in ids)]


def _meets_wishes(hit: Hit) -> tuple[bool, int]:
    return (not hit.fit.against, hit.wishes)


def _group(hit: Hit) -> tuple[Any, ...]:
    return (hit.listed.draft.group or hit.listed.draft.name, hit.listed.draft.place)
