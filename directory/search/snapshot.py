"""One committed state of a Whoosh index, never changed: its columns, and which listings have a word."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import log
from threading import Lock
from typing import Any

import numpy as np

from directory.search.columns import NOBODY, Codebook, Columns, Floats, Ints, columns, joined
from directory.search.evaluate import Scored, Table
from directory.search.text import (
    FIELDS,
    LABEL,
    SHORTEST_CORRECTED,
    SHORTEST_PREFIX,
    Asked,
    asked,
    corrected,
    facet_terms,
    facet_words,
    stem,
)

REMEMBERED = 4_000_000  # rows (16 bytes each) of words asked lately that are kept ready
CORRECTIONS = 1000  # the same for misspelt words
PREFIX = 0.5  # what a word counts that only begins as asked
MARK = "watermark"  # begins the stored row that is no listing

Found = tuple[Ints, Floats]  # rows that have a word, and how well
Part = tuple[Columns, tuple[int, int]]  # a segment's columns; its latest commit and that one's watermark


@dataclass
class Snapshot:
    key: tuple[str, int]  # folder and generation
    table: Table
    searcher: Any = None  # None: nothing was ever committed, or it cannot be read
    watermark: int = 0
    parts: Mapping[str, Part] = field(default_factory=dict)  # by segment
    lock: Lock = field(default_factory=Lock)  # Whoosh's readers are used by one thread at a time
    known: OrderedDict[Asked | str, Found] = field(default_factory=OrderedDict)
    corrections: dict[str, str] = field(default_factory=dict)

    def close(self) -> None:
        with self.lock:
            if self.searcher and not self.searcher.is_closed:
                self.searcher.close()

    def words(self, question: str) -> tuple[Scored | None, str]:
        """Which listings have the words (None: no words asked), and the question as it may have been meant."""
        wanted = asked(question)
        if not wanted:
            return None, ""
        size = len(self.table.columns)
        if self.searcher is None or not size:
            return Scored(np.zeros(size, np.bool_), np.zeros(size)), ""
        with self.lock:
            found = [self._having(one) for one in wanted]
            if not len(found[-1][0]) and wanted[-1].plain and len(wanted[-1].words) >= SHORTEST_PREFIX:
                found[-1] = self._beginning(wanted[-1].words)
            missing = [one.words for one, (rows, _) in zip(wanted, found, strict=True) if not len(rows) and one.plain]
            meant = {word: better for word in missing if (better := self._meant(word))}
        return _together(found, size), corrected(question, meant) if meant else ""

    def _having(self, one: Asked) -> Found:
        return self._remembered(one, lambda: self._found(one.terms, self._labelled(one.terms)))

    def _beginning(self, word: str) -> Found:
        """What the words beginning with it find, by their stems and in labels."""

        def look() -> Found:
            stems = {stem(found.decode()) for found in self.searcher.reader().expand_prefix("plain", word)}
            codes = {
                code: PREFIX
                for group, value, code in self._values()
                if any(said.startswith(word) for said in facet_words(group, value))
            }
            return self._found(tuple((term, PREFIX) for term in sorted(stems)), codes)

        return self._remembered(word, look)

    def _values(self) -> Iterator[tuple[str, str, int]]:
        for group, values in list(self.table.book.groups.items()):
            if not group.startswith("@"):
                yield from ((group, value, code) for value, code in values)

    def _labelled(self, wanted: Iterable[tuple[str, float]]) -> dict[int, float]:
        """Kinds and facet values whose labels have one of the terms, and how much that counts."""
        found = {}
        for group, value, code in self._values():
            said = facet_terms(group, value)
            weight = sum(weight for term, weight in wanted if term in said)
            if weight:
                found[code] = weight
        return found

    def _found(self, wanted: Iterable[tuple[str, float]], codes: Mapping[int, float]) -> Found:
        """Rows with any of the terms in their text or any of the codes; the weights of both add up."""
        from whoosh.query import Or, Term

        fields = [Term(name, term, boost=weight * w) for term, w in wanted for name, weight in FIELDS.items()]
        scores = np.zeros(len(self.table.columns))
        rows, texts = self._run(Or(fields))
        scores[rows] = texts
        columns, labels = self.table.columns, np.zeros(len(scores))
        for code, weight in codes.items():
            having = columns.code_rows[columns.codes == code]
            labels[having] = np.maximum(labels[having], weight)
        labels[~self.table.live] = 0
        rare = log(len(scores) / (np.count_nonzero(labels) + 1)) + 1  # as Whoosh weighs a term
        scores += LABEL * rare * labels
        found = np.flatnonzero(scores)
        return found, scores[found]

    def _remembered(self, key: Asked | str, look: Callable[[], Found]) -> Found:
        if key not in self.known:
            found = self.known[key] = look()
            kept = sum(len(rows) for rows, _ in self.known.values())
            while kept > REMEMBERED and len(self.known) > 1:
                _, (rows, _) = self.known.popitem(last=False)
                kept -= len(rows)
            return found
        self.known.move_to_end(key)
        return self.known[key]

    def _run(self, query: Any) -> Found:
        rows: list[int] = []
        scores: list[float] = []
        context = self.searcher.context()
        for leaf, offset in self.searcher.leaf_searchers():
            matcher = query.matcher(leaf, context)
            while matcher.is_active():
                rows.append(matcher.id() + offset)
                scores.append(matcher.score())
                matcher.next()
        found = np.array(rows, dtype=np.int64)
        alive = self.table.live[found]
        return found[alive], np.array(scores, dtype=np.float64)[alive]

    def _meant(self, word: str) -> str:
        if word not in self.corrections:
            if len(self.corrections) > CORRECTIONS:
                self.corrections.clear()
            self.corrections[word] = self._better(word)
        return self.corrections[word]

    def _better(self, word: str) -> str:
        """The word one letter away, else two, that most listings have; those of removed listings do not count."""
        from rapidfuzz.distance import OSA

        if len(word) < SHORTEST_CORRECTED or not word.isalpha():
            return ""
        corrector = self.searcher.corrector("plain")
        labels = {said for group, value, _ in self._values() for said in facet_words(group, value)}
        for off in (1, 2) if len(word) > 5 else (1,):
            close = {said for said in labels if said[0] == word[0] and OSA.distance(word, said) <= off}
            close |= {str(said) for said in corrector.suggest(word, limit=10, maxdist=off, prefix=1)}
            counted = [(len(self._having(Asked(said, ((stem(said), 1.0),)))[0]), said) for said in sorted(close)]
            best = max(counted, key=lambda one: one[0], default=(0, ""))
            if best[0]:
                return best[1]
        return ""


def empty(key: tuple[str, int], book: Codebook) -> Snapshot:
    return Snapshot(key, Table(columns([], book), np.zeros(0, np.bool_), book))


def read(index: Any, key: tuple[str, int], book: Codebook, before: Mapping[str, Part]) -> Snapshot:
    """Open the index as it is now; segments that `before` holds are not read again."""
    from whoosh.scoring import BM25F
    from whoosh.searching import Searcher

    reader = index.reader()
    parts: dict[str, Part] = {}
    alive = []
    for leaf, _ in reader.leaf_readers():
        segment = leaf.segment()
        part = parts[segment.segment_id()] = before.get(segment.segment_id()) or _part(leaf, book)
        live = part[0].ids != NOBODY
        live[list(segment.deleted_docs())] = False
        alive.append(live)
    return Snapshot(
        key=(key[0], reader.generation()),
        table=Table(joined([part for part, _ in parts.values()]), np.concatenate(alive), book),
        searcher=Searcher(reader, weighting=BM25F(city_B=0.0), fromindex=index),
        watermark=max(commit for _, commit in parts.values())[1],
        parts=parts,
    )


def _part(leaf: Any, book: Codebook) -> Part:
    rows = [leaf.stored_fields(number)["row"] for number in range(leaf.doc_count_all())]
    commits = [(row[1], row[2]) for row in rows if row[0] == MARK]
    return columns([None if row[0] == MARK else row for row in rows], book), max(commits, default=(0, 0))


def _together(found: list[Found], size: int) -> Scored:
    """Rows with all the words; when there are none, rows with any, those with more of them first."""
    counts, scores = np.zeros(size, np.int64), np.zeros(size)
    for rows, values in found:
        counts[rows] += 1
        scores[rows] += values
    mask = counts == len(found)
    if not mask.any():
        mask = counts > 0
    scores *= counts / len(found)
    best = scores[mask].max(initial=0.0)
    return Scored(mask, scores / best if best > 0 else scores)
