"""Making one segment of the index from listings, or from the live rows of other segments."""

import json
from array import array
from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from directory.schedule import DAY
from directory.search.columns import (
    AFAR,
    ANYWHERE,
    BLOCK,
    FOREVER,
    NOBODY,
    NOWHERE,
    OF_ROWS,
    Mask,
    by_place,
    length_of,
    packed,
    point,
)
from directory.search.query import Document
from directory.search.segment import TERMS, WORDS, Part, Segment, area, write_terms
from directory.search.text import impacts, weights


class Builder:
    """Gathers the listings of one segment in any order; `write` puts them in the order of their place.

    Of two with one id the later counts. Postings are single numbers, sorted once: term, row and impact.
    """

    def __init__(self) -> None:
        self._terms: defaultdict[str, int] = defaultdict(count().__next__)
        self._codes: defaultdict[str, int] = defaultdict(count().__next__)
        self._zones: defaultdict[str, int] = defaultdict(count().__next__)
        self._words: set[str] = set()
        self._rows: dict[str, array[Any]] = {name: array(kind) for name, kind in zip(OF_ROWS, "qdddhif", strict=True)}
        self._times: dict[str, array[Any]] = {
            name: array(kind)
            for name, kind in (
                ("time_rows", "I"), ("starts", "h"), ("lengths", "h"), ("zones", "h"),
                ("weeks", "B"), ("every", "B"), ("since", "i"), ("until", "i"),
            )
        }  # fmt: skip
        self._coded = array("I"), array("H")  # rows and their codes
        self._posted: list[NDArray[np.uint64]] = []
        self._fresh = array("I"), array("I"), array("f")  # terms, rows, weights not yet packed

    def __len__(self) -> int:
        return len(self._rows["ids"])

    def add(self, document: Document) -> None:
        row = len(self)
        place = point(document.lat, document.lon)
        codes = [f"kind={kind.value}" for kind in document.kinds]
        main = self._codes[codes[0]] if codes else NOBODY
        codes += [f"{group}={value}" for group, said in document.facets.items() for value in said]
        codes += [ANYWHERE] * document.anywhere + [AFAR] * (document.anywhere or document.nationwide)
        for name, value in zip(OF_ROWS, (document.id, *place, main, document.fresh_on, document.fade), strict=True):
            self._rows[name].append(value)
        for code in dict.fromkeys(codes):
            self._coded[0].append(row)
            self._coded[1].append(self._codes[code])
        for time in document.times:
            self._add_time(row, time)
        said, words = weights(document)
        self._words |= words
        for state in document.states:
            said[area(state)] = 1.0
        for served in document.counties:
            said[area(*served.split(":", 1))] = 1.0
        known, (terms, rows, heavy) = self._terms, self._fresh
        terms.extend([known[term] for term in said])
        rows.extend([row] * len(said))
        heavy.extend(said.values())
        if len(terms) > 1_000_000:
            self._pack()

    def _add_time(self, row: int, time: Any) -> None:
        values = (
            row,
            time.weekday * DAY + time.start,
            length_of(time),
            self._zones[time.timezone] if time.timezone else NOWHERE,
            sum(1 << max(week, 0) for week in set(time.weeks)),
            time.every,
            time.valid_from.toordinal() if time.valid_from else 0,
            time.valid_to.toordinal() if time.valid_to else FOREVER,
        )
        for column, value in zip(self._times.values(), values, strict=True):
            column.append(value)

    def _pack(self) -> None:
        terms, rows, heavy = (np.asarray(part) for part in self._fresh)
        self._posted.append(_key(terms, rows, impacts(heavy)))
        self._fresh = array("I"), array("I"), array("f")

    def write(self, root: Path) -> Segment:
        """Files of a new segment; nobody knows them before the table of contents does."""
        from whoosh.filedb.filestore import FileStorage

        if self._fresh[0]:
            self._pack()
        rows = {name: np.asarray(part) for name, part in self._rows.items()}
        latest = np.sort(len(self) - 1 - np.unique(rows["ids"][::-1], return_index=True)[1])
        order = latest[np.argsort(by_place(*(rows[axis][latest] for axis in "xyz")), kind="stable")]
        rank = np.full(len(self), len(self), np.uint32)  # where each row goes; superseded ones behind all
        rank[order] = np.arange(len(order), dtype=np.uint32)
        blocks = -(-len(order) // BLOCK)
        size = blocks * BLOCK
        arrays: dict[str, Any] = {}
        for name, column in rows.items():
            arrays[name] = np.full(size, np.nan if name in "xyz" else NOBODY if name == "ids" else 0, column.dtype)
            arrays[name][: len(order)] = column[order]
        arrays["bits"] = self._bits(rank, len(order), size)
        arrays |= self._ordered_times(rank, len(order))
        segment = Segment(size)
        stem = root / segment.segment_id()
        for name, values in arrays.items():
            np.save(stem.with_suffix(f".{name}.npy"), values)
        names = {"codes": list(self._codes), "zones": list(self._zones)}
        stem.with_suffix(".names.json").write_text(json.dumps(names))
        extents = self._write_postings(stem, rank, len(order))
        write_terms(FileStorage(str(root)), segment, {TERMS: extents, WORDS: dict.fromkeys(self._words, (0, 0))})
        return segment

    def _bits(self, rank: NDArray[np.uint32], kept: int, size: int) -> Any:
        rows, codes = rank[np.asarray(self._coded[0])], np.asarray(self._coded[1])
        order = np.argsort(codes, kind="stable")
        rows, ends = rows[order], np.searchsorted(codes[order], np.arange(len(self._codes) + 1))
        bits = np.zeros((size // BLOCK, len(self._codes)), np.uint64)
        for code in range(len(self._codes)):
            mask = np.zeros(size + 1, np.bool_)
            having = rows[ends[code] : ends[code + 1]]
            mask[having[having < kept]] = True
            bits[:, code] = packed(mask[:size])
        return bits

    def _ordered_times(self, rank: NDArray[np.uint32], kept: int) -> dict[str, Any]:
        times = {name: np.asarray(part) for name, part in self._times.items()}
        rows = rank[times["time_rows"]]
        order = np.argsort(rows, kind="stable")
        order = order[rows[order] < kept]
        return {name: (rows if name == "time_rows" else values)[order] for name, values in times.items()}

    def _write_postings(self, stem: Path, rank: NDArray[np.uint32], kept: int) -> dict[str, tuple[int, int]]:
        """Where each term's postings lie."""
        for at, keys in enumerate(self._posted):
            rows = rank[(keys >> np.uint64(8)).astype(np.uint32)]
            moved = (keys & ~np.uint64(0xFFFFFFFF00)) | (rows.astype(np.uint64) << np.uint64(8))
            self._posted[at] = moved[rows < kept]
        keys = np.concatenate(self._posted) if self._posted else np.zeros(0, np.uint64)
        self._posted = []
        keys.sort()
        np.save(stem.with_suffix(".docs.npy"), (keys >> np.uint64(8)).astype(np.uint32))
        np.save(stem.with_suffix(".impacts.npy"), keys.astype(np.uint8))
        ends = np.searchsorted(keys, np.arange(len(self._terms) + 1, dtype=np.uint64) << np.uint64(40)).tolist()
        extents = ((term, (ends[number], ends[number + 1])) for term, number in self._terms.items())
        return {term: (first, last - first) for term, (first, last) in extents if last > first}

    def ids(self) -> Sequence[int]:
        return self._rows["ids"]

    def take(self, part: Part, live: Mask) -> None:
        """The live rows of a segment, without its documents: how segments are merged."""
        first, columns = len(self), part.columns
        alive = np.flatnonzero(live)
        rank = np.full(len(columns), -1, np.int64)
        rank[alive] = np.arange(first, first + len(alive))
        codes = np.array([self._codes[code] for code in columns.codes], np.int16)
        zones = np.array([*(self._zones[zone] for zone in columns.zone_names), NOWHERE], np.int16)
        for name, column in self._rows.items():
            values = getattr(columns, name)[alive]
            values = np.append(codes, np.int16(NOBODY))[values] if name == "main" else values
            column.frombytes(values.astype(column.typecode).tobytes())
        for code in range(len(codes)):
            having = np.flatnonzero(np.unpackbits(columns.bits[:, code].copy().view(np.uint8), bitorder="little"))
            having = rank[having][live[having]]
            self._coded[0].frombytes(having.astype(np.uint32).tobytes())
            self._coded[1].frombytes(np.full(len(having), codes[code], np.uint16).tobytes())
        kept = live[columns.time_rows]
        for name, column in self._times.items():
            values = getattr(columns, name)[kept]
            values = rank[values] if name == "time_rows" else zones[values] if name == "zones" else values
            column.frombytes(values.astype(column.typecode).tobytes())
        for term in part.lexicon(TERMS):
            docs, says = part.postings(term)
            there = live[docs]
            number = np.full(np.count_nonzero(there), self._terms[term], np.uint32)
            self._posted.append(_key(number, rank[docs[there]], says[there]))
        self._words.update(part.lexicon(WORDS))


def _key(terms: Any, rows: Any, says: Any) -> NDArray[np.uint64]:
    return np.asarray((terms.astype(np.uint64) << np.uint64(40)) | (rows.astype(np.uint64) << np.uint64(8)) | says)
