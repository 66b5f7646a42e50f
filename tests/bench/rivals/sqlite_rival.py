"""SQLite: words in FTS5, places in an R*Tree with the exact point on the unit ball beside each."""

import json
import sqlite3
from collections.abc import Iterable
from math import cos, pi, radians, sin
from pathlib import Path
from typing import Any

import numpy as np

from directory.gazetteer import EARTH
from directory.schedule import WEEK
from directory.search.query import Document, SearchQuery
from tests.bench.rivals import NEVER, Reply, box, entry, filters, folder_size, minute_of_week, own_memory, wanted

TABLES = """
CREATE TABLE listing (id INTEGER PRIMARY KEY, codes BLOB NOT NULL);
CREATE TABLE facet (code INTEGER, listing INTEGER, PRIMARY KEY (code, listing)) WITHOUT ROWID;
CREATE TABLE time (listing INTEGER, start INTEGER, PRIMARY KEY (listing, start)) WITHOUT ROWID;
CREATE TABLE code (number INTEGER PRIMARY KEY, code TEXT UNIQUE);
CREATE TABLE common (term TEXT PRIMARY KEY, listings INTEGER) WITHOUT ROWID;
CREATE VIRTUAL TABLE place USING rtree (id, south, north, west, east, +x REAL, +y REAL, +z REAL);
CREATE VIRTUAL TABLE text USING fts5 (words, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '~=_'");
"""
PASSING = """
CREATE TEMP TABLE inside (id INTEGER PRIMARY KEY, away REAL);
CREATE TEMP TABLE found (id INTEGER PRIMARY KEY, score REAL);
"""
# The straight line through the earth says which listing is nearer as well as the way over it, and needs no sine.
INSIDE = """INSERT INTO inside SELECT id, away FROM (
    SELECT id, (x - :x) * (x - :x) + (y - :y) * (y - :y) + (z - :z) * (z - :z) AS away FROM place
    WHERE north >= :south AND south <= :north AND east >= :west AND west <= :east) WHERE away <= :reach"""
RARE = 1000  # listings with a term, up to which it is not worth a row in `common`
RATHER = 50  # looking up a listing of the circle costs as much as passing so many of a word
ORDERS = {
    "best": "SELECT id FROM found ORDER BY score, id LIMIT :limit",
    "near": "SELECT id FROM found JOIN inside USING (id) ORDER BY away, id LIMIT :limit",
    "soon": f"""SELECT id FROM found LEFT JOIN time ON listing = id GROUP BY id
        ORDER BY min(ifnull((start - :now + {WEEK}) % {WEEK}, {NEVER})), id LIMIT :limit""",
}


