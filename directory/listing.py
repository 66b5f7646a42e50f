"""Pure values at the centre: what a source claims about one service at one place. No database, web or clock here."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from operator import attrgetter
from typing import Any

from directory.schedule import WeeklyTime
from directory.vocab import Kind, Modality

Facets = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a listing is. Coordinates are decimal degrees (WGS 84); both or neither."""

    name: str = ""  # the building: "First Church"
    street: str = ""
    city: str = ""
    state: str = ""  # two letters in the US and Canada
    postal_code: str = ""  # text: leading zeros and ZIP+4 stay
    county: str = ""
    country: str = "US"
    directions: str = ""
    latitude: float | None = None
    longitude: float | None = None
    approximate: bool = False  # a town centre, a ZIP centroid, a fake pin: never an address to walk to
    confidential: bool = False  # street and pin are never shown
    timezone: str | None = None

    @property
    def located(self) -> bool:
        return self.latitude is not None and self.longitude is not None

    @property
    def walkable(self) -> bool:
        """May be offered as an address to go to."""
        return bool(self.street) and not self.approximate_address and not self.confidential

    @property
    def approximate_address(self) -> bool:
        """The address itself is only an area; a ZIP centroid under a real street is not."""
        return self.approximate and not self.street

    def address(self) -> str:
        """One line for people: the street only when it may be walked to."""
        street = self.street if self.walkable else ""
        region = " ".join(part for part in (self.state, self.postal_code) if part)
        return ", ".join(part for part in (street, self.city, region) if part)


@dataclass(frozen=True, slots=True)
class Phone:
    number: str  # "614-555-0134", "988", or international "+44 20 7946 0018"
    extension: str = ""
    label: str = ""  # "intake", "24-hour line"; empty for the main number

    def __str__(self) -> str:
        return f"{self.number} x{self.extension}" if self.extension else self.number

    @property
    def href(self) -> str:
        digits = "".join(c for c in self.number if c.isdigit() or c == "+")
        digits = f"+1{digits}" if len(digits) == 10 else digits
        return f"tel:{digits}" + (f",{self.extension}" if self.extension else "")


@dataclass(frozen=True, slots=True)
class Online:
    """How to join from anywhere: a link, a dial-in string (digits + , * #), and words that help."""

    url: str = ""
    url_notes: str = ""
    phone: str = ""
    phone_notes: str = ""


@dataclass(frozen=True, slots=True)
class Residence:
    """Facts of a recovery residence; None or "" is unknown."""

    operator: str = ""
    certifier: str = ""  # "NARR affiliate", "Oxford House": who vouches
    certificate: str = ""
    certified_until: date | None = None
    beds: int | None = None
    vacancy: str = ""  # a directory.vacancy.State; pages ask `directory.vacancy.current`, never these four
    vacancies: int | None = None
    vacancies_as_of: date | None = None  # as feeds say it
    vacancies_at: datetime | None = None  # aware, as a call or the program's link says it
    fee: float | None = None  # US dollars
    fee_period: str = ""  # "week" or "month"
    deposit: float | None = None
    house_rules: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """Where people are served when it is more than a point: a radius never hides it."""

    nationwide: bool = False
    states: tuple[str, ...] = ()  # two letters
    counties: tuple[str, ...] = ()  # "OH:Franklin"
    words: str = ""  # the source's own words


