"""The calendar opens in real software: parsed back, its rules give exactly the real meetings of thirteen weeks."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from directory.handoff import calendar
from directory.handoff.booked import Booked
from directory.handoff.itinerary import Edits
from directory.schedule import WeeklyTime, occurrences
from tests.builders import make_time
from tests.handoff.people import DISCHARGE, clinic, make_packet, meeting, moved, online, weekly
from tests.handoff.plans import plan, telling

NOW = datetime(2026, 6, 14, 12, tzinfo=UTC)
ZONES = ("America/New_York", "America/Los_Angeles", "America/Phoenix", "Europe/London")
SPRING, FALL = datetime(2026, 2, 20, 12, tzinfo=UTC), datetime(2026, 9, 25, 12, tzinfo=UTC)


def parsed(*times: WeeklyTime, discharge: datetime = DISCHARGE) -> Calendar:
    packet = make_packet([meeting(times=times)], discharge=discharge)
    return Calendar.from_ical(calendar.render(packet, NOW))


def expanded(read: Calendar) -> list[datetime]:
    """Every start in UTC, by dateutil and the zone rules alone."""
    found = []
    for event in read.walk("VEVENT"):
        start = event["DTSTART"].dt
        zone = ZoneInfo(event["DTSTART"].params["TZID"])
        if "RRULE" not in event:
            found.append(start.astimezone(UTC))
            continue
        rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=start.replace(tzinfo=zone))
        found += [one.astimezone(UTC) for one in rule]
    return sorted(found)


def real(*times: WeeklyTime, discharge: datetime = DISCHARGE) -> list[datetime]:
    leaving = discharge.astimezone(ZoneInfo("America/New_York"))  # thirteen weeks on the wall clock there
    coming = occurrences(times, leaving, leaving + timedelta(weeks=13), default_zone="America/New_York")
    return [one.start.astimezone(UTC) for one in coming]


CASES = {
    "weekly": weekly(2, 19),
    "past midnight": weekly(6, 23.5, 90),
    "end unknown": weekly(4, 12, None),
    "first and third": weekly(6, 18.5, weeks=(1, 3)),
    "last Sunday": weekly(0, 10, weeks=(-1,)),
    "fifth Monday": weekly(1, 10, weeks=(5,)),
    "every other week": weekly(3, 18, every=2, valid_from=date(2026, 1, 7)),
    "odd weeks of the month": weekly(3, 18, every=2, weeks=(1, 2), valid_from=date(2026, 1, 7)),
    "ends in July": weekly(2, 19, valid_to=date(2026, 7, 14)),
    "begins in August": weekly(2, 19, valid_from=date(2026, 8, 4)),
    "at the clock change": weekly(0, 2.5, 60),
    "no zone of its own": make_time(timezone=None),
    "another zone": weekly(5, 20, timezone="America/Los_Angeles"),
}


@pytest.mark.parametrize("discharge", [DISCHARGE, SPRING, FALL], ids=["summer", "spring", "fall"])
@pytest.mark.parametrize("time", CASES.values(), ids=CASES)
def test_the_rules_give_exactly_the_real_meetings(time: WeeklyTime, discharge: datetime) -> None:
    assert expanded(parsed(time, discharge=discharge)) == real(time, discharge=discharge)


@st.composite
def any_time(draw: st.DrawFn) -> WeeklyTime:
    start = draw(st.integers(0, 1439))
    long = draw(st.none() | st.integers(1, 1440))
    begins = draw(st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)))
    return WeeklyTime(
        weekday=draw(st.integers(0, 6)),
        start=start,
        end=start + long if long else None,
        timezone=draw(st.sampled_from(ZONES)),
        weeks=draw(st.sampled_from([(), (), (1,), (2, 4), (-1,), (5,)])),
        every=draw(st.sampled_from([1, 1, 2])) if begins else 1,
        valid_from=begins,
        valid_to=draw(st.none() | st.dates(date(2026, 3, 1), date(2027, 3, 1))),
    )


@settings(max_examples=120, deadline=None)
@given(any_time(), st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)))
def test_any_time_round_any_day_comes_out_as_it_is(time: WeeklyTime, discharge: datetime) -> None:
    assert expanded(parsed(time, discharge=discharge)) == real(time, discharge=discharge)


def event(packet: Any) -> Any:
    return Calendar.from_ical(calendar.render(packet, NOW)).walk("VEVENT")[0]


def test_weekly_times_stay_on_the_wall_clock_with_their_zone() -> None:
    content = calendar.render(make_packet([meeting()]), NOW)
    assert b"DTSTART;TZID=America/New_York:20260616T190000" in content
    assert b"BEGIN:VTIMEZONE" in content
    assert b"RRULE:FREQ=WEEKLY;UNTIL=20260908T230000Z;BYDAY=TU" in content
    assert len(content) < 3000


def test_it_stops_after_thirteen_weeks() -> None:
    assert len(expanded(parsed(weekly(2, 19)))) == 13


def test_titles_and_descriptions_tell_nobody_why() -> None:
    told = online(name="Narcotics Anonymous Late", description="For recovery")
    shown = event(make_packet([told]))
    assert shown["SUMMARY"] == "Meeting"
    assert shown["CLASS"] == "PRIVATE"
    assert shown["DESCRIPTION"] == "https://meet.example.org/j/5550142\n614-555-0142,,5550142#"
    assert event(make_packet([meeting()]))["SUMMARY"] == "Meeting, Linden Community Church"
    assert event(make_packet([meeting()], discreet=True))["SUMMARY"] == "Meeting"
    whole = calendar.render(make_packet([meeting(), told], discreet=True), NOW).decode().lower()
    assert "anonymous" not in whole
    assert "recover" not in whole


def test_hours_of_a_clinic_are_no_appointments() -> None:
    assert Calendar.from_ical(calendar.render(make_packet([clinic()]), NOW)).walk("VEVENT") == []


def test_a_newer_file_replaces_the_same_meeting_and_never_doubles_it() -> None:
    first = event(make_packet([meeting()]))["UID"]
    assert event(make_packet([meeting()], discharge=DISCHARGE + timedelta(days=9), discreet=True))["UID"] == first
    assert event(make_packet([meeting(4)]))["UID"] != first


def test_a_place_not_to_walk_to_is_no_location() -> None:
    assert "LOCATION" not in event(make_packet([online()]))
    assert event(make_packet([meeting()]))["LOCATION"] == "1200 Example Avenue, Columbus, OH 43215"


def test_two_times_at_once_and_a_time_given_twice_are_one_event_each() -> None:
    times = (weekly(2, 19), weekly(2, 19), weekly(4, 19))
    assert len(parsed(*times).walk("VEVENT")) == 2


def test_lines_are_folded_as_calendars_ask() -> None:
    long = moved(online(), online=online().draft.online.__class__(url="https://example.org/" + "x" * 300))
    lines = calendar.render(make_packet([long]), NOW).split(b"\r\n")
    assert max(map(len, lines)) <= 75


# The plan in the calendar


def planned(leaving: datetime = DISCHARGE, alarm: timedelta | None = None, **options: Any) -> Calendar:
    chosen = [clinic(1), meeting(3), online(4)]
    booked = [Booked(1, leaving + timedelta(days=2))]
    tell = telling(leaving.astimezone(ZoneInfo("America/New_York")), **options)
    packet = make_packet(chosen, discharge=leaving, **options)
    whole = plan(chosen, booked, tell=tell)
    return Calendar.from_ical(calendar.render(packet, NOW, whole, alarm))


def titled(read: Calendar, title: str) -> list[Any]:
    return [event for event in read.walk("VEVENT") if event["SUMMARY"] == title]


@pytest.mark.parametrize("leaving", [DISCHARGE, SPRING, FALL], ids=["summer", "spring", "fall"])
def test_the_plan_holds_the_appointment_and_five_calls_on_the_wall_clock(leaving: datetime) -> None:
    read = planned(leaving)
    home = leaving.astimezone(ZoneInfo("America/New_York"))
    calls = [event["DTSTART"].dt for event in titled(read, "Phone call")]
    assert [(at.date() - home.date()).days for at in calls] == [1, 3, 7, 14, 30]
    assert {at.hour for at in calls if at.date() != home.date() + timedelta(days=2)} <= {9, 10, 11, 12}
    assert [event["DTSTART"].dt for event in titled(read, "Appointment")] == [home + timedelta(days=2)]
    assert len(read.walk("VTIMEZONE")) == 1


@pytest.mark.parametrize("changes", [SPRING + timedelta(days=14), FALL + timedelta(days=35)], ids=["spring", "fall"])
def test_a_week_with_a_clock_change_keeps_its_hours(changes: datetime) -> None:
    read = planned(changes)  # the clocks change within the seven days
    offsets = {event["DTSTART"].dt.utcoffset() for event in titled(read, "Phone call")}
    assert len(offsets) == 2
    assert {event["DTSTART"].dt.hour for event in titled(read, "Phone call")} == {10}


def test_a_meeting_on_the_plan_comes_every_week_and_one_taken_off_does_not() -> None:
    chosen = [meeting(3, times=(weekly(2, 19), weekly(4, 19)))]
    whole = plan(chosen)
    tuesday = next(one for one in whole.entries if one.what == "meeting")
    left = plan(chosen, edits=Edits(dropped=(tuesday.key,)))
    events = {}
    for name, one in (("whole", whole), ("left", left)):
        read = Calendar.from_ical(calendar.render(make_packet(chosen), NOW, one))
        events[name] = [event["RRULE"]["BYDAY"] for event in read.walk("VEVENT") if "RRULE" in event]
    assert events == {"whole": [["TU"], ["TH"]], "left": [["TH"]]}


def test_titles_of_the_plan_tell_nobody_why() -> None:
    for language in ("en", "es"):
        read = planned(language=language)
        shown = {str(event["SUMMARY"]) for event in read.walk("VEVENT")}
        assert not any(name in title for title in shown for name in ("Clinic", "Circle", "Harbor", "Steps"))
    assert {str(event["SUMMARY"]) for event in planned(discreet=True).walk("VEVENT")} == {
        "Appointment",
        "Meeting",
        "Phone call",
    }
    assert all("DESCRIPTION" not in event for event in titled(planned(), "Phone call"))


def test_no_alarm_unless_somebody_asks() -> None:
    assert planned().walk("VALARM") == []
    alarms = planned(alarm=timedelta(minutes=30)).walk("VALARM")
    assert alarms
    assert {alarm["TRIGGER"].dt for alarm in alarms} == {timedelta(minutes=-30)}


def test_a_call_moved_by_hand_replaces_itself_in_the_calendar() -> None:
    chosen = [meeting(3)]
    first = plan(chosen)
    call = next(one for one in first.entries if one.what == "check_in")
    then = plan(chosen, edits=Edits(moved=((call.key, call.choices[-1]),)))
    packet = make_packet(chosen)
    uids = []
    for one in (first, then):
        events = titled(Calendar.from_ical(calendar.render(packet, NOW, one)), "Phone call")
        assert len({str(event["UID"]) for event in events}) == 5
        uids.append(sorted(str(event["UID"]) for event in events))
    assert uids[0] == uids[1]
    later = titled(planned(DISCHARGE + timedelta(days=40)), "Phone call")
    assert not {str(event["UID"]) for event in later} & set(uids[0])
