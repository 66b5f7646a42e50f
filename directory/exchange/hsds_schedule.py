"""Weekly and monthly times in the words of HSDS schedules (RFC 5545 rules)."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from directory.exchange.public import given, iso, stable_id
from directory.listing import ListingDraft
from directory.schedule import DAY, WeeklyTime, in_words

DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")


def schedules(draft: ListingDraft, key: str, made_at: datetime | None) -> list[dict[str, Any]]:
    """One for each weekly time; `key` is the id of the service they belong to."""
    home = draft.place.timezone if draft.place else None
    return [_schedule(time, stable_id(key, "schedule", str(n)), home, made_at) for n, time in enumerate(draft.times)]


def _schedule(time: WeeklyTime, key: str, home: str | None, made_at: datetime | None) -> dict[str, Any]:
    zone = time.timezone or home or ""
    day = DAYS[time.weekday]
    return given(
        id=key,
        freq="MONTHLY" if time.weeks else "WEEKLY",
        interval=None if time.weeks else time.every,
        wkst="SU",
        byday=",".join(f"{week}{day}" for week in time.weeks) or day,
        opens_at=_clock(time.start),
        closes_at=None if time.end is None else _clock(time.end),
        # A number of hours cannot know of daylight saving time: the zone's name stands in the words.
        timezone=_offset(zone, made_at),
        description=in_words(time) + (f" ({zone})" if zone else ""),
        notes=time.note,
        dtstart=iso(time.valid_from) if time.every > 1 else None,
        valid_from=iso(time.valid_from),
        valid_to=iso(time.valid_to),
    )


def _clock(minutes: int) -> str:
    """ "HH:MM"; an end at or before its beginning is on the next day."""
    return f"{minutes % DAY // 60:02}:{minutes % 60:02}"


def _offset(zone: str, at: datetime | None) -> float | None:
    try:
        offset = at.astimezone(ZoneInfo(zone)).utcoffset() if zone and at else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
    return offset.total_seconds() / 3600 if offset is not None else None
