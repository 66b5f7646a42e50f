"""How alike two listings' names are, whichever of their names they go by."""

from functools import lru_cache
from itertools import product

from rapidfuzz.fuzz import ratio

from directory.same.facts import FREE, Facts
from directory.same.words import Name

PART = 0.9  # a program's own name without its organisation's, as another publisher may call it
INITIALS = 0.8  # one is called by the first letters of the other's words
ONE_NAME = 0.92  # from this likeness on it is one name, spelt in two ways


def likeness(a: Facts, b: Facts) -> float:
    """0..1: the best of all names either goes by; the organisation of one may be the name of the other."""
    mine, theirs = called_here(a, b)
    best = max(alike(x, y) for x, y in product(mine, theirs))
    wholes = [alike(x, y) for x, y in (*product(a.joined, theirs), *product(b.joined, mine))]
    best = max([best, *(whole for whole in wholes if whole >= ONE_NAME)])  # less is the organisation's words alone
    parts = (*product(a.own, theirs), *product(b.own, mine), *product(a.own, b.own))
    part = max((alike(x, y) for x, y in parts), default=0.0)
    across = crossed(a, b)
    if not (a.street.known and b.street.known) and max(part, *across) >= ONE_NAME:
        return max(best, ONE_NAME)  # one names only the house or who runs it, and has no door that could be another
    best = max(best, PART * part)
    swapped = 0.97 * min(across) if all(across) else 0.8 * max(across)
    return max(best, swapped)


def crossed(a: Facts, b: Facts) -> list[float]:
    """How alike each one's name is to the other's organisation."""
    sides = ((a.called, b.groups), (b.called, a.groups))
    return [max((alike(x, y) for x, y in product(names, groups)), default=0.0) for names, groups in sides]


def operator_alone(a: Facts, b: Facts) -> bool:
    """One is told by its operator's name alone, without a street, and all else agrees: phone, ZIP code, whom they take
    and the levels of care, of which one may tell more. What the other's name adds then is the name of that house, and
    no other program. Where the phone is toll-free and may be a chain's, the levels must be the same, and two at least.
    """
    if (a.street.known and b.street.known) or not a.zip or a.zip != b.zip or a.genders != b.genders:
        return False
    fewer, more = sorted((a.levels, b.levels), key=len)
    if own_phone(a, b):
        agree = bool(fewer) and fewer <= more
    else:
        agree = bool(a.phones & b.phones) and fewer == more and len(more) > 1
    return agree and max(crossed(a, b)) >= ONE_NAME


def own_phone(a: Facts, b: Facts) -> bool:
    """Do they share a number of some town?"""
    return any(not phone.startswith(FREE) for phone in a.phones & b.phones)


def called_here(a: Facts, b: Facts) -> tuple[tuple[Name, ...], tuple[Name, ...]]:
    """All names of both; without the town's in them, too, where both lie in it."""
    one_town = a.town == b.town or (a.zip and a.zip == b.zip)
    return (a.called + a.local, b.called + b.local) if one_town else (a.called, b.called)


@lru_cache(maxsize=65536)
def alike(a: Name, b: Name) -> float:
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
    if a.initials in others or b.initials in words or (len(a.telling) >= 4 and a.telling == b.telling):
        mean = max(mean, INITIALS)
    return max(mean, 0.8) if (words < others or others < words) and min(len(words), len(others)) > 1 else mean
