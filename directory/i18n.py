"""Translations: one catalogue a language in `locale/`, English where a sentence is not translated yet."""

from functools import cache
from gettext import NullTranslations
from pathlib import Path

from babel.support import Translations

LANGUAGES = ("en", "es")
LOCALE = Path(__file__).parent / "locale"


@cache
def catalogue(language: str) -> NullTranslations:
    return Translations.load(str(LOCALE), [language])
