"""The first seven days: only what really comes, in order, one thing at a time, and what is missing is said."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.handoff.booked import Booked
from directory.handoff.itinerary import NO_EDITS, Edits, Entry, Timeline
from directory.handoff.timeline_fields import meeting_key
from directory.listing import Listed, Residence
from directory.schedule import occurrences
from tests.builders import make_place
from tests.handoff.people import (
    DISCHARGE,
    ZONE,
    clinic,
    house,
    meeting,
    moved,
    online,
    pantry,
    twelve,
    weekly,
)
from tests.handoff.plans import daily, plan, telling

HERE = ZoneInfo(ZONE)
CHANGES = [datetime(2026, 3, 6, 14, tzinfo=HERE), datetime(2026, 10, 30, 9, tzinfo=HERE)]  # a clock change follows
WHENS = st.sampled_from([DISCHARGE, *CHANGES]) | st.datetimes(
    datetime(2026, 1, 1), datetime(2027, 6, 1), timezones=st.just(UTC)
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=HERE)


def entry(timeline: Timeline, key: str) -> Entry:
    return next(one for one in timeline.entries if one.key == key)


def kinds(timeline: Timeline, what: str) -> list[Entry]:
    return [one for one in timeline.entries if one.what == what]


def codes(timeline: Timeline) -> list[str]:
    return [warning.code for warning in timeline.warnings]


def words(timeline: Timeline, code: str) -> list[str]:
    return [warning.words for warning in timeline.warnings if warning.code == code]


# What is on it


def test_it_begins_with_leaving_and_holds_every_part() -> None:
    whole = plan(twelve())
    assert whole.entries[0].what == "leave"
    assert {one.what for one in whole.entries} == {"leave", "move_in", "intake", "meeting", "check_in"}
    assert whole.zone == ZONE


def test_check_ins_come_on_days_1_3_7_14_and_30() -> None:
    whole = plan([meeting()])
    assert whole.check_ins == tuple(date(2026, 6, 15) + timedelta(days=n) for n in (1, 3, 7, 14, 30))
    assert tuple(one.starts_at.date() for one in kinds(whole, "check_in")) == whole.check_ins


@pytest.mark.parametrize("leaving", CHANGES)
def test_days_are_counted_on_the_calendar_when_the_clock_changes(leaving: datetime) -> None:
    whole = plan([daily(3, 19)], tell=telling(leaving))
    assert [(day - leaving.date()).days for day in whole.check_ins] == [1, 3, 7, 14, 30]
    assert {one.starts_at.hour for one in kinds(whole, "check_in")} == {10}
    assert {one.starts_at.hour for one in kinds(whole, "meeting")} == {19}
    assert len(kinds(whole, "meeting")) == 7


def test_a_check_in_comes_at_an_hour_they_can() -> None:
    assert {one.starts_at.hour for one in kinds(plan([meeting()], hours=("evening",)), "check_in")} == {18}


def test_at_most_two_meetings_a_day_and_different_groups_first() -> None:
    whole = plan([daily(3, 8), daily(4, 12), daily(5, 16), daily(6, 20)])
    days: dict[date, list[int]] = {}
    for one in kinds(whole, "meeting"):
        days.setdefault(one.starts_at.date(), []).append(one.id)
    assert all(len(ids) <= 2 for ids in days.values())
    assert {id for ids in days.values() for id in ids} == {3, 4, 5, 6}


def test_meetings_come_only_at_hours_they_can() -> None:
    groups = [daily(3, 8), daily(4, 13), daily(5, 19)]
    assert {one.id for one in kinds(plan(groups, hours=("afternoon",)), "meeting")} == {4}
    weekend = kinds(plan(groups, hours=("weekend",)), "meeting")
    assert {one.starts_at.isoweekday() for one in weekend} == {6, 7}


def test_a_group_reported_closed_comes_only_when_no_other_does() -> None:
    shut = daily(3, 12, reported_closed=True)
    groups = [shut, daily(4, 12)]
    assert {one.id for one in kinds(plan(groups), "meeting")} == {4}
    assert "Reported closed. Call first." in kinds(plan([shut]), "meeting")[0].notes


def test_no_meeting_while_an_appointment_lasts_or_on_the_way_from_it() -> None:
    far = make_place(latitude=39.98, longitude=-83.20)
    booked = [Booked(1, at(16, 11))]
    whole = plan([clinic(), daily(3, 12), daily(4, 12.25, place=far)], booked, travel="bus")
    tuesday = [one.id for one in kinds(whole, "meeting") if one.starts_at.date() == date(2026, 6, 16)]
    assert tuesday == []
    assert kinds(whole, "appointment")[0].starts_at == at(16, 11)


def test_the_first_visit_is_the_next_opening_of_the_chosen_program() -> None:
    open_now = kinds(plan([clinic()]), "intake")[0]
    assert open_now.starts_at == at(15, 14, 15)
    assert "Open until 5:00 pm." in open_now.notes
    evening = kinds(plan([clinic()], tell=telling(at(15, 18))), "intake")[0]
    assert evening.starts_at == at(16, 9)


def test_a_booked_visit_takes_the_place_of_the_first_visit() -> None:
    whole = plan([clinic()], [Booked(1, at(17, 10))])
    assert kinds(whole, "intake") == []
    assert kinds(whole, "appointment")[0].title == "Harbor Point Clinic"


def test_a_program_open_while_the_medicine_lasts_comes_before_one_that_is_not() -> None:
    late = clinic(1, times=(weekly(4, 9, 480),))
    soon = clinic(2, name="Riverbend", times=(weekly(2, 9, 480),))
    assert kinds(plan([late, soon]), "intake")[0].id == 1
    assert kinds(plan([late, soon], supply_through=date(2026, 6, 16)), "intake")[0].id == 2


def test_a_visit_after_the_medicine_ends_is_warned_of() -> None:
    late = clinic(1, times=(weekly(4, 9, 480),))
    assert words(plan([late], supply_through=date(2026, 6, 17)), "supply") == [
        "The medicine lasts until Wed, Jun 17, and no visit comes before it ends."
    ]
    assert "supply" not in codes(plan([late], supply_through=date(2026, 6, 18)))


def test_hours_nobody_knows_are_said_and_not_made_up() -> None:
    whole = plan([clinic(times=())])
    assert kinds(whole, "intake") == []
    assert codes(whole).count("no_intake") == 1


# What is missing


def test_no_meeting_within_48_hours_is_said() -> None:
    assert "no_meeting" in codes(plan([meeting(times=(weekly(4, 19),))]))
    assert "no_meeting" not in codes(plan([meeting(times=(weekly(2, 19),))]))
    assert "no_meeting" in codes(plan([clinic()]))


def test_no_bed_for_tonight_is_said() -> None:
    assert "no_bed" in codes(plan([meeting()], housing="any_bed_tonight"))
    assert "no_bed" not in codes(plan([meeting()]))
    assert "no_bed" not in codes(plan([house()], housing="recovery_residence"))
    full = moved(house(), residence=Residence(vacancies=0, vacancies_as_of=date(2026, 6, 14)))
    assert words(plan([full]), "no_bed")[0].startswith("Maple Recovery House had no free bed")


def test_a_bed_taken_off_is_no_bed_for_tonight() -> None:
    assert "no_bed" in codes(plan([house()], edits=Edits(dropped=("move_in-2",))))


def test_a_bed_taken_after_midnight_is_a_bed_for_tonight() -> None:
    assert "no_bed" not in codes(plan([house()], tell=telling(at(15, 23, 59))))


def test_a_day_without_a_free_hour_for_its_call_is_said() -> None:
    marathon = daily(3, 0, 1440)
    whole = plan([marathon], edits=Edits(added=((3, at(16, 0)),)))
    assert words(whole, "no_hour") == ["There is no free hour for the check-in call on Tue, Jun 16."]
    assert date(2026, 6, 16) in whole.check_ins


def test_a_house_that_may_not_be_known_to_have_a_bed_says_so() -> None:
    assert "We do not know if a bed is free. Call before you go." in kinds(plan([house()]), "move_in")[0].notes
    some = moved(house(), residence=Residence(vacancies=2, vacancies_as_of=date(2026, 6, 14)))
    assert "They had a free bed on Jun 14, 2026. Call before you go." in kinds(plan([some]), "move_in")[0].notes


JULY = datetime(2026, 7, 2, 18, tzinfo=HERE)  # Friday the 3rd is taken off for the 4th


def test_a_clinic_is_not_counted_on_on_a_holiday() -> None:
    whole = plan([clinic()], tell=telling(JULY))
    assert kinds(whole, "intake")[0].starts_at.date() == date(2026, 7, 6)
    assert words(whole, "holiday") == ["Fri, Jul 3 is Independence Day: Harbor Point Clinic may be closed. Call first."]


@pytest.mark.parametrize(
    "opens", [{"notes": "Open on holidays"}, {"times": tuple(weekly(day, 0, 1440) for day in range(7))}]
)
def test_a_clinic_that_says_it_is_open_on_holidays_is_believed(opens: dict[str, object]) -> None:
    whole = plan([clinic(**opens)], tell=telling(JULY))
    assert "holiday" not in codes(whole)
    assert kinds(whole, "intake")[0].starts_at.date() < date(2026, 7, 4)


def test_closed_on_holidays_is_never_read_as_open() -> None:
    told = clinic(notes="Open daily, closed on holidays")
    assert kinds(plan([told], tell=telling(JULY)), "intake")[0].starts_at.date() == date(2026, 7, 6)


def test_a_meeting_on_a_holiday_says_to_call_first_but_not_one_online() -> None:
    in_person, far = (kinds(plan([one], tell=telling(JULY)), "meeting") for one in (daily(3, 12), online()))
    assert "Independence Day: it may be closed. Call first." in in_person[0].notes
    assert all("closed" not in note for one in far for note in one.notes)


def test_an_appointment_before_leaving_and_two_at_once_are_said() -> None:
    booked = [Booked(1, at(15, 9)), Booked(1, at(16, 10)), Booked(10, at(16, 10, 30))]
    whole = plan(twelve(), booked)
    assert codes(whole).count("early") == 1
    assert codes(whole).count("overlap") == 1
    assert len(kinds(whole, "appointment")) == 2


def test_an_appointment_at_a_place_we_do_not_hold_is_still_told() -> None:
    assert kinds(plan([meeting()], [Booked(99, at(16, 10))]), "appointment")[0].title == "Appointment"


# The way


def test_the_way_is_an_estimate_from_home_or_from_where_they_just_were() -> None:
    whole = plan([clinic(), daily(3, 12)], [Booked(1, at(16, 10))], travel="walk")
    tuesday = [one for one in whole.entries if one.starts_at.date() == date(2026, 6, 16) and one.what == "meeting"]
    assert tuesday[0].travel is not None
    assert tuesday[0].travel.miles == 0.9  # from the clinic
    wednesday = [one for one in whole.entries if one.starts_at.date() == date(2026, 6, 17) and one.what == "meeting"]
    assert wednesday[0].travel is not None
    assert wednesday[0].travel.miles == 0.1  # from home


def test_no_way_is_told_to_a_hidden_place_or_online() -> None:
    hidden = daily(3, 12, place=make_place(confidential=True))
    assert all(one.travel is None for one in kinds(plan([hidden]), "meeting"))
    assert all(one.travel is None for one in kinds(plan([online()]), "meeting"))


def test_spanish_is_spanish() -> None:
    whole = plan(twelve(), tell=telling(language="es"))
    assert whole.entries[0].title == "Usted sale"
    assert whole.language == "es"


# What a person changes

NOON = daily(3, 12)


def test_taken_off_is_off_and_can_be_put_back() -> None:
    key = meeting_key(3, at(16, 12))
    whole = plan([NOON], edits=Edits(dropped=(key, "check_in-1")))
    assert key not in [one.key for one in whole.entries]
    assert {one.key for one in whole.off} == {key, "check_in-1"}
    assert key in [one.key for one in plan([NOON], edits=NO_EDITS).entries]


def test_leaving_and_what_is_booked_cannot_be_taken_off() -> None:
    booked = [Booked(1, at(16, 10))]
    before = plan([clinic()], booked)
    keys = tuple(one.key for one in before.entries if not one.may_go)
    assert plan([clinic()], booked, edits=Edits(dropped=keys)).entries == before.entries
    assert len(keys) == 2


def test_a_meeting_moves_to_another_of_its_real_times_only() -> None:
    key = meeting_key(3, at(16, 12))
    two = meeting(3, times=(weekly(2, 12), weekly(2, 20), weekly(2, 21.5)))
    there = plan([two, clinic()], [Booked(1, at(16, 21))], edits=Edits(moved=((key, at(16, 21, 30)),)))
    assert entry(there, key).starts_at == at(16, 12)  # an appointment is on then
    there = plan([two], hours=("morning", "afternoon"), edits=Edits(moved=((key, at(16, 20)),)))
    assert entry(there, key).starts_at == at(16, 20)
    assert entry(there, key).moved
    never = plan([two], edits=Edits(moved=((key, at(16, 18)),)))
    assert entry(never, key).starts_at == at(16, 12)
    assert words(never, "edit") == ["Tuesday Steps does not come on Tue, Jun 16, 6:00 pm. It stays where it was."]


def test_two_meetings_may_change_their_order() -> None:
    group = meeting(3, times=(weekly(2, 12), weekly(3, 12)))
    first, then = meeting_key(3, at(16, 12)), meeting_key(3, at(17, 12))
    swapped = plan([group], edits=Edits(moved=((first, at(17, 12)), (then, at(16, 12)))))
    assert entry(swapped, first).starts_at == at(17, 12)
    assert entry(swapped, then).starts_at == at(16, 12)


def test_a_check_in_moves_to_any_hour_of_its_day() -> None:
    whole = plan([NOON], edits=Edits(moved=(("check_in-3", at(18, 7, 40)),)))
    assert entry(whole, "check_in-3").starts_at == at(18, 7, 40)
    other_day = plan([NOON], edits=Edits(moved=(("check_in-3", at(19, 7)),)))
    assert entry(other_day, "check_in-3").starts_at == at(18, 10)
    assert "edit" in codes(other_day)


def test_a_meeting_is_added_only_if_it_comes_and_fits() -> None:
    groups = [daily(3, 8), daily(4, 12), daily(5, 18)]
    spare = plan(groups).more[0]
    added = plan(groups, edits=Edits(added=((spare.id, spare.starts_at),)))
    assert spare.starts_at in [one.starts_at for one in added.entries if one.id == spare.id]
    wrong = plan(groups, edits=Edits(added=((3, at(16, 9)), (77, at(16, 8)), (3, at(16, 8) + timedelta(days=40)))))
    assert len(words(wrong, "edit")) == 3
    assert wrong.entries == plan(groups).entries


def test_an_edit_of_another_plan_changes_nothing() -> None:
    strange = Edits(dropped=("meeting-9-20260101T0000Z",), moved=(("intake-77", at(16, 9)),))
    assert plan([NOON], edits=strange).entries == plan([NOON]).entries


# Whatever comes

GROUPS = st.builds(
    lambda id, day, start, long, every: meeting(
        id, times=tuple(weekly(d, start / 4, long) for d in (range(7) if every else (day,)))
    ),
    st.integers(1, 9),
    st.integers(0, 6),
    st.integers(0, 95),
    st.sampled_from([None, 30, 60, 90, 600]),
    st.booleans(),
)
PLACES = st.lists(
    GROUPS | st.sampled_from([clinic(21), house(22), online(23), pantry(24)]), max_size=6, unique_by=lambda one: one.id
)
PARTS = st.lists(st.sampled_from(["morning", "afternoon", "evening", "weekend"]), unique=True).map(tuple)


@st.composite
def edited(draw: st.DrawFn, first: Timeline) -> Edits:
    """Any edits of what is on it: to where it may go, and to where it may not."""
    keys = st.sampled_from([one.key for one in (*first.entries, *first.more)])
    starts = st.sampled_from([at for one in first.entries for at in (one.starts_at, *one.choices)])
    ids = st.sampled_from(sorted({one.id for one in (*first.entries, *first.more)}))
    moved_keys = draw(st.lists(keys, max_size=4, unique=True))
    return Edits(
        tuple(draw(st.lists(keys, max_size=3, unique=True))),
        tuple((key, draw(starts)) for key in moved_keys),
        tuple(draw(st.lists(st.tuples(ids, starts), max_size=3, unique=True))),
    )


def sound(whole: Timeline, chosen: list[Listed], leaving: datetime) -> None:
    starts = [one.starts_at.astimezone(UTC) for one in whole.entries]
    assert starts == sorted(starts)
    assert min(starts) == leaving.astimezone(UTC)
    assert len({one.key for one in whole.entries}) == len(whole.entries)
    for first, then in pairwise(one for one in whole.entries if one.what != "leave"):
        assert first.over <= then.starts_at.astimezone(UTC), (first.key, then.key)
    places = {one.id: one for one in chosen}
    for one in whole.entries:
        if one.what == "meeting":
            real = occurrences(
                places[one.id].draft.times, one.starts_at, one.starts_at + timedelta(minutes=1), default_zone=ZONE
            )
            assert [found.start.astimezone(UTC) for found in real[:1]] == [one.starts_at.astimezone(UTC)]


@settings(max_examples=50, deadline=None)
@given(PLACES, PARTS, WHENS, st.sampled_from(["", "walk", "bus", "car"]), st.data())
def test_only_what_really_comes_in_order_and_never_two_at_once(
    chosen: list[Listed], hours: tuple[str, ...], leaving: datetime, travel: str, data: st.DataObject
) -> None:
    tell = telling(leaving.astimezone(HERE))
    first = plan(chosen, tell=tell, hours=hours, travel=travel)
    sound(first, chosen, leaving)
    last = first.entries[0].starts_at.date() + timedelta(days=6)
    assert all(one.starts_at.date() <= last for one in first.entries if one.what == "meeting")
    changed = plan(chosen, tell=tell, hours=hours, travel=travel, edits=data.draw(edited(first)))
    sound(changed, chosen, leaving)


@settings(max_examples=25, deadline=None)
@given(PLACES, WHENS, st.data())
def test_every_place_an_entry_may_go_to_is_taken(chosen: list[Listed], leaving: datetime, data: st.DataObject) -> None:
    tell = telling(leaving.astimezone(HERE))
    first = plan(chosen, tell=tell)
    movable = [one for one in first.entries if one.choices]
    if movable:
        one = data.draw(st.sampled_from(movable))
        goal = data.draw(st.sampled_from(one.choices))
        there = plan(chosen, tell=tell, edits=Edits(moved=((one.key, goal),)))
        assert entry(there, one.key).starts_at == goal
        assert "edit" not in codes(there)
