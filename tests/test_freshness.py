"""Trust halves with each half-life, whatever the mix of dates; ages are said in words; the table is whole."""

from datetime import UTC, date, datetime, timedelta
from math import log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.freshness import (
    EPOCH,
    Fact,
    age_words,
    cost,
    faded,
    fading,
    half_life,
    in_groups,
    known_facts,
    newest_check,
    ranks,
    trust,
)
from directory.listing import Checked
from directory.vocab import Kind
from tests.builders import make_draft, make_place

NOW = datetime(2026, 5, 5, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_its_half_lives_and_what_ranks_it(kind: Kind) -> None:
    assert ranks(kind)
    assert all((half_life(fact, kind) or 0) > 30 for fact in ranks(kind))  # a free bed would sink all that have beds
    assert cost(kind) >= 1


def test_a_bed_is_days_a_meeting_months_an_address_a_year() -> None:
    assert half_life(Fact.VACANCY, Kind.SOBER_LIVING) == 1
    assert half_life(Fact.TIMES, Kind.SUPPORT_GROUP) == 120
    assert half_life(Fact.ADDRESS, Kind.SOBER_LIVING) == 365
    assert half_life(Fact.VACANCY, Kind.SUPPORT_GROUP) is None


def test_trust_is_half_after_a_half_life_and_none_without_a_check() -> None:
    assert trust(Fact.TIMES, Kind.SUPPORT_GROUP, NOW, NOW) == 1
    assert trust(Fact.TIMES, Kind.SUPPORT_GROUP, NOW - timedelta(days=120), NOW) == pytest.approx(0.5)
    assert trust(Fact.TIMES, Kind.SUPPORT_GROUP, NOW.date() - timedelta(days=240), NOW) == pytest.approx(0.25)
    assert trust(Fact.TIMES, Kind.SUPPORT_GROUP, None, NOW) == 0
    assert trust(Fact.VACANCY, Kind.SUPPORT_GROUP, NOW, NOW) == 0
    assert trust(Fact.TIMES, Kind.SUPPORT_GROUP, NOW + timedelta(days=9), NOW) == 1  # a slip of a clock


days = st.integers(0, 1500).map(lambda n: NOW - timedelta(days=n))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(list(Kind)), st.dictionaries(st.sampled_from(list(Fact)), days), days, st.integers(0, 900))
def test_two_numbers_say_the_geometric_mean_on_any_later_day(
    kind: Kind, seen: dict[Fact, datetime], whole: datetime, later: int
) -> None:
    draft = make_draft(kind=kind, verified_on=whole.date())
    checks = {fact.value: Checked(at, "phone") for fact, at in seen.items()}
    when = NOW + timedelta(days=later)
    facts = ranks(kind)
    logs = [
        log2(trust(fact, kind, max(whole.date(), seen[fact].date() if fact in seen else whole.date()), when))
        for fact in facts
    ]
    day, rate = fading(draft, checks)
    assert log2(faded(day, rate, when)) == pytest.approx(sum(logs) / len(logs), abs=rate)  # a day is rounded


def test_what_nobody_dated_counts_a_year_older_than_the_oldest_that_is() -> None:
    draft = make_draft(verified_on=None)
    assert fading(draft, {})[0] == 0
    assert faded(0, 0.01, NOW) == 0
    half, _ = fading(draft, {"times": Checked(NOW, "phone")})
    whole, _ = fading(draft, {"times": Checked(NOW, "phone"), "address": Checked(NOW, "phone")})
    assert 0 < half < whole == (NOW.date() - EPOCH).days


def test_a_bed_says_nothing_of_an_address() -> None:
    seen = {"vacancy": Checked(NOW, "program")}
    assert newest_check(seen) is None
    assert in_groups(seen) == []
    assert fading(make_draft(), seen) == fading(make_draft(), {})


def test_checks_of_one_moment_are_told_together_the_newest_first() -> None:
    call, visit = Checked(NOW, "phone"), Checked(NOW - timedelta(days=3), "visit")
    assert in_groups({"times": visit, "address": call, "phone": call}) == [
        (call, [Fact.PHONE, Fact.ADDRESS]),
        (visit, [Fact.TIMES]),
    ]


def test_only_what_a_listing_has_can_be_made_sure_of() -> None:
    bare = make_draft(phones=(), times=(), place=make_place(street=""))
    assert known_facts(bare) == (Fact.SERVICES,)
    assert known_facts(make_draft())[:3] == (Fact.PHONE, Fact.ADDRESS, Fact.TIMES)


AGES = [
    (timedelta(minutes=10), "less than an hour ago", "hace menos de una hora"),
    (timedelta(hours=1), "1 hour ago", "hace 1 hora"),
    (timedelta(hours=23), "23 hours ago", "hace 23 horas"),
    (timedelta(hours=30), "yesterday", "ayer"),
    (timedelta(days=3), "3 days ago", "hace 3 días"),
]


@pytest.mark.parametrize(("age", "english", "spanish"), AGES)
def test_an_age_in_words(age: timedelta, english: str, spanish: str) -> None:
    assert age_words(NOW - age, NOW, "en") == english
    assert age_words(NOW - age, NOW, "es") == spanish


def test_a_date_of_today_is_today() -> None:
    assert age_words(date(2026, 5, 5), NOW, "en") == "today"
