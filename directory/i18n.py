"""Translations: one catalogue a language in `locale/`, English where a sentence is not translated yet."""

import re
from functools import cache, lru_cache
from gettext import NullTranslations
from pathlib import Path

from babel.support import Translations

LANGUAGES = ("en", "es")
LOCALE = Path(__file__).parent / "locale"


# Words that hold sentences and names together in one of the two languages and are none in the other.
_SPANISH = re.compile(
    r"\b(?:de|del|la|las|el|los|y|en|con|para|por|un|una|su|es|grupo|reuni[oó]n|reuniones|español)\b|[ñ¿¡]", re.I
)
_ENGLISH = re.compile(
    r"\b(?:the|of|and|in|at|for|with|to|is|by|on|group|meeting|house|center|recovery|women|men)\b", re.I
)


@lru_cache(maxsize=4096)
def tongue(text: str) -> str:
    """The language a source's own words are most likely in, for those who hear them read: "es" or "en"."""
    return "es" if len(_SPANISH.findall(text)) > len(_ENGLISH.findall(text)) else "en"


@cache
def catalogue(language: str) -> NullTranslations:
    return Translations.load(str(LOCALE), [language])
