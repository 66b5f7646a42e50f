"""Listings of one treatment house as two publishers may tell it."""

from typing import Any

from directory.same.facts import Facts, facts_of


def told(publisher: int = 1, **changes: Any) -> Facts:
    place = {"street": "12 Maple Street", "city": "Columbus", "state": "OH", "postal_code": "43215"}
    sound = {"name": "Harbor Ridge", "kind": "residential", "place": place, "phones": [{"number": "614-555-0101"}]}
    return facts_of(publisher, publisher, sound | {"facets": {"level": ["residential_long"]}} | changes)


NO_STREET = {"city": "Columbus", "state": "OH", "postal_code": "43215"}
LAWN = {"group": "Harbor Ridge", "name": "Harbor Ridge, Casa Lantern"}
