"""Draws the records to label: evenly over rough strata and files, halved into tune and test, the same every time."""

import random
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

from importers.classify import Told
from tests.classify.records import services

SEED = 20261121
# A second draw, by the name and the publisher's own words alone, of what the first brought too few of.
SCARCE = {
    "group": (34, r"anonymous|support group|al-anon|alateen|recovery (?:group|meeting)|celebrate recovery|12.step"),
    "bed": (16, r"residential (?:treat|substance|drug|recov)|inpatient|detox|rehabilitation cent|abuse-inpatient"),
    "sober": (14, r"sober|oxford house|recovery hous|clean and|halfway|transitional housing"),
    "substance": (20, r"substance|alcohol|chemical|addict|methadone|\bdrug|recovery"),
    "mind": (14, r"mental health|counsel|psych|therap"),
    "scarce": (16, r"needle|syringe|harm reduction|dental|\bid\b|birth certificate|bus pass|transportation|volunteer"),
}
# Rough words, only to have enough of the rare; a record belongs to the first that it says. No label is taken from them.
STRATA = {
    "sober": (26, r"\bsober|oxford house|recovery (?:home|hous)|halfway|transitional"),
    "group": (34, r"anonymous|support groups?|al-anon|12.step|twelve.step|self-help"),
    "bed": (28, r"\A(?=.*\b(?:residential|inpatient|detox))(?=.*\b(?:substance|alcohol|drug|addict|chemical))"),
    "substance": (44, r"substance|alcohol|\bdrug|addict|chemical depend|methadone|recovery"),
    "harm": (10, r"needle|syringe|naloxone|harm reduction|\bhiv\b|\baids\b"),
    "mind": (20, r"mental health|counsel|psych|therapy"),
    "id": (10, r"\bid cards?|birth certificate|identification"),
    "dental": (10, r"dental|dentist"),
    "clothing": (14, r"cloth"),
    "transport": (12, r"transportation|bus pass|rides"),
    "benefits": (12, r"food stamps|benefits|medicaid|\btanf\b|\bssi\b"),
    "education": (12, r"\bged\b|literacy|adult education|\besl\b"),
    "training": (12, r"job training|vocational|apprentice"),
    "jobs": (14, r"employ|\bjobs?\b"),
    "child": (10, r"child ?care|day ?care|head start"),
    "food": (14, r"\bfood|meals?\b|pantry"),
    "housing": (16, r"shelter|housing|rent\b|homeless"),
    "legal": (14, r"legal|attorney|lawyer"),
    "health": (14, r"clinic|medical|health"),
    "family": (10, r"famil|parent"),
    "volunteer": (6, r"volunteer"),
    "rest": (30, r""),
}

# Later draws: of records that nobody had looked at while the rules were made (only even numbers were read then), each
# labelled before the classifier was run on it. What the table showed of one was mended before the next was drawn, so
# that only the last is a test.
LATER = {
    "last": (1, {
        "group": 20, "sober": 12, "bed": 16, "substance": 20, "mind": 18, "food": 14, "housing": 14, "legal": 10,
        "health": 14, "jobs": 10, "benefits": 6, "family": 6, "rest": 20,
    }),
    "fourth": (2, {
        "group": 14, "sober": 8, "bed": 10, "substance": 22, "mind": 34, "food": 18, "housing": 18, "legal": 14,
        "health": 22, "jobs": 18, "benefits": 12, "family": 12, "training": 8, "education": 8, "rest": 22,
    }),
    "fifth": (3, {
        "group": 14, "bed": 10, "substance": 24, "mind": 40, "food": 20, "housing": 22, "legal": 14, "health": 24,
        "jobs": 20, "benefits": 14, "family": 10, "training": 8, "education": 8, "rest": 20,
    }),
    "sixth": (4, {
        "group": 10, "bed": 8, "substance": 22, "mind": 36, "food": 22, "housing": 22, "legal": 10, "health": 24,
        "jobs": 20, "benefits": 14, "family": 10, "rest": 14,
    }),
    "seventh": (5, {
        "bed": 6, "substance": 16, "mind": 34, "housing": 26, "health": 22, "jobs": 24, "legal": 8, "food": 14,
        "benefits": 8, "rest": 8,
    }),
}  # fmt: skip

