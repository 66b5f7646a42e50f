"""One draft of several: nothing invented, nothing known lost, yes against no is unknown."""

from datetime import date
from itertools import permutations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.handoff.medicine import takes
from directory.listing import Facets, Phone, Place, Residence
from directory.same.merged import Voice, merged
from directory.vocab import Kind
from tests.builders import make_listed, make_place

GROUPS: dict[str, list[str]] = {
    "gender": ["women", "men"],
    "accepts": ["methadone", "naltrexone"],
    "format": ["open", "closed", "step"],
}
FACETS = st.fixed_dictionaries(
    {}, optional={g: st.lists(st.sampled_from(v), min_size=1, unique=True).map(tuple) for g, v in GROUPS.items()}
)
PHONES = st.lists(st.sampled_from(["614-555-0101", "614-555-0102"]), max_size=2, unique=True)


def voice(number: int = 1, trust: int = 50, **changes: Any) -> Voice:
    return Voice(make_listed(number, **changes), trust)


@st.composite
def voices(draw: st.DrawFn) -> list[Voice]:
    return [
        voice(
            number,
            draw(st.integers(0, 100)),
            facets=draw(FACETS),
            denied=draw(FACETS),
            phones=tuple(map(Phone, draw(PHONES))),
            website=draw(st.sampled_from(["", "https://a.example", "https://b.example"])),
            place=draw(
                st.sampled_from(
                    [None, make_place(), make_place(street="", approximate=True), make_place(confidential=True)]
                )
            ),
            verified_on=draw(st.none() | st.dates(date(2025, 1, 1), date(2026, 1, 1))),
            residence=draw(
                st.none()
                | st.builds(Residence, beds=st.none() | st.integers(1, 9), operator=st.sampled_from(["", "A"]))
            ),
        )
        for number in range(1, draw(st.integers(1, 3)) + 1)
    ]


def said(told: Facets) -> set[tuple[str, str]]:
    return {(group, value) for group, values in told.items() for value in values}


@settings(max_examples=40)
@given(voices())
def test_merging_never_invents_a_fact_no_publisher_said(many: list[Voice]) -> None:
    whole = merged(many).draft
    drafts = [one.draft for one in many]
    for name in (
        "name",
        "group",
        "phones",
        "website",
        "email",
        "times",
        "online",
        "area",
        "verified_on",
        "source_updated_on",
    ):
        assert getattr(whole, name) in [getattr(draft, name) for draft in drafts]
    assert said(whole.facets) <= {pair for draft in drafts for pair in said(draft.facets)}
    assert said(whole.denied) <= {pair for draft in drafts for pair in said(draft.denied)}
    if whole.residence:
        houses = [draft.residence for draft in drafts if draft.residence]
        assert whole.residence.beds in [house.beds for house in houses]
    if whole.place:
        assert (whole.place.street, whole.place.city) in [(d.place.street, d.place.city) for d in drafts if d.place]


@settings(max_examples=40)
@given(voices())
def test_what_one_knows_is_not_lost_because_another_is_silent(many: list[Voice]) -> None:
    found = merged(many)
    for name in ("phones", "website", "place", "residence"):
        assert bool(getattr(found.draft, name)) == any(getattr(one.draft, name) for one in many)
    told = said(found.draft.facets) | said(found.draft.denied) | said(found.contested)
    assert told == {pair for one in many for pair in said(one.draft.facets) | said(one.draft.denied)}


@settings(max_examples=40)
@given(voices())
def test_the_order_of_listings_changes_nothing(many: list[Voice]) -> None:
    assert len({repr(merged(list(order))) for order in permutations(many)}) == 1


@settings(max_examples=40)
@given(voices())
def test_a_place_that_one_publisher_hides_is_hidden(many: list[Voice]) -> None:
    whole = merged(many).draft.place
    if any(one.draft.place and one.draft.place.confidential for one in many):
        assert whole is not None
        assert whole.confidential


def test_yes_of_one_against_no_of_another_is_unknown() -> None:
    yes = voice(1, kind=Kind.SOBER_LIVING, facets={"accepts": ("methadone",), "gender": ("women",)}, denied={})
    no = voice(2, kind=Kind.SOBER_LIVING, facets={}, denied={"accepts": ("methadone",), "gender": ("women",)})
    found = merged([yes, no])
    assert takes(found.draft, "methadone") is None
    assert found.contested == {"accepts": ("methadone",), "gender": ("women",)}


def test_open_of_one_against_closed_of_another_is_unknown() -> None:
    found = merged([voice(1, facets={"format": ("open", "step")}), voice(2, facets={"format": ("closed",)})])
    assert found.draft.facets["format"] == ("step",)


def test_the_freshest_check_wins_then_trust_then_the_lowest_number() -> None:
    old, new = date(2025, 1, 1), date(2026, 1, 1)
    assert merged([voice(1, name="Old", verified_on=old), voice(2, name="New", verified_on=new)]).draft.name == "New"
    assert merged([voice(1, 10, name="Low"), voice(2, 90, name="High")]).draft.name == "High"
    assert merged([voice(2, name="Second"), voice(1, name="First")]).draft.name == "First"


def test_a_street_of_one_is_not_put_into_the_town_of_another() -> None:
    town_only = voice(1, 90, place=Place(city="Dublin", state="OH"))
    whole = voice(2, 10, place=Place(street="1 Example St", city="Columbus", state="OH"))
    assert merged([town_only, whole]).draft.place == whole.draft.place
