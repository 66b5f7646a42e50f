"""What goes in and what comes out: a record's own words, and what they were taken to mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from directory.vocab import Kind


@dataclass(frozen=True, slots=True)
class Term:
    """One taxonomy term a publisher gave: its scheme ("211hsis", "open-eligibility", "ilao", ""), code and words."""

    scheme: str = ""
    code: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a record says of itself, in its own words."""

    name: str
    terms: tuple[Term, ...] = ()
    categories: tuple[str, ...] = ()  # category words that are no taxonomy term
    text: str = ""  # what it is and does
    organization: str = ""
    asked: str = ""  # who may come, where a record says that apart: its words are of people, not of what is given


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a record was read as, how sure that is, and which of its words led there."""

    kind: Kind
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # group -> codes, as ListingDraft wants them
    confidence: float = 0.0  # 0..1
    reason: str = ""  # one sentence: which words led to it
    on_topic: bool = True
    denied: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # what it says no to
    doubt: str = ""  # why a person should look before it is public; "" when none need
