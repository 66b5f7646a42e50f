"""Where a Meeting Guide record meets: one-line or split addresses, pins, boxes, and pins that only stand in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from directory.listing import Place
from directory.vocab import Modality
from importers import addresses, clean
from importers.rows import Feed, Row, text

_BOX = re.compile(r"^\W*(?:p\.?\s*o\.?|post office)\s*(?:box|drawer)\b", re.I)
_NO_BUILDING = re.compile(r"^\W*(?:online|zoom|virtual|on-?line|district|tbd|n/a)\b", re.I)


@dataclass(frozen=True, slots=True)
class Where:
    place: Place
    exact: bool  # somewhere to go: a street or a pin that is not a stand-in


def said(row: Row, *columns: str) -> str:
    """The first column that says something, in one line; lists are joined, objects are not text."""
    for value in [row.value(column) for column in columns]:
        if value is None or value == "":
            continue
        if type(value) is str:  # what nearly all are
            words = clean.words(value)
            if text(words):
                return words
            continue
        parts = value if isinstance(value, (list, tuple)) else [value]
        words = ", ".join(filter(None, (clean.words(p) for p in parts if not isinstance(p, (list, tuple, Mapping)))))
        if text(words):
            return words
    return ""


def where(row: Row, feed: Feed) -> Where:
    point, box = _point(row)
    flag = clean.yes(row.value("approximate"))
    street, city, line = said(row, "address"), said(row, "city"), said(row, "formatted_address", "full_address")
    if not line and not city and "," in street:
        line, street = street, ""
    found = addresses.parse(line, point)
    street = street or found.street
    if boxed := bool(_BOX.match(street)):  # a post office is no place to meet
        street = ""
    said_state, said_code = said(row, "state"), said(row, "postal_code", "zip", "zip_code")
    said_country = said(row, "country")
    country = addresses.country(said_country) or found.country or addresses.home_of(clean.state(said_state))
    state = (clean.state(said_state) if country in ("", "US", "CA") else "") or found.state
    if not state and (city or found.city) and country in ("", addresses.home_of(feed.state)):
        state = feed.state
    country = addresses.settled(
        country or addresses.home_of(state), said_country or addresses.strange(said_state, said_code), point
    )
    code = clean.postal(said_code, country) or found.postal_code
    location = said(row, "location")
    others = {_raw(row, column) for column in ("district", "region", "city")}
    place = Place(
        name=_building(location, street, others) or found.building,
        street=street,
        city=city or found.city,
        state=state,
        postal_code=code,
        county=_county(said(row, "county")) or found.county,
        country=country,
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
    )
    return Where(place, exact=not (box or boxed or _approximate(flag, line, street, place.located)))


def _county(words: str) -> str:
    return re.sub(r" county$", "", words, flags=re.I)


def _building(location: str, street: str, others: set[str]) -> str:
    """The building's name, unless the column only repeats the street, the town or the district, or says "Zoom"."""
    if street and (cut := location.find(street)) > 0:  # "Center House, 12 High St, Town" in the building's column
        location = location[:cut].rstrip(" ,-")
    same = re.sub(r"\W", "", location).casefold() == re.sub(r"\W", "", street).casefold()
    return "" if same or location.casefold() in others or _NO_BUILDING.match(location) else location


def _raw(row: Row, column: str) -> str:
    return clean.words(text(row.raw.get(column))).casefold()


def _approximate(flag: bool | None, line: str, street: str, located: bool) -> bool:
    """The feed's own word; without it, an address of few parts and no house number is only a town."""
    if flag is not None:
        return flag
    if not line:
        return not street and not located
    numbered = any(c.isdigit() for c in street)
    return not street or (len(line.split(",")) < 4 and not numbered)


def _point(row: Row) -> tuple[tuple[float, float] | None, bool]:
    """Latitude and longitude, and whether they are only the middle of a box ("south,west,north,east")."""
    point = clean.point(row.value("latitude"), row.value("longitude"))
    said_box = text(row.value("coordinates"))
    if point or not said_box:
        return point, False
    numbers = [clean.number(part) for part in said_box.split(",")]
    if None in numbers or len(numbers) not in (2, 4):
        return point, False
    sides = [number for number in numbers if number is not None]
    if len(sides) == 2:
        return clean.point(*sides), False
    return clean.point((sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2), True


def shown(where: Where, modality: Modality) -> Place | None:
    """An approximate, online or closed location keeps its town, and is no address to walk to."""
    if where.exact and modality in (Modality.IN_PERSON, Modality.HYBRID):
        return where.place
    town = replace(where.place, name="", street="", approximate=True)
    return None if town == Place(country=town.country, approximate=True) else town
