"""Word maps of a source: data in its TOML; an unknown word waits for a person, who adds one line."""

from collections.abc import Mapping
from dataclasses import dataclass

from importers.rows import Hold


@dataclass(frozen=True, slots=True)
class Lookups:
    """`look("status", value)` gives the word the directory uses; keys are casefolded and trimmed."""

    tables: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, tables: Mapping[str, Mapping[str, str]]) -> "Lookups":
        return cls({column: {_key(word): to for word, to in words.items()} for column, words in tables.items()})

    def __call__(self, column: str, value: str) -> str:
        found = self.get(column, value)
        if found is None:
            raise Hold("unknown word", f"{column}: {value}")
        return found

    def get(self, column: str, value: str) -> str | None:
        """The word, or None where not knowing it does no harm."""
        return self.tables.get(column, {}).get(_key(value))


def _key(word: object) -> str:
    return " ".join(str(word).casefold().split())
