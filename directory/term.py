"""What a fixed word is: its code, and what people read for it in English and Spanish."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """One fixed word; its value is the code stored everywhere, `en` and `es` are what people read."""

    en: str
    es: str

    def __new__(cls, code: str, en: str = "", es: str = "") -> Self:
        term = str.__new__(cls, code)
        term._value_ = code
        term.en = en
        term.es = es
        return term

    def label(self, language: str = "en") -> str:
        return self.es if language == "es" else self.en
