"""The tables of words and codes, read once: words.toml and terms.toml."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from importers.classify.hearing import Phrases, Sense

STRENGTHS = {"strong": 3, "plain": 2, "away": 3, "settled": 8, "passing": 2, "mark": 1, "silent": 0}
FAINT = 1  # a code's sense marked "?"
Table = Mapping[str, Mapping[str, Any]]


def _read(name: str) -> Table:
    return tomllib.loads(files("importers.classify").joinpath(name).read_text(encoding="utf-8"))


@cache
def subjects() -> Phrases:
    """Phrases for what a service is, and the marks around them."""
    return Phrases(_phrases(STRENGTHS))


@cache
def details() -> Phrases:
    """Phrases for facets: payment, population, therapy …"""
    return Phrases(_phrases({"facet": 1, "mark": 1, "silent": 0}))


def _phrases(strengths: Mapping[str, int]) -> Iterator[tuple[str, Sense]]:
    table = _read("words.toml")
    for section, strength in strengths.items():
        for senses, phrases in table[section].items():
            yield from ((phrase, (sense, strength)) for sense in senses.split() for phrase in phrases)


@cache
def _terms() -> Mapping[str, Mapping[str, tuple[Sense, ...]]]:
    return {
        scheme: {
            prefix: tuple((said.rstrip("?"), FAINT if said.endswith("?") else 3) for said in senses.split())
            for prefix, senses in codes.items()
        }
        for scheme, codes in _read("terms.toml").items()
    }


@lru_cache(maxsize=20_000)
def term(scheme: str, code: str) -> tuple[Sense, ...]:
    """What a code speaks for, by the longest prefix of it that the table has."""
    codes = _terms().get(scheme.casefold(), {})
    return next((codes[code[:end]] for end in range(len(code), 0, -1) if code[:end] in codes), ())
