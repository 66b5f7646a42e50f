import json
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.errors import BadQuestion
from directory.exchange.formats import FORMATS, writer
from directory.exchange.public import listing_id, own_words, shared, to_pass_on, withheld
from directory.listing import Area, Listed
from directory.vocab import Modality
from tests.builders import make_draft, make_listed, make_place, make_time
from tests.exchange.invented import BUILDING, MADE_AT, PIN, STREET, WAY, export, listings


@given(st.lists(listings(), max_size=3))
def test_no_format_gives_away_a_place_nobody_may_walk_to(several: list[Listed]) -> None:
    unwalkable = [one for one in several if one.draft.place and not one.draft.place.walkable]
    secret = [one for one in unwalkable if one.draft.place and one.draft.place.confidential and one.draft.place.street]
    exact = [one for one in unwalkable if one.draft.place and not one.draft.place.approximate]
    for name in FORMATS:
        told = export(name, *exact)
        assert str(PIN[0]) not in told
        assert str(PIN[1]) not in told
        told = export(name, *secret).casefold()
        for marker in (STREET, BUILDING, WAY, f"{PIN[0]:.2f}", f"{PIN[1]:.2f}"):
            assert marker.casefold() not in told


@given(st.lists(listings(), max_size=4))
def test_every_format_counts_what_it_wrote_and_is_read_back(several: list[Listed]) -> None:
    public = [one for one in several if one.status == "active" and not one.licence.startswith("No redistribution")]
    for name in set(FORMATS) - {"csv"}:
        body = json.loads(export(name, *several))
        if name == "hsds":
            assert len(body["contents"]) == body["total_items"] == len(public)
        elif name == "geojson":
            assert len(body["features"]) == len(public)
        elif name == "fhir":
            kinds = [entry["resource"]["resourceType"] for entry in body["entry"]]
            assert kinds.count("HealthcareService") == len(public)
        else:
            assert len({meeting["slug"] for meeting in body}) == len(body)


@pytest.mark.parametrize("name", FORMATS)
def test_retired_listings_and_closed_licences_stay_here(name: str) -> None:
    listings = [make_listed(1), make_listed(2, status="retired"), make_listed(3, licence="No redistribution")]
    out = StringIO()
    assert writer(name)(iter(listings), out, MADE_AT) == 1
    assert "group-1" in out.getvalue() or name == "hsds"
    assert "group-2" not in out.getvalue()
    assert "group-3" not in out.getvalue()
    assert [withheld(one) for one in listings] == ["", "retired", "its licence forbids passing it on"]


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_listings_give_the_same_bytes(name: str) -> None:
    assert export(name, make_listed(1), make_listed(2)) == export(name, make_listed(1), make_listed(2))


def test_a_listing_keeps_its_id_in_every_home_and_shares_it_with_no_other() -> None:
    here, there = make_listed(1, source_key="a"), make_listed(99, source_key="a")
    other = make_listed(1, source_key="a", publisher="Another")
    assert listing_id(here) == listing_id(there) != listing_id(other)


def test_a_pin_without_a_street_is_rounded_and_said_to_be_approximate() -> None:
    (one,) = shared([make_listed(place=make_place(street=""))])
    place = one.draft.place
    assert place is not None
    assert (place.latitude, place.longitude, place.approximate) == (39.97, -83.0, True)


def test_an_online_meeting_gives_no_address_to_walk_to() -> None:
    (one,) = shared([make_listed(modality=Modality.ONLINE)])
    assert one.draft.place is not None
    assert one.draft.place.street == ""
    assert one.draft.place.approximate


def test_a_street_with_a_zip_centroid_stays_an_address() -> None:
    listed = make_listed(place=make_place(approximate=True))
    assert list(shared([listed])) == [listed]


@pytest.mark.parametrize("name", FORMATS)
def test_free_text_that_names_a_confidential_street_is_left_out(name: str) -> None:
    words = f"Ring at {STREET.upper()}"
    secret = make_listed(
        place=make_place(street=STREET, name=BUILDING, confidential=True),
        description=words,
        notes=words,
        area=Area(states=("OH",), words=words),
        times=(make_time(note=words),),
    )
    told = export(name, secret)
    assert "Columbus" in told
    assert STREET.casefold() not in told.casefold()


def test_an_unknown_format_is_refused_with_the_choices() -> None:
    with pytest.raises(BadQuestion, match="hsds, meeting-guide"):
        writer("xml")


def test_of_a_place_told_by_several_one_publishers_own_record_is_passed_on() -> None:
    draft = make_draft(name="Harbor Clinic")
    closed = Listed(1, "A", "x", draft, licence="All rights reserved", pass_on="no")
    free = Listed(2, "B", "x", replace(draft, name="Harbor Ridge Clinic"), licence="public domain", pass_on="yes")
    both = replace(closed, draft=replace(draft, name="Merged"), licence="…", lead=1, voices=(closed, free))
    assert own_words(both) == closed
    assert to_pass_on(both) == free
    assert to_pass_on(replace(both, id=2)) == free
    assert to_pass_on(free) == own_words(free) == free
