"""What must be known of a whole feed while its records go by, kept in a private file that vanishes by itself."""

import json
import sqlite3
from typing import Any

CACHE = 32 * 1024  # KiB of it held in memory


def store() -> sqlite3.Connection:
    """A temporary database of SQLite's own: in its cache while small, beyond that in a file without a name."""
    made = sqlite3.connect("", check_same_thread=False, isolation_level=None)
    made.execute(f"PRAGMA cache_size = -{CACHE}")
    made.execute("PRAGMA journal_mode = OFF")
    return made


class Kept:
    """Things by their name, and words by what they belong to; a feed of any size needs no more memory for them."""

    def __init__(self) -> None:
        self._db = store()
        self._db.execute("CREATE TABLE things (name TEXT PRIMARY KEY, body TEXT NOT NULL)")
        self._db.execute(
            "CREATE TABLE words (kind TEXT, of TEXT, word TEXT, PRIMARY KEY (kind, of, word)) WITHOUT ROWID"
        )
        self._db.execute("BEGIN")  # never committed: nobody else ever reads it

    def __contains__(self, name: str) -> bool:
        return self._db.execute("SELECT 1 FROM things WHERE name = ?", (name,)).fetchone() is not None

    def __setitem__(self, name: str, thing: Any) -> None:
        self._db.execute("INSERT OR REPLACE INTO things VALUES (?, ?)", (name, json.dumps(thing, default=str)))

    def get(self, name: str, otherwise: Any = None) -> Any:
        """The thing of that name, as JSON gives it back."""
        found = self._db.execute("SELECT body FROM things WHERE name = ?", (name,)).fetchone()
        return otherwise if found is None else json.loads(found[0])

    def add(self, kind: str, of: str, word: str) -> bool:
        """Whether that word is new there."""
        return self._db.execute("INSERT OR IGNORE INTO words VALUES (?, ?, ?)", (kind, of, word)).rowcount > 0

    def of(self, kind: str, of: str, most: int = -1) -> list[str]:
        """The words of something, in their own order; all, or so many."""
        asked = "SELECT word FROM words WHERE kind = ? AND of = ? ORDER BY word LIMIT ?"
        return [word for (word,) in self._db.execute(asked, (kind, of, most))]

    def count(self, kind: str, of: str) -> int:
        asked = "SELECT count(*) FROM words WHERE kind = ? AND of = ?"
        return int(self._db.execute(asked, (kind, of)).fetchone()[0])
