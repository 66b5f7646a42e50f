"""How words become terms: folding, stemming, everyday words, and weights. One way for listings and questions.

Three sorts of terms share a field: a stem ("meet"), a meaning from words.toml ("~support_group"), and, for meanings
said in several words, those words in a row ("=support_group"). A meaning is looked up like any other term, so an
engine needs no phrases and no expansion. Labels of kinds and facets are not written into listings: a question's words
are looked up in the labels, and what is found are values that listings have.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from directory.search.query import Document
from directory.vocab import label

WORDS = Path(__file__).with_name("words.toml")
VERSION = "3"  # change it when terms are made or kept differently: every index is then made anew
LABEL = 0.6  # what a word says that is found in the label of a kind or facet, beside impacts of 0..1
LITERAL = 0.5  # the very word asked for, added to its meaning
LONGEST = 40  # letters of a word that count
MOST = 16  # words of a question that count
SHORTEST_PREFIX = 3  # letters
SHORTEST_CORRECTED = 4

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """How much a word found there says, as BM25F has it. `usual` and not the average length: impacts never age."""

    weight: float
    usual: int  # terms
    length: float  # 0..1: how much a longer text takes from each of its words


# The one place for the weights of fields.
FIELDS = {
    "name": Field(3.0, 4, 0.4),
    "categories": Field(2.0, 6, 0.3),
    "city": Field(1.5, 1, 0.0),
    "description": Field(1.0, 30, 0.6),
}
SATURATION = 1.2  # BM25's k1: the weight at which a term says half of what it can
STEPS = 255  # an impact is kept in one byte


@dataclass(frozen=True, slots=True)
class Asked:
    """One word of a question, or several that are one meaning: a listing has it that has any of `terms`."""

    words: str  # folded, as typed
    terms: tuple[tuple[str, float], ...]  # a term and how much it counts

    @property
    def plain(self) -> bool:
        """One word without a known meaning: it may be cut short or misspelt."""
        return len(self.terms) == 1 and " " not in self.words


@dataclass(frozen=True, slots=True)
class Thesaurus:
    listed: dict[str, list[tuple[Phrase, str]]]  # first word -> (all words, meaning), longest first
    asked: dict[str, list[tuple[Phrase, str]]]  # the same for questions: these and some more
    quiet: frozenset[str]  # whole words


def fold(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def split(text: str) -> list[str]:
    """Whole folded words: "A.A. Women's niños" -> aa, women, ninos."""
    folded = INITIALS.sub(lambda found: found[0].replace(".", ""), fold(text)) if "." in text else fold(text)
    words = WORD.findall(folded)
    if "'" in folded or "’" in folded:
        words = [_bare(word) for word in words]
    return [word[:LONGEST] for word in words]


def _bare(word: str) -> str:
    if "'" in word or "’" in word:
        word = word.replace("’", "'").removesuffix("'s").replace("'", "")
    return word


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    from whoosh.lang.porter import stem as porter

    return str(porter(word)) if word.isascii() and word.isalpha() else word


def singular(word: str) -> str:
    """Without a plural s. Meanings are compared so: their stems would take a house for housing, a mind for mindful."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=200_000)
def _read(word: str) -> tuple[str, str, Sequence[tuple[Phrase, str]]]:
    """A whole word's stem, its singular, and the meanings that may begin with it."""
    one = singular(word)
    return stem(word), one, thesaurus().listed.get(one, ())


def terms(text: str) -> list[str]:
    """All terms of a listing's text."""
    return _terms(split(text))


def _terms(whole: Sequence[str]) -> list[str]:
    read = [_read(word) for word in whole]
    found = [stemmed for stemmed, _, _ in read]
    for at, (_, _, meanings) in enumerate(read):
        for phrase, meaning in meanings:
            if len(phrase) == 1:
                found.append(f"~{meaning}")
            elif phrase == tuple(one for _, one, _ in read[at : at + len(phrase)]):
                found += (f"~{meaning}", "=" + "_".join(phrase))
    return found


