"""What a comparison of two listings says: points and words for each field, and what they come to."""

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    SURE = "sure"  # linked by the rules
    UNSURE = "unsure"  # a person is asked
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Reason:
    """What one field says: `doubt` keeps the pair from being linked by the rules, `bar` from being asked about."""

    field: str
    words: str
    points: float = 0.0
    doubt: bool = False
    bar: bool = False


NOTHING = Reason("", "")


@dataclass(frozen=True, slots=True)
class Verdict:
    grade: Grade
    score: float
    reasons: tuple[Reason, ...]
