"""The embedded engine: terms in a Whoosh index, one word of a question at a time; everything else in columns.

On disk: `current` names the folder of the index in use, so that a rebuild is one rename. A commit of Whoosh is one
rename too, and holds the listings and the watermark together. A process killed at any moment leaves the last commit
in use.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import Any

import numpy as np

from directory.errors import NotAllowed
from directory.search.columns import Codebook, row_of
from directory.search.evaluate import answer
from directory.search.query import Answer, Document, SearchQuery
from directory.search.snapshot import MARK, Snapshot, empty, read
from directory.search.text import fields, lexicon, schema, stamp

WAIT = 60.0  # seconds a writer waits for another one
RETRIES = 20  # times the index may change under our eyes while we open it
NOWHERE = ("", -1)  # no folder, no generation


class WhooshEngine:
    def __init__(self, path: Path, wait: float = WAIT) -> None:
        self._root, self._wait = Path(path), wait
        self._root.mkdir(parents=True, exist_ok=True)
        self._book, self._refreshing = Codebook(), Lock()
        self._now = empty(NOWHERE, self._book)

    # Asking

    def search(self, query: SearchQuery) -> Answer:
        snapshot = self._snapshot()
        words, did_you_mean = snapshot.words(query.words)
        return answer(snapshot.table, words, query, did_you_mean)

    def watermark(self) -> int:
        return self._snapshot().watermark

    def count(self) -> int:
        return int(self._snapshot().table.live.sum())

    def ids(self) -> set[int]:
        table = self._snapshot().table
        return set(table.columns.ids[table.live].tolist())

    def close(self) -> None:
        before, self._now = self._now, empty(NOWHERE, self._book)
        before.close()

    # Writing

    def write(self, documents: Iterable[Document], removed: Iterable[int], watermark: int) -> None:
        given = {document.id: document for document in documents}
        with self._alone():
            snapshot = self._snapshot()
            if snapshot.searcher is None:  # nothing there to add to
                return self._rebuild(given.values(), watermark)
            columns, touched = snapshot.table.columns, [*given, *removed]
            gone = np.flatnonzero(np.isin(columns.ids, touched) & snapshot.table.live)
            _commit(self._open(snapshot.key[0]), gone.tolist(), given.values(), snapshot.key[1] + 1, watermark)
            self._sweep(snapshot.key[0])

    def rebuild(self, documents: Iterable[Document], watermark: int) -> None:
        given = {document.id: document for document in documents}
        with self._alone():
            self._rebuild(given.values(), watermark)

    def _rebuild(self, documents: Iterable[Document], watermark: int) -> None:
        from whoosh.filedb.filestore import FileStorage
        from whoosh.index import FileIndex

        folder = f"{stamp()}-{token_hex(4)}"
        (self._root / folder).mkdir()
        index = FileIndex.create(FileStorage(str(self._root / folder)), schema())
        _commit(index, (), documents, 1, watermark)
        with (self._root / "next").open("w") as pointer:
            pointer.write(folder)
            pointer.flush()
            os.fsync(pointer.fileno())
        (self._root / "next").replace(self._root / "current")
        self._sweep(folder)

    def _sweep(self, current: str) -> None:
        """Remove what is no longer in use; who still reads it keeps its open files."""
        for folder in self._root.iterdir():
            if folder.is_dir() and folder.name != current:
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """The one writer, across processes; the system frees the lock of a process that dies."""
        from whoosh.util.filelock import FileLock, try_for

        lock = FileLock(str(self._root / "write.lock"))
        if not try_for(lock.acquire, timeout=self._wait, delay=0.05):
            raise NotAllowed("Another import is writing the search index. Wait until it ends, then try again.")
        try:
            yield
        finally:
            lock.release()

    # Keeping up with what was committed, here or by another process

    def _snapshot(self) -> Snapshot:
        if self._state() != self._now.key:
            with self._refreshing:
                for _ in range(RETRIES):
                    key = self._state()
                    if key == self._now.key or self._refreshed(key):
                        break
        return self._now

    def _refreshed(self, key: tuple[str, int]) -> bool:
        try:
            self._now = read(self._open(key[0]), key, self._book, self._now.parts) if key[0] else empty(key, self._book)
        except Exception:  # whatever a damaged file makes Whoosh raise
            if key != self._state():
                return False  # somebody committed while we were opening: look again
            self._now = empty(key, self._book)  # it will be made anew from the database
        return True

    def _state(self) -> tuple[str, int]:
        """The folder in use and its latest commit; one with terms of another making counts as none."""
        from whoosh.index import TOC

        try:
            folder = (self._root / "current").read_text()
            if not folder.startswith(f"{stamp()}-"):
                return NOWHERE
            return folder, TOC._latest_generation(os.listdir(self._root / folder), "MAIN")
        except (OSError, ValueError):
            return NOWHERE

    def _open(self, folder: str) -> Any:
        from whoosh.filedb.filestore import FileStorage
        from whoosh.index import FileIndex

        return FileIndex(FileStorage(str(self._root / folder)), schema())


def _commit(index: Any, gone: Iterable[int], documents: Iterable[Document], number: int, watermark: int) -> None:
    """Listings, and one more document that ends the commit: its number, the watermark, and all words there were."""
    writer = index.writer(limitmb=256)
    try:
        for row in gone:
            writer.delete_document(row)
        words: set[str] = set()
        for document in documents:
            writer.add_document(**fields(document), row=row_of(document))
            words |= lexicon(document)
        writer.add_document(row=(MARK, number, watermark), plain=sorted(words))
        writer.commit()
    except BaseException:
        with suppress(Exception):  # what broke is told, not that tidying up broke too
            writer.cancel()
        raise
