"""BMLT answers and NAWS exports become true listings, or say why not. All meetings here are invented."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.listing import ListingDraft
from directory.vocab import Modality
from importers import registry
from importers.rows import Feed, Hold, Outcome, Reject, Row, Skip
from importers.run import read_feed
from importers.sources import bmlt, bmlt_naws

LOOK = registry.source("bmlt-naws").lookups
ZOOM = "https://zoom.us/j/6145550100"
RECORD = {
    "id_bigint": "17",
    "worldid_mixed": "G00099999",
    "weekday_tinyint": "1",
    "venue_type": "1",
    "start_time": "19:00:00",
    "duration_time": "01:30:00",
    "time_zone": "",
    "formats": "O,D",
    "format_shared_id_list": "",
    "longitude": "-83.0",
    "latitude": "39.96",
    "published": "1",
    "meeting_name": "Sunday Hope",
    "location_text": "Invented Hall",
    "location_info": "Side door",
    "location_street": "100 Example St",
    "location_municipality": "Columbus",
    "location_sub_province": "Franklin County",
    "location_province": "Ohio",
    "location_postal_code_1": "43215",
    "location_nation": "U.S.A",
    "comments": "",
    "virtual_meeting_link": "",
    "phone_meeting_number": "",
    "virtual_meeting_additional_info": "",
}
FORMATS = [
    {"id": "4", "lang": "es", "key_string": "Ce", "name_string": "Cerrada", "world_id": "CLOSED"},
    {"id": "4", "lang": "en", "key_string": "C", "name_string": "Closed", "world_id": "CLOSED"},
    {"id": "5", "lang": "en", "key_string": "CH", "name_string": "Closed Holidays", "world_id": ""},
    {"id": "9", "lang": "en", "key_string": "PER", "name_string": "Persian", "world_id": "LANG"},
    {"id": "12", "lang": "en", "key_string": "XQ", "name_string": "Step", "world_id": "STEP"},
]


def read(tables: Any = None, feed_state: str = "", **changes: Any) -> ListingDraft:
    cells = {name: value for name, value in (RECORD | changes).items() if value is not ...}
    return bmlt.draft(Row(1, cells), LOOK, Feed("bmlt", state=feed_state, tables={"formats": tables or []}))


def test_a_plain_record_keeps_every_fact() -> None:
    draft = read(time_zone="America/New_York", train_lines="Train Lines#@-@#Red line", service_body_name="Ohio Area")
    assert draft.place is not None
    assert draft.place.address() == "100 Example St, Columbus, OH 43215"
    assert (draft.place.county, draft.place.country, draft.place.name) == ("Franklin", "US", "Invented Hall")
    assert draft.place.directions == "Side door; Red line"
    assert [(t.weekday, t.start, t.end, t.timezone) for t in draft.times] == [(0, 1140, 1230, "America/New_York")]
    assert draft.facets["fellowship"] == ("na",)
    assert draft.facets["format"] == ("discussion", "open")
    assert "Ohio Area" in draft.categories


def test_a_building_is_named_without_the_comma_after_it() -> None:
    place = read(location_text="Memorial Center,").place
    assert place is not None
    assert place.name == "Memorial Center"


@pytest.mark.parametrize(("weekday", "expected"), [("1", 0), ("7", 6), (3, 2)])
def test_weekdays_count_from_one(weekday: Any, expected: int) -> None:
    assert read(weekday_tinyint=weekday).times[0].weekday == expected


@pytest.mark.parametrize("weekday", ["0", "8", "Sunday", "1.5"])
def test_a_day_nobody_can_read_is_rejected(weekday: str) -> None:
    with pytest.raises(Reject, match="day"):
        read(weekday_tinyint=weekday)


@pytest.mark.parametrize(
    ("duration", "end"),
    [("01:00:00", 1200), ("06:00:00", 1500), ("24:00:00", 2580), ("00:00:00", None), ("", None), ("25:00:00", None)],
)
def test_a_duration_becomes_an_end_and_the_servers_default_does_not(duration: str, end: int | None) -> None:
    assert read(duration_time=duration).times[0].end == end


@pytest.mark.parametrize(
    ("changes", "modality"),
    [
        ({}, Modality.IN_PERSON),
        ({"venue_type": "1", "virtual_meeting_link": ZOOM}, Modality.IN_PERSON),
        ({"venue_type": "2", "virtual_meeting_link": ZOOM}, Modality.ONLINE),
        ({"venue_type": "3", "virtual_meeting_link": ZOOM}, Modality.HYBRID),
        ({"venue_type": "", "formats": "VM", "virtual_meeting_link": ZOOM}, Modality.ONLINE),
        ({"venue_type": "", "formats": "VM,HY", "virtual_meeting_link": ZOOM}, Modality.HYBRID),
        ({"venue_type": "", "formats": "O", "virtual_meeting_link": ZOOM}, Modality.HYBRID),
        ({"venue_type": "", "formats": "TC,VM", "virtual_meeting_link": ZOOM}, Modality.ONLINE),
        ({"venue_type": "3", "formats": "TC,HY", "virtual_meeting_link": ZOOM}, Modality.ONLINE),
        ({"venue_type": "2", "phone_meeting_number": "614-555-0100"}, Modality.PHONE),
        ({"venue_type": "", "formats": ...}, Modality.IN_PERSON),
    ],
)
def test_the_venue_type_decides_else_the_formats(changes: dict[str, Any], modality: Modality) -> None:
    draft = read(**changes)
    assert draft.modality is modality
    assert draft.place is not None
    assert draft.place.walkable == (modality in (Modality.IN_PERSON, Modality.HYBRID))
    assert draft.place.approximate != draft.place.walkable


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"published": "0"}, "unpublished"),
        ({"worldid_mixed": "deleted"}, "deleted"),
        ({"formats": "O,TC"}, "location temporarily closed"),
        ({"meeting_name": "Hope (suspended)"}, "marked closed in its name"),
    ],
)
def test_what_does_not_meet_is_skipped_with_its_key(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(Skip) as skipped:
        read(**changes)
    assert (skipped.value.reason, skipped.value.key) == (reason, "17")


def test_the_same_id_on_two_servers_is_two_meetings() -> None:
    first = read(root_server_uri="https://one.example.org/main_server/")
    second = read(root_server_uri="https://two.example.org/main_server/")
    assert first.source_key == "one.example.org/main_server#17"
    assert first.source_key != second.source_key
    assert read().source_key == "17"


def test_one_server_names_the_publisher_and_an_aggregator_does_not() -> None:
    uri = {"root_server_uri": "https://one.example.org/main_server/"}
    assert bmlt.publisher(Feed("bmlt"), uri) == "one.example.org"
    assert bmlt.publisher(Feed("bmlt"), uri | {"root_server_id": "3"}) == ""
    assert bmlt.publisher(Feed("bmlt"), {}) == ""


def test_formats_go_by_world_id_through_the_feeds_own_list() -> None:
    draft = read(FORMATS, formats="C,CH,PER,XQ", format_shared_id_list="4,5,9,12")
    assert draft.facets["format"] == ("closed", "step")
    assert draft.facets["language"] == ("fa",)
    assert "Closed Holidays" in draft.categories
    assert read(FORMATS, formats=..., format_shared_id_list="4").facets["format"] == ("closed",)


def test_key_strings_are_read_without_a_list_and_unknown_ones_stay_words() -> None:
    draft = read(formats="St,WC,NC,QQ", format_shared_id_list="1,2,3,4")
    assert (draft.facets["format"], draft.facets["access"]) == (("step",), ("wheelchair",))
    assert draft.denied == {"access": ("children_welcome",)}
    assert "QQ" in draft.categories


def test_a_password_in_the_phone_column_is_never_dialled() -> None:
    draft = read(venue_type="2", virtual_meeting_link=ZOOM, phone_meeting_number="Zoom ID 614-555-0100 PW Group")
    assert draft.online is not None
    assert (draft.online.phone, draft.online.phone_notes) == ("", "Zoom ID 614-555-0100 PW Group")


def test_no_member_is_named_and_a_stopped_meeting_waits() -> None:
    draft = read(contact_name_1="Bob", email_contact="bob@example.org", comments="Call Bob 614-555-0199 for rides")
    assert "Bob" not in str(draft.as_dict())
    assert "0199" not in str(draft.as_dict())
    with pytest.raises(Hold, match="may not be meeting"):
        read(comments="Meeting suspended until further notice")


def test_a_missing_province_comes_from_the_feed_at_home_only() -> None:
    home = read(feed_state="OH", location_province="", location_nation="").place
    abroad = read(feed_state="OH", location_province="", location_nation="Canada").place
    assert home is not None
    assert abroad is not None
    assert (home.state, abroad.state, abroad.country) == ("OH", "", "CA")


ROW = {
    "committee": "G00099999",
    "committeename": "Monday Night",
    "parentname": "Ohio Area",
    "closed": "CLOSED",
    "wheelchr": "TRUE",
    "day": "Monday",
    "time": "1900",
    "language1": "ES",
    "place": "Invented Hall",
    "address": "100 Example St",
    "city": "Columbus",
    "state": "OH",
    "zip": "43215",
    "country": "US",
    "institutional": "FALSE",
    "format1": "STEP",
    "format2": "M",
    "room": "Timer, Rides",
    "delete": "",
    "lastchanged": "6/10/24",
    "longitude": "-83.0",
    "latitude": "39.96",
    "timezone": "America/New_York",
    "bmlt_id": "251",
    "unpublished": "",
}


def naws(**changes: Any) -> ListingDraft:
    cells = {name: value for name, value in (ROW | changes).items() if value is not ...}
    return bmlt_naws.draft(Row(1, cells), LOOK, Feed("bmlt-naws"))


def test_a_naws_row_keeps_every_fact() -> None:
    draft = naws()
    assert (draft.source_key, draft.name, str(draft.source_updated_on)) == ("251", "Monday Night", "2024-06-10")
    assert [(t.weekday, t.start, t.end, t.timezone) for t in draft.times] == [(1, 1140, None, "America/New_York")]
    assert draft.facets["format"] == ("closed", "step")
    assert (draft.facets["language"], draft.facets["access"]) == (("es",), ("wheelchair",))
    assert draft.denied == {"gender": ("women",)}
    assert {"Timer", "Rides", "Ohio Area"} <= set(draft.categories)


@pytest.mark.parametrize(
    ("time", "start"),
    [("0730", 450), ("730", 450), ("1930", 1170), ("0.8125", 1170), ("19:30", 1170), ("0", 0), ("30", 30)],
)
def test_naws_times_survive_a_spreadsheet(time: str, start: int) -> None:
    assert naws(time=time).times[0].start == start


def test_a_naws_row_without_day_and_time_has_none_made_up() -> None:
    assert naws(day="", time="").times == ()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"delete": "D"}, "deleted"),
        ({"unpublished": "1"}, "unpublished"),
        ({"institutional": "TRUE"}, "in an institution, not open to the public"),
        ({"institutional": "1"}, "in an institution, not open to the public"),
        ({"format1": "TC"}, "location temporarily closed"),
    ],
)
def test_naws_rows_not_for_the_public_are_skipped(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(Skip) as skipped:
        naws(**changes)
    assert skipped.value.reason == reason


def test_a_group_with_two_meetings_has_two_keys() -> None:
    assert naws(bmlt_id=...).source_key == "G00099999|Monday|1900"
    assert naws(bmlt_id=...).source_key != naws(bmlt_id=..., day="Tuesday").source_key


def test_wheelchair_false_is_only_the_default() -> None:
    draft = naws(wheelchr="FALSE", format2="")
    assert ("access" in draft.facets, draft.denied) == (False, {})


VALUES = st.none() | st.integers(-9, 99999) | st.floats() | st.text(max_size=30) | st.lists(st.text(max_size=4))
VALUES |= st.sampled_from(["VM", "TC,VM", "1", "D", "24:00:00", ZOOM, "-83.1", "Monday"])


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from([*RECORD, "comments", "root_server_uri"]), VALUES, max_size=10))
def test_junk_in_any_field_is_at_worst_an_outcome(changes: dict[str, Any]) -> None:
    try:
        draft = read(FORMATS, **changes)
    except Outcome as outcome:
        found = (outcome.reason, outcome.key)
    else:
        assert ListingDraft.from_dict(draft.as_dict()) == draft
        found = (draft.name, draft.source_key)
    assert all(found)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(list(ROW)), VALUES, max_size=10))
def test_junk_in_any_naws_cell_is_at_worst_an_outcome(changes: dict[str, Any]) -> None:
    try:
        draft = naws(**changes)
    except Outcome as outcome:
        assert outcome.reason  # noqa: PT017 (either end is fine, an exception of another kind is not)
    else:
        assert ListingDraft.from_dict(draft.as_dict()) == draft


def test_the_servers_table_says_the_same_as_its_records(tmp_path: Path) -> None:
    """BMLT answers as CSV too, every cell quoted."""
    rows, file = [RECORD, RECORD | {"id_bigint": "18", "published": "0"}], tmp_path / "answer.csv"
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.DictWriter(opened, RECORD, quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)
    reading = read_feed([file])
    first, second = reading.results()
    assert (reading.source, first.draft, second.reason) == ("bmlt", read(), "unpublished")


def test_what_the_servers_admin_interface_answers_says_the_same(tmp_path: Path) -> None:
    """Other names, weekdays from 0, true and false for published."""
    names = {plain: admin for admin, plain in bmlt._ADMIN.items()}
    record: dict[str, Any] = {names.get(name, name): value for name, value in RECORD.items()}
    del record["weekday_tinyint"], record["format_shared_id_list"], record["formats"]
    record |= {"day": 0, "formatIds": [], "published": True, "serviceBodyId": 3, "startTime": "19:00"}
    file = tmp_path / "admin.json"
    file.write_text(json.dumps([record, record | {"id": 18, "published": False}, record | {"id": 19, "day": 7}]))
    reading = read_feed([file])
    first, second, third = reading.results()
    assert (reading.source, second.reason) == ("bmlt", "unpublished")
    assert first.draft == read(formats="")
    assert (third.outcome, third.reason) == ("rejected", "the day cannot be read")
