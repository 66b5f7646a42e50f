"""Which pairs are linked, asked about or left alone: measured on labelled pairs, the same whichever comes first."""

import random
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.same.facts import Facts, facts_of, keys
from directory.same.reasons import Grade
from directory.same.scoring import compare
from tests.same.houses import LAWN, NO_STREET, told
from tests.same.invent import Inventor, pairs
from tests.same.measure import Measured, judged, labelled, measure
from tests.same.records import drafts


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
    assert found.recall_linked >= 0.95


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


def test_an_operator_named_alone_is_its_house_where_no_street_speaks_against_it() -> None:
    assert compare(told(1, **LAWN), told(2, place=NO_STREET)).grade is Grade.SURE
    other = {**NO_STREET, "street": "99 Broad Street"}
    assert compare(told(1, **LAWN), told(2, place=other)).grade is not Grade.SURE


def test_a_toll_free_line_does_not_make_an_operator_one_of_its_houses() -> None:
    line = [{"number": "800-555-0142"}]
    house, operator = told(1, phones=line, **LAWN), told(2, phones=line, place=NO_STREET)
    assert compare(house, operator).grade is Grade.UNSURE
    assert compare(told(1, phones=line), operator).grade is Grade.SURE  # the very name, in one ZIP code


def test_another_zip_code_is_another_door_where_a_street_is_missing() -> None:
    verdict = compare(told(1), told(2, place={**NO_STREET, "postal_code": "43232"}))
    assert verdict.grade is Grade.UNSURE


def test_a_service_without_a_name_goes_by_its_organisations() -> None:
    told_of = {"name": "Outpatient Chemical Dependency Program", "group": "Harbor Ridge", "kind": "outpatient"}
    clinic = told(1, kind="outpatient", facets={"level": ["outpatient"]})
    assert compare(clinic, told(2, facets={"level": ["outpatient"]}, **told_of)).grade is Grade.SURE
    mental = {**told_of, "name": "Outpatient Mental Health"}
    assert compare(clinic, told(2, facets={"level": ["outpatient"]}, **mental)).grade is not Grade.SURE


def test_one_house_may_be_called_a_program_and_a_home() -> None:
    home = told(2, kind="sober_living", facets={"level": ["recovery_residence"]})
    program = told(1, also=["sober_living"], facets={"level": ["recovery_residence", "residential_long"]})
    assert compare(program, home).grade is Grade.SURE
    assert keys(program) & keys(home)
    assert compare(told(1), home).grade is Grade.OTHER


def test_a_house_for_men_is_not_linked_with_one_for_women() -> None:
    men, women = ({"level": ["residential_long"], "gender": [who]} for who in ("men", "women"))
    assert compare(told(1, facets=men), told(2, facets=women)).grade is not Grade.SURE
    assert compare(told(1, facets=men), told(2, facets=men)).grade is Grade.SURE


def test_a_kind_of_program_in_the_name_is_no_doubt_where_the_other_tells_it_in_its_facts() -> None:
    named = {"name": "Harbor Ridge Residential"}
    assert compare(told(1, **named), told(2)).grade is Grade.SURE
    assert compare(told(1, name="Harbor Ridge Detox"), told(2)).grade is Grade.UNSURE


def test_houses_of_one_name_in_other_zip_codes_are_not_linked_however_much_else_agrees() -> None:
    here, there = ({**NO_STREET, "postal_code": code} for code in ("43215", "43232"))
    site = "https://harborridge.example"
    assert compare(told(1, place=here, website=site), told(2, place=there, website=site)).grade is Grade.UNSURE


def test_nor_are_houses_in_a_town_and_its_suburb_where_a_street_is_missing() -> None:
    suburb = {**NO_STREET, "city": "Bexley", "postal_code": "43209"}
    assert compare(told(1), told(2, place=suburb)).grade is Grade.UNSURE


