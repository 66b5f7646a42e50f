"""Names and streets as they are compared: publishers write one thing in many ways. The word lists are in rules.toml."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

WORD = re.compile(r"[a-z0-9]+")
STUCK = re.compile(r"\b([a-z]{4,})(\d{2,})\b")  # healthright360
INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")
ALSO_CALLED = re.compile(r"\s+(?:d/?b/?a\.?|a/?k/?a\.?|formerly)\s+|\s+[-–—:|]\s+|[()]", re.I)
BEHIND = re.compile(r"(?:[,;:]|\s+[-–—])\s+(.+)", re.S)  # an organisation's name
HOUSE_NUMBER = re.compile(r"\s*(\d+)[a-z]?(?:\s*-\s*(\d+)[a-z]?)?\b(.*)", re.I | re.S)

DOOR = re.compile(r"\s*\d+[a-z]?\s+[a-z]", re.I)  # a house number and a street


@cache
def rules() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


@dataclass(frozen=True, slots=True)
class Lists:
    """The word lists of rules.toml, ready to look into."""

    same: dict[str, str]
    dropped: frozenset[str]
    weak: frozenset[str]
    substances: frozenset[str]
    care: frozenset[str]  # words of programs, in a name that tells no more than what is done
    sets: dict[str, tuple[str, str]]  # word -> (set, member)
    numbers: dict[str, str]  # word -> what it counts
    suffixes: dict[str, str]
    turns: dict[str, str]
    units: frozenset[str]
    spelt: dict[str, str]
    opening: frozenset[str]  # words that many streets begin with
    crossing: frozenset[str]  # behind these stands another street


@cache
def lists() -> Lists:
    words, street = rules()["words"], rules()["street"]
    sets: dict[str, tuple[str, str]] = {}
    for name, members in words["sets"].items():
        for member in members.split():
            sets |= {word: (name, member) for word in member.split("|") if word not in sets}
    numbers = {word: word for word in words["numbers"]["points"].split()}
    for row in ("roman", "spelt", "ordinal"):
        numbers |= {word: str(n) for n, word in enumerate(words["numbers"][row].split(), 1)}
    return Lists(
        _pairs(words["same"]),
        frozenset(words["dropped"].split()),
        frozenset(words["weak"].split()),
        frozenset(words["substances"].split()),
        frozenset(words["care"].split()),
        sets,
        numbers,
        _pairs(street["suffixes"]),
        _pairs(street["turns"]),
        frozenset(street["units"].split()),
        _pairs(street["spelt"]),
        frozenset(street["opening"].split()),
        frozenset(street["crossing"].split()),
    )


@dataclass(frozen=True, slots=True)
class Name:
    """One name: all its words sorted, those that say something, its numbers, and the sets it chose from."""

    all: str
    core: str
    numbers: frozenset[str]
    sets: frozenset[tuple[str, str]]
    telling: str  # of the core, what neither says how it is treated nor for whom
    initials: str  # of three words and more, by which it may be called


@lru_cache(maxsize=65536)
def read_name(text: str) -> Name:
    known = lists()
    words = [known.same.get(word, word) for word in plain(text)]
    words = [word for word in words if word not in known.dropped]
    core = [word for word in words if word not in known.weak]
    # a word of the name ("First Church", "East End") is no number of a row, unless it stands behind the name
    tail = [w for n, w in enumerate(words) if w.isdigit() or (n and w in known.numbers)]
    numbers = frozenset(known.numbers.get(word, word) for word in tail)
    sets = frozenset(known.sets[word] for word in words if word in known.sets)
    initials = "".join(word[0] for word in words) if len(words) > 2 else ""
    telling = [word for word in core if word not in known.care | known.substances | known.sets.keys()]
    return Name(" ".join(sorted(words)), " ".join(sorted(core)), numbers, sets, " ".join(sorted(telling)), initials)


@lru_cache(maxsize=65536)
def names_in(text: str) -> tuple[str, ...]:
    """The whole name first, then the names it joins: "Harbor LLC dba New Dawn (East)" is also "New Dawn"."""
    parts = [part.strip() for part in ALSO_CALLED.split(text)]
    told = [part for part in parts if len(read_name(part).core) >= 4]
    return tuple(dict.fromkeys([text, *(told if len(told) > 1 or told != [text] else [])]))


@lru_cache(maxsize=65536)
def only_says_service(text: str, leveled: bool = False) -> bool:
    """ "Outpatient Chemical Dependency Program" says what is done, not by whom; "Intensive Outpatient Program" does so,
    too, where the listing tells a level of care for substance use: else it may be for anything.
    """
    known, words = lists(), set(read_name(text).all.split())
    told = words & known.substances or (leveled and words & known.care and "mental" not in words)
    return bool(told) and words <= known.weak | known.care | known.substances


def own_names(name: str, group: str) -> list[str]:
    """ "Harbor Inc, Dawn/New Light Clinic" of Harbor Inc is also Dawn and New Light Clinic; "Outpatient" is no name."""
    behind = BEHIND.match(name.removeprefix(group)) if name.startswith(group) else None
    if not behind:
        return []
    parts = [part.strip() for part in behind[1].split("/")]
    return [part for part in parts if len(_telling(part)) >= 4]


def _telling(text: str) -> str:
    """Letters of the words that speak of this one place."""
    return read_name(text).telling.replace(" ", "")


@lru_cache(maxsize=65536)
def without_town(text: str, town: str) -> str:
    """ "Harbor House Dayton" in Dayton is "Harbor House"; "" where the town is no part of it or all of it."""
    words, places = plain(text), plain(town)
    rest = [word for word in words if word not in places]
    told = places and set(places) <= set(words) and len(read_name(" ".join(rest)).core) >= 4
    return " ".join(rest) if told else ""


def plain(text: str) -> list[str]:
    """Words without accents, points and apostrophes: "St. Mary's A.A." is st, marys, aa."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    folded = folded.replace("'", "").replace("’", "").replace("&", " and ")
    folded = STUCK.sub(r"\1 \2", folded)
    folded = INITIALS.sub(lambda found: found[0].replace(".", "") + " ", folded)
    return WORD.findall(folded)


