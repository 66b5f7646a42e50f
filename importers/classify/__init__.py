"""What a service of a general export is: its kind, needs and facets, with a reason and a confidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from directory.vocab import Kind
from importers.rows import Feed, Row, Skip

OFF_TOPIC = "not about aftercare"


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
    text: str = ""  # description, eligibility and such, together
    organization: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    kind: Kind
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # group -> codes, as ListingDraft wants them
    confidence: float = 0.0  # 0..1
    reason: str = ""  # one sentence: which words led to it
    on_topic: bool = True


def classify(told: Told) -> Meaning:
    return Meaning(Kind.COMMUNITY_SERVICE, confidence=0.1, reason="nothing was recognized")


def decide(told: Told, row: Row, feed: Feed) -> Meaning:
    """The meaning of a record to be listed; Skip when it has nothing to do with aftercare (and is not let in)."""
    meaning = classify(told)
    if not meaning.on_topic:
        raise Skip(OFF_TOPIC, meaning.reason)
    return meaning
