"""Small invented listings shared by the tests: sound as they are, changed by keyword."""

from dataclasses import replace
from datetime import date
from typing import Any

from directory.listing import Listed, ListingDraft, Phone, Place, facets
from directory.schedule import WeeklyTime
from directory.vocab import Access, Fellowship, Kind, MeetingFormat


def make_place(**changes: Any) -> Place:
    place = Place(
        name="Linden Community Church",
        street="1200 Example Avenue",
        city="Columbus",
        state="OH",
        postal_code="43215",
        county="Franklin",
        latitude=39.9671,
        longitude=-83.0042,
        timezone="America/New_York",
    )
    return replace(place, **changes)


def make_time(**changes: Any) -> WeeklyTime:
    """Tuesdays 7 to 8 in the evening, Columbus time."""
    return replace(WeeklyTime(weekday=2, start=19 * 60, end=20 * 60, timezone="America/New_York"), **changes)


def make_draft(**changes: Any) -> ListingDraft:
    """A sound support group in Columbus, Ohio."""
    draft = ListingDraft(
        source_key="tuesday-steps",
        name="Tuesday Steps",
        kind=Kind.SUPPORT_GROUP,
        group="Northside Group",
        description="A calm evening meeting.",
        place=make_place(),
        phones=(Phone("614-555-0134"),),
        website="https://example.org/tuesday-steps",
        times=(make_time(),),
        facets=facets(
            fellowship=[Fellowship.AA],
            format=[MeetingFormat.OPEN, MeetingFormat.STEP],
            access=[Access.WHEELCHAIR],
        ),
        verified_on=date(2026, 1, 5),
    )
    return replace(draft, **changes)


def make_listed(id: int = 1, **changes: Any) -> Listed:
    """That group as the directory holds it; fields of `Listed` (draft too) change it, all others change its draft."""
    outer = {name: changes.pop(name) for name in tuple(changes) if name in Listed.__dataclass_fields__}
    listed = Listed(
        id=id,
        publisher="Example Intergroup",
        source="meeting-guide",
        draft=make_draft(**{"source_key": f"group-{id}"} | changes),
        licence="open, with credit",
        retrieved_on=date(2026, 1, 10),
    )
    return replace(listed, **outer)
