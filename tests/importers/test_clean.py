"""Cleaners: the tables of cases are their documentation; nothing makes them raise."""

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers import clean

ANYTHING = st.one_of(
    st.text(), st.text(alphabet="0123456789()+-. xXeEtT:/@&;<>\\n#,ÃâÂ€™"), st.none(), st.booleans(), st.integers(),
    st.floats(), st.lists(st.integers(), max_size=2), st.datetimes(),
)  # fmt: skip
PER_TEST = settings(max_examples=150, deadline=None)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("  Serenity \t Group\n", "Serenity Group"),
        ("CafÃ© JosÃ©", "Café José"),
        ("Donâ€™t quit â€“ yet", "Don’t quit – yet"),
        ("â€œOne Dayâ€\x9d", "“One Day”"),
        ("“CAFÉ”", "“CAFÉ”"),
        ("Ã‚Â¿QuÃƒÂ©?", "¿Qué?"),
        ("<b>Hope</b> &amp; Joy", "Hope & Joy"),
        ("R&amp;amp;R", "R&R"),
        ("&lt;b&gt;bold&lt;/b&gt;", "bold"),
        ("AT&T I <3 you", "AT&T I <3 you"),
        ("line one\\nline two\\r\\nthree", "line one line two three"),
        ("one<br/>two", "one two"),
        ("<script>alert(1)</script>Hi", "Hi"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("half \ud800 pair", "half pair"),
        (None, ""),
        (45.0, "45"),
    ],
)
def test_words(text: Any, wanted: str) -> None:
    assert clean.words(text) == wanted


def test_prose_keeps_paragraphs_apart() -> None:
    assert clean.prose("<p>One</p><p>Two <i>more</i></p>\n\n\n\nThree\\nFour") == "One\n\nTwo more\n\nThree\nFour"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("(415) 555-0134", "415-555-0134"),
        ("1.415.555.0134 ext 12", "415-555-0134 x12"),
        ("+1 415 555 0134", "415-555-0134"),
        ("4155550134", "415-555-0134"),
        (4155550134.0, "415-555-0134"),
        ("205-555-0100 x1234", "205-555-0100 x1234"),
        ("415-555-0134, extension: 7", "415-555-0134 x7"),
        ("415-555-0134 #7", "415-555-0134 x7"),
        ("415-555-0134 (24 hours)", "415-555-0134"),
        ("988", "988"),
        ("2-1-1", "211"),
        ("Dial 988", "988"),
        ("1-800-555-HELP (4357)", "800-555-4357"),
        ("1-877-GET-HOPE", "877-438-4673"),
        ("+44 20 7946 0018", "+44 20 7946 0018"),
        ("call the desk", None),
        ("415-555-0134 / 0135", None),
        ("415-555-0134 or 415-555-0135", None),
        ("Call 988 or 800-555-0100", None),
        ("555-0134", None),
        ("+11", None),
        ("", None),
        (None, None),
        ("N/A", None),
        ("012-345-6789", None),
    ],
)
def test_phone(text: Any, wanted: str | None) -> None:
    found = clean.phone(text)
    assert (str(found) if found else None) == wanted


def test_phone_of_another_country_is_written_as_that_country_dials() -> None:
    assert str(clean.phone("020 7946 0018", "GB")) == "+44 20 7946 0018"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Main 614-555-0100; intake: (614) 555-0101 ext. 3", ["614-555-0100", "614-555-0101 x3"]),
        ("614-555-0100 614-555-0100", ["614-555-0100"]),
        ("Call 988 or 800-555-0100", ["988", "800-555-0100"]),
        ("Room 211, 614-555-0100", ["614-555-0100"]),
        ("no phone", []),
    ],
)
def test_phones_finds_every_number_in_reading_order(text: str, wanted: list[str]) -> None:
    assert [str(p) for p in clean.phones(text, "desk")] == wanted
    assert all(p.label == "desk" for p in clean.phones(text, "desk"))


@pytest.mark.parametrize(
    ("lat", "lon", "wanted"),
    [
        ("39.96", "-83.0", (39.96, -83.0)),
        (39.9611755, -83, (39.961176, -83.0)),
        (" 39.96 ", "-83.00 ", (39.96, -83.0)),
        ("0", "0", None),
        (0.0, -83.0, None),
        ("91", "10", None),
        ("39.96", "-181", None),
        ("39.96", "", None),
        (None, -83.0, None),
        ("39,96", "-83", None),
        (float("nan"), -83.0, None),
        (True, True, None),
        ("1e1", "-8.3e1", (10.0, -83.0)),
    ],
)
def test_point(lat: Any, lon: Any, wanted: tuple[float, float] | None) -> None:
    assert clean.point(lat, lon) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ohio", "OH"), ("OH ", "OH"), ("ohio", "OH"), ("US-OH", "OH"), ("D.C.", "DC"), ("Washington, DC", "DC"),
        ("Washington", "WA"), ("N.Y.", "NY"), ("Puerto Rico", "PR"), ("Ontario", "ON"), ("Québec", "QC"),
        ("West Virginia", "WV"), ("XX", ""), ("", ""), (None, ""), ("Ohio River", ""),
    ],
)  # fmt: skip
def test_state(text: Any, wanted: str) -> None:
    assert clean.state(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("43215", "43215"), ("1234", "01234"), (1234, "01234"), (1234.0, "01234"), ("601", "00601"),
        ("43215-1234", "43215-1234"), ("432151234", "43215-1234"), ("43215-0000", "43215"), ("43215-", "43215"),
        ("12345678", "01234-5678"), ("k8n5l1", "K8N 5L1"), ("00000", ""), ("abc", ""), ("432 Main", ""), ("", ""),
        ("OH 43215", "43215"),
    ],
)  # fmt: skip
def test_postal(text: Any, wanted: str) -> None:
    assert clean.postal(text) == wanted


