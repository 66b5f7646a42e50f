"""The needs form: what is wrong is said beside its field, and what is no choice is passed over."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import ImmutableMultiDict

from directory.handoff.presets import presets
from directory.security.roles import Role
from directory.web.planner_needs import NAMES, chosen_pairs, options
from tests.web.conftest import Site
from tests.web.planner_forms import NEEDS, fields, send
from tests.web.signed_in import sign_in, sign_out


@pytest.fixture
def planner(pages: Site) -> Iterator[Site]:
    sign_in(pages.client, Role.PLANNER)
    yield pages
    sign_out(pages.client)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("place", "", "Say where the person will stay."),
        ("place", "00000", "We do not know this place."),
        ("leave_day", "2026-05-04", "This day is over."),
        ("leave_day", "2027-09-01", "more than a year away"),
        ("leave_day", "tomorrow", "cannot read this day"),
        ("leave_hour", "25:99", "cannot read this day"),
        ("supply_through", "soon", "cannot read this day"),
        ("supply_through", "2029-01-01", "more than a year away"),
        ("radius", "a lot", "Choose one of the distances."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_stays_in_it(
    planner: Site, field: str, value: str, words: str
) -> None:
    sent = [*(pair for pair in NEEDS if pair[0] != field), (field, value), ("payment", "medicaid")]
    page = send(planner, "/planner/places", sent, 422)
    name = "leave_day" if field == "leave_hour" else field
    assert words in page.split(f'id="{name}-problem">')[1].split("</span>")[0]
    assert ("payment", "medicaid") in fields(page)
    if field != "radius":
        assert (field, value) in fields(page)


def test_the_night_the_clocks_go_forward_has_no_half_past_two(planner: Site) -> None:
    page = send(planner, "/planner/places", [("place", "43215"), ("leave_day", "2027-03-14"), ("leave_hour", "02:30")])
    assert "Sun, Mar 14" in send(planner, "/planner/week", fields(page))


def test_a_situation_fills_its_own_fields_once(planner: Site) -> None:
    page = send(planner, "/planner", [*NEEDS, ("payment", "medicaid"), ("preset", "methadone"), ("fill", "1")])
    assert {("medication", "methadone"), ("payment", "medicaid")} <= set(fields(page))
    changed = [pair for pair in fields(page) if pair[0] != "medication"]
    assert ("medication", "methadone") not in fields(send(planner, "/planner", changed))


def test_a_situation_that_was_only_chosen_counts_when_they_go_on(planner: Site) -> None:
    page = send(planner, "/planner/places", [*NEEDS, ("preset", "methadone")])
    assert ("medication", "methadone") in fields(page)


words = st.sampled_from([*NAMES, "preset", "name", "patient"])
values = st.text(max_size=12) | st.sampled_from([code for one in options("en").values() for code, _ in one])


@given(st.lists(st.tuples(words, values), max_size=30))
def test_the_same_choices_are_read_from_what_was_written(sent: list[tuple[str, str]]) -> None:
    once = chosen_pairs(ImmutableMultiDict(sent))
    again = chosen_pairs(ImmutableMultiDict(once))
    assert sorted(again) == sorted(once)
    assert {name for name, _ in once} <= set(NAMES)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_choice_is_told_in_words(language: str) -> None:
    for name, choices in options(language).items():
        assert all(told and told != value for value, told in choices), name
    assert len(options(language)["preset"]) == len(presets())
