"""What a program asks, read strictly: a filter that were passed over in silence would give a wrong answer."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from directory.errors import BadQuestion
from directory.runtime import Runtime
from directory.search.query import SearchQuery
from directory.search.when import window
from directory.vocab import FACETS, Kind
from directory.web.forms import LENGTHS, Fields, known_facet

MOST = 100  # listings of one answer
USUAL = 20
SEARCH = ("q", "near", "radius", "kind", "facet", "when", "sort", "as_typed")
SORTS = ("best", "near", "soon")
DEEPEST = 10_000  # hits of a search that can be paged through; all listings are paged through by id


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended: after the listing `last`, which stood before place `offset` of a search."""

    last: int
    offset: int = 0

    def __str__(self) -> str:
        return urlsafe_b64encode(f"{self.last}.{self.offset}".encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        if not text:
            return None
        try:
            last, _, offset = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii").partition(".")
            found = cls(int(last), int(offset))
        except ValueError:
            found = cls(-1)
        if not (0 <= found.last < 2**31 and 0 <= found.offset <= DEEPEST):
            raise BadQuestion("The cursor is none of ours. Take it from `next` of the page before, as it is.")
        return found


def only(fields: Fields, known: Collection[str], once: Collection[str] = ()) -> None:
    """Refuse a parameter nobody reads, and a second value where one is read."""
    for name in fields:
        if name not in known:
            there = f"There are: {', '.join(known)}." if known else "It takes none."
            raise BadQuestion(f"There is no parameter {name[:60]!r} here. {there}")
        if name in once and len(fields.getlist(name)) > 1:
            raise BadQuestion(f"The parameter {name} is given more than once.")


def number(fields: Fields, name: str, least: int, most: int, usual: int) -> int:
    text = fields.get(name, "")
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) < 20 and least <= int(text) <= most):
        raise BadQuestion(f"{name} is a whole number from {least} to {most}, not {text!r}.")
    return int(text)


def searching(fields: Fields) -> bool:
    return any(fields.get(name) for name in SEARCH)


def question(rt: Runtime, fields: Fields, now: datetime, limit: int) -> SearchQuery:
    """The search asked for; BadQuestion names the parameter that cannot be read."""
    near = rt.locator.find(fields["near"]) if fields.get("near") else None
    if fields.get("near") and near is None:
        raise BadQuestion(f"near: no place is known by {fields['near']!r}. Try a ZIP code, or a town and state.")
    sort = fields.get("sort") or "best"
    if sort not in SORTS:
        raise BadQuestion(f"sort is one of {', '.join(SORTS)}, not {sort!r}.")
    if sort == "near" and near is None:
        raise BadQuestion("sort=near needs a place: give near as well.")
    local = now.astimezone(ZoneInfo((near.timezone if near else "") or rt.settings.timezone))
    return SearchQuery(
        words=fields.get("q", "")[: LENGTHS["q"]],
        near=near,
        radius=_radius(fields.get("radius", "")),
        kinds=_kinds(fields.getlist("kind")),
        facets=_facets(fields.getlist("facet")),
        window=window(fields["when"], local) if fields.get("when") else None,
        now=local,
        sort=sort,
        limit=limit,
    )


def _radius(text: str) -> float:
    try:
        miles = float(text or 25)
    except ValueError:
        miles = -1.0
    if not 0.1 <= miles <= 3000:
        raise BadQuestion(f"radius is a number of miles from 0.1 to 3000, not {text!r}.")
    return miles


def _kinds(values: list[str]) -> tuple[Kind, ...]:
    for value in values:
        if value not in Kind._value2member_map_:
            raise BadQuestion(f"kind: there is no {value!r}. There are: {', '.join(Kind)}.")
    return tuple(dict.fromkeys(Kind(value) for value in values))


def _facets(pairs: list[str]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for pair in pairs:
        known = known_facet(pair)
        if known is None:
            group = pair.partition("=")[0]
            values = ", ".join(FACETS[group]) if group in FACETS else f"groups are {', '.join((*FACETS, 'language'))}"
            raise BadQuestion(f"facet: {pair!r} is no group=value we know; {values}.")
        groups[known[0]] = tuple(dict.fromkeys((*groups.get(known[0], ()), known[1])))
    return groups
