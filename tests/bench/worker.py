"""One engine in a process of its own, so that its memory is its own; questions come through a pipe, one at a time."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from multiprocessing.connection import Connection
from time import perf_counter
from typing import Any

from directory.search.query import Document
from tests.bench.corpus import documents
from tests.bench.mix import COMMON_WORD
from tests.bench.rivals import ENGINES, Contender

CHANGES = 5


class Timed:
    """Passes listings on and keeps how long it took to invent them."""

    def __init__(self, given: Iterable[Document]) -> None:
        self._given, self.seconds = iter(given), 0.0

    def __iter__(self) -> Iterator[Document]:
        while True:
            begun = perf_counter()
            one = next(self._given, None)
            self.seconds += perf_counter() - begun
            if one is None:
                return
            yield one


def contender(engine: str, place: str) -> Contender:
    module, name = ENGINES[engine].split(":")
    made: Contender = getattr(import_module(module), name)(place)
    return made


def build(pipe: Connection, engine: str, place: str, size: int) -> None:
    """Sends the seconds it took, without those of inventing listings."""
    made = contender(engine, place)
    given = Timed(documents(size))
    begun = perf_counter()
    made.build(given)
    pipe.send(perf_counter() - begun - given.seconds)


def serve(pipe: Connection, engine: str, place: str) -> None:
    """Sends how it opened, then answers (what, argument) until None comes."""
    module, _ = ENGINES[engine].split(":")
    import_module(module)
    begun = perf_counter()
    made = contender(engine, place)
    count = made.count()
    opened = perf_counter()
    made.ask(COMMON_WORD)
    pipe.send({"count": count, "opening": opened - begun, "first": perf_counter() - opened})
    while asked := pipe.recv():
        pipe.send(_done(made, *asked))


def _done(made: Contender, what: str, argument: Any) -> Any:
    if what == "ask":
        begun = perf_counter()
        reply = made.ask(argument)
        return perf_counter() - begun, reply
    if what == "weigh":
        return {"disk": made.size(), "memory": made.memory()}
    return [made.change(argument - n) for n in range(CHANGES)]  # type: ignore[attr-defined]  # ours alone can be changed
