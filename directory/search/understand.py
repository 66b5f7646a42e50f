"""What the words of one search box ask for: a place, kinds, facets, a time. Sure meanings become filters.

Every word of the question is in exactly one of three: what was found, what was set aside because it says nothing
beside what was found, and what is left. `as_typed` holds words that a person wants taken plainly.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from directory.geo import find_place
from directory.search import whereabouts
from directory.search.meanings import Meaning, Pairs, corrected, meanings
from directory.search.query import Near, Window
from directory.search.text import thesaurus
from directory.search.when import part_of_day
from directory.search.whereabouts import Places, Token
from directory.vocab import Kind

MOST = 40  # words of a question that are understood
CLOCK = re.compile(r"(1[0-2]|[1-9])(?: ?([0-5]\d))? ?(am|pm)\b")
STAYS = (Kind.SOBER_LIVING, Kind.OUTPATIENT, Kind.RESIDENTIAL)  # places whose hours say little about when to come
CARE = ("level", "medication", "accepts", "residence")


@dataclass(frozen=True, slots=True)
class Meant:
    """One thing that was understood, and the words it came from."""

    words: str
    means: Pairs  # group and value; the groups "near" and "window" too

    @property
    def typed(self) -> str:
        """The words as `as_typed` names them."""
        return key(self.words)

    @property
    def groups(self) -> frozenset[str]:
        return frozenset(group for group, _ in self.means)


@dataclass(frozen=True, slots=True)
class Understood:
    left: str  # words for the engine
    near: Near | None = None
    kinds: tuple[Kind, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    window: Window | None = None
    found: tuple[Meant, ...] = ()
    aside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    first: int
    last: int  # the token after it
    meaning: Meaning
    part: str = ""  # of the day
    misspelt: bool = False


def key(words: str) -> str:
    return " ".join(token.word for token in whereabouts.tokens(words))


def understand(
    words: str,
    places: Places = find_place,
    now: datetime | None = None,
    *,
    near: Near | None = None,
    kinds: Sequence[Kind] = (),
    as_typed: Collection[str] = (),
) -> Understood:
    """`now` is aware, on the clock of a question without a place; `near` and `kinds` were chosen beside the words."""
    given = whereabouts.tokens(words)
    head = given[:MOST]

    def kept(first: int, last: int) -> bool:
        return " ".join(token.word for token in given[first:last]) not in as_typed

    spot = next(whereabouts.said(words, head, places, near), None)
    refused = spot is not None and not kept(spot.first, spot.last)
    spot = None if refused else spot
    spans = [one for one in _spans(head, spot) if kept(one.first, one.last)]
    if spot is None and not refused:
        bare = _bare(words, head, spans, places, near)
        spot = bare if bare and kept(bare.first, bare.last) else None
    spans = [one for one in spans if not _negated(given, one, spans)]
    if _unknown(given, spans, spot):
        spans = [one for one in spans if not one.meaning.shy]
    return _settled(words, given, spans, spot, tuple(kinds), now)


def without(read: Understood, less: Collection[Meant]) -> Understood:
    """The same, asking nothing of these."""
    kept = tuple(one for one in read.found if one not in less)
    pairs = [one.means for one in kept]
    timed = any("window" in one.groups for one in kept)
    return replace(
        read,
        kinds=_kinds(pairs),
        facets=_facets(pairs),
        window=read.window if timed else None,
        found=kept,
        aside=(*read.aside, *(one.words for one in less)),
    )


def _kinds(found: Collection[Pairs]) -> tuple[Kind, ...]:
    return tuple(dict.fromkeys(Kind(value) for pairs in found for group, value in pairs if group == "kind"))


def _spans(given: Sequence[Token], spot: whereabouts.Spot | None) -> Iterator[Span]:
    """The longest meaning that begins at each word, left to right; phrases that only look like one take their words."""
    at = 0
    while at < len(given):
        if spot and spot.first <= at < spot.last:
            at = spot.last
            continue
        end = spot.first if spot and at < spot.first else len(given)
        span = _span(given[:end], at)
        if span and not span.meaning.plain:
            yield span
        at = span.last if span else at + 1


def _span(given: Sequence[Token], at: int) -> Span | None:
    exact = [token.same for token in given[at : at + 8]]
    for misspelt, said in enumerate((exact, [corrected(word) for word in exact])):
        for phrase, meaning in meanings().table.get(said[0], ()):
            if tuple(said[: len(phrase)]) == phrase:
                last = at + len(phrase)
                if meaning.time and meaning.time not in ("now", "weekend"):
                    last, part = _part(given, last)
                    return Span(at, last, meaning, part, bool(misspelt))
                return Span(at, last, meaning, "", bool(misspelt))
    return None


def _part(given: Sequence[Token], last: int) -> tuple[int, str]:
    """ "monday evening", "lunes por la noche": where the time ends, and the part of the day."""
    for length in (0, 1, 2):
        joined = tuple(token.same for token in given[last : last + length])
        at = last + length
        if at < len(given) and (not joined or joined in meanings().joins):
            if clock := CLOCK.match(" ".join(token.word for token in given[at : at + 3])):
                return at + clock[0].count(" ") + 1, _wall(clock)
            part = meanings().parts.get(given[at].word) or meanings().parts.get(given[at].same)
            if part:
                return at + 1, part
    return last, ""


def _wall(clock: re.Match[str]) -> str:
    """ "7 30 pm" -> "19:30"."""
    hour = int(clock[1]) % 12 + (12 if clock[3] == "pm" else 0)
    return f"{hour}:{clock[2] or '00'}"


def _says_nothing(token: Token) -> bool:
    known = meanings()
    return not token.word or token.word in thesaurus().quiet | known.filler | known.taking


def _outside(given: Sequence[Token], spans: Sequence[Span], spot: whereabouts.Spot | None) -> list[int]:
    taken = [(one.first, one.last) for one in spans] + ([(spot.first, spot.last)] if spot else [])
    inside = {at for first, last in taken for at in range(first, last)}
    return [at for at in range(len(given)) if at not in inside]


def _bare(
    words: str, given: Sequence[Token], spans: Sequence[Span], places: Places, near: Near | None
) -> whereabouts.Spot | None:
    """All but a town was understood: "sober living columbus"."""
    rest = [at for at in _outside(given, spans, None) if not _says_nothing(given[at])]
    if not spans or not rest or rest[-1] - rest[0] != len(rest) - 1:
        return None
    return whereabouts.bare(words, given, rest[0], rest[-1] + 1, places, near)


def _negated(given: Sequence[Token], span: Span, spans: Sequence[Span]) -> bool:
    """ "does not take suboxone"; the "no" of "no insurance" belongs to its own meaning."""
    free = {*range(max(span.first - 3, 0), span.first)} & {*_outside(given, spans, None)}
    return any(given[at].word in meanings().negating for at in free)


def _unknown(given: Sequence[Token], spans: Sequence[Span], spot: whereabouts.Spot | None) -> bool:
    """A word is left that nobody knows: the question may be a name."""
    return any(given[at].same not in meanings().alone for at in _outside(given, spans, spot))


def _settled(
    words: str,
    given: Sequence[Token],
    spans: Sequence[Span],
    spot: whereabouts.Spot | None,
    kinds: tuple[Kind, ...],
    now: datetime | None,
) -> Understood:
    read = _kinds([one.meaning.means for one in spans])
    about = (*kinds, *read) or _implied(spans)
    local = now.astimezone(ZoneInfo(spot.near.timezone)) if now and spot and spot.near.timezone else now
    means = {one: _means(one, about, bool(kinds or read), given) for one in spans if not one.meaning.time}
    stays = _stays(about, means.values())
    windows = {one: _window(one, local) for one in spans if one.meaning.time and local and not stays}
    idle = [one for one in spans if one.meaning.time and stays]
    first_window = next(iter(windows.items()), None)
    found = {one: pairs for one, pairs in means.items() if pairs}
    found |= {first_window[0]: (("window", first_window[0].meaning.time),)} if first_window else {}
    told = [(one.first, one.last, pairs) for one, pairs in found.items()]
    told += [(spot.first, spot.last, (("near", spot.near.label),))] if spot else []
    left = _outside(given, [*found, *idle], spot)
    aside = {at for at in left if _says_nothing(given[at])} if found else set()
    loud = [at for at in left if at not in aside]
    aside |= set(left) if all(_says_nothing(given[at]) for at in left) and told else set()
    aside |= {at for one in idle for at in range(one.first, one.last)}
    if not told and not idle:
        return Understood(left=words)
    return Understood(
        left=" ".join(given[at].raw for at in loud if at not in aside),
        near=spot.near if spot else None,
        kinds=_kinds(found.values()),
        facets=_facets(found.values()),
        window=first_window[1] if first_window else None,
        found=tuple(Meant(words[given[a].start : given[b - 1].end], pairs) for a, b, pairs in sorted(told)),
        aside=tuple(given[at].raw for at in sorted(aside)),
    )


def _implied(spans: Sequence[Span]) -> tuple[Kind, ...]:
    """Detox and medicines are treatment, fellowships are groups."""
    groups = {group for one in spans for group, _ in one.meaning.means}
    if "fellowship" in groups:
        return (Kind.SUPPORT_GROUP,)
    return (Kind.OUTPATIENT,) if groups & {"level", "medication"} else ()


def _means(span: Span, kinds: Sequence[Kind], named: bool, given: Sequence[Token]) -> Pairs:
    meaning = span.meaning
    for kind in kinds:
        if kind.value in meaning.beside:
            return meaning.beside[kind.value]
    taking = any(token.word in meanings().taking for token in given[max(span.first - 3, 0) : span.first])
    if meaning.taken is not None and taking and not named and not span.misspelt:
        return meaning.taken
    return meaning.means


def _stays(kinds: Sequence[Kind], means: Collection[Pairs]) -> bool:
    """A question about a place to live or treatment: "now" says how soon, not when it is open."""
    care = any(group in CARE for pairs in means for group, _ in pairs)
    return all(kind in STAYS for kind in kinds) and bool(kinds or care)


def _window(span: Span, now: datetime | None) -> Window:
    assert now is not None  # noqa: S101 - only asked with a clock
    return part_of_day(span.meaning.time, span.part, now)


def _facets(found: Collection[Pairs]) -> dict[str, tuple[str, ...]]:
    facets: dict[str, tuple[str, ...]] = {}
    for group, value in (pair for pairs in found for pair in pairs):
        if group not in ("kind", "window", "near"):
            facets[group] = tuple(dict.fromkeys((*facets.get(group, ()), value)))
    return facets
