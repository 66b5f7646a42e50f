"""When something is next, in words for somebody reading now."""

from datetime import UTC, datetime

import pytest

from directory.listing import ListingDraft
from directory.vocab import Kind, Modality
from directory.web.moments import next_words
from tests.builders import make_draft, make_time

ZONE = "America/New_York"
TUESDAY_NOON = datetime(2026, 5, 5, 16, 0, tzinfo=UTC)


def told(draft: ListingDraft, now: datetime = TUESDAY_NOON, language: str = "en", zone: str = ZONE) -> str:
    return next_words(draft, now, language, zone)


@pytest.mark.parametrize(
    ("weekday", "start", "words"),
    [
        (2, 19 * 60, "Tonight 7:00 pm"),
        (2, 13 * 60, "Today 1:00 pm"),
        (3, 9 * 60, "Tomorrow 9:00 am"),
        (6, 9 * 60, "Saturday 9:00 am"),
        (2, 11 * 60 + 30, "On now, until 12:30 pm"),
        (2, 8 * 60, "Tue, May 12 8:00 am"),
    ],
)
def test_a_meeting_is_told_as_a_person_would(weekday: int, start: int, words: str) -> None:
    assert told(make_draft(times=(make_time(weekday=weekday, start=start, end=start + 60),))) == words


def test_a_program_opens_rather_than_happens() -> None:
    hours = tuple(make_time(weekday=day, start=480, end=1020) for day in range(1, 6))
    clinic = make_draft(kind=Kind.OUTPATIENT, times=hours)
    assert told(clinic) == "Open now, until 5:00 pm"
    assert told(clinic, datetime(2026, 5, 5, 22, 0, tzinfo=UTC)) == "Opens tomorrow 8:00 am"


def test_around_the_clock_is_said_so() -> None:
    always = tuple(make_time(weekday=day, start=0, end=1440) for day in range(7))
    assert told(make_draft(kind=Kind.OUTPATIENT, times=always)) == "Open day and night"


def test_unknown_hours_are_not_invented() -> None:
    assert told(make_draft(times=())) == ""
    assert told(make_draft(times=(), by_appointment=True)) == "By appointment: call first"


def test_an_online_meeting_is_told_on_the_readers_clock() -> None:
    late = make_time(weekday=2, start=21 * 60, end=22 * 60, timezone="America/Los_Angeles")
    draft = make_draft(modality=Modality.ONLINE, place=None, times=(late,))
    assert told(draft) == "Tomorrow 12:00 am"


def test_a_meeting_elsewhere_names_its_clock() -> None:
    noon = make_time(weekday=2, start=12 * 60, end=13 * 60, timezone="America/Denver")
    assert told(make_draft(times=(noon,))) == "Today 12:00 pm MDT"
