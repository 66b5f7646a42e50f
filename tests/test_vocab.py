"""The fixed words: a code, English and Spanish for each, and ASAM levels only where a code says so."""

import pytest

from directory.vocab import ASAM, FACETS, Kind, LevelOfCare, label


def test_every_word_has_plain_english_and_spanish() -> None:
    for words in (Kind, *FACETS.values()):
        for term in words:
            assert term.en, term
            assert term.es, term
            assert term == term.value


@pytest.mark.parametrize(
    ("group", "value", "language", "said"),
    [
        ("kind", "sober_living", "en", "Recovery housing"),
        ("payment", "free", "es", "Gratis"),
        ("language", "es", "en", "Spanish"),
        ("language", "ase", "es", "Lengua de señas americana"),
        ("language", "oj", "en", "Ojibwa"),
        ("language", "zz", "en", "zz"),
        ("payment", "never heard of", "en", "never heard of"),
    ],
)
def test_labels_are_words_and_an_unknown_code_stays_itself(group: str, value: str, language: str, said: str) -> None:
    assert label(group, value, language) == said


def test_asam_levels_name_their_edition_and_settings_that_span_levels_have_none() -> None:
    assert ASAM[LevelOfCare.INTENSIVE] == {"3": "2.1", "4": "2.1"}
    assert LevelOfCare.RESIDENTIAL_LONG not in ASAM
    assert all(set(editions) <= {"3", "4"} for editions in ASAM.values())
