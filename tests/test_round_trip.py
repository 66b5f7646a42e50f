"""Export, import into an empty home, export again: the same. What each home has of its own is named here.

A CSV has the home's own number (`id`), its source and the day it was retrieved; Meeting Guide and HSDS carry neither.
"""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from directory import catalog, public_listings
from directory.bulk import writing
from directory.exchange.formats import writer
from directory.listing import Listed, ListingDraft
from directory.models import Publisher
from directory.review import apply
from directory.runtime import Runtime, opened
from directory.settings import Settings
from directory.staging import publisher_for, stage
from importers.registry import source_names
from importers.run import read_feed
from tests.builders import make_draft, make_place, make_time
from tests.exchange.invented import MADE_AT
from tests.web.site import drafts

OWN = ("id", "source", "retrieved_on")
NAME, LICENCE = "Example Intergroup", "CC BY 4.0"


def meetings() -> list[ListingDraft]:
    """Support groups of many shapes, with what Meeting Guide can say."""
    weekly = make_draft(times=(make_time(), make_time(weekday=4)), description="", notes="Ring twice.")
    late = make_draft(source_key="late", times=(make_time(start=1380, end=1500),), description="")
    unknown_end = make_draft(source_key="open-end", times=(make_time(end=None),), description="", facets={})
    return [weekly, late, unknown_end]


async def export(rt: Runtime, form: str) -> str:
    found: list[Listed] = [one async for one in public_listings.every(rt)]
    out = StringIO(newline="")
    writer(form)(found, out, MADE_AT)
    return out.getvalue()


async def first_home(folder: Path, several: list[ListingDraft], form: str) -> str:
    async with opened(Settings(home=str(folder)), shared=True) as rt:
        publisher = await Publisher.create(
            name=NAME, source="meeting-guide", licence=LICENCE, timezone="America/New_York"
        )
        async with writing():
            entries = [catalog.Entry(d.source_key, d, d.fingerprint(), d.fingerprint()) for d in several]
            await catalog.save(rt, publisher, entries)
        return await export(rt, form)


async def second_home(folder: Path, file: Path, form: str, **options: str) -> tuple[str, dict[str, Any]]:
    """Everything must become a listing: nothing held, skipped or rejected."""
    async with opened(Settings(home=str(folder)), shared=True) as rt:
        reading = read_feed([file], **options)  # type: ignore[arg-type]
        chosen = {"fellowship": "", "timezone": "America/New_York", "state": ""}
        async with rt.alone():
            publisher = await publisher_for(reading, **chosen, dry_run=False)
            batch, report = await stage(reading, publisher, [file.name])
            await apply(rt, batch, "a round trip")
        return await export(rt, form), report


async def there_and_back(tmp_path: Path, several: list[ListingDraft], form: str, name: str, **options: str) -> Any:
    first = await first_home(tmp_path / "one", several, form)
    file = tmp_path / name
    file.write_text(first, encoding="utf-8", newline="")
    second, report = await second_home(tmp_path / "two", file, form, **options)
    told = {word: report[word] for word in ("read", "new", "held", "skipped", "rejected")}
    return first, second, told


def without_own(text: str) -> list[dict[str, str]]:
    return [
        {name: cell for name, cell in row.items() if name not in OWN}
        for row in csv.DictReader(StringIO(text, newline=""))
    ]


async def test_our_csv_comes_back_the_same(tmp_path: Path) -> None:
    reachable = [draft for draft in drafts() if draft.phones or draft.website]
    first, second, told = await there_and_back(tmp_path, reachable, "csv", "export.csv")
    count = len(reachable)
    assert told == {"read": count, "new": count, "held": 0, "skipped": 0, "rejected": 0}
    assert without_own(second) == without_own(first)
    assert without_own(first)[0]["licence"] == LICENCE


async def test_meetings_come_back_the_same_byte_for_byte(tmp_path: Path) -> None:
    options = {"source": "meeting-guide", "publisher": NAME, "fellowship": "aa"}
    first, second, told = await there_and_back(tmp_path, meetings(), "meeting-guide", "meetings.json", **options)
    assert (told["new"], told["rejected"], told["skipped"]) == (len(json.loads(first)), 0, 0)
    assert json.loads(second) == json.loads(first)
    assert second == first


async def test_hsds_comes_back_the_same(tmp_path: Path) -> None:
    if "hsds" not in source_names():
        pytest.skip("the hsds importer is not in this checkout")
    several = [make_draft(), make_draft(source_key="b", place=make_place(street="2 New St"), times=())]
    first, second, told = await there_and_back(tmp_path, several, "hsds", "h.json", source="hsds", publisher=NAME)
    assert (told["new"], told["rejected"]) == (2, 0)
    assert [_told(one) for one in json.loads(second)["contents"]] == [
        _told(one) for one in json.loads(first)["contents"]
    ]


def _told(one: dict[str, Any]) -> dict[str, Any]:
    names = ("name", "url", "description", "eligibility_description")
    codes = {attribute["taxonomy_term"]["code"] for attribute in one["attributes"]}
    return {name: one.get(name) for name in names} | {"codes": sorted(codes - {"source:licence"})}
