from datetime import date

import pytest

from directory.schedule import WeeklyTime, in_words

SAID = [
    (WeeklyTime(2, 1140), "Tue 7:00 pm", "mar 7:00 p. m."),
    (WeeklyTime(2, 1140, 1210), "Tue 7:00 pm–8:10 pm", "mar 7:00 p. m.–8:10 p. m."),
    (WeeklyTime(6, 1320, 1500), "Sat 10:00 pm–1:00 am", "sáb 10:00 p. m.–1:00 a. m."),
    (WeeklyTime(0, 0, 1440), "Sun open 24 hours", "dom abierto 24 horas"),
    (WeeklyTime(0, 600, weeks=(-1,)), "last Sunday of the month 10:00 am", "último domingo del mes 10:00 a. m."),
    (
        WeeklyTime(1, 720, weeks=(3, -1, 1)),
        "1st, 3rd and last Monday of the month 12:00 pm",
        "primer, tercer y último lunes del mes 12:00 p. m.",
    ),
    (WeeklyTime(2, 0, every=2), "every other Tuesday 12:00 am", "martes cada dos semanas 12:00 a. m."),
    (WeeklyTime(2, 60, every=3), "every 3 weeks on Tuesday 1:00 am", "martes cada 3 semanas 1:00 a. m."),
    (
        WeeklyTime(2, 60, valid_to=date(2026, 3, 4)),
        "Tue 1:00 am, until Mar 4, 2026",
        "mar 1:00 a. m., hasta el 4 de marzo de 2026",
    ),
]


@pytest.mark.parametrize(("time", "english", "spanish"), SAID)
def test_a_time_is_said_in_english_and_in_spanish(time: WeeklyTime, english: str, spanish: str) -> None:
    assert in_words(time) == english
    assert in_words(time, "es").replace("\u00a0", " ") == spanish


def test_a_first_day_is_said_only_while_it_lies_ahead() -> None:
    time = WeeklyTime(2, 1140, valid_from=date(2026, 3, 3))
    assert in_words(time, today=date(2026, 3, 2)) == "Tue 7:00 pm, from Mar 3, 2026"
    assert in_words(time, today=date(2026, 3, 3)) == "Tue 7:00 pm"
    assert in_words(time) == "Tue 7:00 pm"


def test_a_language_without_phrases_falls_back_to_english_phrases() -> None:
    assert in_words(WeeklyTime(0, 600, weeks=(-1,)), "fr").endswith("of the month 10:00 am")
