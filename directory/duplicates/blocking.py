"""Which listings are worth comparing: those of two publishers that share a key, asked for in one question."""

import json
from collections.abc import Collection
from typing import Any

from directory.same.models import SameKey

MOST_SHARED = 60  # listings behind one key; what more share (a national phone, a common word) tells nothing
# Only the counting stops early: a word that half the country shares costs no more than one that too many share.
_PAIRS = """
SELECT DISTINCT other.listing_id AS one, mine.listing_id AS two
FROM same_key mine
JOIN same_key other ON other.key = mine.key AND other.listing_id <> mine.listing_id
JOIN listing a ON a.id = other.listing_id
JOIN listing b ON b.id = mine.listing_id
WHERE mine.listing_id IN (IDS) AND a.publisher_id <> b.publisher_id
AND (SELECT count(*) FROM (SELECT 1 FROM same_key c WHERE c.key = mine.key LIMIT LEAST) AS counted) < LEAST
"""
_IDS = {"sqlite": "SELECT value FROM json_each(?)", "postgres": "SELECT json_array_elements_text($1::json)::int"}
Pair = tuple[int, int]


async def candidates(ids: Collection[int], earlier: bool = False) -> set[Pair]:
    """Pairs, the lower id first; with `earlier` only those whose other side has the lower id."""
    database: Any = SameKey._choose_db()
    asked = _PAIRS.replace("IDS", _IDS[database.capabilities.dialect]).replace("LEAST", str(MOST_SHARED + 1))
    rows = await database.execute_query_dict(asked, [json.dumps(sorted(ids))])
    found = [(int(row["one"]), int(row["two"])) for row in rows]
    return {(min(pair), max(pair)) for pair in found if not earlier or pair[0] < pair[1]}
