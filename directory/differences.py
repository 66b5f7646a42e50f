"""A listing's fields in words, and what differs between two readings of it: for histories and for review."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from directory.listing import ListingDraft, Place, Residence
from directory.schedule import in_words
from directory.vocab import label

GROUPS = {
    "fellowship": "Fellowship",
    "format": "Meeting format",
    "level": "Level of care",
    "medication": "Medicine offered",
    "accepts": "Welcome while on",
    "therapy": "Therapy",
    "need": "Help with",
    "payment": "Payment",
    "age": "Ages",
    "gender": "Gender",
    "population": "For whom",
    "access": "Access",
    "residence": "Residence",
    "modality": "Way",
    "language": "Languages",
}


@dataclass(frozen=True, slots=True)
class Difference:
    field: str
    before: str
    after: str


def told(plain: Mapping[str, Any] | None) -> dict[str, str]:
    """Every field that says something, in words, in the order people read them."""
    if not plain:
        return {}
    draft = ListingDraft.from_dict(dict(plain))
    found = {
        "Name": draft.name,
        "Kind": ", ".join(kind.label() for kind in (draft.kind, *draft.also)),
        "How to take part": draft.modality.label(),
        "Group or organization": draft.group,
        **_place(draft.place or Place()),
        "Area served": _area(draft),
        "Phones": "; ".join(f"{phone} ({phone.label})" if phone.label else str(phone) for phone in draft.phones),
        "Website": draft.website,
        "E-mail": draft.email,
        "Times": "; ".join(in_words(time) + (f" ({time.note})" if time.note else "") for time in draft.times),
        "Clock of the times": ", ".join(dict.fromkeys(time.timezone for time in draft.times if time.timezone)),
        "By appointment": "yes" if draft.by_appointment else "",
        "Description": draft.description,
        "Notes": draft.notes,
        **_groups(draft),
        "Source's categories": ", ".join(draft.categories),
        **_residence(draft.residence or Residence()),
        "Verified on": _text(draft.verified_on),
        "Updated at the source": _text(draft.source_updated_on),
    }
    if draft.online:
        one = draft.online
        found |= {"Online link": one.url, "Online notes": one.url_notes, "Dial in": one.phone}
        found |= {"Dial-in notes": one.phone_notes}
    return {name: words for name, words in found.items() if words}


def differences(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Difference]:
    """Field by field, what is said otherwise; "" where nothing is said."""
    was, now = told(before), told(after)
    names = dict.fromkeys([*was, *now])
    return [Difference(name, was.get(name, ""), now.get(name, "")) for name in names if was.get(name) != now.get(name)]


def _place(place: Place) -> dict[str, str]:
    region = " ".join(filter(None, (place.state, place.postal_code)))
    pin = f"{place.latitude:.5f}, {place.longitude:.5f}" if place.located else ""
    return {
        "Building": place.name,
        "Address": ", ".join(filter(None, (place.street, place.city, region))),
        "County": place.county,
        "Directions": place.directions,
        "Map pin": f"{pin} (approximate)" if pin and place.approximate else pin,
        "Address kept confidential": "yes" if place.confidential else "",
    }


def _area(draft: ListingDraft) -> str:
    area = draft.area
    if area is None:
        return ""
    whole = ("nationwide",) if area.nationwide else ()
    return "; ".join((*whole, *area.states, *area.counties, *filter(None, (area.words,))))


def _groups(draft: ListingDraft) -> dict[str, str]:
    found = {}
    for group, name in GROUPS.items():
        yes, no = draft.facets.get(group, ()), draft.denied.get(group, ())
        words = [label(group, value) for value in yes] + [f"not: {label(group, value)}" for value in no]
        found[name] = ", ".join(words)
    return found


def _residence(home: Residence) -> dict[str, str]:
    return {
        "Operator": home.operator,
        "Certified by": home.certifier,
        "Certificate": home.certificate,
        "Certified until": _text(home.certified_until),
        "Beds": _text(home.beds),
        "Vacancies": _text(home.vacancies),
        "Vacancies as of": _text(home.vacancies_as_of),
        "Fee": f"{home.fee:g} {home.fee_period}".strip() if home.fee is not None else "",
        "Deposit": f"{home.deposit:g}" if home.deposit is not None else "",
        "House rules": home.house_rules,
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value)
