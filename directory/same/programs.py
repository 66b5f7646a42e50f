"""Kinds of program that names tell: detox and outpatient, men and women, a pantry and a legal clinic of one house."""

from directory.same.facts import Facts
from directory.same.words import Name, lists

USUAL = {"adult", "outpatient", "residential"}  # what most programs are


def unlike_sets(a: Name, b: Name) -> tuple[str, str] | None:
    """What each chose of one set of words, where the choices share nothing."""
    for name in sorted({name for name, _ in a.sets} & {name for name, _ in b.sets}):
        mine, theirs = ({member for of, member in one.sets if of == name} for one in (a, b))
        if not mine & theirs:
            told = [" and ".join(sorted(member.partition("|")[0] for member in chosen)) for chosen in (mine, theirs)]
            return told[0], told[1]
    return None


def one_sided(a: Facts, b: Facts) -> bool:
    """Does one name a kind of program that the other neither names nor tells in its facts? Of a house that names two,
    "Residential and Outpatient", one is enough.
    """
    mine, theirs = _by_set(a.names[0]), _by_set(b.names[0])
    return any(
        name not in named and not any(_borne_out(name, member, facts) for member in members)
        for chosen, named, facts in ((mine, theirs, b), (theirs, mine, a))
        for name, members in chosen.items()
    )


def _by_set(name: Name) -> dict[str, set[str]]:
    chosen: dict[str, set[str]] = {}
    for of, member in name.sets:
        chosen.setdefault(of, set()).add(member.partition("|")[0])
    return chosen


def _borne_out(name: str, member: str, facts: Facts) -> bool:
    """ "Harbor House, Residential" is Harbor House where that one is residential."""
    levels = {level.partition("=")[2] for level in facts.levels}
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


def special(words: set[str]) -> bool:
    """Is one of them a kind of program that not most are, as methadone or a detox?"""
    sets = lists().sets
    return any(word in sets and sets[word][1].partition("|")[0] not in USUAL for word in words)
