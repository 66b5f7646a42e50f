"""Where an HSDS record is: its location and address; what only a mailing address or a town tells is never walked to."""

import re
from dataclasses import replace

from directory.listing import Area, Place
from importers import addresses, clean, hiding, served
from importers.hsds.shapes import Cells, dicts
from importers.rows import text

TABLES = ("addresses", "physical_addresses", "address")
MAIL = ("postal_addresses", "mail_address", "mail_addresses")
_BOX = re.compile(r"\b(?:P\.?\s?O\.?\s*Box|Post Office Box|PMB|Private Bag)\b", re.I)
_NO_STREET = re.compile(  # words that stand where a street should
    r"(?:there is )?(?:no|none|without) ?(?:physical|street|fixed|permanent|mailing)?(?: (?:address|location|office))*|"
    r"(?:unknown|tbd|tba|mobile|online|on line|virtual|website|internet|phone only|by phone|varies|various|multiple)"
    r"(?: (?:address(?:es)?|locations?|sites?|only|unit|service))*|"
    r"(?:call|contact|phone|see|please|must|no|various|multiple)\b.*|statewide|county ?wide|city ?wide"
    r"|.*\b(?:please call|must call|call first|call for|no drop[- ]?ins?|various locations|various sites)\b.*",
    re.I,
)
_TOWN_LAST = re.compile(  # "101 6th Street, Santa Rosa", and no cell tells the town
    r"(?P<street>\d.*\S), ?(?P<town>(?!(?i:(?:\w+ )?(?:floor|room|suite|level|building|rear|basement|unit|apt)\b))"
    r"[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})"
)
_CODE_LAST = re.compile(
    r"(?P<street>\d.*\S(?<!road)(?<!rd)(?<!route)(?<!hwy)(?<!highway)(?<!box))[ ,]+(?P<code>\d{5})\.?", re.I
)


def place(location: Cells, state: str = "", own: bool = False) -> Place | None:
    """A physical location; None for one that is only on line or by mail. `state` for feeds that leave it out.

    In feeds of our own (`own`) the region of an address is its county.
    """
    if _virtual(location):
        return None
    given = [one for table in TABLES for one in dicts(location.get(table))]
    mail = [one for table in MAIL for one in dicts(location.get(table))]
    real = [one for one in given if text(one.get("address_type")).casefold() != "postal"]
    best = next((one for one in real if _to_walk_to(_street(one)) and _street(one)), None) or next(
        iter([*real, *given, *mail]), location
    )
    walked_to = best in real or best is location
    point = clean.point(*_coordinates(location))
    found = _of_address(best, state, walked_to, point)
    if own:
        found = replace(found, county=clean.words(best.get("region")) or found.county)
    ways = (location.get("transportation"), location.get("description") if own else "")
    name = clean.words(location.get("name"))
    found = replace(
        found,
        name="" if name.casefold() == found.street.casefold() else name,
        directions=next(filter(None, map(clean.words, ways)), ""),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        approximate=bool(point) and (not found.street or _said_rough(location)),
        timezone=clean.zone(location.get("timezone")),
    )
    told = (location.get("name"), location.get("description"), best.get("address_1"), best.get("attention"), *ways)
    found = hiding.held_back(found, *told) or found
    return found if found.street or found.city or found.postal_code or found.located or found.confidential else None


def rough(organization: Cells, state: str = "") -> Place | None:
    """The town of an organization, for a service that names no location: never a street.

    Where its post goes says nothing of where its services are: a clinic in Chicago has its mail in Brooklyn.
    """
    homes = [place(home, state) for home in map(_without_mail, dicts(organization.get("locations")))]
    found = next((home for home in homes if home), None) or place({**_without_mail(organization), "name": ""}, state)
    if found is None or not (found.city or found.postal_code):
        return None
    return Place(city=found.city, state=found.state, postal_code=found.postal_code, country=found.country)


def mail_state(organization: Cells, state: str = "") -> str:
    """The state in which an organization has its mail: likely, and no more than that, where its services are."""
    homes = [organization, *dicts(organization.get("locations"))]
    found = (place({**home, "name": ""}, state) for home in homes)
    return next((one.state for one in found if one and one.state), "")


