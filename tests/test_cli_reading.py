"""The command line reads words as the pages do, and says how."""

from pathlib import Path

import pytest

from tests.feeds import meetings, write_feed
from tests.test_cli import aftercare, answer


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reading")
    feed = write_feed(folder / "feed.json", meetings(12))
    answer("import", feed, "--publisher", "Invented", "--fellowship", "aa", "--yes", home=folder / "home")
    return folder / "home"


def test_words_are_read_and_told(home: Path) -> None:
    found = answer("search", "AA", "meetings", "near", "43215", home=home)
    assert found["total"] == 12
    assert found["near"]["label"] == "Columbus, OH 43215"
    assert {"words": "AA meetings", "means": ["fellowship=aa"]} in found["read"]
    assert "Read 'AA meetings' as fellowship=aa." in aftercare("search", "AA meetings", home=home).stdout


def test_words_can_be_taken_as_typed(home: Path) -> None:
    found = answer("search", "AA meetings", "--near", "43215", "--as-typed", "AA Meetings", home=home)
    assert found["read"] == []
