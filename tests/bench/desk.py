"""Measure the admin's pages in a home of any size: python -m tests.bench.desk HOME [--rounds 15]

HOME is a folder with listings and perhaps a batch that waits, for instance of tests.bench.corpus.meetings: 100,000 of
them imported with --yes and 12,000 more without. Milliseconds inside the application, one request at a time; nothing of
HOME is changed but one session of a reader's and an admin's.
"""

import argparse
import time
import warnings
from pathlib import Path

import numpy as np

from directory.app import create_app
from directory.models import Batch, Listing, Publisher
from directory.same.models import SamePair
from directory.security.roles import Role
from directory.settings import Settings
from tests.web.signed_in import sign_in

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient


async def pages() -> list[str]:
    """Every page of the desk that stands without a person's input; numbers of rows that are there."""
    listing = await Listing.filter(status="active").first()
    batches = await Batch.all().order_by("-id").limit(2)
    publisher = await Publisher.all().order_by("id").first()
    pair = await SamePair.filter(waits=True).first()
    found = ["/admin", "/admin/imports", "/admin/calls", "/admin/duplicates", "/admin/listings"]
    for batch in batches:
        found += [f"/admin/imports/{batch.id}", f"/admin/imports/{batch.id}?outcome=new&words=hill"]
    found += ["/admin/listings?words=hill", "/admin/listings?kind=support_group&status=active"]
    found += [f"/admin/listings?publisher={publisher.id}"] if publisher else []
    found += [f"/admin/listings/{listing.id}", f"/admin/calls/{listing.id}"] if listing else []
    found += [f"/admin/duplicates/{pair.id}"] if pair else []
    found += ["/admin/publishers", *([f"/admin/publishers/{publisher.id}"] if publisher else [])]
    return [*found, "/admin/coverage", "/admin/trends", "/admin/accounts", "/admin/audit", "/account"]


def measured(client: TestClient, path: str, rounds: int) -> tuple[float, float, float, float]:
    """Milliseconds of the first request, the median, the 95th of a hundred, and of the processor for one."""
    took, busy = [], 0.0
    for number in range(rounds + 1):
        if number == 1:
            busy = time.process_time()
        begun = time.perf_counter()
        answer = client.get(path)
        took.append((time.perf_counter() - begun) * 1000)
        assert answer.status_code == 200, (path, answer.status_code)
    used = (time.process_time() - busy) * 1000 / rounds
    return took[0], float(np.median(took[1:])), float(np.percentile(took[1:], 95)), used


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.desk", description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args()
    with TestClient(create_app(Settings(home=str(asked.home)))) as client:
        assert client.portal
        print("| page | first | median | p95 | processor |\n| --- | ---: | ---: | ---: | ---: |")
        sign_in(client, Role.ADMIN)
        for path in client.portal.call(pages):
            figures = " | ".join(f"{one:.0f}" for one in measured(client, path, asked.rounds))
            print(f"| `{path}` | {figures} |", flush=True)


if __name__ == "__main__":
    main()
