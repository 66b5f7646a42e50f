"""Everything that ever happened to one listing: when, by whom, why, and field by field what changed."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from directory.differences import Difference, differences
from directory.models import Change, Listing

WORDS = {
    "new": "Listed",
    "changed": "Changed at the source",
    "reread": "Read anew, the source said the same",
    "retired": "Taken out of the directory",
    "restored": "Listed again",
    "edited": "Edited by hand",
    "undone": "Taken back",
}


@dataclass(frozen=True, slots=True)
class Event:
    what: str
    at: datetime
    who: str
    reason: str
    batch_id: int | None
    changed: list[Difference]


async def history(listing: Listing) -> list[Event]:
    """Newest first."""
    changes = await Change.filter(listing_id=listing.id).order_by("id")
    events = []
    for change, after in [*pairwise(changes), *((last, None) for last in changes[-1:])]:
        ended = after.before if after is not None else listing.data
        changed = differences(change.before, ended) if change.before is not None else []
        who = change.who or ("the feed" if change.batch_id else "")
        what = WORDS.get(change.what, change.what)
        events.append(Event(what, change.at, who, change.reason, change.batch_id, changed))
    return events[::-1]
