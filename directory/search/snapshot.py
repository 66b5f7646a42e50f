"""One committed state of the index, never changed: its table, and what the words of a question mean in it."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import log
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from directory.search.columns import NOBODY, Bits, Columns, Mask, Table, joined, packed, unpacked
from directory.search.segment import INDEX, WORDS, Part, Postings, Segment, schema
from directory.search.text import (
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

REMEMBERED = 256 * 2**20  # bytes of words asked lately that are kept ready
SMALL = 1000  # bytes a word costs besides its postings
CORRECTIONS = 1000
PREFIX = 0.5  # what a word counts that only begins as asked
NO_COLUMNS = Columns(
    ids=np.zeros(0, np.int64), x=np.zeros(0), y=np.zeros(0), z=np.zeros(0), main=np.zeros(0, np.int16),
    fresh=np.zeros(0, np.int32), fade=np.zeros(0, np.float32), bits=np.zeros((0, 0), np.uint64),
    time_rows=np.zeros(0, np.uint32),
    starts=np.zeros(0, np.int16), lengths=np.zeros(0, np.int16), zones=np.zeros(0, np.int16),
    weeks=np.zeros(0, np.uint8), every=np.zeros(0, np.uint8), since=np.zeros(0, np.int32), until=np.zeros(0, np.int32),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One word asked, as found here: a row has it that is in one of the postings or has one of the codes."""

    postings: tuple[tuple[Postings, float], ...]  # and how much each counts
    codes: tuple[tuple[int, float], ...]
    known: int  # live rows of its terms and codes, each counted by itself
    rare: float  # its share in the score: BM25's idf

    @property
    def size(self) -> int:
        return SMALL + sum(docs.nbytes + says.nbytes for (docs, says), _ in self.postings if docs.base is None)


@dataclass
class Snapshot:
    key: tuple[str, int]  # folder and generation
    table: Table
    watermark: int = 0
    segments: tuple[Segment, ...] = ()
    parts: Mapping[str, Part] = field(default_factory=dict)  # by segment
    reader: Any = None  # Whoosh's, over all segments; None when nothing was ever committed or can be read
    lock: Lock = field(default_factory=Lock)  # of all states: Whoosh's readers are used by one thread at a time
    words: OrderedDict[Asked | str, Word] = field(default_factory=OrderedDict)
    together: dict[tuple[str, ...], bool] = field(default_factory=dict)
    corrections: dict[str, str] = field(default_factory=dict)

    def split(self, rows: Mask) -> Iterator[tuple[Segment, Mask]]:
        """Each segment with its share of the rows."""
        first = 0
        for segment in self.segments:
            yield segment, rows[first : first + segment.doc_count_all()]
            first += segment.doc_count_all()

    def question(self, words: str) -> "Question":
        wanted = asked(words)
        if not wanted or self.reader is None:
            return Question(self, words, wanted, [Word((), (), 0, 0.0) for _ in wanted])
        with self.lock:
            found = [self._word(one) for one in wanted]
            if not found[-1].known and wanted[-1].plain and len(wanted[-1].words) >= SHORTEST_PREFIX:
                found[-1] = self._beginning(wanted[-1].words)
        return Question(self, words, wanted, found)

    def served(self, term: str) -> Postings:
        """Rows that serve an area."""
        with self.lock:
            return self._remembered(term, lambda: self._made([(term, 1.0)], {})).postings[0][0]

    def _word(self, one: Asked) -> Word:
        return self._remembered(one, lambda: self._made(one.terms, self._labelled(one.terms)))

    def _beginning(self, word: str) -> Word:
        """What the words beginning with it find, by their stems and in labels."""

        def look() -> Word:
            stems = {stem(found.decode()) for found in self.reader.expand_prefix(WORDS, word)}
            codes = {
                code: PREFIX
                for group, value, code in self._values()
                if any(said.startswith(word) for said in facet_words(group, value))
            }
            return self._made([(term, PREFIX) for term in sorted(stems)], codes)

        return self._remembered(f"{word}*", look)

    def _made(self, terms: Iterable[tuple[str, float]], codes: Mapping[int, float]) -> Word:
        postings = tuple((self._postings(term), weight) for term, weight in terms)
        table = self.table
        known = sum(len(docs) if table.whole else int(table.alive[docs].sum()) for (docs, _), _ in postings)
        known += sum(int(table.totals[code]) for code in codes)
        return Word(postings, tuple(codes.items()), known, log(1 + table.count / (1 + known)))

    def _postings(self, term: str) -> Postings:
        parts = list(self.parts.values())
        if len(parts) == 1:
            return parts[0].postings(term)
        found, first = [], 0
        for part in parts:
            docs, says = part.postings(term)
            if len(docs):
                found.append((docs + np.uint32(first), says))
            first += len(part.columns)
        if not found:
            return np.zeros(0, np.uint32), np.zeros(0, np.uint8)
        return np.concatenate([docs for docs, _ in found]), np.concatenate([says for _, says in found])

    def _values(self) -> Iterator[tuple[str, str, int]]:
        for group, values in self.table.groups.items():
            yield from ((group, value, code) for value, code in values)

    def _labelled(self, wanted: Iterable[tuple[str, float]]) -> dict[int, float]:
        """Kinds and facet values whose labels have one of the terms, and how much that counts."""
        found = {}
        for group, value, code in self._values():
            said = facet_terms(group, value)
            weight = sum(weight for term, weight in wanted if term in said)
            if weight:
                found[code] = LABEL * weight
        return found

    def _remembered(self, key: Asked | str, look: Callable[[], Word]) -> Word:
        if key in self.words:
            self.words.move_to_end(key)
            return self.words[key]
        found = self.words[key] = look()
        kept = sum(word.size for word in self.words.values())
        while kept > REMEMBERED and len(self.words) > 1:
            kept -= self.words.popitem(last=False)[1].size
        return found

    def meant(self, word: str) -> str:
        """The word as it may have been meant; "" when nothing is near."""
        with self.lock:
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
        corrector = self.reader.corrector(WORDS)
        labels = {said for group, value, _ in self._values() for said in facet_words(group, value)}
        for off in (1, 2) if len(word) > 5 else (1,):
            close = {said for said in labels if said[0] == word[0] and OSA.distance(word, said) <= off}
            close |= {str(said) for said in corrector.suggest(word, limit=10, maxdist=off, prefix=1)}
            counted = [(self._word(Asked(said, ((stem(said), 1.0),))).known, said) for said in sorted(close)]
            best = max(counted, key=lambda one: one[0], default=(0, ""))
            if best[0]:
                return best[1]
        return ""


