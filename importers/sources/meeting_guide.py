"""Meeting Guide (TSML) records: one weekly meeting, in person, online or both."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from directory.listing import ListingDraft, Online, Phone, facets
from directory.schedule import WeeklyTime
from directory.vocab import Kind, Modality
from importers import clean, public_words
from importers.lookups import Lookups
from importers.meetings import online_list
from importers.meetings import places as meeting_places
from importers.meetings import times as meeting_times
from importers.meetings import types as meeting_types
from importers.meetings.places import said
from importers.meetings.types import Types
from importers.rows import Feed, Hold, Outcome, Reject, Row, Skip, text

# A fellowship is read from a website's host or its office's name only where that leaves no doubt.
_FELLOWSHIPS = {
    "al_anon": r"al-?anon(?!o)",
    "aa": r"alcoholics-?anonymous|(?:^|[.-])aa(?:[.-]|$)",
    "na": r"narcotics-?anonymous",
    "ca": r"cocaine-?anonymous",
    "cma": r"crystal-?meth-?anonymous",
    "ha": r"heroin-?anonymous",
    "ma": r"marijuana-?anonymous",
    "nar_anon": r"nar-?anon(?!ymous)",
    "aca": r"adult-?children",
    "coda": r"co-?dependents-?anonymous",
    "eda": r"eating-?disorders-?anonymous",
    "oa": r"overeaters-?anonymous",
    "ga": r"gamblers-?anonymous",
    "slaa": r"sex-?and-?love-?addicts-?anonymous",
    "recovery_dharma": r"recovery-?dharma",
    "refuge_recovery": r"refuge-?recovery",
}
# "Foglifters (ONLINE)" keeps the address of the church that it left.
_ONLINE_BY_NAME = re.compile(
    r"[(\[]\W*(?:now |all |only )?(?:on-?line|virtual|zoom)(?: only| meeting)?\W*[)\]]"
    r"|\b(?:on-?line|virtual|zoom)(?: only| meeting| group)?\W*$|^\W*(?:on-?line|virtual|zoom)\b",
    re.I,
)
_ALSO_IN_PERSON = re.compile(r"\b(?:hybrid|in[- ]?person|live|active|and|plus|also|both|presencial|y|or)\b|[&+/]", re.I)
_ABOUT_JOINING = re.compile(r"zoom|\bid\b|pass ?(?:code|word)|link|online|virtual|dial|https?:", re.I)
_MEETING_LINK = re.compile(
    r"https?://(?:[\w-]+\.)*(?:zoom\.us|meet\.google\.com|gotomeet(?:ing)?\.(?:me|com)|webex\.com|teams\.(?:live|microsoft)"
    r"\.com|meet\.jit\.si|freeconferencecall\.com|discord\.gg)/[^\s<>\"']+",
    re.I,
)


def unwrap(record: Any) -> dict[str, Any]:
    """Airtable's {"id", "fields"} made flat; sheet headers become keys ("Full Address" -> full_address)."""
    if not isinstance(record, Mapping):
        return {}
    inner = record.get("fields")
    flat = {"id": record.get("id"), **inner} if isinstance(inner, Mapping) else record
    told = {_column(str(name)): value for name, value in flat.items()}
    return online_list.renamed(told) if online_list.is_of_list(told) else told


@lru_cache(maxsize=4096)
def _column(name: str) -> str:
    return re.sub(r"[^\w]+", "_", name.strip().casefold()).strip("_")


def draft(row: Row, look: Lookups, feed: Feed) -> ListingDraft:
    key = _key(row)
    try:
        return _meeting(row, look, feed, key)
    except Outcome as outcome:
        outcome.key = outcome.key or key
        row.drop(*row.raw)  # no listing, so no column of it was overlooked
        raise


def _key(row: Row) -> str:
    """The slug; feeds without one are known by what tells their meetings apart."""
    slug = said(row, "slug") or text(row.raw.get("id"))
    made = (text(row.raw.get(column)) for column in ("name", "day", "time", "formatted_address", "address", "location"))
    return slug or "~" + sha256("|".join(made).encode(errors="replace")).hexdigest()[:24]


def _meeting(row: Row, look: Lookups, feed: Feed, key: str) -> ListingDraft:
    name, attendance = _alive(row, look)
    entity, website, office = said(row, "entity"), _website(row), _office_site(row)
    hosts = frozenset(host for host in map(_host, (website, office)) if host)
    types = meeting_types.read(_types(row), feed.fellowship or _fellowship(hosts, entity))
    for code in types.unknown:
        row.note(f"unknown type code: {code}")
    texts = [text(row.value(column)) for column in ("notes", "location_notes", "group_notes")]
    online = _online(row, hosts, texts if types.online or types.place_closed else [])
    where = meeting_places.where(row, feed)
    modality = _modality(attendance, types, where.exact, online, name)
    away = modality in (Modality.ONLINE, Modality.PHONE)
    if away:
        types = types.away_from_the_place()
        texts[1] = texts[1] if _ABOUT_JOINING.search(texts[1]) else ""  # "enter at the rear" of a closed building
    notes = _notes(texts, online, hosts)
    types = types if away else types.with_ramp(notes)
    if stopped := public_words.says_stopped(notes, away):
        raise Hold("its notes say it may not be meeting", stopped)
    times = _times(row, name, notes)
    return ListingDraft(
        source_key=key,
        name=name,
        kind=Kind.SUPPORT_GROUP,
        modality=modality,
        group=said(row, "group"),
        notes=notes,
        place=meeting_places.shown(where, modality),
        online=online if online != Online() and modality is not Modality.IN_PERSON else None,
        phones=_office_phone(row, entity),
        website=website or office,
        email=clean.email(row.take("entity_email")),
        times=times,
        by_appointment=not times,
        facets=types.facets | facets(modality=[modality]),
        denied=types.denied,
        categories=_categories(row, types),
        verified_on=clean.day(row.value("last_contact")),
        source_updated_on=clean.day(row.first("updated", "updated_at")),
    )