def test_of_a_clinics_services_at_one_door_the_one_that_treats_as_it_does_fits_best() -> None:
    clinic = told(1, kind="outpatient", facets={"level": ["intensive_outpatient"]})
    service = {"name": "Chemical Dependency Program", "group": "Harbor Ridge", "kind": "outpatient"}
    meant = compare(clinic, told(2, facets={"level": ["intensive_outpatient"]}, **service))
    other = compare(clinic, told(2, facets={"level": ["outpatient"]}, **service))
    assert meant.score > other.score


def test_a_house_that_one_says_takes_men_and_the_other_men_and_women_is_one_by_name_phone_and_zip_code() -> None:
    men, both = ({"level": ["residential_long"], "gender": genders} for genders in (["men"], ["men", "women"]))
    assert compare(told(1, facets=men), told(2, facets=both, place=NO_STREET)).grade is Grade.SURE
    assert compare(told(1, facets=men, **LAWN), told(2, facets=both, place=NO_STREET)).grade is Grade.UNSURE


def test_an_agencys_services_with_other_lines_are_asked_about() -> None:
    agency = {"kind": "community_service", "facets": {}, "group": "Harbor Aid", "name": "Maple Pantry"}
    assert compare(told(1, **agency), told(2, **agency)).grade is Grade.SURE
    other = told(2, phones=[{"number": "614-555-0199"}], **agency)
    assert compare(told(1, **agency), other).grade is Grade.UNSURE


MEETING = {
    "name": "Lantern Group",
    "kind": "support_group",
    "facets": {"fellowship": ["aa"]},
    "times": [{"weekday": 1, "start": 1140}],
}


def test_a_quarter_of_an_hour_is_a_slip_and_half_an_hour_is_a_question() -> None:
    slip, later = ([{"weekday": 1, "start": start}] for start in (1155, 1170))
    assert compare(told(1, **MEETING), told(2, **{**MEETING, "times": slip})).grade is Grade.SURE
    assert compare(told(1, **MEETING), told(2, **{**MEETING, "times": later})).grade is not Grade.SURE


def test_one_group_at_the_next_door_of_its_street_and_hour_is_asked_about() -> None:
    here = {"street": "20 Maple Street", "city": "Columbus", "state": "OH", "latitude": 39.9601, "longitude": -83.0}
    next_door = {**here, "street": "42 Maple Street", "latitude": 39.9605}
    down_the_road = {**here, "street": "942 Maple Street", "latitude": 39.9701}
    assert compare(told(1, **MEETING, place=here), told(2, **MEETING, place=next_door)).grade is Grade.UNSURE
    assert compare(told(1, **MEETING, place=here), told(2, **MEETING, place=down_the_road)).grade is Grade.OTHER


def test_a_meeting_told_online_and_in_a_room_is_asked_about() -> None:
    online = {**MEETING, "modality": "online", "place": None}
    assert compare(told(1, **MEETING), told(2, **online)).grade is Grade.UNSURE


def test_every_verdict_says_why() -> None:
    assert all(judged(pair).reasons for pair in labelled() if judged(pair).grade is not Grade.OTHER)


SAMHSA = "samhsa/National_Directory_SA_Facilities_2022.xlsx"


@cache
def real(samples: Path) -> list[dict[str, Any]]:
    """The first listings of a real feed; the whole would take longer than a test may."""
    return [draft.as_dict() for draft in drafts(samples, SAMHSA, set(range(1, 1201))).values()]


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
    data = real(samples)
    pairs_ = within([facts_of(n, n, one) for n, one in enumerate(data, 1)])
    sure = sum(compare(a, b).grade is Grade.SURE for a, b in pairs_)
    assert len(pairs_) > 200
    assert sure <= 0.005 * len(data)


def test_real_records_are_found_again_as_another_publisher_would_write_them(samples: Path) -> None:
    inventor, picks = Inventor(5), random.Random(3)
    data = [one for one in real(samples)[::4] if one.get("phones")]
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
