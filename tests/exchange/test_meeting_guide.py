import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from directory.exchange.meeting_types import types
from directory.listing import Listed, ListingDraft, Online, facets
from directory.vocab import Kind, Modality
from importers.meetings.types import read
from importers.run import read_feed
from tests.builders import make_draft, make_listed, make_place, make_time
from tests.exchange.invented import export, listings

IMPORTERS = Path(__file__).parents[2] / "importers"
BOOK = tomllib.loads((IMPORTERS / "meetings" / "types.toml").read_text("utf-8"))
DIALECTS = sorted(set(BOOK["codes"]) - {"shared", "na_world", "na_keys"})
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def meetings(*several: Listed) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads(export("meeting-guide", *several))
    return read


@given(st.lists(listings(), max_size=3))
def test_every_meeting_has_the_shape_apps_read(several: list[Listed]) -> None:
    for meeting in meetings(*several):
        assert re.fullmatch(r"[A-Za-z0-9._~-]{1,64}", meeting["slug"])
        assert meeting["name"]
        assert ("day" in meeting) == ("time" in meeting)
        assert "end_time" not in meeting or CLOCK.fullmatch(meeting["end_time"])
        if "day" in meeting:
            days = meeting["day"] if isinstance(meeting["day"], list) else [meeting["day"]]
            assert set(days) <= set(range(7))
            assert CLOCK.fullmatch(meeting["time"])
        assert meeting.get("approximate", "no") in ("yes", "no")
        assert re.fullmatch(r"[+]?\d{1,15}([,*#]+\d*)*", meeting.get("conference_phone", "1"))


# The schema's patterns refuse "1st Street", ZIP+4 and one-tap numbers like "+16145550100,,123#", which the text of the
# specification itself uses as examples; publishers and apps go by that text.
NARROW = {"formatted_address", "address", "city", "state", "postal_code", "conference_phone"}


@given(several=st.lists(listings(), max_size=3))
def test_every_meeting_validates_against_the_schema_of_the_specification(samples: Path, several: list[Listed]) -> None:
    folder = samples / "meeting-guide" / "schema"
    schema = json.loads((folder / "meeting.schema.json").read_text("utf-8"))
    allowed = json.loads((folder / "meeting-type.schema.json").read_text("utf-8"))
    registry: Any = Registry().with_resource(
        schema["properties"]["types"]["$ref"], Resource.from_contents(allowed, default_specification=DRAFT7)
    )
    check = Draft7Validator(schema, registry=registry)
    for meeting in meetings(*several):
        wrong = [e for e in check.iter_errors(meeting) if not (e.validator == "pattern" and e.path[0] in NARROW)]
        assert [(list(e.path), e.message[:200]) for e in wrong if e.path and e.path[0] != "types"] == []
        assert not [e for e in wrong if not e.path]


def test_only_support_groups_are_meetings() -> None:
    house = make_listed(1, kind=Kind.SOBER_LIVING)
    clinic = make_listed(2, kind=Kind.OUTPATIENT, also=(Kind.SUPPORT_GROUP,))
    assert [meeting["slug"] for meeting in meetings(house, clinic)] == ["group-2"]


def test_days_of_equal_hours_are_one_meeting_and_other_hours_another() -> None:
    times = (make_time(), make_time(weekday=4), make_time(weekday=6, start=600, end=None))
    morning, evening = meetings(make_listed(times=times))
    assert (evening["day"], evening["time"], evening["end_time"]) == ([2, 4], "19:00", "20:00")
    assert (morning["day"], morning["time"]) == (6, "10:00")
    assert "end_time" not in morning
    assert morning["slug"] != evening["slug"]


def test_a_meeting_past_midnight_ends_on_the_clock() -> None:
    (meeting,) = meetings(make_listed(times=(make_time(start=1380, end=1500),)))
    assert (meeting["time"], meeting["end_time"]) == ("23:00", "01:00")


def test_a_monthly_meeting_says_first_that_it_meets_on_some_weeks_only() -> None:
    monthly, weekly = meetings(make_listed(times=(make_time(), make_time(weekday=0, weeks=(-1,)))))[::-1]
    assert (monthly["day"], weekly["day"]) == (0, 2)
    assert monthly["notes"].startswith("Meets only on the last Sunday of the month.\n")
    assert "only" not in weekly["notes"]


@pytest.mark.parametrize("change", [{"every": 2}, {"valid_from": date(2026, 5, 1)}])
def test_alternate_weeks_and_later_seasons_claim_no_weekly_day(change: dict[str, Any]) -> None:
    (meeting,) = meetings(make_listed(times=(make_time(**change),)))
    assert "day" not in meeting
    assert meeting["notes"].startswith("Meets ")


def test_a_season_that_is_over_is_not_told_at_all() -> None:
    (meeting,) = meetings(make_listed(times=(make_time(valid_to=date(2026, 1, 14)),)))
    assert "day" not in meeting
    assert "Meets" not in meeting["notes"]


def test_a_street_under_a_zip_centroid_goes_without_the_pin() -> None:
    (meeting,) = meetings(make_listed(place=make_place(approximate=True)))
    assert (meeting["address"], meeting["approximate"]) == ("1200 Example Avenue", "no")
    assert "latitude" not in meeting


