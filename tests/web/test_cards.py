"""Cards say what is known in plain words, fold a group's days, and never give an address that must not be walked to."""

from datetime import UTC, date, datetime

import pytest

from directory.listing import Online, facets
from directory.search.query import Match
from directory.vocab import Kind, Modality
from directory.web.cards import (
    Reader,
    checked_words,
    distance_words,
    make_card,
    make_cards,
    medicine_words,
    where_words,
)
from directory.web.facts import map_link, parts
from tests.builders import make_draft, make_listed, make_place, make_time
from tests.web.site import clinic, house

READER = Reader("en", datetime(2026, 5, 5, 16, 0, tzinfo=UTC), "America/New_York")


def test_a_groups_days_at_one_place_become_one_card() -> None:
    days = [make_listed(n, times=(make_time(weekday=weekday),)) for n, weekday in ((1, 2), (2, 4), (3, 6))]
    (card,) = make_cards(days, {1: Match(1, 1.0, 2.0)}, READER)
    assert card.when == "Tonight 7:00 pm"
    assert [(also.id, also.when) for also in card.also] == [(2, "Thursday 7:00 pm"), (3, "Saturday 7:00 pm")]


def test_the_same_group_elsewhere_another_publisher_or_another_kind_stays_its_own_card() -> None:
    others = [
        make_listed(1),
        make_listed(2, place=make_place(street="9 Elsewhere Road")),
        make_listed(3, publisher="Somebody else"),
        make_listed(4, kind=Kind.COMMUNITY_SERVICE),
        make_listed(5, kind=Kind.COMMUNITY_SERVICE),
    ]
    assert [card.id for card in make_cards(others, {}, READER)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Linden Community Church, 1200 Example Avenue, Columbus, OH 43215"),
        ({"modality": Modality.ONLINE}, "Online"),
        ({"modality": Modality.PHONE}, "By phone"),
        ({"place": None}, "Call to ask where"),
        ({"place": make_place(confidential=True)}, "Columbus, OH 43215 (call for the address)"),
        ({"place": make_place(street="", approximate=True)}, "Columbus, OH 43215 (call for the address)"),
    ],
)
def test_only_a_walkable_address_is_given(changes: dict[str, object], words: str) -> None:
    assert where_words(make_draft(**changes), "en") == words


def test_the_map_opens_only_on_an_exact_public_place() -> None:
    assert map_link(make_draft()) == "geo:39.96710,-83.00420"
    for place in (None, make_place(confidential=True), make_place(approximate=True), make_place(latitude=None)):
        assert map_link(make_draft(place=place)) == ""


def test_buprenorphine_is_yes_no_or_ask_and_no_question_for_meetings() -> None:
    assert medicine_words(clinic(), "en") == "Takes people on buprenorphine: yes"
    assert medicine_words(house(), "en") == "Takes people on buprenorphine: no"
    unknown = make_draft(kind=Kind.SOBER_LIVING, facets={})
    assert medicine_words(unknown, "en") == "Takes people on buprenorphine: call to ask"
    assert medicine_words(make_draft(), "en") == ""


def test_freshness_is_said_and_old_news_says_call_first() -> None:
    assert checked_words(make_listed(verified_on=date(2026, 5, 1)), READER) == ("Checked 4 days ago", False)
    assert checked_words(make_listed(verified_on=date(2026, 3, 1)), READER) == ("Checked in March 2026", False)
    updated = make_listed(verified_on=None, source_updated_on=date(2026, 3, 1))
    assert checked_words(updated, READER) == ("Updated by its publisher in March 2026", False)
    assert checked_words(make_listed(verified_on=None), READER) == ("Not checked lately: call first", True)
    assert checked_words(make_listed(verified_on=date(2024, 1, 1)), READER)[1]


@pytest.mark.parametrize(
    ("miles", "approximate", "words"),
    [
        (0.02, False, "very near"),
        (1.0, False, "1 mile away"),
        (2.34, False, "2.3 miles away"),
        (17.6, False, "18 miles away"),
        (0.02, True, "in this area"),
        (2.34, True, "about 2 miles away"),
    ],
)
def test_distance_is_rounded_as_far_as_it_is_known(miles: float, approximate: bool, words: str) -> None:
    assert distance_words(miles, approximate, "en") == words


def test_a_page_says_no_and_not_known_apart() -> None:
    rows = {row.label: row.values for part in parts(house(), "en", READER.now) for row in part.rows}
    assert rows["Methadone"] == ("Welcomes people who take it: no",)
    assert rows["Naltrexone (Vivitrol)"] == ("Welcomes people who take it: not known, call to ask",)
    assert rows["Not for"] == ("Men",)
    assert rows["Rent"] == ("$140.00 a week",)
    assert rows["Open beds"] == ("Not known. Call to ask.",)


def test_a_hybrid_meeting_offers_both_ways() -> None:
    hybrid = make_draft(modality=Modality.HYBRID, online=Online(url="https://example.org/join"))
    assert where_words(hybrid, "en").endswith(", and online")


def test_kinds_are_named_with_what_tells_them_apart() -> None:
    food = make_listed(kind=Kind.COMMUNITY_SERVICE, facets=facets(need=["food"]))
    assert make_card(food, None, READER).kind == "Community service · Food"
    assert make_card(make_listed(), None, READER).kind == "Support group · Alcoholics Anonymous (AA)"
