"""2-1-1 exports: programs at their sites, with nothing of what their publisher keeps to itself."""

import csv
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.errors import Unreadable
from directory.listing import Area
from importers.icarol import columns, reach, words
from importers.icarol.columns import plain, public
from importers.run import Result, read_feed
from importers.sources.icarol import missing

PROGRAM = {
    "ResourceAgencyNum": "1",
    "PublicName": "Lantern Food Pantry",
    "TaxonomyLevelName": "Program",
    "ParentAgencyNum": "0",
    "AgencyStatus": "Active",
    "Phone1Number": "614-555-0100",
}


def read(folder: Path, *rows: Mapping[str, str]) -> list[Result]:
    """What comes of an export with these rows; each is a program unless it says otherwise."""
    path = folder / "export.csv"
    full = [PROGRAM | {"ResourceAgencyNum": str(n)} | dict(row) for n, row in enumerate(rows, start=1)]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in full for name in row)))
        writer.writeheader()
        writer.writerows(full)
    return list(read_feed([path]).results())


def reason(folder: Path, row: Mapping[str, str]) -> str:
    return read(folder, row)[0].reason


def test_columns_are_known_in_any_spelling_and_any_choice_of_them_will_do(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    columns_and_row = (
        "Resource Agency Num,Public Name,Agency Status,Phone 1 Number\n7,Lantern Food Pantry,Active,614-555-0100\n"
    )
    path.write_text(columns_and_row)
    [result] = read_feed([path]).results()
    assert result.draft is not None
    assert (result.key, result.draft.name, str(result.draft.phones[0])) == ("7", "Lantern Food Pantry", "614-555-0100")


@pytest.mark.parametrize("english_first", [True, False])
def test_a_record_told_in_two_languages_is_one_listing_in_english(tmp_path: Path, english_first: bool) -> None:
    english = {"ResourceAgencyNum": "7", "PublicName": "Lantern Food Pantry", "LanguageOfRecord": "en"}
    french = {"ResourceAgencyNum": "7", "PublicName": "Garde-manger Lantern", "LanguageOfRecord": "fr-CA"}
    results = read(tmp_path, *((english, french) if english_first else (french, english)))
    assert [result.draft.name for result in results if result.draft] == ["Lantern Food Pantry"]
    assert [result.reason for result in results if not result.draft] == ["the same record in another language"]


def test_a_record_told_in_another_language_alone_is_listed(tmp_path: Path) -> None:
    [result] = read(
        tmp_path, {"PublicName": "Banque alimentaire", "LanguageOfRecord": "fr", "TaxonomyCodes": "BD-1800"}
    )
    assert result.draft is not None


def test_a_table_of_another_kind_is_not_taken_for_an_export() -> None:
    assert missing(["name", "street", "city", "phone"], {})
    assert missing(["publicname", "city"], {})
    assert not missing(["publicname", "resourceagencynum", "taxonomycodes", "agencystatus"], {})


def test_a_source_named_in_vain_says_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("ResourceAgencyNum,AgencyStatus,TaxonomyCodes\n7,Active,RX\n")
    with pytest.raises(Unreadable, match="PublicName"):
        read_feed([path], source="icarol")


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"AgencyStatus": "Inactive"}, "inactive"),
        ({"AgencyStatus": "active, but do NOT refer"}, "do not refer"),
        ({"AgencyStatus": "", "MadeInactiveOn": "1/2/2020"}, "inactive"),
        ({"ExcludeFromWebsite": "Yes"}, "excluded by its publisher"),
        ({"ExcludeFromWebsite": "1"}, "excluded by its publisher"),
        ({"AvailableForDirectory": "False"}, "not to be referred to"),
        ({"DisasterResource": "Yes"}, "for disasters only"),
        ({"TaxonomyCodes": "TH-1500; TH-2600.1900"}, "for disasters only"),
        ({"PublicName": "Lantern House - CLOSED"}, "marked closed in its name"),
    ],
)
def test_nobody_is_sent_where_the_publisher_sends_nobody(tmp_path: Path, cells: dict[str, str], why: str) -> None:
    assert reason(tmp_path, cells) == why


@pytest.mark.parametrize(
    "cells",
    [{"ExcludeFromWebsite": "No"}, {"TaxonomyCodes": "TH-1500; BH-1800", "AgencyDescription": "Homeless shelter."}, {}],
)
def test_flags_that_say_no_hide_nothing(tmp_path: Path, cells: dict[str, str]) -> None:
    assert reason(tmp_path, cells) == ""


