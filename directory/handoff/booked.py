"""An appointment already made."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Booked:
    id: int  # the listing
    starts_at: datetime  # aware
