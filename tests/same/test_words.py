"""Names and streets written in many ways are read as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.same.words import names_in, only_says_service, own_names, read_name, read_street, without_town


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Mary's Ctr", "Saint Mary’s Center"),
        ("Harbor Behavioral Hlth Svcs, LLC", "HARBOR BEHAVIORAL HEALTH SERVICES"),
        ("A.A. Hope Grp", "AA Hope Group"),
        ("Casa de Recuperación", "casa de recuperacion"),
        ("HarborAid360", "Harboraid 360"),
        ("Lantern Yth Trt Ctrs", "Lantern Youth Treatment Center"),
    ],
)
def test_a_name_is_the_same_however_it_is_abbreviated(one: str, other: str) -> None:
    assert read_name(one) == read_name(other)


def test_numbers_behind_a_name_count_houses_and_those_in_front_do_not() -> None:
    assert read_name("K House II").numbers == read_name("K House 2").numbers == {"2"}
    assert read_name("K House I").numbers != read_name("K House II").numbers
    assert not read_name("First Church").numbers


def test_a_name_that_joins_two_is_known_by_both() -> None:
    assert "New Dawn Clinic" in names_in("Harbor Holdings LLC dba New Dawn Clinic")


def test_a_service_named_by_what_is_done_has_no_name_of_its_own() -> None:
    assert only_says_service("Outpatient Chemical Dependency Program")
    assert only_says_service("Residential Substance Abuse Treatment")
    assert not only_says_service("Outpatient Mental Health")
    assert not only_says_service("Alcohol and Drug Information School")
    assert not only_says_service("Lantern Alcohol Treatment")


def test_a_level_of_care_says_what_is_done_where_the_listing_is_for_substance_use() -> None:
    assert only_says_service("Intensive Outpatient Program", leveled=True)
    assert not only_says_service("Intensive Outpatient Program")
    assert not only_says_service("Outpatient Mental Health", leveled=True)
    assert not only_says_service("Recovery Center", leveled=True)


def test_a_programs_own_part_of_its_name_is_known_unless_it_only_says_what_is_done() -> None:
    assert own_names("Harbor Inc, Dawn Lodge/New Light Clinic", "Harbor Inc") == ["Dawn Lodge", "New Light Clinic"]
    assert own_names("Harbor Inc - Dawn Lodge", "Harbor Inc") == ["Dawn Lodge"]
    assert own_names("Harbor Inc; Dawn Lodge", "Harbor Inc") == ["Dawn Lodge"]
    assert own_names("Harbor Incline", "Harbor Inc") == []
    assert own_names("Harbor Inc, Outpatient Services", "Harbor Inc") == []
    assert own_names("Dawn Lodge", "Harbor Inc") == []


def test_the_town_is_no_part_of_a_name_unless_little_else_is() -> None:
    assert without_town("Lantern House Dayton", "Dayton") == "lantern house"
    assert without_town("Dayton Recovery Center", "Dayton") == ""
    assert without_town("Lantern House", "Dayton") == ""


@given(st.text(max_size=80), st.text(max_size=30))
def test_reading_any_text_ends(text: str, other: str) -> None:
    read_street(f"{text}, {other}")
    only_says_service(text)
    own_names(f"{other}, {text}", other)
    without_town(text, other)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1200 N. Main Street, Suite 4", ("1200", "main", "4")),
        ("1200 Main St #4", ("1200", "main", "4")),
        ("1200 Main St, Suites A and B", ("1200", "main", "a")),
        ("1200-04 Main St", ("1200", "main", "")),
        ("16-725 Keaau Road", ("16-725", "keaau", "")),  # Hawaii numbers by district
        ("37-12 80th Street", ("37-12", "80th", "")),  # and Queens by cross street
        ("5th Avenue", ("", "5th", "")),
        ("PO Box 12", ("", "", "")),
        ("123 First Ave", ("123", "1st", "")),
        ("Harbor Clinic, 12 Main Street, Suite 4", ("12", "main", "4")),  # the building first
        ("12 St. Luke Ave at 114th Street", ("12", "st luke", "")),
    ],
)
def test_a_street_is_read_as_number_name_and_unit(text: str, read: tuple[str, str, str]) -> None:
    found = read_street(text)
    assert (found.number, found.name, found.unit) == read


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text: str) -> None:
    read_name(text)
    read_street(text)
    assert names_in(text)[0] == text
