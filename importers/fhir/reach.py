"""Where a FHIR service is and how it is reached; nothing that its publisher restricts."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from directory.listing import Area, Phone, Place
from importers import addresses, clean, served
from importers.fhir.resources import dicts, extensions, is_restricted, last_part
from importers.fhir.times import is_over

_BOX = re.compile(r"^\W*(?:p\.?\s*o\.?|post office)\s*(?:box|drawer)\b", re.I)
_US = ((13.0, 72.0), (-180.0, -64.0))  # degrees: all states and territories but those west of the date line
_WEST = ((13.0, 21.0), (144.0, 147.0))  # Guam and the Marianas


def points(resource: dict[str, Any], today: date) -> Iterator[dict[str, Any]]:
    """Contact points that hold today and are its own, best first."""
    held = [
        one
        for one in dicts(resource.get("telecom"))
        if not is_over(one, today)
        and not is_restricted(one)
        and not any(
            "via-intermediary" in last_part(ext) or last_part(ext) == "viaintermediary" for ext in extensions(one)
        )
    ]
    yield from sorted(held, key=lambda one: one["rank"] if type(one.get("rank")) is int and one["rank"] > 0 else 99)


def phones(resource: dict[str, Any], today: date, country: str = "US") -> tuple[Phone, ...]:
    """Voice numbers; a number for texts is labelled, a fax is none. `country` reads one without its own prefix."""
    found: dict[str, Phone] = {}
    for one in points(resource, today):
        if one.get("system") in ("phone", "sms", "other", None):
            label = "text" if one.get("system") == "sms" else ""
            abroad = clean.phone(one.get("value"), country)
            for phone in clean.phones(one.get("value"), label) or ((replace(abroad, label=label),) if abroad else ()):
                found.setdefault(str(phone), phone)
    return tuple(found.values())


def first(resources: Iterable[dict[str, Any]], system: str, today: date) -> str:
    """The first link or e-mail among several resources."""
    clean_one = clean.url if system == "url" else clean.email
    values = (
        one.get("value") for resource in resources for one in points(resource, today) if one.get("system") == system
    )
    return next(filter(None, map(clean_one, values)), "")


def place(location: dict[str, Any], above: Iterable[dict[str, Any]], hidden: bool, today: date) -> Place | None:
    """A Location's address, else that of the place it is part of. `hidden`: only the town may be told."""
    chain = [location, *above]
    found = next((address for one in chain for address in _addresses(one, today)), {})
    hidden = hidden or is_restricted(found) or is_restricted(location)
    lines = [clean.words(line) for line in found.get("line") or [] if isinstance(line, str)]
    street = ", ".join(line for line in dict.fromkeys(lines) if line)
    parsed = addresses.parse(clean.words(found.get("text"))) if not street and not hidden else addresses.Address()
    street = "" if hidden or _BOX.search(street) else street or parsed.street
    state = clean.state(found.get("state")) or parsed.state
    country = addresses.told(
        clean.words(found.get("country")),
        state or clean.words(found.get("state")),
        clean.words(found.get("postalCode")),
    )
    point = None if hidden else _point(location, country)
    city, postal = clean.words(found.get("city")) or parsed.city, clean.postal(found.get("postalCode"), country)
    postal = postal or parsed.postal_code
    if not (street or city or postal or point or (state and hidden)):
        return None
    return Place(
        name="" if hidden else clean.words(location.get("name")),
        street=street,
        city=city,
        state=state if country in addresses.HOME else "",
        postal_code=postal[:5] if hidden else postal,
        county=re.sub(r"\s+county$", "", clean.words(found.get("district")), flags=re.I),
        country=country,
        directions="" if hidden else clean.words(location.get("description")),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        approximate=not street or _says(location, "approximate", "valueBoolean") is True,
        confidential=hidden,
        timezone=clean.zone(_says(location, "timezone", "valueCode")),
    )


def _addresses(location: dict[str, Any], today: date) -> Iterator[dict[str, Any]]:
    for one in dicts(location.get("address")):
        if one.get("type") != "postal" and one.get("use") != "billing" and not is_over(one, today):
            yield one


def _says(element: dict[str, Any], name: str, value: str) -> Any:
    ends = (name, f"urn:aftercare-directory:{name}")
    return next((ext.get(value) for ext in extensions(element) if last_part(ext) in ends), None)


def _point(location: dict[str, Any], country: str) -> tuple[float, float] | None:
    """Degrees; of a place in the US only where the US is (the two are sometimes swapped)."""
    position = location.get("position")
    if not isinstance(position, dict):
        return None
    point = clean.point(position.get("latitude"), position.get("longitude"))
    inside = point and any(a <= point[0] <= b and c <= point[1] <= d for (a, b), (c, d) in (_US, _WEST))
    return point if point and (inside or country != "US") else None


def area(named: Iterable[Any], state: str = "") -> Area | None:
    """Where people are served, by the names of the places; their states and counties where they are only that."""
    names = list(dict.fromkeys(filter(None, map(clean.words, named))))
    found = {name: served.read(name, state) for name in names}
    sure = [one for one in found.values() if one]
    nation = any(one.nation for one in sure)
    states = sorted({code for one in sure for code in one.states})
    counties = dict.fromkeys(county for one in sure for county in one.counties)
    words = "" if nation else ", ".join(name for name in names if not found[name])
    return Area(nation, tuple(states), tuple(counties), words) if names else None
