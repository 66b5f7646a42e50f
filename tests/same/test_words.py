"""Names and streets written in many ways are read as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.same.words import names_in, read_name, read_street


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Mary's Ctr", "Saint Mary’s Center"),
        ("Harbor Behavioral Hlth Svcs, LLC", "HARBOR BEHAVIORAL HEALTH SERVICES"),
        ("A.A. Hope Grp", "AA Hope Group"),
        ("Casa de Recuperación", "casa de recuperacion"),
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


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1200 N. Main Street, Suite 4", ("1200", "main", "4")),
        ("1200 Main St #4", ("1200", "main", "4")),
        ("1200-04 Main St", ("1200", "main", "")),
        ("16-725 Keaau Road", ("16-725", "keaau", "")),  # Hawaii numbers by district
        ("37-12 80th Street", ("37-12", "80th", "")),  # and Queens by cross street
        ("5th Avenue", ("", "5th", "")),
        ("PO Box 12", ("", "", "")),
        ("123 First Ave", ("123", "1st", "")),
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
