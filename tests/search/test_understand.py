"""What a question's words are read as, and what stays words. Each promise in words, with the sentence it is about."""

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.search.meanings import corrected, meanings
from directory.search.query import Near, Window
from directory.search.understand import Understood, key, understand, without
from directory.search.whereabouts import tokens
from directory.vocab import FACETS, Kind
from tests.search.world import HERE

SATURDAY = datetime(2026, 11, 21, 14, 0, tzinfo=ZoneInfo("America/New_York"))
EVENING = 17 * 60


def read(words: str, **changes: object) -> Understood:
    return understand(words, now=SATURDAY, **changes)  # type: ignore[arg-type]


def facets(words: str, **changes: object) -> dict[str, tuple[str, ...]]:
    return dict(read(words, **changes).facets)


def label(words: str, **changes: object) -> str | None:
    near = read(words, **changes).near
    return near.label if near else None


def test_a_whole_sentence_becomes_a_place_a_kind_and_a_medicine() -> None:
    found = read("halfway house that takes suboxone near 43215")
    assert (found.left, found.kinds) == ("", (Kind.SOBER_LIVING,))
    assert found.facets == {"accepts": ("buprenorphine",)}
    assert found.near
    assert found.near.label == "Columbus, OH 43215"
    assert [one.words for one in found.found] == ["halfway house", "suboxone", "near 43215"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("sober living", Kind.SOBER_LIVING),
        ("Half-way houses", Kind.SOBER_LIVING),
        ("casa de recuperación", Kind.SOBER_LIVING),
        ("drug rehab", Kind.RESIDENTIAL),
        ("outpatient", Kind.OUTPATIENT),
        ("meetings", Kind.SUPPORT_GROUP),
        ("reuniones", Kind.SUPPORT_GROUP),
    ],
)
def test_everyday_words_are_kinds(words: str, kind: Kind) -> None:
    assert read(words).kinds == (kind,)


@pytest.mark.parametrize(
    "words", ["suboxone", "subs", "subutex", "buprenorfina", "suboxon", "suboxine", "buprenorfine"]
)
def test_a_medicine_is_found_by_brand_in_spanish_and_misspelt(words: str) -> None:
    assert facets(words) == {"medication": ("buprenorphine",)}


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("metadone", {"medication": ("methadone",)}),
        ("naltrexon", {"medication": ("naltrexone",)}),
        ("vivitrol", {"medication": ("naltrexone",)}),
        ("alcoholic anonymous", {"fellowship": ("aa",)}),
        ("narcodic anonymous", {"fellowship": ("na",)}),
        ("A.A.", {"fellowship": ("aa",)}),
        ("al-anon", {"fellowship": ("al_anon",)}),
        ("vetrans", {"population": ("veterans",)}),
        ("gratis", {"payment": ("free",)}),
        ("en español", {"language": ("es",)}),
        ("in spanish", {"language": ("es",)}),
        ("zoom", {"modality": ("online",)}),
    ],
)
def test_other_words_are_facets(words: str, asked: dict[str, tuple[str, ...]]) -> None:
    assert facets(words) == asked


def test_what_a_medicine_means_depends_on_the_kind() -> None:
    assert facets("methadone rehab") == {"medication": ("methadone",)}
    assert facets("methadone sober living") == {"accepts": ("methadone",)}
    assert facets("methadone", kinds=(Kind.SOBER_LIVING,)) == {"accepts": ("methadone",)}
    assert facets("place that takes suboxone") == {}  # a clinic or a house? words find both


def test_women_are_let_in_by_a_house_and_meant_by_a_meeting() -> None:
    assert facets("women's sober living") == {"gender": ("women",)}
    assert facets("women's meeting") == {"population": ("women",)}


def test_with_kids_is_about_the_kind_too() -> None:
    assert facets("sober living with my kids") == {"residence": ("children",)}
    assert facets("AA with child care")["access"] == ("children_welcome", "babysitting")
    assert read("with my kids").left == "with my kids"


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ("AA tonight", Window(6, EVENING, 1440)),
        ("AA esta noche", Window(6, EVENING, 1440)),
        ("AA now", Window(6, 840, 841)),
        ("AA hoy", Window(6, 840, 1440)),
        ("AA mañana", Window(0, 0, 1440)),
        ("AA mañana por la mañana", Window(0, 300, 720)),
        ("AA tomorrow night", Window(0, EVENING, 1440)),
        ("AA monday evening", Window(1, EVENING, 1440)),
        ("AA los lunes por la noche", Window(1, EVENING, 1440)),
        ("AA monday 7 pm", Window(1, 1110, 1200)),
        ("AA monday at 7:30pm", Window(1, 1140, 1230)),
        ("AA mañana a las 9 am", Window(0, 510, 600)),
        ("AA this weekend", Window(6, 0, 2880)),
    ],
)
def test_times_are_windows_of_the_week(words: str, window: Window) -> None:
    found = read(words)
    assert (found.window, found.left) == (window, "")


def test_a_time_needs_a_clock() -> None:
    assert understand("AA tonight").window is None


def test_the_clock_is_the_one_of_the_place_in_the_words() -> None:
    assert read("AA now in Los Angeles CA").window == Window(6, 11 * 60, 11 * 60 + 1)


