"""Which listings are in doubt: what pages must know of reports, and nothing more."""

from collections import Counter
from collections.abc import Collection

from directory.models import Report
from directory.vocab import Reason

INDEPENDENT = 2  # visitors who must say the same


async def flags(ids: Collection[int]) -> set[int]:
    """Those of `ids` that two different visitors reported closed, until a person has settled it."""
    open_ = Report.filter(listing_id__in=list(ids), reason=Reason.CLOSED.value, status="open")
    said = Counter([row.listing_id for row in await open_.only("id", "listing_id")] if ids else [])
    return {listing_id for listing_id, visitors in said.items() if visitors >= INDEPENDENT}
