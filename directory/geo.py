"""Places: words or a ZIP to a point, a place's centre and time zone, and miles. The one door to geocoders."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from directory.gazetteer import Named, Spot, county_name, fold, gazetteer, names_by_length, zip_record, zone_of
from directory.listing import Place
from directory.search.query import Near

LABEL_REACH = 15.0  # miles: a bare point is named after a town no further than this

STATES = dict(
    pair.split(":")
    for pair in (
        "alabama:AL alaska:AK arizona:AZ arkansas:AR california:CA colorado:CO connecticut:CT delaware:DE "
        "florida:FL georgia:GA hawaii:HI idaho:ID illinois:IL indiana:IN iowa:IA kansas:KS kentucky:KY "
        "louisiana:LA maine:ME maryland:MD massachusetts:MA michigan:MI minnesota:MN mississippi:MS missouri:MO "
        "montana:MT nebraska:NE nevada:NV new_hampshire:NH new_jersey:NJ new_mexico:NM new_york:NY "
        "north_carolina:NC north_dakota:ND ohio:OH oklahoma:OK oregon:OR pennsylvania:PA rhode_island:RI "
        "south_carolina:SC south_dakota:SD tennessee:TN texas:TX utah:UT vermont:VT virginia:VA washington:WA "
        "west_virginia:WV wisconsin:WI wyoming:WY district_of_columbia:DC puerto_rico:PR guam:GU virgin_islands:VI"
    ).split()
)
STATE_NAMES = {code: name.replace("_", " ").title().replace(" Of ", " of ") for name, code in STATES.items()}
STATES = {name.replace("_", " "): code for name, code in STATES.items()}
TOWNS_FIRST = {"new york", "washington"}  # said alone, people mean the city
NICKNAMES = {
    "nyc": "new york NY",
    "philly": "philadelphia PA",
    "nola": "new orleans LA",
    "new york city": "new york NY",
}
# Canadian provinces and territories that keep one time.
PROVINCE_ZONES = {
    "AB": "America/Edmonton",
    "MB": "America/Winnipeg",
    "NB": "America/Moncton",
    "NS": "America/Halifax",
    "PE": "America/Halifax",
    "YT": "America/Whitehorse",
    "NT": "America/Edmonton",
}
POINT = re.compile(r"\s*([-+]?\d{1,3}(?:\.\d+)?)\s*[,; ]\s*([-+]?\d{1,3}(?:\.\d+)?)\s*")
ZIP = re.compile(r"(?<![\d.-])(\d{5})(?:[- ]?\d{4})?(?![\d.])")


def is_point(words: str) -> bool:
    """Numbers such as "39.96,-83.00", as a phone gives them; nobody reads those."""
    return POINT.fullmatch(words) is not None


def miles(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle miles between two points in degrees, as shown to people."""
    from geopy.distance import great_circle

    return float(great_circle((lat1, lon1), (lat2, lon2)).miles)


class Locator:
    """Finds places in the ZIP codes we hold; what they do not know may be asked of a geopy geocoder the operator chose.

    Without such a geocoder nothing ever leaves this computer.
    """

    def __init__(self, outside: Any = None) -> None:
        self._outside = outside

    def find(self, words: str) -> Near | None:
        """The point meant by a ZIP, "City, ST", a city, a county, a state or "lat,lon"; None when nothing fits."""
        return find_place(words) or self._ask(words)

    def centroid(self, place: Place) -> tuple[float, float] | None:
        """The middle of the place's ZIP, else of its city, in degrees."""
        return _centroid(place.postal_code[:5], fold(place.city), place.state.upper()) if _in_us(place) else None

    def zone(self, place: Place) -> str | None:
        """The IANA time zone: by its point, its ZIP, its city, or a state or province that keeps one time."""
        if place.country.upper() in ("CA", "CAN", "CANADA"):
            return PROVINCE_ZONES.get(place.state.upper())
        if not _in_us(place):
            return None
        if place.latitude is not None and place.longitude is not None:
            row = gazetteer().nearest(place.latitude, place.longitude)
            if row is not None:
                return gazetteer().zone(row)
        return _zone(place.postal_code[:5], fold(place.city), place.state.upper())

    def _ask(self, words: str) -> Near | None:
        if self._outside is None or not words.strip():
            return None
        from geopy.exc import GeopyError

        try:
            found = self._outside.geocode(words, exactly_one=True)
        except GeopyError:
            return None  # an outside service that is down must not stop a search
        return replace(_at(found.latitude, found.longitude), label=str(found.address)) if found else None


def zip_geocoder() -> Any:
    """The same ZIP codes as a geopy geocoder, for whoever wants one: no network."""
    from geopy.geocoders.base import Geocoder
    from geopy.location import Location

    class ZipGeocoder(Geocoder):  # type: ignore[misc]
        def geocode(self, query: str, *, exactly_one: bool = True, timeout: Any = None) -> Any:
            near = find_place(query)
            found = Location(near.label, (near.lat, near.lon), {"state": near.state}) if near else None
            return found if exactly_one or found is None else [found]

    return ZipGeocoder()


