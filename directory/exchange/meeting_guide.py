"""Meeting Guide JSON: the support groups, in the array that meeting apps and our own importer read."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any, TextIO

from directory.exchange.meeting_types import known, types
from directory.exchange.public import given, iso, shared, stable_id, write_items
from directory.listing import Listed, ListingDraft, Place
from directory.schedule import DAY, WeeklyTime, in_words
from directory.schedule_words import days
from directory.vocab import Kind, Modality

SLUG = re.compile(r"[A-Za-z0-9._~-]{1,64}")
REMOTE = (Modality.ONLINE, Modality.PHONE)
ATTENDANCE = {Modality.IN_PERSON: "in_person", Modality.HYBRID: "hybrid"}  # by phone counts as online here


def write(listings: Iterable[Listed], out: TextIO, made_at: datetime) -> int:
    """How many listings; one whose days differ in hours becomes several meetings."""
    count = 0

    def meetings() -> Iterator[dict[str, Any]]:
        nonlocal count
        taken: set[str] = set()
        groups = (one for one in shared(listings) if Kind.SUPPORT_GROUP in (one.draft.kind, *one.draft.also))
        for listed in groups:
            count += 1
            slug = _slug(listed, taken)
            for n, meeting in enumerate(of_listing(listed, made_at.date()), 1):
                yield {"slug": slug if n == 1 else _fit(slug, str(n), taken), **meeting}

    write_items(out, "[", meetings(), "\n]\n")
    return count


def of_listing(listed: Listed, today: date) -> Iterator[dict[str, Any]]:
    """Meetings (without their slug) of one listing already made fit to share."""
    draft = listed.draft
    dated = [time for time in draft.times if _dated(time, today)]
    undated = [time for time in draft.times if time not in dated and not (time.valid_to and time.valid_to < today)]
    fixed = _facts(listed)
    # A meeting of other weeks or of a later season would be wrong on its day: it is told in words only.
    words = [f"Meets {in_words(time)}." for time in undated]
    for hours, times in groupby(sorted(dated, key=_hours), key=_hours):
        only = [f"Meets only on the {days(*hours[:2], 1, 'en')}."] if hours[1] else []
        yield fixed | _notes(draft, only + words) | _when(list(times))
    if not dated:
        yield fixed | _notes(draft, words)


def _facts(listed: Listed) -> dict[str, Any]:
    draft, online = listed.draft, listed.draft.online
    areas = [word for word in draft.categories if not known(word)] if listed.source == "meeting-guide" else []
    phone = next(iter(draft.phones), None)
    return given(
        name=draft.name,
        group=draft.group,
        types=types(draft),
        regions=areas,
        attendance_option=ATTENDANCE.get(draft.modality, "online"),
        conference_url=online.url if online else "",
        conference_url_notes=online.url_notes if online else "",
        conference_phone=re.sub(r"[^\d+,*#]", "", online.phone) if online else "",
        conference_phone_notes=online.phone_notes if online else "",
        website=draft.website,
        entity=(phone.label if phone else "") or listed.publisher,
        entity_phone=str(phone) if phone else "",
        entity_email=draft.email,
        updated=f"{draft.source_updated_on} 00:00:00" if draft.source_updated_on else "",
        last_contact=iso(draft.verified_on),
        **_where(draft.place, draft.modality in REMOTE),
    )


def _notes(draft: ListingDraft, told: list[str]) -> dict[str, Any]:
    said = [*(words for words in told if words not in draft.notes), draft.description, draft.notes]
    return given(notes="\n".join(filter(None, said)))


def _where(place: Place | None, remote: bool) -> dict[str, Any]:
    """An online meeting has no address; its city is told as an approximate one."""
    if place is None:
        return {}
    country = "USA" if place.country == "US" else place.country
    town = place.city or (f"{place.county} County" if place.county else "")
    region = " ".join(filter(None, (place.state, place.postal_code)))
    walkable = place.walkable and not remote
    # "approximate" makes readers drop the street: a street under a ZIP's pin goes without the pin instead.
    pin = {} if walkable and place.approximate else {"latitude": place.latitude, "longitude": place.longitude}
    return given(
        location=place.name,
        location_notes=place.directions,
        address=place.street,
        city=place.city,
        state=place.state,
        postal_code=place.postal_code,
        country=place.country,
        formatted_address=", ".join(filter(None, (place.street, town, region, country))),
        approximate="no" if walkable else "yes",
        timezone=place.timezone,
        **pin,
    )


def _hours(time: WeeklyTime) -> tuple[int, tuple[int, ...], int, int, str]:
    """Equal for times that fit into one meeting; one of some weeks of the month stands alone."""
    return time.weekday if time.weeks else -1, time.weeks, time.start, time.end or 0, time.timezone or ""


def _when(times: list[WeeklyTime]) -> dict[str, Any]:
    one, held = times[0], sorted({time.weekday for time in times})
    whole_day = one.end is None or one.end - one.start >= DAY  # the same clock twice would read as no end at all
    zone = given(timezone=one.timezone, end_time="" if one.end is None or whole_day else _clock(one.end))
    return {"day": held if len(held) > 1 else held[0], "time": _clock(one.start)} | zone


def _dated(time: WeeklyTime, today: date) -> bool:
    begun = time.valid_from is None or time.valid_from <= today
    return time.every == 1 and begun and (time.valid_to is None or time.valid_to >= today)


def _clock(minutes: int) -> str:
    return f"{minutes % DAY // 60:02}:{minutes % 60:02}"


def _slug(listed: Listed, taken: set[str]) -> str:
    """The publisher's own key where it is fit for an address and nobody else's, so that it reads back the same."""
    key = listed.draft.source_key
    if SLUG.fullmatch(key) and key not in taken:
        taken.add(key)
        return key
    return _fit(re.sub(r"[^A-Za-z0-9]+", "-", key).strip("-"), stable_id(listed.publisher, key)[:8], taken)


def _fit(slug: str, ending: str, taken: set[str]) -> str:
    made = f"{slug[: 63 - len(ending)]}-{ending}".strip("-")
    while made in taken:
        made = f"{made[:60]}-{len(taken) % 1000}"
    taken.add(made)
    return made
