"""Pairs become groups: what a person said first, then the rules' surest; the same end in whatever order they come.

A group never holds two listings of one publisher, nor two that a person keeps apart, unless a person linked them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

MARGIN = 1.0  # points by which a listing must fit one of a publisher's better than the next to be linked with it


class Standing(StrEnum):
    """What is known of a pair."""

    SURE = "sure"  # the rules link it
    UNSURE = "unsure"  # the rules ask
    LINKED = "linked"  # a person linked it
    APART = "apart"  # a person keeps it apart


@dataclass(frozen=True, slots=True)
class Edge:
    a: int  # the lower id
    b: int
    standing: Standing
    score: float = 0.0
    lead: int | None = None  # the one a person chose to answer for the group


@dataclass(frozen=True, slots=True)
class Groups:
    lead_of: dict[int, int]  # every listing of a group -> its lead; who stands alone is not here
    refused: frozenset[tuple[int, int]]  # sure pairs that the publishers' own records speak against


def grouped(edges: Iterable[Edge], publisher_of: Mapping[int, int]) -> Groups:
    """Only listings in `publisher_of` count: the public ones."""
    live = sorted((e for e in edges if e.a in publisher_of and e.b in publisher_of), key=lambda e: (e.a, e.b))
    apart = {(e.a, e.b) for e in live if e.standing is Standing.APART}
    said = [e for e in live if e.standing is Standing.LINKED]
    sure = [e for e in live if e.standing is Standing.SURE]
    torn = _torn(sure, [e for e in live if e.standing is Standing.UNSURE], publisher_of)
    groups = _Union(publisher_of)
    for edge in said:
        groups.join(edge.a, edge.b)
    refused = set()
    for edge in sorted(sure, key=lambda e: (-e.score, e.a, e.b)):
        if (edge.a, edge.b) in torn or not groups.may_join(edge.a, edge.b, apart):
            refused.add((edge.a, edge.b))
        else:
            groups.join(edge.a, edge.b)
    return Groups(_leads(groups, said), frozenset(e for e in refused if not groups.together(*e)))


def _torn(sure: list[Edge], unsure: list[Edge], publisher_of: Mapping[int, int]) -> set[tuple[int, int]]:
    """Sure pairs whose one side fits another listing of the same publisher about as well: nobody knows which it is.

    A doubtful pair is a rival too: the operator's other house, though only one of them may be linked.
    """
    best: dict[tuple[int, int], list[tuple[float, tuple[int, int]]]] = {}
    for edge in (*sure, *unsure):
        for mine, theirs in ((edge.a, edge.b), (edge.b, edge.a)):
            best.setdefault((mine, publisher_of[theirs]), []).append((edge.score, (edge.a, edge.b)))
    torn = set()
    for fits in best.values():
        top = max(score for score, _ in fits)
        near = [pair for score, pair in fits if score > top - MARGIN]
        torn |= {pair for score, pair in fits if pair not in near} | (set(near) if len(near) > 1 else set())
    return torn & {(edge.a, edge.b) for edge in sure}


def _leads(groups: "_Union", said: list[Edge]) -> dict[int, int]:
    """The lowest id leads, so that addresses stay; unless a person chose another."""
    chosen: dict[int, int] = {}
    for edge in said:
        if edge.lead is not None:
            root = groups.root(edge.a)
            chosen[root] = min(edge.lead, chosen.get(root, edge.lead))
    lead_of: dict[int, int] = {}
    for root, members in groups.members.items():
        if len(members) > 1:
            lead = chosen.get(root)
            lead_of |= dict.fromkeys(members, lead if lead in members else min(members))
    return lead_of


class _Union:
    """Which listings are one so far, with their publishers."""

    def __init__(self, publisher_of: Mapping[int, int]) -> None:
        self.publisher_of = publisher_of
        self.members: dict[int, set[int]] = {}
        self._root: dict[int, int] = {}

    def root(self, one: int) -> int:
        return self._root.get(one, one)

    def together(self, a: int, b: int) -> bool:
        return self.root(a) == self.root(b)

    def _of(self, one: int) -> set[int]:
        return self.members.get(self.root(one), {one})

    def may_join(self, a: int, b: int, apart: set[tuple[int, int]]) -> bool:
        mine, theirs = self._of(a), self._of(b)
        if self.together(a, b):
            return True
        if {self.publisher_of[one] for one in mine} & {self.publisher_of[one] for one in theirs}:
            return False
        return not any((min(x, y), max(x, y)) in apart for x in mine for y in theirs)

    def join(self, a: int, b: int) -> None:
        whole = self._of(a) | self._of(b)
        for root in {self.root(a), self.root(b)}:
            self.members.pop(root, None)
        root = min(whole)
        self.members[root] = whole
        self._root |= dict.fromkeys(whole, root)