def test_postal_of_another_country_is_kept_as_it_is() -> None:
    assert clean.postal("sw1a 1aa", "GB") == "SW1A 1AA"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("19:30", 1170), ("19:30:00", 1170), ("7:30 PM", 1170), ("7:30pm", 1170), ("7:30 p.m.", 1170), ("7 PM", 1140),
        ("7.30pm", 1170), ("1930", 1170), ("730", 450), ("0730", 450), ("9:30", 570), ("12:15 pm", 735),
        ("12:00 AM", 0), ("12:00 PM", 720), ("noon", 720), ("12 noon", 720), ("midnight", 0), ("24:00", 1440),
        ("00:00", 0), ("23:59", 1439), ("19:30 PM", 1170), ("19h30", 1170), ("2024-01-01 19:30:00", 1170),
        (time(7, 30), 450), (datetime(2024, 1, 1, 7, 30), 450), (0.8125, 1170), ("0.8125", 1170), (1930, 1170),
        ("25:00", None), ("24:01", None), ("7:60", None), ("7", None), ("13:00 AM", None), ("7-8 PM", None),
        ("", None), (None, None), ("soon", None), (True, None),
    ],
)  # fmt: skip
def test_clock(text: Any, wanted: int | None) -> None:
    assert clean.clock(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sunday", 0), ("MON", 1), ("tues.", 2), ("Wednesdays", 3), ("Thurs", 4), ("fr", 5), ("sat", 6), ("0", 0),
        (6, 6), ("3.0", 3), (3.0, 3), ("Domingo", 0), ("miércoles", 3), ("Miercoles", 3), ("sábado", 6),
        ("dimanche", 0), ("vendredi", 5), ("7", None), (-1, None), ("daily", None), ("", None), (None, None),
        (True, None), ("2.5", None),
    ],
)  # fmt: skip
def test_weekday(text: Any, wanted: int | None) -> None:
    assert clean.weekday(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2023-08-29", date(2023, 8, 29)), ("2023-08-29 15:56:59", date(2023, 8, 29)),
        ("2023-08-29T15:56:59Z", date(2023, 8, 29)), ("8/29/2023", date(2023, 8, 29)), ("8/29/23", date(2023, 8, 29)),
        ("08-29-2023", date(2023, 8, 29)), ("8/29/2023 3:56 PM", date(2023, 8, 29)), ("20230829", date(2023, 8, 29)),
        ("45000", date(2023, 3, 15)), (45000.0, date(2023, 3, 15)), ("31/12/2023", date(2023, 12, 31)),
        ("May 4, 2024", date(2024, 5, 4)), ("4 September 2024", date(2024, 9, 4)), ("Jan. 2nd 2024", date(2024, 1, 2)),
        (datetime(2024, 1, 2, 3), date(2024, 1, 2)), (date(2024, 1, 2), date(2024, 1, 2)), ("0000-00-00", None),
        ("2023-02-30", None), ("12", None), ("99999", None), ("yesterday", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_day(text: Any, wanted: date | None) -> None:
    assert clean.day(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("https://Example.org/A?b=c", "https://example.org/A?b=c"),
        ("www.example.org", "https://www.example.org"),
        ("example.org/path", "https://example.org/path"),
        ("http:/example.org", "http://example.org"),
        ("see https://example.org/a.", "https://example.org/a"),
        ("https://example.org/j/1?pwd=a&amp;b=1", "https://example.org/j/1?pwd=a&b=1"),
        ("https://example.org/j/1 passcode 5", "https://example.org/j/1"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("mailto:desk@example.org", ""),
        ("desk@example.org", ""),
        ("https://user:pass@example.org/", ""),
        ("http://example.org:port/", ""),
        ("http://[broken", ""),
        ("https://localhost/x", ""),
        ("none yet", ""),
        ("N/A", ""),
        (None, ""),
        ("https://zoom.us/j/123&sa=D&sntz=1&usg=AFQ", "https://zoom.us/j/123"),
        ("https://www.google.com/url?q=https://zoom.us/j/1%3Fpwd%3Da&sa=D", "https://zoom.us/j/1?pwd=a"),
    ],
)
def test_url(text: Any, wanted: str) -> None:
    assert clean.url(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Desk@Example.ORG", "Desk@example.org"), ("mailto:desk@example.org", "desk@example.org"),
        ("Desk <desk@example.org>", "desk@example.org"), ("a@example.org; b@example.org", "a@example.org"),
        ("desk@", ""), ("desk at example.org", ""), ("a..b@example.org", ""), ("", ""), (None, ""),
    ],
)  # fmt: skip
def test_email(text: Any, wanted: str) -> None:
    assert clean.email(text) == wanted


def test_yes_is_none_where_the_cell_does_not_say() -> None:
    assert [clean.yes(word) for word in ("Yes", "TRUE", 1, True, "y")] == [True] * 5
    assert [clean.yes(word) for word in ("no", "False", 0, False, "N")] == [False] * 5
    assert [clean.yes(word) for word in ("", None, "maybe", "2", "unknown")] == [None] * 5


def test_zone_is_an_iana_name_in_its_own_spelling() -> None:
    assert clean.zone("america/new_york") == "America/New_York"
    assert clean.zone("America/New York") == "America/New_York"
    assert [clean.zone(word) for word in ("Eastern", "../etc/passwd", "", None)] == [None] * 4


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("$1,200.00", 1200.0), ("150", 150.0), ("$150/week", 150.0), (12, 12.0), ("-5", -5.0), (".5", 0.5),
        ("150-200", None), ("150 or 200", None), ("free", None), ("", None), (None, None), (float("inf"), None),
    ],
)  # fmt: skip
def test_number(text: Any, wanted: float | None) -> None:
    assert clean.number(text) == wanted


