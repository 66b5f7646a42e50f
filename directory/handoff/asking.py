"""One question asked of one place, and what it is asked with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from directory.handoff import dates
from directory.handoff.needs import Needs
from directory.listing import ListingDraft
from directory.vocab import label

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked of a place. `answer`: True met, False refused, None not known."""

    answer: bool | None
    met: str
    ask: str = ""  # what to ask by phone when it is not known; "" nothing
    refused: str = ""
    must: bool = True
    counts: bool = True  # in the share of what was asked that is met
    wish: bool = False  # said by the person, and only ranks


@dataclass(frozen=True, slots=True)
class Ask:
    draft: ListingDraft
    needs: Needs
    say: Say
    now: datetime  # aware: what is known of a free bed depends on it
    language: str = "en"

    def label(self, group: str, value: str) -> str:
        return label(group, value, self.language)

    def word(self, group: str, value: str) -> str:
        """A label within a sentence: it begins small, names inside it stay as they are."""
        told = self.label(group, value)
        return told if told[:2].isupper() else told[:1].lower() + told[1:]

    def medicine(self, value: str) -> str:
        return self.word("medication", value).split(" (")[0]

    def day(self, day: date) -> str:
        return dates.day(day, self.language)
