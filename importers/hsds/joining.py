"""One record for each service at each location, in the words of HSDS 3, out of nested JSON or of a package's tables."""

import re
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any

from importers.hsds.shapes import Cells, Given, as_cells, dicts, impersonal, services_in
from importers.hsds.shelf import Shelf
from importers.opening import Unsound
from importers.rows import text

ByPlace = dict[tuple[str, str], list[tuple[int, Any]]]
Sides = Iterable[tuple[str, Iterable[dict[str, Any] | Unsound]]]
OF_SERVICE = (
    "phones", "schedules", "regular_schedules", "holiday_schedules", "languages", "service_areas", "attributes",
    "eligibility", "required_documents", "payments_accepted", "cost_options", "service_capacities", "metadata",
)  # fmt: skip
OF_LOCATION = (
    "addresses", "physical_addresses", "postal_addresses", "phones", "schedules", "regular_schedules",
    "holiday_schedules", "languages", "accessibility", "attributes",
)  # fmt: skip
OF_BOTH = ("phones", "schedules", "regular_schedules", "holiday_schedules", "service_areas")  # a service at a location
LINKS = {"attributes": "link_id", "metadata": "resource_id"}
HYBRID = re.compile("modality[.:]hybrid")
PLACES = 5000  # of one service
ORPHAN = "its service is not in the feed"


def joined(records: Iterable[dict[str, Any] | Unsound], sides: Sides) -> Iterator[dict[str, Any] | Unsound]:
    """Every service at every location once; a service without location once. Broken rows come out as they are."""
    with Shelf() as shelf:
        for table, row in shelf.fill(sides):
            yield Unsound(impersonal(row.raw), row.reason, f"table {table}: {row.detail}".rstrip(": "))
        for record in records:
            if isinstance(record, Unsound):
                yield record
                continue
            yield from _of_record(impersonal(record), shelf)
        for orphan in shelf.orphans():
            yield Unsound(orphan, ORPHAN, f"service {text(orphan.get('service_id'))}")


def _of_record(record: Cells, shelf: Shelf) -> Iterator[dict[str, Any] | Unsound]:
    """One record never spoils another, whatever lies in it."""
    try:
        found = [one for given in services_in(record) for one in _complete(given, shelf)]
    except Exception as broken:
        found = [Unsound(record, "could not be read", f"{type(broken).__name__}: {broken}"[:300])]
    yield from found


def _complete(given: Given, shelf: Shelf) -> Iterator[dict[str, Any] | Unsound]:
    key = text(given.service.get("id"))
    shelf.saw(key)
    service = dict(given.service)
    for name in ("service_at_locations", "locations", "location"):
        service.pop(name, None)
    _fill(service, OF_SERVICE, "service_id", key, shelf)
    service["capacities"] = [
        one if isinstance(one.get("unit"), dict) else {**one, "unit": shelf.one("units", text(one.get("unit_id")))}
        for one in (*dicts(service.get("capacities")), *dicts(service.pop("service_capacities", None)))
    ]
    if not isinstance(service.get("program"), dict) and (
        program := shelf.one("programs", text(service.get("program_id")))
    ):
        service["program"] = program
    ats = given.at if given.at is not None else shelf.of("service_at_locations", "service_id", key, PLACES)
    if not ats and (where := text(service.get("location_id"))):
        ats = [{"location_id": where}]
    ats = [_at(at, shelf) for at in ats]
    first = next((text(at["location"].get("organization_id")) for at in ats if at.get("location")), "")
    service["organization"] = _organization(
        given, text(service.get("organization_id")) or first, any(map(_placed, ats)), shelf
    )
    parted = {table: _by_place(service[table]) for table in OF_BOTH if isinstance(service.get(table), list)}
    for at in _hybrid(service, ats):
        yield {**_here(service, at, parted), "service_at_location": at}
    if not ats:
        yield service


def _by_place(rows: list[Any]) -> ByPlace:
    """Rows by the location and the service at location that they name, "" where they name none; each with its turn."""
    found: ByPlace = {}
    for turn, row in enumerate(rows):
        cells = as_cells(row)
        place = (text(cells.get("location_id")), text(cells.get("service_at_location_id")))
        found.setdefault(place, []).append((turn, row))
    return found


def _here(service: Cells, at: Cells, parted: Mapping[str, ByPlace]) -> Cells:
    """The service without what its tables tell of it at another place only."""
    mine = text(at.get("location_id")), text(at.get("id"))
    ours = {(location, both) for location in ("", mine[0]) for both in ("", mine[1])}
    here = dict(service)
    for table, places in parted.items():
        fit = ours if all(mine) else {place for place in places if _is_one(place, mine)}
        told = sorted((one for place in fit for one in places.get(place, ())), key=itemgetter(0))
        here[table] = [row for _, row in told]
    return here


