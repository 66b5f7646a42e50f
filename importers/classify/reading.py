"""From weights to a meaning: on topic or not, which kind, which needs."""

from collections.abc import Mapping

from directory.vocab import Kind, Need
from importers.classify.details import details
from importers.classify.telling import Meaning, Told
from importers.classify.weighing import Weights, weigh

ENOUGH = 1.6  # weight from which a record is about something at all
NAMED = 1.5  # weight from which a need counts as given
BESIDE = 0.42  # and its share of the heaviest need
ALSO = 0.75  # share of substance use from which mental health care is given too, and not only mentioned
BOTH = 1.3  # what it is about and that it treats must both be said this much
BALANCED = 0.65  # where this much of the weight speaks for the other side, a person decides
ALIKE = 0.85  # so near is a recovery home to a residential program
COUNSELS = 2.9  # counseling said once in passing is no counseling center: many kinds of help are called so
STAYS = 1.3  # weight from which people stay day and night
SEVERAL = 0.55  # share of the three heaviest needs together that a place of many needs comes to
SAID = 1.0  # weight from which something counts as said
TREATED = 3.5  # weight of treatment from which a group or a home is a part of a program
# Care of this share of the heaviest need is what the place is: who lives there is fed, taught and placed there too.
CLOSE = {Kind.SUPPORT_GROUP: 0.72, Kind.OUTPATIENT: 1.0, Kind.RESIDENTIAL: 0.5, Kind.SOBER_LIVING: 0.4}
NOTHING = "nothing it says is about recovery or a need of the directory"
MAY_BE_OFF_TOPIC = "may have nothing to do with aftercare"
WHICH_STAY = "a recovery home or a residential program"
KINDS = {
    Kind.SUPPORT_GROUP: ("group", "recoverable"),
    Kind.SOBER_LIVING: ("home", "recovering", "stay"),
    Kind.RESIDENTIAL: ("bed", "treats", "substance", "mind"),
    Kind.OUTPATIENT: ("treats", "visit", "substance", "mind", "counsel"),
}
CLINICAL = (Need.HEALTH.value, Need.DENTAL.value, Need.HARM_REDUCTION.value)  # what a clinic may give beside
OUTRIGHT = 2.4  # weight of one strong phrase at the head of its own text
MIND, HOUSING = f"need.{Need.MENTAL_HEALTH.value}", f"need.{Need.HOUSING.value}"
ON_THE_LINE = 1.6  # a crisis line speaks with everybody, and treats nobody
OVERSEES = 0.8
MUCH = 6.0  # weight from which more only says the same again
FILED = 0.75  # share of the heaviest need, where only terms and categories tell the needs
HINTED = 0.6  # share of a need that was only hinted at ("health", "work"), never said outright
CARED = frozenset({"substance", "mind", "treats", "bed", "counsel", "care"})  # one of them said outright
GIVES = frozenset(
    {"treats", "visit", "bed", "home", "stay", "group", "recoverable", *(f"need.{need}" for need in Need)}
)
# Needs that are met by a thing which has a name of its own.
THINGS = {f"need.{need.value}" for need in (Need.FOOD, Need.CLOTHING, Need.DENTAL, Need.ID)}
NEEDS = {f"need.{need.value}": need.value for need in Need}


def classify(told: Told) -> Meaning:
    """What a service is; never raises, and knows nothing beside its words."""
    weights = weigh(told)
    care = _care(weights)
    need, _ = weights.best("need.")
    meant = [
        (score, kind)
        for kind, score in care.items()
        if score >= ENOUGH and score >= CLOSE[kind] * _elsewhere(weights, kind)
    ]
    sure, kind = max(meant, key=lambda one: one[0], default=(_general(weights), Kind.COMMUNITY_SERVICE))
    away, against = _away(weights, kind, need)
    if sure < ENOUGH or against > sure:
        reason = "; ".join(weights.cause(away)[:2]) if away and against > sure else NOTHING
        facets, denied = details(told, Kind.COMMUNITY_SERVICE, weights)
        return Meaning(Kind.COMMUNITY_SERVICE, facets, _share(sure, against), reason, False, denied)
    causes = weights.cause(*KINDS.get(kind, ("hardship", need)))
    facets, denied = details(told, kind, weights)
    if needs := _needs(weights, kind, need):
        facets = {**facets, "need": needs}
    return Meaning(
        kind, facets, _share(sure, against), "; ".join(causes[:3]), True, denied, _doubt(care, kind, sure, against)
    )


def _care(weights: Weights) -> Mapping[Kind, float]:
    """How much speaks for each kind but community service."""
    counsel = weights["counsel"] * (1.0 if "counsel" in weights.firm and weights["counsel"] >= COUNSELS else 0.5)
    about = max(weights["substance"], weights["mind"], weights["care"], counsel)
    treats = max(weights["treats"], min(weights["visit"], about))
    bed, visit = weights["bed"], weights["visit"]
    acts = max(treats, bed * 0.8)
    care = (about + acts) / 2 if min(about, acts) >= BOTH else min(about, acts)
    care *= 1.0 if weights.firm & CARED else HINTED  # "recovery" alone may be of data, or of a knee
    stays = bed >= STAYS and bed >= visit * 0.9 and not _sends_on(weights)
    group = _said(weights, "group") if max(weights["substance"], weights["mind"], weights["recoverable"]) >= 1 else 0.0
    recovery = min(weights["recovering"], weights["substance"] + 0.5) if weights["treats"] < TREATED else 0.0
    of_itself = weights["treats"] < TREATED or "group" in weights.named & weights.firm
    return {
        Kind.SUPPORT_GROUP: max(group, weights["recoverable"]) * (1.2 if of_itself else 0.7),
        Kind.SOBER_LIVING: max(weights["home"] * 1.2, min(weights["stay"], recovery) * 1.1),
        Kind.RESIDENTIAL: care * 1.1 if stays else 0.0,
        Kind.OUTPATIENT: 0.0 if stays else care,
    }


