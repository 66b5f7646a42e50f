"""Are two listings the same place? Points field by field, by the table in rules.toml, each with its reason in words.

The answer is the same whichever comes first. Two records of one publisher are not compared: it keeps them apart.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import product
from math import cos, hypot, radians
from typing import Any

from rapidfuzz.fuzz import ratio

from directory.same.facts import FREE, Facts
from directory.same.words import Name, Street, rules

NEAR, FAR, TOWNS_APART = 0.1, 0.8, 8.0  # kilometres
OWN_WORDS = 65  # less alike than this (of 100), what only each name has is no misspelling
KM = 111.2  # of a degree of latitude


class Grade(StrEnum):
    SURE = "sure"  # linked by the rules
    UNSURE = "unsure"  # a person is asked
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Reason:
    """What one field says: `doubt` keeps the pair from being linked by the rules, `bar` from being asked about."""

    field: str
    words: str
    points: float = 0.0
    doubt: bool = False
    bar: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    grade: Grade
    score: float
    reasons: tuple[Reason, ...]


def compare(one: Facts, other: Facts) -> Verdict:
    """Symmetric: both are put in one order first."""
    a, b = sorted((one, other), key=lambda facts: facts.id)
    if a.family != b.family:
        reason = Reason("kind", f"One is a {a.family}, the other a {b.family} listing.", bar=True)
        return Verdict(Grade.OTHER, 0.0, (reason,))
    table = rules()[a.family]
    place = _place(a, b, table)
    reasons = [_name(a, b, table, _at_one_door(place)), *place, _phone(a, b, table), *_kind(a, b, table)]
    if a.family == "meeting":
        reasons += [_fellowship(a, b), _times(a, b, table), *_way(a, b, table)]
    told = tuple(reason for reason in reasons if reason.words)
    score = round(sum(reason.points for reason in told), 2)
    return Verdict(_grade(told, score, table), score, told)


def _grade(told: tuple[Reason, ...], score: float, table: dict[str, Any]) -> Grade:
    if score < table["ask"] or any(reason.bar for reason in told):
        return Grade.OTHER
    return Grade.UNSURE if score < table["sure"] or any(reason.doubt for reason in told) else Grade.SURE


NOTHING = Reason("", "")


# -- name


def _name(a: Facts, b: Facts, table: dict[str, Any], one_door: bool) -> Reason:
    alike = likeness(a, b)
    points = next(points for least, points in table["name"] if alike >= least)
    words = f"Names are {round(100 * alike)} % alike."
    bar = doubt = False
    chosen, others = a.names[0], b.names[0]
    if (both := _unlike_sets(chosen, others)) and not (one_door and a.family == "treatment"):
        points, words, bar = points - 5, f"{words} One says {both[0]}, the other {both[1]}.", a.family != "treatment"
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
    if not both and (each := _own_words(a, b)):
        points, doubt, words = points - 1, True, f"{words} Each has words of its own: {each[0]}; {each[1]}."
    if a.family == "treatment" and not both and _one_sided(chosen, others):
        points, doubt, words = points - 0.5, True, f"{words} Only one names a kind of program."
    return Reason("name", words, points, doubt, bar)


def likeness(a: Facts, b: Facts) -> float:
    """0..1: the best of all names either goes by; the organisation of one may be the name of the other."""
    best = max(_alike(x, y) for x, y in product(a.names, b.names))
    crossed = [
        max((_alike(x, y) for x, y in product(names, groups)), default=0.0)
        for names, groups in ((a.names, b.groups), (b.names, a.groups))
    ]
    swapped = 0.97 * min(crossed) if all(crossed) else 0.8 * max(crossed)
    return max(best, swapped)


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
    mine, theirs = max(product(a.names, b.names), key=lambda pair: _alike(*pair))
    words, others = set(mine.core.split()), set(theirs.core.split())
    own, their_own = " ".join(sorted(words - others)), " ".join(sorted(others - words))
    told = own and their_own and words & others and ratio(own, their_own) < OWN_WORDS
    return (own, their_own) if told else None


def _one_sided(a: Name, b: Name) -> bool:
    return bool({name for name, _ in a.sets} ^ {name for name, _ in b.sets})


# -- place


def _at_one_door(place: list[Reason]) -> bool:
    return any(reason.field == "address" and reason.points > 0 for reason in place)


def _place(a: Facts, b: Facts, table: dict[str, Any]) -> list[Reason]:
    if "online" in (a.way, b.way) or "phone" in (a.way, b.way):
        return []
    told = [_street(a, b, table)]
    apart = _kilometres(a.point, b.point)
    if not told[0].points:
        told.append(_pins(a, b, apart, table))
    elif told[0].points > 0 and apart is not None and apart > TOWNS_APART:
        told.append(Reason("pin", f"Their pins are {apart:.0f} km apart.", 0.0, doubt=True))
    return [*told, _town(a, b, table, told[0].points > 0)]


def _street(a: Facts, b: Facts, table: dict[str, Any]) -> Reason:
    mine, theirs = a.street, b.street
    if not mine.known or not theirs.known:
        return NOTHING
    told = f"{mine.number} {mine.name} and {theirs.number} {theirs.name}"
    if not _one_street(mine, theirs):
        return Reason("address", f"The addresses differ: {told}.", table["street_other"])
    if a.zip and b.zip and a.zip[:3] != b.zip[:3] and a.town != b.town:
        return Reason("address", f"The same street in other towns: {told}.", table["street_other"])
    if mine.unit and theirs.unit and mine.unit != theirs.unit:
        words = f"One house, other rooms: {mine.unit} and {theirs.unit}."
        return Reason("address", words, table["street_same"] - 2, doubt=True)
    return Reason("address", f"The addresses agree: {told}.", table["street_same"])


def _one_street(a: Street, b: Street) -> bool:
    if a.number != b.number:
        return False
    return a.name == b.name or ratio(a.name, b.name) >= 78 or a.name.split()[0] == b.name.split()[0]


def _pins(a: Facts, b: Facts, apart: float | None, table: dict[str, Any]) -> Reason:
    if a.building and a.building == b.building and a.town == b.town and "building" in table:
        return Reason("place", "The same building in the same town.", table["building"])
    if apart is not None and apart <= NEAR:
        return Reason("pin", f"Their pins are {1000 * apart:.0f} m apart.", table["near"])
    if apart is not None and apart >= FAR:
        return Reason("pin", f"Their pins are {apart:.1f} km apart.", table["far"])
    return NOTHING


def _town(a: Facts, b: Facts, table: dict[str, Any], one_street: bool) -> Reason:
    if a.town == b.town or (a.zip and a.zip == b.zip):
        return Reason("town", "The same town or ZIP code.", table["town_same"]) if a.zip or a.town != "," else NOTHING
    states = {facts.town.rpartition(",")[2] for facts in (a, b)} - {""}
    apart = _kilometres(a.about, b.about)
    if len(states) < 2 and (one_street or (apart is not None and apart < TOWNS_APART) or not all((a.town, b.town))):
        return NOTHING  # a suburb by its own name and by the city's
    if a.town.startswith(",") or b.town.startswith(","):
        return NOTHING
    return Reason("town", f"Other towns: {a.town} and {b.town}.", table["town_other"])


def _kilometres(a: tuple[float, float] | None, b: tuple[float, float] | None) -> float | None:
    """Between near points; as the crow flies over a flat town."""
    if a is None or b is None:
        return None
    return hypot(a[0] - b[0], (a[1] - b[1]) * cos(radians(a[0]))) * KM


# -- phone, kind, services


def _phone(a: Facts, b: Facts, table: dict[str, Any]) -> Reason:
    if a.family == "meeting" or not a.phones or not b.phones:
        return NOTHING
    shared = a.phones & b.phones
    if not shared:
        return Reason("phone", "The phone numbers differ.", table["phone_other"])
    if all(phone.startswith(FREE) for phone in shared):
        return Reason("phone", "They share a toll-free number.", table["phone_free"])
    return Reason("phone", "They share a phone number.", table["phone_shared"])


def _kind(a: Facts, b: Facts, table: dict[str, Any]) -> list[Reason]:
    told = []
    if not a.kinds & b.kinds:
        told.append(Reason("kind", "They are of other kinds.", table["kind_other"]))
    if a.services and b.services and not a.services & b.services and table["services"]:
        told.append(Reason("services", "They share no service.", table["services"], doubt=True))
    if a.site and a.site == b.site and table["website"]:
        told.append(Reason("website", "They have the same website.", table["website"]))
    return told


# -- meetings


def _fellowship(a: Facts, b: Facts) -> Reason:
    if a.fellowships and b.fellowships and not a.fellowships & b.fellowships:
        return Reason("fellowship", "They are of other fellowships.", bar=True)
    if a.fellowships and b.fellowships:
        return Reason("fellowship", "The same fellowship.")
    return Reason("fellowship", "The fellowship of one is not known.", -0.5)


def _times(a: Facts, b: Facts, table: dict[str, Any]) -> Reason:
    if not a.times or not b.times:
        return Reason("times", "The hour of one is not known.", table["times_unknown"], doubt=True)
    if a.times == b.times:
        return Reason("times", "The same hours.", table["times_same"])
    if a.times < b.times or b.times < a.times:
        return Reason("times", "One has more hours than the other.", table["times_inside"], doubt=True)
    if a.times & b.times:
        return Reason("times", "Some hours are the same.", table["times_some"], doubt=True)
    if any(x[0] == y[0] and abs(x[1] - y[1]) <= 30 for x, y in product(a.times, b.times)):
        return Reason("times", "The same day, within half an hour.", table["times_close"], doubt=True)
    return Reason("times", "Other hours.", table["times_other"], bar=True)


def _way(a: Facts, b: Facts, table: dict[str, Any]) -> list[Reason]:
    told = []
    if a.room and b.room:
        same = a.room == b.room
        words = "The same online room." if same else "Other online rooms."
        told.append(Reason("link", words, table["link_same" if same else "link_other"]))
    if {a.way, b.way} in ({"online", "in_person"}, {"phone", "in_person"}):
        told.append(Reason("way", "One meets in a room, the other does not.", table["way_other"], doubt=True))
    return told
