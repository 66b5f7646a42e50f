"""This project's engine as one of the contenders, and how soon a changed listing is found in it."""

from collections.abc import Iterable
from pathlib import Path
from time import perf_counter

from directory.search.query import Document, SearchQuery
from directory.search.whoosh_engine import WhooshEngine
from directory.vocab import Kind
from tests.bench.rivals import Reply, folder_size, own_memory


class Ours:
    def __init__(self, place: str) -> None:
        self._place = place
        self._engine = WhooshEngine(Path(place))

    def build(self, documents: Iterable[Document]) -> None:
        self._engine.rebuild(documents, 1)

    def count(self) -> int:
        return self._engine.count()

    def ask(self, query: SearchQuery) -> Reply:
        answer = self._engine.search(query)
        counts = {f"{g}={v}": n for g, values in answer.facets.items() for v, n in values.items()}
        return Reply(answer.total, [match.id for match in answer.matches], counts)

    def size(self) -> int:
        return folder_size(self._place)

    def memory(self) -> int:
        return own_memory()

    def change(self, number: int) -> float:
        """Seconds until a listing's new word is found."""
        word = f"zyxwv{number}q"
        changed = Document(number, (Kind.SUPPORT_GROUP,), f"Changed {word}")
        begun = perf_counter()
        self._engine.write((changed,), (), 1 + number)
        while self._engine.search(SearchQuery(word)).total != 1:
            pass
        return perf_counter() - begun