def _is_one(place: tuple[str, str], mine: tuple[str, str]) -> bool:
    """Nothing that both name differs."""
    return not any(own and other and own != other for other, own in zip(place, mine, strict=True))


def _hybrid(service: Cells, ats: list[Cells]) -> list[Cells]:
    """A listing of our own that is a place and a link at once has two locations in HSDS: it is one again."""
    terms = [one.get("taxonomy_term") for one in dicts(service.get("attributes"))]
    afar = [at for at in ats if text(at["location"].get("location_type")) == "virtual"]
    near = [at for at in ats if at not in afar]
    if len(near) == 1 and afar and any(HYBRID.fullmatch(text(one.get("code"))) for one in dicts(terms)):
        return [{**near[0], "online": afar[0]["location"]}]
    return ats


def _at(at: Cells, shelf: Shelf) -> Cells:
    at = dict(at)
    where = at.get("location")
    key = text(at.get("location_id"))
    location = dict(where) if isinstance(where, dict) else shelf.one("locations", key or text(where))
    key = text(location.get("id")) or key
    _fill(location, OF_LOCATION, "location_id", key, shelf)
    _fill(at, OF_BOTH, "service_at_location_id", text(at.get("id")), shelf)
    at["location"] = location
    at.setdefault("location_id", key)
    return at


def _placed(at: Cells) -> bool:
    """Somebody told where it is, be it on line."""
    location = at["location"]
    told = ("addresses", "physical_addresses", "address", "latitude", "address_1", "url")
    return any(location.get(name) for name in told)


def _organization(given: Given, key: str, placed: bool, shelf: Shelf) -> Cells:
    nested = given.organization
    organization = dict(nested) or shelf.one("organizations", key)
    key = text(organization.get("id")) or key
    _fill(organization, ("phones",), "organization_id", key, shelf)
    if not placed:  # its town tells roughly where a service without location is given
        homes = [one for one in dicts(organization.get("locations"))[:3]] or shelf.of(
            "locations", "organization_id", key, 3
        )
        _fill(organization, ("addresses", "physical_addresses", "postal_addresses"), "organization_id", key, shelf)
        organization["locations"] = [_at({"location": home}, shelf)["location"] for home in homes]
    for name in ("services", "funding", "programs"):
        organization.pop(name, None)
    if placed:
        organization.pop("locations", None)
    return organization


def _fill(cells: Cells, tables: Iterable[str], column: str, key: str, shelf: Shelf) -> None:
    """Rows of side tables beside what is nested already; attributes with their terms."""
    for table in tables:
        link = LINKS.get(table, column)
        rows = shelf.of(table, link, key)
        if table == "attributes":
            rows += shelf.of(table, "service_id", key) if column == "service_id" else []
            rows += [{"taxonomy_term_id": one} for one in _codes(cells)]
            rows = [_with_term(row, shelf) for row in [*dicts(cells.get(table)), *rows]]
            if rows:
                cells[table] = rows
        elif rows:
            cells[table] = [*dicts(cells.get(table)), *rows]


def _codes(cells: Cells) -> list[str]:
    """Term codes in a cell of the service itself: of each family only the farthest, its ancestors say less."""
    given = cells.pop("taxonomy_ids", None)
    codes = given if isinstance(given, list) else text(given).split(",")
    plain = list(dict.fromkeys(filter(None, (text(code) for code in codes))))
    return [code for code in plain if not any(_above(code, other) for other in plain)]


def _above(code: str, other: str) -> bool:
    return len(other) > len(code) and other.startswith(code) and (len(code) < 3 or other[len(code)] in "-.")


def _with_term(row: Cells, shelf: Shelf) -> Cells:
    for nested in ("taxonomy_term", "taxonomy"):  # the second in Open Referral UK 1.0
        if isinstance(row.get(nested), dict):
            return {**row, "taxonomy_term": row[nested]}
    key = text(row.get("taxonomy_term_id")) or text(row.get("taxonomy_id"))
    term = shelf.one("taxonomy_terms", key) or (shelf.of("taxonomy_terms", "taxonomy_id", key, 1) or [{}])[0]
    if (scheme := text(term.get("taxonomy_id"))) and scheme != key and "taxonomy_detail" not in term:
        term = {**term, "taxonomy_detail": shelf.one("taxonomies", scheme)}
    return {**row, "taxonomy_term": term or {"code": key}}
