"""The facets a service says of itself. Absent stays unknown."""

from collections.abc import Mapping

from directory.vocab import Gender, Kind
from importers.classify import ages, tables
from importers.classify.hearing import Heard
from importers.classify.telling import Told
from importers.classify.weighing import Weights

CARE = frozenset({Kind.OUTPATIENT, Kind.RESIDENTIAL})
# Facets that only make sense of some kinds; the others hold for all.
ONLY_OF: Mapping[str, frozenset[Kind]] = {
    "fellowship": frozenset({Kind.SUPPORT_GROUP}),
    "level": CARE | {Kind.SOBER_LIVING},
    "medication": CARE,
    "therapy": CARE | {Kind.SUPPORT_GROUP, Kind.SOBER_LIVING},
    "residence": frozenset({Kind.SOBER_LIVING}),
}
OF_WHO_COMES = frozenset(
    {"population", "gender", "age", "payment"}
)  # said of who may come, so that "must be" is no obstacle
ONLY_IF_ACCEPTED = frozenset({"medicaid", "medicare"})
LEVELS: Mapping[str, Kind] = {
    "intensive_outpatient": Kind.OUTPATIENT,
    "partial_hospitalization": Kind.OUTPATIENT,
    "outpatient": Kind.OUTPATIENT,
    "opioid_treatment_program": Kind.OUTPATIENT,
    "outpatient_detox": Kind.OUTPATIENT,
    "early_intervention": Kind.OUTPATIENT,
    "residential_detox": Kind.RESIDENTIAL,
    "residential_long": Kind.RESIDENTIAL,
    "residential_short": Kind.RESIDENTIAL,
    "recovery_residence": Kind.SOBER_LIVING,
}
Facets = dict[str, tuple[str, ...]]


def details(told: Told, kind: Kind, weights: Weights) -> tuple[Facets, Facets]:
    """Facets it says yes to and no to, each group in the order said."""
    found: dict[str, list[str]] = {}
    phrases = tables.details()
    parts = [(text, False, False) for text in (told.name, told.text)]
    parts += [(text, False, True) for text in told.categories]
    for text, asked, filed in [*parts, (told.asked, True, False)]:
        for heard in phrases.hear(text, asked=asked):
            for sense, _ in heard.senses:
                group, _, value = sense.partition(".")
                plain = heard.weight == 1 or (heard.required and heard.weight > 0 and group in OF_WHO_COMES)
                if value in ONLY_IF_ACCEPTED and group == "payment" and not _taken(heard, asked, kind):
                    continue  # an office that helps to apply for Medicaid does not take it
                if group == "payment" and filed:
                    continue  # "Insurance-Medicaid" is filed under what it is about as often as under what it takes
                if plain and value and kind in ONLY_OF.get(group, {kind}) and LEVELS.get(value, kind) is kind:
                    found.setdefault(group, []).append(value)
    if weights["only.elders"]:
        found.setdefault("age", []).append("older_adult")
    elif weights["only.minors"] and kind in CARE and ages.teens(f"{told.text}\n{told.asked}"):
        found.setdefault("age", []).append("teen")
    if grown := ages.grown(told.asked):
        found.setdefault("age", []).extend(grown)
    yes = {group: tuple(dict.fromkeys(values)) for group, values in found.items()}
    return yes, _one_sex(yes)


def _taken(heard: Heard, asked: bool, kind: Kind) -> bool:
    """Medicaid is taken where it says so, and where those who have it are treated."""
    return heard.paid or (asked and kind in CARE)


def _one_sex(yes: Facets) -> Facets:
    """Women only: men are not let in. Both named: it says neither."""
    given = yes.get("gender", ())
    if len(given) == 2:
        del yes["gender"]
    return (
        {"gender": (Gender.MEN.value if given[0] == Gender.WOMEN else Gender.WOMEN.value,)} if len(given) == 1 else {}
    )
