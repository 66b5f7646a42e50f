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

LONGEST_TEXT = 4000  # letters of a description that are read; what matters stands at the beginning
LEAD = 40  # words in which a text says what it is about; later ones count less
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.;:!?\n•|()]|,")
_TAGS = re.compile(r"<[^<>]{0,300}>")
_STOPS = frozenset(".;:!?\n•|()")

Sense = tuple[str, int]  # what a phrase speaks for ("need.food", "substance", "away.animals"), and how strongly: 1..3


@dataclass(frozen=True, slots=True)
class Heard:
    """One phrase in one text."""

    senses: tuple[Sense, ...]
    phrase: str  # as the text has it
    weight: float  # 1 plainly said, less where referred to or required, 0 where denied
    required: bool = False  # said of who may come, not of what is given
    lead: bool = True  # among the first words


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
                for word in words:
                    node = node.next.setdefault(stem(word), _Node())
                node.senses = (*node.senses, sense)

    def hear(self, text: str) -> list[Heard]:
        """Every phrase of a text, with its weight."""
        if "<" in text:
            text = _TAGS.sub("\n", text)
        words = _WORDS.findall(text[:LONGEST_TEXT].casefold())
        stems = [stem(word) for word in words]
        found: list[Heard] = []
        marks = _Marks()
        root, at, end = self._root.next, 0, len(words)
        while at < end:
            word = stems[at]
            if word in _STOPS or word == ",":
                marks.stop(word)
                at += 1
                continue
            node = root.get(word)
            if node is None:
                at += 1
                continue
            senses, after = self._longest(node, stems, at + 1, end)
            if not senses:
                at += 1
                continue
            if senses[0][0].startswith("mark."):
                marks.open(senses[0][0], after)
            else:
                weight, required = marks.at(at)
                found.append(Heard(senses, " ".join(words[at:after]), weight, required, at < LEAD))
            at = after
        return found

    @staticmethod
    def _longest(node: _Node, stems: Sequence[str], at: int, end: int) -> tuple[tuple[Sense, ...], int]:
        senses, after = node.senses, at
        while at < end and (following := node.next.get(stems[at])) is not None:
            node, at = following, at + 1
            if node.senses:
                senses, after = node.senses, at
        return senses, after


# mark -> (how far phrases after it count, whether they say who may come, words it reaches, whether a comma ends it)
_REACH: Mapping[str, tuple[float, bool, int, bool]] = {
    "mark.denies": (0.0, False, 12, False),
    "mark.no": (0.0, False, 5, True),
    "mark.refers": (0.35, False, 14, False),
    "mark.requires": (0.2, True, 25, False),
    "mark.pays": (0.2, True, 20, False),
}


class _Marks:
    """The stretches now open: each ends with its sentence, or its reach."""

    def __init__(self) -> None:
        self._open: list[tuple[int, float, bool, bool]] = []

    def open(self, mark: str, at: int) -> None:
        weight, required, reach, comma = _REACH[mark]
        self._open.append((at + reach, weight, required, comma))

    def stop(self, sign: str) -> None:
        if self._open:
            self._open = [one for one in self._open if not one[3]] if sign == "," else []

    def at(self, position: int) -> tuple[float, bool]:
        if not self._open:
            return 1.0, False
        now = [one for one in self._open if position < one[0]]
        return min((one[1] for one in now), default=1.0), any(one[2] for one in now)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without plural and possessive: "meetings'" and "meeting" are one."""
    word = re.sub(r"['’]s?$", "", word.casefold()).replace("’", "'")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
