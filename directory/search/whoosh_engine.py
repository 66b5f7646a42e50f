"""The embedded engine: words in an index of Whoosh's, evaluated in arrays, and whatever keeps that index whole on disk.

On disk: `current` names the folder of the index in use, so that a rebuild is one rename. A commit is one rename too
(Whoosh's table of contents), and holds the listings and the watermark together. A process killed at any moment leaves
the last commit in use.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from secrets import token_hex
from threading import Lock
from time import time_ns

import numpy as np

from directory.errors import NotAllowed
from directory.search.builder import Builder
from directory.search.columns import unpacked
from directory.search.evaluate import answer
from directory.search.overview import overview
from directory.search.query import Ages, Answer, Document, Overview, SearchQuery
from directory.search.segment import INDEX, Segment, opened, schema
from directory.search.snapshot import Snapshot, empty, read
from directory.search.text import stamp

WAIT = 60.0  # seconds a writer waits for another one
RETRIES = 20  # times the index may change under our eyes while we open it
NOWHERE = ("", -1)  # no folder, no generation
SETTLED = 100_000_000  # nanoseconds: no file system counts time more coarsely, but for FAT
TIER = 4  # segments are merged when the larger holds less than this many times the smaller ones together


class WhooshEngine:
    def __init__(self, path: Path, wait: float = WAIT) -> None:
        self._root, self._wait = Path(path), wait
        self._root.mkdir(parents=True, exist_ok=True)
        self._refreshing = Lock()
        self._now = empty(NOWHERE)
        self._looked: tuple[int, ...] = ()  # the folders' dates when `_now` was known to be the latest

    # Asking

    def search(self, query: SearchQuery) -> Answer:
        return answer(self._snapshot(), query)

    def watermark(self) -> int:
        return self._snapshot().watermark

    def count(self) -> int:
        return self._snapshot().table.count

    def ids(self) -> set[int]:
        table = self._snapshot().table
        return set(table.columns.ids[table.alive].tolist())

    def overview(self, today: date) -> Overview:
        return overview(self._snapshot().table, today)

    def ages(self) -> Ages:
        table = self._snapshot().table
        rows, columns = np.flatnonzero(table.alive), table.columns
        x, y, z = (axis[rows] for axis in (columns.x, columns.y, columns.z))
        placed = ~np.isnan(z)
        across = np.floor(np.degrees(np.arctan2(np.where(placed, y, 0), np.where(placed, x, 1))) * 2) + 360
        up = np.floor(np.degrees(np.arcsin(np.where(placed, z, 0))) * 2) + 180
        return Ages(
            ids=columns.ids[rows],
            fresh_on=columns.fresh[rows],
            fade=columns.fade[rows],
            kinds=columns.main[rows],
            cells=np.where(placed, across * 361 + up, -1).astype(np.int64),
            kind_names=tuple(code.removeprefix("kind=") for code in columns.codes),
        )

    def close(self) -> None:
        self._now, self._looked = empty(NOWHERE), ()

    # Writing

    def write(self, documents: Iterable[Document], removed: Iterable[int], watermark: int) -> None:
        builder = Builder()
        for document in documents:
            builder.add(document)
        with self._alone():
            snapshot = self._snapshot()
            if snapshot.reader is None:  # nothing there to add to
                return self._replace(builder, watermark)
            self._add(snapshot, builder, {*builder.ids(), *removed}, watermark)

    def rebuild(self, documents: Iterable[Document], watermark: int) -> None:
        builder = Builder()
        for document in documents:
            builder.add(document)
        with self._alone():
            self._replace(builder, watermark)

    def _replace(self, builder: Builder, watermark: int) -> None:
        folder = f"{stamp()}-{token_hex(4)}"
        (self._root / folder).mkdir()
        _commit(self._root / folder, [builder.write(self._root / folder)], 1, watermark)
        with (self._root / "next").open("w") as pointer:
            pointer.write(folder)
            pointer.flush()
            os.fsync(pointer.fileno())
        (self._root / "next").replace(self._root / "current")
        self._sweep(folder)

    def _add(self, snapshot: Snapshot, builder: Builder, touched: set[int], watermark: int) -> None:
        """A segment of what is new, with small ones merged into it; what it replaces is marked in the others."""
        folder, ids, live = self._root / snapshot.key[0], snapshot.table.columns.ids, unpacked(snapshot.table.live)
        live &= ~np.isin(ids, np.fromiter(touched, np.int64))
        kept: list[Segment] = []
        for segment, alive in sorted(snapshot.split(live), key=lambda one: int(np.count_nonzero(one[1]))):
            if kept or np.count_nonzero(alive) > TIER * len(builder):
                kept.append(segment.without(np.flatnonzero(~alive)))
            else:
                builder.take(opened(folder, segment), alive)  # not the one searches are reading
        if len(builder) or not kept:
            kept.append(builder.write(folder))
        _commit(folder, kept, snapshot.key[1] + 1, watermark)
        self._sweep(folder.name)

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
        dates = self._dates()
        if dates and dates == self._looked:
            return self._now
        if self._state() != self._now.key:
            with self._refreshing:
                for _ in range(RETRIES):
                    key = self._state()
                    if key == self._now.key or self._refreshed(key):
                        break
        else:
            self._looked = dates
        return self._now

    def _dates(self) -> tuple[int, ...]:
        """When files were last renamed here; nothing while that is so recent that another might get the same date."""
        try:
            dates = tuple(os.stat(folder).st_mtime_ns for folder in (self._root, self._root / self._now.key[0]))
        except OSError:
            return ()
        return dates if max(dates) < time_ns() - SETTLED else ()

    def _refreshed(self, key: tuple[str, int]) -> bool:
        try:
            self._now = read(self._root / key[0], key, self._now) if key[0] else empty(key)
        except Exception:  # whatever a damaged file makes Whoosh raise
            if key != self._state():
                return False  # somebody committed while we were opening: look again
            self._now = empty(key)  # it will be made anew from the database
        return True

    def _state(self) -> tuple[str, int]:
        """The folder in use and its latest commit; one with terms of another making counts as none."""
        from whoosh.index import TOC

        try:
            folder = (self._root / "current").read_text()
            if not folder.startswith(f"{stamp()}-"):
                return NOWHERE
            return folder, TOC._latest_generation(os.listdir(self._root / folder), INDEX)
        except (OSError, ValueError):
            return NOWHERE


def _commit(folder: Path, segments: Sequence[Segment], generation: int, watermark: int) -> None:
    """The new table of contents, and away with the files it does not name."""
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import TOC, clean_files

    for segment in segments:
        segment.watermark = watermark
    storage = FileStorage(str(folder))
    TOC(schema(), list(segments), generation).write(storage, INDEX)
    clean_files(storage, INDEX, generation, segments)
