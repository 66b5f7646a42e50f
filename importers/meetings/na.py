"""What BMLT answers and NAWS exports of Narcotics Anonymous meetings have in common."""

import re
from collections.abc import Iterable
from dataclasses import replace

from directory.listing import ListingDraft, Online, Place, facets
from directory.schedule import WeeklyTime
from directory.vocab import Kind, Modality
from importers import addresses, clean, public_words
from importers.meetings import types as meeting_types
from importers.meetings.types import Types
from importers.rows import Feed, Hold, Reject, Row, Skip, text

NA, WORLD = "na", "na_world"  # tables of types.toml
_NO_BUILDING = re.compile(r"^\W*(?:virtual|online|zoom|web)\b", re.I)
_AWAY = (Modality.ONLINE, Modality.PHONE)


def alive(row: Row, column: str) -> str:
    """The name of a meeting that has one and is not marked closed in it."""
    name = clean.words(row.value(column))
    if not text(name):
        raise Reject("no name")
    if clean.closed_in_name(name):
        raise Skip("marked closed in its name", name)
    return name


def meeting(
    key: str,
    name: str,
    types: Types,
    modality: Modality,
    online: Online,
    notes: str,
    place: Place,
    times: tuple[WeeklyTime, ...],
    areas: Iterable[str],
) -> ListingDraft:
    """What BMLT answers and NAWS exports have in common, as a listing."""
    away = modality in _AWAY
    types = types.away_from_the_place() if away else types.with_ramp(notes)
    return ListingDraft(
        source_key=key,
        name=name,
        kind=Kind.SUPPORT_GROUP,
        modality=modality,
        notes=notes,
        place=_shown(place, away),
        online=online if online != Online() and modality is not Modality.IN_PERSON else None,
        times=times,
        facets=types.facets | facets(modality=[modality]),
        denied=types.denied,
        categories=tuple(dict.fromkeys(filter(None, [*types.words, *areas]))),
    )


def _shown(place: Place, away: bool) -> Place | None:
    """Virtual meetings keep the pin of their old room or of the region: a town at most, nothing to walk to."""
    if away:
        place = replace(place, name="", street="", directions="", approximate=True)
    elif not place.street and not place.name:
        place = replace(place, approximate=True)
    return None if replace(place, country="", approximate=False) == Place(country="") else place


def how(venue: Modality | None, types: Types, online: Online) -> Modality:
    """The venue type, else the formats VM, TC and HY; "VM, TC" is how a meeting says its building is closed."""
    joins = bool(online.url or online.phone)
    by_net = Modality.PHONE if online.phone and not online.url else Modality.ONLINE
    if types.place_closed:
        if types.online or types.hybrid or joins or venue in (Modality.ONLINE, Modality.HYBRID):
            return by_net
        raise Skip("location temporarily closed")
    if venue:
        return by_net if venue is Modality.ONLINE else venue
    if types.hybrid or (joins and not types.online):
        return Modality.HYBRID
    return by_net if types.online else Modality.IN_PERSON


def joining(row: Row, link: str, phone: str, info: str) -> Online:
    """The link and the dial-in. The phone column often holds a password or a Zoom number: words, never dialled."""
    url = clean.url(row.take(link))
    number, rest = public_words.dial_in(row.take(phone))
    way_in = tuple(filter(None, (url, number)))
    said = [public_words.notes(words, way_in, about_joining=True) for words in (row.take(info), rest)]
    return Online(url=url, url_notes=said[0], phone=number, phone_notes=said[1] if said[1] != said[0] else "")


def said_of_it(comments: str, online: Online, modality: Modality) -> str:
    notes = public_words.notes(comments, tuple(filter(None, (online.url, online.phone))))
    if stopped := public_words.says_stopped(notes, modality in _AWAY):
        raise Hold("its notes say it may not be meeting", stopped)
    return notes


def place_of(
    building: str,
    street: str,
    city: str,
    state: str,
    code: str,
    country: str,
    directions: str,
    point: tuple[float, float] | None,
    feed: Feed,
    county: str = "",
) -> Place:
    """Province and nation come as codes or names, or not at all ("NY", "New York", "USA", "U.S.A", "")."""
    two = clean.state(state)
    land = addresses.country(country) or addresses.home_of(two)
    if not two and city and land in ("", addresses.home_of(feed.state)):
        two = feed.state
    land = addresses.settled(land or addresses.home_of(two), country or addresses.strange(state, code), point)
    return Place(
        name="" if _NO_BUILDING.match(building) else building.rstrip(" ,;"),
        street=street,
        city=city,
        state=two if land in ("US", "CA") else "",
        postal_code=clean.postal(code, land),
        county=re.sub(r"\s+County$", "", county, flags=re.I),
        country=land,
        directions=directions,
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
    )


def format_meaning(world_id: str, name: str) -> str | None:
    """By world id; a language ("LANG") and local formats without one go by their name."""
    return meeting_types.code_meaning(world_id, WORLD, NA) or meeting_types.name_meaning(name)