def weights(document: Document) -> tuple[dict[str, float], set[str]]:
    """Each term's weight over all fields, BM25F's pseudo-frequency, and the whole words they were made of."""
    found: dict[str, float] = {}
    words: set[str] = set()
    for name, field in FIELDS.items():
        if text := getattr(document, name):
            whole = split(text)
            said = _terms(whole)
            one = field.weight / (1 - field.length + field.length * len(said) / field.usual)
            for term in said:
                found[term] = found.get(term, 0.0) + one
            words.update(whole)
    return found, words


def impacts(weights: Any) -> Any:
    """What terms of these weights say, 1..255 of what a term can say: an array for an array."""
    import numpy as np

    weights = np.asarray(weights, np.float32)
    return np.maximum(np.rint(STEPS * weights / (weights + np.float32(SATURATION))), 1).astype(np.uint8)


def asked(words: str) -> list[Asked]:
    """What a question asks for, word by word; the longest meaning that begins at a word takes its words together."""
    whole = split(words)[:MOST]
    singulars = [singular(word) for word in whole]
    known, found, at = thesaurus(), [], 0
    while at < len(whole):
        phrase, meanings = _meaning(known.asked, singulars, at)
        said = " ".join(whole[at : at + len(phrase)])
        if meanings or said not in known.quiet:
            literal = stem(whole[at]) if len(phrase) == 1 else "=" + "_".join(phrase)
            weights = {f"~{meaning}": 1.0 for meaning in meanings} | {literal: LITERAL if meanings else 1.0}
            found.append(Asked(said, tuple(weights.items())))
        at += len(phrase)
    unique = list({one.words: one for one in found}.values())
    return unique or [Asked(word, ((stem(word), 1.0),)) for word in dict.fromkeys(whole)]


def _meaning(table: dict[str, list[tuple[Phrase, str]]], words: Sequence[str], at: int) -> tuple[Phrase, list[str]]:
    fitting = [(p, m) for p, m in table.get(words[at], ()) if tuple(words[at : at + len(p)]) == p]
    if not fitting:
        return (words[at],), []
    longest = fitting[0][0]
    return longest, sorted({meaning for phrase, meaning in fitting if phrase == longest})


def corrected(question: str, better: Mapping[str, str]) -> str:
    """The question with some of its words replaced, the others as typed."""
    return WORD.sub(lambda word: better.get(_bare(fold(word[0])), word[0]), question)


@cache
def facet_terms(group: str, value: str) -> frozenset[str]:
    """Terms of a facet's labels in both languages, and of its own code: a question's words are looked up in them."""
    labels = (label(group, value, "en"), label(group, value, "es"), value.replace("_", " "))
    return frozenset(term for text in labels for term in terms(text))


@cache
def facet_words(group: str, value: str) -> frozenset[str]:
    return frozenset(word for language in ("en", "es") for word in split(label(group, value, language)))


@cache
def thesaurus() -> Thesaurus:
    data = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    listed, in_questions = _table(data["same"]), _table(data["asked"])
    for first, phrases in listed.items():
        both = in_questions.get(first, []) + phrases
        in_questions[first] = sorted(both, key=lambda one: (-len(one[0]), one))
    return Thesaurus(listed, in_questions, frozenset(split(data["quiet"])))


def _table(meanings: dict[str, list[str]]) -> dict[str, list[tuple[Phrase, str]]]:
    table: dict[str, set[tuple[Phrase, str]]] = {}
    for meaning, says in meanings.items():
        for said in says:
            phrase = tuple(singular(word) for word in split(said))
            table.setdefault(phrase[0], set()).add((phrase, meaning))
    return {first: sorted(phrases, key=lambda one: (-len(one[0]), one)) for first, phrases in table.items()}


@cache
def stamp() -> str:
    """Changes whenever listings would get other terms: an index with another stamp is made anew."""
    return sha256(VERSION.encode() + WORDS.read_bytes()).hexdigest()[:16]
