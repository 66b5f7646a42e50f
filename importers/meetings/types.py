"""What the type codes and format names of meeting feeds mean, by fellowship (the words are in types.toml)."""

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from directory.listing import Facets, facets
from importers.rows import text

_RAMP = re.compile(
    r"(?P<no>\b(?:no|not|isn't|without|non)\b[^.\n]{0,20})?\b(?:wheel[ -]?chair|handicap(?:ped)?)"
    r"[ -]*(?:is )?(?:access\w*|ramp|entrance|friendly)(?P<limit>[^.\n]{0,12}\b(?:limited|call|not|no)\b)?",
    re.I,
)
LONGEST_WORD = 60  # a type name is short; longer text in `types` is somebody's note in the wrong column
DENIED = "denied_"
PLACE_BOUND = frozenset(
    {"wheelchair", "wheelchair_bathroom", "babysitting", "fragrance_free", "smoking", "no_smoking", "pets", "outdoor"}
)


@dataclass(frozen=True, slots=True)
class Types:
    """What a meeting's types say together. `words` are names to search by, unknown codes among them."""

    facets: Facets = field(default_factory=dict)
    denied: Facets = field(default_factory=dict)
    words: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()  # codes no table has; they are among `words`
    online: bool = False
    hybrid: bool = False
    place_closed: bool = False

    def away_from_the_place(self) -> "Types":
        """The same without what is said of the building: an online meeting has no ramp."""
        book = _book()
        bound = {idea["names"][0] for idea in book["meaning"].values() if set(idea.get("access", ())) & PLACE_BOUND}
        kept = {
            group: tuple(value for value in values if value not in PLACE_BOUND) for group, values in self.facets.items()
        }
        words = tuple(word for word in self.words if word not in bound)
        return replace(self, facets={group: values for group, values in kept.items() if values}, words=words)

    def with_ramp(self, notes: str) -> "Types":
        """With what the notes say of wheelchairs ("No wheelchair access"), where no type says it."""
        told = [self.facets.get("access", ()), self.denied.get("access", ())]
        said = [found for found in _RAMP.finditer(notes) if not found["limit"]]
        can = {not found["no"] for found in said}
        if len(can) != 1 or any("wheelchair" in values for values in told):
            return self
        if can == {True}:
            return replace(self, facets={**self.facets, "access": tuple(sorted({*told[0], "wheelchair"}))})
        return replace(self, denied={**self.denied, "access": tuple(sorted({*told[1], "wheelchair"}))})


@cache
def _book() -> dict[str, Any]:
    """The tables, with codes and names casefolded: feeds write ONL, onl and Onl."""
    read = tomllib.loads(files("importers.meetings").joinpath("types.toml").read_text(encoding="utf-8"))
    read["codes"] = {table: {c.casefold(): m for c, m in codes.items()} for table, codes in read["codes"].items()}
    read["names"] = {name.casefold(): m for m, idea in read["meaning"].items() for name in idea["names"]}
    return read


def code_meaning(code: str, *tables: str) -> str | None:
    """The meaning of a code in the first table that has it."""
    codes = _book()["codes"]
    found = (codes.get(table, {}).get(code.casefold()) for table in tables)
    return next(filter(None, found), None)


def name_meaning(name: str) -> str | None:
    """The meaning of a type's name in English, Spanish, French or Portuguese."""
    meaning: str | None = _book()["names"].get(name.casefold())
    return meaning


def tokens(value: Any) -> tuple[str, ...]:
    """The types as a feed writes them: a list, one code, "[open]", JSON in text, or text with commas."""
    if isinstance(value, str):
        value = _parts(value)
    if not isinstance(value, (list, tuple)):
        value = [value]
    said = (text(part).strip(" \t\r\n[]\"'") for part in value if not isinstance(part, (list, tuple, Mapping)))
    return tuple(dict.fromkeys(filter(None, said)))


def _parts(value: str) -> list[Any]:
    stripped = value.strip()
    if stripped.startswith("["):
        try:
            parsed = json.loads(stripped)
        except (ValueError, RecursionError):
            parsed = None
        if isinstance(parsed, list):
            return parsed
    return re.split(r"[,;|\n]", stripped)


@lru_cache(maxsize=8192)
def read(said: tuple[str, ...], fellowship: str = "") -> Types:
    """Types from codes or names. Without a fellowship only codes that every fellowship means alike are read;
    the rest stay words."""
    meanings, unknown = [], []
    for token in said:
        meaning = code_meaning(token, fellowship, "shared") or name_meaning(token)
        if meaning:
            meanings.append(meaning)
        elif len(token) <= LONGEST_WORD:
            unknown.append(token)
    return replace(gather(meanings, unknown, fellowship), unknown=tuple(unknown))


def gather(meanings: Iterable[str], others: Iterable[str] = (), fellowship: str = "") -> Types:
    """The facets of several meanings and of the fellowship itself; `others` are words without a meaning."""
    book = _book()
    instead = book["instead"].get(fellowship, {})
    ideas = list(dict.fromkeys(instead.get(meaning, meaning) for meaning in meanings))
    yes: dict[str, set[str]] = defaultdict(set)
    no: dict[str, set[str]] = defaultdict(set)
    for idea in ideas:
        for group, values in book["meaning"][idea].items():
            if group != "names":
                (no[group.removeprefix(DENIED)] if group.startswith(DENIED) else yes[group]).update(values)
    _admission(ideas, yes, no)
    _of_fellowship(fellowship, yes)
    for group, values in no.items():
        values -= yes[group]  # said both ways: nothing is denied
    shown = [book["meaning"][idea]["names"][0] for idea in ideas if idea not in ("online", "place_closed", "hybrid")]
    return Types(
        facets=facets(**yes),
        denied=facets(**no),
        words=tuple(dict.fromkeys([*shown, *others])),
        online="online" in ideas,
        hybrid="hybrid" in ideas,
        place_closed="place_closed" in ideas,
    )


def _admission(ideas: list[str], yes: dict[str, set[str]], no: dict[str, set[str]]) -> None:
    """A women's meeting is for women and does not let men in, and the reverse; marked both, nobody is turned away."""
    marked = [idea for idea in ("women", "men") if idea in ideas]
    yes["population"].update(marked)
    yes["gender"].update(marked)
    if len(marked) == 1:
        no["gender"].add("men" if marked == ["women"] else "women")


def _of_fellowship(fellowship: str, yes: dict[str, set[str]]) -> None:
    """What is so in every meeting of a fellowship, by its own traditions; nothing where we do not know which it is."""
    book = _book()
    if fellowship:
        yes["fellowship"].add(fellowship)
    if fellowship in book["free"]:
        yes["payment"].add("free")
    if fellowship in book["families"]:
        yes["population"].add("families")
