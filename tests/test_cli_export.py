"""What `aftercare export` writes, leaves out and says."""

import csv
import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.feeds import meetings, write_feed
from tests.test_cli import aftercare, answer


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three meetings without a known licence."""
    folder = tmp_path_factory.mktemp("export")
    feed = write_feed(folder / "feed.json", meetings(3))
    answer("import", feed, "--publisher", "Invented", "--fellowship", "aa", "--yes", home=folder / "home")
    return folder / "home"


def test_the_operators_own_file_has_all_and_says_which_licences_are_not_known(home: Path, tmp_path: Path) -> None:
    done = aftercare("export", "--as", "csv", "--out", tmp_path / "all.csv", home=home)
    assert done.returncode == 0
    assert "Wrote 3 listings" in done.stderr
    assert "Of 3 the licence is not known" in done.stderr


def test_what_is_to_be_passed_on_leaves_them_out_and_says_how_many_and_why(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.csv"
    done = aftercare("export", "--as", "csv", "--to-pass-on", "--out", out, home=home)
    assert "Left out 3: their licence is not known." in done.stderr
    assert list(csv.DictReader(out.read_text("utf-8").splitlines())) == []


def test_hsds_is_written_as_tables_into_a_folder_or_a_zip_and_as_json(home: Path, tmp_path: Path) -> None:
    for name in ("tables", "tables.zip", "one.json"):
        done = aftercare("export", "--as", "hsds", "--out", tmp_path / name, home=home)
        assert done.returncode == 0, done.stderr
    with ZipFile(tmp_path / "tables.zip") as archive:
        assert sorted(archive.namelist()) == sorted(file.name for file in (tmp_path / "tables").iterdir())
    assert json.loads((tmp_path / "one.json").read_text("utf-8"))["total_items"] == 3
    assert not list(tmp_path.glob(".aftercare-*"))


def test_a_publisher_nobody_knows_or_a_folder_that_is_not_there_is_refused_in_a_sentence(
    home: Path, tmp_path: Path
) -> None:
    for more in (["--publisher", "Nobody"], []):
        out = tmp_path / ("x.zip" if more else "none/x.zip")
        done = aftercare("export", "--as", "hsds", "--out", out, *more, home=home)
        assert done.returncode == 1
        assert "There is no" in done.stderr
    one = aftercare("export", "--as", "csv", "--publisher", "Invented", "--out", tmp_path / "p.csv", home=home)
    assert "Wrote 3 listings" in one.stderr