@dataclass(frozen=True, slots=True)
class Question:
    """The words of a question, found in one snapshot."""

    snapshot: Snapshot
    typed: str
    asked: list[Asked]
    words: list[Word]

    def all_somewhere(self) -> bool:
        """Whether any listing anywhere has all the words."""
        known = self.snapshot.together
        key = tuple(one.words for one in self.asked)
        if key not in known:
            if len(known) > CORRECTIONS:
                known.clear()
            known[key] = self._all_somewhere()
        return known[key]

    def _all_somewhere(self) -> bool:
        if not all(word.known for word in self.words):
            return False
        table = self.snapshot.table
        left: Bits = table.live
        for word in sorted(self.words, key=lambda word: word.known):
            having = unpacked(np.bitwise_or.reduce(table.columns.bits[:, [code for code, _ in word.codes]], axis=1))
            for (docs, _), _ in word.postings:
                having[docs] = True
            left = left & packed(having)
        return bool(left.any())

    def did_you_mean(self) -> str:
        if self.snapshot.reader is None:
            return ""
        missing = [one.words for one, word in zip(self.asked, self.words, strict=True) if not word.known and one.plain]
        better = {word: meant for word in missing if (meant := self.snapshot.meant(word))}
        return corrected(self.typed, better) if better else ""


def empty(key: tuple[str, int]) -> Snapshot:
    return Snapshot(key, Table(NO_COLUMNS, np.zeros(0, np.uint64)))


def read(folder: Path, key: tuple[str, int], before: Snapshot) -> Snapshot:
    """Open the index as it is now; segments that the state before it holds are not opened again."""
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import TOC
    from whoosh.reading import MultiReader

    storage = FileStorage(str(folder))
    toc = TOC.read(storage, INDEX, schema=schema())
    parts: dict[str, Part] = {}
    live: list[Mask] = []
    for segment in toc.segments:
        name = segment.segment_id()
        parts[name] = before.parts.get(name) or Part(storage, segment)
        live.append(parts[name].columns.ids != NOBODY)
        live[-1][list(segment.deleted_docs())] = False
    table = Table(joined([part.columns for part in parts.values()]), packed(np.concatenate(live)))
    table.prepare()
    made = Snapshot(
        key=(key[0], toc.generation),
        table=table,
        watermark=toc.segments[0].watermark,
        segments=tuple(toc.segments),
        parts=parts,
        reader=MultiReader([part.reader for part in parts.values()], generation=toc.generation),
        lock=before.lock,
    )
    made.question("zz")  # labels and synonyms are read now, not when the first person asks
    made.words.clear()
    return made
