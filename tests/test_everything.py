"""General exports: what is off topic is kept out unless the publisher is let in whole; doubt waits for a person."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from directory import review
from directory.listing import ListingDraft
from directory.models import Listing, Publisher, SourceRecord
from directory.runtime import Runtime, opened
from directory.settings import Settings
from directory.staging import preview, publisher_for, stage
from importers.classify import MAY_BE_OFF_TOPIC, OFF_TOPIC, Meaning, Told, classify, decide
from importers.lookups import Lookups
from importers.rows import Feed, Row
from importers.run import read_feed
from tests.importers.toys import only, toy
from tests.test_cli import aftercare

PANTRY = {"ref": "1", "House Name": "Food Pantry", "about": "Free groceries."}
LIBRARY = {"ref": "2", "House Name": "Branch Library", "about": "Books."}
UNSURE = {"ref": "3", "House Name": "Unsure House", "about": "Somewhere."}


def draft(row: Row, look: Lookups, feed: Feed) -> ListingDraft:
    key, name = row.take("ref"), row.take("House Name")
    meaning = decide(Told(name, text=row.take("about")), row, feed, key)
    return ListingDraft(key, name, meaning.kind, website="https://example.org")


@pytest.fixture(autouse=True)
def _a_general_export(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(told: Told) -> Meaning:
        meaning = classify(told)
        unsure = told.name == UNSURE["House Name"]
        return Meaning(meaning.kind, reason="its name says nothing", doubt=MAY_BE_OFF_TOPIC) if unsure else meaning

    monkeypatch.setattr("importers.classify.classify", read)
    only(monkeypatch, toy(draft=draft))


@pytest.fixture
async def rt(database: str, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(tmp_path / "home"), database=database), shared=True) as runtime:
        yield runtime


async def load(rt: Runtime, folder: Path, *records: Any, everything: bool | None = None) -> dict[str, Any]:
    (folder / "export.json").write_text(json.dumps(records), encoding="utf-8")
    reading = read_feed([folder / "export.json"], publisher="Example County")
    kept: dict[str, Any] = {"fellowship": "", "timezone": "", "state": "", "everything": everything}
    tried = await preview(reading, await publisher_for(reading, **kept, dry_run=True))
    async with rt.alone():
        publisher = await publisher_for(reading, **kept, dry_run=False)
        batch, report = await stage(reading, publisher, ["export.json"])
        await review.apply(rt, batch, "a test")
    counts = ("new", "changed", "same", "held", "skipped", "gone")
    assert [tried[word] for word in counts] == [report[word] for word in counts]  # a dry run says what will come of it
    return report


async def test_off_topic_is_kept_out_with_the_words_that_say_so(rt: Runtime, tmp_path: Path) -> None:
    report = await load(rt, tmp_path, PANTRY, LIBRARY)
    assert (report["new"], report["skipped"], report["reasons"]) == (1, 1, {OFF_TOPIC: 1})
    kept = await SourceRecord.get(outcome="skipped")
    assert (kept.key, "library" in kept.detail) == ("2", True)


async def test_a_listing_too_says_why_it_was_read_as_it_was(rt: Runtime, tmp_path: Path) -> None:
    await load(rt, tmp_path, PANTRY)
    record = await SourceRecord.get(outcome="new")
    assert record.detail == "Community service: its name says “food pantry”; its text says “groceries”"


async def test_everything_is_let_in_now_and_next_time_until_taken_back(rt: Runtime, tmp_path: Path) -> None:
    assert (await load(rt, tmp_path, PANTRY, LIBRARY, everything=True))["new"] == 2
    assert (await load(rt, tmp_path, PANTRY, LIBRARY))["same"] == 2
    assert (await Publisher.get(name="Example County")).everything
    taken_back = await load(rt, tmp_path, PANTRY, LIBRARY, everything=False)
    assert (taken_back["same"], taken_back["skipped"], taken_back["gone"]) == (1, 1, 1)
    assert [one.name for one in await Listing.filter(status="active")] == ["Food Pantry"]
    assert not (await Publisher.get(name="Example County")).everything


async def test_doubt_waits_with_its_reading_and_is_asked_once(rt: Runtime, tmp_path: Path) -> None:
    report = await load(rt, tmp_path, PANTRY, UNSURE)
    assert (report["new"], report["held"], report["reasons"]) == (1, 1, {MAY_BE_OFF_TOPIC: 1})
    waiting = await SourceRecord.get(outcome="held")
    await review.accept_record(rt, waiting.id)
    assert await Listing.filter(status="active").count() == 2
    again = await load(rt, tmp_path, PANTRY, UNSURE)
    assert (again["same"], again["held"], again["gone"]) == (2, 0, 0)
    changed = await load(rt, tmp_path, PANTRY, UNSURE | {"House Name": "Unsure House", "ref": "4"})
    assert changed["held"] == 1


async def test_doubt_about_the_topic_is_none_where_everything_is_let_in(rt: Runtime, tmp_path: Path) -> None:
    assert (await load(rt, tmp_path, UNSURE, everything=True))["new"] == 1


def test_the_command_line_offers_both_ways(tmp_path: Path) -> None:
    told = aftercare("import", "--help", home=tmp_path).stdout
    assert "--everything" in told
    assert "--no-everything" in told
