"""Are two listings the same place? Points field by field, by the table in rules.toml, each with its reason in words.

The answer is the same whichever comes first. Two records of one publisher are not compared: it keeps them apart.
"""

from itertools import product
from math import cos, hypot, radians
from typing import Any

from rapidfuzz.fuzz import ratio

from directory.same.alike import ONE_NAME, likeness, operator_alone, own_phone
from directory.same.facts import FREE, HOUSED, Facts
from directory.same.naming import name_reason
from directory.same.reasons import NOTHING, Grade, Reason, Verdict
from directory.same.words import Street, lists, rules

NEAR, FAR, TOWNS_APART = 0.1, 0.8, 8.0  # kilometres
SLIP = 15  # minutes: nearer than two meetings of one group can begin
KM = 111.2  # of a degree of latitude


def compare(one: Facts, other: Facts) -> Verdict:
    """Symmetric: both are put in one order first."""
    a, b = sorted((one, other), key=lambda facts: facts.id)
    family = _family(a, b)
    if not family:
        reason = Reason("kind", f"One is a {a.family}, the other a {b.family} listing.", bar=True)
        return Verdict(Grade.OTHER, 0.0, (reason,))
    table = rules()[family]
    place = _place(a, b, table)
    one_door = any(reason.field == "address" and reason.points > 0 for reason in place)
    reasons = [name := name_reason(a, b, family, table, one_door), *place, *_kind(a, b, table)]
    if family == "meeting":
        reasons += [_fellowship(a, b), _times(a, b, table), *_way(a, b, table)]
    else:
        reasons += [_phone(a, b, family, table), _gender(a, b, one_door), _levels(a, b, name, one_door, table)]
    told = tuple(reason for reason in reasons if reason.words)
    score = round(sum(reason.points for reason in told), 2)
    return Verdict(_grade(told, score, table), score, told)


def _family(a: Facts, b: Facts) -> str:
    """By which table two listings are compared: a house that is also a program may be told as either. "" for none."""
    if a.family == b.family:
        return a.family
    return "home" if a.families & b.families & HOUSED else ""


def _grade(told: tuple[Reason, ...], score: float, table: dict[str, Any]) -> Grade:
    if score < table["ask"] or any(reason.bar for reason in told):
        return Grade.OTHER
    return Grade.UNSURE if score < table["sure"] or any(reason.doubt for reason in told) else Grade.SURE


# -- place


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
    if "times_same" in table and mine.name == theirs.name and mine.number != theirs.number and _near(a, b):
        return Reason("address", f"Doors near one another: {told}.", table["near"], doubt=True)
    if not _one_street(mine, theirs):
        return Reason("address", f"The addresses differ: {told}.", table["street_other"])
    if a.zip and b.zip and a.zip[:3] != b.zip[:3] and a.town != b.town:
        return Reason("address", f"The same street in other towns: {told}.", table["street_other"])
    if mine.unit and theirs.unit and mine.unit != theirs.unit:
        words = f"One house, other rooms: {mine.unit} and {theirs.unit}."
        return Reason("address", words, table["street_same"] - 2, doubt=True)
    return Reason("address", f"The addresses agree: {told}.", table["street_same"])


def _near(a: Facts, b: Facts) -> bool:
    apart = _kilometres(a.point, b.point)
    return apart is not None and apart <= NEAR


def _one_street(a: Street, b: Street) -> bool:
    if a.number != b.number:
        return False
    first, other = a.name.split()[0], b.name.split()[0]
    return a.name == b.name or ratio(a.name, b.name) >= 78 or (first == other and first not in lists().opening)


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
        if a.zip and b.zip and a.zip != b.zip and not (a.street.known and b.street.known) and "zip_other" in table:
            return Reason(
                "town", "The same town, but other ZIP codes, and a street is missing.", table["zip_other"], True
            )
        return Reason("town", "The same town or ZIP code.", table["town_same"]) if a.zip or a.town != "," else NOTHING
    states = {facts.town.rpartition(",")[2] for facts in (a, b)} - {""}
    apart = _kilometres(a.about, b.about)
    if len(states) < 2 and (one_street or (apart is not None and apart < TOWNS_APART) or not all((a.town, b.town))):
        if "zip_other" in table and a.zip and b.zip and not (a.street.known and b.street.known):
            return Reason("town", "Other ZIP codes, and a street is missing.", table["zip_other"], True)
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


def _phone(a: Facts, b: Facts, family: str, table: dict[str, Any]) -> Reason:
    if not a.phones or not b.phones:
        return NOTHING
    shared = a.phones & b.phones
    if not shared:
        lines = bool(a.groups and b.groups) and family == "community"  # each service of an agency may have its own
        return Reason("phone", "The phone numbers differ.", table["phone_other"], doubt=lines)
    if all(phone.startswith(FREE) for phone in shared):
        if not (a.street.known and b.street.known) and a.zip and a.zip == b.zip and _one_house(a, b):
            return Reason("phone", "They share a toll-free number, name and ZIP code.", table["phone_free_near"])
        return Reason("phone", "They share a toll-free number.", table["phone_free"])
    return Reason("phone", "They share a phone number.", table["phone_shared"])


def _one_house(a: Facts, b: Facts) -> bool:
    return likeness(a, b) > ONE_NAME or operator_alone(a, b)


def _kind(a: Facts, b: Facts, table: dict[str, Any]) -> list[Reason]:
    told = []
    if not a.kinds & b.kinds:
        told.append(Reason("kind", "They are of other kinds.", table["kind_other"]))
    if a.services and b.services and not a.services & b.services and table["services"]:
        told.append(Reason("services", "They share no service.", table["services"], doubt=True))
    if a.site and a.site == b.site and table["website"]:
        told.append(Reason("website", "They have the same website.", table["website"]))
    return told


def _gender(a: Facts, b: Facts, one_door: bool) -> Reason:
    if not a.genders or not b.genders or a.genders == b.genders:
        return NOTHING
    one_place = one_door or (own_phone(a, b) and a.zip == b.zip and likeness(a, b) > ONE_NAME)
    if one_place and a.genders & b.genders:
        return NOTHING
    mine, theirs = (" and ".join(sorted(facts.genders)) for facts in (a, b))
    points = 0.0 if a.genders & b.genders else -3.0  # one house may say more than the other of it
    return Reason("gender", f"One is for {mine}, the other for {theirs}.", points, doubt=True)


def _levels(a: Facts, b: Facts, name: Reason, one_door: bool, table: dict[str, Any]) -> Reason:
    """Which of a clinic's services at one door is the clinic of another publisher: the one that treats as it does."""
    if not one_door or name.points < table["name"][1][1] or not a.levels & b.levels:
        return NOTHING
    return Reason("level", "They share a level of care.", table["level"])


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
        return Reason("times", "One has more hours than the other.", table["times_inside"])
    if a.times & b.times:
        return Reason("times", "Some hours are the same.", table["times_some"], doubt=True)
    fewer, more = sorted((a.times, b.times), key=len)
    if all(any(x[0] == y[0] and abs(x[1] - y[1]) <= SLIP for y in more) for x in fewer):
        return Reason("times", f"The same day, within {SLIP} minutes.", table["times_slip"])
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
