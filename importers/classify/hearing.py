"""What a text says, in one pass: known phrases, each with how far it counts where it stands.

Words are compared without case, plural and possessive. A phrase of the table is found by walking a tree of words, the
longest phrase first. "Does not provide detox", "referrals to shelters" and "must be sober" are heard as what they are:
marks in the table open a stretch in which phrases count nothing, less, or only as whom a place is for.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import NamedTuple

LONGEST_TEXT = 4000  # letters of a description that are read; what matters stands at the beginning
LEAD = 40  # words in which a text says what it is about; later ones count less
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.;:!?\n•|()]|,|&")
_TAGS = re.compile(r"<[^<>]{0,300}>")
_SIGNS = frozenset(".;:!?\n•|(),")

PLAIN = (1.0, False, 1.0)  # said without a mark
ASKED = (0.2, True, 1.0)  # said where a record tells who may come

# As others spell what the table has in American English.
_SPELLINGS: Mapping[str, str] = {
    "counselling": "counseling", "counsellor": "counselor", "programme": "program", "centre": "center",
    "behavioural": "behavioral", "behaviour": "behavior", "licence": "license", "labour": "labor", "cheque": "check",
    "neighbour": "neighbor", "neighbourhood": "neighborhood", "paediatric": "pediatric", "enrolment": "enrollment",
    "specialised": "specialized", "organisation": "organization", "orthopaedic": "orthopedic", "theatre": "theater",
    "colour": "color", "honour": "honor", "favour": "favor", "mould": "mold", "tyre": "tire",
}  # fmt: skip

Sense = tuple[str, int]  # what a phrase speaks for ("need.food", "substance", "away.animals"), and how strongly: 1..3


class Heard(NamedTuple):
    """One phrase in one text."""

    senses: tuple[Sense, ...]
    phrase: str  # as the text has it
    weight: float  # 1 plainly said, less where referred to or required, 0 where denied
    required: bool = False  # said of who may come, not of what is given
    lead: bool = True  # among the first words
    given: float = 1.0  # of the weight, how far it says what is given there: of whom it is for, little
    paid: bool = False  # said of what is taken in payment


@dataclass(slots=True)
class _Node:
    next: dict[str, "_Node"] = field(default_factory=dict)
    senses: tuple[Sense, ...] = ()


class Phrases:
    """The table of phrases as a tree of words. "food|meal program" stands for two phrases."""

    def __init__(self, table: Iterable[tuple[str, Sense]]) -> None:
        self._root = _Node()
        for written, sense in table:
            for words in product(*(part.split("|") for part in written.split())):
                node = self._root
                for word in _split(" ".join(words))[1]:
                    node = node.next.setdefault(word, _Node())
                node.senses = (*node.senses, sense)
        self._starts = frozenset(self._root.next) | _SIGNS

    def hear(self, text: str, *, asked: bool = False) -> list[Heard]:
        """Every phrase of a text, with its weight; `asked`: a text that tells who may come, and nothing else."""
        words, stems = _split(text)
        found: list[Heard] = []
        marks = _Marks()
        root, starts, after, end = self._root.next, self._starts, 0, len(words)
        for at in [at for at, word in enumerate(stems) if word in starts]:
            word = stems[at]
            if at < after:
                continue
            if word in _SIGNS:
                marks.stop(word)
                continue
            senses, stops = self._longest(root[word], stems, at + 1, end)
            if not senses:
                continue
            after = stops
            if mark := next((sense for sense, _ in senses if sense.startswith("mark.")), ""):
                marks.open(mark, after)
                if said := tuple(one for one in senses if one[0] != mark):  # a mark that says something by itself
                    found.append(Heard(said, " ".join(words[at:after]), 1.0, False, at < LEAD))
            else:
                weight, required, given = marks.at(at) if marks.now else PLAIN
                if asked and weight:
                    weight, required, given = ASKED
                said_so = " ".join(words[at:after])
                found.append(Heard(senses, said_so, weight, required, at < LEAD, given, marks.paying))
        return found

    @staticmethod
    def _longest(node: _Node, stems: Sequence[str], at: int, end: int) -> tuple[tuple[Sense, ...], int]:
        senses, after, start, commas = node.senses, at, at, 0
        while at < end:
            following = node.next.get(stems[at])
            if following is None and stems[at] == "," and at + 1 < end:  # "individual, group and family counseling"
                at, following, commas = at + 1, node.next.get(stems[at + 1]), commas + 1
            if following is None:
                break
            node, at = following, at + 1
            if node.senses and not (commas and at - start - commas == 1):  # "trauma recovery, housing": two things
                senses, after = node.senses, at
        return senses, after


class _Reach(NamedTuple):
    """What a mark does to the phrases after it."""

    weight: float  # how far they count
    required: bool  # whether they say who may come
    words: int  # how many words it reaches
    comma: bool = False  # whether a comma ends it
    given: float = 1.0  # how far they say what is given


_REACH: Mapping[str, _Reach] = {
    "mark.denies": _Reach(0.0, False, 12),
    "mark.no": _Reach(0.0, False, 5, comma=True),
    "mark.refers": _Reach(0.35, False, 14),
    "mark.beside": _Reach(0.35, False, 4, comma=True),
    "mark.requires": _Reach(0.2, True, 25),
    "mark.pays": _Reach(0.2, True, 20),
    "mark.whom": _Reach(1.0, False, 8, given=0.3),
}


class _Marks:
    """The stretches now open: each ends with its sentence, or its reach."""

    def __init__(self) -> None:
        self.now: list[tuple[int, _Reach]] = []

    def open(self, mark: str, at: int) -> None:
        self.now.append((at + _REACH[mark].words, _REACH[mark]))

    @property
    def paying(self) -> bool:
        """Whether what is taken in payment is being told; of the stretches that the last word left open."""
        return any(reach is _REACH["mark.pays"] for _, reach in self.now)

    def stop(self, sign: str) -> None:
        if self.now:
            self.now = [one for one in self.now if not one[1].comma] if sign == "," else []

    def at(self, position: int) -> tuple[float, bool, float]:
        self.now = [one for one in self.now if position < one[0]]
        if not self.now:
            return PLAIN
        open_ = [one for _, one in self.now]
        return min(one.weight for one in open_), any(one.required for one in open_), min(one.given for one in open_)


@lru_cache(maxsize=256)  # the parts of a record are heard twice, its categories in many records
def _split(text: str) -> tuple[list[str], list[str]]:
    if "<" in text:
        text = _TAGS.sub("\n", text)
    words = _WORDS.findall(text[:LONGEST_TEXT].casefold())
    return words, [stem(word) for word in words]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without plural and possessive, in one spelling: "meetings'" and "meeting" are one."""
    if word == "&":
        return "and"
    word = re.sub(r"['’]s?$", "", word.casefold()).replace("’", "'")
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return _SPELLINGS.get(word, word)
