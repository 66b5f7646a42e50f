"""The handoff as pure values: every sentence already chosen and translated, so that renderers add no words."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any

from directory.handoff.geometry import Sketch
from directory.i18n import LANGUAGES
from directory.listing import Listed
from directory.vocab import Medication

PAPERS = ("letter", "a4")
SECTIONS = (
    "steps",
    "safety",
    "medicine",
    "places",
    "meetings",
    "stay",
    "check_ins",
    "plan",
    "daily",
    "numbers",
    "sharing",
    "teach_back",
)
COPY = ("gaps", "offered", "unknown", "ties")


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
class Blank:
    """Room to write by hand: `lines` rules after a label."""

    label: str
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head, as long as it; an empty cell is one to write in."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading and what stands under it, in the order of the fields."""

    heading: str
    lines: tuple[str, ...] = ()
    ordered: bool = False
    alert: bool = False  # the one to be seen first
    facts: tuple[Fact, ...] = ()
    phones: tuple[Call, ...] = ()
    table: Table | None = None
    ticks: tuple[str, ...] = ()  # each after an empty box
    blanks: tuple[Blank, ...] = ()


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

    key: str  # one of SECTIONS, or of COPY on the planner's copy
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
    sketch: Sketch | None = None  # where the cards lie, by their number


@dataclass(frozen=True, slots=True)
class Packet:
    """What the patient carries, or the planner's copy. Nothing about a person but the choices made."""

    options: Options
    title: str
    leaving: datetime  # aware, in `zone`
    zone: str
    date_words: str
    contact: str  # the unit's 24-hour phone as one sentence; "" when none is set
    sections: tuple[Section, ...]
    words: Mapping[str, str]  # translated labels the renderers need
    link: str = ""  # a plain public address, also drawn as the QR code
    link_words: str = ""  # what it opens
    code: str = ""  # typed there; printed beside the QR code and never in it
    for_planner: bool = False  # one page that is never given to the patient
    chosen: tuple[Listed, ...] = ()  # for calendar and contacts; never part of as_dict

    def section(self, key: str) -> Section:
        """An empty one when this packet has none of that key: the planner's copy has no cards to save."""
        return next((section for section in self.sections if section.key == key), Section(key, ""))

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
