import csv
import json
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.exchange.public import shared
from directory.exchange.spreadsheet import safe
from directory.listing import Area, Listed, Phone
from directory.schedule import WeeklyTime
from directory.vocab import Kind
from tests.builders import make_listed, make_place, make_time
from tests.exchange.invented import export, listings

CONTRACT = (
    "id publisher source_key kind name modality address city state postal_code latitude longitude approximate phone url"
    " times facets status verified_on source_updated_on"
).split()


def rows(*several: Listed) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(export("csv", *several), newline="")))


def test_the_columns_scripts_depend_on_come_first_and_hold_the_listing() -> None:
    (row,) = rows(make_listed(7, denied={"medication": ("methadone",)}, also=(Kind.COMMUNITY_SERVICE,)))
    assert list(row)[: len(CONTRACT)] == CONTRACT
    assert (row["id"], row["kind"], row["modality"], row["status"]) == ("7", "support_group", "in_person", "active")
    assert (row["address"], row["postal_code"]) == ("1200 Example Avenue", "43215")
    assert (row["latitude"], row["longitude"], row["approximate"]) == ("39.9671", "-83.0042", "false")
    assert json.loads(row["times"]) == [
        {"weekday": 2, "start": "19:00", "end": "20:00", "timezone": "America/New_York"}
    ]
    assert json.loads(row["facets"])["format"] == ["open", "step"]
    assert json.loads(row["denied"]) == {"medication": ["methadone"]}
    assert json.loads(row["also"]) == ["community_service"]
    assert row["verified_on"] == "2026-01-05"


TIMES = [
    (WeeklyTime(6, 1320, 1500), {"weekday": 6, "start": "22:00", "end": "01:00", "timezone": None}),
    (WeeklyTime(6, 0, 1440), {"weekday": 6, "start": "00:00", "end": "24:00", "timezone": None}),
    (WeeklyTime(6, 420, 1860), {"weekday": 6, "start": "07:00", "end": "07:00", "timezone": None}),
    (WeeklyTime(6, 420), {"weekday": 6, "start": "07:00", "end": None, "timezone": None}),
    (
        WeeklyTime(0, 420, weeks=(-1,), every=2),
        {"weekday": 0, "start": "07:00", "end": None, "timezone": None, "weeks": [-1], "every": 2},
    ),
]


@pytest.mark.parametrize(("time", "told"), TIMES)
def test_times_are_clock_times_with_their_rule(time: WeeklyTime, told: dict[str, object]) -> None:
    (row,) = rows(make_listed(times=(time,)))
    assert json.loads(row["times"]) == [told]


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "+1-614-555-0134"]
)
def test_what_a_spreadsheet_would_run_is_made_text(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "-83.0042", "+44 20 7946 0018", "+44 20 7946 0018 x12", "a=b", "614-555-0134"])
def test_numbers_phones_and_plain_words_stay_as_they_are(text: str) -> None:
    assert safe(text) == text


@given(st.lists(listings(), max_size=3))
def test_every_cell_is_harmless_and_reads_back(several: list[Listed]) -> None:
    written, public = rows(*several), list(shared(several))
    assert [int(row["id"]) for row in written] == [one.id for one in public]
    for row, one in zip(written, public, strict=True):
        for cell in row.values():
            assert cell[:1] not in tuple("=@\t\r") or not cell
            assert cell[:1] not in tuple("+-") or cell[1:].replace(".", "").replace(" ", "").isdigit()
        assert row["name"] in (one.draft.name, f"'{one.draft.name}")
        assert {group: tuple(words) for group, words in json.loads(row["facets"]).items()} == one.draft.facets
        assert len(json.loads(row["times"])) == len(one.draft.times)


def test_a_listing_without_place_phone_or_times_still_has_its_row() -> None:
    (row,) = rows(make_listed(place=None, phones=(), times=(), facets={}, website="", area=Area(states=("OH",))))
    assert (row["address"], row["latitude"], row["phone"], row["times"]) == ("", "", "", "[]")
    assert json.loads(row["area"])["states"] == ["OH"]


def test_the_first_phone_has_its_extension_and_all_are_kept() -> None:
    (row,) = rows(make_listed(phones=(Phone("614-555-0134", "12"), Phone("988", label="24 hours"))))
    assert row["phone"] == "614-555-0134 x12"
    assert len(json.loads(row["phones"])) == 2


def test_a_confidential_place_shows_its_city_only() -> None:
    (row,) = rows(make_listed(place=make_place(confidential=True), times=(make_time(),)))
    assert (row["address"], row["location"], row["latitude"], row["city"]) == ("", "", "", "Columbus")
