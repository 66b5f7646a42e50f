"""An appointment that was made before somebody leaves: the one thing of the first days that is already sure."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Booked:
    """`id`: the listing it is with; `starts_at` is aware."""

    id: int
    starts_at: datetime
