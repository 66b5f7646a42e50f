"""What checks add to a listing when it is read: their ages, the day it was verified, a vacancy newer than its feed's.

A feed is imported over and over; what a call or a program's link found out stands beside it and is laid over it here,
so that neither wipes out the other and the newer one is told.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from directory.fresh.models import Check
from directory.freshness import Fact, newest_check
from directory.listing import Checked, ListingDraft, Residence
from directory.vacancy import said_at


@dataclass(frozen=True, slots=True)
class Found:
    """The newest good check of each fact, and what the one of the vacancy said."""

    checks: Mapping[str, Checked] = field(default_factory=dict)
    vacancy: Mapping[str, Any] = field(default_factory=dict)


NOTHING = Found()
SOME = 500  # ids asked for at once: a database takes only so many


async def checks_of(ids: Collection[int]) -> dict[int, Found]:
    """Of those of `ids` that were ever checked."""
    wanted, checks, beds = list(ids), defaultdict[int, dict[str, Checked]](dict), dict[int, Mapping[str, Any]]()
    for at in range(0, len(wanted), SOME):
        rows = Check.filter(listing_id__in=wanted[at : at + SOME], newest=True).order_by("id")
        for listing_id, fact, how, moment, value in await rows.values_list("listing_id", "fact", "how", "at", "value"):
            checks[listing_id][fact] = Checked(moment, how)
            if fact == Fact.VACANCY:
                beds[listing_id] = value or {}
    return {listing_id: Found(found, beds.get(listing_id, {})) for listing_id, found in checks.items()}


def together(several: Iterable[Found]) -> Found:
    """The newest check of each fact that anybody made of one place, under whatever number."""
    checks: dict[str, Checked] = {}
    vacancy: Mapping[str, Any] = {}
    for found in several:
        for fact, one in found.checks.items():
            if fact not in checks or one.at > checks[fact].at:
                checks[fact] = one
                vacancy = found.vacancy if fact == Fact.VACANCY else vacancy
    return Found(checks, vacancy)


def told(draft: ListingDraft, found: Found) -> ListingDraft:
    """The draft as it is known now."""
    last = newest_check(found.checks)
    if last is not None:
        day = last.at.astimezone(UTC).date()
        draft = replace(draft, verified_on=max(day, draft.verified_on or day))
    seen = found.checks.get(Fact.VACANCY.value)
    return draft if seen is None else replace(draft, residence=_house(draft.residence, seen.at, found.vacancy))


def _house(house: Residence | None, at: datetime, said: Mapping[str, Any]) -> Residence:
    """Its vacancy as the check says it, unless the feed is newer."""
    feed = said_at(house)
    if feed is not None and feed > at and house is not None:
        return house
    state, count = str(said.get("state", "")), said.get("count")
    return replace(
        house or Residence(),
        vacancy=state,
        vacancies=count if isinstance(count, int) else None,
        vacancies_as_of=None,
        vacancies_at=at,
    )
