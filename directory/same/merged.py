"""Several listings of one place as one: each fact from the publisher who looked last; where they differ, both are told.

Precedence: the freshest verified, then the publisher's trust, then the lowest id. Nothing is said that no publisher
said: an address, a phone list, a week of times is taken whole from one. What one knows is not lost where another is
silent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from directory.listing import Facets, Listed, ListingDraft, Place, Residence
from directory.vocab import Kind

# Values of one group that cannot both hold: told one by one publisher and one by another, neither is known.
EITHER_OR = {
    "format": [{"open", "closed"}],
    "access": [{"smoking", "no_smoking"}],
    "residence": [{"narr_1", "narr_2", "narr_3", "narr_4"}],
}
WHOLE = ("name", "group", "description", "notes", "area", "online", "phones", "website", "email", "times")
HOUSE = (  # facts of a residence that only hold together
    ("operator",),
    ("certifier", "certificate", "certified_until"),
    ("beds",),
    ("vacancies", "vacancies_as_of"),
    ("fee", "fee_period"),
    ("deposit",),
    ("house_rules",),
)


@dataclass(frozen=True, slots=True)
class Voice:
    """One publisher's listing in a group, with how far the operator trusts it (0..100)."""

    listed: Listed
    trust: int = 50

    @property
    def draft(self) -> ListingDraft:
        return self.listed.draft


@dataclass(frozen=True, slots=True)
class Merged:
    """One draft of all; `told_by` says for each field whose word it is, `contested` where yes stands against no."""

    draft: ListingDraft
    voices: tuple[Voice, ...]  # by precedence
    told_by: dict[str, int]  # field -> id of the listing it was taken from
    contested: Facets


def ordered(voices: Sequence[Voice]) -> list[Voice]:
    return sorted(voices, key=lambda v: (-(v.draft.verified_on or date.min).toordinal(), -v.trust, v.listed.id))


def merged(voices: Sequence[Voice]) -> Merged:
    """Of one or more; the order they come in does not matter."""
    by_rank = ordered(voices)
    first = by_rank[0].draft
    told_by: dict[str, int] = {}
    taken: dict[str, Any] = {}
    for name in WHOLE:
        teller = next((voice for voice in by_rank if getattr(voice.draft, name)), None)
        if teller is not None:
            taken[name], told_by[name] = getattr(teller.draft, name), teller.listed.id
    place, teller = _place(by_rank)
    if teller is not None:
        told_by["place"] = teller.listed.id
    yes, no, contested = _facets([voice.draft for voice in by_rank])
    draft = replace(
        first,
        **taken,
        place=place,
        kind=first.kind,
        also=_also([voice.draft for voice in by_rank]),
        by_appointment=any(voice.draft.by_appointment for voice in by_rank),
        facets=yes,
        denied=no,
        categories=tuple(dict.fromkeys(word for voice in by_rank for word in voice.draft.categories)),
        residence=_residence([voice.draft.residence for voice in by_rank if voice.draft.residence]),
        source_updated_on=max(filter(None, (v.draft.source_updated_on for v in by_rank)), default=None),
    )
    return Merged(draft, tuple(by_rank), told_by, contested)


def _place(by_rank: Sequence[Voice]) -> tuple[Place | None, Voice | None]:
    """The best known place, whole; hidden as soon as one publisher hides it."""
    known = [voice for voice in by_rank if voice.draft.place]
    if not known:
        return None, None
    teller = min(known, key=_vagueness)
    place = teller.draft.place
    hidden = any(voice.draft.place and voice.draft.place.confidential for voice in known)
    return (replace(place, confidential=True) if place and hidden else place), teller


def _vagueness(voice: Voice) -> int:
    place = voice.draft.place or Place()
    return 0 if place.street else 1 if place.located and not place.approximate else 2 if place.located else 3


def _also(drafts: Sequence[ListingDraft]) -> tuple[Kind, ...]:
    told = dict.fromkeys(kind for draft in drafts for kind in (draft.kind, *draft.also))
    return tuple(kind for kind in told if kind is not drafts[0].kind)


def _facets(drafts: Sequence[ListingDraft]) -> tuple[Facets, Facets, Facets]:
    """All that is yes, all that is no, and what is said both ways: that counts as unknown."""
    yes, no = (_union([getattr(draft, side) for draft in drafts]) for side in ("facets", "denied"))
    contested: dict[str, set[str]] = {group: yes[group] & no[group] for group in yes.keys() & no.keys()}
    for group, choices in EITHER_OR.items():
        for choice in choices:
            said = [frozenset(draft.facets.get(group, ())) & choice for draft in drafts]
            if len({one for one in said if one}) > 1:
                contested.setdefault(group, set()).update(*said)
    return _without(yes, contested), _without(no, contested), _without(contested, {})


def _union(told: Sequence[Facets]) -> dict[str, set[str]]:
    return {
        group: {v for one in told for v in one.get(group, ())} for group in dict.fromkeys(g for o in told for g in o)
    }


def _without(values: dict[str, set[str]], less: dict[str, set[str]]) -> Facets:
    kept = {group: tuple(sorted(said - less.get(group, set()))) for group, said in values.items()}
    return {group: said for group, said in kept.items() if said}


def _residence(houses: Sequence[Residence]) -> Residence | None:
    """Each bundle of facts whole from the first who knows it; open beds from who counted them last."""
    if not houses:
        return None
    taken: dict[str, Any] = {}
    for bundle in HOUSE:
        knowing = [house for house in houses if getattr(house, bundle[0]) not in (None, "")]
        if bundle[0] == "vacancies":
            knowing.sort(key=lambda house: house.vacancies_as_of or date.min, reverse=True)
        if knowing:
            taken |= {name: getattr(knowing[0], name) for name in bundle}
    unknown = {field.name: field.default for field in fields(Residence)}
    return Residence(**{**unknown, **taken})
