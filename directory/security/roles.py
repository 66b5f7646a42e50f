"""Who may do what: three roles, and the account that acts."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    READER = "reader"  # looks at the admin's side, changes nothing
    PLANNER = "planner"  # makes handoffs
    ADMIN = "admin"  # decides what is public


@dataclass(frozen=True, slots=True)
class Who:
    """The account behind a request."""

    id: int
    name: str  # as it stands in histories and in the audit trail
    role: Role


ADMINS = frozenset({Role.ADMIN})
LOOKERS = frozenset({Role.ADMIN, Role.READER})
PLANNERS = frozenset({Role.ADMIN, Role.PLANNER})
ANYONE_SIGNED_IN = frozenset(Role)