def test_treatment_and_houses_are_not_asked_when_they_meet() -> None:
    for words in ("detox now", "sober living tonight"):
        found = read(words)
        assert (found.window, found.left) == (None, "")
        assert found.aside


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("AA near 43215", "Columbus, OH 43215"),
        ("43215-1234 AA", "Columbus, OH 43215"),
        ("AA Columbus, OH 43215", "Columbus, OH 43215"),
        ("AA in Columbus", "Columbus, OH"),
        ("Columbus OH", "Columbus, OH"),
        ("AA new albany ohio", "New Albany, OH"),
        ("cerca de Dayton", "Dayton, OH"),
        ("reuniones en Cleveland", "Cleveland, OH"),
        ("AA near columbsu", "Columbus, OH"),
        ("sober living columbus", "Columbus, OH"),
        ("sober living in Franklin County OH", "Franklin County, OH"),
    ],
)
def test_a_place_is_found_among_the_words(words: str, place: str) -> None:
    assert label(words) == place
    assert "olumb" not in read(words).left


@pytest.mark.parametrize(
    "words",
    ["hope in recovery", "AA near me", "help me", "in", "near", "in spanish", "AA at church", "living in peace",
     "AA or NA", "lincoln hall", "Phoenix House", "columbus", "99999", "near my house", "meeting in the morning"],
)  # fmt: skip
def test_words_that_are_no_sure_place_stay_words(words: str) -> None:
    assert label(words) is None


def test_a_bare_town_beside_a_place_is_one_of_its_state_or_stays_words() -> None:
    assert label("sober living grove city", near=HERE) == "Grove City, OH"
    assert label("sober living dallas", near=HERE) is None
    assert read("sober living dallas", near=HERE).left == "dallas"


def test_a_town_of_two_states_stays_words_when_neither_is_the_greater() -> None:
    assert label("AA in Grove City") is None
    assert "Grove City" in read("AA in Grove City").left
    assert label("AA in Grove City", near=HERE) == "Grove City, OH"


def test_a_town_of_many_states_is_the_one_of_the_place_given() -> None:
    assert label("AA in Newark", near=HERE) == "Newark, OH"
    assert label("AA in Newark", near=Near("Trenton, NJ", 40.2, -74.7, "NJ")) == "Newark, NJ"


@pytest.mark.parametrize(
    "words", ["Free at Last", "Tuesday Steps", "women of hope", "drug free housing", "Monday Lanterns", "smoke free"]
)
def test_what_may_be_a_name_stays_as_it_is(words: str) -> None:
    found = read(words)
    assert (found.left, found.found) == (words, ())


@pytest.mark.parametrize("words", ["sober living no suboxone", "house that doesn't take methadone", "non AA meeting"])
def test_what_is_not_wanted_is_not_asked_for(words: str) -> None:
    assert facets(words) == {}


def test_no_insurance_is_a_meaning_and_no_refusal() -> None:
    assert facets("rehab no insurance")["payment"] == ("free", "sliding_scale", "payment_assistance")


@pytest.mark.parametrize("word", ["detroit", "dublin", "methodist", "loving", "medical", "newark", "sunday", "rehabs"])
def test_towns_and_other_words_are_not_corrected(word: str) -> None:
    assert corrected(word) == word


def test_generic_words_are_set_aside_only_beside_something_understood() -> None:
    assert read("vivitrol clinic").aside == ("clinic",)
    assert read("clinic").left == "clinic"


def test_words_taken_as_typed_are_not_read() -> None:
    found = read("sober living suboxone", as_typed={"suboxone"})
    assert (found.left, found.kinds, dict(found.facets)) == ("suboxone", (Kind.SOBER_LIVING,), {})
    assert label("AA in Columbus", as_typed={"in columbus"}) is None


def test_one_wish_can_be_left_out() -> None:
    found = read("free AA tonight")
    wish = next(one for one in found.found if one.words == "free")
    less = without(found, [wish])
    assert (dict(less.facets), less.window) == ({"fellowship": ("aa",)}, found.window)
    timeless = without(found, [one for one in found.found if "window" in one.groups])
    assert timeless.window is None


def test_every_meaning_is_a_word_of_the_vocabulary() -> None:
    for phrases in meanings().table.values():
        for _, meaning in phrases:
            for group, value in (*meaning.means, *(pair for pairs in meaning.beside.values() for pair in pairs)):
                known = Kind if group == "kind" else FACETS.get(group)
                assert value in (known._value2member_map_ if known else ("es", "ase", "so")), (group, value)
            assert {*meaning.beside} <= {kind.value for kind in Kind}


PIECES = st.sampled_from(
    "AA near in 43215 suboxone subs metadone women's kids with free detox tonight mañana por la monday Columbus OH "
    "Newark , . ' - sober living house takes and the Zzyzx in spanish 99999 🏠 ﷺ ß İ A.A. 3/4".split()
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join)), st.booleans())
def test_any_text_is_understood_and_no_word_of_it_is_lost(words: str, here: bool) -> None:
    found = read(words, near=HERE if here else None)
    parts = [found.left, *found.aside, *(one.words for one in found.found)]
    said = Counter(token.word for part in parts for token in tokens(part))
    assert said == Counter(token.word for token in tokens(words))
    again = read(words, near=HERE if here else None, as_typed={one.typed for one in found.found})
    assert not {one.typed for one in again.found} & {one.typed for one in found.found}
    assert key(found.left) == key(key(found.left))
