"""BMLT search results: one NA meeting a record, every value a string, any key may be missing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from directory.listing import ListingDraft, Online, Place
from directory.schedule import WeeklyTime
from directory.vocab import Modality
from importers import clean, public_words
from importers.lookups import Lookups
from importers.meetings import na as na_meetings
from importers.meetings import times as meeting_times
from importers.meetings import types as meeting_types
from importers.meetings.na import NA, WORLD
from importers.meetings.types import Types
from importers.rows import Feed, Outcome, Reject, Row, Skip, text

KEYS = "na_keys"
_VENUES = {"1": Modality.IN_PERSON, "2": Modality.ONLINE, "3": Modality.HYBRID}


# The server's admin interface calls the same things by other names; its weekdays count from 0, also from Sunday.
_ADMIN = {
    "id": "id_bigint",
    "worldId": "worldid_mixed",
    "serviceBodyId": "service_body_bigint",
    "name": "meeting_name",
    "venueType": "venue_type",
    "startTime": "start_time",
    "duration": "duration_time",
    "timeZone": "time_zone",
    "email": "email_contact",
}


def unwrap(record: dict[str, Any]) -> dict[str, Any]:
    if "serviceBodyId" not in record or "startTime" not in record:
        return record
    told = {_ADMIN.get(name, name): value for name, value in record.items() if name not in ("day", "formatIds")}
    day, ids = text(record.get("day")), record.get("formatIds")
    told["weekday_tinyint"] = str(int(day) + 1) if re.fullmatch("[0-6]", day) else day and f"day {day}"
    told["format_shared_id_list"] = ",".join(map(text, ids)) if isinstance(ids, list) else text(ids)
    return told


def publisher(feed: Feed, first: Mapping[str, Any]) -> str:
    """The server's own host; an aggregator (root_server_id) answers for many servers and names none of them."""
    return "" if text(first.get("root_server_id")) else urlsplit(text(first.get("root_server_uri"))).hostname or ""


def draft(row: Row, look: Lookups, feed: Feed) -> ListingDraft:
    key = _key(row)
    try:
        return _meeting(row, feed, key)
    except Outcome as outcome:
        outcome.key = outcome.key or key
        row.drop(*row.raw)  # no listing, so no column of it was overlooked
        raise


def _key(row: Row) -> str:
    """Ids are unique on one server only, so the server goes first where the record names it."""
    server = urlsplit(clean.url(row.raw.get("root_server_uri")))
    root = f"{server.hostname}{server.path.rstrip('/')}#" if server.hostname else ""
    number = text(row.raw.get("id_bigint"))
    told = ("worldid_mixed", "meeting_name", "weekday_tinyint", "start_time", "location_street")
    made = "|".join(text(row.raw.get(column)) for column in told)
    return root + (number or "~" + sha256(made.encode(errors="replace")).hexdigest()[:24])


def _meeting(row: Row, feed: Feed, key: str) -> ListingDraft:
    name = na_meetings.alive(row, "meeting_name")
    if clean.yes(row.take("published")) is False:
        raise Skip("unpublished")
    if row.take("worldid_mixed").casefold() == "deleted":
        raise Skip("deleted")
    types = _types(row, feed)
    online = na_meetings.joining(row, "virtual_meeting_link", "phone_meeting_number", "virtual_meeting_additional_info")
    modality = na_meetings.how(_VENUES.get(row.take("venue_type")), types, online)
    notes = na_meetings.said_of_it(row.take("comments"), online, modality)
    areas = [clean.words(row.value(c)) for c in ("location_city_subsection", "location_neighborhood")]
    service_body = clean.words(row.value("service_body_name"))
    return na_meetings.meeting(
        key=key,
        name=name,
        types=types,
        modality=modality,
        online=online,
        notes=notes,
        place=_place(row, areas, online, feed),
        times=meeting_times.as_named(_times(row), name, notes),
        areas=[*areas, service_body],
    )


