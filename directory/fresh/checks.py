"""Writing down what somebody made sure of. Inside the caller's transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from directory.acting import acting
from directory.bulk import insert
from directory.catalog import rechecked
from directory.fresh.models import Check
from directory.freshness import Fact, How

COLUMNS = ("listing_id", "fact", "how", "outcome", "value", "who", "at", "newest")
GOOD = ("right", "changed")


async def keep(
    listing_id: int,
    facts: Iterable[Fact],
    how: How,
    outcome: str,
    now: datetime,
    *,
    vacancy: Mapping[str, Any] | None = None,
) -> None:
    """One row a fact. A good outcome is the newest of its fact from now on; another is kept for its history only."""
    good, who = outcome in GOOD, acting.get()[:120]
    chosen = list(dict.fromkeys((*facts, *((Fact.VACANCY,) if vacancy else ()))))
    if good and chosen:
        names = [fact.value for fact in chosen]
        await Check.filter(listing_id=listing_id, newest=True, fact__in=names).update(newest=False)
    rows = [
        (listing_id, fact.value, how.value, outcome, vacancy if fact is Fact.VACANCY else None, who, now, good)
        for fact in chosen
    ]
    await insert(Check, COLUMNS, rows)
    if good and rows:
        await rechecked(listing_id, now)
