"""`aftercare keys rotate` says what it will touch before it does anything, and asks."""

from datetime import date
from pathlib import Path

import pytest

from directory.cli_keys import told
from directory.keyfile import keys
from directory.rotation import Outlook
from tests.test_cli import aftercare


@pytest.mark.parametrize(
    ("outlook", "end_links", "words"),
    [
        (Outlook(0, 0, None), False, ["0 seeds of codes are", "No program's link is out."]),
        (
            Outlook(1, 1, date(2027, 5, 5)),
            False,
            ["1 seed of codes is", "1 program's link", "2027-05-05 at the latest"],
        ),
        (Outlook(3, 7, date(2027, 5, 5)), False, ["7 programs' links stay good", "--end-links ends all now"]),
        (Outlook(3, 7, date(2027, 5, 5)), True, ["All 7 programs' links end now", "aftercare link NUMBER"]),
        (Outlook(3, 1, date(2027, 5, 5)), True, ["1 program's link that is out ends now"]),
    ],
)
def test_it_says_what_stays_and_what_ends(outlook: Outlook, end_links: bool, words: list[str]) -> None:
    said = "\n".join(told(outlook, end_links))
    for one in words:
        assert one in said


def test_without_yes_a_script_changes_nothing_and_with_it_there_are_new_keys(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = aftercare("keys", "rotate", home=home)
    assert first.returncode == 1
    assert "No program's link is out." in first.stderr
    assert "Nothing was changed. Add --yes to do it." in first.stderr
    before = keys(home, "sealing.keys")
    done = aftercare("keys", "rotate", "--yes", home=home)
    assert done.returncode == 0, done.stderr
    assert keys(home, "sealing.keys")[:-1] == before
    assert "made new keys" in aftercare("audit", home=home).stdout
