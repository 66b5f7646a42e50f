"""Measure `match` over a real home: python -m tests.bench.matching [--size 100000] [--rounds 8]

Needs of several cities and situations in turn; each answer searches, loads from SQLite and judges.
"""

import argparse
import asyncio
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from directory.handoff.desk import place, zone
from directory.handoff.match import match
from directory.handoff.needs import Needs
from directory.handoff.presets import presets
from directory.listing import ListingDraft, Phone, Place
from directory.models import Listing, Publisher
from directory.public_listings import listed
from directory.runtime import Runtime, opened
from directory.search.query import Document
from directory.settings import Settings
from directory.vocab import Modality
from tests.bench.corpus import documents

PLACES = ["90012", "Columbus, OH", "60614", "Sheridan, WY", "10025", "33125"]
CHUNK = 2000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.matching", description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="listings")
    parser.add_argument("--rounds", type=int, default=8, help="times each question is asked; the first warms up")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        asyncio.run(_measure(Path(home), asked.size, asked.rounds))


async def _measure(home: Path, size: int, rounds: int) -> None:
    async with opened(Settings(home=str(home))) as rt:
        await fill(rt, size)
        for code, preset in presets().items():
            took = [await _once(rt, where, dict(preset.needs)) for _ in range(rounds) for where in PLACES]
            wall, busy = np.array(took[len(PLACES) :]).T * 1000
            (p50, p95), (b50, b95) = np.percentile(wall, [50, 95]), np.percentile(busy, [50, 95])
            told = f"processor p50 {b50:5.1f}  p95 {b95:5.1f} ms   by the clock p50 {p50:6.1f}  p95 {p95:6.1f} ms"
            print(f"{code:22} {told}", flush=True)


async def _once(rt: Runtime, where: str, values: dict[str, Any]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor: the second is what a quiet machine would take."""
    near = await place(rt, where)
    needs = Needs.read({**values, "near": near, "payment": ["medicaid"]})

    async def load(ids: Any) -> Any:
        return await listed(rt, ids)

    began, busy = time.perf_counter(), time.process_time()
    await match(rt.engine, needs, load, datetime.now(zone(rt, near)))
    return time.perf_counter() - began, time.process_time() - busy


async def fill(rt: Runtime, size: int) -> None:
    publisher = await Publisher.create(name="Invented", source="bench")
    made = list(documents(size))
    for first in range(0, size, CHUNK):
        rows = [_row(one, publisher.id) for one in made[first : first + CHUNK]]
        await Listing.bulk_create(rows)
    await asyncio.to_thread(rt.engine.rebuild, made, 1)


def _row(one: Document, publisher: int) -> Listing:
    spot = Place(street="1 Example St", city=one.city, latitude=one.lat, longitude=one.lon)
    draft = ListingDraft(
        source_key=str(one.id),
        name=one.name,
        kind=one.kinds[0],
        also=one.kinds[1:],
        modality=Modality.ONLINE if one.anywhere else Modality.IN_PERSON,
        description=one.description,
        place=None if one.anywhere else spot,
        phones=(Phone("614-555-0100"),),
        times=one.times,
        facets=dict(one.facets),
    )
    told = {"id": one.id, "publisher_id": publisher, "key": str(one.id), "source": "bench", "kind": str(draft.kind)}
    now = datetime.now(UTC)
    said = {"name": draft.name, "data": draft.as_dict(), "said": "", "raw_said": "", "changed_at": now}
    return Listing(**told, **said, seen_on=date(2026, 11, 1))


if __name__ == "__main__":
    main()
