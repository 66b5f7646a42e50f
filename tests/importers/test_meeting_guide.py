"""Meeting Guide records become true listings, or say why not. All meetings here are invented."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.listing import ListingDraft
from directory.vocab import Modality
from importers import registry
from importers.rows import Feed, Hold, Outcome, Reject, Row, Skip
from importers.sources import meeting_guide
from tests.feeds import meeting

LOOK = registry.source("meeting-guide").lookups
STREET = "101 Example St, Columbus, OH 43215, USA"
ZOOM = "https://zoom.us/j/6145550100"


def read(fellowship: str = "aa", state: str = "", **changes: Any) -> ListingDraft:
    cells = {name: value for name, value in meeting(1, **changes).items() if value is not ...}
    feed = Feed("meeting-guide", fellowship=fellowship, state=state)
    return meeting_guide.draft(Row(1, cells), LOOK, feed)


def test_a_plain_record_keeps_every_fact() -> None:
    draft = read(
        group="North Group",
        region="Ohio",
        sub_region="Columbus",
        url="https://example.org/m/1",
        end_time="1:00 PM",
        time="12:00 PM",
    )
    assert (draft.source_key, draft.name, draft.group) == ("group-1", "Group 1", "North Group")
    assert draft.place is not None
    assert draft.place.address() == "101 Example St, Columbus, OH 43215"
    assert (draft.place.name, draft.place.approximate) == ("Invented Hall", False)
    assert [(time.weekday, time.start, time.end, time.timezone) for time in draft.times] == [(1, 720, 780, None)]
    assert draft.facets["format"] == ("discussion", "open")
    assert draft.facets["modality"] == ("in_person",)
    assert {"Ohio", "Columbus"} <= set(draft.categories)
    assert str(draft.source_updated_on) == "2026-05-01"


@pytest.mark.parametrize(
    ("day", "weekdays"),
    [
        (0, [0]), ("6", [6]), ([2], [2]), ("[2]", [2]), ([1, "4"], [1, 4]), ("Tuesday", [2]), ("martes", [2]),
        ("jeudi", [4]), ("Monday, Wednesday", [1, 3]), ("Mon/Fri", [1, 5]), (3.0, [3]),
        ("daily", [0, 1, 2, 3, 4, 5, 6]),
    ],
)  # fmt: skip
def test_days_are_read_in_every_way_feeds_write_them(day: Any, weekdays: list[int]) -> None:
    assert [time.weekday for time in read(day=day).times] == weekdays


@pytest.mark.parametrize("day", ["7", 7, -1, True, "someday", [1, 9], "1.5"])
def test_a_day_nobody_can_read_is_rejected_and_never_guessed(day: Any) -> None:
    with pytest.raises(Reject, match="day"):
        read(day=day)


@pytest.mark.parametrize(
    ("time", "end", "expected"),
    [
        ("19:00", "20:15", (1140, 1215)),
        ("9:30", None, (570, None)),
        ("7:00 PM", "8 pm", (1140, 1200)),
        ("23:30", "00:30", (1410, 1470)),
        ("22:00", "00:00", (1320, 1440)),
        ("00:00", "01:00", (0, 60)),
        ("23:59", "", (1439, None)),
        ("19:00", "19:00", (1140, None)),
        ("19:00", "18:00", (1140, None)),
        ("19:00", "late", (1140, None)),
    ],
)
def test_times_end_after_they_start_even_past_midnight(time: str, end: Any, expected: tuple[int, int | None]) -> None:
    found = read(time=time, end_time=end).times[0]
    assert (found.start, found.end) == expected


def test_no_day_and_no_time_is_by_appointment_and_half_of_it_waits_for_a_person() -> None:
    draft = read(day=..., time=None)
    assert (draft.times, draft.by_appointment) == ((), True)
    with pytest.raises(Hold, match="a day without a time"):
        read(time="")
    with pytest.raises(Reject, match="time"):
        read(time="after dinner")


def test_the_zone_is_the_records_own_when_it_is_one() -> None:
    assert read(timezone="America/Chicago").times[0].timezone == "America/Chicago"
    assert read(timezone="Mars/Olympus").times[0].timezone is None


def test_a_zone_in_the_name_beats_a_made_up_pin() -> None:
    draft = read(
        name="Sunrise - 9am Eastern - Online",
        time="09:00",
        conference_url=ZOOM,
        formatted_address="Los Angeles, CA, USA",
    )
    assert draft.times[0].timezone == "America/New_York"
    with pytest.raises(Hold, match="another time"):
        read(name="Sunrise - 8am Central - Online", time="09:00", conference_url=ZOOM)


@pytest.mark.parametrize(
    ("name", "day", "weeks"),
    [
        ("Women 2nd & 4th Fridays Only", 5, (2, 4)),
        ("Last Sunday group", 0, (-1,)),
        ("1st and 3rd Mondays", 1, (1, 3)),
        ("First Monday speaker", 1, ()),
        ("2nd Friday", 4, ()),
        ("Third Tradition", 1, ()),
    ],
)
def test_weeks_of_the_month_come_from_the_name_where_it_says_so(name: str, day: int, weeks: tuple[int, ...]) -> None:
    assert read(name=name, day=day).times[0].weeks == weeks


def test_alternate_weeks_keep_their_words_for_nobody_knows_which() -> None:
    time = read(name="Every other Sunday", day=0).times[0]
    assert (time.weeks, time.every, time.note) == ((), 1, "Every other Sunday")


@pytest.mark.parametrize(
    ("changes", "modality"),
    [
        ({}, Modality.IN_PERSON),
        ({"conference_url": ZOOM}, Modality.HYBRID),
        ({"conference_url": ZOOM, "approximate": "yes"}, Modality.ONLINE),
        ({"conference_url": ZOOM, "types": ["TC", "O"]}, Modality.ONLINE),
        ({"conference_url": ZOOM, "formatted_address": "Columbus, OH, USA"}, Modality.ONLINE),
        ({"conference_phone": "+16145550100", "types": ["TC"]}, Modality.PHONE),
        ({"conference_phone": "+11"}, Modality.IN_PERSON),
        ({"conference_url": "ask us"}, Modality.IN_PERSON),
        ({"conference_url": "https://zoom.us/", "conference_phone": "6145550100", "types": ["TC"]}, Modality.PHONE),
        ({"attendance_option": "In-Person", "conference_url": ZOOM}, Modality.IN_PERSON),
        ({"attendance_option": "hybrid", "conference_url": ZOOM}, Modality.HYBRID),
        ({"attendance_option": "hybrid", "conference_url": ZOOM, "types": "TC"}, Modality.ONLINE),
        ({"attendance_option": "in_person", "approximate": "yes"}, Modality.IN_PERSON),
        ({"types": ["TC", "ONL"], "notes": f"Join at {ZOOM} any time"}, Modality.ONLINE),
    ],
)  # fmt: skip
def test_attendance_is_what_the_feed_says_or_what_follows_from_it(changes: dict[str, Any], modality: Modality) -> None:
    draft = read(**changes)
    assert draft.modality is modality
    assert draft.facets["modality"] == (modality,)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"attendance_option": "inactive"}, "inactive in the feed"),
        ({"types": ["O", "TC"]}, "location temporarily closed"),
        ({"approximate": True}, "no address to go to and no way to join"),
        ({"formatted_address": "Columbus, OH, USA"}, "no address to go to and no way to join"),
        ({"name": "Sunrise (Closed until September)"}, "marked closed in its name"),
    ],
)
def test_what_does_not_meet_is_skipped_with_its_key(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(Skip) as skipped:
        read(**changes)
    assert (skipped.value.reason, skipped.value.key) == (reason, "group-1")


def test_words_that_decide_whether_it_meets_wait_for_a_person() -> None:
    with pytest.raises(Hold, match="unknown word"):
        read(attendance_option="sometimes")
    with pytest.raises(Hold, match="may not be meeting"):
        read(notes="Our meeting is temporarily closed.")


def test_closed_as_a_kind_of_meeting_is_no_closure() -> None:
    assert read(name="Closed Discussion", types=["C"]).facets["format"] == ("closed",)


@pytest.mark.parametrize("online", [{"types": ["TC", "X"]}, {"approximate": "yes"}, {"attendance_option": "online"}])
def test_an_online_meeting_is_no_address_to_walk_to(online: dict[str, Any]) -> None:
    draft = read(conference_url=ZOOM, location_notes="Enter at the rear", **online)
    assert draft.place is not None
    assert (draft.place.walkable, draft.place.approximate, draft.place.city) == (False, True, "Columbus")
    assert (draft.place.street, draft.place.name, draft.notes) == ("", "", "")
    assert "access" not in draft.facets


def test_no_member_of_the_group_is_named_and_the_office_is() -> None:
    draft = read(
        contact_1_name="Bob", contact_1_phone="614-555-0111", email="bob@example.org", phone="614-555-0112",
        author="Bob",        notes="Call Bob 614-555-0100. Meeting ID: 614-555-0122", entity="Example Office",
        entity_phone="614-555-0150",
        entity_email="office@example.org", entity_website_url="example.org",
    )  # fmt: skip
    assert "Bob" not in str(draft.as_dict())
    assert not any(number in str(draft.as_dict()) for number in ("0100", "0111", "0112"))
    assert "614-555-0122" in draft.notes
    assert [(phone.number, phone.label) for phone in draft.phones] == [("614-555-0150", "Example Office")]
    assert (draft.email, draft.website) == ("office@example.org", "https://example.org")


@pytest.mark.parametrize(
    ("url", "entity", "fellowship"),
    [
        ("https://oc-aa.example.org/m/1", "", ("aa",)),
        ("https://alanonma.example.org/1", "", ("al_anon",)),
        ("https://alanonorth.example.org/1", "", None),
        ("https://aardvark.example.org/1", "", None),
        ("", "Al-Anon of Example", ("al_anon",)),
        ("https://eatingdisordersanonymous.example.org", "", ("eda",)),
    ],
)
def test_a_fellowship_is_read_from_a_host_or_office_only_beyond_doubt(url: str, entity: str, fellowship: Any) -> None:
    assert read(fellowship="", url=url, entity=entity).facets.get("fellowship") == fellowship


def test_airtable_records_and_sheet_headers_become_flat() -> None:
    record = {
        "id": "rec1",
        "fields": {
            "Name": "Noon",
            "Full Address": STREET,
            "Day": "Monday",
            "Time": "12:00 PM",
            "Types": "Open, Newcomer",
        },
    }
    flat = meeting_guide.unwrap(record)
    assert flat["full_address"] == STREET
    draft = meeting_guide.draft(Row(1, flat), LOOK, Feed("meeting-guide"))
    assert (draft.source_key, draft.facets["format"]) == ("rec1", ("newcomer", "open"))
    assert meeting_guide.unwrap("junk") == {}


def test_the_key_is_the_slug_as_text_and_never_empty() -> None:
    assert read(slug=17).source_key == "17"
    assert read(slug=None, id=4.0).source_key == "4"
    assert read(slug=None) == read(slug="")
    assert read(slug=None).source_key.startswith("~")


CELLS = (
    "name slug day time end_time types location formatted_address address city state postal_code country "
    "latitude longitude coordinates approximate attendance_option conference_url conference_phone notes "
    "regions region updated last_contact url website entity entity_phone timezone conference_url_notes "
    "conference_phone_notes group "
).split()
VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-9, 10**12)
    | st.floats()
    | st.text(max_size=40)
    | st.lists(st.text(max_size=5) | st.integers(), max_size=3)
)
VALUES |= st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2) | st.sampled_from(
    ["TC", "yes", "Monday", "19:00", ZOOM, STREET, "http://[", "8pm"]
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(CELLS), VALUES, max_size=12))
def test_junk_in_any_field_is_at_worst_an_outcome(changes: dict[str, Any]) -> None:
    try:
        draft = meeting_guide.draft(Row(1, meeting(1) | changes), LOOK, Feed("meeting-guide"))
    except Outcome as outcome:
        found = (outcome.reason, outcome.key)
    else:
        assert ListingDraft.from_dict(draft.as_dict()) == draft
        found = (draft.name, draft.source_key)
    assert all(found)


@pytest.mark.parametrize(
    ("name", "modality"),
    [
        ("Foglifters (ONLINE)", Modality.ONLINE),
        ("Zoom - Early Birds", Modality.ONLINE),
        ("Foglifters online", Modality.ONLINE),
        ("Foglifters - Active & (ONLINE)", Modality.HYBRID),
        ("Hybrid: in person and online", Modality.HYBRID),
        ("The Bottom Line", Modality.HYBRID),
    ],
)
def test_a_meeting_that_calls_itself_online_sends_nobody_to_its_old_address(name: str, modality: Modality) -> None:
    draft = read(name=name, attendance_option=..., conference_url=ZOOM)
    assert draft.modality is modality
    assert draft.place is not None
    assert bool(draft.place.street) is (modality is Modality.HYBRID)


def test_a_meeting_online_by_name_without_a_link_waits_for_a_person() -> None:
    with pytest.raises(Hold, match="nothing says how to join"):
        read(name="Foglifters (ONLINE)", attendance_option=...)


def test_the_feeds_own_word_is_stronger_than_the_name() -> None:
    assert read(name="Foglifters Online", attendance_option="in_person").modality is Modality.IN_PERSON


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("7 PM - 8 PM", 1140, 1200),
        ("7:00 pm to 8:30 pm", 1140, 1230),
        ("19:00–20:00", 1140, 1200),
        ("11 pm - 1 am", 1380, 1500),
        ("7 PM", 1140, None),
    ],
)
def test_a_time_may_say_its_end_as_well(written: str, start: int, end: int | None) -> None:
    [time] = read(time=written, end_time=...).times
    assert (time.start, time.end) == (start, end)


def test_a_half_of_the_day_said_once_is_not_guessed() -> None:
    with pytest.raises(Reject, match="time cannot be read"):
        read(time="7:00 - 8:00 PM", end_time=...)


def test_nobody_is_sent_to_a_post_office() -> None:
    with pytest.raises(Skip, match="no address to go to"):
        read(formatted_address="PO Box 12, Columbus, OH 43215, USA")
    place = read(formatted_address="PO Box 12, Columbus, OH 43215, USA", conference_url=ZOOM).place
    assert place is not None
    assert (place.street, place.city) == ("", "Columbus")


@pytest.mark.parametrize(
    "notes", ["Closed for the summer until September", "Church closed till June", "Closed until 5/1"]
)
def test_notes_that_say_closed_for_a_while_wait_for_a_person(notes: str) -> None:
    with pytest.raises(Hold, match="may not be meeting"):
        read(notes=notes)


@pytest.mark.parametrize(
    ("notes", "note"),
    [
        ("May through September, weather permitting", "May through September"),
        ("Meets Oct - Apr. only", "Oct - Apr"),
        ("Bring a chair", ""),
        ("May to your heart listen", ""),
    ],
)
def test_a_season_stands_beside_the_time(notes: str, note: str) -> None:
    assert [time.note for time in read(notes=notes).times] == [note]
