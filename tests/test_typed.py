"""A form gives back the draft it was filled from; what is typed wrong is said beside its field."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.listing import Area, Online, Phone, Residence, facets
from directory.typed import blank, read, rows_of_times, values
from directory.vocab import Kind, Modality
from tests.builders import make_draft, make_place, make_time

TIMES = st.builds(
    lambda day, start, length, weeks: make_time(
        weekday=day, start=start, end=start + length if length else None, weeks=weeks
    ),
    st.integers(0, 6),
    st.integers(0, 1439),
    st.one_of(st.none(), st.integers(1, 1439)),
    st.sampled_from([(), (1,), (2, 4), (-1,)]),
)
DRAFTS = st.builds(
    make_draft,
    kind=st.sampled_from(Kind),
    modality=st.sampled_from(Modality),
    times=st.lists(TIMES, max_size=5).map(tuple),
    phones=st.lists(
        st.sampled_from([Phone("614-555-0134"), Phone("614-555-0101", "12", "intake"), Phone("988")]), max_size=3
    ).map(tuple),
    facets=st.sampled_from([facets(need=["food"], payment=["free", "medicaid"]), facets(language=["es"]), {}]),
    denied=st.sampled_from([{"accepts": ("methadone",)}, {}]),
    place=st.sampled_from([None, make_place(), make_place(approximate=True), make_place(confidential=True)]),
    online=st.sampled_from([None, Online(url="https://example.org/join", phone="+16145550100,,123#")]),
    residence=st.sampled_from(
        [None, Residence(beds=8, vacancies=0, fee=140.5, fee_period="week", certified_until=date(2027, 1, 1))]
    ),
    by_appointment=st.booleans(),
    also=st.sampled_from([(), (Kind.RESIDENTIAL, Kind.OUTPATIENT)]),
    area=st.sampled_from(
        [None, Area(nationwide=True), Area(states=("OH", "KY"), counties=("OH:Franklin",), words="Ohio and nearby")]
    ),
)


@settings(max_examples=60, deadline=None)
@given(DRAFTS)
def test_what_nobody_touches_stays_as_it_was(draft: Any) -> None:
    typed = read(values(draft), draft)
    assert typed.problems == {}
    assert typed.draft == draft


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from([*values(make_draft()), "latitude", "day_1", "home_beds"]), st.text(max_size=30))
)
def test_anything_typed_is_a_draft_or_a_sentence(form: dict[str, str]) -> None:
    typed = read(form, make_draft())
    assert (typed.draft is None) == bool(typed.problems)
    assert typed.draft is None or typed.draft.problems() == []


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("name", " ", "Give it a name"),
        ("kind", "castle", "Choose a kind"),
        ("phone_0", "12", "ten digits"),
        ("postal_code", "432", "ZIP"),
        ("state", "Narnia", "two letters"),
        ("website", "javascript:alert(1)", "https://"),
        ("email", "nobody", "name@"),
        ("start_0", "late", "starts"),
        ("weeks_0", "every other", "weeks"),
        ("latitude", "north", "degrees"),
        ("verified_on", "soon", "2026"),
        ("home_beds", "-1", "less than nothing"),
    ],
)
def test_a_wrong_value_is_said_beside_its_field(field: str, typed: str, says: str) -> None:
    draft = make_draft()
    found = read({**values(draft), field: typed}, draft)
    assert found.draft is None
    assert any(says in sentence for sentence in found.problems.values()), found.problems


def test_another_address_loses_the_old_pin() -> None:
    draft = make_draft()
    moved = read({**values(draft), "place_street": "9 Other Street"}, draft).draft
    assert moved is not None
    assert moved.place is not None
    assert (moved.place.street, moved.place.located, moved.place.timezone) == ("9 Other Street", False, None)


def test_more_free_beds_than_beds_are_doubted() -> None:
    draft = make_draft()
    found = read({**values(draft), "home_beds": "2", "home_vacancies": "3"}, draft)
    assert "more free beds" in found.problems["home_vacancies"]


def test_a_listing_needs_a_way_to_reach_it() -> None:
    found = read({"name": "A", "kind": "outpatient"}, blank("k"))
    assert found.problems == {"phone_0": "Give a phone, an address, a link or an e-mail."}


def test_an_end_before_the_start_is_after_midnight() -> None:
    draft = make_draft(times=(make_time(),))
    late = read({**values(draft), "start_0": "11 pm", "end_0": "00:30"}, draft).draft
    assert late is not None
    assert (late.times[0].start, late.times[0].end) == (23 * 60, 24 * 60 + 30)
    assert late.times[0] == replace(draft.times[0], start=23 * 60, end=24 * 60 + 30)


def test_the_form_has_spare_rows_for_times() -> None:
    assert (len(rows_of_times({})), len(rows_of_times(values(make_draft())))) == (3, 4)


def test_the_area_served_and_further_kinds_are_typed() -> None:
    form = {"area_states": "Ohio, ky", "area_counties": "OH: Franklin County; Ohio: Delaware", "area_nationwide": "yes"}
    typed = read({**values(make_draft()), **form, "also:sober_living": "yes"}, make_draft())
    assert typed.draft is not None
    assert typed.draft.area == Area(True, ("OH", "KY"), ("OH:Franklin", "OH:Delaware"))
    assert typed.draft.also == (Kind.SOBER_LIVING,)
    again = read({**values(typed.draft), **dict.fromkeys(form, "")}, typed.draft)
    assert again.draft is not None
    assert again.draft.area is None


@pytest.mark.parametrize(
    ("field", "raw", "said"),
    [("area_states", "OH, Narnia", "two letters"), ("area_counties", "Franklin", "like OH: Franklin")],
)
def test_an_area_nobody_can_read_is_said_beside_its_field(field: str, raw: str, said: str) -> None:
    assert said in read({**values(make_draft()), field: raw}, make_draft()).problems[field]
