"""Our own CSV is read back without loss: whatever is public, and safe to open in a spreadsheet on the way."""

import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.exchange.public import shared
from directory.exchange.spreadsheet import safe
from directory.listing import Listed, ListingDraft
from importers.registry import source
from importers.rows import Feed, Reject, Row
from importers.sources import aftercare_csv
from importers.sources.aftercare_csv import draft
from tests.builders import make_listed, make_place, make_time
from tests.exchange.invented import export, listings

FEED = Feed("aftercare-csv")


def read_back(*several: Listed) -> list[ListingDraft]:
    rows = csv.DictReader(StringIO(export("csv", *several), newline=""))
    return [draft(Row(number, row), source("aftercare-csv").lookups, FEED) for number, row in enumerate(rows, 1)]


@settings(max_examples=80, deadline=None)
@given(listings())
def test_any_public_listing_survives_our_csv(listed: Listed) -> None:
    public = [one.draft for one in shared([listed])]
    assert [one.as_dict() for one in read_back(listed)] == [one.as_dict() for one in public]


@given(st.text())
def test_the_apostrophe_that_keeps_a_cell_harmless_comes_off_again(text: str) -> None:
    assert aftercare_csv._plain(safe(text)) == text


def test_the_publisher_and_its_licence_are_those_of_the_first_row() -> None:
    (row,) = csv.DictReader(StringIO(export("csv", make_listed()), newline=""))
    assert aftercare_csv.publisher(FEED, row) == "Example Intergroup"
    assert aftercare_csv.licence(FEED, row) == "open, with credit"


def test_a_listing_of_another_publisher_is_refused_by_name() -> None:
    (row,) = csv.DictReader(StringIO(export("csv", make_listed()), newline=""))
    with pytest.raises(Reject, match="another publisher") as refused:
        draft(Row(1, row), source("aftercare-csv").lookups, Feed("aftercare-csv", publisher="Somebody else"))
    assert refused.value.detail == "Example Intergroup"


@pytest.mark.parametrize(
    ("column", "cell"),
    [("kind", "castle"), ("times", "[{"), ("times", '[{"weekday": 1, "start": "25:61"}]'), ("latitude", "north"),
     ("verified_on", "soon"), ("facets", "[1]"), ("phones", "614"), ("times", '[{"start": "07:00"}]')],
)  # fmt: skip
def test_a_spoilt_cell_spoils_its_own_record_only_and_says_so(column: str, cell: str) -> None:
    (row,) = csv.DictReader(StringIO(export("csv", make_listed(place=make_place(), times=(make_time(),))), newline=""))
    with pytest.raises(Reject, match="a cell holds what no export of ours writes"):
        draft(Row(1, row | {column: cell}), source("aftercare-csv").lookups, FEED)
