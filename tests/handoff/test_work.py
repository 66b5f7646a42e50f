"""From needs and choices to the papers: one plan in all of them, and nothing ready while a medication gap is open."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from directory.errors import BadQuestion
from directory.handoff.booked import Booked
from directory.handoff.gaps import ANSWERS
from directory.handoff.itinerary import Edits
from directory.handoff.needs import Needs
from directory.handoff.values import COPY, SECTIONS, Options
from directory.handoff.work import Choices, Work, planned, refuse_open
from tests.handoff.people import DISCHARGE, NEAR, SETTINGS, ZONE, clinic, house, meeting, twelve

NEEDS = Needs(near=NEAR, leaving=DISCHARGE, medication=("buprenorphine",), supply_through=DISCHARGE.date())
VISIT = Booked(1, datetime(2026, 6, 17, 9, 30, tzinfo=ZoneInfo(ZONE)))
PLACES = [clinic(1), house(2), meeting(3)]


def made(needs: Needs = NEEDS, **choices: object) -> Work:
    given = Choices(**{"options": Options(), **choices})  # type: ignore[arg-type]
    return planned(SETTINGS, needs, PLACES, twelve(), given, DISCHARGE)


def test_what_is_booked_is_on_the_plan_and_first_on_the_paper() -> None:
    work = made(booked=(VISIT,))
    assert work.plan is not None
    assert [entry.starts_at for entry in work.plan.entries if entry.what == "appointment"] == [VISIT.starts_at]
    assert any("9:30" in step.when for step in work.packet().section("steps").steps)
    assert work.packet().section("places").sketch is not None


def test_the_patient_s_paper_tells_no_gap_and_the_planner_s_tells_each_with_its_answer() -> None:
    work = made(booked=(VISIT,), answers={"supply_ends_first": "bridge"})
    assert [section.key for section in work.packet().sections] == list(SECTIONS)
    assert [section.key for section in work.copy().sections] == list(COPY)
    assert [gap.code for gap in work.gaps] == ["supply_ends_first"]
    assert ANSWERS["supply_ends_first"]["bridge"] in str(work.copy().as_dict())
    assert work.gaps[0].words not in str(work.packet().as_dict())


@pytest.mark.parametrize(("answers", "expected"), [({}, False), ({"none_booked": "walk_in"}, True)])
def test_it_is_ready_when_every_gap_is_answered(answers: dict[str, str], expected: bool) -> None:
    assert made(answers=answers).ready is expected


def test_the_copy_is_in_the_planner_s_language_and_the_packet_in_the_patient_s() -> None:
    work = made(options=Options(language="es"), copy_language="en", answers={"none_booked": "walk_in"})
    assert work.copy().title == "Planner’s copy"
    assert work.packet().options.language == "es"
    assert work.plan is not None
    assert work.plan.language == "es"
    assert work.gaps[0].answer == ANSWERS["none_booked"]["walk_in"]


def test_what_a_planner_took_off_is_on_no_paper() -> None:
    plan = made().plan
    assert plan is not None
    off = next(entry.key for entry in plan.entries if entry.what == "meeting")
    edited = made(edits=Edits(dropped=(off,))).plan
    assert edited is not None
    assert off not in {entry.key for entry in edited.entries}
    assert off in {entry.key for entry in edited.off}


def test_without_a_plan_the_paper_has_lines_to_write_on_and_no_times_of_ours() -> None:
    work = made(planned=False)
    assert work.plan is None
    assert not any("9:30" in step.when for step in work.packet().section("steps").steps)


def test_an_unknown_hour_and_an_unknown_zone_are_those_of_now_and_here() -> None:
    needs = replace(NEEDS, leaving=None, near=replace(NEAR, timezone=""))
    work = made(needs)
    assert work.packet().leaving == DISCHARGE
    assert work.packet().zone == SETTINGS.timezone


def test_open_gaps_are_refused_in_sentences_that_name_the_answers() -> None:
    with pytest.raises(BadQuestion) as refused:
        refuse_open(made().gaps, {})
    told = str(refused.value)
    assert "no visit is booked" in told
    assert all(f"--answer none_booked={code}" in told for code in ANSWERS["none_booked"])


@pytest.mark.parametrize(
    ("answers", "said"),
    [({"none_booked": "nothing"}, "The answers are: walk_in"), ({"no_gap": "bridge"}, "The gaps are: none_booked")],
)
def test_an_answer_that_answers_nothing_is_refused_with_those_that_would(answers: dict[str, str], said: str) -> None:
    with pytest.raises(BadQuestion, match=said):
        refuse_open(made(answers=answers).gaps, answers)


def test_answered_gaps_and_no_gaps_are_let_through() -> None:
    answers = {"none_booked": "walk_in"}
    refuse_open(made(answers=answers).gaps, answers)
    refuse_open(made(replace(NEEDS, medication=())).gaps, {})