def _times(row: Row) -> tuple[WeeklyTime, ...]:
    """Weekdays count 1 to 7 from Sunday here. "00:00:00" as a duration is the server's default, not known to us."""
    weekday, start = row.take("weekday_tinyint"), meeting_times.minutes(row.value("start_time"))
    if weekday and not re.fullmatch(r"[1-7](\.0)?", weekday):
        raise Reject("the day cannot be read", weekday[:60])
    length = re.fullmatch(r"(\d{1,2}):(\d\d)(?::\d\d)?", row.take("duration_time"))
    lasts = int(length[1]) * 60 + int(length[2]) if length else 0
    zone = clean.zone(row.take("time_zone"))
    times = meeting_times.weekly([int(weekday[0]) - 1] if weekday else [], start, None, zone)
    sound = 0 < lasts <= meeting_times.DAY
    return tuple(replace(time, end=time.start + lasts) if sound else time for time in times)


def _place(row: Row, areas: Sequence[str], online: Online, feed: Feed) -> Place:
    way_in = tuple(filter(None, (online.url, online.phone)))
    hints = [row.take(column).split("#@-@#")[-1] for column in ("location_info", "train_lines", "bus_lines")]
    borough, neighborhood = areas
    municipality = clean.words(row.value("location_municipality"))
    return na_meetings.place_of(
        building=clean.words(row.value("location_text")),
        street=clean.words(row.value("location_street")),
        city=borough or municipality or neighborhood,
        state=row.take("location_province"),
        code=row.take("location_postal_code_1"),
        country=row.take("location_nation"),
        county=clean.words(row.value("location_sub_province")),
        directions="; ".join(filter(None, (public_words.notes(hint, way_in) for hint in hints))),
        point=clean.point(row.value("latitude"), row.value("longitude")),
        feed=feed,
    )


# --- formats ---


def _types(row: Row, feed: Feed) -> Types:
    """Formats by their world id, which every server shares; key strings differ from server to server."""
    keys = [key.strip() for key in row.take("formats").split(",") if key.strip()]
    ids = [number.strip() for number in row.take("format_shared_id_list").split(",") if number.strip()]
    known = _formats(feed.tables.get("formats", []))
    server = text(row.raw.get("root_server_uri"))
    found = [known.get((server, number)) or known.get(("", number)) for number in ids]
    meanings: list[str] = []
    words: list[str] = []
    if found and all(found):
        keys = []
    for entry in filter(None, found if not keys else [known.get(("key", key)) for key in keys]):
        meaning = na_meetings.format_meaning(text(entry.get("world_id")), clean.words(entry.get("name_string")))
        meanings += [meaning] if meaning else []
        words += [] if meaning else [clean.words(entry.get("name_string")) or text(entry.get("key_string"))]
    for key in keys:
        if ("key", key) not in known:
            meaning = meeting_types.code_meaning(key, WORLD, KEYS, NA)
            meanings += [meaning] if meaning else []
            words += [] if meaning else [key]
            if not meaning:
                row.note(f"unknown format: {key}")
    return meeting_types.gather(meanings, filter(None, words), feed.fellowship or NA)


_Known = dict[tuple[str, str], Mapping[str, Any]]
_last: list[tuple[Sequence[Mapping[str, Any]], _Known]] = []


def _formats(table: Sequence[Mapping[str, Any]]) -> _Known:
    """The feed's formats by (server, id) and ("key", key string), English first; built once for one table."""
    if not _last or _last[0][0] is not table:
        known: _Known = {}
        for entry in sorted(table, key=lambda entry: text(entry.get("lang")) != "en"):
            server, number, key = (text(entry.get(c)) for c in ("root_server_uri", "id", "key_string"))
            for place in ((server, number), ("", number), ("key", key)):
                known.setdefault(place, entry)
        _last[:] = [(table, known)]
    return _last[0][1]
