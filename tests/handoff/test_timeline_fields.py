"""Edits travel through a page's fields and come back the same; what makes no sense is passed over."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.datastructures import ImmutableMultiDict

from directory.handoff.itinerary import NO_EDITS, Edits
from directory.handoff.timeline_fields import MOST, added_key, meeting_key, pairs, read

AT = datetime(2026, 6, 16, 23, tzinfo=UTC)


def sent(*fields: tuple[str, str]) -> Edits:
    return read(ImmutableMultiDict(fields))


MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 12, 31), timezones=st.just(UTC)).map(
    lambda at: at.replace(second=0, microsecond=0)
)
KEYS = (
    st.builds(meeting_key, st.integers(0, 10**18 - 1), MOMENTS)
    | st.sampled_from([f"check_in-{n}" for n in (1, 3, 7, 14, 30)])
    | st.builds(lambda id: f"intake-{id}", st.integers(0, 10**9))
)
EDITS = st.builds(
    Edits,
    st.lists(KEYS, max_size=9, unique=True).map(tuple),
    st.lists(st.tuples(KEYS, MOMENTS), max_size=9, unique_by=lambda pair: pair[0]).map(tuple),
    st.lists(st.tuples(st.integers(0, 10**18 - 1), MOMENTS), max_size=9, unique=True).map(tuple),
)


@settings(max_examples=40, deadline=None)
@given(EDITS)
def test_what_is_written_is_read_back(edits: Edits) -> None:
    assert sent(*pairs(edits)) == edits


def test_a_button_does_its_one_thing_last() -> None:
    key = meeting_key(3, AT)
    assert sent(("week_do", f"off {key}")) == Edits(dropped=(key,))
    assert sent(("week_off", key), ("week_do", f"back {key}")) == NO_EDITS
    assert sent(("week_do", f"at {key}@20260617T2300Z")).moved == ((key, AT.replace(day=17)),)
    assert sent(("week_do", "add 7@20260616T2300Z")).added == ((7, AT),)
    assert sent(("week_off", key), ("week_add", "7@20260616T2300Z"), ("week_do", "reset")) == NO_EDITS


def test_moved_again_is_where_it_was_moved_last() -> None:
    key = meeting_key(3, AT)
    edits = sent(("week_at", f"{key}@20260617T2300Z"), ("week_do", f"at {key}@20260618T2300Z"))
    assert edits.moved == ((key, AT.replace(day=18)),)


def test_taking_off_what_was_added_forgets_it() -> None:
    assert sent(("week_add", "7@20260616T2300Z"), ("week_do", f"off {added_key(7, AT)}")) == NO_EDITS


SENT = st.text("abcheck_intmeg-@0123 TZ<&\u0967", max_size=30) | KEYS | KEYS.map(lambda key: f"at {key}@20260616T2300Z")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("week_off", "<script>"),
        ("week_off", "meeting-3-" + "9" * 400),
        ("week_at", "check_in-1"),
        ("week_at", "check_in-1@00010101T0000Z"),
        ("week_at", "check_in-1@20261345T9999Z"),
        ("week_at", "check_in-1@२०२६०६१६T2300Z"),
        ("week_add", "-7@20260616T2300Z"),
        ("week_add", "7@"),
        ("week_add", "9999999999999999999999@20260616T2300Z"),
        ("week_do", ""),
        ("week_do", "drop table"),
        ("week_do", "at"),
        ("other", "off check_in-1"),
    ],
)
def test_nonsense_is_passed_over(name: str, value: str) -> None:
    assert sent((name, value)) == NO_EDITS


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["week_off", "week_at", "week_add", "week_do"]), SENT), max_size=6))
def test_whatever_is_sent_is_read_and_can_be_written_again(fields: list[tuple[str, str]]) -> None:
    edits = sent(*fields)
    assert sent(*pairs(edits)) == edits


def test_no_more_edits_are_read_than_a_week_can_hold() -> None:
    assert len(sent(*[("week_add", f"{n}@20260616T2300Z") for n in range(500)]).added) == MOST
