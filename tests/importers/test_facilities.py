"""Facilities of the federal directories: a key that lasts, every phone, nothing lost when two are one place."""

from dataclasses import replace

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
