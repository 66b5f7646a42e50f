"""A form's answers become the few values that differ; what cannot be read is said, and nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.errors import BadQuestion
from directory.fresh.amend import accepts_word, amended, in_words, read_changes, read_vacancy, simple_week, touched
from directory.freshness import Fact
from directory.vocab import Kind, Medication
from tests.builders import make_draft, make_time

DRAFT = make_draft(kind=Kind.SOBER_LIVING, denied={"accepts": ("methadone",)})


def test_what_is_sent_as_it_is_listed_is_no_change() -> None:
    same = {"phone": "(614) 555-0134", "times_shown": "1", "start_2": "19:00", "end_2": "20:00"}
    assert read_changes({**same, "accepts_methadone": "no"}, DRAFT) == {}
    assert read_changes({}, DRAFT) == {}


def test_each_difference_is_read_and_written() -> None:
    said = {
        "phone": "614 555 0199", "street": "9 New Street", "times_shown": "1", "start_5": "22:00", "end_5": "01:00",
        "accepts_methadone": "yes", "accepts_naltrexone": "no",
    }  # fmt: skip
    changes = read_changes(said, DRAFT)
    after = amended(DRAFT, changes)
    assert str(after.phones[0]) == "614-555-0199"
    assert after.place is not None
    assert (after.place.street, after.place.city, after.place.latitude) == ("9 New Street", "Columbus", None)
    (time,) = after.times
    assert (time.weekday, time.start, time.end, time.timezone) == (5, 22 * 60, 25 * 60, "America/New_York")
    assert [accepts_word(after, m) for m in Medication] == ["unknown", "yes", "no"]
    assert touched(changes) == {Fact.PHONE, Fact.ADDRESS, Fact.TIMES, Fact.MEDICINE}
    told = [what for what, _, _ in in_words(changes, DRAFT)]
    assert told == ["Phone", "Address", "Times", "Methadone", "Naltrexone (Vivitrol)"]
    assert read_changes(said, after) == {}


@pytest.mark.parametrize(
    "said",
    [{"phone": "ask Bob"}, {"phone": "614-555-0134 or 614-555-0135"}, {"state": "Nowhere"}, {"postal_code": "abc"},
     {"times_shown": "1", "start_1": "25:00"}, {"times_shown": "1", "end_1": "10:00"}],
)  # fmt: skip
def test_what_cannot_be_read_is_said(said: dict[str, str]) -> None:
    with pytest.raises(BadQuestion, match=r"\w+ .*\."):
        read_changes(said, DRAFT)


NAMES = "phone street city state postal_code start_1 end_1 times_shown closed accepts_methadone".split()


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=12)))
def test_any_text_is_read_or_refused_and_never_breaks(said: dict[str, str]) -> None:
    try:
        amended(DRAFT, read_changes(said, DRAFT))
    except BadQuestion:
        return


def test_times_a_small_form_cannot_show_are_left_alone() -> None:
    twice = make_draft(times=(make_time(), make_time(start=600, end=660)))
    monthly = make_draft(times=(make_time(weeks=(1,)),))
    for draft in (twice, monthly):
        assert simple_week(draft) is None
        assert read_changes({"times_shown": "1"}, draft) == {}


def test_a_vacancy_is_a_state_and_perhaps_a_number() -> None:
    assert read_vacancy({}) is None
    assert read_vacancy({"vacancy": "gold"}) is None
    assert read_vacancy({"vacancy": "open", "beds": "2"}) == {"state": "open", "count": 2}
    assert read_vacancy({"vacancy": "full", "beds": "2"}) == {"state": "full", "count": None}
    for odd in ("many", "-1", "1000", "²"):
        with pytest.raises(BadQuestion):
            read_vacancy({"vacancy": "open", "beds": odd})
