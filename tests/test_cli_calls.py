"""`aftercare calls` and `aftercare link`: take a place, write down what came of it, make and end a program's link."""

from pathlib import Path

import pytest

from tests.feeds import meetings, write_feed
from tests.test_cli import aftercare, answer


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home, feed = tmp_path / "home", write_feed(tmp_path / "feed.json", meetings(3))
    answer("import", feed, "--publisher", "Invented", "--yes", home=home)
    return home


def test_a_place_is_taken_called_and_settled(home: Path) -> None:
    waiting = answer("calls", home=home)
    assert len(waiting) == 3
    (mine,) = answer("calls", "--next", "--who", "Anna", home=home)
    (other,) = answer("calls", "--next", "--who", "Ben", home=home)
    assert mine["listing"] != other["listing"]
    number = str(mine["listing"])
    refused = aftercare("calls", "--settle", number, "--outcome", "right", "--who", "Ben", home=home)
    assert (refused.returncode, len(refused.stderr.strip().splitlines())) == (1, 1)
    said = ("--outcome", "changed", "--phone", "614-555-0199", "--who", "Anna")
    done = aftercare("calls", "--settle", number, *said, home=home)
    assert done.returncode == 0, done.stderr
    assert "614-555-0199" in aftercare("show", number, home=home).stdout
    assert [row["listing"] for row in answer("calls", home=home)].count(mine["listing"]) == 0
    assert aftercare("check", home=home).returncode == 0


def test_a_link_is_made_and_ended(home: Path) -> None:
    made = aftercare("link", "1", "--site", "https://directory.example/", home=home)
    assert made.stdout.startswith("https://directory.example/program/1.1.")
    assert "no longer works" in aftercare("link", "1", "--end", home=home).stderr
    assert aftercare("link", "999", home=home).returncode == 1


@pytest.mark.parametrize(
    "arguments", [["--settle", "1"], ["--settle", "1", "--outcome", "gone"], ["--outcome", "right"]]
)
def test_wrong_usage_ends_with_2(arguments: list[str], tmp_path: Path) -> None:
    assert aftercare("calls", *arguments, home=tmp_path / "home").returncode == 2
