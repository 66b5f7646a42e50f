"""Where people are served, out of a feed's words: the states and counties that they surely name, and no others.

All of a text must be understood, or none of it counts: of "Chicago, Cook County" only Chicago may be served, of "Cook
County and nearby" nobody knows how much. A county counts where that state has one of that name.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from importers import clean
from importers.addresses import ALSO_TOWNS

LONGEST = 400  # signs of a text; beyond that it is prose
_LEAD = re.compile(
    r"(?:(?:serv(?:es|ing)|covers|covering|available (?:to|in)|open to|for|in)\s+)?"
    r"(?:(?:all |any )?(?:residents|people|persons|individuals|anyone|those|families)\s+"
    r"(?:(?:who )?(?:live|living|reside|residing)\s+)?(?:of|in|from)\s+)?"
    r"(?:all (?:of )?|(?:the )?entire |the )?",
    re.I,
)
_TRAIL = re.compile(r"\s+(?:residents?|area)?(?:\s+only)?$|\s+only$", re.I)
_NATION = re.compile(
    r"(?:united states(?: of america)?|u\.?s\.?a?\.?|nation-? ?wide|national|all (?:50 )?states)", re.I
)
_WHOLE_STATE = re.compile(r"state-? ?wide|(?:entire )?state|(?:all|every) count(?:ies|y)", re.I)
_STATE_SAID = re.compile(r"(?:state of )?(?P<name>.+?)(?P<said>,? state(?:-? ?wide)?)?", re.I)
_FIRST = re.compile(r"(?P<state>[A-Z]{2})\s*(?P<mark>[-–:])\s*(?P<names>.+)")  # "OH - Franklin County", "OH: Franklin"
_LAST = re.compile(r"(?P<names>.+?),? (?:in )?\(?(?P<state>[A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)\)?")
_SEVERAL = re.compile(
    r"(?:the )?count(?:ies|y) of (?P<of>.+)|count(?:ies|y): (?P<list>.+)|(?P<names>.+?) (?:counties|parishes)", re.I
)
_ONE = re.compile(r"(?P<name>.+?) (?:county|parish|borough|census area)", re.I)
_IN_STATE = re.compile(r".+, (?P<state>[A-Z]{2})")
_BETWEEN = re.compile(r"\s*(?:[,;/&]|\band\b)\s*", re.I)


@dataclass(frozen=True, slots=True)
class Served:
    nation: bool = False
    states: tuple[str, ...] = ()  # two letters
    counties: tuple[str, ...] = ()  # "OH:Franklin"


def read(text: str, state: str = "") -> Served | None:
    """What one text surely names, or None; `state` is where the record is, for "Franklin County"."""
    words = _TRAIL.sub("", clean.words(text).strip(" .;,"))
    if not words or len(words) > LONGEST:
        return None
    bare = _LEAD.sub("", words, count=1) or words
    for said in dict.fromkeys((words, bare)):
        if _NATION.fullmatch(said):
            return Served(nation=True)
        if state and _WHOLE_STATE.fullmatch(said):
            return Served(states=(state,))
        if states := _states(said):
            return Served(states=states)
        if counties := tuple(dict.fromkeys(_counties(said, state))):
            return Served(counties=counties)
    return None


def state_of(texts: Iterable[str]) -> str:
    """The one state in which all the towns and ZIP codes lie that are named with theirs ("Reading, PA"), else ""."""
    ends = {found["state"] if (found := _IN_STATE.fullmatch(text)) else "" for text in texts}
    return clean.state(ends.pop()) if len(ends) == 1 and all(ends) else ""


def _states(words: str) -> tuple[str, ...]:
    """ "Ohio", "State of New York", "OH, KY and IN"; none where one part is anything else."""
    whole = _state(words)
    found = [whole] if whole else [_state(part) for part in _BETWEEN.split(words) if part]
    return tuple(dict.fromkeys(found)) if all(found) else ()


def _state(words: str) -> str:
    """Two capitals or a name; "Washington" alone may be a town, "Washington State" is none."""
    said = _STATE_SAID.fullmatch(words)
    name = said["name"] if said else words
    if len(name) == 2:
        return clean.state(name) if name.isupper() else ""
    plainly = name != words or name.casefold() not in ALSO_TOWNS
    return clean.state(name) if plainly else ""


def _counties(words: str, state: str) -> Iterator[str]:
    if (first := _FIRST.fullmatch(words)) and clean.state(first["state"]):
        yield from _all_real(first["names"], first["state"], listed=first["mark"] == ":")
        return
    here = list(_all_real(words, state, listed=False)) if state else []
    if not here and (last := _LAST.fullmatch(words)) and (told := clean.state(last["state"])):
        here = list(_all_real(last["names"], told, listed=False))
    yield from here


def _all_real(words: str, state: str, listed: bool) -> Iterator[str]:
    """Every county named, if each is one; where they can be nothing else (`listed`) the word itself may lack."""
    whole = _ONE.fullmatch(words)
    if name := county(whole["name"] if whole else words if listed else "", state):
        yield f"{state}:{name}"
        return
    several = _SEVERAL.fullmatch(words)
    parts = [part for part in _BETWEEN.split(next(filter(None, several.groups())) if several else words) if part]
    ones = [_ONE.fullmatch(part) for part in parts]
    if not (several or listed or all(ones)):
        return
    names = [county(one["name"] if one else part, state) for one, part in zip(ones, parts, strict=True)]
    if all(names):
        yield from (f"{state}:{name}" for name in names)


def county(name: str, state: str) -> str:
    """The name of a county of that state as the post office's places have it; "" where the state has none such."""
    return _real_counties().get((state, _squeezed(name)), "")


def _squeezed(name: str) -> str:
    """ "St. Clair", "Saint Clair" and "De Kalb" however they are spaced."""
    return re.sub(r"[^a-z]", "", re.sub(r"\bsaint\b", "st", name.casefold()))


@cache
def _real_counties() -> dict[tuple[str, str], str]:
    from zipcodes import list_all  # half a second, for the feeds that name counties

    plain = re.compile(r" (?:County|Parish|Borough|Census Area)$", re.I)
    found = {(one["state"], plain.sub("", one["county"])) for one in list_all() if one["county"]}  # type: ignore[no-untyped-call]
    return {(state, _squeezed(name)): name for state, name in sorted(found)}
