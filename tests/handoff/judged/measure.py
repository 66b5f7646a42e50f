"""How well the balanced set agrees with what a planner would give: precision, recall and nDCG of each judged case."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from math import log2
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from directory.assets import seeds
from directory.catalog import placed
from directory.geo import Locator
from directory.handoff.match import Matched, match
from directory.handoff.needs import Needs
from directory.listing import Listed
from directory.search.query import Engine
from directory.search.whoosh_engine import WhooshEngine
from directory.shadow import document
from importers.run import read_feed

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=ZoneInfo("America/New_York"))  # a Monday
MUST, MAY = 2.0, 1.0  # gains


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    needs: dict[str, Any]
    must: tuple[frozenset[str], ...]  # one of each is enough
    may: frozenset[str]
    never: frozenset[str]

    @property
    def fine(self) -> frozenset[str]:
        return self.may.union(*self.must)


@dataclass(frozen=True, slots=True)
class Agreement:
    case: Case
    given: tuple[str, ...]  # names, in the order of the set
    precision: float
    recall: float
    ndcg: float
    broken: tuple[str, ...]  # in the set and never to be


def cases() -> list[Case]:
    told = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))
    shelves: dict[str, list[str]] = told["shelf"]

    def names(listed: Iterable[str]) -> frozenset[str]:
        return frozenset(one for name in listed for one in (shelves[name[1:]] if name[:1] == "@" else [name]))

    return [
        Case(
            one["name"],
            one["needs"],
            tuple(frozenset(part.strip() for part in entry.split("|")) for entry in one["must"]),
            names(one["may"]),
            names(one["never"]),
        )
        for one in told["case"]
    ]


@cache
def listings() -> tuple[Listed, ...]:
    """The seeds as they are loaded, in the order of their files."""
    found, locator = [], Locator()
    for feed in tomllib.loads((seeds() / "seeds.toml").read_text(encoding="utf-8"))["feed"]:
        chosen = {name: feed.get(name, "") for name in ("source", "publisher", "fellowship", "timezone", "state")}
        for result in read_feed([seeds() / feed["file"]], **chosen).results():
            if result.draft is not None and not result.outcome:
                draft = placed(result.draft, locator, feed.get("timezone", ""))
                found.append(Listed(len(found) + 1, feed["publisher"], "", draft))
    return tuple(found)


@contextmanager
def shelved() -> Iterator[Engine]:
    """The real engine over the seeds."""
    locator = Locator()
    with TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder))
        engine.rebuild((document(one.id, one.draft, locator) for one in listings()), 1)
        try:
            yield engine
        finally:
            engine.close()


async def answered(engine: Engine, case: Case) -> Matched:
    near = Locator().find(str(case.needs["near"]))
    by_id = {one.id: one for one in listings()}

    async def load(ids: Sequence[int]) -> list[Listed]:
        return [by_id[id] for id in ids]

    return await match(engine, Needs.read({**case.needs, "near": near}), load, NOW)


async def measured(engine: Engine, case: Case) -> Agreement:
    found = await answered(engine, case)
    names = {one.id: one.draft.name for one in listings()}
    given = tuple(names[id] for id in found.chosen)
    met = sum(bool(entry & {*given}) for entry in case.must)
    return Agreement(
        case,
        given,
        precision=sum(name in case.fine for name in given) / max(len(given), 1),
        recall=met / len(case.must),
        ndcg=_ndcg(given, case),
        broken=tuple(name for name in given if name in case.never),
    )


def _ndcg(given: Sequence[str], case: Case) -> float:
    """Of the set in its order. Each must gains once, by the first that meets it; what else is fine gains less."""
    open_, gains = list(case.must), []
    for name in given:
        met = next((entry for entry in open_ if name in entry), None)
        if met is not None:
            open_.remove(met)
        gains.append(MUST if met is not None else MAY if name in case.fine else 0.0)
    ideal = [MUST] * len(case.must) + [MAY] * max(len(given) - len(case.must), 0)
    return _dcg(gains) / _dcg(ideal)


def _dcg(gains: Sequence[float]) -> float:
    return sum(gain / log2(place + 2) for place, gain in enumerate(gains))
