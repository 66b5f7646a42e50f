"""What is listed is what the publisher said: no number, link, town or hour that is not in its record."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from directory.listing import ListingDraft
from directory.schedule import DAY
from importers.mailboxes import of_office
from importers.run import Result, read_feed

FEEDS = [
    "other/sf-adult-probation-ohana-2013.json",
    "hsds/ilao-illinois-hsds11",
    "meeting-guide/alanon-massachusetts.json",
    "meeting-guide/eda-worldwide.json",
    "samhsa/findtreatment-api-charlottesville-2019-05-23.json",
]
LONGEST = 4000  # letters of a description
MARKUP = re.compile(r"</?[a-z][^<>]*>|&(?:#\d+|[a-z]{2,8});|[\x00-\x08\x0b-\x1f\x7f-\x9f]", re.I)
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@pytest.fixture(scope="module", params=FEEDS)
def listed(request: pytest.FixtureRequest, samples: Path) -> list[tuple[Result, ListingDraft]]:
    results = read_feed([samples / request.param]).results()
    found = [(one, one.draft) for one in results if one.draft and not one.outcome]
    assert found
    return found


def words(raw: Any) -> Iterator[str]:
    """Every text of a record, however deep."""
    if isinstance(raw, dict):
        raw = list(raw.values())
    if isinstance(raw, list):
        for inner in raw:
            yield from words(inner)
    elif raw is not None:
        yield str(raw)


def plain(said: str) -> str:
    return re.sub(r"[\W_]", "", said.casefold())


def test_numbers_links_and_towns_are_those_of_the_record(listed: list[tuple[Result, ListingDraft]]) -> None:
    for result, draft in listed:
        record = " ".join(words(result.raw))
        digits, letters = re.sub(r"\D", "", record), plain(record)
        assert all(re.sub(r"\D", "", one.number) in digits for one in draft.phones), (result.number, draft.phones)
        assert plain(re.sub(r"^https?://(www\.)?", "", draft.website)) in letters, (result.number, draft.website)
        assert plain(draft.place.city if draft.place else "") in letters, (result.number, draft.place)
        assert draft.email.casefold() in record.casefold()


def test_hours_are_those_of_the_record(listed: list[tuple[Result, ListingDraft]]) -> None:
    for result, draft in listed:
        record = " ".join(words(result.raw)).casefold()
        for time in draft.times:
            hour, minute = divmod(time.start, 60)
            short = f"{hour % 12 or 12}:{minute:02}"
            spelled = [f"{hour:02}:{minute:02}", short, *([str(hour % 12 or 12)] if not minute else [])]
            named = {0: ("24", "midnight", "day"), DAY // 2: ("noon",)}.get(time.start, ())
            assert any(one in record for one in (*spelled, *named)), (result.number, time)
            assert time.end is None or time.end > time.start


def test_words_for_people_have_no_markup_and_an_end(listed: list[tuple[Result, ListingDraft]]) -> None:
    for result, draft in listed:
        for said in (draft.name, draft.group, draft.description, draft.notes):
            assert not MARKUP.search(said), (result.number, said)
        assert len(draft.description) <= LONGEST


def test_nobody_on_the_staff_is_written_to(listed: list[tuple[Result, ListingDraft]]) -> None:
    for result, draft in listed:
        place = draft.place.name if draft.place else ""
        for address in ADDRESS.findall(f"{draft.email} {draft.description} {draft.notes}"):
            assert of_office(address, draft.name, draft.group, place), (result.number, address)
