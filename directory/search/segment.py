"""One segment of the index on disk: Whoosh's terms and table of contents, our arrays for postings and columns.

A term's postings are a slice of two arrays, `docs` (rows, ascending) and `impacts` (what the term says there): nothing
is decoded, a search reads the slice where it lies. Whoosh's own searcher can read them too.
"""

import json
from copy import copy
from pathlib import Path
from typing import Any
from weakref import finalize

import numpy as np
from numpy.typing import NDArray
from whoosh.analysis import IDAnalyzer
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3Segment, W3TermInfo
from whoosh.fields import KEYWORD, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.matching import ListMatcher, NullMatcher
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.system import pack_ushort

from directory.gazetteer import county_name
from directory.search.columns import (
    ARRAYS,
    Columns,
    Ints,
)

INDEX = "MAIN"
TERMS, WORDS = "text", "plain"  # fields: terms and areas served; whole words, for prefixes and spelling

Postings = tuple[NDArray[np.uint32], NDArray[np.uint8]]


def area(state: str, county: str = "") -> str:
    """The hidden term of an area served: "@OH", "@OH:franklin", the county with "County" or without."""
    return f"@{state.upper()}:{county_name(county)}" if county else f"@{state.upper()}"


def schema() -> Schema:
    """Terms are made in text.py; Whoosh only keeps them."""
    return Schema(**{TERMS: TEXT(analyzer=IDAnalyzer(), phrase=False), WORDS: KEYWORD()})


class Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's own, but a term's extent is a slice of the arrays."""

    def terms_reader(self, storage: Any, segment: Any) -> Any:
        reader = super().terms_reader(storage, segment)
        reader._postfile.stem = Path(storage.folder) / segment.segment_id()  # handed on below
        return reader

    def postings_reader(self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None) -> Any:
        first, length = terminfo.extent()[0], terminfo.doc_frequency()
        docs, says = (array_of(dbfile.stem, name)[first : first + length].tolist() for name in ("docs", "impacts"))
        return ListMatcher(docs, says, term=term, scorer=scorer, terminfo=terminfo) if docs else NullMatcher()


class Segment(W3Segment):  # type: ignore[misc]
    """What the table of contents keeps of one segment."""

    def __init__(self, rows: int) -> None:
        super().__init__(Codec(), INDEX, doccount=rows)
        self._fieldlengths: dict[str, int] = {}
        self.watermark = 0

    def without(self, rows: Ints) -> "Segment":
        """The same with just these rows removed."""
        other = copy(self)
        other._deleted = set(rows.tolist())
        return other


class Part:
    """A segment opened: immutable, read from the disk where it is looked at."""

    def __init__(self, storage: Any, segment: Segment) -> None:
        stem = Path(storage.folder) / segment.segment_id()
        names = json.loads(stem.with_suffix(".names.json").read_text())
        arrays = {name: array_of(stem, name) for name in ARRAYS}
        self.columns = Columns(**arrays, codes=tuple(names["codes"]), zone_names=tuple(names["zones"]))
        self.docs, self.says = array_of(stem, "docs"), array_of(stem, "impacts")
        self.reader = SegmentReader(storage, schema(), segment)
        finalize(self, self.reader.close)

    def postings(self, term: str) -> Postings:
        """Rows that have the term, also removed ones, and what it says there; Whoosh's reader is for one thread."""
        try:
            info = self.reader.term_info(TERMS, term)
        except TermNotFound:
            return self.docs[:0], self.says[:0]
        first, length = info.extent()[0], info.doc_frequency()
        return self.docs[first : first + length], self.says[first : first + length]

    def lexicon(self, name: str) -> list[str]:
        return [term.decode() for term in self.reader.lexicon(name)]


def opened(folder: Path, segment: Segment) -> Part:
    return Part(FileStorage(str(folder)), segment)


def array_of(stem: Path, name: str) -> Any:
    return np.load(stem.with_suffix(f".{name}.npy"), mmap_mode="r", allow_pickle=False).view(np.ndarray)


def write_terms(storage: Any, segment: Segment, fields: dict[str, dict[str, tuple[int, int]]]) -> None:
    """Whoosh's sorted table of terms, each with its extent in the arrays."""
    writer = W3FieldWriter(segment.codec(), storage, segment)
    for number, (name, extents) in enumerate(fields.items()):
        writer.start_field(name, schema()[name])
        for text, term in sorted((term.encode(), term) for term in extents):
            first, length = extents[term]
            info = W3TermInfo()
            info._weight, info._df = float(length), length
            info.set_extent(first, length)
            writer._tindex.add(pack_ushort(number) + text, info.to_bytes())
        writer.finish_field()
    writer.close()
