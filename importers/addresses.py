"""One-line addresses taken apart: street, city, state, postal code and country. Nothing is guessed that is not said."""

import re
from dataclasses import dataclass, replace

from importers import clean

# Names and codes as feeds write the last part of an address; others leave the country unknown, never "US".
COUNTRIES = {
    "US": "us|usa|u.s.|u.s.a|u.s.a.|united states|united states of america|ee.uu.|estados unidos|puerto rico",
    "CA": "ca|can|canada|canadá",
    "MX": "mx|mex|mexico|méxico",
    "GB": "gb|gbr|uk|u.k.|united kingdom|england|scotland|wales|northern ireland",
    "IE": "ie|irl|ireland",
    "DE": "de|deu|germany|deutschland",
    "NL": "nl|netherlands|the netherlands|nederland",
    "FR": "fr|fra|france",
    "ES": "es|esp|spain|españa",
    "PT": "pt|portugal",
    "IT": "it|italy|italia",
    "CH": "ch|switzerland",
    "AT": "at|austria",
    "BE": "be|belgium",
    "SE": "se|sweden",
    "NO": "no|norway",
    "DK": "dk|denmark",
    "FI": "fi|finland",
    "IS": "is|iceland",
    "PL": "pl|poland",
    "GR": "gr|greece",
    "IL": "il|israel",
    "ZA": "za|zaf|south africa",
    "AU": "au|aus|australia",
    "NZ": "nz|nzl|new zealand",
    "JP": "jp|japan",
    "IN": "in|ind|india",
    "PH": "ph|philippines",
    "TH": "th|thailand",
    "BR": "br|brazil|brasil",
    "AR": "ar|argentina",
    "CO": "co|colombia",
    "CR": "cr|costa rica",
    "BM": "bm|bermuda",
    "BS": "bs|bahamas|the bahamas",
    "GE": "ge",  # the word "Georgia" is a state too: decided by where the pin is
}
_CODES = {word: code for code, words in COUNTRIES.items() for word in words.split("|")}
HOME = ("US", "CA")  # whose states and provinces are kept
UNKNOWN = "ZZ"  # as CLDR has it; an empty country would be read back as "US"
PROVINCES = frozenset("AB BC MB NB NL NS NT NU ON PE QC SK YT".split())
ALSO_TOWNS = frozenset({"georgia", "new york", "washington"})  # a state's name that is as often something else
_TAIL = re.compile(r"(?P<name>.*?)\s*(?P<code>\d{5}(?:-\d{4})?|[A-Z]\d[A-Z](?: ?\d[A-Z]\d)?)?", re.I)
_BRITISH = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$", re.I)
_AUSTRALIAN = re.compile(r"(\D+?),? (?:NSW|VIC|QLD|SA|WA|TAS|ACT|NT) (\d{4})", re.I)
_LEADING_CODE = re.compile(r"^(\d{4,6}(?: [A-Z]{2})?)\s+(?=\D)")
_COUNTY = re.compile(r"^(?P<name>.+) County$", re.I)
_AT_HOME = (  # degrees south, north, west, east: the two countries, the western Pacific, Samoa, the Aleutians
    (15, 84, -180, -52),
    (0, 21, 131, 173),
    (-15, -10, -172, -168),
    (51, 54, 172, 180),
)


@dataclass(frozen=True, slots=True)
class Address:
    building: str = ""
    street: str = ""
    city: str = ""
    county: str = ""
    state: str = ""  # two letters, US and Canada only
    postal_code: str = ""
    country: str = ""  # ISO 3166 two letters; "" when the text does not say


def country(words: str) -> str:
    """ "USA", "Canada", "de" -> two letters; "" for words we do not know."""
    return _CODES.get(words.strip().casefold(), "")


def settled(land: str, said: str, point: tuple[float, float] | None) -> str:
    """The country for a place: as found; "ZZ" (unknown) when words or the pin point abroad; else at home."""
    return land or (UNKNOWN if said or not _american(point) else "US")


def strange(region: str, code: str) -> str:
    """A region that is no state or province of ours and stands beside no ZIP ("NSW", 2035): it lies abroad."""
    return "" if not region or clean.state(region) or re.match(r"\d{5}", code) else region


def told(words: str, region: str, code: str = "", point: tuple[float, float] | None = None) -> str:
    """The country of split cells: what its own cell names (a word, or any two letters), else what region, code and pin
    say together; "ZZ" where they only say that it lies abroad."""
    home = home_of(clean.state(region))
    if words:
        two = words.upper() if re.fullmatch(r"[A-Za-z]{2}", words) else ""
        return country(words) or two or home or UNKNOWN
    if _BRITISH.fullmatch(code.strip()):
        return "GB"
    return settled(home, strange(region, code), point)


