"""A treatment facility's record made a listing: the parts that both federal sources share."""

import re
from collections.abc import Mapping
from dataclasses import replace

from directory.listing import Facets, ListingDraft, Phone, Place, facets
from directory.vocab import Kind
from importers import clean
from importers.rows import Reject, Row, Skip
from importers.service_codes import Said

NAMES = ("name1", "name", "facility_name", "facility", "provider_name", "program_name")
SECOND_NAMES = ("name2", "program_name", "facility_name_2", "name_2")
STREETS = ("street1", "address", "street", "address1", "address_1", "street_1", "street_address", "street_address_1")
SECOND_STREETS = ("street2", "address2", "address_2", "street_2", "suite")
ZIPS = ("zip", "zipcode", "zip_code", "postal_code", "postcode", "zip5")
PHONES = {
    "": ("phone", "phone_number", "telephone", "main_phone", "phone1", "phone_1", "phone_2"),
    "intake": (
        "intake1",
        "intake2",
        "intake1a",
        "intake2a",
        "intake_phone",
        "intake_number",
        "intake",
        "intake_phone_2",
    ),
    "hotline": ("hotline1", "hotline2", "hotline", "hotline_phone"),
}
MAIN = (Kind.RESIDENTIAL, Kind.OUTPATIENT, Kind.SOBER_LIVING, Kind.COMMUNITY_SERVICE, Kind.SUPPORT_GROUP)


def facility(row: Row, said: Said) -> ListingDraft:
    """One facility. The directories have no id that lasts, so its name and address are its key."""
    name1 = clean.words(row.first(*NAMES[:-1]) or row.take(NAMES[-1]))
    name2 = clean.words(row.first(*SECOND_NAMES))
    place, phones = _place(row), _phones(row)
    key = "|".join(
        " ".join(part.casefold().split()) for part in (name1, name2, place.street, place.city, place.postal_code[:5])
    )
    if not (place.city or place.street or place.postal_code or phones or said.yes or said.categories):
        raise Skip("a line of notes, not a facility", name1[:100], key=key)
    if not name1:
        raise Reject("no name", key=key)
    name = f"{name1}, {name2}" if name2 and name2.casefold() != name1.casefold() else name1
    if clean.closed_in_name(name, meeting=False):
        raise Skip("marked closed in its name", name, key=key)
    return ListingDraft(
        source_key=key,
        name=name,
        kind=said.kind,
        also=said.also,
        group=name1 if name != name1 else "",
        notes=said.notes,
        place=place,
        phones=phones,
        website=clean.url(row.first("website", "url", "web_site", "web_address")),
        facets=said.yes,
        denied=said.no,
        categories=said.categories,
    )


def _place(row: Row) -> Place:
    street = [clean.words(row.first(*columns)) for columns in (STREETS, SECOND_STREETS)]
    point = clean.point(row.first("latitude", "lat"), row.first("longitude", "long", "lon", "lng"))
    zip5, zip4 = (re.sub(r"\.0$", "", code) for code in (row.first(*ZIPS), row.first("zip4", "zip_4")))
    return Place(
        street=", ".join(part for part in dict.fromkeys(street) if part),
        city=clean.words(row.take("city")),
        state=clean.state(row.first("state", "state_code", "st")),
        postal_code=clean.postal(f"{zip5}-{zip4.zfill(4)}" if zip4 and "-" not in zip5 else zip5),
        county=clean.words(row.first("county", "county_name")),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        approximate=point is not None and not any(street),
    )


def _phones(row: Row) -> tuple[Phone, ...]:
    found: dict[str, Phone] = {}
    for label, columns in PHONES.items():
        for cell in filter(None, [row.take(column) for column in columns]):
            for phone in clean.phones(cell, label):
                found.setdefault(str(phone), phone)
    return tuple(found.values())


def fold_key(draft: ListingDraft) -> tuple[str, ...]:
    return (draft.source_key,)


def fold(first: ListingDraft, later: ListingDraft) -> ListingDraft:
    """Two records of one facility (substance use and mental health, or two programs): what either says holds."""
    given = {first.kind, later.kind, *first.also, *later.also}
    main, *also = [kind for kind in MAIN if kind in given]
    known = {str(phone) for phone in first.phones}
    yes = _union(first.facets, later.facets)
    no = _union(first.denied, later.denied)
    place = first.place if first.place and (first.place.located or not later.place) else later.place
    return replace(
        first,
        kind=main,
        also=tuple(also),
        place=place,
        phones=(*first.phones, *(phone for phone in later.phones if str(phone) not in known)),
        website=first.website or later.website,
        notes=_notes(first, later, yes),
        facets=yes,
        denied=facets(**{group: set(values) - set(yes.get(group, ())) for group, values in no.items()}),
        categories=tuple(dict.fromkeys((*first.categories, *later.categories))),
    )


def _notes(first: ListingDraft, later: ListingDraft, yes: Facets) -> str:
    """Each sentence once; that it lists one sex only is no longer true when the other record lists the other."""
    sentences = dict.fromkeys(re.split(r"(?<=[.]) (?=It )", " ".join(filter(None, (first.notes, later.notes)))))
    both = len(yes.get("gender", ())) > 1
    return " ".join(one for one in sentences if not (both and one.startswith("It lists only")))


def _union(one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]]) -> Facets:
    return facets(**{group: {*one.get(group, ()), *other.get(group, ())} for group in sorted({*one, *other})})
