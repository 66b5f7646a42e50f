"""What one person needs at discharge: structured choices only, no name, nothing stored."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from directory.errors import BadQuestion
from directory.search.query import Near
from directory.vocab import Access, Gender, Kind, Medication, Need, Payment, Population

CHOICES: dict[str, type[StrEnum]] = {
    "kinds": Kind,
    "needs": Need,
    "medication": Medication,
    "payment": Payment,
    "access": Access,
    "population": Population,
}
WANTED = (Kind.OUTPATIENT, Kind.SUPPORT_GROUP)


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
    leaving: datetime | None = None  # aware; the hour of discharge
    supply_through: date | None = None  # last day the medicine in hand lasts
    travel: str = ""  # "walk" | "bus" | "car"
    hours: tuple[str, ...] = ()  # when they can: morning, afternoon, evening, weekend; empty: any
    housing: str = ""  # "recovery_residence" | "any_bed_tonight"; empty: a place of their own

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> "Needs":
        """From JSON or form fields; BadQuestion names the word that is no choice."""
        known = [field.name for field in fields(cls)]
        for name in values:
            if name not in known:
                raise BadQuestion(f"There is no need called {name!r}. A needs file may say: {', '.join(known)}.")
        chosen: dict[str, Any] = {name: _choices(name, values.get(name), words) for name, words in CHOICES.items()}
        gender = _choices("gender", values.get("gender"), Gender)
        if len(gender) > 1:
            raise BadQuestion("gender is one choice, not several.")
        language = values.get("language") or ""
        if not isinstance(language, str):
            raise BadQuestion('language is one code, like "es".')
        return cls(
            near=_near(values.get("near")),
            radius=_radius(values.get("radius")),
            gender=gender[0] if gender else "",
            language=language,
            **chosen,
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
        }

    @property
    def wanted(self) -> tuple[str, ...]:
        """The kinds to look for; a need of housing asks for a house whatever else is chosen."""
        kinds = self.kinds or WANTED
        return (*kinds, Kind.SOBER_LIVING) if Need.HOUSING in self.needs and Kind.SOBER_LIVING not in kinds else kinds


def _choices(name: str, given: Any, words: type[StrEnum]) -> tuple[str, ...]:
    if not isinstance(given, (str, list, tuple, type(None))):
        raise BadQuestion(f"{name} must be a list of words, not {given!r}.")
    listed = [given] if isinstance(given, str) else list(given or ())
    known = [word.value for word in words]
    for word in listed:
        if word and word not in known:
            raise BadQuestion(f"{name} has no choice {word!r}. The choices are: {', '.join(known)}.")
    return tuple(dict.fromkeys(word for word in listed if word))


def _near(given: Any) -> Near:
    if isinstance(given, Near):
        return given
    if isinstance(given, Mapping):
        try:
            return Near(**given)
        except TypeError:
            pass
    raise BadQuestion('Say where the person will stay: a ZIP code, or a town and state like "Columbus, OH".')


def _radius(given: Any) -> float:
    try:
        radius = float(given or 25)
    except (TypeError, ValueError):
        raise BadQuestion(f"How far is {given!r}? Write the radius in miles, like 25.") from None
    return min(max(radius, 1.0), 500.0)
