"""What was chosen travels as hidden fields: read again it is the same, and what makes no sense is passed over."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import ImmutableMultiDict

from directory.handoff.booked import Booked
from directory.handoff.gaps import ANSWERS
from directory.web.planner_needs import Form
from directory.web.planner_walk import MOST_BOOKED, Walk, _answers, _booked, fingerprint

moments = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=UTC)
)
booked = st.lists(st.builds(Booked, st.integers(1, 999_999_999), moments), max_size=MOST_BOOKED, unique=True)
keys = st.sampled_from([*ANSWERS]).flatmap(
    lambda gap: st.tuples(st.sampled_from([gap, f"{gap}:17"]), st.sampled_from([*ANSWERS[gap]]))
)


@given(booked, st.lists(keys, max_size=6))
def test_visits_and_answers_are_read_as_they_were_written(visits: list[Booked], told: list[tuple[str, str]]) -> None:
    walk = Walk(Form([], None, {}), booked=tuple(visits), answers=dict(told))
    sent = ImmutableMultiDict(walk.pairs())
    assert _booked(sent) == walk.booked
    assert _answers(sent) == walk.answers


@given(st.lists(st.tuples(st.sampled_from(["booked", "answer", "unbook"]), st.text(max_size=40)), max_size=10))
def test_nonsense_is_passed_over(sent: list[tuple[str, str]]) -> None:
    assert _booked(ImmutableMultiDict(sent)) == ()
    assert _answers(ImmutableMultiDict(sent)) == {}


def test_a_page_hides_only_what_it_does_not_show() -> None:
    walk = Walk(Form([("place", "43215")], None, {}), picks=(3, 4), offered=(3, 4, 5), preset="veteran")
    assert walk.pairs("places") == [("place", "43215"), ("filled", "veteran"), *[("offered", n) for n in "345"]]
    assert walk.pairs("needs", "offered") == [("pick", "3"), ("pick", "4")]


def test_other_needs_have_another_fingerprint_and_their_order_has_not() -> None:
    one = Form([("needs", "food"), ("needs", "jobs")], None, {})
    assert fingerprint(one) == fingerprint(Form(one.pairs[::-1], None, {}))
    assert fingerprint(one) != fingerprint(Form(one.pairs[:1], None, {}))
