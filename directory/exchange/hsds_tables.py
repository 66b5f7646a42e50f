"""HSDS 3.0 as a tabular data package: datapackage.json and one CSV for each object, related by id columns."""

import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from directory.exchange.hsds import service
from directory.exchange.public import shared
from directory.exchange.spreadsheet import safe
from directory.exchange.terms import TAXONOMY, taxonomy
from directory.listing import Listed

# object -> (file, columns): those of the specification that we fill.
TABLES: dict[str, tuple[str, str]] = {
    "organization": ("organizations", "id name description"),
    "service": (
        "services",
        "id organization_id name description url email status application_process fees_description"
        " eligibility_description assured_date alert last_modified",
    ),
    "attribute": ("attributes", "id link_id taxonomy_term_id link_entity value"),
    "service_at_location": ("service_at_location", "id service_id location_id"),
    "location": ("locations", "id location_type url name description latitude longitude"),
    "phone": ("phones", "id location_id service_id number extension type description"),
    "address": (
        "addresses",
        "id location_id address_1 city region state_province postal_code country address_type",
    ),
    "schedule": (
        "schedules",
        "id service_id valid_from valid_to dtstart timezone wkst freq interval byday description opens_at closes_at"
        " notes",
    ),
    "service_area": ("service_areas", "id service_id name description"),
    "language": ("languages", "id service_id name code"),
    "accessibility": ("accessibility", "id location_id description"),
    "taxonomy_term": ("taxonomy_terms", "id code name description taxonomy taxonomy_id"),
    "metadata": (
        "metadata",
        "id resource_id resource_type last_action_date last_action_type field_name previous_value replacement_value"
        " updated_by",
    ),
    "taxonomy": ("taxonomies", "id name description uri version"),
}
NUMBERS = {"latitude", "longitude", "timezone", "interval", "extension"}
AS_IS = {*NUMBERS, "byday"}  # "-1SU" is the last Sunday, nothing a spreadsheet would run
KEYS = {
    "organization_id": "organization", "service_id": "service", "location_id": "location",
    "taxonomy_term_id": "taxonomy_term", "taxonomy_id": "taxonomy",
}  # fmt: skip
REQUIRED = {
    "organization": "name description",
    "service": "organization_id name status",
    "attribute": "link_id taxonomy_term_id link_entity",
    "service_at_location": "service_id location_id",
    "location": "location_type",
    "phone": "number",
    "address": "address_type",  # HSDS asks for the rest too: a street that is not public stays an empty cell
    "metadata": "resource_id resource_type last_action_date last_action_type field_name previous_value"
    " replacement_value updated_by",
    "taxonomy_term": "name description",
    "taxonomy": "name description",
}
Row = tuple[str, dict[str, Any]]


def rows(service: dict[str, Any]) -> Iterator[Row]:
    """(object, row) for one full service and all that is nested in it."""
    key = service["id"]
    yield "organization", service["organization"]
    yield "service", service | {"organization_id": service["organization"]["id"]}
    for name, plural in (("phone", "phones"), ("schedule", "schedules"), ("language", "languages")):
        yield from ((name, one | {"service_id": key}) for one in service.get(plural, ()))
    yield from (("service_area", one | {"service_id": key}) for one in service.get("service_areas", ()))
    yield from (("metadata", one) for one in service.get("metadata", ()))
    for at in service.get("service_at_locations", ()):
        place = at["location"]
        yield "location", place
        yield "service_at_location", {"id": at["id"], "service_id": key, "location_id": place["id"]}
        for name, plural in (("address", "addresses"), ("phone", "phones"), ("accessibility", "accessibility")):
            yield from ((name, one | {"location_id": place["id"]}) for one in place.get(plural, ()))
        yield from _attributes(place)
    yield from _attributes(service)


def _attributes(thing: dict[str, Any]) -> Iterator[Row]:
    for one in thing.get("attributes", ()):
        yield "taxonomy_term", one["taxonomy_term"]
        yield "attribute", one


def write_folder(listings: Iterable[Listed], folder: Path, made_at: datetime) -> int:
    """Every table into a folder that is there; how many services."""
    with ExitStack() as files:
        tables: dict[str, Any] = {}
        for name, (file, columns) in TABLES.items():
            handle = files.enter_context((folder / f"{file}.csv").open("w", encoding="utf-8", newline=""))
            tables[name] = csv.writer(handle)
            tables[name].writerow(columns.split())
        count = _fill(tables, listings, made_at)
    (folder / "datapackage.json").write_text(json.dumps(descriptor(), indent=2) + "\n", encoding="utf-8")
    return count


def _fill(tables: dict[str, Any], listings: Iterable[Listed], made_at: datetime) -> int:
    count = 0
    once = {"organization": set[str](), "taxonomy_term": set[str]()}
    tables["taxonomy"].writerow(_cells("taxonomy", taxonomy()))
    for listed in shared(listings):
        count += 1
        for name, row in rows(service(listed, made_at)):
            if name in once:
                if row["id"] in once[name]:
                    continue
                once[name].add(row["id"])
            tables[name].writerow(_cells(name, row))
    return count


def _cells(name: str, row: dict[str, Any]) -> list[str]:
    """Empty where nothing is known; no text that a spreadsheet would run."""
    said = ((column, row.get(column)) for column in TABLES[name][1].split())
    return ["" if value is None else str(value) if column in AS_IS else safe(str(value)) for column, value in said]


def zipped(folder: Path, out: Any) -> None:
    """The folder's files as one zip into a binary handle; equal files give equal bytes."""
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            entry = ZipInfo(file.name)
            entry.compress_type = ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as target, file.open("rb") as source:
                while part := source.read(1 << 20):
                    target.write(part)


def descriptor() -> dict[str, Any]:
    """What a tabular data package says of itself."""
    about = {"name": "aftercare_directory", "title": TAXONOMY, "profile": "tabular-data-package", "version": "3.0.0"}
    words = "Recovery aftercare in HSDS 3.0. Each service's publisher and licence are its attributes source:*."
    return {**about, "description": words, "resources": [_resource(name) for name in TABLES]}


def _resource(name: str) -> dict[str, Any]:
    file, columns = TABLES[name]
    must = {"id", *REQUIRED.get(name, "").split()}
    fields: list[dict[str, Any]] = [
        {"name": column, "type": "number" if column in NUMBERS else "string"}
        | ({"constraints": {"required": True}} if column in must else {})
        for column in columns.split()
    ]
    refers = [(column, KEYS[column]) for column in columns.split() if column in KEYS]
    keys = [{"fields": column, "reference": {"resource": to, "fields": "id"}} for column, to in refers]
    schema = {"primaryKey": "id", "fields": fields} | ({"foreignKeys": keys} if keys else {})
    return {"name": name, "path": f"{file}.csv", "profile": "tabular-data-resource", "schema": schema}
