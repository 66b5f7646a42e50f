"""Where a 2-1-1 program is and how it is reached, without what is private."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from directory.listing import Area, Phone, Place
from importers import addresses, clean, lines, served
from importers.icarol.columns import said, said_yes

WITHHELD = re.compile(
    r"^\D*\b(?:withheld|confidential|undisclosed|not (?:published|listed|disclosed|given)|private|call for|by request"
    r"|(?:up)?on request|unlisted|contact for|not available|hidden)\b",
    re.I,
)
_BOX = re.compile(r"^\W*(?:p\.?\s*o\.?|post office)\s*(?:box|drawer)\b", re.I)
_LINES = tuple(f"physicaladdress{n}" for n in (1, 2, 3, 4))
_EMERGENCY = {"911", "711"}  # everybody's numbers, not this program's
_OTHERS = {
    "phonenumberhotline": "hotline",
    "phonetollfree": "toll free",
    "phonenumberbusinessline": "office",
    "phonenumberafterhours": "after hours",
    "phonenumberoutofarea": "from outside the area",
    "phonetty": "TTY",
}
# Words that say what a line is for; a label with any other word may be a person's name and is left out.
_ABOUT = frozenset(
    "intake administrative administration admin office information customer service services toll free tty tdd "
    "emergency hotline crisis 24 hour hours alternate alternative local business appointment appointments referral "
    "referrals admissions after public voice spanish english help line helpline text program clinic front desk "
    "reception shelter volunteer donation scheduling pharmacy dental medical legal housing evening weekend day "
    "night care client clients case management manager director directors delivery unit support center call "
    "school children child childrens youth women womens men mens health treatment counseling job jobs food employment "
    "security building department dept benefits assistance community family families education library "
    "headquarters social social worker nurse eligibility application applications enrollment transportation "
    "outreach training disaster relief donate donations to and for answering machine mail switchboard recorded "
    "relay main literacy lawyer court medicaid medicare wic snap hiv testing tests assessment screening pantry "
    "recovery addiction substance detox residential outpatient peer warmline mental behavioral veterans seniors "
    "rental utility rent payment financial classes resource central branch corporate press media fraud".split()
)
_MAIN = frozenset("main number phone telephone general the no voice".split())
_NATION = re.compile(r"\b(?:nation-?wide|united states|u\.?s\.?a\b|all states)", re.I)
_PART = re.compile(r" (?:county|parish|borough)$", re.I)  # of no county of that state: a neighbourhood, misnamed


def phones(cells: Mapping[str, Any]) -> tuple[Phone, ...]:
    """Every public number once, where to ask for help first, else the numbered columns first; a fax is none."""
    told = [(phone, about) for number, about in _lines(cells) for phone in clean.phones(number, label_of(about))]
    found: dict[str, Phone] = {}
    for phone in lines.best_first((phone, about) for phone, about in told if phone.number not in _EMERGENCY):
        found.setdefault(str(phone), phone)
    return tuple(found.values())


def _lines(cells: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Numbers as written, each with what is said of it."""
    numbered = sorted(int(hit[1]) for name in cells if (hit := re.fullmatch(r"phone(\d{1,3})(?:number)?", name)))
    for n in dict.fromkeys(numbered):
        about = " ".join(said(cells, f"phone{n}{part}") for part in ("type", "name", "description"))
        yield said(cells, f"phone{n}number", f"phone{n}"), about
    for column, label in _OTHERS.items():
        yield said(cells, column), label


def label_of(about: str) -> str:
    """ "Intake Number" is "intake", "Main Number" needs no label, "Jane Doe" must not be one."""
    words = re.findall(r"[a-z0-9]+", about.casefold())
    if "tty" in words or "tdd" in words:
        return "TTY"
    kept = [word for word in dict.fromkeys(words) if word not in _MAIN]
    return " ".join(kept) if set(kept) <= _ABOUT else ""


def withheld(cells: Mapping[str, Any]) -> bool:
    """The address is not for everyone, by a flag or by its own words."""
    flags = [name for name in cells if name.endswith(("isprivate", "private", "confidential", "isconfidential"))]
    own = [name for name in flags if name.startswith(("physical", "address", "location", "is", "private", "confid"))]
    return any(said_yes(cells[name]) for name in own) or any(WITHHELD.search(said(cells, name)) for name in _LINES)


def place(cells: Mapping[str, Any], area_point: bool, town_only: bool = False) -> Place | None:
    """The physical address. `area_point`: its coordinates are no door; `town_only`: an agency's, not the program's."""
    hidden = withheld(cells)
    parts = [clean.words(said(cells, line)) for line in _LINES]
    street = ", ".join(part for part in dict.fromkeys(parts) if part)
    if hidden or town_only or _BOX.search(street):
        street = ""
    point = clean.point(cells.get("latitude"), cells.get("longitude"))
    if hidden or town_only or area_point or not street:
        point = None
    city, state = clean.words(said(cells, "physicalcity")), clean.state(said(cells, "physicalstateprovince"))
    code = said(cells, "physicalpostalcode")
    country = addresses.told(said(cells, "physicalcountry"), said(cells, "physicalstateprovince"), code)
    postal = clean.postal(code, country)
    if not (street or city or postal):
        return None
    return Place(
        street=street,
        city="" if WITHHELD.search(city) or city.casefold() == "unknown" else city,
        state=state,
        postal_code=postal[:5] if hidden else postal,
        county=re.sub(r"\s+county$", "", clean.words(said(cells, "physicalcounty")), flags=re.I),
        country=country,
        directions="" if hidden or town_only else clean.words(said(cells, "physicallocationdescription")),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        approximate=not street,
        confidential=hidden,
    )


def area(cells: Mapping[str, Any], state: str) -> Area | None:
    """Where people are served: the words, and the states and counties that they or the coverage surely name."""
    words = clean.words(said(cells, "coverageareatext", "coveragearea", "areaserved"))
    if _NATION.search(words):
        return Area(nationwide=True, words=words)
    coverage = [part.strip() for part in said(cells, "coverage").split(";") if part.strip()]
    sure = {part: covered for part in coverage if (covered := served.read(part)) and _is_near(covered, state)}
    found = [*sure.values(), *filter(None, (served.read(words, state),))]
    if not words:  # what is less than a county (a town, a ZIP) stays words
        words = "; ".join(dict.fromkeys(part for part in coverage if part not in sure and not _PART.search(part)))
    states = {code for one in found for code in one.states}
    states |= {state} if state and re.search(r"\b(?:state-?wide|entire state)\b", words, re.I) else set()
    counties = tuple(dict.fromkeys(county for one in found for county in one.counties))
    nation = any(one.nation for one in found)
    return Area(nation, tuple(sorted(states)), counties, words) if words or counties or states or nation else None


def _is_near(covered: served.Served, state: str) -> bool:
    """Exports file neighbourhoods as counties of the next state: only those of its own are believed."""
    return not state or all(one.startswith(f"{state}:") for one in covered.counties)
