"""`aftercare reports`: what waits, in the order to call, and what came of it."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from directory.reports import report
from directory.runtime import opened
from directory.settings import Settings
from directory.vocab import Reason
from tests.feeds import meetings, write_feed
from tests.test_cli import aftercare, answer


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Three meetings: one visitor says the second has a wrong phone, two say the third has closed."""
    home, feed = tmp_path / "home", write_feed(tmp_path / "feed.json", meetings(3))
    answer("import", feed, "--publisher", "Invented", "--yes", home=home)

    async def tell() -> None:
        async with opened(Settings(home=str(home))) as rt:
            for listing, reason, visitor in (
                (2, Reason.PHONE, "203.0.113.7"),
                (3, Reason.CLOSED, "203.0.113.7"),
                (3, Reason.CLOSED, "198.51.100.9"),
            ):
                assert await report(rt, listing, reason, visitor, datetime.now(UTC))

    asyncio.run(tell())
    return home


def test_the_worklist_says_where_to_call_first_and_why(home: Path) -> None:
    first, second = answer("reports", home=home)
    assert set(first) == {
        "listing", "name", "publisher", "phone", "reasons", "visitors", "since", "reported_closed", "changed_since",
    }  # fmt: skip
    assert (first["listing"], first["reasons"], first["visitors"]) == (3, {"closed": 2}, 2)
    assert (first["reported_closed"], second["reported_closed"]) == (True, False)
    told = aftercare("reports", home=home).stdout
    assert told.index("[3] Group 2") < told.index("[2] Group 1")
    assert "Shown as reported closed until you settle it." in told


def test_a_place_found_closed_leaves_the_directory_and_the_search(home: Path, tmp_path: Path) -> None:
    done = aftercare("reports", "--settle", "3", "--outcome", "closed", home=home)
    assert (done.returncode, done.stdout) == (0, "")
    assert "2 reports" in done.stderr
    assert aftercare("show", "3", home=home).returncode == 1
    assert answer("search", "--near", "43215", home=home)["total"] == 2
    assert [doubt["listing"] for doubt in answer("reports", home=home)] == [2]
    assert aftercare("check", home=home).returncode == 0
    again = answer("import", tmp_path / "feed.json", "--publisher", "Invented", "--yes", home=home)
    assert (again["same"], again["held"]) == (2, 1)
    assert aftercare("show", "3", home=home).returncode == 1


def test_a_place_that_is_still_open_stays(home: Path) -> None:
    done = aftercare("reports", "--settle", "3", "--outcome", "still open", "--json", home=home)
    assert json.loads(done.stdout) == {"listing": 3, "outcome": "still open", "settled": 2}
    assert aftercare("show", "3", home=home).returncode == 0
    for odd in ("1", "3", "99999999999999999999"):
        refused = aftercare("reports", "--settle", odd, "--outcome", "closed", home=home)
        assert (refused.returncode, len(refused.stderr.strip().splitlines())) == (1, 1), refused.stderr


@pytest.mark.parametrize(
    "arguments", [["--settle", "3"], ["--settle", "3", "--outcome", "gone"], ["--outcome", "closed"]]
)
def test_wrong_usage_ends_with_2(arguments: list[str], home: Path) -> None:
    assert aftercare("reports", *arguments, home=home).returncode == 2
