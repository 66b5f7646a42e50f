"""A source's own words are read aloud in the language they are in."""

import pytest

from directory.i18n import LANGUAGES, catalogue, tongue


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Grupo Nueva Vida de Columbus", "es"),
        ("Reunión abierta en español", "es"),
        ("Traiga su identificación y llame antes de venir.", "es"),
        ("Easy Does It", "en"),
        ("La Casa Recovery House for Women", "en"),
        ("Bring an ID, and call before you come.", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_name_or_a_sentence(words: str, language: str) -> None:
    assert tongue(words) == language


def test_a_sentence_nobody_translated_stays_english() -> None:
    assert all(catalogue(language).gettext("Never written") == "Never written" for language in LANGUAGES)
