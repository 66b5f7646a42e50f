"""HSDS as tables: what the specification requires is there, and every id leads somewhere."""

import csv
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.exchange.hsds_tables import REQUIRED, TABLES, descriptor, write_folder, zipped
from directory.listing import Listed, Online
from directory.vocab import Modality
from tests.builders import make_listed, make_time
from tests.exchange.invented import MADE_AT, listings

MAY_BE_EMPTY = {"address_1", "city", "state_province", "postal_code", "country"}  # not known, or not public
LINKED = {"service": "service", "location": "location"}


def tables(folder: Path, *several: Listed) -> dict[str, list[dict[str, str]]]:
    write_folder(several, folder, MADE_AT)
    found = {}
    for name, (file, _) in TABLES.items():
        with (folder / f"{file}.csv").open(encoding="utf-8", newline="") as handle:
            found[name] = list(csv.DictReader(handle))
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(listings(), max_size=3, unique_by=lambda one: (one.publisher, one.draft.source_key)))
def test_required_cells_are_filled_ids_are_unique_and_every_relation_resolves(
    tmp_path: Path, several: list[Listed]
) -> None:
    found = tables(tmp_path, *several)
    ids = {name: [row["id"] for row in rows] for name, rows in found.items()}
    for name, rows in found.items():
        assert len(set(ids[name])) == len(ids[name]), name
        for row in rows:
            columns = REQUIRED.get(name, "").split()
            assert all(row[column] for column in columns), (name, row)
    for resource in descriptor()["resources"]:
        for key in resource["schema"].get("foreignKeys", ()):
            told = {row[key["fields"]] for row in found[resource["name"]]} - {""}
            assert told <= set(ids[key["reference"]["resource"]])
    for row in found["attribute"]:
        assert row["link_id"] in ids[LINKED[row["link_entity"]]]


def test_columns_and_requirements_are_those_of_the_specification(samples: Path) -> None:
    package = json.loads((samples / "hsds" / "spec-3.0" / "datapackage.json").read_text("utf-8"))
    theirs: dict[str, Any] = {one["name"]: one for one in package["resources"]}
    for ours in descriptor()["resources"]:
        told = theirs[ours["name"]]
        assert ours["path"] == told["path"]
        fields = {field["name"]: field for field in told["schema"]["fields"]}
        assert {field["name"] for field in ours["schema"]["fields"]} <= set(fields)
        must = {name for name, field in fields.items() if field.get("constraints", {}).get("required")}
        must -= MAY_BE_EMPTY if ours["name"] == "address" else set()
        assert must <= {field["name"] for field in ours["schema"]["fields"] if field.get("constraints")}
        for field in ours["schema"]["fields"]:
            numeric = fields[field["name"]]["type"] == "number"
            assert (field["type"] == "number") == numeric, field


def test_a_hybrid_group_has_its_place_and_its_link_and_a_formula_is_text(tmp_path: Path) -> None:
    listed = make_listed(
        name="=1+1", modality=Modality.HYBRID, online=Online(url="https://example.org/join"), times=(make_time(),)
    )
    found = tables(tmp_path, listed)
    assert {row["location_type"] for row in found["location"]} == {"physical", "virtual"}
    assert len(found["service_at_location"]) == 2
    assert found["service"][0]["name"] == "'=1+1"
    assert found["schedule"][0]["byday"] == "TU"


def test_the_zip_holds_the_same_files_and_equal_listings_give_equal_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    write_folder([make_listed()], folder, MADE_AT)
    for name in ("a.zip", "b.zip"):
        with (tmp_path / name).open("wb") as out:
            zipped(folder, out)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with ZipFile(tmp_path / "a.zip") as archive:
        assert set(archive.namelist()) == {file.name for file in folder.iterdir()}
        assert json.loads(archive.read("datapackage.json"))["version"] == "3.0.0"