def test_two_publishers_with_one_key_get_two_slugs() -> None:
    first, second = meetings(make_listed(1, source_key="x"), make_listed(2, source_key="x", publisher="Another"))
    assert first["slug"] == "x"
    assert second["slug"].startswith("x-")


def test_an_online_meeting_shows_its_city_and_no_address() -> None:
    online = Online(url="https://example.org/join", phone="614-555-0150,,1#")
    (meeting,) = meetings(make_listed(modality=Modality.ONLINE, online=online))
    assert "address" not in meeting
    assert meeting["formatted_address"] == "Columbus, OH 43215, USA"
    assert (meeting["approximate"], meeting["attendance_option"]) == ("yes", "online")
    assert "ONL" in meeting["types"]
    assert meeting["conference_phone"] == "6145550150,,1#"


def test_an_approximate_place_is_no_walk_in_address() -> None:
    (meeting,) = meetings(make_listed(place=make_place(street="", approximate=True)))
    assert meeting["approximate"] == "yes"


@pytest.mark.parametrize(
    ("fellowship", "codes"),
    [("aa", ["BE", "C", "S", "ST"]), ("na", ["BE", "C", "STEP"]), ("aca", ["BE", "C", "ST"])],
)
def test_codes_are_those_of_the_fellowship(fellowship: str, codes: list[str]) -> None:
    said = facets(fellowship=[fellowship], format=["closed", "step", "newcomer"], language=["es"])
    assert sorted(types(make_draft(facets=said))) == codes


def test_family_groups_do_not_become_closed_because_families_come() -> None:
    assert types(make_draft(facets=facets(fellowship=["al_anon"], population=["families"], format=["open"]))) == ["O"]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(DIALECTS), st.data())
def test_codes_read_by_our_importer_come_back_as_the_same_facts(fellowship: str, data: st.DataObject) -> None:
    codes = sorted(BOOK["codes"]["shared"] | BOOK["codes"][fellowship])
    first = read(tuple(data.draw(st.lists(st.sampled_from(codes), max_size=6, unique=True))), fellowship)
    draft = make_draft(facets=first.facets, denied=first.denied, categories=first.words)
    again = read(tuple(types(draft)), fellowship)
    assert (again.facets, again.denied, set(again.words)) == (first.facets, first.denied, set(first.words))


def test_no_fellowship_uses_only_the_letters_all_mean_alike() -> None:
    assert types(make_draft(facets=facets(format=["open", "secular"], language=["es"]))) == ["O"]


def test_an_unknown_code_goes_out_as_it_came() -> None:
    assert types(make_draft(facets={}, categories=("QX7", "Some words"))) == ["QX7"]


# --- read back by our own importer

RECORDS: list[dict[str, Any]] = [
    {
        "name": "Linden Big Book",
        "slug": "linden-big-book",
        "day": [1, 3],
        "time": "23:00",
        "end_time": "00:30",
        "timezone": "America/New_York",
        "types": ["O", "B", "X", "W"],
        "location": "Linden Community Church",
        "formatted_address": "1200 Example Avenue, Columbus, OH 43215, USA",
        "latitude": 39.9671,
        "longitude": -83.0042,
        "notes": "Side door.",
        "region": "North",
        "entity": "Example Intergroup",
        "entity_phone": "614-555-0134",
        "updated": "2025-11-02 10:00:00",
    },
    {
        "name": "Sunday Online",
        "slug": "sunday-online",
        "day": 0,
        "time": "08:00",
        "types": ["ONL", "C", "QX7"],
        "attendance_option": "online",
        "conference_url": "https://example.org/join",
        "formatted_address": "Columbus, OH, USA",
        "approximate": "yes",
        "latitude": 39.9612,
        "longitude": -82.9988,
    },
    {
        "name": "Last Friday Speaker",
        "slug": "last-friday",
        "day": 5,
        "time": "19:00",
        "types": ["SP", "S"],
        "notes": "Meets only on the last Friday of the month.",
        "formatted_address": "1200 Example Avenue, Columbus, OH 43215, USA",
    },
    {"name": "By Appointment", "slug": "call", "conference_phone": "614-555-0150", "types": ["D"]},
]


def imported(records: list[dict[str, Any]], folder: Path) -> list[ListingDraft]:
    feed = folder / "feed.json"
    feed.write_text(json.dumps(records), encoding="utf-8")
    results = list(read_feed([feed], publisher="Example Intergroup", fellowship="aa").results())
    assert not [result.reason for result in results if result.outcome]
    return [result.draft for result in results if result.draft]


def test_what_we_publish_our_importer_reads_back_the_same(tmp_path: Path) -> None:
    drafts = imported(RECORDS, tmp_path)
    assert [len(one.times) for one in drafts] == [2, 1, 1, 0]
    assert drafts[2].times[0].weeks == (-1,)
    listed = [make_listed(n, draft=one, publisher="Example Intergroup") for n, one in enumerate(drafts)]
    assert imported(meetings(*listed), tmp_path) == drafts