@dataclass(frozen=True, slots=True)
class Street:
    number: str
    name: str  # without direction and suffix
    unit: str

    @property
    def known(self) -> bool:
        return bool(self.number and self.name)


NO_STREET = Street("", "", "")


@lru_cache(maxsize=65536)
def read_street(text: str) -> Street:
    """ "1200 N. Main Street, Suite 4" -> 1200, main, 4. A box at the post office is no street."""
    known = lists()
    number, rest_of_it = _house_number(_from_number(text))
    words = [known.spelt.get(word, word) for word in plain_street(rest_of_it)]
    if {"po", "box"} <= set(words[:3]) or not words:
        return NO_STREET
    crossing = next((n for n, word in enumerate(words) if n and word in known.crossing), len(words))
    rest, unit = _without_unit(words[:crossing])
    name = [word for word in rest if word not in known.turns]
    while len(name) > 1 and name[-1] in known.suffixes:
        name.pop()
    return Street(number, " ".join(name), unit)


def _from_number(text: str) -> str:
    """ "Harbor Clinic, 12 Main Street, Suite 4" names the building first."""
    parts = text.split(",")
    doors = [n for n, part in enumerate(parts) if DOOR.match(part)]
    return ",".join(parts[doors[0] :]) if doors and not DOOR.match(parts[0]) else text


def _house_number(text: str) -> tuple[str, str]:
    """ "1200-04 Main" counts from 1200; "16-725 Main" and "37-12 Main" are whole numbers in Hawaii and Queens."""
    found = HOUSE_NUMBER.match(text)
    if not found or found[3][:2].lower() in ("st", "nd", "rd", "th"):  # 5th Avenue, its number unsaid
        return "", text
    first, second, rest = found.groups()
    span = second is None or (len(first) > 2 and len(second) <= len(first))
    return (first if span else f"{first}-{second}"), rest


def plain_street(text: str) -> list[str]:
    return plain(text.replace("#", " unit ").replace("-", " ").split(",")[0] + _after_comma(text))


def _after_comma(text: str) -> str:
    """The unit often stands behind a comma; a town written there by mistake is no part of the street."""
    _, _, behind = text.partition(",")
    words = plain(behind.replace("#", " unit "))
    return " " + " ".join(words) if words and words[0] in lists().units else ""


def _without_unit(words: list[str]) -> tuple[list[str], str]:
    for n, word in enumerate(words):
        if n and word in lists().units and n + 1 < len(words):
            return words[:n], words[n + 1]
    return words, ""
