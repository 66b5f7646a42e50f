"""What a person asked, read from a form or a shared link: tolerant, bounded, carried along without a cookie."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

from starlette.datastructures import ImmutableMultiDict
from starlette.requests import Request

from directory.errors import BadQuestion
from directory.search.query import Near, SearchQuery
from directory.search.understand import key
from directory.search.when import window
from directory.vocab import FACETS, Kind, Medication, Modality, Need

Fields = ImmutableMultiDict[str, str]
Pairs = list[tuple[str, str]]

RADII = (5, 10, 25, 50, 100)
SORTS = ("best", "near", "soon")
WHENS = ("now", "today", "tonight")
PER_PAGE = 20
MOST_PAGES = 500
MOST_PICKS = 40
HANDOFF = ("leave_day", "leave_hour", "language", "paper", "large_print", "discreet", "medicine", "need")
BODY_LIMIT = 64 * 1024  # bytes; our largest form is a few thousand
FIELD_LIMIT = 600
LENGTHS = {"q": 200, "place": 100}
PROSE = ("description", "notes", "home_house_rules")  # of a listing that is edited: paragraphs stay apart
PROSE_LENGTH = 6000

# The buttons under "Or tap one": what each asks for in the fields of the search form.
EXAMPLES: dict[str, Pairs] = {
    "meeting": [("kind", Kind.SUPPORT_GROUP), ("when", "tonight"), ("sort", "soon")],
    "home": [("kind", Kind.SOBER_LIVING)],
    "medicine": [
        ("kind", Kind.OUTPATIENT),
        ("facet", f"medication={Medication.BUPRENORPHINE}"),
        ("facet", f"medication={Medication.METHADONE}"),
    ],
    "food": [("facet", f"need={Need.FOOD}")],
    "talk": [
        ("kind", Kind.SUPPORT_GROUP),
        ("facet", f"modality={Modality.ONLINE}"),
        ("facet", f"modality={Modality.PHONE}"),
        ("facet", f"modality={Modality.HYBRID}"),
        ("sort", "soon"),
    ],
}


async def read_fields(request: Request) -> Fields:
    """Query string and form body in one; a body too large to be one of our forms is refused."""
    given = list(request.query_params.multi_items())
    if request.method == "POST":
        given += decoded(await read_body(request))
    return ImmutableMultiDict([(name, _clean(name, value)) for name, value in given[:FIELD_LIMIT]])


async def read_body(request: Request) -> bytes:
    """The whole body, remembered: who guards a page looks into it before the page does."""
    if not hasattr(request.state, "body"):
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_LIMIT:
                raise BadQuestion("That form is too large. Search again from the first page.")
        request.state.body = bytes(body)
    kept: bytes = request.state.body
    return kept


def decoded(body: bytes) -> Pairs:
    """The fields as they were sent, nothing folded or cut."""
    try:
        return parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=FIELD_LIMIT)
    except ValueError:
        raise BadQuestion("That form has too many fields. Search again from the first page.") from None


def _clean(name: str, value: str) -> str:
    """White space folded, control characters and half characters gone, never longer than a field can need."""
    if name in PROSE:
        return "".join(c if c.isprintable() or c == "\n" else " " for c in value)[:PROSE_LENGTH].strip()
    printable = "".join(c if c.isprintable() else " " for c in value)
    return " ".join(printable.split())[: LENGTHS.get(name, 300)]


def whole(text: str, least: int, most: int, otherwise: int) -> int:
    """A whole number between bounds; anything else is `otherwise`."""
    if text.isascii() and text.isdigit() and len(text) < 12:
        return min(max(int(text), least), most)
    return otherwise


def ids(values: Iterable[str]) -> tuple[int, ...]:
    """Listing ids from "12" or "12,15", once each, in order; odd ones left out."""
    parts = (part.strip() for value in values for part in value.split(","))
    numbers = (int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 10)
    return tuple(dict.fromkeys(numbers))


def picked(fields: Fields) -> tuple[int, ...]:
    """The person's list after the button they pressed: kept, added, removed, moved up or down."""
    if "clear" in fields:
        return ()
    removed = set(ids(fields.getlist("remove")))
    kept = ids([*fields.getlist("pick"), *fields.getlist("add")])
    order = [pick for pick in kept if pick not in removed][:MOST_PICKS]
    for name, step in (("up", -1), ("down", 1)):
        for pick in ids(fields.getlist(name)[:1]):
            if pick in order and 0 <= order.index(pick) + step < len(order):
                here = order.index(pick)
                order[here], order[here + step] = order[here + step], order[here]
    return tuple(order)


def known_facet(text: str) -> tuple[str, str] | None:
    """ "group=value" of the vocabulary; None for anything else."""
    group, _, value = text.partition("=")
    if group == "language":
        return (group, value) if value.isascii() and value.isalpha() and 2 <= len(value) <= 3 else None
    return (group, value) if group in FACETS and value in FACETS[group]._value2member_map_ else None


