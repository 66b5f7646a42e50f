"""What two listings' names say of their being one place: points, and what one has that speaks of another program."""

from itertools import product
from typing import Any

from rapidfuzz.fuzz import ratio

from directory.same.alike import ONE_NAME, alike, called_here, likeness, operator_alone
from directory.same.facts import Facts
from directory.same.programs import one_sided, special, unlike_sets
from directory.same.reasons import Reason
from directory.same.words import lists

OWN_WORDS = 65  # less alike than this (of 100), what only each name has is no misspelling
SLIP = 75  # two letters of six in the wrong order
OWN_NAME = 0.65  # less alike than this, two names are two


def name_reason(a: Facts, b: Facts, family: str, table: dict[str, Any], one_door: bool) -> Reason:
    found = likeness(a, b)
    points = next(points for least, points in table["name"] if found >= least)
    words = f"Names are {round(100 * found)} % alike."
    bar = doubt = False
    chosen, others = a.names[0], b.names[0]
    alone = operator_alone(a, b)
    if (both := unlike_sets(chosen, others)) and not (one_door and family == "treatment"):
        points, words, bar = points - 5, f"{words} One says {both[0]}, the other {both[1]}.", family != "treatment"
    elif both:
        points, words, doubt = points - 2, f"{words} One says {both[0]}, the other {both[1]}.", True
    mine, theirs = _numbers(a, b)
    told = " and ".join(", ".join(sorted(numbers)) or "none" for numbers in (mine, theirs))
    if mine and theirs and not mine & theirs:
        points, bar, words = points - 6, True, f"{words} Their numbers differ: {told}."
    elif any(word.isdigit() for word in mine ^ theirs) or (mine != theirs and not (one_door or alone)):
        points, doubt, words = points - 1, True, f"{words} Their numbers differ: {told}."
    if one_door and (_only_organisation(a, b) or (family == "community" and _only_one_part(a, b))):
        points, doubt, words = points - 1, True, f"{words} Only the organisation's name agrees."
    if not both and (each := _own_words(a, b, family)):
        points, doubt, words = points - 1, True, f"{words} Each has words of its own: {each[0]}; {each[1]}."
    if family == "treatment" and not both and not alone and one_sided(a, b):
        points, doubt, words = points - 0.5, True, f"{words} Only one names a kind of program."
    return Reason("name", words, points, doubt, bar)


def _only_organisation(a: Facts, b: Facts) -> bool:
    """ "Parent Hour" of Harbor Inc and Harbor Inc itself: perhaps one of several programs behind that door."""
    if bool(a.joined) == bool(b.joined) or (a.groups and b.groups) or likeness(a, b) >= ONE_NAME:
        return False
    return max(alike(x, y) for x, y in product((*a.called, *a.own), (*b.called, *b.own))) < OWN_NAME


def _only_one_part(a: Facts, b: Facts) -> bool:
    """An agency, or a service of it, and "Agency - Another Service": behind one door an agency has many."""
    if bool(a.own) != bool(b.own):
        return True
    joined, plain = (a, b) if len(a.names) > 1 else (b, a)
    if len(joined.names) < 2 or len(plain.names) > 1 or alike(joined.names[1], plain.names[0]) < ONE_NAME:
        return False
    more = set(joined.names[0].core.split()) - set(plain.names[0].core.split())
    return bool(_telling(more, plain))


def _numbers(a: Facts, b: Facts) -> tuple[frozenset[str], frozenset[str]]:
    """What counts houses in both names: no number of who runs them, nor of their street. Where both names hold the
    street's number, that says enough, and a number that only one of them has says nothing.
    """
    streets = {a.street.number, b.street.number}
    groups = {number for facts in (a, b) for name in facts.groups for number in name.numbers if number.isdigit()}
    plain = streets | {number for number in groups if len(number) > 1}
    mine, theirs = a.names[0].numbers, b.names[0].numbers
    if streets & mine & theirs and not (mine - plain and theirs - plain):
        return frozenset(), frozenset()
    return mine - plain, theirs - plain


def _own_words(a: Facts, b: Facts, family: str) -> tuple[str, str] | None:
    """ "Harbor Inc, Drug Court" and "Harbor Inc, Family Ties": two programs of one organisation, in its own words. An
    agency has so many services that any word only one of them has is asked about.
    """
    pairs = product(*called_here(a, b))
    mine, theirs = max(pairs, key=lambda pair: (alike(*pair), sorted(name.all for name in pair)))
    if len(a.names) > 1 and len(b.names) > 1 and alike(a.names[1], b.names[1]) >= ONE_NAME:
        mine, theirs = a.names[0], b.names[0]  # "Harbor - Drug Court": what joins names has the organisation's first
    words, others = set(mine.core.split()), set(theirs.core.split())
    own, their_own = words - others, others - words
    told, their_told = _telling(own, b), _telling(their_own, a)
    if family == "community":
        told, their_told = _without_slips(told, b), _without_slips(their_told, a)
    shown = [" ".join(sorted(some)) for some in (told, their_told)]
    if not any(shown) or ratio(*shown) >= OWN_WORDS:
        return None
    each_own = words & others and own and their_own
    if family == "community" or _both_parts(a, b) or (each_own and (all(shown) or special(told | their_told))):
        return shown[0] or "none", shown[1] or "none"
    return None


def _both_parts(a: Facts, b: Facts) -> bool:
    """Does each name its organisation, the same, and a program of it?"""
    parts = a.groups and b.groups and not (a.joined or b.joined)
    return bool(parts) and alike(a.groups[0], b.groups[0]) >= ONE_NAME


def _telling(words: set[str], other: Facts) -> set[str]:
    """Without what the other says elsewhere, its organisation or its town, and what only says how it is treated."""
    known = lists()
    elsewhere = {word for name in other.groups for word in name.all.split()} | set(other.town.partition(",")[0].split())
    return words - elsewhere - known.substances - (known.care - known.sets.keys())


def _without_slips(words: set[str], other: Facts) -> set[str]:
    # "Pnatry" is the pantry of the other; men and women are both meant
    known, others = lists().sets.keys(), {word for name in other.names for word in name.all.split()}
    return {word for word in words if all(ratio(word, one) < SLIP or {word, one} <= known for one in others)}
