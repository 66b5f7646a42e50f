"""The shapes the packet reads of a plan and of its gaps, whoever made them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol


class Trip(Protocol):
    @property
    def words(self) -> str: ...  # "about 10 to 20 minutes on foot (estimate)"


class Entry(Protocol):
    """One thing with a time: "appointment", "intake", "meeting", "move_in" …"""

    @property
    def what(self) -> str: ...
    @property
    def id(self) -> int: ...  # the listing; 0 for none
    @property
    def starts_at(self) -> datetime: ...
    @property
    def title(self) -> str: ...
    @property
    def where(self) -> str: ...
    @property
    def travel(self) -> Trip | None: ...
    @property
    def notes(self) -> tuple[str, ...]: ...


class Plan(Protocol):
    """The first days as a timeline."""

    @property
    def entries(self) -> Sequence[Entry]: ...
    @property
    def check_ins(self) -> Sequence[date]: ...


class Gap(Protocol):
    """Where medicine may run out or a place may not take it; `words` is one sentence for the planner."""

    @property
    def words(self) -> str: ...
    @property
    def id(self) -> int: ...
    @property
    def answer(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Situation:
    """What the packet asks of the needs; nothing else of them reaches paper."""

    needs: tuple[str, ...] = ()
    medication: tuple[str, ...] = ()
    supply_through: date | None = None
    housing: str = ""  # vocab.HousingNeed value; "" a place of their own

    @classmethod
    def read(cls, given: Any) -> "Situation":
        """From `Needs`, or from the codes of daily needs alone."""
        if given is None:
            return cls()
        if isinstance(given, (list, tuple)):
            return cls(needs=tuple(given))
        return cls(
            tuple(given.needs),
            tuple(given.medication),
            getattr(given, "supply_through", None),
            getattr(given, "housing", ""),
        )
