"""`aftercare today`, `publishers` and `listing`: what the desk does in the browser, on the command line."""

import json
from pathlib import Path

import pytest

from tests.feeds import meetings, write_feed
from tests.test_cli import aftercare, answer


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home, feed = tmp_path / "home", write_feed(tmp_path / "feed.json", meetings(3))
    answer("import", feed, "--publisher", "Invented", "--yes", home=home)
    return home


def test_what_waits_is_counted(home: Path, tmp_path: Path) -> None:
    write_feed(tmp_path / "feed.json", meetings(4))
    answer("import", tmp_path / "feed.json", "--publisher", "Invented", home=home)
    told = {one["words"]: one["count"] for one in answer("today", home=home)}
    assert told["import to look through"] == 1


def test_a_publisher_is_seen_and_changed_and_the_trail_says_so(home: Path) -> None:
    [row] = answer("publishers", home=home)
    assert (row["name"], row["trust"], row["pass_on"]) == ("Invented", "50", "")
    [row] = answer("publishers", row["id"], "--set", "trust=70", "--set", "pass_on=no", home=home)
    assert (row["trust"], row["pass_on"]) == ("70", "no")
    refused = aftercare("publishers", row["id"], "--set", "trust=700", home=home)
    assert refused.returncode == 1
    assert "trust: Write a number from 0 to 100." in refused.stderr
    assert aftercare("publishers", row["id"], "--set", "colour=red", home=home).returncode == 2
    assert aftercare("publishers", 99, home=home).returncode == 1
    assert "changed a publisher" in aftercare("audit", home=home).stdout


def test_a_listing_is_edited_retired_restored_and_its_history_tells_all(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "listing.json"
    plain = answer("show", 1, home=home)
    file.write_text(json.dumps({**plain, "name": "Another Name"}))
    assert aftercare("listing", "edit", 1, file, "--reason", "they said so", home=home).returncode == 0
    assert answer("show", 1, home=home)["name"] == "Another Name"
    assert "says that already" in aftercare("listing", "edit", 1, file, home=home).stderr
    assert aftercare("listing", "retire", 1, home=home).returncode == 2  # a reason is asked for
    assert aftercare("listing", "retire", 1, "--reason", "closed", home=home).returncode == 0
    assert aftercare("show", 1, home=home).returncode == 1
    assert aftercare("listing", "restore", 1, home=home).returncode == 0
    told = answer("listing", "history", 1, home=home)
    assert [one["what"] for one in told] == ["Listed again", "Taken out of the directory", "Edited by hand", "Listed"]
    assert {one["who"] for one in told[:3]} == {"command line"}
    assert told[2]["changed"] == [{"field": "Name", "before": plain["name"], "after": "Another Name"}]


def test_a_listing_is_added_and_what_is_no_listing_is_refused_in_a_sentence(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "listing.json"
    file.write_text(json.dumps({**answer("show", 1, home=home), "name": "Quiet Harbor"}))
    assert "Listing 4 is public." in aftercare("listing", "add", file, home=home).stderr
    assert answer("show", 4, home=home)["publisher"] == "Added by hand"
    for harm in ("", "[]", "{", '{"name": 5}', '{"name": "x", "kind": "castle"}', '{"name": "", "kind": "outpatient"}'):
        file.write_text(harm)
        refused = aftercare("listing", "add", file, home=home)
        assert refused.returncode == 1, harm
        assert str(file) in refused.stderr
        assert "Traceback" not in refused.stderr
    assert aftercare("listing", "add", tmp_path / "none.json", home=home).returncode == 1
