"""Which of several places belong to one organization: said wherever somebody chooses among them."""

from collections.abc import Iterable

from directory.listing import Listed
from directory.vocab import Kind


def ties(places: Iterable[Listed]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(organization, names of its places), two or more names each. Meetings belong to nobody and are left out."""
    owned: dict[str, tuple[str, list[str]]] = {}
    for one in places:
        draft = one.draft
        owner = (draft.residence.operator if draft.residence else "") or draft.group
        if owner and draft.kind is not Kind.SUPPORT_GROUP:
            _, names = owned.setdefault(" ".join(owner.casefold().split()), (owner, []))
            names += [] if draft.name in names else [draft.name]
    return tuple((owner, tuple(names)) for owner, names in owned.values() if len(names) > 1)
