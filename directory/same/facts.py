"""What of a listing is compared with others, read from its plain JSON: an import has no time for whole drafts twice."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from urllib.parse import urlsplit

from directory.same.words import (
    Name,
    Street,
    names_in,
    only_says_service,
    own_names,
    read_name,
    read_street,
    without_town,
)
from directory.vocab import Kind

FREE = ("800", "888", "877", "866", "855", "844", "833")  # toll-free area codes of North America
FAMILIES = {
    Kind.SUPPORT_GROUP: "meeting",
    Kind.SOBER_LIVING: "home",
    Kind.OUTPATIENT: "treatment",
    Kind.RESIDENTIAL: "treatment",
    Kind.COMMUNITY_SERVICE: "community",
}
HOUSED = {"home", "treatment"}  # one house may be told as either
ROOM = re.compile(r"/(?:j|my|s|meet)/(\w+)|(\d{9,11})")


@dataclass(frozen=True, slots=True)
class Facts:
    """One listing as it is compared."""

    id: int
    publisher: int
    kinds: frozenset[str]
    family: str
    families: frozenset[str]
    names: tuple[Name, ...]  # the whole name first
    groups: tuple[Name, ...]
    called: tuple[Name, ...]  # by which it is compared: the organisation's, where its own name only says what is done
    joined: tuple[Name, ...]  # organisation and name, as a publisher writes them who has one column for both
    own: tuple[Name, ...]  # the program's part of "Organisation, Program"
    local: tuple[Name, ...]  # the same without the words of its town
    phones: frozenset[str]  # ten digits
    street: Street
    building: str  # the building's own name, its words sorted
    town: str  # city and state
    zip: str
    point: tuple[float, float] | None  # a real pin only
    about: tuple[float, float] | None  # any point, if only a ZIP's
    way: str  # the modality
    fellowships: frozenset[str]
    times: frozenset[tuple[int, int]]
    room: str  # where an online meeting is joined
    site: str
    services: frozenset[str]
    genders: frozenset[str]  # for whom, where it says so
    hidden: bool  # its street is confidential

    @property
    def levels(self) -> frozenset[str]:
        """Of care."""
        return frozenset(one for one in self.services if one.startswith("level="))


def facts_of(number: int, publisher: int, data: Mapping[str, Any]) -> Facts:
    """`data` is a draft's `as_dict()`, as the database holds it."""
    place, facets = data.get("place") or {}, data.get("facets") or {}
    kind = Kind(data["kind"])
    spot = (place["latitude"], place["longitude"]) if "latitude" in place and "longitude" in place else None
    name, city = data["name"], place.get("city", "")
    group = data.get("group", "") if data.get("group") != name else ""
    kinds = frozenset([kind.value, *data.get("also", ())])
    called = _called(name, group, place.get("name", ""), _treats(facets))
    return Facts(
        id=number,
        publisher=publisher,
        kinds=kinds,
        family=FAMILIES[kind],
        families=frozenset(FAMILIES[Kind(one)] for one in kinds),
        names=tuple(map(read_name, names_in(name))),
        groups=tuple(map(read_name, names_in(group))) if group else (),
        called=tuple(map(read_name, called)),
        joined=(read_name(f"{group} {name}"),) if group and not name.startswith(group) else (),
        own=tuple(map(read_name, own_names(name, group))) if group else (),
        local=tuple(read_name(less) for one in called if (less := without_town(one, city))),
        phones=frozenset(filter(None, (_digits(phone["number"]) for phone in data.get("phones", ())))),
        street=read_street(place.get("street", "")),
        building=read_name(place.get("name", "")).all,
        town=f"{read_name(city).all},{place.get('state', '').casefold()}",
        zip=place.get("postal_code", "")[:5],
        point=None if place.get("approximate") else spot,
        about=spot,
        way=data.get("modality", "in_person"),
        fellowships=frozenset(facets.get("fellowship", ())) - {"other"},
        times=frozenset((time["weekday"], time["start"]) for time in data.get("times", ())),
        room=_room(data.get("online") or {}),
        site=_site(data.get("website", "")),
        services=frozenset(f"{g}={v}" for g in ("level", "need", "residence") for v in facets.get(g, ())),
        genders=frozenset(facets.get("gender", ())),
        hidden=bool(place.get("confidential")),
    )


def _treats(facets: Mapping[str, Any]) -> bool:
    """Is it care for substance use, as far as its facets tell? Outpatient care alone may be for the mind only."""
    levels = facets.get("level", ())
    return "intensive_outpatient" in levels or (bool(levels) and "mental_health" not in facets.get("need", ()))


def _called(name: str, group: str, building: str, leveled: bool) -> list[str]:
    """ "Outpatient Drug Treatment" is no name: of such a listing the organisation's and its site's are compared."""
    told = names_in(name)
    if group and only_says_service(name, leveled):
        told = (*names_in(group), *names_in(building))
    return [one for one in dict.fromkeys(told) if one]


def _digits(number: str) -> str:
    digits = "".join(c for c in number if c.isdigit())
    return digits[-10:] if len(digits) >= 10 else ""


def _room(online: Mapping[str, Any]) -> str:
    """The number of a video room where there is one, else the whole link without its question."""
    url = online.get("url", "")
    if not url:
        return ""
    try:
        parts = urlsplit(url.casefold())
    except ValueError:  # not an address at all: nothing to compare
        return ""
    found = ROOM.search(parts.path)
    return (found[1] or found[2]) if found else f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"


def _site(url: str) -> str:
    try:
        parts = urlsplit(url.casefold())
    except ValueError:
        return ""
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"


def keys(facts: Facts) -> set[int]:
    """Listings that may be the same share one of these: phone, street, name in a town, building, room, name and pin.

    A key is a number of 63 bits, which every database can hold. A house that is also a program has the keys of both.
    """
    families = {facts.family, *(facts.families & HOUSED if facts.family in HOUSED else ())}
    return {key for family in sorted(families) for key in _keys(facts, family)}


def _keys(facts: Facts, family: str) -> set[int]:
    said: list[tuple[str, ...]] = [("phone", phone) for phone in facts.phones if family != "meeting"]
    if facts.street.number:
        near = (facts.zip, facts.town.partition(",")[0])
        said += [("street", facts.street.number, facts.street.name[:4], one) for one in near if one]
    first = {word for name in (*facts.names, *facts.own, *facts.groups) for word in name.core.split()[:4]}
    said += [("name", word[:5], facts.zip[:3] or facts.town) for word in first if len(word) > 2]
    if family == "meeting":
        said = [(*key, str(day)) for key in said for day in {time[0] for time in facts.times} or {-1}]
        if facts.room:
            said.append(("room", facts.room))
        for lat, lon in [facts.point] if facts.point else []:
            said += [("pin", f"{lat:.2f},{lon:.2f}", f"{day},{start}") for day, start in facts.times]
    return {_number("|".join((family[0], *key))) for key in said}


def _number(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big") >> 1
