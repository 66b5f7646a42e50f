"""A treatment facility's record made a listing: the parts that both federal sources share."""

from collections.abc import Mapping
from dataclasses import replace

from directory.listing import Facets, ListingDraft, Phone, Place, facets
from directory.vocab import Kind
from importers import clean
from importers.rows import Reject, Row, Skip
from importers.service_codes import Said

PHONES = (
    ("phone", ""),
    ("phone_number", ""),
    ("telephone", ""),
    ("intake_phone", "intake"),
    ("intake1", "intake"),
    ("intake2", "intake"),
    ("intake1a", "intake"),
    ("intake2a", "intake"),
    ("hotline1", "hotline"),
    ("hotline2", "hotline"),
)
STREETS = (("street1", "address", "street", "address_1", "address1"), ("street2", "address_2", "address2"))


def facility(row: Row, said: Said) -> ListingDraft:
    """One facility. The directories have no id that lasts, so its name and address are its key."""
    name1 = clean.words(row.first("name1", "name", "facility_name", "provider_name"))
    name2 = clean.words(row.first("name2", "program_name"))
    place = _place(row)
    key = "|".join(
        " ".join(part.casefold().split()) for part in (name1, name2, place.street, place.city, place.postal_code[:5])
    )
    if not name1:
        raise Reject("no name", key=key)
    name = f"{name1}, {name2}" if name2 else name1
    if clean.closed_in_name(name, meeting=False):
        raise Skip("marked closed in its name", name, key=key)
    return ListingDraft(
        source_key=key,
        name=name,
        kind=said.kind,
        also=said.also,
        group=name1 if name2 else "",
        notes=said.notes,
        place=place,
        phones=_phones(row),
        website=clean.url(row.first("website", "url")),
        facets=said.yes,
        denied=said.no,
        categories=said.categories,
    )


def _place(row: Row) -> Place:
    street = [clean.words(row.first(*columns)) for columns in STREETS]
    point = clean.point(row.first("latitude", "lat"), row.first("longitude", "long", "lon"))
    zip5 = row.first("zip", "zipcode", "zip_code", "postal_code")
    zip4 = row.take("zip4")
    return Place(
        street=", ".join(part for part in street if part),
        city=clean.words(row.take("city")),
        state=clean.state(row.take("state")),
        postal_code=clean.postal(f"{zip5}-{zip4}" if zip4 and "-" not in zip5 else zip5),
        county=clean.words(row.take("county")),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        approximate=point is not None and not any(street),
    )


def _phones(row: Row) -> tuple[Phone, ...]:
    found: dict[str, Phone] = {}
    for column, label in PHONES:
        for phone in clean.phones(row.take(column), label):
            found.setdefault(str(phone), phone)
    return tuple(found.values())


def fold_key(draft: ListingDraft) -> tuple[str, ...]:
    return (draft.source_key,)


def fold(first: ListingDraft, later: ListingDraft) -> ListingDraft:
    """Two records of one facility (substance use and mental health, or two programs): what either says holds."""
    kinds = [kind for kind in Kind if kind in {first.kind, later.kind, *first.also, *later.also}]
    main = Kind.RESIDENTIAL if Kind.RESIDENTIAL in (first.kind, later.kind) else first.kind
    known = {str(phone) for phone in first.phones}
    yes = _union(first.facets, later.facets)
    no = _union(first.denied, later.denied)
    place = first.place if first.place and (first.place.located or not later.place) else later.place
    return replace(
        first,
        kind=main,
        also=tuple(kind for kind in kinds if kind is not main),
        place=place,
        phones=(*first.phones, *(phone for phone in later.phones if str(phone) not in known)),
        website=first.website or later.website,
        notes=" ".join(dict.fromkeys(filter(None, (first.notes, later.notes)))),
        facets=yes,
        denied=facets(**{group: set(values) - set(yes.get(group, ())) for group, values in no.items()}),
        categories=tuple(dict.fromkeys((*first.categories, *later.categories))),
    )


def _union(one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]]) -> Facets:
    return facets(**{group: {*one.get(group, ()), *other.get(group, ())} for group in {*one, *other}})
