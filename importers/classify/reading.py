"""From weights to a meaning: on topic or not, which kind, which needs."""

from collections.abc import Mapping

from directory.vocab import Kind, Need
from importers.classify.details import details
from importers.classify.telling import Meaning, Told
from importers.classify.weighing import Weights, weigh

ENOUGH = 1.6  # weight from which a record is about something at all
NAMED = 1.4  # weight from which a need counts as given
BESIDE = 0.3  # and its share of the heaviest need
BOTH = 1.3  # what it is about and that it treats must both be said this much
TREATED = 3.5  # weight of treatment from which a group or a home is a part of a program
CLOSE = 0.65  # care of this share of the heaviest need is what the place is
NOTHING = "nothing it says is about recovery or a need of the directory"
WHICH_STAY = "recovery home or residential program"
KINDS = {
    Kind.SUPPORT_GROUP: ("group", "recoverable"),
    Kind.SOBER_LIVING: ("home", "recovering", "stay"),
    Kind.RESIDENTIAL: ("bed", "treats", "substance", "mind"),
    Kind.OUTPATIENT: ("treats", "visit", "substance", "mind", "counsel"),
}
NEEDS = {f"need.{need.value}": need.value for need in Need}


def classify(told: Told) -> Meaning:
    """What a service is; never raises, and knows nothing beside its words."""
    weights = weigh(told)
    care = _care(weights)
    kind, sure = max(care.items(), key=lambda one: one[1])
    need, wanted = weights.best("need.")
    general = max(wanted, weights["reentry"])
    if sure < ENOUGH or sure < CLOSE * general:
        kind, sure = Kind.COMMUNITY_SERVICE, general
    away, against = _away(weights, kind, need)
    if sure < ENOUGH or against > sure:
        reason = "; ".join(weights.cause(away)[:2]) if away and against > sure else NOTHING
        return Meaning(kind, {}, _share(against, sure), reason, on_topic=False)
    causes = weights.cause(*KINDS.get(kind, ("reentry", need)))
    facets, denied = details(told, kind, weights)
    if needs := _needs(weights, kind, need):
        facets = {**facets, "need": needs}
    return Meaning(kind, facets, _share(sure, against), "; ".join(causes[:3]), True, denied, _doubt(care, kind))


def _care(weights: Weights) -> Mapping[Kind, float]:
    """How much speaks for each kind but community service."""
    counsel = weights["counsel"] * (1.0 if "counsel" in weights.firm else 0.5)
    about = max(weights["substance"], weights["mind"], counsel)
    treats = max(weights["treats"], min(weights["visit"], about))
    bed, visit = weights["bed"], weights["visit"]
    acts = max(treats, bed * 0.8)
    care = (about + acts) / 2 if min(about, acts) >= BOTH else min(about, acts)
    stays = bed >= ENOUGH and bed >= visit * 0.9
    group = weights["group"] if max(weights["substance"], weights["mind"], weights["recoverable"]) >= 1 else 0.0
    recovery = min(weights["recovering"], weights["substance"] + 0.5) if weights["treats"] < TREATED else 0.0
    return {
        Kind.SUPPORT_GROUP: max(group, weights["recoverable"]) * (1.2 if weights["treats"] < TREATED else 0.7),
        Kind.SOBER_LIVING: max(weights["home"] * 1.2, min(weights["stay"], recovery) * 1.1),
        Kind.RESIDENTIAL: care * 1.1 if stays else 0.0,
        Kind.OUTPATIENT: 0.0 if stays else care,
    }


def _away(weights: Weights, kind: Kind, need: str) -> tuple[str, float]:
    """What speaks against it. That it is for the young speaks against all but child care and substance use treatment."""
    treats_young = weights["substance"] >= ENOUGH and weights["treats"] >= ENOUGH
    welcome = treats_young or need == "need.child_care"
    found = [(w, s) for s, w in weights.sums.items() if s.startswith("away.") and not (s == "away.minors" and welcome)]
    against, away = max(found, default=(0.0, ""))
    if (young := weights["only.minors"]) and not welcome:
        away, against = ("only.minors", against + 2 * young) if young > 1 else (away, against + young)
    return away, against


def _needs(weights: Weights, kind: Kind, heaviest: str) -> tuple[str, ...]:
    """What it gives: said outright, and not only in passing beside something much heavier."""
    if kind is not Kind.COMMUNITY_SERVICE:
        mind = weights["mind"] >= NAMED and "mind" in weights.firm
        counsels = kind is Kind.OUTPATIENT and weights["counsel"] >= NAMED and weights["substance"] < ENOUGH
        return (Need.MENTAL_HEALTH.value,) if mind or counsels else ()
    least = max(NAMED, weights[heaviest] * BESIDE)
    given = [sense for sense in NEEDS if weights[sense] >= least and sense in weights.firm]
    given += [heaviest] if heaviest not in given and weights[heaviest] >= ENOUGH else []
    return tuple(NEEDS[sense] for sense in given)


def _doubt(care: Mapping[Kind, float], kind: Kind) -> str:
    return ""


def _share(ours: float, theirs: float) -> float:
    """0..1: how much of all that was said points this way, less where little was said."""
    return round(ours / (ours + theirs + 0.6), 2) if ours > 0 else 0.0