def home_of(state: str) -> str:
    """The country of a two-letter state or province."""
    return "" if not state else "CA" if state in PROVINCES else "US"


def parse(words: str, point: tuple[float, float] | None = None) -> Address:
    """ "123 Main St, Edmonton, AB T5J 0N3, Canada". `point` only settles what the words leave open."""
    parts = [part for part in (clean.words(p) for p in words.split(",")) if part]
    half = len(parts) // 2
    if half > 1 and parts[:half] == parts[half:]:  # some feeds write the whole address twice
        parts = parts[:half]
    found = Address()
    # Two letters that are also a state ("CA", "DE", "IN") are the state here; `country` columns are read elsewhere.
    if parts and (code := country(parts[-1])) and (len(parts[-1]) > 2 or not clean.state(parts[-1])):
        found = replace(found, country=code)
        parts.pop()
    if parts and not found.country and not _american(point):
        last = (
            parts.pop() if len(parts) > 1 else ""
        )  # the name of a country we do not know, or of one we took for a state
        found = replace(found, country="GE" if last.casefold() == "georgia" else "")
        return _foreign(parts, found)
    if found.country not in ("", "US", "CA"):
        return _foreign(parts, found)
    found = _state_and_code(parts, found)
    return _street_and_city(parts, replace(found, country=found.country or home_of(found.state)))


def _american(point: tuple[float, float] | None) -> bool:
    """Whether a pin may lie in the US or Canada: "Tbilisi, Georgia" is not in the state of Georgia."""
    if point is None:
        return True
    return any(south < point[0] < north and west < point[1] < east for south, north, west, east in _AT_HOME)


def _state_and_code(parts: list[str], found: Address) -> Address:
    """Takes "AB T5J 0N3", "Alberta" and "T5J 0N3" off the end, in either order."""
    while parts and not (found.state and found.postal_code):
        tail = _TAIL.fullmatch(parts[-1])
        name, code = (tail["name"], tail["code"] or "") if tail else (parts[-1], "")
        state = clean.state(name) if name and not found.state else ""
        sure = code or found.postal_code or found.country or name.casefold() not in ALSO_TOWNS
        if (name and not (state and sure)) or (code and found.postal_code):
            break
        where = home_of(state or found.state) or found.country or ("US" if code.isdigit() else "CA")
        code = clean.postal(code, where) if code else found.postal_code
        found = replace(found, state=state or found.state, postal_code=code)
        parts.pop()
    return found


def _street_and_city(parts: list[str], found: Address) -> Address:
    if not parts:
        return found
    city = parts.pop()
    if county := _COUNTY.match(city):
        found = replace(found, county=county["name"])
        city = parts.pop() if len(parts) > 1 else ""
    if not found.state and not parts and any(c.isdigit() for c in city):
        return replace(found, street=city)  # a lone "123 Main St"
    building, street = _split_building(parts)
    return replace(found, city=city, building=building, street=street)


def _split_building(parts: list[str]) -> tuple[str, str]:
    """ "Lane Building, 300 Pasteur Dr": words before the first part that begins with a number name the building."""
    numbered = next((n for n, part in enumerate(parts) if re.match(r"#?\d", part)), 0)
    return ", ".join(parts[:numbered]), ", ".join(parts[numbered:])


def _foreign(parts: list[str], found: Address) -> Address:
    """Street first, town last; codes before or after the town. States of other countries are not kept."""
    code = ""
    if len(parts) > 1 and (re.fullmatch(r"\d{4,6}", parts[-1]) or parts[-1].endswith(".")):
        last = parts.pop()  # "…, Cape Town, 7975", "…, Zapopan, Jal."
        code = last if last.isdigit() else ""
    if not parts:
        return replace(found, postal_code=code)
    city = parts.pop()
    if australian := _AUSTRALIAN.fullmatch(city):
        city, code = australian[1], australian[2]
    elif british := _BRITISH.search(city):
        code, city = british[1].upper(), city[: british.start()].strip()
    elif leading := _LEADING_CODE.match(city):
        code, city = leading[1], city[leading.end() :]
    building, street = _split_building(parts)
    return replace(found, city=city, street=street, building=building, postal_code=code)


_ORDINAL = re.compile(r"(?<=\d)(?:St|Nd|Rd|Th)\b")
_QUARTER = re.compile(r"(?<=[\w,] )(?:N[EWew]|S[EWew])(?=$|,| (?:#|Apt|Rm|Room|Ste|Suite|Unit|\d))")


def recased(street: str) -> str:
    """ "14Th Street Nw": capitals that a machine put on every word, taken back where they are surely wrong."""
    return _QUARTER.sub(lambda found: found[0].upper(), _ORDINAL.sub(lambda found: found[0].lower(), street))
