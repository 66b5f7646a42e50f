"""Duplicates at size: two publishers of N generated listings each, compared whole and then a few changes.

    python -m tests.bench.same [--listings 100000] [--shared 0.3]

Prints one JSON object: seconds and peak memory of `aftercare duplicates --all`, and of 500 changes after it beside the
same among a tenth of the listings, in one run: `growth` is how many times as long they take among ten times as many.
"""

import argparse
import asyncio
import json
import resource
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random
from time import perf_counter, process_time
from typing import Any

from directory.bulk import insert, writing
from directory.duplicates import queue
from directory.duplicates.comparing import compare_all, compare_changed
from directory.models import Change, Listing, Publisher
from directory.runtime import opened
from directory.settings import Settings
from tests.bench.corpus import documents, places
from tests.same.invent import Inventor

FIELDS = ("publisher_id", "key", "source", "first_seen_at", "kind", "name", "data", "said", "raw_said", "record_id",
          "status", "changed_at", "seen_on", "edited")  # fmt: skip
STREETS = "Maple Oak Walnut Broad Jefferson Lincoln Sycamore Chestnut Spruce Delaware Main Church Mill Park".split()


def listings(n: int, seed: int) -> Iterator[dict[str, Any]]:
    """Places of the benchmark's corpus as the database holds them, each with a street and a phone."""
    dice = Random(seed)
    zips = {row[0]: row for row in places()[0]}
    for one in documents(n, seed):
        _, state, county, zone, _, _ = zips.get(one.city, (one.city, "OH", "", "", 0, 0))
        place: dict[str, Any] = {"city": one.city, "state": state, "county": county, "timezone": zone}
        place["street"] = f"{dice.randint(1, 9999)} {dice.choice(STREETS)} Street"
        if one.lat is not None and one.lon is not None:
            place |= {"latitude": round(one.lat, 5), "longitude": round(one.lon, 5)}
        times = [{"weekday": t.weekday, "start": t.start, "end": t.end, "timezone": t.timezone} for t in one.times]
        yield {
            "source_key": str(one.id),
            "name": one.name,
            "kind": one.kinds[0].value,
            "modality": "in_person",
            "place": place,
            "phones": [{"number": f"{dice.randint(201, 989)}-{dice.randint(200, 999)}-{dice.randint(0, 9999):04d}"}],
            "times": times,
            "facets": {group: list(values) for group, values in one.facets.items() if group != "modality"},
            "description": one.description,
        }


def second(first: list[dict[str, Any]], n: int, shared: float) -> Iterator[dict[str, Any]]:
    """The other publisher: a share of the same places in other words, the rest its own."""
    inventor = Inventor(11)
    for one in first[: int(n * shared)]:
        yield inventor.abbreviated(one) | {"name": inventor.typo(one["name"]) + ", Inc."}
    yield from listings(n - int(n * shared), 99)


async def fill(publisher: Publisher, told: list[dict[str, Any]]) -> None:
    now = datetime.now(UTC)
    for n in range(0, len(told), 5000):
        rows = [
            (publisher.id, f"{n + i}", "bench", now, one["kind"], one["name"], one, "", "", None, "active", now,
             now.date(), False)
            for i, one in enumerate(told[n : n + 5000])
        ]  # fmt: skip
        async with writing():
            await insert(Listing, FIELDS, rows)


async def run(size: int, shared: float) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as home:
        async with opened(Settings(home=home), shared=True):
            first = list(listings(size, 7))
            await fill(await Publisher.create(name="First", source="bench"), first)
            await fill(await Publisher.create(name="Second", source="bench"), list(second(first, size, shared)))
            del first
            before, began = _peak(), perf_counter()
            compared = await compare_all()
            whole = perf_counter() - began
            found = await queue.counts()
            changes, again = await _changes(), await _changes()
            return {
                "listings": compared,
                "seconds": round(whole, 1),
                "peak_mib_before": before,
                "peak_mib": _peak(),
                "groups": found["groups"],
                "true_pairs": int(size * shared),
                "waiting": found["waiting"],
                "seconds_for_500_changes": round(changes[0], 3),  # the first after a whole comparison logged its groups
                "cpu_for_500_changes": round(changes[1], 3),
                "cpu_for_500_more": round(again[1], 3),
            }


async def _changes() -> tuple[float, float]:
    """Seconds until 500 changed listings have been compared, and the processor's own: the machine has other work."""
    ids = [number for (number,) in await Listing.all().order_by("-id").limit(500).values_list("id")]
    now = datetime.now(UTC)
    changes = [(number, "changed", None, None, now, "") for number in ids]
    await insert(Change, ("listing_id", "what", "batch_id", "before", "at", "who"), changes)
    began, worked = perf_counter(), process_time()
    await compare_changed()
    return perf_counter() - began, process_time() - worked


async def both(size: int, shared: float) -> dict[str, Any]:
    small = await run(max(size // 10, 1000), shared)
    whole = await run(size, shared)
    growth = whole["cpu_for_500_changes"] / small["cpu_for_500_changes"]
    return {**whole, "cpu_for_500_changes_of_a_tenth": small["cpu_for_500_changes"], "growth": round(growth, 2)}


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description="Duplicates at size.")
    parser.add_argument("--listings", type=int, default=100_000, help="of each of the two publishers")
    parser.add_argument("--shared", type=float, default=0.3, help="share of places both tell")
    asked = parser.parse_args()
    print(json.dumps(asyncio.run(both(asked.listings, asked.shared))))


if __name__ == "__main__":
    main()