# The last draws, for the needs that the others brought too few of: stems far wider than what the classifier hears, so
# that what it overlooks can be drawn as well as what it finds. By then few odd numbers were left: even ones are drawn
# too, which were open to those who made the first rules.
WIDE = {
    "papers": r"birth cert|\bids?\b|licen[cs]e|vital|identif|passport|social security card|document",
    "harm": r"needle|syringe|nalox|narcan|overdos|\bhiv\b|\baids\b|hepatit|inject",
    "dental": r"dent(?:al|ist|ur)|\bteeth|tooth|\boral\b",
    "clothing": r"cloth|apparel|\bcoats?\b|attire|garment|\bshoes|thrift|\bwear",
    "education": r"\bged\b|litera|\besl\b|english|diploma|tutor|adult|learn|school|college|educat",
    "childcare": r"child ?care|day ?care|head start|presch|infant|toddler|baby",
    "transport": r"transport|\bbus|\brides?\b|transit|shuttle|\bvan\b|driv",
    "training": r"train|vocation|apprent|skill",
    "jobs": r"employ|\bjobs?\b|career|\bwork",
    "family": r"parent|famil|father|mother|child",
    "volunteer": r"volunteer",
    "benefits": r"benefit|medicaid|stamp|\btanf|\bssi\b|financ|utilit|assistance|energy|bills?\b",
    "recovery": r"recover|sober|substance|alcohol|\bdrug|addict|anonym|12.step",
    "beds": r"residential|inpatient|detox|halfway|transitional|shelter",
    "group": r"support group|anonym|peer|meeting|group",
    "mind": r"mental|counsel|psych|therap|crisis|suicid|grief",
    "housing": r"shelter|hous|rent\b|homeless",
    "food": r"food|meal|pantry|hungry|grocer|nutrit",
    "legal": r"legal|\blaw|attorney|court|rights",
    "health": r"clinic|medic|health|hospital|nurs",
    "rest": r"",
}
# How many of each that its name or categories say, and how many that anything in it says.
LAST = {
    "eighth": (6, {
        "papers": (10, 6), "harm": (14, 2), "dental": (12, 4), "clothing": (14, 4), "education": (18, 4),
        "childcare": (12, 2), "transport": (14, 4), "training": (12, 4), "jobs": (10, 2), "family": (16, 4),
        "volunteer": (6, 2), "benefits": (12, 2), "recovery": (12, 4), "beds": (10, 0), "group": (10, 2),
        "mind": (10, 2), "housing": (8, 2), "food": (8, 0), "legal": (2, 2), "health": (8, 2), "rest": (0, 14),
    }),
    "ninth": (7, {
        "papers": (10, 4), "harm": (12, 0), "dental": (10, 4), "clothing": (12, 2), "education": (12, 4),
        "childcare": (8, 2), "transport": (10, 2), "training": (8, 2), "jobs": (6, 2), "family": (12, 2),
        "volunteer": (4, 2), "benefits": (8, 2), "recovery": (10, 4), "beds": (6, 0), "group": (8, 0),
        "mind": (6, 2), "housing": (6, 0), "food": (6, 0), "legal": (2, 0), "health": (6, 0), "rest": (0, 10),
    }),
    "tenth": (8, {
        "papers": (4, 4), "harm": (6, 0), "dental": (6, 2), "clothing": (6, 4), "education": (14, 2),
        "childcare": (8, 2), "transport": (8, 2), "training": (10, 2), "jobs": (8, 2), "family": (12, 2),
        "volunteer": (2, 2), "benefits": (12, 0), "recovery": (10, 4), "beds": (4, 0), "group": (6, 2),
        "mind": (8, 2), "housing": (10, 0), "food": (6, 0), "legal": (0, 0), "health": (8, 0), "rest": (0, 6),
    }),
}  # fmt: skip
BY_WORDS = {"tenth"}  # of what several agencies say word for word, one is enough


def every(samples: Path) -> list[tuple[str, int, str]]:
    """(file, number, half) of all draws."""
    taken = drawn(samples)
    for half in LATER:
        taken = sorted([*taken, *_later(samples, half, taken)])
    for half in LAST:
        taken = sorted([*taken, *_last(samples, half, taken)])
    return taken


