"""What one person needs at discharge: structured choices only, no name, nothing stored."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from directory.errors import BadQuestion
from directory.search.query import Near
from directory.vocab import (
    Access,
    Age,
    DayPart,
    Gender,
    HousingNeed,
    Kind,
    Medication,
    Need,
    Payment,
    Population,
    Travel,
    Wish,
)

SEVERAL: dict[str, type[StrEnum]] = {
    "kinds": Kind,
    "needs": Need,
    "medication": Medication,
    "payment": Payment,
    "access": Access,
    "population": Population,
    "hours": DayPart,
    "wishes": Wish,
}
ONE: dict[str, type[StrEnum]] = {"gender": Gender, "age": Age, "travel": Travel, "housing": HousingNeed}
WANTED = (Kind.OUTPATIENT, Kind.SUPPORT_GROUP)
RADII = {"": 25.0, Travel.WALK: 2.0, Travel.BUS: 10.0, Travel.CAR: 25.0}  # miles, unless the radius is said
LEAST, MOST = 1.0, 500.0  # miles
YEARS = range(2000, 2101)
NOON = 12  # the hour of discharge when only its date is known


@dataclass(frozen=True, slots=True)
class Needs:
    near: Near
    radius: float = 25.0  # miles
    kinds: tuple[str, ...] = ()  # what is looked for; empty: treatment, meetings, and what the needs ask for
    needs: tuple[str, ...] = ()
    medication: tuple[str, ...] = ()  # taken now
    payment: tuple[str, ...] = ()  # coverage: one of them is enough
    access: tuple[str, ...] = ()
    population: tuple[str, ...] = ()  # wishes: ranked, never required
    gender: str = ""
    language: str = ""  # ISO 639-1, "ase" for American Sign Language
    leaving: datetime | None = None  # aware; the discharge hour
    supply_through: date | None = None  # last day the medicine in hand lasts
    age: str = ""
    travel: str = ""  # limits the radius where that is not said
    hours: tuple[str, ...] = ()  # when they can; empty: any time
    housing: str = ""  # empty: a place of their own
    wishes: tuple[str, ...] = ()  # ranked, never required

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> "Needs":
        """From JSON or form fields; BadQuestion names the word that is no choice."""
        known = [field.name for field in fields(cls)]
        for name in values:
            if name not in known:
                raise BadQuestion(f"There is no need called {name!r}. A needs file may say: {', '.join(known)}.")
        several: dict[str, Any] = {name: _choices(name, values.get(name), words) for name, words in SEVERAL.items()}
        one: dict[str, Any] = {name: _one(name, values.get(name), words) for name, words in ONE.items()}
        near = _near(values.get("near"))
        return cls(
            near=near,
            radius=_radius(values.get("radius"), one["travel"]),
            language=_language(values.get("language")),
            leaving=_moment(values.get("leaving"), near),
            supply_through=_day(values.get("supply_through")),
            **several,
            **one,
        )

    @classmethod
    def example(cls) -> dict[str, Any]:
        """A filled needs file: Near is written as a person writes it."""
        return {
            "near": "43215",
            "radius": 25,
            "kinds": ["outpatient", "support_group", "sober_living"],
            "needs": ["food", "transport", "id_papers"],
            "medication": ["buprenorphine"],
            "payment": ["medicaid"],
            "access": ["wheelchair"],
            "population": ["veterans"],
            "gender": "women",
            "language": "es",
            "leaving": "2026-11-23T14:00",
            "supply_through": "2026-11-26",
            "age": "adult",
            "travel": "bus",
            "hours": ["evening", "weekend"],
            "housing": "recovery_residence",
            "wishes": ["children"],
        }

    @property
    def wanted(self) -> tuple[str, ...]:
        """The kinds to look for; a need of housing asks for a house whatever else is chosen."""
        kinds = self.kinds or WANTED
        houses = (self.housing or Need.HOUSING in self.needs) and Kind.SOBER_LIVING not in kinds
        return (*kinds, Kind.SOBER_LIVING) if houses else kinds

    @property
    def helped(self) -> tuple[str, ...]:
        """Daily-life needs to look for; whoever needs a bed tonight needs the shelters too."""
        tonight = self.housing == HousingNeed.ANY_BED_TONIGHT and Need.HOUSING not in self.needs
        return (Need.HOUSING, *self.needs) if tonight else self.needs


def _choices(name: str, given: Any, words: type[StrEnum]) -> tuple[str, ...]:
    if not isinstance(given, (str, list, tuple, type(None))):
        raise BadQuestion(f"{name} must be a list of words, not {given!r}.")
    listed = [given] if isinstance(given, str) else list(given or ())
    known = [word.value for word in words]
    for word in listed:
        if word and word not in known:
            raise BadQuestion(f"{name} has no choice {word!r}. The choices are: {', '.join(known)}.")
    return tuple(dict.fromkeys(word for word in listed if word))


def _one(name: str, given: Any, words: type[StrEnum]) -> str:
    chosen = _choices(name, given, words)
    if len(chosen) > 1:
        raise BadQuestion(f"{name} is one choice, not several.")
    return chosen[0] if chosen else ""


def _language(given: Any) -> str:
    if not isinstance(given, (str, type(None))):
        raise BadQuestion('language is one code, like "es".')
    return given or ""


def _near(given: Any) -> Near:
    if isinstance(given, Near):
        return given
    if isinstance(given, Mapping):
        try:
            return Near(**given)
        except TypeError:
            pass
    raise BadQuestion('Say where the person will stay: a ZIP code, or a town and state like "Columbus, OH".')


def _radius(given: Any, travel: str) -> float:
    try:
        radius = float(given or RADII[travel])
    except (TypeError, ValueError):
        raise BadQuestion(f"How far is {given!r}? Write the radius in miles, like 25.") from None
    if radius != radius:
        raise BadQuestion("How far is that? Write the radius in miles, like 25.")
    return min(max(radius, LEAST), MOST)


def _moment(given: Any, near: Near) -> datetime | None:
    """The hour of discharge; without an offset it is read on the clock of where they will stay."""
    if given in (None, ""):
        return None
    try:
        told = given if isinstance(given, datetime) else datetime.fromisoformat(given)
    except (TypeError, ValueError):
        raise BadQuestion(f"When is {given!r}? Write leaving like 2026-11-23T14:00.") from None
    if told.year not in YEARS:
        raise BadQuestion(f"{given} is no day of discharge; the year must be from {YEARS[0]} to {YEARS[-1]}.")
    if isinstance(given, str) and len(given) <= len("2026-11-23"):
        told = told.replace(hour=NOON)
    if told.tzinfo is None and not near.timezone:
        raise BadQuestion(f"In which time zone is {given}? Write leaving like 2026-11-23T14:00-05:00.")
    return told if told.tzinfo else told.replace(tzinfo=ZoneInfo(near.timezone))


def _day(given: Any) -> date | None:
    if given in (None, ""):
        return None
    try:
        told = given if isinstance(given, date) else date.fromisoformat(given)
    except (TypeError, ValueError):
        raise BadQuestion(f"Which day is {given!r}? Write supply_through like 2026-11-26.") from None
    if told.year not in YEARS:
        raise BadQuestion(f"{given} is no last day of a supply; the year must be from {YEARS[0]} to {YEARS[-1]}.")
    return told.date() if isinstance(told, datetime) else told
