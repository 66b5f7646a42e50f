"""The handoff as pure values: every sentence already chosen and translated, so that renderers add no words."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any

from directory.i18n import LANGUAGES
from directory.listing import Listed
from directory.vocab import Medication

PAPERS = ("letter", "a4")


@dataclass(frozen=True, slots=True)
class Options:
    language: str = "en"
    large_print: bool = False  # 18 point instead of 12
    discreet: bool = False  # no word on it says why somebody needs it
    paper: str = "letter"
    medicines: tuple[str, ...] = ()  # Medication codes the person takes; empty: all three are answered

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> "Options":
        """From form fields or JSON; odd input falls back to a listed choice."""
        given = values.get("medicine") or values.get("medicines") or ()
        known = {str(code) for code in Medication}
        language, paper = values.get("language"), str(values.get("paper", "")).lower()
        return cls(
            language=language if language in LANGUAGES else "en",
            large_print=_on(values.get("large_print")),
            discreet=_on(values.get("discreet")),
            paper=paper if paper in PAPERS else "letter",
            medicines=tuple(m for m in ([given] if isinstance(given, str) else given) if m in known),
        )


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One number to call; `label` says whose it is when there are several."""

    number: str
    href: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One place, told for the person who goes there."""

    id: int
    kind: str  # vocab.Kind code; "" when discreet
    kind_words: str
    name: str
    where: str
    closed: str = ""  # "Reported closed. Call first.": told before the number
    phones: tuple[Call, ...] = ()
    next: str = ""
    next_at: datetime | None = None
    hours: tuple[str, ...] = ()
    distance: str = ""
    miles: float | None = None
    facts: tuple[Fact, ...] = ()
    ask: str = ""  # what is unknown, as one line to ask about
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    when: str
    where: str = ""
    phones: tuple[Call, ...] = ()
    lines: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()  # labels of lines to write on


@dataclass(frozen=True, slots=True)
class Block:
    heading: str
    lines: tuple[str, ...]
    ordered: bool = False
    alert: bool = False  # the one to be seen first


@dataclass(frozen=True, slots=True)
class Slot:
    """One real occurrence of a meeting."""

    id: int
    starts_at: datetime
    time: str
    name: str
    where: str
    notes: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    words: str
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Help:
    """Who helps with one need of daily life; no name means nobody was chosen for it."""

    need: str
    words: str
    name: str = ""
    phones: tuple[Call, ...] = ()
    next: str = ""


@dataclass(frozen=True, slots=True)
class HelpLine:
    key: str
    name: str
    phone: str
    what: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered part of the packet; it holds what its key says and leaves the rest empty."""

    key: str  # steps | safety | places | meetings | daily | numbers
    title: str
    intro: str = ""
    steps: tuple[Step, ...] = ()
    blocks: tuple[Block, ...] = ()
    cards: tuple[Card, ...] = ()
    others_title: str = ""
    others: tuple[Card, ...] = ()
    days: tuple[Day, ...] = ()
    helps: tuple[Help, ...] = ()
    lines: tuple[HelpLine, ...] = ()
    closing: str = ""


@dataclass(frozen=True, slots=True)
class Packet:
    """What the patient carries. No name, no code, nothing about a person but the choices made."""

    options: Options
    title: str
    leaving: datetime  # aware, in `zone`
    zone: str
    date_words: str
    contact: str  # the unit's 24-hour phone as one sentence; "" when none is set
    sections: tuple[Section, ...]
    words: Mapping[str, str]  # translated labels the renderers need
    link: str = ""
    chosen: tuple[Listed, ...] = ()  # for calendar and contacts; never part of as_dict

    def section(self, key: str) -> Section:
        return next(section for section in self.sections if section.key == key)

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values, empty fields left out."""
        values = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "chosen"}
        return {name: plain(value) for name, value in values.items() if value not in ("", None)}


def plain(value: Any) -> Any:
    if is_dataclass(value):
        pairs = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {name: plain(inner) for name, inner in pairs if inner not in ("", None, ())}
    if isinstance(value, Mapping):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _on(value: Any) -> bool:
    return str(value).lower() in ("1", "true", "on", "yes")