@lru_cache(maxsize=4096)
def find_place(words: str) -> Near | None:
    point = POINT.fullmatch(words)
    if point:
        lat, lon = float(point[1]), float(point[2])
        return _at(lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None
    for code in ZIP.findall(words):
        record = zip_record(code)
        if record:
            return _zip_near(record, f"{record['city']}, {record['state']} {code}")
    return _named(NICKNAMES.get(fold(words), words))


def _named(words: str) -> Near | None:
    """A city, a county or a state by name, in that order; a misspelt city only when clearly one is meant."""
    name, state = _split(re.sub(r"\d{5}(-\d{4})?", "", words))
    if not name:
        return _state(state) if state else None
    if not state and name in STATES and name not in TOWNS_FIRST:
        return _state(STATES[name])
    known, short = gazetteer(), county_name(name)
    by_county = (known.counties, short)
    by_city = (known.cities, name)
    for table, wanted in (by_county, by_city) if short != name else (by_city, by_county, (known.spoken, name)):
        spot = _best(table, wanted, state)
        if spot:
            return _near(spot)
    meant = _misspelt(name, state)
    return _near(meant) if meant else None


def _split(words: str) -> tuple[str, str]:
    """A folded name and a two-letter state: "Columbus, OH" or "columbus ohio" -> ("columbus", "OH")."""
    parts = fold(words).split()
    if len(parts) > 1 and parts[-1] in ("us", "usa"):
        parts.pop()
    if " ".join(parts) in STATES:
        return " ".join(parts), ""  # "Ohio", "New York": looked at as a name first
    for length in (3, 2, 1):
        ending = " ".join(parts[-length:])
        code = STATES.get(ending) or (ending.upper() if ending.upper() in STATE_NAMES else "")
        if code and len(parts) >= length:
            return " ".join(parts[:-length]), code
    return " ".join(parts), ""


def _best(table: Named, name: str, state: str) -> Spot | None:
    """The place of that name in the state; without a state, the one with most ZIPs."""
    found = [gazetteer().spot(name, rows) for code, rows in table.get(name, {}).items() if not state or code == state]
    if not found:
        return None
    spot = max(found, key=lambda s: (s.weight, s.state))
    title = spot.county if table is gazetteer().counties else _title(name, spot, table[name][spot.state])
    return replace(spot, name=title)


def _title(name: str, spot: Spot, rows: list[tuple[int, int]]) -> str:
    """The name as the post office writes it."""
    for _, row in rows:
        record = gazetteer().rows[row]
        for written in (record["city"], *record["acceptable_cities"], *record["unacceptable_cities"]):
            if fold(written) == name:
                return str(written)
    return spot.name


def _misspelt(name: str, state: str) -> Spot | None:
    """One or two letters off: only when a single city fits, or one that is far bigger than the next."""
    from rapidfuzz.distance import OSA

    if len(name) < 5:
        return None
    cities = gazetteer().cities
    for off in (1, 2) if len(name) >= 8 else (1,):
        close = {
            other
            for length in range(len(name) - off, len(name) + off + 1)
            for other in names_by_length().get(length, ())
            if other[0] == name[0] and OSA.distance(name, other, score_cutoff=off) <= off
        }
        spots = [spot for other in sorted(close) if (spot := _best(cities, other, state))]
        spots.sort(key=lambda s: -s.weight)
        if spots and (len(spots) == 1 or spots[0].weight >= 5 * spots[1].weight):
            return spots[0]
        if spots:
            return None
    return None


def _state(code: str) -> Near | None:
    rows = gazetteer().states.get(code)
    if not rows:
        return None
    near = _near(gazetteer().spot(STATE_NAMES.get(code, code), [(1, row) for row in rows]))
    return replace(near, label=STATE_NAMES.get(code, code), county="")


def _near(spot: Spot) -> Near:
    return Near(f"{spot.name}, {spot.state}", spot.lat, spot.lon, spot.state, spot.county, spot.timezone)


def _zip_near(record: dict[str, Any], label: str) -> Near:
    lat, lon = float(record["lat"]), float(record["long"])
    return Near(label, lat, lon, record["state"], record["county"], zone_of(record) or "")


def _at(lat: float, lon: float) -> Near:
    """A bare point, named after the nearest town when one is close."""
    row = gazetteer().nearest(lat, lon)
    if row is None:
        return Near(f"{lat:.2f}, {lon:.2f}", lat, lon)
    record = gazetteer().rows[row]
    near = _zip_near(record, f"{record['city']}, {record['state']}")
    close = miles(lat, lon, near.lat, near.lon) <= LABEL_REACH
    return replace(near, lat=lat, lon=lon, label=near.label if close else f"{lat:.2f}, {lon:.2f}")


def _in_us(place: Place) -> bool:
    return place.country.upper() in ("US", "USA", "UNITED STATES", "")


@lru_cache(maxsize=65536)
def _centroid(postal: str, city: str, state: str) -> tuple[float, float] | None:
    row = _row(postal, state)
    if row is not None:
        return gazetteer().lat[row], gazetteer().lon[row]
    rows = gazetteer().cities.get(city, {}).get(state)
    if not rows:
        return None
    spot = gazetteer().spot(city, rows)
    return round(spot.lat, 5), round(spot.lon, 5)


@lru_cache(maxsize=65536)
def _zone(postal: str, city: str, state: str) -> str | None:
    row = _row(postal, state)
    if row is not None and gazetteer().zone(row):
        return gazetteer().zone(row)
    rows = gazetteer().cities.get(city, {}).get(state)
    zone = gazetteer().spot(city, rows).timezone if rows else ""
    return zone or gazetteer().one_zone(state)


def _row(postal: str, state: str) -> int | None:
    """The ZIP's row, unless it lies in another state than the place says: then one of them is a slip."""
    row = gazetteer().zips.get(postal)
    return row if row is not None and state in ("", gazetteer().rows[row]["state"]) else None
