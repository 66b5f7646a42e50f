"""A directory of every released schema comes up to date with nothing lost: tests/schemas keeps one of each."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from directory.backup import verified
from directory.listing import ListingDraft
from directory.models import Change, Listing, Publisher, Report
from directory.runtime import opened
from directory.settings import Settings
from tests.schemas.__main__ import HERE, MIGRATIONS

KEPT = sorted(HERE.glob("*.sql"))


def older(tmp_path: Path, schema: Path) -> Settings:
    home = tmp_path / "old"
    home.mkdir()
    with closing(sqlite3.connect(home / "directory.sqlite3")) as database:
        database.executescript(schema.read_text(encoding="utf-8"))
    return Settings(home=str(home))


def count(settings: Settings, table: str) -> int:
    with closing(sqlite3.connect(settings.home_path / "directory.sqlite3")) as database:
        number: int = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        return number


@pytest.mark.parametrize("schema", KEPT, ids=lambda file: file.stem)
async def test_an_older_directory_comes_up_to_date_and_is_searched(tmp_path: Path, schema: Path) -> None:
    settings = older(tmp_path, schema)
    listings, changes = count(settings, "listing"), count(settings, "change")
    assert listings
    assert await verified(settings) == []
    async with opened(settings, shared=True) as rt:
        assert rt.engine.count() == listings
        assert await Listing.all().count() == listings
        assert await Change.all().count() == changes
        assert await Publisher.all().count() == 1
        assert await Report.all().count() == 0
        for row in await Listing.all():
            assert ListingDraft.from_dict(dict(row.data)).name == row.name


def test_a_database_of_every_schema_but_the_one_being_made_is_kept() -> None:
    names = sorted(file.stem for file in MIGRATIONS.glob("0*.py"))
    released = {file.stem for file in KEPT}
    assert released <= set(names)
    assert {"0001_initial", "0002_public_listings_by_id", "0003_reports"} <= released
    assert names[-1] in released, "run `python -m tests.schemas` and commit what it wrote"
