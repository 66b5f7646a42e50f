"""Side tables of a package, kept in a private file that vanishes by itself: a join needs no memory for them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from importers.kept import store
from importers.opening import Unsound
from importers.rows import text

# The column by which rows of a table are asked for: the first that says anything, so the nearest thing it belongs to.
NEAREST: Mapping[str, tuple[str, ...]] = {
    "phones": ("service_id", "service_at_location_id", "location_id", "organization_id"),
    "schedules": ("service_id", "service_at_location_id", "location_id"),
    "regular_schedules": ("service_id", "service_at_location_id", "location_id"),
    "holiday_schedules": ("service_id", "service_at_location_id", "location_id"),
    "languages": ("service_id", "location_id"),
    "service_areas": ("service_id", "service_at_location_id"),
    "service_at_locations": ("service_id",),
    "attributes": ("link_id", "service_id"),
    "addresses": ("location_id", "organization_id"),
    "physical_addresses": ("location_id", "organization_id"),
    "postal_addresses": ("organization_id", "location_id"),
    "accessibility": ("location_id",),
    "locations": ("id",),
    "organizations": ("id",),
    "programs": ("id",),
    "taxonomy_terms": ("id", "taxonomy_id"),
    "taxonomies": ("id",),
    "units": ("id",),
    "metadata": ("resource_id",),
}
DEFAULT = ("service_id",)
ROWS = 1000  # of one table that belong to one thing: damage may repeat a row without end
ALSO = {"locations": "organization_id"}  # asked for by a second column as well


class Shelf:
    """Rows of side tables by what they belong to: `of("phones", "service_id", "17")`."""

    def __init__(self) -> None:
        self._db = store()
        self._db.execute("CREATE TABLE shelved (link TEXT NOT NULL, body TEXT NOT NULL)")
        self._db.execute("CREATE TABLE seen (link TEXT PRIMARY KEY) WITHOUT ROWID")
        self.empty = True

    def __enter__(self) -> "Shelf":
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def fill(self, sides: Iterable[tuple[str, Iterable[dict[str, Any] | Unsound]]]) -> list[tuple[str, Unsound]]:
        """Take in every row of the side tables; answers those that cannot be read."""
        broken: list[tuple[str, Unsound]] = []
        self._db.execute("BEGIN")
        self._db.executemany("INSERT INTO shelved VALUES (?, ?)", self._links(sides, broken))
        self._db.execute("COMMIT")
        self._db.execute("CREATE INDEX by_link ON shelved (link)")
        return broken

    def _links(
        self, sides: Iterable[tuple[str, Iterable[dict[str, Any] | Unsound]]], broken: list[tuple[str, Unsound]]
    ) -> Iterator[tuple[str, str]]:
        for table, rows in sides:
            nearest = NEAREST.get(table, DEFAULT)
            for row in rows:
                if isinstance(row, Unsound):
                    if row.outcome == "rejected":
                        broken.append((table, row))
                    continue
                self.empty = False
                found = next((f"{table}/{name}/{key}" for name in nearest if (key := text(row.get(name)))), "")
                if not found:  # a contact's phone, an eligibility of no service
                    continue
                body = json.dumps({name: value for name, value in row.items() if text(value)}, default=str)
                yield found, body
                if (other := ALSO.get(table)) and (key := text(row.get(other))):
                    yield f"{table}/{other}/{key}", body

    def of(self, table: str, column: str, key: str, most: int = ROWS) -> list[dict[str, Any]]:
        """The rows of a table that belong to something, in the feed's order."""
        if self.empty or not key:
            return []
        asked = "SELECT body FROM shelved WHERE link = ? ORDER BY rowid LIMIT ?"
        return [json.loads(body) for (body,) in self._db.execute(asked, (f"{table}/{column}/{key}", most))]

    def one(self, table: str, key: str) -> dict[str, Any]:
        found = self.of(table, "id", key, 1)
        return found[0] if found else {}

    def saw(self, service: str) -> None:
        if not self.empty:
            self._db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (f"service_at_locations/service_id/{service}",))

    def orphans(self) -> Iterator[dict[str, Any]]:
        """Services at locations whose service was not in the feed."""
        asked = (
            "SELECT body FROM shelved WHERE link GLOB 'service_at_locations/service_id/*'"
            " AND link NOT IN (SELECT link FROM seen) ORDER BY rowid"
        )
        return (json.loads(body) for (body,) in self._db.execute(asked))
