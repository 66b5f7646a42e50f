"""nDCG@10 of two paths over the same questions: all words as words, and the words understood."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from directory.search.ask import ask
from directory.search.find import find
from directory.search.query import Answer, Document, Engine, SearchQuery
from tests.relevance.corpus import NOW
from tests.relevance.judged import Judged, place_of

CUT = 10


@dataclass(frozen=True)
class Measured:
    judged: Judged
    plain: float
    product: float
    lacks_must: bool


def order(answer: Answer) -> list[int]:
    """As a page shows them: those inside the radius, then those from anywhere."""
    return [match.id for match in (*answer.matches, *answer.beyond)][:CUT]


def plain(engine: Engine, judged: Judged) -> list[int]:
    """Only words; the place is given even where it was said among the words."""
    return order(find(engine, SearchQuery(judged.words, judged.near, now=NOW, limit=CUT)).answer)


def product(engine: Engine, judged: Judged) -> list[int]:
    query = SearchQuery(judged.words, place_of(judged.place), now=NOW, limit=CUT)
    told = ask(engine, query)
    return [match.id for match in (*told.matches, *told.found.answer.beyond)][:CUT]


def ndcg(grades: Sequence[int], best: Sequence[int]) -> float:
    ideal = _gain(sorted(best, reverse=True)[:CUT])
    return _gain(grades[:CUT]) / ideal if ideal else 1.0


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))


def measure(engine: Engine, documents: Sequence[Document], judged: Judged) -> Measured:
    grades = {one.id: judged.grade(one) for one in documents}
    best = list(grades.values())
    shown = product(engine, judged)
    musts = {one.id for one in documents if judged.must(one)}
    return Measured(
        judged,
        ndcg([grades[i] for i in plain(engine, judged)], best),
        ndcg([grades[i] for i in shown], best),
        bool(musts) and not musts & set(shown),
    )


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
