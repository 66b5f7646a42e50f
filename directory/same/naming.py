"""What two listings' names say: how alike they are, and what one of them has that speaks of another program."""

from functools import lru_cache
from itertools import product
from typing import Any

from rapidfuzz.fuzz import ratio

from directory.same.facts import Facts
from directory.same.reasons import Reason
from directory.same.words import Name

OWN_WORDS = 65  # less alike than this (of 100), what only each name has is no misspelling
PART = 0.9  # a program's own name without its organisation's, as another publisher may call it
OWN_NAME = 0.65  # less alike than this, two names are two
ONE_NAME = 0.92  # from this likeness on it is one name, spelt in two ways


def name_reason(a: Facts, b: Facts, family: str, table: dict[str, Any], one_door: bool) -> Reason:
    alike = likeness(a, b)
    points = next(points for least, points in table["name"] if alike >= least)
    words = f"Names are {round(100 * alike)} % alike."
    bar = doubt = False
    chosen, others = a.names[0], b.names[0]
    if (both := _unlike_sets(chosen, others)) and not (one_door and family == "treatment"):
        points, words, bar = points - 5, f"{words} One says {both[0]}, the other {both[1]}.", family != "treatment"
    elif both:
        points, words, doubt = points - 2, f"{words} One says {both[0]}, the other {both[1]}.", True
    if chosen.numbers != others.numbers:
        lone = not (chosen.numbers and others.numbers)
        counted = any(word.isdigit() for word in chosen.numbers ^ others.numbers)
        told = " and ".join(", ".join(sorted(name.numbers)) or "none" for name in (chosen, others))
        if not lone and not (chosen.numbers & others.numbers):
            points, bar, words = points - 6, True, f"{words} Their numbers differ: {told}."
        elif counted or not one_door:
            points, doubt, words = points - 1, True, f"{words} Their numbers differ: {told}."
    if one_door and _only_organisation(a, b):
        points, doubt, words = points - 1, True, f"{words} Only the organisation's name agrees."
    if not both and (each := _own_words(a, b)):
        points, doubt, words = points - 1, True, f"{words} Each has words of its own: {each[0]}; {each[1]}."
    if family == "treatment" and not both and _one_sided(a, b):
        points, doubt, words = points - 0.5, True, f"{words} Only one names a kind of program."
    return Reason("name", words, points, doubt, bar)


def likeness(a: Facts, b: Facts) -> float:
    """0..1: the best of all names either goes by; the organisation of one may be the name of the other."""
    mine, theirs = _called(a, b)
    best = max(_alike(x, y) for x, y in product(mine, theirs))
    wholes = [_alike(x, y) for x, y in (*product(a.joined, theirs), *product(b.joined, mine))]
    best = max([best, *(whole for whole in wholes if whole >= ONE_NAME)])  # less is the organisation's words alone
    parts = (*product(a.own, theirs), *product(b.own, mine), *product(a.own, b.own))
    best = max([best, *(PART * _alike(x, y) for x, y in parts)])
    crossed = [
        max((_alike(x, y) for x, y in product(names, groups)), default=0.0)
        for names, groups in ((a.called, b.groups), (b.called, a.groups))
    ]
    if not (a.street.known and b.street.known) and max(crossed) >= ONE_NAME:
        return max(best, ONE_NAME)  # one names only who runs it, and has no door that could be another
    swapped = 0.97 * min(crossed) if all(crossed) else 0.8 * max(crossed)
    return max(best, swapped)


def _only_organisation(a: Facts, b: Facts) -> bool:
    """ "Parent Hour" of Harbor Inc and Harbor Inc itself: perhaps one of several programs behind that door."""
    if bool(a.joined) == bool(b.joined) or (a.groups and b.groups) or likeness(a, b) >= ONE_NAME:
        return False
    return max(_alike(x, y) for x, y in product((*a.called, *a.own), (*b.called, *b.own))) < OWN_NAME


def _called(a: Facts, b: Facts) -> tuple[tuple[Name, ...], tuple[Name, ...]]:
    """All names of both; without the town's in them, too, where both lie in it."""
    one_town = a.town == b.town or (a.zip and a.zip == b.zip)
    return (a.called + a.local, b.called + b.local) if one_town else (a.called, b.called)


@lru_cache(maxsize=65536)
def _alike(a: Name, b: Name) -> float:
    if not a.all or not b.all:
        return 0.0
    whole = ratio(a.all, b.all) / 100
    if not a.core or not b.core:
        return whole if a.core == b.core else 0.8 * whole
    if a.core == b.core:
        return max(whole, 0.93)
    words, others = set(a.core.split()), set(b.core.split())
    core = ratio(a.core, b.core) / 100
    mean = 0.35 * whole + 0.65 * core
    return max(mean, 0.8) if (words < others or others < words) and min(len(words), len(others)) > 1 else mean


def _unlike_sets(a: Name, b: Name) -> tuple[str, str] | None:
    """What each chose of one set of words, where the choices share nothing."""
    for name in sorted({name for name, _ in a.sets} & {name for name, _ in b.sets}):
        mine, theirs = ({member for of, member in one.sets if of == name} for one in (a, b))
        if not mine & theirs:
            told = [" and ".join(sorted(member.partition("|")[0] for member in chosen)) for chosen in (mine, theirs)]
            return told[0], told[1]
    return None


def _own_words(a: Facts, b: Facts) -> tuple[str, str] | None:
    """ "Harbor Inc, Drug Court" and "Harbor Inc, Family Ties": two programs of one organisation, in its own words."""
    mine, theirs = max(product(*_called(a, b)), key=lambda pair: _alike(*pair))
    words, others = set(mine.core.split()), set(theirs.core.split())
    own, their_own = " ".join(sorted(words - others)), " ".join(sorted(others - words))
    told = own and their_own and words & others and ratio(own, their_own) < OWN_WORDS
    return (own, their_own) if told else None


def _one_sided(a: Facts, b: Facts) -> bool:
    """Does one name a kind of program that the other neither names nor tells in its facts?"""
    mine, theirs = a.names[0].sets, b.names[0].sets
    sets, others = {name for name, _ in mine}, {name for name, _ in theirs}
    return any(
        name not in named and not _borne_out(name, member.partition("|")[0], facts)
        for chosen, named, facts in ((mine, others, b), (theirs, sets, a))
        for name, member in chosen
    )


def _borne_out(name: str, member: str, facts: Facts) -> bool:
    """ "Harbor House, Residential" is Harbor House where that one is residential."""
    levels = {service.partition("=")[2] for service in facts.services if service.startswith("level=")}
    match name, member:
        case "gender", _:
            return facts.genders == {"women" if member == "women" else "men"}
        case "age", "adult":
            return True
        case "care", "detox":
            return any(level.endswith("detox") for level in levels)
        case "care", "methadone":
            return "opioid_treatment_program" in levels
        case "care", "outpatient":
            return facts.kinds == {"outpatient"}
        case "care", "residential":
            return "residential" in facts.kinds
    return False