def _without_mail(cells: Cells) -> Cells:
    kept = {name: value for name, value in cells.items() if name not in MAIL}
    for table in TABLES:
        if rows := dicts(kept.get(table)):
            kept[table] = [one for one in rows if text(one.get("address_type")).casefold() != "postal"]
    return kept


def virtual(location: Cells) -> bool:
    """The feed says that nobody can go there."""
    return _virtual(location)


def _virtual(location: Cells) -> bool:
    return text(location.get("location_type")).casefold() == "virtual" or clean.yes(location.get("virtual")) is True


def _of_address(cells: Cells, state: str, walked_to: bool, point: tuple[float, float] | None) -> Place:
    said, code = _first(cells, "state_province", "state", "region"), _first(cells, "postal_code", "zip", "zip_code")
    region, country = clean.state(said), addresses.told(text(cells.get("country")), said, code, point)
    street, city = _street(cells).rstrip(" ,;"), clean.words(cells.get("city")).strip(" ,;")
    if (coded := _CODE_LAST.fullmatch(street)) and coded["code"] == (code[:5] or coded["code"]):
        street, code = coded["street"], code or coded["code"]
    if not city and (parted := _TOWN_LAST.fullmatch(street)):
        street, city = parted["street"], parted["town"]
    return Place(
        street=street if walked_to and _to_walk_to(street) else "",
        city=city,
        state=(region or ("" if text(cells.get("state_province")) else state)) if country in addresses.HOME else "",
        postal_code=clean.postal(code, country),
        county=re.sub(r" County$", "", clean.words(cells.get("county")), flags=re.I),
        country=country,
    )


def _street(cells: Cells) -> str:
    lines = [_first(cells, "address_1", "street_1", "street"), *(text(cells.get(f"address_{n}")) for n in (2, 3, 4))]
    return ", ".join(dict.fromkeys(filter(None, map(clean.words, lines))))


def _to_walk_to(street: str) -> bool:
    """A box at the post office is no place to go, nor are words that say there is none."""
    return not _BOX.search(street) and not _NO_STREET.fullmatch(street.strip(" .*"))


def _coordinates(location: Cells) -> tuple[object, object]:
    if isinstance(both := location.get("coordinates"), list) and len(both) == 2:  # GeoJSON's order
        return both[1], both[0]
    return location.get("latitude"), location.get("longitude")


def _first(cells: Cells, *names: str) -> str:
    return next(filter(None, (text(cells.get(name)) for name in names)), "")


def _said_rough(location: Cells) -> bool:
    """An attribute of our own feeds."""
    terms = (one.get("taxonomy_term") for one in dicts(location.get("attributes")))
    return any(re.fullmatch(r"place[.:]approximate", text(one.get("code"))) for one in dicts(list(terms)))


def area(rows: list[Cells], state: str, everywhere: bool) -> Area | None:
    """Who is served, from service areas. Only where nobody has to come (`everywhere`) does it widen a search."""
    said = [_spoken(row.get("name") or row.get("service_area")) for row in rows]
    more = [_spoken(row.get("description")) for row in rows]
    if not everywhere:
        words = _joined([*said, *more])
        return Area(words=words) if words else None
    told = [first or second for first, second in zip(said, more, strict=True)]
    found = {words: served.read(words, state) for words in told}
    sure = [one for one in found.values() if one]
    words = _joined([*(one for one in told if not found[one]), *(one for one in more if not found.get(one))])
    nation = any(one.nation for one in sure)
    states = dict.fromkeys(code for one in sure for code in one.states)
    counties = dict.fromkeys(county for one in sure for county in one.counties)
    found_area = Area(nation, tuple(states), tuple(counties), words)
    return found_area if found_area != Area() else None


def _spoken(told: object) -> str:
    """Words; a shape on the map (GeoJSON) is none."""
    return "" if text(told).startswith(("{", "[")) else clean.words(told)


def _joined(words: list[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, words)))[:500]
