"""Measure result pages over the network: python -m tests.bench.pages HOME [--workers 2] [--requests 20000]

HOME is a folder with listings, for instance of an import of tests.bench.corpus.meetings(100_000, …). The real server is
started beside this program, and several clients keep asking it in turn, each over one connection that stays open.
"""

import argparse
import asyncio
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import numpy as np

PLACES = ["90012", "Columbus, OH", "60614", "Sheridan, WY", "10025", "Houston, TX", "33125", "98101"]
WORDS = ["meeting", "narcotics anonymous", "women", "step study", "newcomer", "candlelight", "big book", ""]
FILTERS: list[dict[str, str]] = [{}, {"format": "open"}, {"kind": "support_group"}]
CLIENTS = 4


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pages", description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--requests", type=int, default=5000)
    parser.add_argument("--importing", type=Path, help="a feed to import meanwhile")
    asked = parser.parse_args()
    port = _free_port()
    env = {**os.environ, "AFTERCARE_HOME": str(asked.home), "AFTERCARE_PORT": str(port)}
    command = [sys.executable, "-W", "ignore", "-m", "directory"]
    with subprocess.Popen([*command, "serve", "--workers", str(asked.workers)], env=env) as server:
        try:
            url = f"http://127.0.0.1:{port}"
            asyncio.run(_ready(url))
            _told("warming up", asyncio.run(_ask(url, 200)), server.pid)
            for part in range(4):
                _told(f"quarter {part + 1}", asyncio.run(_ask(url, asked.requests // 4)), server.pid)
            if asked.importing:
                feed = [*command, "import", str(asked.importing), "--fellowship", "aa", "--yes"]
                with subprocess.Popen(feed, env=env, stdout=subprocess.DEVNULL) as importing:
                    while importing.poll() is None:
                        _told("while importing", asyncio.run(_ask(url, 500)), server.pid)
        finally:
            server.terminate()


def _told(when: str, took: list[float], server: int) -> None:
    elapsed = took.pop()
    p50, p95, p99 = np.percentile(took, [50, 95, 99]) * 1000
    pages = len(took) / elapsed
    memory = ", ".join(f"{size:.0f}" for size in _memory(server))
    print(
        f"{when:16} {pages:6.0f} pages/s  p50 {p50:5.1f}  p95 {p95:5.1f}  p99 {p99:5.1f} ms  MiB {memory}", flush=True
    )


async def _ask(url: str, requests: int) -> list[float]:
    """Seconds of each request; the last number is how long all took together."""
    took: list[float] = []
    left = iter(range(requests))

    async def client() -> None:
        async with httpx.AsyncClient(base_url=url, headers={"accept-encoding": "gzip"}) as browser:
            for number in left:
                data = {"place": PLACES[number % len(PLACES)], "q": WORDS[number // 3 % len(WORDS)]}
                data |= {"radius": "25", **FILTERS[number % len(FILTERS)]}
                begun = time.perf_counter()
                answer = await browser.post("/search", data=data)
                took.append(time.perf_counter() - begun)
                assert answer.status_code == 200, answer.text

    begun = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return [*took, time.perf_counter() - begun]


async def _ready(url: str) -> None:
    async with httpx.AsyncClient() as browser:
        for _ in range(600):
            try:
                if (await browser.get(f"{url}/healthz")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.1)
    raise SystemExit("The server did not start.")


def _memory(server: int) -> list[float]:
    """MiB of each process that answers, by /proc."""
    family = Path(f"/proc/{server}/task/{server}/children").read_text().split() or [str(server)]
    sizes = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 / 2**20 for pid in family]
    return [size for size in sizes if size > 40]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
