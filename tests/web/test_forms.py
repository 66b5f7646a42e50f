"""Reading forms: what is known is kept, what is odd falls back, nothing is guessed and nothing breaks."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.datastructures import ImmutableMultiDict

from directory.search.query import Near, Window
from directory.vocab import Kind
from directory.web.forms import EXAMPLES, MOST_PICKS, Asked, Fields, discharge, known_facet, options, picked

NOON = datetime(2026, 5, 5, 12, 0, tzinfo=ZoneInfo("America/New_York"))


def fields(*pairs: tuple[str, str]) -> Fields:
    return ImmutableMultiDict(list(pairs))


def test_what_a_form_gives_back_asks_the_same_again() -> None:
    asked = Asked("sober living", "43215", 50, (Kind.SOBER_LIVING,), {"payment": ("medicaid", "free")}, "today", "near")
    assert Asked.read(fields(*asked.pairs())) == asked


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_keeps_the_place_and_forgets_the_rest(example: str) -> None:
    asked = Asked.read(fields(("ask", example), ("place", "43215"), ("q", "left over"), ("radius", "5")))
    assert (asked.place, asked.words, asked.radius) == ("43215", "", 25)
    assert asked.filtered()


def test_odd_choices_fall_back_to_listed_ones() -> None:
    odd = fields(("radius", "1e9"), ("sort", "price"), ("when", "yesterday"), ("kind", "bar"), ("facet", "x=y"))
    assert Asked.read(odd) == Asked()


def test_one_filter_a_kind_or_a_whole_group_can_be_taken_off() -> None:
    on = [("kind", "outpatient"), ("facet", "payment=free"), ("facet", "payment=medicaid"), ("when", "now")]
    assert Asked.read(fields(*on, ("drop", "payment=free"))).facets == {"payment": ("medicaid",)}
    assert Asked.read(fields(*on, ("drop", "payment"))).facets == {}
    assert Asked.read(fields(*on, ("drop", "outpatient"))).kinds == ()
    assert Asked.read(fields(*on, ("drop", "when"))).when == ""


def test_adding_to_the_list_stays_on_the_page_and_a_new_search_starts_at_the_first() -> None:
    assert Asked.read(fields(("at", "3"), ("add", "5"))).page == 3
    assert Asked.read(fields(("at", "3"))).page == 1
    assert Asked.read(fields(("at", "3"), ("page", "4"))).page == 4


def test_the_list_keeps_its_order_and_holds_each_place_once() -> None:
    kept = [("pick", "7"), ("pick", "3"), ("pick", "7")]
    assert picked(fields(*kept, ("add", "9"))) == (7, 3, 9)
    assert picked(fields(*kept, ("remove", "7"))) == (3,)
    assert picked(fields(*kept, ("up", "3"))) == (3, 7)
    assert picked(fields(*kept, ("down", "3"))) == (7, 3)
    assert picked(fields(*kept, ("clear", "1"))) == ()
    assert len(picked(fields(*[("pick", str(n)) for n in range(1, 200)]))) == MOST_PICKS


def test_tonight_is_read_on_the_clock_of_the_place() -> None:
    denver = Near("Denver, CO", 39.7, -105.0, timezone="America/Denver")
    query = Asked(when="tonight").query(denver, datetime(2026, 5, 6, 2, 0, tzinfo=UTC), "America/New_York")
    assert query.window == Window(weekday=2, start=20 * 60, end=1440)


def test_nearest_without_a_place_is_best() -> None:
    assert Asked(sort="near").query(None, NOON, "America/New_York").sort == "best"


def test_the_day_of_leaving_falls_back_to_now() -> None:
    assert discharge(fields(("leave_day", "2026-05-07"), ("leave_hour", "14:30")), NOON) == datetime(
        2026, 5, 7, 14, 30, tzinfo=NOON.tzinfo
    )
    assert discharge(fields(("leave_day", "2026-05-07")), NOON) == date(2026, 5, 7)
    assert discharge(fields(("leave_day", "2026-05-05")), NOON) == NOON  # today: the morning is over
    for odd in ("", "soon", "0001-01-01", "9999-12-31"):
        assert discharge(fields(("leave_day", odd), ("leave_hour", "25:99")), NOON) == NOON


def test_handoff_options_speak_the_language_of_the_page_unless_told() -> None:
    assert options(fields(("large_print", "1")), "es") == {"large_print": "1", "language": "es", "medicine": []}
    assert options(fields(("language", "en")), "es")["language"] == "en"


@pytest.mark.parametrize("text", ["", "=", "payment", "payment=", "payment=gold", "language=<b>", "kind=outpatient"])
def test_facets_outside_the_vocabulary_are_left_out(text: str) -> None:
    assert known_facet(text) is None


NAMES = "q place page at pick add up facet kind leave_day leave_hour radius drop ask when".split()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=20))))
def test_no_field_can_break_the_reading(pairs: list[tuple[str, str]]) -> None:
    given_fields = fields(*pairs)
    asked = Asked.read(given_fields)
    assert 1 <= asked.page <= 500
    assert all(0 <= pick < 2**31 for pick in picked(given_fields))
    asked.query(None, NOON, "America/New_York")
    discharge(given_fields, NOON)