class SQLite:
    def __init__(self, place: str) -> None:
        self._place = place
        self._base = sqlite3.connect(Path(place) / "base", isolation_level=None)
        self._base.executescript(
            "PRAGMA mmap_size = 8000000000; PRAGMA cache_size = -200000; PRAGMA temp_store = MEMORY;"
        )
        self._base.executescript(PASSING)
        try:
            self._codes = dict(self._base.execute("SELECT code, number FROM code"))
        except sqlite3.OperationalError:  # not built yet
            self._codes = {}

    def build(self, documents: Iterable[Document]) -> None:
        base = self._base
        base.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;" + TABLES + "BEGIN")
        for one in map(entry, documents):
            codes = sorted({self._codes.setdefault(code, len(self._codes)) for code in one.codes})
            base.execute("INSERT INTO listing VALUES (?, ?)", (one.id, np.array(codes, np.uint16).tobytes()))
            base.execute("INSERT INTO text (rowid, words) VALUES (?, ?)", (one.id, " ".join(one.words)))
            base.executemany("INSERT INTO facet VALUES (?, ?)", ((code, one.id) for code in codes))
            base.executemany("INSERT OR IGNORE INTO time VALUES (?, ?)", ((one.id, start) for start in one.starts))
            if one.lat is not None and one.lon is not None:
                spot = (one.lat, one.lat, one.lon, one.lon, *on_ball(one.lat, one.lon))
                base.execute("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (one.id, *spot))
        base.executemany("INSERT INTO code VALUES (?, ?)", ((number, code) for code, number in self._codes.items()))
        base.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab (main, text, row)")
        base.execute("INSERT INTO common SELECT term, doc FROM vocabulary WHERE doc > ?", (RARE,))
        base.execute("COMMIT")
        base.executescript("INSERT INTO text (text) VALUES ('optimize'); ANALYZE; PRAGMA wal_checkpoint (TRUNCATE)")

    def count(self) -> int:
        return int(self._base.execute("SELECT count(*) FROM listing").fetchone()[0])

    def ask(self, query: SearchQuery) -> Reply:
        values: dict[str, Any] = {"limit": query.limit}
        inside = self._inside(query, values)
        total = self._found(query, inside, values)
        if query.now:
            values["now"] = minute_of_week(query.now)
        ids = [id for (id,) in self._base.execute(ORDERS[query.sort], values)]
        return Reply(total, ids, self._counts())

    def _inside(self, query: SearchQuery, values: dict[str, Any]) -> int | None:
        """How many lie within the radius, kept in `inside`."""
        if not query.near:
            return None
        near = query.near
        values.update(zip(("south", "north", "west", "east"), box(near, query.radius), strict=True))
        values.update(zip("xyz", on_ball(near.lat, near.lon), strict=True))
        values["reach"] = (2 * sin(min(query.radius / EARTH, pi) / 2)) ** 2
        self._base.execute("DELETE FROM inside")
        return self._base.execute(INSIDE, values).rowcount

    def _found(self, query: SearchQuery, inside: int | None, values: dict[str, Any]) -> int:
        """How many match, kept in `found`; the words or the circle is gone through, whichever is faster."""
        words = wanted(query)
        source, conditions = ("inside", []) if inside is not None else ("listing", [])
        id, score = "id", "0"
        if words:
            values["words"] = " AND ".join("(" + " OR ".join(f'"{term}"' for term, _ in one) + ")" for one in words)
            source, id, score = "text", "text.rowid", "bm25(text)"
            conditions.append("text MATCH :words")
            if inside is not None and inside * RATHER < self._rarest(words):
                source, score = "inside CROSS JOIN text ON text.rowid = inside.id", "away"  # bm25 counts all anew
            elif inside is not None:
                conditions.append("+text.rowid IN (SELECT id FROM inside)")
        for n, codes in enumerate(filters(query)):
            values[f"codes{n}"] = json.dumps([self._codes.get(code, -1) for code in codes])
            chosen = f"SELECT value FROM json_each(:codes{n})"
            conditions.append(f"EXISTS (SELECT 1 FROM facet WHERE code IN ({chosen}) AND listing = {id})")
        where = " WHERE " + " AND ".join(conditions) if conditions else ""
        self._base.execute("DELETE FROM found")
        return self._base.execute(f"INSERT INTO found SELECT {id}, {score} FROM {source}{where}", values).rowcount

    def _rarest(self, words: list[tuple[tuple[str, float], ...]]) -> int:
        """How many listings at most have the rarest of the words."""
        common = "SELECT ifnull(sum(listings), 0) FROM common WHERE term IN (SELECT value FROM json_each(?))"
        return min(self._base.execute(common, (json.dumps([t for t, _ in one]),)).fetchone()[0] for one in words)

    def _counts(self) -> dict[str, int]:
        """The codes of each match lie together in its row: far faster than a join and GROUP BY."""
        rows = self._base.execute("SELECT codes FROM found CROSS JOIN listing USING (id)")
        every = np.frombuffer(b"".join([codes for (codes,) in rows]), np.uint16)
        numbers = np.bincount(every, minlength=len(self._codes))
        return {code: int(numbers[n]) for code, n in self._codes.items() if numbers[n]}

    def size(self) -> int:
        return folder_size(self._place)

    def memory(self) -> int:
        return own_memory()


def on_ball(lat: float, lon: float) -> tuple[float, float, float]:
    up, along = radians(lat), radians(lon)
    return cos(up) * cos(along), cos(up) * sin(along), sin(up)
