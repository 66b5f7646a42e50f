"""Measure the planner's pages over a real home: python -m tests.bench.planner [--size 100000] [--rounds 6]

Each round walks from the needs to the packet and its PDF, for several cities and situations in turn, through the whole
application, signed in, in one process.
"""

import argparse
import asyncio
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from starlette.testclient import TestClient

from directory.app import create_app
from directory.handoff.presets import presets
from directory.runtime import opened
from directory.security.roles import Role
from directory.settings import Settings
from tests.bench.matching import PLACES, fill
from tests.web.conftest import Site
from tests.web.planner_forms import answered, fields, send
from tests.web.signed_in import sign_in

Took = dict[str, list[tuple[float, float]]]  # page -> seconds by the clock, and of the processor


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.planner", description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="listings")
    parser.add_argument("--rounds", type=int, default=6, help="times each question is asked; the first warms up")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=str(Path(folder) / "home"))
        asyncio.run(_home(settings, asked.size))
        with TestClient(create_app(settings)) as client:
            sign_in(client, Role.PLANNER)
            site = Site(client, {})
            took: Took = defaultdict(list)
            for round_ in range(asked.rounds):
                if round_ == 1:
                    took.clear()  # the first warmed up
                for where in PLACES:
                    for preset in presets():
                        _walk(site, where, preset, took)
    for page, seconds in took.items():
        wall, busy = np.array(seconds).T * 1000
        (p50, p95), (b50, b95) = np.percentile(wall, [50, 95]), np.percentile(busy, [50, 95])
        print(f"{page:12} processor p50 {b50:5.1f}  p95 {b95:5.1f} ms   by the clock p50 {p50:6.1f}  p95 {p95:6.1f} ms")


async def _home(settings: Settings, size: int) -> None:
    async with opened(settings) as rt:
        await fill(rt, size)


def _walk(site: Site, where: str, preset: str, took: Took) -> None:
    def timed(page: str, path: str, pairs: list[tuple[str, str]]) -> str:
        began, busy = time.perf_counter(), time.process_time()
        text = send(site, path, pairs)
        took[page].append((time.perf_counter() - began, time.process_time() - busy))
        return text

    leaving = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    needs = [("place", where), ("preset", preset), ("payment", "medicaid"), ("leave_day", leaving)]
    shown = timed("needs", "/planner", needs)
    shown = timed("places", "/planner/places", fields(shown))
    if "pick" not in dict(fields(shown)):
        return
    shown = timed("seven days", "/planner/week", fields(shown))
    shown = timed("gaps", "/planner/packet", fields(shown))
    shown = timed("packet", "/planner/packet", answered(shown))
    began, busy = time.perf_counter(), time.process_time()
    sent = {name: [value for key, value in fields(shown) if key == name] for name, _ in fields(shown)}
    assert site.client.post("/planner/handoff.pdf", data=sent).content.startswith(b"%PDF")
    took["pdf"].append((time.perf_counter() - began, time.process_time() - busy))


if __name__ == "__main__":
    main()
