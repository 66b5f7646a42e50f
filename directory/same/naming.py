"""What two listings' names say: how alike they are, and what one of them has that speaks of another program."""

from functools import lru_cache
from itertools import product
from typing import Any

from rapidfuzz.fuzz import ratio

from directory.same.facts import FREE, Facts
from directory.same.programs import one_sided, special, unlike_sets
from directory.same.reasons import Reason
from directory.same.words import Name, lists

OWN_WORDS = 65  # less alike than this (of 100), what only each name has is no misspelling
PART = 0.9  # a program's own name without its organisation's, as another publisher may call it
INITIALS = 0.8  # one is called by the first letters of the other's words
OWN_NAME = 0.65  # less alike than this, two names are two
ONE_NAME = 0.92  # from this likeness on it is one name, spelt in two ways


def name_reason(a: Facts, b: Facts, family: str, table: dict[str, Any], one_door: bool) -> Reason:
    alike = likeness(a, b)
    points = next(points for least, points in table["name"] if alike >= least)
    words = f"Names are {round(100 * alike)} % alike."
    bar = doubt = False
    chosen, others = a.names[0], b.names[0]
    alone = operator_alone(a, b)
    if (both := unlike_sets(chosen, others)) and not (one_door and family == "treatment"):
        points, words, bar = points - 5, f"{words} One says {both[0]}, the other {both[1]}.", family != "treatment"
    elif both:
        points, words, doubt = points - 2, f"{words} One says {both[0]}, the other {both[1]}.", True
    mine, theirs = _numbers(a, b)
    if mine != theirs:
        lone = not (mine and theirs)
        counted = any(word.isdigit() for word in mine ^ theirs)
        told = " and ".join(", ".join(sorted(numbers)) or "none" for numbers in (mine, theirs))
        if not lone and not (mine & theirs):
            points, bar, words = points - 6, True, f"{words} Their numbers differ: {told}."
        elif counted or not (one_door or alone):
            points, doubt, words = points - 1, True, f"{words} Their numbers differ: {told}."
    if one_door and (_only_organisation(a, b) or (family == "community" and bool(a.own) != bool(b.own))):
        points, doubt, words = points - 1, True, f"{words} Only the organisation's name agrees."
    if not both and (each := _own_words(a, b)):
        points, doubt, words = points - 1, True, f"{words} Each has words of its own: {each[0]}; {each[1]}."
    if family == "treatment" and not both and not alone and one_sided(a, b):
        points, doubt, words = points - 0.5, True, f"{words} Only one names a kind of program."
    return Reason("name", words, points, doubt, bar)


def likeness(a: Facts, b: Facts) -> float:
    """0..1: the best of all names either goes by; the organisation of one may be the name of the other."""
    mine, theirs = _called(a, b)
    best = max(_alike(x, y) for x, y in product(mine, theirs))
    wholes = [_alike(x, y) for x, y in (*product(a.joined, theirs), *product(b.joined, mine))]
    best = max([best, *(whole for whole in wholes if whole >= ONE_NAME)])  # less is the organisation's words alone
    parts = (*product(a.own, theirs), *product(b.own, mine), *product(a.own, b.own))
    part = max((_alike(x, y) for x, y in parts), default=0.0)
    crossed = _crossed(a, b)
    if not (a.street.known and b.street.known) and max(part, *crossed) >= ONE_NAME:
        return max(best, ONE_NAME)  # one names only the house or who runs it, and has no door that could be another
    best = max(best, PART * part)
    swapped = 0.97 * min(crossed) if all(crossed) else 0.8 * max(crossed)
    return max(best, swapped)


def _crossed(a: Facts, b: Facts) -> list[float]:
    """How alike each one's name is to the other's organisation."""
    sides = ((a.called, b.groups), (b.called, a.groups))
    return [max((_alike(x, y) for x, y in product(names, groups)), default=0.0) for names, groups in sides]


def operator_alone(a: Facts, b: Facts) -> bool:
    """One is told by its operator's name alone, without a street, and all else agrees: phone, ZIP code, whom they take
    and the levels of care, of which one may tell more. What the other's name adds then is the name of that house, and
    no other program. Where the phone is toll-free and may be a chain's, the levels must be the same, and two at least.
    """
    if (a.street.known and b.street.known) or not a.zip or a.zip != b.zip or a.genders != b.genders:
        return False
    fewer, more = sorted((a.levels, b.levels), key=len)
    agree = fewer == more and (len(more) > 1 or own_phone(a, b)) if not own_phone(a, b) else fewer <= more
    return bool(fewer and agree and a.phones & b.phones) and max(_crossed(a, b)) >= ONE_NAME


def own_phone(a: Facts, b: Facts) -> bool:
    """Do they share a number of some town?"""
    return any(not phone.startswith(FREE) for phone in a.phones & b.phones)


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
    if a.initials in others or b.initials in words or (len(a.telling) >= 4 and a.telling == b.telling):
        mean = max(mean, INITIALS)
    return max(mean, 0.8) if (words < others or others < words) and min(len(words), len(others)) > 1 else mean


def _numbers(a: Facts, b: Facts) -> tuple[frozenset[str], frozenset[str]]:
    """What counts houses in both names: not a number of who runs them, nor of their street; nothing at all where both
    names hold the number of the street, which is the better one.
    """
    if any(number and {number} <= a.names[0].numbers & b.names[0].numbers for number in (a.street.number, b.street.number)):
        return frozenset(), frozenset()
    groups = [number for facts in (a, b) for name in facts.groups for number in name.numbers if number.isdigit()]
    plain = {number for number in groups if len(number) > 1} | {a.street.number, b.street.number}
    return a.names[0].numbers - plain, b.names[0].numbers - plain


def _own_words(a: Facts, b: Facts) -> tuple[str, str] | None:
    """ "Harbor Inc, Drug Court" and "Harbor Inc, Family Ties": two programs of one organisation, in its own words."""
    mine, theirs = max(product(*_called(a, b)), key=lambda pair: _alike(*pair))
    if len(a.names) > 1 and len(b.names) > 1 and _alike(a.names[1], b.names[1]) >= ONE_NAME:
        mine, theirs = a.names[0], b.names[0]  # "Harbor - Drug Court": what joins names has the organisation's first
    words, others = set(mine.core.split()), set(theirs.core.split())
    own, their_own = words - others, others - words
    told, their_told = _told(own, b), _told(their_own, a)
    if _both_parts(a, b) and (told or their_told) and not told & their_told:
        return " ".join(sorted(told)) or "none", " ".join(sorted(their_told)) or "none"
    if not (words & others and own and their_own) or ratio(" ".join(sorted(told)), " ".join(sorted(their_told))) >= OWN_WORDS:
        return None
    if (told and their_told) or special(told | their_told):
        return " ".join(sorted(own)), " ".join(sorted(their_own))
    return None


def _both_parts(a: Facts, b: Facts) -> bool:
    """Does each name its organisation, the same, and a program of it?"""
    parts = a.groups and b.groups and not a.joined and not b.joined
    return bool(parts) and _alike(a.groups[0], b.groups[0]) >= ONE_NAME


def _told(words: set[str], other: Facts) -> set[str]:
    """Without what the other says elsewhere, its organisation or its town, and what only says how it is treated."""
    known = lists()
    elsewhere = {word for name in other.groups for word in name.all.split()} | set(other.town.partition(",")[0].split())
    return words - elsewhere - known.substances - (known.care - known.sets.keys())