def _general(weights: Weights) -> float:
    """How much speaks for a community service: one need, a hardship that brings many, or several a little each."""
    needs = sorted((_outright(weights, need, weights.firm | weights.named) for need in NEEDS), reverse=True)
    return max(needs[0], weights["hardship"], sum(needs[:3]) * SEVERAL)


def _outright(weights: Weights, need: str, said: set[str]) -> float:
    """Less, where it was only hinted at."""
    return weights[need] * (1.0 if need in said else HINTED)


def _said(weights: Weights, sense: str) -> float:
    """Half, where only terms and categories speak of it: many who do something beside file themselves under it."""
    return weights[sense] if weights.own.get(sense, 0.0) >= SAID else weights[sense] / 2


def _sends_on(weights: Weights) -> bool:
    """An intake office or a crisis team lists the beds it finds for people among its terms; it has none itself."""
    said = weights.own.get("bed", 0.0)
    return said < max(weights["intake"] * 0.6, SAID * (weights["line"] >= SAID))


def _elsewhere(weights: Weights, kind: Kind) -> float:
    """What speaks for a community service and is no part of such a place: a recovery home is housing."""
    part = {MIND, HOUSING} if kind is Kind.SOBER_LIVING else {MIND}
    needs = [_outright(weights, need, weights.firm) for need in NEEDS if need not in part]
    line = weights["line"] * ON_THE_LINE if kind in (Kind.OUTPATIENT, Kind.RESIDENTIAL) else 0.0
    return max(*needs, weights["hardship"], line)


def _away(weights: Weights, kind: Kind, need: str) -> tuple[str, float]:
    """What speaks against it; being for the young does, but for child care and substance use treatment.

    Who only licenses, trains or pays those who treat, or says that it has ended, and names nothing that it gives
    itself, is kept out whatever it is filed under.
    """
    treats = {"substance", "treats"} <= weights.firm and min(weights["substance"], weights["treats"]) >= ENOUGH
    welcome = treats or (need == "need.child_care" and need in weights.firm)
    able = {"away.minors"} if welcome else set()
    able |= {"away.disability"} if treats else set()  # deaf people, too, are treated for substance use
    lesser = _lesser(weights, treats)
    found = [
        (w * (0.5 if s in lesser else 1.0), s)
        for s, w in weights.sums.items()
        if s.startswith("away.") and s not in able
    ]
    against, away = max(found, default=(0.0, ""))
    for only in ("oversees", "ended"):
        if weights[only] >= OVERSEES and not weights.told & GIVES:
            return only, float("inf")
    if away == "away.elders" and away not in lesser:
        against += weights["only.elders"] / 2
    if (young := weights["only.minors"]) and not welcome:
        away, against = ("only.minors", against + 2 * young) if young > 1 else (away, against + young)
    return away, against


def _lesser(weights: Weights, treats: bool) -> set[str]:
    """What counts half against it: courts where those they send are helped, schools where adults learn."""
    lesser = {"away.government"} if treats or "hardship" in weights.firm else set()
    lesser |= {"away.minors"} if weights["grown"] or "need.education" in weights.firm & weights.told else set()
    lesser |= {"away.elders"} if {"mind", "treats"} <= weights.firm else set()
    return lesser


def _needs(weights: Weights, kind: Kind, heaviest: str) -> tuple[str, ...]:
    """What it gives: said outright, and not only in passing beside something much heavier."""
    if kind is not Kind.COMMUNITY_SERVICE:
        mind = "mind" in weights.firm and weights["mind"] >= max(NAMED, weights["substance"] * ALSO)
        counsels = kind is Kind.OUTPATIENT and weights["counsel"] >= NAMED and weights["substance"] < SAID
        beside = [n for n in CLINICAL if kind is Kind.OUTPATIENT and weights.own.get(f"need.{n}", 0.0) >= OUTRIGHT]
        return (*([Need.MENTAL_HEALTH.value] if mind or counsels else []), *beside)
    if all(weights.own.get(sense, 0.0) < SAID for sense in NEEDS):  # its text says none: what it is filed under does
        return tuple(NEEDS[s] for s in NEEDS if s in weights.firm and weights[s] >= weights[heaviest] * FILED)
    least = max(NAMED, min(weights[heaviest], MUCH) * BESIDE)
    given = [sense for sense in NEEDS if _gives(weights, sense, least) and sense in weights.firm]
    given += [heaviest] if heaviest not in given and weights[heaviest] >= ENOUGH else []
    return tuple(NEEDS[sense] for sense in given)


def _gives(weights: Weights, sense: str, least: float) -> bool:
    """Clothes mean clothes, however much more is said of something else; "health" is said of anything."""
    if sense in THINGS and sense in weights.told and weights.own.get(sense, 0.0) >= OUTRIGHT:
        return True
    return _said(weights, sense) >= least


def _doubt(care: Mapping[Kind, float], kind: Kind, sure: float, against: float) -> str:
    """What a person should decide: only where nearly as much speaks for the other side."""
    if against > sure * BALANCED:
        return MAY_BE_OFF_TOPIC
    homes = sorted((care[Kind.SOBER_LIVING], care[Kind.RESIDENTIAL]))
    stays = kind in (Kind.SOBER_LIVING, Kind.RESIDENTIAL)
    return WHICH_STAY if stays and homes[0] > homes[1] * ALIKE else ""


def _share(ours: float, theirs: float) -> float:
    """0..1: how much of all that was said points this way, less where little was said."""
    return round(ours / (ours + theirs + 0.6), 2) if ours > 0 else 0.0
