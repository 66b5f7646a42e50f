"""The week at a glance: every entry once, every change a button that works without script, in both languages."""

import re

import pytest
from starlette.datastructures import ImmutableMultiDict

from directory.handoff.booked import Booked
from directory.handoff.itinerary import NO_EDITS, Edits, Timeline
from directory.handoff.timeline_fields import read
from directory.handoff.week_grid import week_days
from directory.web.render import STATIC, environment
from tests.handoff.people import DISCHARGE, clinic, meeting, twelve
from tests.handoff.plans import daily, plan, telling

PAGE = '{% from "handoff/_week_grid.html" import week_grid %}{{ week_grid(timeline, edits, None) }}'


def html(whole: Timeline, edits: Edits = NO_EDITS) -> str:
    return environment(whole.language).from_string(PAGE).render(timeline=whole, edits=edits)


def values(page: str) -> list[str]:
    return re.findall(r'name="week_do" value="([^"]*)"', page)


def test_seven_days_in_three_parts_hold_every_entry_of_the_week_once() -> None:
    whole = plan(twelve())
    grid = week_days(whole)
    assert [row.words for row in grid.days][:2] == ["Mon, Jun 15", "Tue, Jun 16"]
    assert [part.words for part in grid.days[0].parts] == ["Morning", "Afternoon", "Evening"]
    inside = [one.entry.key for row in grid.days for part in row.parts for one in part.shown]
    assert sorted([*inside, *(one.entry.key for one in grid.later)]) == sorted(one.key for one in whole.entries)
    assert [one.entry.key for one in grid.later] == ["check_in-7", "check_in-14", "check_in-30"]


def test_every_button_does_what_it_says() -> None:
    groups = [daily(3, 8), daily(4, 12), daily(5, 18), clinic(1)]
    whole = plan(groups)
    done = 0
    for value in values(html(whole)):
        edits = read(ImmutableMultiDict([("week_do", value)]))
        assert edits != NO_EDITS, value
        changed = plan(groups, edits=edits)
        assert "edit" not in [warning.code for warning in changed.warnings], value
        assert changed.entries != whole.entries
        done += 1
    assert done > 20


def test_what_is_taken_off_has_a_button_that_puts_it_back() -> None:
    edits = Edits(dropped=("check_in-1",))
    page = html(plan([meeting()], edits=edits), edits)
    assert "back check_in-1" in values(page)
    assert '<input type="hidden" name="week_off" value="check_in-1">' in page
    assert "reset" in values(page)
    assert "reset" not in values(html(plan([meeting()])))


def test_a_drop_sends_what_a_button_could_send() -> None:
    whole = plan([daily(3, 12), daily(4, 18)])
    cells = {part.cell for row in week_days(whole).days for part in row.parts}
    goals = [goal for row in week_days(whole).days for part in row.parts for one in part.shown for goal in one.goals]
    assert goals
    assert {goal.cell for goal in goals} <= cells
    assert all(read(ImmutableMultiDict([("week_do", goal.value)])).moved for goal in goals)


def test_leaving_and_an_appointment_have_no_buttons() -> None:
    page = html(plan([clinic(times=())], [Booked(1, DISCHARGE.replace(day=16))]))
    for what in ("leave", "appointment"):
        shown = page.split(f"is-{what}")[1].split("</li>")[0]
        assert "button" not in shown


def test_names_from_feeds_are_told_and_never_run() -> None:
    page = html(plan([daily(3, 12, name='<script>alert("x")</script>')]))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_page_of_the_week_is_whole_in_both_languages(language: str) -> None:
    page = html(plan(twelve(), tell=telling(language=language)))
    assert ("Llamada de seguimiento" in page) == (language == "es")
    assert ("Check-in call" in page) == (language == "en")
    assert page.count("<h3>") >= 7
    assert "style=" not in page
    assert "onclick" not in page


def test_warnings_stand_first_and_in_words() -> None:
    page = html(plan([meeting(times=())], housing="any_bed_tonight"))
    assert page.index("There is no bed for tonight") < page.index("Mon, Jun 15")


def test_the_script_asks_no_one_and_keeps_nothing() -> None:
    script = (STATIC / "planner.js").read_text()
    assert not re.search(r"fetch\(|XMLHttp|localStorage|sessionStorage|cookie|https?:|innerHTML|eval", script)
