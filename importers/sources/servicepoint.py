"""2-1-1 exports of ServicePoint (WellSky Community Services): its tables in the words of HSDS, then read as HSDS is."""

from collections.abc import Iterable, Iterator
from typing import Any

from importers import clean, hsds, packed
from importers.hsds.dialect import Found, plain, translated
from importers.hsds.shapes import Cells, as_cells
from importers.rows import text

__all__ = ["draft", "joined"]
draft = hsds.draft
HIDDEN = "not shown to the public"
SAID_BY_PLACE = {  # what a service does not say of itself, its place may
    "eligibility": "eligibility",
    "application_process": "intake_procedure",
    "fees": "program_fees",
    "languages": "languages",
}


def joined(records: Iterable[Found], sides: Iterable[tuple[str, Iterable[Found]]]) -> Iterator[Found]:
    """Every service at its location, named after both; flags of either and of the agency decide whether it is shown."""
    return translated(records, sides, _service, _side, _complete)


def _service(cells: Cells) -> Cells:
    term, code = clean.words(cells.get("alternate_name")), clean.words(cells.get("name"))
    return {
        "id": text(cells.get("provider_service_code_id")),
        "organization_id": text(cells.get("organization_id")),
        "location_id": text(cells.get("location_id")),
        "name": term or code,
        "status": "inactive" if clean.yes(cells.get("isactive")) is False else text(cells.get("status")),
        "attributes": [{"taxonomy_term": {"code": code, "name": term}}],
        "service_areas": [{"name": said} for said in map(_area, packed.records(cells.get("service_areas"))) if said],
        "hours": cells.get("schedule"),
        "last_modified": cells.get("date_updated"),
        **{
            name: cells.get(name)
            for name in "description email application_process fees languages eligibility required_documents".split()
        },
    }


def _area(row: Cells) -> str:
    """ "Brevard County, FL"; a town or a ZIP is less than a county and says so."""
    level, state = text(row.get("level")).casefold(), text(row.get("state"))
    county, city, code = (text(row.get(name)) for name in ("county", "city", "postal_code"))
    if level.startswith("state"):
        return state
    if level.startswith("county") and county:
        return f"{county} County, {state}"
    if level.startswith(("nation", "country", "united")):
        return "United States"
    return ", ".join(filter(None, (city, f"ZIP {code}" if code else "", state)))


def _side(table: str, cells: Cells) -> Iterator[Cells]:
    if table in ("physical_addresses", "phones"):
        yield from (_address(cells) if table == "physical_addresses" else [cells]) if _is_active(cells) else ()
    elif table == "locations":
        yield _location(cells)
    else:
        yield {name: cells.get(name) for name in ("id", "name", "alternate_name", "email")} | {
            "url": text(cells.get("url")) or text(cells.get("website_address")),
            "shown": _is_shown(cells),
        }


def _is_active(cells: Cells) -> bool:
    return clean.yes(cells.get("isactive")) is not False


def _is_shown(cells: Cells) -> bool:
    """Nobody is sent to what is closed, or kept from the publisher's own pages."""
    return not any(clean.yes(cells.get(flag)) is False for flag in ("isactive", "operational", "show_on_public_site"))


def _address(cells: Cells) -> Iterator[Cells]:
    """Its region is the county; a row without street or town says nothing."""
    if text(cells.get("address_1")) or text(cells.get("city")) or text(cells.get("postal_code")):
        yield cells | {"county": cells.get("region"), "region": ""}


def _location(cells: Cells) -> Cells:
    nested = {name: map(plain, packed.records(cells.get(name))) for name in ("physical_address", "phones")}
    reach = clean.yes(cells.get("ada_accessible"))
    return {
        "id": text(cells.get("id")),
        "organization_id": text(cells.get("organization_id")),
        **{name: cells.get(name) for name in ("name", "alternate_name", "latitude", "longitude", "transportation")},
        "url": cells.get("website_address"),
        "hours": cells.get("hours"),
        "accessibility": [{"description": one} for one in _access(cells.get("accessibility"), reach)],
        "physical_addresses": [a for one in nested["physical_address"] if _is_active(one) for a in _address(one)],
        "phones": [one for one in nested["phones"] if _is_active(one)],
        "shown": _is_shown(cells),
        "said": {name: text(cells.get(column)) for name, column in SAID_BY_PLACE.items()},
    }


def _access(said: Any, reach: bool | None) -> Iterator[str]:
    if words := clean.words(said):
        yield words
    if reach:
        yield "ADA accessible"


def _complete(record: Cells) -> Cells:
    location = as_cells(as_cells(record.get("service_at_location")).get("location"))
    shown = [one.pop("shown", True) for one in (location, as_cells(record.get("organization")))]
    if not all(shown) and record["status"] != "inactive":
        record["status"] = HIDDEN
    for name, words in (location.pop("said", None) or {}).items():
        record[name] = record.get(name) or words
    place, term = clean.words(location.get("name")), record["name"]
    if place and term.casefold() not in place.casefold():
        record["name"] = f"{place}: {term}"
    return record
