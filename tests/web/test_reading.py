"""How the words were read stands on the page, and each reading can be taken back without script."""

import re

from directory.search.query import Window
from directory.web.reading import when_words
from tests.web.conftest import Site

CHIP = re.compile(
    r"(We read “[^”]*” as:|Entendimos “[^”]*” como:) <button name=\"as_typed\" value=\"([^\"]*)\">([^<]*)<"
)
NEAR = {"place": "43215"}


def chips(page: str) -> list[tuple[str, str, str]]:
    return CHIP.findall(page)


def test_each_reading_is_a_button_that_says_what_was_read(pages: Site) -> None:
    page = pages.post("/search", q="suboxone near 43215")
    assert chips(page) == [
        ("We read “suboxone” as:", "suboxone", "gives buprenorphine"),
        ("We read “near 43215” as:", "near 43215", "near Columbus, OH 43215"),
    ]
    assert "Scioto Recovery Clinic" in page
    assert "within 25 miles of Columbus, OH 43215" in page


def test_the_button_is_a_plain_one_of_the_posted_form(pages: Site) -> None:
    page = pages.post("/search", q="suboxone near 43215")
    form = re.search(r'<form method="post" action="/search">.*?</form>', page, re.S)
    assert form
    assert len(chips(form[0])) == 2
    assert "take it as plain words" in form[0]
    assert not re.search(r"<button[^>]*tabindex|onclick", form[0])


def test_a_reading_taken_back_leaves_the_words_and_stays_away(pages: Site) -> None:
    page = pages.post("/search", q="suboxone near 43215", as_typed="suboxone")
    assert [typed for _, typed, _ in chips(page)] == ["near 43215"]
    assert 'name="q" type="search" value="suboxone near 43215"' in page
    assert '<input type="hidden" name="as_typed" value="suboxone">' in page
    assert "as_typed=suboxone" in page  # the link to this search


def test_it_is_forgotten_when_the_words_are_gone(pages: Site) -> None:
    page = pages.post("/search", q="meetings", as_typed="suboxone", **NEAR)
    assert 'name="as_typed" value="suboxone"' not in page


def test_what_was_read_is_not_offered_as_a_filter_again(pages: Site) -> None:
    assert 'value="support_group"' in pages.post("/search", q="morning", **NEAR)
    assert 'value="support_group"' not in pages.post("/search", q="meetings", **NEAR)


def test_a_page_that_insists_on_less_says_so(pages: Site) -> None:
    page = pages.post("/search", q="oxford house pet friendly", **NEAR)
    assert "Too few places fit" in page
    assert '<li class="card"' in page


def test_words_of_a_person_are_never_markup(pages: Site) -> None:
    page = pages.post("/search", q='meetings "><script>alert(1)</script>', **NEAR)
    assert "<script>alert" not in page


def test_readings_are_told_in_spanish(pages: Site) -> None:
    page = pages.post("/search", q="suboxone", lang="es", **NEAR)
    assert chips(page) == [("Entendimos “suboxone” como:", "suboxone", "da buprenorfina")]


def test_times_are_told_as_people_say_them() -> None:
    assert when_words("tonight", Window(6, 1020, 1440), "en") == "Tonight"
    assert when_words("1", Window(1, 0, 1440), "en") == "Monday"
    assert when_words("1", Window(1, 1020, 1440), "en") == "Monday, from 5:00 pm"
    assert when_words("today", Window(6, 300, 720), "en") == "Saturday, 5:00 am to 12:00 pm"
    assert when_words("weekend", Window(6, 0, 2880), "es") == "Sábado o domingo"
