"""Lists of online meetings without a column of days are read in full. All meetings are invented."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from directory.vocab import Modality
from importers.meetings.online_list import is_of_list, times
from importers.rows import Reject, Row
from importers.run import Result, read_feed

LISTED: dict[str, Any] = {
    "name": "Lantern Group",
    "times": "Tuesday 8:15 PM",
    "timezone": "America/Chicago",
    "url": "https://zoom.us/j/6145550100",
    "phone": "",
    "access_code": "",
    "email": "member@example.org",
    "types": "Open, English",
    "formats": "Video",
    "notes": "",
}


def read(folder: Path, *changes: dict[str, Any]) -> list[Result]:
    file = folder / "list.json"
    file.write_text(json.dumps([LISTED | change for change in changes]))
    reading = read_feed([file])
    assert reading.source == "meeting-guide"
    return list(reading.results())


def when(said: Any, **cells: Any) -> list[tuple[int, int]]:
    return [(time.weekday, time.start) for time in times(Row(1, {"times": said, **cells}))]


def test_a_listed_meeting_is_online_at_its_time_in_its_zone(tmp_path: Path) -> None:
    [result] = read(tmp_path, {"meeting_id": "614 555", "meeting_password": "hope", "languages": "French"})
    draft = result.draft
    assert draft is not None
    assert draft.online is not None
    assert (draft.modality, draft.online.url) == (Modality.ONLINE, LISTED["url"])
    assert "Passcode: hope" in draft.online.url_notes
    assert [(time.weekday, time.start, time.timezone) for time in draft.times] == [(2, 1215, "America/Chicago")]
    assert set(draft.facets["language"]) == {"en", "fr"}
    assert "member@example.org" not in repr(result)


def test_the_number_of_a_listed_meeting_is_its_way_in(tmp_path: Path) -> None:
    [result] = read(tmp_path, {"url": "", "phone": "+1 712 555 0100", "access_code": "86023", "formats": "Phone"})
    assert result.draft is not None
    assert result.draft.online is not None
    assert (result.draft.modality, result.draft.online.phone) == (Modality.PHONE, "+17125550100")
    assert result.draft.online.phone_notes == "Access code: 86023"


def test_two_meetings_of_one_name_are_two(tmp_path: Path) -> None:
    first, second = read(tmp_path, {}, {"times": "Friday noon"})
    assert first.key != second.key
    assert not second.outcome


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Monday 6:30 AM, Wednesday 6:30 AM", [(1, 390), (3, 390)]),
        ("Thursday 12:00 AM\nSunday 9:00 PM", [(4, 0), (0, 1260)]),
        (["Monday noon", "friday 7pm"], [(1, 720), (5, 1140)]),
        ("Mon & Wed 7 pm; Sat 10:00", [(1, 1140), (3, 1140), (6, 600)]),
        ("", []),
    ],
)
def test_all_times_in_one_text_are_read(said: Any, found: list[tuple[int, int]]) -> None:
    assert when(said) == found


def test_round_the_clock_is_every_hour_of_the_week() -> None:
    assert when("", is_24_7=True) == [(day, 0) for day in range(7)]


@pytest.mark.parametrize("said", ["Someday 7 PM", "Monday", "Monday 25:00", "call first"])
def test_a_time_nobody_can_read_is_never_replaced(said: str) -> None:
    with pytest.raises(Reject):
        when(said)


def test_an_ordinary_meeting_is_not_taken_for_one() -> None:
    assert is_of_list(LISTED)
    assert not is_of_list(LISTED | {"day": 1})
    assert not is_of_list({"name": "x", "times": "y", "timezone": "z"})


def test_the_same_list_from_a_google_sheet_says_the_same(tmp_path: Path) -> None:
    plain = read(tmp_path, {})
    file = tmp_path / "sheet.json"
    header = [name.replace("_", " ").title() for name in LISTED]
    file.write_text(json.dumps({"range": "A:J", "values": [header, list(LISTED.values())]}))
    assert [result.draft for result in read_feed([file]).results()] == [result.draft for result in plain]


def test_a_table_of_such_a_list_says_what_it_lacks(tmp_path: Path) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([list(LISTED), list(LISTED.values())])
    file = tmp_path / "list.csv"
    file.write_text(text.getvalue())
    with pytest.raises(ValueError, match="mapping file"):
        read_feed([file])