def _alive(row: Row, look: Lookups) -> tuple[str, str]:
    """The name and the attendance word of a meeting that still meets."""
    name = said(row, "name")
    if not name:
        raise Reject("no name")
    if clean.closed_in_name(name):
        raise Skip("marked closed in its name", name)
    attendance = said(row, "attendance_option")
    attendance = look("attendance", attendance) if attendance else ""
    if attendance == "inactive":
        raise Skip("inactive in the feed")
    return name, attendance


def _types(row: Row) -> tuple[str, ...]:
    listed, single = row.value("types"), row.value("type")
    return meeting_types.tokens(listed if listed not in (None, "", []) else single or [])


def _times(row: Row, name: str, notes: str) -> tuple[WeeklyTime, ...]:
    if "times" in row.raw and "day" not in row.raw:
        return meeting_times.as_named(online_list.times(row), name, notes)
    days = meeting_times.weekdays(row.value("day"))
    start, until = meeting_times.span(row.value("time"))
    end = clean.clock(row.value("end_time")) if text(row.raw.get("end_time")) else until
    row.drop("end_time")
    times = meeting_times.weekly(days, start, end, clean.zone(row.take("timezone")))
    return meeting_times.as_named(times, name, notes)


def _website(row: Row) -> str:
    """The meeting's own page first: it is where its publisher corrects things."""
    own = [clean.url(row.take(column)) for column in ("url", "website", "website_2")]
    return next(filter(None, own), "")


def _office_site(row: Row) -> str:
    return next(filter(None, [clean.url(row.take(column)) for column in ("entity_website_url", "entity_url")]), "")


def _office_phone(row: Row, entity: str) -> tuple[Phone, ...]:
    phone = clean.phone(row.take("entity_phone"))
    return (Phone(phone.number, phone.extension, entity),) if phone else ()


@lru_cache(maxsize=4096)
def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


@lru_cache(maxsize=4096)
def _fellowship(hosts: frozenset[str], entity: str) -> str:
    """Only what a host or an office's name says beyond doubt, and only if it says one thing."""
    evidence = [re.sub(r"[\s_-]+", "-", words.casefold().replace("a.a.", "aa")) for words in (*hosts, entity)]
    found = {code for code, pattern in _FELLOWSHIPS.items() if any(re.search(pattern, words) for words in evidence)}
    return found.pop() if len(found) == 1 else ""


def _online(row: Row, hosts: Collection[str], notes: list[str]) -> Online:
    """How to join; a meeting marked online may give its link only in `notes`."""
    link = row.take("conference_url")
    url, (phone, rest) = _joinable(clean.url(link)), public_words.dial_in(row.take("conference_phone"))
    said_url, said_phone = row.take("conference_url_notes"), row.take("conference_phone_notes")
    if link and not url:
        said_url = f"{link}\n{said_url}"  # "ID 835 123 456" in the link's column still gets people in
    if not url and not phone:
        found = next(filter(None, (_MEETING_LINK.search(clean.prose(words)) for words in notes)), None)
        url = clean.url(found[0]) if found else ""
    way_in = tuple(filter(None, (url, phone)))
    return Online(
        url=url,
        url_notes=public_words.notes(said_url, way_in, hosts, about_joining=True),
        phone=phone,
        phone_notes=public_words.notes(f"{rest}\n{said_phone}", way_in, hosts, about_joining=True),
    )


def _joinable(url: str) -> str:
    """A provider's front page lets nobody in."""
    if not url:
        return ""
    parts = urlsplit(url)
    bare = parts.path in ("", "/") and not parts.query and re.search(r"(?:^|\.)zoom\.us$", parts.hostname or "")
    return "" if bare else url


def _modality(attendance: str, types: Types, exact: bool, online: Online, name: str) -> Modality:
    """What the feed says, else what its types, name, address and links say together."""
    joins = bool(online.url or online.phone)
    by_net = Modality.PHONE if online.phone and not online.url else Modality.ONLINE
    if types.place_closed:
        if joins or types.online or attendance in ("online", "hybrid"):
            return by_net
        raise Skip("location temporarily closed")
    if attendance:
        return by_net if attendance == "online" else Modality(attendance)
    if _ONLINE_BY_NAME.search(name) and not _ALSO_IN_PERSON.search(name) and not types.hybrid:
        if not joins and exact:
            raise Hold("its name says that it is online, and nothing says how to join", name)
        return by_net
    if joins or types.online or types.hybrid:
        return Modality.HYBRID if exact else by_net
    if not exact:
        raise Skip("no address to go to and no way to join")
    return Modality.IN_PERSON


def _notes(said: list[str], online: Online, hosts: Collection[str]) -> str:
    way_in = tuple(filter(None, (online.url, online.phone)))
    return "\n".join(dict.fromkeys(filter(None, (public_words.notes(words, way_in, hosts) for words in said))))


def _categories(row: Row, types: Types) -> tuple[str, ...]:
    """Type names and the publisher's own areas, once each: words to search by."""
    regions = row.value("regions")
    parts = regions if isinstance(regions, (list, tuple)) else text(regions).split(">")
    areas = [clean.words(text(part)) for part in parts if not isinstance(part, (list, tuple, Mapping))]
    areas += [said(row, c) for c in ("region", "sub_region", "sub_sub_region", "district", "sub_district")]
    unique = {word.casefold(): word for word in reversed([*types.words, *filter(None, areas)])}
    return tuple(reversed(unique.values()))
