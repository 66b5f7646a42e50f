"""Hours as people type them: what is certain becomes times, what is not stays words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.schedule import in_words
from importers.mapping.times import read, told_in, weeks_of

CERTAIN = [
    ("Tue 7pm; Thu 7:30 PM", ["Tue 7:00 pm", "Thu 7:30 pm"]),
    ("Tue 7pm, Thu 7:30 PM", ["Tue 7:00 pm", "Thu 7:30 pm"]),
    ("last Sunday 10am", ["last Sunday of the month 10:00 am"]),
    ("1st & 3rd Tue 7pm", ["1st and 3rd Tuesday of the month 7:00 pm"]),
    ("Second Saturday of the month at 9:30 a.m.", ["2nd Saturday of the month 9:30 am"]),
    ("1st Mon 6pm; last Fri 7pm", ["1st Monday of the month 6:00 pm", "last Friday of the month 7:00 pm"]),
    ("Mon, Wed & Fri 10-2pm", [f"{day} 10:00 am–2:00 pm" for day in ("Mon", "Wed", "Fri")]),
    ("T/Th 1-4pm", ["Tue 1:00 pm–4:00 pm", "Thu 1:00 pm–4:00 pm"]),
    ("Tues & Thurs 5:30-7pm", ["Tue 5:30 pm–7:00 pm", "Thu 5:30 pm–7:00 pm"]),
    ("M-F 9 to 5", [f"{day} 9:00 am–5:00 pm" for day in ("Mon", "Tue", "Wed", "Thu", "Fri")]),
    ("Fri–Sun noon-3pm", [f"{day} 12:00 pm–3:00 pm" for day in ("Fri", "Sat", "Sun")]),
    ("Mon 9am-12pm, 1pm-5pm; Closed Sun", ["Mon 9:00 am–12:00 pm", "Mon 1:00 pm–5:00 pm"]),
    ("Sunday: Closed; Monday 9:00 - 17:00", ["Mon 9:00 am–5:00 pm"]),
    ("Fri 10pm-1am", ["Fri 10:00 pm–1:00 am"]),
    ("7pm Tue, 8pm Wed", ["Tue 7:00 pm", "Wed 8:00 pm"]),
    ("noon Mon & Fri; 7pm Tue", ["Mon 12:00 pm", "Fri 12:00 pm", "Tue 7:00 pm"]),
    ("Sat 11am and 3pm", ["Sat 11:00 am", "Sat 3:00 pm"]),
    ("mon: 8:30:00 - 16:00:00 sat: 0:00:00 - 0:00:00 sun: 0:00:00 - 0:00:00", ["Mon 8:30 am–4:00 pm"]),
    ("Mon 00:00 - 23:59; Tue 00:00 - 24:00", ["Mon 12:00 am–11:59 pm", "Tue open 24 hours"]),
    ("Daily 7am", [f"{day} 7:00 am" for day in ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")]),
    ("Mon - Tue; 8:00 a.m. - 5:00 p.m.", ["Mon 8:00 am–5:00 pm", "Tue 8:00 am–5:00 pm"]),
    ("Mon 8:00 am - 5 :00 pm", ["Mon 8:00 am–5:00 pm"]),
    ("24 hours/7 days", [f"{day} open 24 hours" for day in ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")]),
    (
        "24 hours a day, seven days a week",
        [f"{day} open 24 hours" for day in ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")],
    ),
    ("24/7", [f"{day} open 24 hours" for day in ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")]),
]


@pytest.mark.parametrize(("said", "meant"), CERTAIN)
def test_what_is_certain_becomes_times(said: str, meant: list[str]) -> None:
    found = read(said)
    assert [in_words(time) for time in found.times] == meant
    assert found.whole


@pytest.mark.parametrize(
    "said", ["Tue 7", "Tue 7-8", "7pm", "every other Tuesday 6pm", "call us", "Mon", "Sat 0:00-0:00"]
)
def test_what_may_mean_two_things_is_no_time(said: str) -> None:
    found = read(said)
    assert found.times == []
    assert not found.whole


@pytest.mark.parametrize(
    "said",
    ["Mon 7:00pm to 3:30pm", "M-F 8am-6pm. M-F 8am-7pm", "Wed 8:30am-12pm, closed the 2nd Thursday at 2:30pm"],
    ids=["it ends late on the next day", "two ends of one beginning", "an hour of closing"],
)
def test_a_slip_of_the_pen_is_never_the_whole_truth(said: str) -> None:
    found = read(said)
    assert not found.whole
    assert 4 not in {time.weekday for time in found.times if time.start == 870}


def test_by_appointment_beside_open_hours_is_not_needed() -> None:
    assert not read("Mon 9am-5pm or by appointment").by_appointment
    assert read("By appointment only").by_appointment


def test_a_no_before_a_time_is_heard() -> None:
    assert read("No meeting Mon 7pm").times == []


def test_words_beside_a_time_are_not_lost() -> None:
    found = read("Mon 7pm, side door")
    assert [in_words(time) for time in found.times] == ["Mon 7:00 pm"]
    assert not found.whole


def test_a_zone_in_the_text_is_kept() -> None:
    assert [time.timezone for time in read("Wednesdays 6:30 PM ET").times] == ["America/New_York"]
    assert [time.timezone for time in read("Wed 6pm", zone="America/Chicago").times] == ["America/Chicago"]


def test_appointments_are_no_times() -> None:
    found = read("by appointment only")
    assert (found.times, found.by_appointment, found.whole) == ([], True, True)


def test_a_weekday_column_brings_its_day() -> None:
    assert [in_words(time) for time in read("9am-5pm", days=[1]).times] == ["Mon 9:00 am–5:00 pm"]
    assert read("Closed", days=[0]).times == []
    assert read("Closed", days=[0]).whole


@pytest.mark.parametrize(
    ("said", "weeks"), [("1st & 3rd", (1, 3)), ("last", (-1,)), ("2nd, 4th", (2, 4)), ("every week", ())]
)
def test_weeks_of_the_month(said: str, weeks: tuple[int, ...]) -> None:
    assert weeks_of(said) == (weeks, True)


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("MonTueFri 0123456789:;,-apm&/. thlsclosedy\n"), max_size=60))
def test_no_text_makes_an_unsound_time(said: str) -> None:
    for time in read(said).times:
        assert 0 <= time.weekday <= 6
        assert 0 <= time.start < 1440
        assert time.end is None or time.start < time.end <= time.start + 1440


@pytest.mark.parametrize("line", ["Hours: Mon 9am-5pm", "  - Hours of operation: Mon 9:00 am - 5:00 pm"])
def test_a_line_of_prose_that_says_it_tells_the_hours_tells_them(line: str) -> None:
    assert [in_words(one) for one in told_in(f"Groceries for a week.\n{line}\nCall first.").times] == [
        "Mon 9:00 am–5:00 pm"
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "Open Mon 9am-5pm",
        "Office hours: Mon 9am-5pm",
        "Hours: Mon 9am-5pm, walk in Tuesdays",
        "Hours: most days, 9 to 5",
        "Hours: Mon 9am-5pm\nHours: Tue 9am-5pm",
        "Volunteer hours: Mon 9am-5pm",
        "",
    ],
)
def test_hours_that_prose_only_speaks_of_stay_prose(prose: str) -> None:
    assert told_in(prose).times == []


@pytest.mark.parametrize("said", ["24-hour notice required", "call 24 hours ahead", "Office by phone; 24 hour hotline"])
def test_a_day_of_notice_or_a_line_day_and_night_is_no_open_door(said: str) -> None:
    assert read(said).times == []
