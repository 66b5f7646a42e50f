"""NAWS export rows of BMLT servers. Column names arrive in lower case ("CommitteeName" is "committeename")."""

import re
from dataclasses import replace
from hashlib import sha256

from directory.listing import ListingDraft
from directory.schedule import WeeklyTime
from importers import clean
from importers.lookups import Lookups
from importers.meetings import na as na_meetings
from importers.meetings import times as meeting_times
from importers.meetings import types as meeting_types
from importers.meetings.types import Types
from importers.rows import Feed, Outcome, Row, Skip, text

_FORMATS = ("format1", "format2", "format3", "format4", "format5")
_LANGUAGES = ("language1", "language2", "language3")


def draft(row: Row, look: Lookups, feed: Feed) -> ListingDraft:
    key = _key(row)
    try:
        return _meeting(row, look, feed, key)
    except Outcome as outcome:
        outcome.key = outcome.key or key
        row.drop(*row.raw)  # no listing, so no column of it was overlooked
        raise


def _key(row: Row) -> str:
    """The server's own id; without it a group's number with day and time, for one group holds several meetings."""
    if number := text(row.raw.get("bmlt_id")):
        return number
    told = [text(row.raw.get(column)) for column in ("committee", "day", "time")]
    if not told[0]:
        name = text(row.raw.get("committeename"))
        told[0] = "~" + sha256(name.encode(errors="replace")).hexdigest()[:16] if name else ""
    return "|".join(told).strip("|")


def _meeting(row: Row, look: Lookups, feed: Feed, key: str) -> ListingDraft:
    name = na_meetings.alive(row, "committeename")
    if row.take("delete").casefold() in ("d", "delete", "deleted"):
        raise Skip("deleted")
    if clean.yes(row.take("unpublished")):
        raise Skip("unpublished")
    if clean.yes(row.take("institutional")):
        raise Skip("in an institution, not open to the public")
    types = _types(row, look, feed)
    online = na_meetings.joining(row, "virtualmeetinglink", "phonemeetingnumber", "virtualmeetinginfo")
    modality = na_meetings.how(None, types, online)
    directions = na_meetings.said_of_it(row.take("directions"), online, modality)
    place = na_meetings.place_of(
        building=clean.words(row.value("place")),
        street=clean.words(row.value("address")),
        city=clean.words(row.value("city")),
        state=row.take("state"),
        code=row.take("zip"),
        country=row.take("country"),
        directions=directions,
        point=clean.point(row.value("latitude"), row.value("longitude")),
        feed=feed,
    )
    borough = clean.words(row.value("locborough"))
    made = na_meetings.meeting(
        key=key,
        name=name,
        types=types,
        modality=modality,
        online=online,
        notes="",
        place=replace(place, city=place.city or borough),
        times=meeting_times.as_named(_times(row), name, directions),
        areas=[borough, clean.words(row.value("parentname"))],
    )
    return replace(made, source_updated_on=clean.day(row.value("lastchanged")))


def _times(row: Row) -> tuple[WeeklyTime, ...]:
    """A spreadsheet takes "0730" for the number 730 and midnight for 0."""
    said = row.take("time")
    start = meeting_times.minutes(said.zfill(4) if said.isdigit() else said)
    zone = clean.zone(row.take("timezone"))
    return meeting_times.weekly(meeting_times.weekdays(row.value("day")), start, None, zone)


def _types(row: Row, look: Lookups, feed: Feed) -> Types:
    """Five formats by world id; `Room` holds the names of those without one. FALSE is a default and says nothing."""
    meanings: list[str] = []
    words: list[str] = []
    room = [part.strip() for part in clean.words(row.value("room")).split(",")]
    languages = [row.take(column) for column in _LANGUAGES]
    for code in [row.take(column) for column in _FORMATS] + room:
        meaning = na_meetings.format_meaning(code, code) if code else None
        meanings += [meaning] if meaning else []
        words += [code] if code and not meaning else []
    if admits := look.get("closed", row.take("closed")):
        meanings.append(admits)
    if clean.yes(row.take("wheelchr")):
        meanings.append("wheelchair")
    named = [meaning for words_ in languages if (meaning := meeting_types.name_meaning(words_))]
    types = meeting_types.gather([*meanings, *named], words, feed.fellowship or na_meetings.NA)
    codes = {code.casefold() for code in languages if re.fullmatch(r"[A-Za-z]{2}", code)}
    spoken = tuple(sorted(codes | set(types.facets.get("language", ()))))
    return replace(types, facets=types.facets | {"language": spoken}) if spoken else types