@dataclass(frozen=True, slots=True)
class ListingDraft:
    """One service at one place (or online), as a source claims it. Not public until accepted."""

    source_key: str
    name: str
    kind: Kind  # the main one
    also: tuple[Kind, ...] = ()  # a clinic that also runs a house: found under both
    modality: Modality = Modality.IN_PERSON
    group: str = ""  # organisation or meeting group
    description: str = ""
    notes: str = ""
    place: Place | None = None  # None: reached by phone or web only
    area: Area | None = None
    online: Online | None = None
    phones: tuple[Phone, ...] = ()
    website: str = ""
    email: str = ""  # of the service itself, never of a person
    times: tuple[WeeklyTime, ...] = ()
    by_appointment: bool = False
    facets: Facets = field(default_factory=dict)  # group -> values that are "yes"
    denied: Facets = field(default_factory=dict)  # group -> values that are "no", said by the source
    categories: tuple[str, ...] = ()  # the source's category words, searched but not filtered
    residence: Residence | None = None
    verified_on: date | None = None
    source_updated_on: date | None = None

    def problems(self) -> list[str]:
        """Why nobody could use this listing; empty when it is sound."""
        found = []
        if not self.name:
            found.append("name is empty")
        if not self.source_key:
            found.append("no key to know it by next time")
        reach = (
            self.phones,
            self.website,
            self.email,
            self.online,
            self.place and (self.place.street or self.place.located),
        )
        if not any(reach):
            found.append("no phone, address, link or e-mail: nobody could reach it")
        return found

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values; empty fields left out. `from_dict` reads it back to an equal draft."""
        plain: dict[str, Any] = _plain(self)
        return plain

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "ListingDraft":
        values = dict(data)
        values["kind"] = Kind(values["kind"])
        values["also"] = tuple(Kind(kind) for kind in values.get("also", ()))
        values["modality"] = Modality(values.get("modality", Modality.IN_PERSON))
        if values.get("place"):
            values["place"] = Place(**values["place"])  # plain values all
        for name, shape in _NESTED.items():
            if values.get(name):
                values[name] = _read(shape, values[name])
        values["phones"] = tuple(Phone(**phone) for phone in values.get("phones", ()))
        values["times"] = tuple(WeeklyTime.from_dict(time) for time in values.get("times", ()))
        values["categories"] = tuple(values.get("categories", ()))
        for name in ("facets", "denied"):
            values[name] = {group: tuple(words) for group, words in values.get(name, {}).items()}
        for name in ("verified_on", "source_updated_on"):
            values[name] = date.fromisoformat(values[name]) if values.get(name) else None
        return cls(**values)

    def fingerprint(self) -> str:
        """Equal for two drafts that say the same, whatever the order of their facets."""
        return fingerprint(self.as_dict())


def fingerprint(plain: Mapping[str, Any]) -> str:
    """Of plain JSON values, whatever the order of their keys."""
    return sha256(_sorted(plain).encode()).hexdigest()[:32]


_sorted = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=str).encode


_NESTED: dict[str, type] = {"area": Area, "online": Online, "residence": Residence}


def facets(**groups: Any) -> Facets:
    """Facets with empty groups left out, values once and sorted: `facets(format=[...], payment=[...])`."""
    return {group: tuple(sorted({str(value) for value in values})) for group, values in groups.items() if values}


def _plain(value: Any) -> Any:
    """JSON values; what says nothing (None, "", empty, False) is left out, zero is kept.

    Called for every field of every record of a feed: the commonest types come first.
    """
    shape = type(value)
    if shape is str or value is None or shape is int or shape is float or shape is bool:
        return value
    if shape is tuple or shape is list:
        return [inner if type(inner) is str else _plain(inner) for inner in value]
    if shape is dict:
        return _given(value.items())
    if isinstance(value, str):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    names, told = _fields(shape)  # type: ignore[arg-type]  # a class is hashable
    return _given(zip(names, told(value), strict=True))


@cache
def _fields(shape: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    names = tuple(field.name for field in fields(shape))
    return names, attrgetter(*names)


def _given(items: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    plain = {}
    for name, value in items:
        if not value:  # as most fields
            if type(value) is int or type(value) is float:
                plain[name] = value
            continue
        if type(value) is not str:
            value = _plain(value)
            if value == [] or value == {}:
                continue
        plain[name] = value
    return plain


def _read(shape: type, data: dict[str, Any]) -> Any:
    values = dict(data)
    for known in fields(shape):
        given = values.get(known.name)
        if isinstance(given, list):
            values[known.name] = tuple(given)
        elif given and "date" in str(known.type):
            values[known.name] = (datetime if "datetime.datetime" in str(known.type) else date).fromisoformat(given)
    return shape(**values)


@dataclass(frozen=True, slots=True)
class Checked:
    """The last time somebody made sure of one group of facts."""

    at: datetime
    how: str  # a directory.freshness.How


@dataclass(frozen=True, slots=True)
class Listed:
    """One listing as the directory holds it: the accepted draft with its place and zones filled in."""

    id: int
    publisher: str
    source: str
    draft: ListingDraft
    status: str = "active"  # active | retired
    licence: str = ""
    retrieved_on: date | None = None
    reported_closed: bool = False  # two visitors said so and nobody has settled it yet
    pass_on: str = ""  # the publisher's yes or no to passing its listings on; "": its licence decides
    checks: Mapping[str, Checked] = field(default_factory=dict)  # by directory.freshness.Fact
    # told by several publishers: the listing that answers for all, while `draft` holds the facts of all
    lead: int | None = None
    voices: tuple["Listed", ...] = ()  # what each of them says, by precedence; empty for one publisher's
    contested: Facets = field(default_factory=dict)  # yes of one publisher against no of another: counts as unknown

    @property
    def numbers(self) -> tuple[int, ...]:
        """Every number this place answers to."""
        return (self.id, *(voice.id for voice in self.voices if voice.id != self.id))

    @property
    def fresh_on(self) -> date | None:
        """The last day anybody is known to have looked at it."""
        return max(filter(None, (self.draft.verified_on, self.draft.source_updated_on)), default=None)