def _later(samples: Path, half: str, taken: list[tuple[str, int, str]]) -> list[tuple[str, int, str]]:
    more, strata = LATER[half]
    dice = random.Random(SEED + more)
    found = services(samples)
    chosen: list[tuple[str, int]] = []
    said = {place: _said(found[place])[0] for place in _new(found, taken, _alike) if place[1] % 2}
    for name, wanted in strata.items():
        heap = [p for p, words in said.items() if p not in chosen and re.search(STRATA[name][1], words, re.S)]
        chosen += [(file, number) for file, number, _ in _turns(heap, wanted, dice)]
    return sorted((file, number, half) for file, number in chosen)


def _last(samples: Path, half: str, taken: list[tuple[str, int, str]]) -> list[tuple[str, int, str]]:
    more, strata = LAST[half]
    dice = random.Random(SEED + more)
    found = services(samples)
    left = {place: _said(found[place]) for place in _new(found, taken, _alike if half not in BY_WORDS else _worded)}
    chosen: list[tuple[str, int]] = []
    for name, (headlined, anywhere) in strata.items():
        for wanted, part in ((headlined, 1), (anywhere, 0)):
            turns = _turns([place for place, said in left.items() if re.search(WIDE[name], said[part])], wanted, dice)
            chosen += [(file, number) for file, number, _ in turns]
            for place in chosen:
                left.pop(place, None)
    return sorted((file, number, half) for file, number in chosen)


def _new(
    found: Mapping[tuple[str, int], Told], taken: Iterable[tuple[str, int, str]], alike: Callable[[Told], str]
) -> list[tuple[str, int]]:
    """Records unlike any that was taken, one of those that say the same; an odd number before an even one."""
    before = {(file, number) for file, number, _ in taken}
    known = {alike(found[place]) for place in before}
    new: dict[str, tuple[str, int]] = {}
    for place in sorted(found, key=lambda place: place[1] % 2 == 0):
        if place not in before and (said := alike(found[place])) not in known:
            new.setdefault(said, place)
    return sorted(new.values())


def _alike(told: Told) -> str:
    """The same for records that say the same at several places."""
    return f"{told.organization}|{told.name}|{told.text[:150]}".casefold()


def _worded(told: Told) -> str:
    """The same for records that say the same, whoever says it; where they say little, of the same agency."""
    return f"{told.name}|{told.text[:150]}".casefold() if len(told.text) > 60 else _alike(told)


@cache
def drawn(samples: Path) -> list[tuple[str, int, str]]:
    """(file, number, half) of each record to label; one record of those that say the same at several places."""
    dice = random.Random(SEED)
    found = services(samples)
    alike: dict[str, tuple[str, int]] = {}
    for place, told in found.items():
        alike.setdefault(_alike(told), place)
    left = {place: _said(found[place]) for place in sorted(alike.values())}
    chosen: list[tuple[str, int, str]] = []
    for strata in (STRATA, SCARCE):
        heaps: dict[str, list[tuple[str, int]]] = {name: [] for name in strata}
        for place, (every, headline) in left.items():
            said = every if strata is STRATA else headline
            if (
                name := next((n for n, (_, words) in strata.items() if re.search(words, said, re.S)), None)
            ) is not None:
                heaps[name].append(place)
        for name, (wanted, _) in strata.items():
            chosen += _turns(heaps[name], wanted, dice)
        for file, number, _ in chosen:
            left.pop((file, number), None)
    return sorted(chosen)


def _turns(heap: list[tuple[str, int]], wanted: int, dice: random.Random) -> list[tuple[str, int, str]]:
    """As many, a file after the other; halved by lot."""
    piles = [[place for place in heap if place[0] == file] for file in sorted({file for file, _ in heap})]
    piles = [dice.sample(pile, len(pile)) for pile in piles]
    turn: list[tuple[str, int]] = []
    while len(turn) < wanted and any(piles):
        turn += [pile.pop() for pile in piles if pile]
    taken = dice.sample(turn[:wanted], min(wanted, len(turn)))
    return [(*place, ("tune", "test")[order % 2]) for order, place in enumerate(taken)]


def _said(told: Told) -> tuple[str, str]:
    """All that a record says, and its name with the publisher's own words, folded."""
    headline = " ".join((told.name, *told.categories[:6])).casefold()
    return f"{headline} {' '.join(told.categories)} {told.text}".casefold(), headline
