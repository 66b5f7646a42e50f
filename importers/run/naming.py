"""Who publishes a feed: what is said of it, else what its file is called."""

import re

from importers.rows import Feed
from importers.run.records import raw_records
from importers.sniff import Fit

_DATES = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d[-_. ]?\d\d[-_. ]?\d\d(?:[T_ -]?\d{2}[-_.:]?\d{2}(?:[-_.:]?\d{2})?Z?)?"
    r"|\d{1,2}[-_.]\d{1,2}[-_.](?:20)?\d\d|(?:19|20)\d\d[-_. ]\d\d|(?:19|20)\d\d)(?!\d)|\(\d+\)"
)


def named_after(file: str) -> str:
    """A publisher's name out of a file's: without suffix and dates, so that next month's file is known again."""
    stem = re.sub(r"\.(?:json|csv|tsv|txt|xlsx?|zip|ndjson|jsonl)$", "", file, flags=re.I)
    return " ".join(re.sub(r"[\s_]+", " ", _DATES.sub(" ", stem)).strip(" -._").split()) or stem or "feed"


def publisher_of(fits: list[Fit], feed: Feed, file: str) -> str:
    """What the feed itself says, else its mapping, its source, its file."""
    chosen = fits[0].source
    told = _told("publisher", fits, feed) or str(feed.mapping.get("publisher") or chosen.facts.get("publisher", ""))
    return told or named_after(file)


def licence_of(fits: list[Fit], feed: Feed) -> str:
    """What the feed itself says, else its mapping, its source."""
    stated = feed.mapping.get("licence") or fits[0].source.facts.get("licence", "")
    return _told("licence", fits, feed) or str(stated)


def _told(fact: str, fits: list[Fit], feed: Feed) -> str:
    """What the source reads from the first record; an odd one must not stop the feed."""
    if (asks := fits[0].source.hook(fact)) is None:
        return ""
    first = next((record for record in raw_records(fits[:1], feed) if isinstance(record, dict)), {})
    try:
        return str(asks(feed, first) or "").strip()
    except Exception:
        return ""