def test_what_is_private_is_gone_before_anything_is_kept(tmp_path: Path) -> None:
    secret = {
        "Phone1IsPrivate": "Yes",
        "Phone2Number": "614-555-0199",
        "PhysicalAddress1": "5 Hidden Lane",
        "PhysicalCity": "Columbus",
        "PhysicalStateProvince": "OH",
        "PhysicalAddressIsPrivate": "TRUE",
        "Latitude": "39.9612",
        "Longitude": "-83.0012",
        "MailingAddress1": "PO Box 77",
        "MailingAddressIsPrivate": "Yes",
        "MainContactName": "Pat Doe",
        "InternalNotes": "call Pat at home",
        "LastVerifiedByName": "Sam Doe",
    }
    [result] = read(tmp_path, secret)
    assert result.draft is not None
    assert result.draft.place is not None
    assert result.draft.place.confidential
    assert result.draft.place.city == "Columbus"
    kept = json.dumps([result.raw, result.draft.as_dict()])
    for word in ("614-555-0100", "Hidden Lane", "39.9612", "83.0012", "Box 77", "Pat", "Sam Doe"):
        assert word not in kept, word
    assert "614-555-0199" in kept


@pytest.mark.parametrize("street", ["Confidential", "Address withheld", "Call for location"])
def test_a_street_that_is_no_street_leaves_only_the_town(street: str) -> None:
    cells = {"physicaladdress1": street, "physicalcity": "Columbus", "latitude": "39.9", "longitude": "-83"}
    found = reach.place(cells, area_point=False)
    assert found is not None
    assert (found.street, found.located, found.confidential) == ("", False, True)


def test_one_point_for_many_streets_is_nobodys_door(tmp_path: Path) -> None:
    where = {"PhysicalCity": "Columbus", "PhysicalStateProvince": "OH", "Latitude": "39.9", "Longitude": "-83.0"}
    shared = [where | {"PhysicalAddress1": f"{n} Main Street"} for n in range(3)]
    own = where | {"PhysicalAddress1": "9 Oak Street", "Latitude": "39.8"}
    located = [r.draft.place.located for r in read(tmp_path, *shared, own) if r.draft and r.draft.place]
    assert located == [False, False, False, True]


def test_a_message_is_told_on_its_days_only() -> None:
    cells = {"temporarymessage": "Moved to the hall", "temporarymessageappears": "6/1/2026"}
    cells["temporarymessageexpires"] = "6/30/2026 0:00"
    days = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [bool(words.message(cells, day)) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("about", "label"),
    [
        ("Main Number", ""),
        ("Intake Number", "intake"),
        ("TTY/TDD Number", "TTY"),
        ("24 Hour Crisis Line", "24 hour crisis line"),
        ("Jane Doe", ""),
        ("", ""),
    ],
)
def test_a_label_says_what_a_line_is_for_and_never_whose_it_is(about: str, label: str) -> None:
    assert reach.label_of(about) == label


def test_faxes_and_everybodys_emergency_number_are_not_offered() -> None:
    cells = {"phone1number": "911", "phone2number": "614-555-0102", "phone2name": "Fax", "phonefax": "614-555-0103"}
    assert reach.phones(cells) == ()


def test_where_to_ask_for_help_is_the_first_number_and_donors_have_their_own() -> None:
    told = {1: "Administrative Number", 2: "Donate to Disaster Relief", 3: "Intake Number"}
    cells = {f"phone{n}number": f"614-555-010{n}" for n in told} | {f"phone{n}name": about for n, about in told.items()}
    assert [str(phone) for phone in reach.phones(cells)] == ["614-555-0103", "614-555-0101"]


@pytest.mark.parametrize(
    ("fees", "codes"),
    [
        ("No fee", {"free"}),
        ("No Fee (voluntary contributions are accepted)", {"free"}),
        ("No fee for most services", set()),
        ("Sliding Scale; accepts Medicaid", {"sliding_scale", "medicaid"}),
        ("Does not accept Medicaid", set()),
        ("Please inquire", set()),
        ("Insurance (will refer for Medicaid) or self pay", {"self_pay"}),
        ("Helps bill through insurance (Medicaid, Medicare)", {"medicaid", "medicare"}),
    ],
)
def test_fees_are_what_is_surely_said(fees: str, codes: set[str]) -> None:
    assert words.payment({"feestructuresource": fees}) == codes


@pytest.mark.parametrize(
    ("said", "can", "cannot"),
    [
        ("Wheelchair accessible", {"wheelchair"}, set()),
        ("Not wheelchair accessible", set(), {"wheelchair"}),
        ("No", set(), {"wheelchair"}),
        ("Partially accessible by ramp", set(), set()),
        ("NW", set(), set()),
    ],
)
def test_access_is_yes_or_no_only_where_it_is_said(said: str, can: set[str], cannot: set[str]) -> None:
    assert words.access({"disabilitiesaccess": said})[:2] == (can, cannot)


def test_hours_that_are_not_certain_stay_words() -> None:
    assert len(words.hours({"hoursofoperation": "9:00 am - 5:00 pm, Monday - Friday"}).times) == 5
    vague = words.hours({"hoursofoperation": "Please inquire; office 9-5 most days"})
    assert (vague.times, vague.words) == ((), "Please inquire; office 9-5 most days")
    assert words.hours({"hours": "Mon; Tue; Wed;"}).words == ""


def test_counties_are_believed_where_the_state_has_them() -> None:
    found = reach.area({"coverage": "OH - Franklin County; OH - Downtown County; IN - Marion County;"}, "OH")
    assert found is not None
    assert found.counties == ("OH:Franklin",)


