"""Which pairs are linked, asked about or left alone: measured on labelled pairs, the same whichever comes first."""

import random
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.same.facts import Facts, facts_of, keys
from directory.same.reasons import Grade
from directory.same.scoring import compare
from tests.same.invent import Inventor, pairs
from tests.same.measure import Measured, judged, labelled, measure


@cache
def measured() -> Measured:
    return measure(labelled())


def test_there_are_enough_labelled_pairs_of_both_truths() -> None:
    found = measured()
    assert found.of(True) + found.of(False) >= 300
    assert min(found.of(True), found.of(False)) >= 100


def test_links_are_right_and_links_and_queue_find_nearly_all() -> None:
    found = measured()
    assert found.precision >= 0.98
    assert found.recall >= 0.95
    assert found.recall_linked >= 0.85  # or a person would have to look at everything


def test_the_rules_hold_on_pairs_they_were_not_tuned_on() -> None:
    for seed in (1001, 1002):
        found = measure(pairs(seed))
        assert found.precision >= 0.98
        assert found.recall >= 0.95


NEVER_LINKED = (
    "houses of a row with one phone",
    "houses of a row, streets unsaid",
    "for men and for women",
    "one group, another day",
    "one group, another hour",
    "two fellowships in one church, one hour",
    "a clinic and the meeting in its basement",
    "a chain with one national phone, two towns",
    "detox and outpatient of one house",
    "pantry and legal aid of one charity",
)


@pytest.mark.parametrize("how", NEVER_LINKED)
def test_programs_at_one_address_stay_apart(how: str) -> None:
    found = [pair for pair in labelled() if pair["how"] == how]
    assert found
    assert all(judged(pair).grade is not Grade.SURE for pair in found)


@given(st.sampled_from(labelled()))
def test_comparing_is_symmetric(pair: dict[str, Any]) -> None:
    a, b = facts_of(1, 1, pair["a"]), facts_of(2, 2, pair["b"])
    there, back = compare(a, b), compare(replace(b, id=1), replace(a, id=2))
    assert there == compare(b, a)
    assert (there.grade, there.score) == (back.grade, back.score)
    assert keys(a) == keys(replace(a, id=9))


def test_every_verdict_says_why() -> None:
    assert all(judged(pair).reasons for pair in labelled() if judged(pair).grade is not Grade.OTHER)


SAMHSA = "samhsa/National_Directory_SA_Facilities_2022.xlsx"


@cache
def real(file: Path) -> list[dict[str, Any]]:
    """The first listings of a real feed; the whole would take longer than a test may."""
    from importers.run import read_feed

    results = islice(read_feed([file], publisher="A publisher").results(), 1200)
    return [found.draft.as_dict() for found in results if found.draft and not found.outcome]


def within(many: list[Facts]) -> list[tuple[Facts, Facts]]:
    blocks: dict[int, list[Facts]] = {}
    for one in many:
        for key in keys(one):
            blocks.setdefault(key, []).append(one)
    found = {
        (a.id, b.id): (a, b)
        for block in blocks.values()
        if len(block) < 60
        for a in block
        for b in block
        if a.id < b.id
    }
    return list(found.values())


def test_what_a_real_directory_keeps_apart_is_hardly_ever_linked(samples: Path) -> None:
    """Records of one real feed taken as two publishers': a publisher's own twins are the only links left."""
    data = real(samples / SAMHSA)
    pairs_ = within([facts_of(n, n, one) for n, one in enumerate(data, 1)])
    sure = sum(compare(a, b).grade is Grade.SURE for a, b in pairs_)
    assert len(pairs_) > 200
    assert sure <= 0.005 * len(data)


def test_real_records_are_found_again_as_another_publisher_would_write_them(samples: Path) -> None:
    inventor, picks = Inventor(5), random.Random(3)
    data = [one for one in real(samples / SAMHSA)[::4] if one.get("phones")]
    ways = [
        lambda one: one | {"name": inventor.typo(one["name"])},
        lambda one: one | {"name": one["name"] + " LLC"},
        lambda one: one | {"phones": [{"number": inventor.phone()}]},
        lambda one: {**inventor.abbreviated(one), "place": {**one["place"], "street": one["place"]["street"].upper()}},
        lambda one: one | {"place": {**one["place"], "street": "", "approximate": True}},
    ]
    grades = [
        compare(facts_of(1, 1, one), facts_of(2, 2, picks.choice(ways)(one))).grade
        for one in data
        if one["place"].get("street")
    ]
    assert len(grades) > 200
    assert grades.count(Grade.SURE) >= 0.85 * len(grades)
    assert grades.count(Grade.OTHER) <= 0.02 * len(grades)
