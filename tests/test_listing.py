"""Drafts are plain values: they survive JSON unchanged, and what says the same has the same fingerprint."""

import json
from dataclasses import replace

import pytest
from hypothesis import given

from directory.listing import ListingDraft, Phone, Place, facets
from directory.vocab import Kind, Payment
from tests.builders import make_draft
from tests.exchange.invented import listings


@given(listings())
def test_a_draft_comes_back_from_json_unchanged(listed: object) -> None:
    draft = listed.draft  # type: ignore[attr-defined]
    again = ListingDraft.from_dict(json.loads(json.dumps(draft.as_dict())))
    assert again.as_dict() == draft.as_dict()
    assert again.fingerprint() == draft.fingerprint()


def test_the_order_of_facets_does_not_change_what_is_said() -> None:
    one = make_draft(facets={"payment": ("medicaid",), "format": ("open",)})
    assert replace(one, facets={"format": ("open",), "payment": ("medicaid",)}).fingerprint() == one.fingerprint()
    assert replace(one, name="Another").fingerprint() != one.fingerprint()


def test_facets_have_one_normal_form() -> None:
    given_twice = facets(payment=[Payment.MEDICAID, "free", "medicaid"], format=[])
    assert given_twice == {"payment": ("free", "medicaid")}


def test_zero_is_a_fact_and_empty_is_none() -> None:
    plain = make_draft(place=Place(city="Null Island", latitude=0.0, longitude=0.0)).as_dict()
    assert plain["place"]["latitude"] == 0.0
    assert "street" not in plain["place"]


@pytest.mark.parametrize(
    ("place", "walkable", "line"),
    [
        (Place(street="1 Elm St", city="Columbus", state="OH"), True, "1 Elm St, Columbus, OH"),
        (Place(city="Columbus", state="OH", approximate=True), False, "Columbus, OH"),
        (Place(street="1 Example St", city="Columbus", state="OH", confidential=True), False, "Columbus, OH"),
    ],
)  # fmt: skip
def test_only_a_real_public_street_is_an_address_to_walk_to(place: Place, walkable: bool, line: str) -> None:
    assert (place.walkable, place.address()) == (walkable, line)


@pytest.mark.parametrize(
    ("phone", "href"),
    [
        (Phone("614-555-0134", "12"), "tel:+16145550134,12"),
        (Phone("988"), "tel:988"),
        (Phone("+44 20 7946 0018"), "tel:+442079460018"),
    ],
)
def test_a_phone_can_be_tapped(phone: Phone, href: str) -> None:
    assert phone.href == href


def test_what_nobody_could_use_says_why() -> None:
    nothing = ListingDraft(source_key="", name="", kind=Kind.OUTPATIENT)
    assert len(nothing.problems()) == 3
    assert make_draft().problems() == []
