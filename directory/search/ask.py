"""One search box, answered: sure meanings as filters, and as plain words again where they would hide too much."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime

from directory.geo import find_place
from directory.search.find import FEW, Found, find
from directory.search.meanings import corrected as spelt
from directory.search.query import Engine, Match, SearchQuery
from directory.search.text import WORD, corrected, split
from directory.search.understand import Meant, Understood, understand, without
from directory.search.whereabouts import Places, tokens

WISHES = {"population", "age", "format", "access", "payment", "residence", "language"}
AFAR = {"online", "phone"}  # such answers are beyond any radius


@dataclass(frozen=True, slots=True)
class Told:
    found: Found
    read: Understood  # as answered
    lifted: tuple[Meant, ...] = ()  # understood too, and not asked as filters: they would have left too little
    first: tuple[Match, ...] = ()  # the few that fit those filters as well: shown before all others
    total: int = 0  # all inside the radius, `first` among them
    did_you_mean: str = ""  # the whole question

    @property
    def query(self) -> SearchQuery:
        return self.found.query

    @property
    def matches(self) -> tuple[Match, ...]:
        """One page: the few that fit best begin the first, and are on no other."""
        ahead = {match.id for match in self.first}
        rest = tuple(match for match in self.found.answer.matches if match.id not in ahead)
        return rest if self.query.offset > 0 else (*self.first, *rest)


def ask(
    engine: Engine,
    query: SearchQuery,
    as_typed: Collection[str] = (),
    places: Places = find_place,
    clock: Callable[[str], datetime] | None = None,
) -> Told:
    """`query.words` as typed; `clock` gives the time in a zone, for a place that is found in the words."""
    read = _read(query, as_typed, places)
    told = _best(engine, query, _ladder(query, read, as_typed, places))
    now = clock(told.read.near.timezone) if clock and told.read.near and told.read.near.timezone else None
    if now and query.now and now.utcoffset() != query.now.utcoffset():
        again = replace(query, now=now)
        told = _best(engine, again, _ladder(again, _read(again, as_typed, places), as_typed, places))
    return replace(told, did_you_mean=_whole(query.words, told.query.words, told.found.did_you_mean))


def _read(query: SearchQuery, as_typed: Collection[str], places: Places) -> Understood:
    return understand(query.words, places, query.now, near=query.near, kinds=query.kinds, as_typed=as_typed)


def asked(query: SearchQuery, read: Understood) -> SearchQuery:
    """The question with what was read in its words; what was chosen beside them stays."""
    groups = dict.fromkeys((*query.facets, *read.facets))
    return replace(
        query,
        words=read.left,
        near=read.near or query.near,
        kinds=tuple(dict.fromkeys((*query.kinds, *read.kinds))),
        facets={g: tuple(dict.fromkeys((*query.facets.get(g, ()), *read.facets.get(g, ())))) for g in groups},
        window=query.window or read.window,
    )


Rung = tuple[SearchQuery, Understood, tuple[Meant, ...]]


def _ladder(query: SearchQuery, read: Understood, as_typed: Collection[str], places: Places) -> list[Rung]:
    """All filters; any time, the soonest first; one wish less; facets as plain words; all but the place as words."""
    rungs: list[Rung] = [(asked(query, read), read, ())]
    timed = tuple(one for one in read.found if "window" in one.groups)
    if timed and not query.window:
        timeless = without(read, timed)
        sort = "soon" if query.sort == "best" else query.sort
        rungs.append((replace(asked(query, timeless), sort=sort), timeless, timed))
    wishes = [one for one in reversed(read.found) if one.groups <= WISHES]
    wishes += [one for one in read.found if one.groups == {"kind"} and read.facets]
    for wish in wishes:
        less = without(read, (wish,))
        rungs.append((asked(query, less), less, (wish,)))
    facets = tuple(one for one in read.found if not one.groups & {"near", "kind", "window"})
    every = tuple(one for one in read.found if "near" not in one.groups)
    for back in dict.fromkeys((facets, every)):
        if back:
            words = {*as_typed, *(one.typed for one in back)}
            plainer = understand(query.words, places, query.now, near=query.near, kinds=query.kinds, as_typed=words)
            rungs.append((asked(query, replace(plainer, left=_spelt(plainer.left, back))), plainer, back))
    return rungs


def _spelt(words: str, back: tuple[Meant, ...]) -> str:
    """What was understood though misspelt is asked in plain words as it is written."""
    wrong = {
        token.word: meant for one in back for token in tokens(one.words) if (meant := spelt(token.same)) != token.same
    }
    return corrected(words, wrong)


def _best(engine: Engine, query: SearchQuery, rungs: list[Rung]) -> Told:
    """The first rung with a few answers within the radius, else the one with most; an empty page never."""
    if len(rungs) == 1:
        return _told(engine, rungs[0])
    counts: list[int] = []
    for rung in rungs:
        counts.append(_count(engine, rung[0]))
        if counts[-1] >= FEW:
            break
    if not any(counts):
        answers = [_told(engine, rung) for rung in rungs]
        return next((told for told in answers if told.total or told.found.answer.beyond_total), answers[0])
    chosen = len(counts) - 1 if counts[-1] >= FEW else counts.index(max(counts))
    told = _told(engine, rungs[chosen])
    strict = next((at for at, count in enumerate(counts[:chosen]) if count), None)
    return told if strict is None or query.sort != "best" else _with_first(engine, told, rungs[strict][0])


def _with_first(engine: Engine, told: Told, strict: SearchQuery) -> Told:
    """The few that fit most before the many that fit less."""
    few = engine.search(replace(strict, limit=FEW, offset=0))
    both = engine.search(replace(strict, words=told.query.words, limit=0, offset=0))
    return replace(told, first=few.matches, total=told.total + len(few.matches) - both.total)


def _count(engine: Engine, query: SearchQuery) -> int:
    answer = engine.search(replace(query, limit=0, offset=0))
    afar = AFAR & set(query.facets.get("modality", ()))
    return answer.total + (answer.beyond_total if afar else 0)


def _told(engine: Engine, rung: Rung) -> Told:
    query, read, lifted = rung
    found = find(engine, query)
    return Told(found, read, lifted, total=found.answer.total)


def _whole(words: str, left: str, better: str) -> str:
    """The correction of what was left, in the whole question."""
    before, after = WORD.findall(left), WORD.findall(better)
    if not better or len(before) != len(after):
        return ""
    return corrected(words, {split(a)[0]: b for a, b in zip(before, after, strict=True) if a != b and split(a)})
