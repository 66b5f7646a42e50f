"""A slow, obviously right reading of directory/search/query.py: one listing at a time, plain Python, no arrays.

It shares with the engine how words become terms (text.py) and the stated weights; everything else is done again here.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from math import inf, log

from geopy.distance import great_circle

from directory.schedule import meets_within, next_occurrence
from directory.search import order
from directory.search.query import Document, SearchQuery
from directory.search.snapshot import PREFIX
from directory.search.text import (
    LABEL,
    SHORTEST_PREFIX,
    STEPS,
    Asked,
    asked,
    facet_terms,
    facet_words,
    impacts,
    stem,
    weights,
)

Value = tuple[str, str]  # a facet group and a value; "kind" is a group
Word = tuple[list[tuple[str, float]], dict[Value, float]]  # terms and values that have it, and how much each counts


@dataclass(frozen=True)
class Expected:
    inside: set[int]
    outside: set[int]
    facets: dict[str, dict[str, int]]
    scores: dict[int, float]
    keys: dict[int, tuple[float, float]]  # what listings are sorted by, before their ids


class Reference:
    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = {one.id: one for one in documents}
        self.terms = {one.id: _impacts(one) for one in self.documents.values()}
        self.whole = {word for one in self.documents.values() for word in weights(one)[1]}
        self.values = {value for one in self.documents.values() for value in _values(one)}

    def expected(self, query: SearchQuery) -> Expected:
        text = self._text(query.words)
        met = [one for one in self.documents.values() if one.id in text and _meets(one, query)]
        inside = [one for one in met if _inside(one, query)]
        outside = [one for one in met if one not in inside and _served(one, query)]
        facets = {}
        for group in {group for group, _ in self.values}:
            fitting = [one for one in inside if _fits(one, query, lifted=group)]
            facets[group] = dict(Counter(value for one in fitting for name, value in _values(one) if name == group))
        newest = max((one.fresh_on for one in self.documents.values()), default=0)
        found = [[one for one in part if _fits(one, query)] for part in (inside, outside)]
        scores = {one.id: _score(one, query, text[one.id], newest) for part in found for one in part}
        return Expected(
            {one.id for one in found[0]},
            {one.id for one in found[1]},
            {group: counts for group, counts in facets.items() if counts},
            scores,
            {one.id: (_key(one, query, scores[one.id]), -scores[one.id]) for part in found for one in part},
        )

    def _text(self, words: str) -> dict[int, float]:
        """How well each listing that has the words says them."""
        wanted, asked_for = [self._word(one) for one in asked(words)], asked(words)
        if not wanted:
            return dict.fromkeys(self.documents, 0.0)
        last = asked_for[-1]
        if not self._known(wanted[-1]) and last.plain and len(last.words) >= SHORTEST_PREFIX:
            wanted[-1] = self._beginning(last.words)
        having = [{id for id in self.documents if self._says(id, word) > 0} for word in wanted]
        every = set.intersection(*having)
        rare = [log(1 + len(self.documents) / (1 + self._known(word))) for word in wanted]
        found = {}
        for id in every or set.union(*having):
            score = sum(self._says(id, word) * r for word, r in zip(wanted, rare, strict=True)) / (sum(rare) or 1)
            found[id] = score * sum(id in part for part in having) / len(wanted)
        return found

    def _word(self, one: Asked) -> Word:
        codes = {value: LABEL * sum(w for term, w in one.terms if term in facet_terms(*value)) for value in self.values}
        return list(one.terms), {value: weight for value, weight in codes.items() if weight}

    def _beginning(self, word: str) -> Word:
        stems = {stem(whole) for whole in self.whole if whole.startswith(word)}
        codes = [value for value in self.values if any(said.startswith(word) for said in facet_words(*value))]
        return [(one, PREFIX) for one in stems], dict.fromkeys(codes, PREFIX)

    def _known(self, word: Word) -> int:
        """Listings of each term and of each value, added up."""
        terms = sum(term in said for term, _ in word[0] for said in self.terms.values())
        return terms + sum(value in _values(one) for value in word[1] for one in self.documents.values())

    def _says(self, id: int, word: Word) -> float:
        label = max((weight for value, weight in word[1].items() if value in _values(self.documents[id])), default=0.0)
        return min(1.0, label + sum(weight * self.terms[id].get(term, 0.0) for term, weight in word[0]))


def _impacts(one: Document) -> dict[str, float]:
    return {term: int(impacts(weight)) / STEPS for term, weight in weights(one)[0].items()}


def _values(one: Document) -> set[Value]:
    kinds = {("kind", kind.value) for kind in one.kinds}
    return kinds | {(group, value) for group, values in one.facets.items() for value in values}


def _meets(one: Document, query: SearchQuery) -> bool:
    window = query.window
    return not window or any(meets_within(time, window.weekday, window.start, window.end) for time in one.times)


def _fits(one: Document, query: SearchQuery, lifted: str = "") -> bool:
    wanted = {**query.facets, "kind": tuple(kind.value for kind in query.kinds)}
    return all(
        not values or group == lifted or any((group, value) in _values(one) for value in values)
        for group, values in wanted.items()
    )


def _miles(one: Document, query: SearchQuery) -> float:
    """inf without a place."""
    if query.near is None or one.lat is None:
        return inf
    return float(great_circle((query.near.lat, query.near.lon), (one.lat, one.lon)).miles)


def _inside(one: Document, query: SearchQuery) -> bool:
    return query.near is None or (not one.anywhere and _miles(one, query) <= min(query.radius, 99_999))


def _served(one: Document, query: SearchQuery) -> bool:
    assert query.near is not None
    county = f"{query.near.state}:{query.near.county.removesuffix(' County')}"
    return one.anywhere or one.nationwide or query.near.state in one.states or county in one.counties


def _score(one: Document, query: SearchQuery, text: float, newest: int) -> float:
    today = query.now.timestamp() // 86400 if query.now else newest
    miles = _miles(one, query)
    near = 1 / (1 + miles / order.HALF_WAY)
    fresh = 2 ** -(max(today - one.fresh_on, 0) * one.fade) if one.fresh_on else 0
    main = bool(one.kinds) and one.kinds[0] in query.kinds
    return order.WORDS * text + order.NEARNESS * near + order.FRESHNESS * fresh + order.MAIN_KIND * main


def _key(one: Document, query: SearchQuery, score: float) -> float:
    if query.sort == "near" and query.near:
        return _miles(one, query)
    if query.sort == "soon" and query.now:
        coming = next_occurrence(one.times, query.now)
        return (coming.start.astimezone(UTC) - query.now).total_seconds() / 60 if coming else inf
    return -score