@pytest.mark.parametrize(
    "name",
    [
        "SUSPENDED - Monday Night", "Monday Night (suspended)", "Monday Night - Suspended", "CANCELLED Monday Night",
        "Monday Night [canceled]", "Not meeting", "Friday Group - not meeting at this time", "Temporarily Closed",
        "Courage to Change Closed Temporarily", "Step Study (Closed until September 2023)", "Group *CLOSED*",
        "Hope Group is closed", "Early Birds (on hiatus)", "No longer meeting: Early Birds", "Closed due to flood",
        "Monday Night permanently closed", "Inactive - Tuesday",
    ],
)  # fmt: skip
def test_names_that_say_the_meeting_is_no_more(name: str) -> None:
    assert clean.closed_in_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Closed Discussion", "Women's Closed Big Book", "Big Book (Closed)", "Closed", "Closed Rd Group",
        "Weekend Closer", "Pause for Serenity", "Suspended Sentence Group",
        "Spiritual Principles (Closed on 3rd Saturday every month)",
        "Closed, Discussion, Location Temporarily Closed, Men", "Hold On Group", "Holding On", "Active Recovery",
        "Closed for Women", "",
    ],
)  # fmt: skip
def test_innocent_names_are_no_closure(name: str) -> None:
    assert not clean.closed_in_name(name)


def test_a_house_marked_closed_is_closed_though_a_closed_meeting_is_not() -> None:
    for name in ("Harbor House (CLOSED)", "CLOSED - Harbor House", "Harbor House - Closed"):
        assert clean.closed_in_name(name, meeting=False)
        assert not clean.closed_in_name(name)
    assert not clean.closed_in_name("House on Closed Rd", meeting=False)


@PER_TEST
@given(ANYTHING, ANYTHING)
def test_no_cell_makes_a_cleaner_raise(one: Any, other: Any) -> None:
    for cleaner in (
        clean.words, clean.prose, clean.phone, clean.phones, clean.state, clean.postal, clean.clock, clean.weekday,
        clean.day, clean.url, clean.email, clean.yes, clean.zone, clean.number,
    ):  # fmt: skip
        cleaner(one)
    clean.point(one, other)
    clean.phone(one, "GB")
    clean.postal(one, "GB")
    clean.closed_in_name(clean.words(one))


@PER_TEST
@given(ANYTHING)
def test_cleaning_what_is_clean_changes_nothing(one: Any) -> None:
    for cleaner in (clean.words, clean.prose, clean.state, clean.postal, clean.url, clean.email):
        once = cleaner(one)
        assert cleaner(once) == once
        assert once.encode("utf-8") is not None
    if phone := clean.phone(one):
        assert clean.phone(str(phone)) == phone


@PER_TEST
@given(st.integers(0, 1439))
def test_every_minute_is_read_back_however_it_is_written(minute: int) -> None:
    at = time(minute // 60, minute % 60)
    for written in (at.isoformat("minutes"), at.isoformat(), at.strftime("%I:%M %p"), at.strftime("%H%M")):
        assert clean.clock(written) == minute


@PER_TEST
@given(st.dates(date(1950, 1, 1), date(2060, 1, 1)))
def test_every_day_is_read_back_however_it_is_written(when: date) -> None:
    assert clean.day(when.isoformat()) == when
    assert clean.day(when.strftime("%m/%d/%Y")) == when
    assert clean.day(when.strftime("%B %d, %Y")) == when
    assert clean.day((when - date(1899, 12, 30)).days) == when
