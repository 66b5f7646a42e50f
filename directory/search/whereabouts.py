"""A place said among other words: "near 43215", "in Columbus", "Columbus OH", "cerca de Dayton". Only when it is sure.

Names are compared with the ZIP codes we hold and never asked of an outside geocoder: most words are no places.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from directory.gazetteer import PRIMARY, fold, gazetteer
from directory.geo import NICKNAMES, STATE_NAMES, STATES
from directory.search.meanings import meanings
from directory.search.query import Near
from directory.search.text import INITIALS, WORD, singular, split

Places = Callable[[str], Near | None]
ZIP = re.compile(r"\d{5}")
TOKEN = re.compile(f"{INITIALS.pattern}|{WORD.pattern}")
LONGEST = 4  # words of a name
SHORTEST_MISSPELT = 6  # letters
CLEARLY = 2  # times as many ZIP codes
BIG = 8  # ZIP codes of a town that needs no word before it


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    raw: str
    word: str  # folded

    @property
    def same(self) -> str:
        return singular(self.word)


@dataclass(frozen=True, slots=True)
class Spot:
    first: int
    last: int  # the token after it
    near: Near


def tokens(words: str) -> list[Token]:
    return [Token(m.start(), m.end(), m[0], "".join(split(m[0]))) for m in TOKEN.finditer(words)]


def said(words: str, given: Sequence[Token], places: Places, near: Near | None) -> Iterator[Spot]:
    """Places in these words, the surest first. `near` is the place of the form: its state is tried first."""
    for at, token in enumerate(given):
        if ZIP.fullmatch(token.word) and (found := places(token.word)):
            yield _with_its_town(words, given, at, found, places)
    for at in range(len(given)):
        first = _marked(given, at)
        if first is None:
            yield from _town_and_state(words, given, at, at, places)
            continue
        sure = tuple(token.word for token in given[first:at]) in meanings().sure
        yield from _town_and_state(words, given, first, at, places)
        yield from _named(words, given, first, at, places, near, sure)


def bare(words: str, given: Sequence[Token], first: int, last: int, places: Places, near: Near | None) -> Spot | None:
    """A town's name with nothing before it: of the state of the form's place, else a big one."""
    text = _text(words, given, first, last)
    states = gazetteer().cities.get(fold(text), {})
    if fold(text) in meanings().never_places:
        return None
    if near:
        own = any(fit == PRIMARY for fit, _ in states.get(near.state, ()))
        found = places(f"{text}, {near.state}") if own else None
    else:
        big = any(sum(fit == PRIMARY for fit, _ in rows) >= BIG for rows in states.values())
        found = places(text) if big or fold(text) in NICKNAMES else None
    return Spot(first, last, found) if found else None


def _text(words: str, given: Sequence[Token], first: int, last: int) -> str:
    return words[given[first].start : given[last - 1].end]


def _marked(given: Sequence[Token], at: int) -> int | None:
    """Where "near" or "cerca de" begins that ends before this token."""
    for length in (2, 1):
        if at >= length and tuple(token.word for token in given[at - length : at]) in (
            meanings().sure | meanings().maybe
        ):
            return at - length
    return None


def _with_its_town(words: str, given: Sequence[Token], at: int, found: Near, places: Places) -> Spot:
    """The ZIP with the town, the state and the "near" that stand before it, and its four more digits."""
    last = at + 1
    if (
        last < len(given)
        and re.fullmatch(r"\d{4}", given[last].word)
        and words[given[at].end : given[last].start] == "-"
    ):
        last += 1
    first = at
    for length in range(min(LONGEST, at), 0, -1):
        text = _text(words, given, at - length, at)
        town = places(text) if not (length == 1 and text.casefold() in meanings().never_places) else None
        if town and town.state == found.state and _exactly(town, text):
            first = at - length
            break
    marker = _marked(given, first)
    return Spot(first if marker is None else marker, last, found)


def _town_and_state(words: str, given: Sequence[Token], first: int, at: int, places: Places) -> Iterator[Spot]:
    """ "Columbus OH", "new albany, ohio": the state's name or code directly behind an exact town."""
    for last in range(min(at + LONGEST, len(given)), at + 1, -1):
        for length in (2, 1):
            split_at = last - length
            if split_at <= at:
                continue
            state = " ".join(token.word for token in given[split_at:last])
            code = STATES.get(state) or (state.upper() if state.upper() in STATE_NAMES else "")
            if not code or not _meant_as_state(words, given, split_at):
                continue
            town = _text(words, given, at, split_at)
            found = places(f"{town}, {code}")
            if found and found.state == code and _exactly(found, town):
                yield Spot(first, last, found)


def _meant_as_state(words: str, given: Sequence[Token], at: int) -> bool:
    """ "hope in" is no town in Indiana: codes that are words need a comma or capitals."""
    token = given[at]
    if token.word not in meanings().state_words:
        return True
    comma = "," in words[given[at - 1].end : token.start]
    return comma or (token.raw.isupper() and not words.isupper())


def _named(
    words: str, given: Sequence[Token], first: int, at: int, places: Places, near: Near | None, sure: bool
) -> Iterator[Spot]:
    for last in range(min(at + LONGEST, len(given)), at, -1):
        text = _text(words, given, at, last)
        if given[at].word in meanings().never_places and last == at + 1:
            continue
        if all(token.word in meanings().known for token in given[at:last]) or fold(text) in STATES:
            continue
        nearby = places(f"{text}, {near.state}") if near and near.state else None
        if not nearby and _in_doubt(text):
            return  # nor any shorter name within it
        found = nearby if nearby and _exactly(nearby, text) else places(text)
        if found and (_exactly(found, text) or (sure and _misspelt(given[at:last]))):
            yield Spot(first, last, found)


def _in_doubt(text: str) -> bool:
    """Two states have a town of this name, and neither is clearly the greater."""
    states = gazetteer().cities.get(fold(text), {}).values()
    sizes = sorted((sum(fit == PRIMARY for fit, _ in rows) for rows in states), reverse=True)
    return len(sizes) > 1 and sizes[0] < CLEARLY * sizes[1]


def _exactly(found: Near, text: str) -> bool:
    name = fold(text)
    written = fold(found.label.rpartition(",")[0] or found.label)
    return name == written or name in NICKNAMES or _without_state(name, found) == written


def _without_state(name: str, found: Near) -> str:
    for ending in (found.state.lower(), STATE_NAMES.get(found.state, "").lower()):
        if ending and name.endswith(f" {ending}"):
            return name.removesuffix(f" {ending}")
    return name


def _misspelt(given: Sequence[Token]) -> bool:
    return sum(len(token.word) for token in given) >= SHORTEST_MISSPELT and not any(
        token.same in meanings().known for token in given
    )
