"""PostgreSQL: words in a tsvector with GIN, places as PostGIS geography with GiST, one statement for each question.

The codes of each match come packed and are counted here: several times as fast as unnest and GROUP BY.
"""

import asyncio
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import asyncpg
import numpy as np

from directory.schedule import WEEK
from directory.search.query import Document, SearchQuery
from tests.bench.rivals import Reply, entry, filters, minute_of_week, wanted

METRES = 1609.344  # of a mile
SETTINGS = {"jit": "off", "work_mem": "64MB", "random_page_cost": "1.1", "plan_cache_mode": "force_custom_plan"}
RAW = "CREATE UNLOGGED TABLE raw (id int, words text, lat float, lon float, codes int[], packed bytea, starts int[])"
LISTING = """CREATE TABLE listing AS SELECT id, words::tsvector, codes, packed, starts,
    CASE WHEN lat IS NOT NULL THEN ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography END AS place
    FROM raw ORDER BY id"""
AFTERWARDS = """
    DROP TABLE raw;
    SET maintenance_work_mem = '512MB';
    ALTER TABLE listing ADD PRIMARY KEY (id);
    CREATE INDEX ON listing USING gin (words);
    CREATE INDEX ON listing USING gist (place);
    CREATE INDEX ON listing USING gin (codes)
"""
ORDERS = {
    "best": "score DESC, id",
    "near": "miles, id",
    "soon": f"(SELECT min((start - $1 + {WEEK}) % {WEEK}) FROM unnest(starts) AS start) NULLS LAST, id",
}


class Postgres:
    def __init__(self, place: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._base = self._now(asyncpg.connect(place, server_settings=SETTINGS))
        exists = self._now(self._base.fetchval("SELECT to_regclass('code')"))
        rows = self._now(self._base.fetch("SELECT code, number FROM code")) if exists else []
        self._codes = {row["code"]: row["number"] for row in rows}

    def _now(self, coming: Any) -> Any:
        return self._loop.run_until_complete(coming)

    def build(self, documents: Iterable[Document]) -> None:
        self._now(self._build(documents))

    async def _build(self, documents: Iterable[Document]) -> None:
        await self._base.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        await self._base.execute("DROP TABLE IF EXISTS raw, listing, code")
        await self._base.execute(RAW)
        rows = self._rows(documents)
        while batch := list(islice(rows, 5000)):
            await self._base.copy_records_to_table("raw", records=batch)
        await self._base.execute(LISTING)
        await self._base.execute(AFTERWARDS)
        await self._base.execute("CREATE TABLE code (code text, number int)")
        await self._base.copy_records_to_table("code", records=list(self._codes.items()))
        await self._base.execute("VACUUM ANALYZE listing")
        await self._base.execute("CHECKPOINT")

    def _rows(self, documents: Iterable[Document]) -> Iterator[tuple[Any, ...]]:
        for one in map(entry, documents):
            words = " ".join(f"'{term}':{at}" for at, term in enumerate(one.words, 1))
            codes = [self._codes.setdefault(code, len(self._codes)) for code in one.codes]
            yield one.id, words, one.lat, one.lon, codes, np.array(codes, "<u2").tobytes(), one.starts

    def count(self) -> int:
        return int(self._now(self._base.fetchval("SELECT count(*) FROM listing")))

    def ask(self, query: SearchQuery) -> Reply:
        statement, values = self._statement(query)
        total, ids, packed = self._now(self._base.fetchrow(statement, *values))
        numbers = np.bincount(np.frombuffer(packed or b"", "<u2"), minlength=len(self._codes))
        return Reply(total, ids, {code: int(numbers[n]) for code, n in self._codes.items() if numbers[n]})

    def _statement(self, query: SearchQuery) -> tuple[str, list[Any]]:
        values: list[Any] = [minute_of_week(query.now) if query.now else 0]
        conditions, score, miles = ["$1::int IS NOT NULL"], "0", "0"
        if words := wanted(query):
            values.append(" & ".join("(" + " | ".join(f"'{term}'" for term, _ in one) + ")" for one in words))
            conditions.append("words @@ $2::text::tsquery")
            score = "ts_rank(words, $2::text::tsquery)"
        if query.near:
            values += [query.near.lat, query.near.lon, query.radius * METRES]
            point = f"ST_SetSRID(ST_MakePoint(${len(values) - 1}, ${len(values) - 2}), 4326)::geography"
            conditions.append(f"ST_DWithin(place, {point}, ${len(values)}, false)")
            miles = f"ST_Distance(place, {point}, false)" if query.sort == "near" else "0"
        for codes in filters(query):
            values.append([self._codes.get(code, -1) for code in codes])
            conditions.append(f"codes && ${len(values)}::int[]")
        found = f"SELECT id, packed, starts, {score} AS score, {miles} AS miles FROM listing"
        return (
            f"""WITH found AS MATERIALIZED ({found} WHERE {" AND ".join(conditions)})
            SELECT (SELECT count(*) FROM found),
                ARRAY(SELECT id FROM found ORDER BY {ORDERS[query.sort]} LIMIT {query.limit}),
                (SELECT string_agg(packed, '') FROM found)""",
            values,
        )

    def size(self) -> int:
        return int(self._now(self._base.fetchval("SELECT pg_total_relation_size('listing')")))

    def memory(self) -> int:
        """Of the server: each process's own pages and its share of those it shares with others."""
        folder = self._now(self._base.fetchval("SHOW data_directory"))
        main = Path(folder, "postmaster.pid").read_text().split()[0]
        held = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = stat.read_text().rpartition(")")[2].split()[1]
                if main in (stat.parent.name, parent):
                    lines = (stat.parent / "smaps_rollup").read_text().splitlines()
                    held += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
            except OSError:  # it has ended
                continue
        return held * 1024