def test_coverage_that_is_less_than_a_county_stays_words() -> None:
    found = reach.area({"coverage": "OH - Franklin County; OH - Franklin County - Grove City; OH - 43123"}, "OH")
    assert found is not None
    assert (found.counties, found.words) == (("OH:Franklin",), "OH - Franklin County - Grove City; OH - 43123")


def test_coverage_of_a_whole_state_or_country_counts() -> None:
    assert reach.area({"coverage": "OH; KY"}, "OH") == Area(states=("KY", "OH"))
    assert reach.area({"coveragearea": "Serves residents of Franklin County."}, "OH") == Area(
        counties=("OH:Franklin",), words="Serves residents of Franklin County."
    )


cells = st.dictionaries(
    st.sampled_from(
        "PublicName Phone1Number Phone1IsPrivate PhysicalAddress1 PhysicalCity Latitude HoursOfOperation AgencyStatus "
        "ConnectsToSiteNum ParentAgencyNum TaxonomyCodes TemporaryMessage Coverage IsPrivate FeeStructureSource".split()
    ),
    st.text(max_size=30) | st.sampled_from(["1", "2", "1; 2", "Yes", "-1", "Active"]),
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(cells, max_size=4))
def test_every_record_is_accounted_for_whatever_it_says(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]
) -> None:
    results = read(tmp_path_factory.mktemp("any"), PROGRAM, *rows)
    assert all(result.reason != "could not be read" for result in results), [r.detail for r in results]
    assert len(results) >= 1 + len([row for row in rows if any(value.strip() for value in row.values())])


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=12), max_size=6))
def test_making_public_is_done_once(record: dict[str, str]) -> None:
    once = public(record)
    assert public(once) == once
    assert all(plain(name) == name for name in once)


def test_the_real_export_is_accounted_for(samples: Path) -> None:
    reading = read_feed([samples / "211-icarol" / "dc-211-2013.csv"])
    results = list(reading.results())
    assert (reading.source, len(results)) == ("icarol", 2132)
    hidden = [r for r in results if r.raw.get("agencystatus") in ("Inactive", "Active, but do not refer")]
    assert len(hidden) > 370
    assert not any(result.draft for result in hidden)
    assert not any(columns.of_person(name) for result in results for name in result.raw)


def test_a_province_says_canada_and_every_line_of_the_address_is_kept(tmp_path: Path) -> None:
    at = {"PhysicalAddress1": "Main Floor", "PhysicalAddress3": "12 Birch Ave", "PhysicalCity": "Nelson"}
    [result] = read(tmp_path, at | {"PhysicalStateProvince": "BC", "PhysicalPostalCode": "v1l2k4"})
    assert result.draft is not None
    place = result.draft.place
    assert place is not None
    assert (place.street, place.state, place.postal_code, place.country) == (
        "Main Floor, 12 Birch Ave",
        "BC",
        "V1L 2K4",
        "CA",
    )


def test_any_line_of_an_address_may_say_that_it_is_confidential(tmp_path: Path) -> None:
    at = {"PhysicalAddress1": "12 Birch Ave", "PhysicalAddress3": "Confidential", "PhysicalCity": "Nelson"}
    [result] = read(tmp_path, at)
    assert result.draft is not None
    assert result.draft.place is not None
    assert (result.draft.place.street, result.draft.place.confidential) == ("", True)


def test_an_address_of_staff_is_not_shown(tmp_path: Path) -> None:
    found = read(tmp_path, {"EmailAddressMain": "jane.doe@example.org"}, {"EmailAddressMain": "pantry@example.org"})
    assert [one.draft and one.draft.email for one in found] == ["", "pantry@example.org"]


@pytest.mark.parametrize(
    ("said", "codes", "other"),
    [
        ("English, Spanish", {"en", "es"}, ""),
        ("Spanish, Ethiopian", {"es"}, "Spanish, Ethiopian"),
        ("Amharic, Arabic. English", {"am", "ar", "en"}, ""),
        ("English (all efforts are made, ask us)", {"en"}, "English (all efforts are made, ask us)"),
        ("American sign language available; TDD", {"ase"}, ""),
        ("None", set(), ""),
    ],
)
def test_languages_are_codes_or_stay_in_words(said: str, codes: set[str], other: str) -> None:
    cells = {"languagesoffered": said}
    assert (words.languages(cells), words.other_languages(cells)) == (codes, other)


@pytest.mark.parametrize(
    ("how", "comes", "appointment"),
    [
        ("Walk-In", True, False),
        ("Walk-In, By Appointment, Referral Required", False, False),
        ("Walk-In, Referral Required for some activities", True, False),
        ("By Appointment, Walk-In", True, False),
        ("By Appointment. Absolutely no walk-ins", False, True),
    ],
)
def test_people_may_just_come_where_nothing_says_otherwise(how: str, comes: bool, appointment: bool) -> None:
    assert words.walk_in({"applicationprocess": how}) == (comes, appointment)
