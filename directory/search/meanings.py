"""What people's words mean, from meanings.toml: phrases looked up word by word, a misspelt one by its letters."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from directory.search.text import Phrase, singular, split, thesaurus

MEANINGS = Path(__file__).with_name("meanings.toml")
SHORTEST_MISSPELT = 5  # letters: a shorter word is too near to others
SHORTEST_MEANT = 6
LONG = 8  # from here on two letters may be off
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """Filters, or a time; without both a phrase that only looks like a meaning."""

    means: Pairs = ()
    beside: Mapping[str, Pairs] = field(default_factory=dict)  # a kind of help -> other filters
    taken: Pairs | None = None  # after "takes" or "on", when no kind is known
    shy: bool = False  # stands in names too
    time: str = ""  # a weekday's number, "today", "tonight", "tomorrow", "now" or "weekend"

    @property
    def plain(self) -> bool:
        return not (self.means or self.beside or self.time)


Table = Mapping[str, Sequence[tuple[Phrase, Meaning]]]


@dataclass(frozen=True, slots=True)
class Meanings:
    table: Table  # first word -> phrases, longest first
    parts: Mapping[str, str]  # "noche" -> "evening"
    joins: frozenset[Phrase]  # between a day and its part
    filler: frozenset[str]
    taking: frozenset[str]
    negating: frozenset[str]
    sure: frozenset[Phrase]  # said before a place
    maybe: frozenset[Phrase]
    never_places: frozenset[str]
    state_words: frozenset[str]
    known: frozenset[str]  # whole words that need no correction
    alone: frozenset[str]  # those that say something by themselves, or nothing
    correctable: tuple[str, ...]


def phrase(said: str) -> Phrase:
    return tuple(singular(word) for word in split(said))


@cache
def meanings() -> Meanings:
    data = tomllib.loads(MEANINGS.read_text(encoding="utf-8"))
    entries = [(entry["says"], _meaning(entry)) for entry in data["meaning"]]
    spoken = [(said, meaning) for says, meaning in entries for said in says]
    spoken += [(said, Meaning()) for said in data["plain"]] + _times(data["time"])
    table: dict[str, list[tuple[Phrase, Meaning]]] = {}
    for said, meaning in spoken:
        table.setdefault(phrase(said)[0], []).append((phrase(said), meaning))
    for phrases in table.values():
        phrases.sort(key=lambda one: -len(one[0]))
    place, words = data["place"], {word for said, _ in spoken for word in phrase(said)}
    filler, taking = frozenset(split(data["filler"])), frozenset(split(data["taking"]))
    parts = {word: part for part, says in data["time"]["part"].items() for word in says}
    alone = {said[0] for said in map(phrase, (said for said, _ in spoken)) if len(said) == 1}
    alone |= filler | taking | thesaurus().quiet | _single_words()
    known = words | filler | taking | thesaurus().quiet | _single_words() | parts.keys()
    return Meanings(
        table=table,
        parts=parts,
        joins=frozenset(phrase(said) for said in data["time"]["joins"]),
        filler=filler,
        taking=taking,
        negating=frozenset(split(data["not"])),
        sure=frozenset(tuple(split(said)) for said in place["sure"]),
        maybe=frozenset(tuple(split(said)) for said in place["maybe"]),
        never_places=frozenset(split(place["never"])) | known,
        state_words=frozenset(split(place["words"])),
        known=frozenset(known | {singular(word) for word in known}),
        alone=frozenset(alone | {singular(word) for word in alone}),
        correctable=tuple(sorted(word for word in words if len(word) >= SHORTEST_MEANT)),
    )


def _meaning(entry: Mapping[str, Any]) -> Meaning:
    return Meaning(
        means=_pairs(entry["means"]),
        beside={kind: _pairs(means) for kind, means in entry.get("with", {}).items()},
        taken=_pairs(entry["taking"]) if "taking" in entry else None,
        shy=entry.get("shy", False),
    )


def _pairs(means: Sequence[str]) -> Pairs:
    return tuple((one.partition("=")[0], one.partition("=")[2]) for one in means)


def _times(time: Mapping[str, Any]) -> list[tuple[str, Meaning]]:
    """A weekday stands in names of meetings ("Tuesday Steps"), so it is shy."""
    days = [(said, Meaning(time=str(n), shy=True)) for n, says in enumerate(time["weekday"]) for said in says]
    named = ("now", "today", "tonight", "tomorrow", "weekend")
    return days + [(said, Meaning(time=name)) for name in named for said in time[name]]


def _single_words() -> frozenset[str]:
    """Words that the thesaurus knows alone: an engine understands them as they are."""
    return frozenset(said[0] for phrases in thesaurus().asked.values() for said, _ in phrases if len(said) == 1)


@lru_cache(maxsize=4096)
def corrected(word: str) -> str:
    """The one known word a misspelt word must be; itself when it is known, short, a town's name, or nothing is near."""
    from rapidfuzz.distance import OSA

    from directory.gazetteer import gazetteer

    if len(word) < SHORTEST_MISSPELT or word in meanings().known or not word.isalpha():
        return word
    off = {other: OSA.distance(word, other) for other in meanings().correctable if other[0] == word[0]}
    near = {other: n for other, n in off.items() if n <= (2 if min(len(word), len(other)) >= LONG else 1)}
    best = [other for other, letters in near.items() if letters == min(near.values())]
    if len({id(_alone(other)) if _alone(other) else other for other in best}) != 1 or word in gazetteer().cities:
        return word
    return best[0]


def _alone(word: str) -> Meaning | None:
    """What a word means by itself: two of one meaning are no doubt."""
    return next((meaning for said, meaning in meanings().table.get(word, ()) if len(said) == 1), None)
