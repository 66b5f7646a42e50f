"""Where a row is: its address, an area it serves, or only a town because the street is not for everyone."""

import re

from directory.listing import Area, Place
from importers import addresses, clean, served
from importers.mapping.cells import Cells

_WITHHELD = re.compile(
    r"^\D*\b(?:withheld|confidential|undisclosed|not (?:published|listed|disclosed|given)|private|call for|by request"
    r"|(?:up)?on request|unlisted|contact for|not available|hidden)\b",
    re.I,
)
_COUNTY = re.compile(r"\bcount(?:y|ies)\b", re.I)
_NATION = re.compile(r"\b(?:nation-?wide|national|united states|u\.?s\.?a?\b|all states|anywhere)", re.I)
_STATEWIDE = re.compile(r"\b(?:state-?wide|entire state|whole state|all of (?:the )?state|all counties)\b", re.I)
_LESS = re.compile(r"\b(?:except|excluding|but|not|outside|parts?)\b", re.I)
_BETWEEN = re.compile(r"[,;/&|\n]|\band\b", re.I)


def place(cells: Cells, state: str, confidential: bool) -> Place | None:
    """None when the row names no place at all. `state`: two letters for rows that leave it out."""
    line = addresses.parse(clean.words(cells.text("address"))) if cells.text("address") else addresses.Address()
    street = clean.words(cells.text("street")) or line.street
    city = clean.words(cells.text("city")) or line.city
    said_state = clean.state(cells.text("state")) or line.state
    county = _county_name(cells.text("county")) or line.county
    point = clean.point(cells.raw("latitude"), cells.raw("longitude"))
    told = addresses.told(cells.text("country"), cells.text("state") or said_state, cells.text("zip"), point)
    country = told if cells.text("country") else line.country or told
    postal = clean.postal(cells.text("zip"), country) or line.postal_code
    confidential = confidential or bool(_WITHHELD.search(street) or _WITHHELD.search(cells.text("address")))
    if confidential:
        street, point, postal = "", None, postal[:5]
    if not (street or city or postal or point or county):
        return None
    return Place(
        name="" if confidential else clean.words(cells.text("place_name")) or line.building,
        street=street,
        city="" if _WITHHELD.search(city) else city,
        state=(said_state or state) if country in addresses.HOME else "",
        postal_code=postal,
        county=county,
        country=country,
        directions="" if confidential else clean.words(cells.text("directions")),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        approximate=not street,
        confidential=confidential,
    )


def _county_name(said: str) -> str:
    return re.sub(r"\s+county$", "", clean.words(said), flags=re.I)


def area(cells: Cells, state: str, nationwide: bool) -> Area | None:
    """ "Statewide", "Franklin and Delaware counties", "Ohio": a state, counties, or only the words."""
    words = clean.words(cells.text("area"))
    named = [clean.state(part) for part in _BETWEEN.split(cells.text("area_states"))]
    counties = _counties(cells.text("area_counties"), state)
    if _NATION.search(words) or nationwide:
        return Area(nationwide=True, words=words)
    if sure := served.read(words, state):
        named += sure.states
        counties += sure.counties
    elif _LESS.search(words):
        pass  # "all counties but Franklin": nobody there is to be told that they are served
    elif _STATEWIDE.search(words):
        named.append(state)
    elif _COUNTY.search(words):  # "Delaware County" is in no need of a state
        counties += _counties(words, state)
    else:
        named += [clean.state(re.sub(r"^(?:all of|the state of) ", "", part.strip())) for part in _BETWEEN.split(words)]
    states = {code for code in named if code}
    if not (words or states or counties):
        return None
    return Area(states=tuple(sorted(states)), counties=tuple(dict.fromkeys(counties)), words=words)


def _counties(words: str, state: str) -> list[str]:
    """Counties as "OH:Franklin": what stands before "County", or all names of a column or text of counties."""
    single = _COUNTY.search(words) and not re.search(r"\bcounties\b", words, re.I)
    parts = [part for part in _BETWEEN.split(words) if _COUNTY.search(part) or not single]
    names = (" ".join(re.sub(r"^the\b", "", _COUNTY.sub(" ", part).strip()).split()) for part in parts)
    return [f"{state}:{known}" for name in names if (known := served.county(name, state))]
