"""When somebody wants to go, in words."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from directory.errors import BadQuestion
from directory.search.query import Window
from directory.search.when import part_of_day, window

SATURDAY_EVENING = datetime(2026, 11, 21, 18, 30, tzinfo=ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("now", Window(6, 1110, 1111)),
        ("today", Window(6, 1110, 1440)),
        ("Tonight", Window(6, 1110, 1440)),
        ("mon 18:00-21:00", Window(1, 1080, 1260)),
        ("Monday", Window(1, 0, 1440)),
        ("fri 22:00-02:00", Window(5, 1320, 1560)),
        (" sun 0:00 - 24:00 ", Window(0, 0, 1440)),
    ],
)
def test_words_become_a_window_of_the_week(words: str, asked: Window) -> None:
    assert window(words, SATURDAY_EVENING) == asked


def test_tonight_in_the_morning_begins_in_the_evening() -> None:
    assert window("tonight", SATURDAY_EVENING.replace(hour=9)) == Window(6, 17 * 60, 1440)


@pytest.mark.parametrize("words", ["", "monkey", "mo", "mon 25:00-26:00", "mon 18:61-19:00", "mon 18:00-18:00", "soon"])
def test_other_words_are_answered_with_how_to_write_it(words: str) -> None:
    with pytest.raises(BadQuestion, match="mon 18:00-21:00"):
        window(words, SATURDAY_EVENING)


@pytest.mark.parametrize(
    ("day", "part", "expected"),
    [
        ("1", "", Window(1, 0, 1440)),
        ("1", "evening", Window(1, 1020, 1440)),
        ("tonight", "20:00", Window(2, 1170, 1260)),
        ("tomorrow", "morning", Window(3, 300, 720)),
        ("weekend", "", Window(6, 0, 2880)),
        ("today", "0:15", Window(2, 0, 75)),
    ],
)
def test_a_day_has_parts_and_hours(day: str, part: str, expected: Window) -> None:
    assert part_of_day(day, part, datetime(2026, 1, 6, 12, 0, tzinfo=UTC)) == expected
