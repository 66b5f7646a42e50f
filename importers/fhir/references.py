"""What the resources of one feed refer to: by address, by type and id, or inside themselves."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from importers.fhir.resources import PLACES, SERVICE, dicts, is_restricted, refuse_patients
from importers.kept import Kept
from importers.opening import Unsound

DEEPEST = 8  # parts of parts
_TYPED = re.compile(r"(?:^|/)([A-Z]\w+/[A-Za-z0-9.\-]{1,64})(?:/_history/[^/]+)?$")
Resource = dict[str, Any]


@dataclass
class Known:
    """Places and organizations of the feed; a name that two different ones bear leads to neither."""

    named: Kept = field(default_factory=Kept)

    def add(self, resource: Resource) -> None:
        kind, key, url = (resource.get(name) for name in ("resourceType", "id", "fullUrl"))
        slim = {name: value for name, value in resource.items() if name not in ("meta", "contained", "identifier")}
        names = [name for name in (url, f"{kind}/{key}" if key else "", f"urn:uuid:{key}" if key else "") if name]
        for name in dict.fromkeys(map(str, names)):
            self.named[name] = slim if self.named.get(name, slim) == slim else None

    def find(self, reference: Any, of: Resource) -> Resource | None:
        """The resource an element refers to from within `of`; None when it is not in the feed."""
        target = reference.get("reference") if isinstance(reference, dict) else None
        if not isinstance(target, str) or not target:
            return None
        if target.startswith("#"):
            return next(
                (one for one in dicts(of.get("contained")) if f"#{str(one.get('id', '')).lstrip('#')}" == target), None
            )
        for name in self._names(target, str(of.get("fullUrl", ""))):
            if name in self.named:
                found: Resource | None = self.named.get(name)
                return found
        return None

    def _names(self, target: str, base: str) -> Iterator[str]:
        typed = _TYPED.search(target)
        if typed and not target.startswith(("http://", "https://")) and (own := _TYPED.search(base)):
            yield base[: own.start(1)] + typed[1]
        yield target
        if typed:
            yield typed[1]

    def parents(self, resource: Resource) -> Iterator[Resource]:
        """What it is a part of, nearest first."""
        seen = [resource]
        for _ in range(DEEPEST):
            above = self.find(seen[-1].get("partOf"), seen[-1])
            if above is None or above in seen:
                return
            yield above
            seen.append(above)


def survey(records: Iterable[dict[str, Any] | Unsound]) -> Known:
    """Unreadable when anything in the feed is no part of a directory."""
    known = Known()
    for resource in refuse_patients(records):
        if resource.get("resourceType") in PLACES:
            known.add(resource)
    return known


def spread(resource: Resource) -> Iterator[Resource]:
    """A service at several places is a record at each."""
    places = dicts(resource.get("location"))
    if resource.get("resourceType") != SERVICE or len(places) < 2:
        yield resource
        return
    for place in places:
        yield resource | {"location": [place]}


def last_id(reference: Any) -> str:
    """ "Location/12", "https://x/Location/12/_history/1" and "urn:uuid:12" all end in their id."""
    target = str(reference.get("reference") or "") if isinstance(reference, dict) else ""
    typed = _TYPED.search(target)
    return typed[1].partition("/")[2] if typed else target.removeprefix("urn:uuid:").lstrip("#")


def shown(reference: Any) -> str:
    """The words beside a reference, unless they are not for the public."""
    return "" if is_restricted(reference) or not isinstance(reference, dict) else str(reference.get("display") or "")
