"""Measure pages on a slow phone: python -m tests.bench.phone ADDRESS

Chromium with its slow networks and a processor six times slower: bytes, requests, first paint, and when the page can be
used. ADDRESS is a running server with the invented listings (make demo).
"""

import argparse
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

PAGES = {
    "home": "/",
    "results": "/search?place=43215&q=buprenorphine",
    "listing": "/listing/12",
    "list": "/list?pick=12&pick=80",
    "packet": "/handoff?pick=12&pick=80&place=43215",
}
# Chromium's own: kilobits a second each way, and milliseconds there and back.
NETWORKS = {"slow 3G": (400, 400, 400), "fast 3G": (1440, 675, 150), "none": (0, 0, 0)}
TIMES = """() => { const [n] = performance.getEntriesByType('navigation');
  const p = performance.getEntriesByType('paint').find(e => e.name === 'first-contentful-paint');
  return [n.responseStart, p ? p.startTime : 0, n.domInteractive, n.loadEventEnd] }"""
ROUNDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.phone", description=__doc__)
    parser.add_argument("address", nargs="?", default="http://127.0.0.1:8000")
    address = parser.parse_args().address
    print("| page | network | requests | bytes | first byte ms | first paint ms | usable ms | loaded ms |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, path in PAGES.items():
            for network in NETWORKS:
                rounds = [_visit(browser, address + path, network) for _ in range(ROUNDS)]
                print(
                    f"| {name} | {network} | "
                    + " | ".join(f"{median(one):,.0f}" for one in zip(*rounds, strict=True))
                    + " |"
                )
        browser.close()


def _visit(browser: Browser, url: str, network: str) -> list[float]:
    """Requests, bytes and times of one visit with nothing kept from before."""
    context = browser.new_context(viewport={"width": 390, "height": 780})
    page = context.new_page()
    sizes = _slow(page, network)
    page.goto(url, wait_until="load")
    times = page.evaluate(TIMES)
    context.close()
    return [sum(size > 0 for size in sizes), sum(sizes), *times]


def _slow(page: Page, network: str) -> list[float]:
    """Slows the page down; the list fills with the bytes of each answer as they came over the wire."""
    down, up, there_and_back = NETWORKS[network]
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    if down:
        limits = {"latency": there_and_back, "downloadThroughput": down * 125, "uploadThroughput": up * 125}
        session.send("Network.emulateNetworkConditions", {"offline": False, **limits})
        session.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))  # 0: from the page
    return sizes


if __name__ == "__main__":
    main()