@dataclass(frozen=True, slots=True)
class Asked:
    """One search as a person put it. `pairs` gives it back as the fields of a form."""

    words: str = ""
    place: str = ""
    radius: int = 25
    kinds: tuple[Kind, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    when: str = ""
    sort: str = "best"
    page: int = 1
    as_typed: tuple[str, ...] = ()  # words that are not to be read as a filter
    talk: bool = False

    @classmethod
    def read(cls, fields: Fields) -> "Asked":
        example = EXAMPLES.get(fields.get("ask", ""))
        form = ImmutableMultiDict([("place", fields.get("place", "")), *example]) if example else fields
        dropped = set(fields.getlist("drop"))
        facets: dict[str, tuple[str, ...]] = {}
        for text in form.getlist("facet"):
            if (known := known_facet(text)) and text not in dropped and known[0] not in dropped:
                facets[known[0]] = tuple(dict.fromkeys((*facets.get(known[0], ()), known[1])))
        kinds = dict.fromkeys(form.getlist("kind")) if "kind" not in dropped else {}
        words = fields.get("instead", form.get("q", ""))
        return cls(
            words=words,
            place=form.get("place", ""),
            radius=_listed_number(form.get("radius", ""), RADII, 25),
            kinds=tuple(Kind(kind) for kind in kinds if kind in Kind._value2member_map_ and kind not in dropped),
            facets=facets,
            when=_listed_word(form.get("when", ""), WHENS, "") if "when" not in dropped else "",
            sort=_listed_word(form.get("sort", ""), SORTS, "best"),
            page=whole(fields.get("page", _same_page(fields)), 1, MOST_PAGES, 1),
            as_typed=_still_said(words, form.getlist("as_typed")),
            talk=fields.get("ask") == "talk" or "talk" in fields,
        )

    def pairs(self) -> Pairs:
        """The fields that ask this again, without what is default."""
        found: Pairs = [("q", self.words), ("place", self.place), ("when", self.when)]
        found += [("radius", str(self.radius))] if self.radius != 25 else []
        found += [("sort", self.sort)] if self.sort != "best" else []
        found += [("kind", kind.value) for kind in self.kinds]
        found += [("facet", f"{group}={value}") for group, values in self.facets.items() for value in values]
        found += [("as_typed", words) for words in self.as_typed]
        found += [("talk", "1")] if self.talk else []
        return [(name, value) for name, value in found if value]

    def address(self) -> str:
        """A link to this search, for sharing on purpose only."""
        return "/search?" + urlencode(self.pairs())

    def filtered(self) -> bool:
        return bool(self.kinds or self.facets or self.when)

    def query(self, near: Near | None, now: datetime, zone: str) -> SearchQuery:
        """The same question in the engine's terms; `now` is aware, `zone` the clock of a place without one."""
        local = now.astimezone(ZoneInfo(near.timezone if near and near.timezone else zone))
        return SearchQuery(
            words=self.words,
            near=near,
            radius=float(self.radius),
            kinds=self.kinds,
            facets=self.facets,
            window=window(self.when, local) if self.when else None,
            now=local,
            sort="best" if self.sort == "near" and near is None else self.sort,
            limit=PER_PAGE * self.page,  # `beyond` is always given from its first: this reaches its part of the page
            offset=(self.page - 1) * PER_PAGE,
        )


def _still_said(words: str, plainly: Iterable[str]) -> tuple[str, ...]:
    """Words to be taken plainly, while they stand in the box."""
    said = f" {key(words)} "
    return tuple(one for one in dict.fromkeys(map(key, plainly)) if one and f" {one} " in said)


def _same_page(fields: Fields) -> str:
    """Adding to the list keeps the page of results; every other button starts at the first."""
    return fields.get("at", "1") if "add" in fields or "remove" in fields or "switch" in fields else "1"


def came_from(fields: Fields) -> Pairs:
    """The page of results somebody came from, so that going back and another language stay there."""
    page = whole(fields.get("at", ""), 1, MOST_PAGES, 1)
    return [("at", str(page))] if page > 1 else []


def _listed_word(text: str, choices: tuple[str, ...], otherwise: str) -> str:
    return text if text in choices else otherwise


def _listed_number(text: str, choices: tuple[int, ...], otherwise: int) -> int:
    return int(text) if text in {str(choice) for choice in choices} else otherwise


def discharge(fields: Fields, local: datetime) -> datetime | date:
    """The day and, if given, the hour of leaving on the wall clock of `local`; now when nothing sound was given."""
    try:
        day = date.fromisoformat(fields.get("leave_day", ""))
        if abs((day - local.date()).days) > 366:
            return local
    except ValueError:
        return local
    try:
        return datetime.combine(day, time.fromisoformat(fields.get("leave_hour", "")), local.tzinfo)
    except ValueError:
        return local if day == local.date() else day


def needs(fields: Fields) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in fields.getlist("need") if value in Need._value2member_map_))


def options(fields: Fields, language: str) -> dict[str, str | list[str]]:
    """The handoff's own options, for `Options.read`; the page's language unless another was chosen."""
    plain: dict[str, str | list[str]] = {
        name: fields[name] for name in ("large_print", "discreet", "paper") if fields.get(name)
    }
    return {**plain, "language": fields.get("language") or language, "medicine": fields.getlist("medicine")}


def handoff_pairs(fields: Fields) -> Pairs:
    """What was chosen for the handoff, as hidden fields of the pages around it."""
    return [(name, value) for name, value in fields.multi_items() if name in HANDOFF]
