"""How much of what we know still counts: trust in a fact halves with every half-life since somebody made sure of it.

The half-lives are data: freshness.toml, with the reason for each.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from directory.i18n import catalogue
from directory.listing import Checked, Listed, ListingDraft
from directory.vocab import Kind, Term

EPOCH = date(1970, 1, 1)
DAY = timedelta(days=1)
DOUBTFUL = 0.35  # trust below which a page says to call first: about a year and a half half-lives
RECENT = 31  # days told as days; after that the month is told
OLDER = 365  # days that a fact nobody dated counts as older than the oldest that is dated


class Fact(Term):
    """A group of facts that is checked in one question."""

    PHONE = "phone", "phone number", "teléfono"
    ADDRESS = "address", "address", "dirección"
    TIMES = "times", "times", "horario"
    MEDICINE = "medicine", "medicines", "medicinas"
    COST = "cost", "cost", "costo"
    SERVICES = "services", "what it offers", "lo que ofrece"
    VACANCY = "vacancy", "open beds", "camas libres"


class How(Term):
    """How somebody made sure."""

    PHONE = "phone", "by phone", "por teléfono"
    VISIT = "visit", "in person", "en persona"
    PROGRAM = "program", "by the place itself", "por el mismo lugar"
    WEB = "web", "on its website", "en su sitio web"
    FEED = "feed", "by its publisher", "por quien lo publica"


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("freshness.toml").read_text(encoding="utf-8"))


def half_life(fact: Fact, kind: Kind) -> float | None:
    """In days; None when the question makes no sense for the kind."""
    found = _table()[kind.value].get(fact.value)
    return None if found is None else float(found)


def ranks(kind: Kind) -> tuple[Fact, ...]:
    """The facts that count when listings of this kind are put in order."""
    return tuple(Fact(name) for name in _table()[kind.value]["ranks"])


def cost(kind: Kind) -> float:
    """How much a wrong listing of the kind costs, beside one meeting."""
    return float(_table()["costs"][kind.value])


def trust(fact: Fact, kind: Kind, checked_at: datetime | date | None, now: datetime) -> float:
    """0 (nobody ever made sure) to 1 (just now)."""
    days = half_life(fact, kind)
    if days is None or checked_at is None:
        return 0.0
    return float(0.5 ** (max(_age(checked_at, now), 0.0) / days))


def _age(at: datetime | date, now: datetime) -> float:
    """Days; a date without an hour counts from its end, so that today's is new."""
    if isinstance(at, datetime):
        return (now - at) / DAY
    return float((now.astimezone(UTC).date() - at).days)


def known_facts(draft: ListingDraft) -> tuple[Fact, ...]:
    """What there is to make sure of, in the order it is asked."""
    place, house = draft.place, draft.residence
    has = {
        Fact.PHONE: bool(draft.phones),
        Fact.ADDRESS: bool(place and place.street),
        Fact.TIMES: bool(draft.times or draft.by_appointment),
        Fact.MEDICINE: True,
        Fact.COST: bool(draft.facets.get("payment") or (house and house.fee is not None)),
        Fact.SERVICES: True,
    }
    return tuple(fact for fact, there in has.items() if there and half_life(fact, draft.kind) is not None)


def fading(draft: ListingDraft, checks: Mapping[str, Checked]) -> tuple[int, float]:
    """A listing's trust as two numbers (day D since 1970, rate R a day): on day t it is 2 ** -(R * (t - D)).

    It is the geometric mean of the trust in the facts that rank its kind. One straight line in the exponent is exact
    for any mix of dates: the sum of (t - d) / h over the facts is R * (t - D). D is 0 when nobody dated anything.
    """
    whole = max(filter(None, (draft.verified_on, draft.source_updated_on)), default=None)
    dated: list[tuple[float, int | None]] = []
    for fact in ranks(draft.kind):
        days, seen = half_life(fact, draft.kind), checks.get(fact.value)
        known = [day for day in (whole, seen.at.astimezone(UTC).date() if seen else None) if day]
        dated.append((1 / (days or OLDER), (max(known) - EPOCH).days if known else None))
    rate = sum(share for share, _ in dated) / len(dated)
    oldest = min((day for _, day in dated if day is not None), default=None)
    if oldest is None:
        return 0, rate
    moment = sum(share * (oldest - OLDER if day is None else day) for share, day in dated) / (rate * len(dated))
    return max(round(moment), 1), rate


def faded(day: int, rate: float, now: datetime) -> float:
    """What `fading` says at `now`, 0..1."""
    today = (now.astimezone(UTC).date() - EPOCH).days
    return float(0.5 ** (max(today - day, 0) * rate)) if day > 0 else 0.0


def listing_trust(listed: Listed, now: datetime) -> float:
    return faded(*fading(listed.draft, listed.checks), now)


def newest_check(checks: Mapping[str, Checked]) -> Checked | None:
    """Of the facts that tell whether a place is there; a free bed says nothing of its address."""
    return max((c for fact, c in checks.items() if fact != Fact.VACANCY), key=lambda c: c.at, default=None)


def age_words(at: datetime | date, now: datetime, language: str) -> str:
    """ "today", "yesterday", "3 days ago"; for a moment within a day also "2 hours ago"."""
    words = catalogue(language)
    if isinstance(at, datetime) and (hours := int((now - at) / timedelta(hours=1))) < 24:
        told = words.ngettext("{n} hour ago", "{n} hours ago", hours)
        return told.format(n=hours) if hours > 0 else words.gettext("less than an hour ago")
    days = int(_age(at, now))
    if days <= 0:
        return words.gettext("today")
    if days == 1:
        return words.gettext("yesterday")
    return words.ngettext("{n} day ago", "{n} days ago", days).format(n=days)


def in_groups(checks: Mapping[str, Checked]) -> list[tuple[Checked, list[Fact]]]:
    """The newest first: each check with the facts it was about."""
    groups: dict[Checked, list[Fact]] = {}
    for fact in _known(checks):
        groups.setdefault(checks[fact.value], []).append(fact)
    return sorted(groups.items(), key=lambda group: group[0].at, reverse=True)


def _known(checks: Mapping[str, Checked]) -> Iterable[Fact]:
    return (fact for fact in Fact if fact is not Fact.VACANCY and fact.value in checks)
