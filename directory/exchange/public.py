"""What may be passed on: which listings, how much of their place, and the record and JSON frame the formats share."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TextIO
from uuid import UUID, uuid5

from directory.exchange.licences import PassOn, passing_on
from directory.listing import Listed, ListingDraft, Place
from directory.schedule import DAY, WeeklyTime
from directory.vocab import Modality

# Names made from words stay the same on every installation; only the words count.
_NAMES = uuid5(UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8"), "urn:aftercare-directory")


_written = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode  # at once: several times as fast as in parts


def stable_id(*words: str) -> str:
    return str(uuid5(_NAMES, json.dumps(words)))


def listing_id(listed: Listed) -> str:
    """By publisher and key, not by our own number, which differs from home to home."""
    return stable_id("listing", listed.publisher, listed.draft.source_key)


def withheld(listed: Listed) -> str:
    """Why a listing is never passed on; "" when it may be, or when nobody knows (`unsure`)."""
    if listed.status != "active":
        return "retired"
    if passing_on(listed.licence, listed.pass_on) is not PassOn.NO:
        return ""
    return "its publisher asked us not to" if listed.pass_on else "its licence forbids passing it on"


def unsure(listed: Listed) -> bool:
    """No licence we know, and no decision: on our pages, in the operator's own files, in no open feed."""
    return passing_on(listed.licence, listed.pass_on) is PassOn.UNKNOWN


def passable(listed: Listed) -> bool:
    """May be in what anybody can fetch from us."""
    return not withheld(listed) and not unsure(listed)


def own_words(listed: Listed) -> Listed:
    """One publisher's own record: of a place that several tell of, the one asked for."""
    return next((voice for voice in listed.voices if voice.id == listed.id), listed)


def to_pass_on(listed: Listed) -> Listed:
    """One publisher's own record; where the one asked for may not be passed on, another's of the place that may."""
    told = sorted(listed.voices, key=lambda voice: voice.id != listed.id)
    return next((voice for voice in told if passable(voice)), own_words(listed))


def shared(listings: Iterable[Listed]) -> Iterator[Listed]:
    """The listings that are not withheld, each with no more of its place than the public may know."""
    for listed in listings:
        if not withheld(listed):
            yield discreet(listed)


def discreet(listed: Listed) -> Listed:
    return replace(listed, draft=_discreet(listed.draft))


def _discreet(draft: ListingDraft) -> ListingDraft:
    place = draft.place
    if place is None or (place.walkable and draft.modality in (Modality.IN_PERSON, Modality.HYBRID)):
        return draft
    if not place.confidential:
        return replace(draft, place=_blurred(place))
    hidden = [words for words in (place.street, place.name, place.directions) if words]
    area = draft.area and replace(draft.area, words=_silent(draft.area.words, hidden))
    return replace(
        draft,
        place=replace(
            place, name="", street="", directions="", latitude=None, longitude=None, approximate=True
        ),  # what is left is an area at best
        description=_silent(draft.description, hidden),
        notes=_silent(draft.notes, hidden),
        area=area,
        times=tuple(replace(time, note=_silent(time.note, hidden)) for time in draft.times),
    )


def _blurred(place: Place) -> Place:
    """Nothing to walk to. An exact pin without a street, perhaps withheld on purpose, is given to half a mile only."""
    if place.approximate or place.latitude is None or place.longitude is None:
        return replace(place, street="")
    latitude, longitude = round(place.latitude, 2), round(place.longitude, 2)
    return replace(place, street="", latitude=latitude, longitude=longitude, approximate=True)


def _silent(text: str, hidden: list[str]) -> str:
    """Free text that names the hidden place is not passed on at all."""
    return "" if any(words.casefold() in text.casefold() for words in hidden) else text


def clock(minutes: int | None) -> str:
    """ "19:30"; past midnight the hour of the next morning, "24:00" at midnight itself, "" when unknown."""
    if minutes is None:
        return ""
    hour, minute = divmod(minutes if minutes <= DAY else minutes - DAY, 60)
    return f"{hour:02}:{minute:02}"


def time_record(time: WeeklyTime) -> dict[str, Any]:
    """One weekly time as JSON; an `end` at or before `start` is on the next day."""
    rule = {"weeks": list(time.weeks), "every": time.every if time.every > 1 else None, "note": time.note}
    season = {"valid_from": iso(time.valid_from), "valid_to": iso(time.valid_to)}
    always = {"weekday": time.weekday, "start": clock(time.start), "end": clock(time.end) or None}
    return {**always, "timezone": time.timezone, **given(**rule, **season)}


def given(**values: Any) -> dict[str, Any]:
    """Only what says something: False and zero stay, None and what is empty go."""
    return {name: value for name, value in values.items() if value is not None and value not in ("", [], {}, ())}


def iso(value: Any) -> str | None:
    return value.isoformat() if value else None


def write_items(out: TextIO, head: str, items: Iterable[Any], tail: str) -> int:
    """Items one to a line between head and tail, never more than one in memory; how many."""
    count = 0
    out.write(head)
    for count, item in enumerate(items, 1):
        out.write(",\n" if count > 1 else "\n")
        out.write(_written(item))
    out.write(tail)
    return count
