"""Facilities of the federal directories: a key that lasts, every phone, nothing lost when two are one place."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.listing import ListingDraft, Phone, facets
from directory.vocab import Kind
from importers.facilities import facility, fold
from importers.rows import Reject, Row, Skip
from importers.service_codes import read

CELLS = {"name1": "Invented Clinic", "street1": "1 Example St", "city": "Columbus", "state": "OH", "zip": "43215"}


def made(codes: str = "SA OP", **cells: str) -> ListingDraft:
    return facility(Row(1, {**CELLS, **cells}), read(codes.split()))


def test_the_key_does_not_hang_on_phone_codes_or_capitals() -> None:
    one = made(phone="614-555-0101")
    assert made("SA RES", phone="614-555-0102", name1="INVENTED  CLINIC").source_key == one.source_key
    assert made(name2="Women").source_key != one.source_key


def test_several_phones_in_one_cell_are_all_kept_with_their_label() -> None:
    phones = made(phone="(614) 555-0101 ext. 2", intake1="614-555-0102 / 614-555-0103").phones
    assert phones == (
        Phone("614-555-0101", "2"),
        Phone("614-555-0102", "", "intake"),
        Phone("614-555-0103", "", "intake"),
    )


def test_no_name_is_rejected_and_a_closed_one_skipped() -> None:
    with pytest.raises(Reject, match="no name"):
        made(name1=" ")
    with pytest.raises(Skip, match="marked closed in its name"):
        made(name1="Invented Clinic (CLOSED)")


def test_a_point_without_a_street_is_only_an_area() -> None:
    place = made(street1="", latitude="39.9", longitude="-83.0").place
    assert place is not None
    assert place.approximate
    assert not place.walkable


CODES = st.lists(st.sampled_from(["SA", "MH", "OP", "RES", "HH", "BU", "NMOA", "MOA", "MD", "SS", "FEM", "MALE", "SP"]))


@settings(max_examples=80, deadline=None)
@given(CODES, CODES)
def test_folding_keeps_what_either_record_says(first: list[str], later: list[str]) -> None:
    one, two = made(" ".join(first), phone="614-555-0101"), made(" ".join(later), phone="614-555-0102")
    both = fold(one, two)
    for group in {*one.facets, *two.facets}:
        assert set(both.facets[group]) == {*one.facets.get(group, ()), *two.facets.get(group, ())}
    assert {both.kind, *both.also} == {one.kind, two.kind, *one.also, *two.also}
    assert not any(set(values) & set(both.facets.get(group, ())) for group, values in both.denied.items())
    assert [str(phone) for phone in both.phones] == ["614-555-0101", "614-555-0102"]


def test_folding_a_record_into_itself_changes_nothing() -> None:
    one = replace(made("SA OP BU MD", phone="614-555-0101"), facets=facets(payment=["medicaid"]), kind=Kind.OUTPATIENT)
    assert fold(one, one) == one


SOUND = {"name1": "Invented Clinic", "street1": "1 Example St", "city": "Columbus", "state": "OH", "zip": "43215"}
SOUND["phone"] = "614-555-0101"


def sound(codes: str = "SA OP", **cells: Any) -> Any:
    return facility(Row(1, SOUND | cells), read(codes.split()))


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("614-555-0100 x12", ["614-555-0100 x12"]),
        ("(614)555-0100 ext. 3", ["614-555-0100 x3"]),
        ("6145550100", ["614-555-0100"]),
        ("614.555.0100 or 614-555-0102 x7", ["614-555-0100", "614-555-0102 x7"]),
        ("nan", []),
    ],
)
def test_every_number_of_a_cell_is_kept_with_its_extension(cell: str, told: list[str]) -> None:
    assert [str(phone) for phone in sound(phone=cell).phones] == told


def test_an_intake_line_is_named_and_no_number_comes_twice() -> None:
    phones = sound(intake1="614-555-0101", intake2="614-555-0101 x5", hotline1="614-555-0102").phones
    assert [(str(one), one.label) for one in phones] == [
        ("614-555-0101", ""),
        ("614-555-0101 x5", "intake"),
        ("614-555-0102", "hotline"),
    ]


def test_columns_of_older_years_are_the_same_facility() -> None:
    older = {"facility_name": "Invented Clinic", "address_1": "1 Example St", "city": "Columbus", "state": "Ohio "}
    older |= {"zip_code": "43215.0", "phone_number": "(614) 555-0101"}
    assert facility(Row(1, older), read(["SA", "OP"])) == sound()


def test_a_line_of_notes_is_skipped_and_a_place_without_a_name_rejected() -> None:
    with pytest.raises(Skip, match="a line of notes"):
        facility(Row(1, {"name1": "Source: the survey of 2018"}), read([]))
    with pytest.raises(Reject, match="no name"):
        sound(name1="nan")
    with pytest.raises(Skip, match="closed"):
        sound(name2="(CLOSED)")


def test_two_records_say_together_what_either_says() -> None:
    both = fold(sound("SA HH FEM NMOA"), sound("MH OP MALE BU", phone="614-555-0105"))
    assert (both.kind, both.also) == (Kind.OUTPATIENT, (Kind.SOBER_LIVING,))
    assert both.facets["medication"] == ("buprenorphine",)
    assert both.denied == {"medication": ("methadone", "naltrexone")}
    assert [str(phone) for phone in both.phones] == ["614-555-0101", "614-555-0105"]
    assert both.notes == ""


def test_a_sentence_both_records_say_is_said_once() -> None:
    both = fold(sound("SA NOOP NAUT"), sound("SA NOOP"))
    assert both.notes.count("does not treat opioid") == 1
    assert "alcohol" in both.notes


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(["name1", "name2", "city", "zip", "phone", "latitude"]), st.text(max_size=30)))
def test_no_cell_breaks_a_facility(cells: dict[str, str]) -> None:
    try:
        draft = facility(Row(1, cells), read([]))
    except (Skip, Reject):
        return
    assert draft.name
