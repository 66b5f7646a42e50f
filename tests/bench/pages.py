"""Measure result pages over the network: python -m tests.bench.pages HOME [--workers 2] [--requests 20000]

HOME is a folder with listings, for instance of an import of tests.bench.corpus.meetings(100_000, …). The real server is
started beside this program, and several clients keep asking it.
"""

import argparse
import asyncio
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import httpx
import numpy as np

PLACES = ["90012", "Columbus, OH", "60614", "Sheridan, WY", "10025", "Houston, TX", "33125", "98101"]
WORDS = ["meeting", "narcotics anonymous", "women", "step study", "newcomer", "candlelight", "big book", ""]
FILTERS: list[dict[str, str]] = [{}, {"format": "open"}, {"kind": "support_group"}]
CLIENTS = 4
VISITOR = 7  # pages
HEAD = (
    "POST /search HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\nContent-Length: {length}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
)


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
            _measure("warming up", url, 200, server.pid)
            for part in range(4):
                _measure(f"quarter {part + 1}", url, asked.requests // 4, server.pid)
            if asked.importing:
                feed = [*command, "import", str(asked.importing), "--fellowship", "aa", "--yes"]
                with subprocess.Popen(feed, env=env, stdout=subprocess.DEVNULL) as importing:
                    while importing.poll() is None:
                        _measure("while importing", url, 500, server.pid)
        finally:
            server.terminate()


def _measure(when: str, url: str, requests: int, server: int) -> None:
    began, took = _busy(server), asyncio.run(_ask(url, requests))
    elapsed = took.pop()
    p50, p95, p99 = np.percentile(took, [50, 95, 99]) * 1000
    pages = len(took) / elapsed
    memory = ", ".join(f"{size:.0f}" for size in _memory(server))
    busy = (_busy(server) - began) * 1000 / len(took)
    print(
        f"{when:16} {pages:6.0f} pages/s  p50 {p50:5.1f}  p95 {p95:5.1f}  p99 {p99:5.1f} ms"
        f"  processor {busy:4.1f} ms a page  MiB {memory}",
        flush=True,
    )


async def _ask(url: str, requests: int) -> list[float]:
    """Seconds of each request; the last number is how long all took together."""
    took: list[float] = []
    left = iter(range(requests))

    async def client() -> None:
        """By hand: a library's client takes a third of the time of the page it asks for.

        A new connection now and then, as of a new visitor: who takes it keeps it.
        """
        reader, writer = await asyncio.open_connection(host, int(port))
        for number in left:
            if not number % VISITOR:
                writer.close()
                reader, writer = await asyncio.open_connection(host, int(port))
            data = {"place": PLACES[number % len(PLACES)], "q": WORDS[number // 3 % len(WORDS)]}
            body = urlencode(data | {"radius": "25", **FILTERS[number % len(FILTERS)]})
            begun = time.perf_counter()
            writer.write((HEAD.format(host=host, length=len(body)) + body).encode())
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(head.lower().partition(b"content-length:")[2].split()[0]))
            took.append(time.perf_counter() - begun)
            assert head.startswith(b"HTTP/1.1 200"), head
        writer.close()

    host, port = url.removeprefix("http://").split(":")

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
    sizes = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 / 2**20 for pid in _family(server)]
    return [size for size in sizes if size > 40]


def _busy(server: int) -> float:
    """Seconds of processor time its processes have had."""
    times = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13] for pid in _family(server))
    return sum(int(ticks) for pair in times for ticks in pair) / os.sysconf("SC_CLK_TCK")


def _family(server: int) -> list[str]:
    return Path(f"/proc/{server}/task/{server}/children").read_text().split() or [str(server)]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
