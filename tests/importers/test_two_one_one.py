"""2-1-1 exports that are tables of their own kind: nothing hidden is shown, nobody's number kept, nothing lost."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.run import Reading, Result, read_feed

AT_POINT = {"provider_service_code_id": "1", "service_code_id": "2", "location_id": "3", "organization_id": "4",
            "name": "BD-1800.2000", "alternate_name": "Food Pantries", "description": "Groceries.",
            "status": "Available"}  # fmt: skip
PLACE = {"id": "3", "organization_id": "4", "name": "Lantern", "airs_designation_id": "Site", "latitude": "39.97",
         "longitude": "-83.01", "phones": "[{'number': '614-555-0101', 'isActive': True}]"}  # fmt: skip
IN_OS = {"service_id": "1", "servicesystem_name": "Food shelf", "servicesystem_description": "Groceries.",
         "servicesystem_phonemain": "614-555-0101"}  # fmt: skip


def read(folder: Path, **tables: list[Mapping[str, Any]]) -> Reading:
    feed = folder / "feed"
    feed.mkdir(exist_ok=True)
    for name, rows in tables.items():
        with (feed / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)))
            writer.writeheader()
            writer.writerows(rows)
    return read_feed([feed])


def only(reading: Reading) -> Result:
    [result] = reading.results()
    return result


@pytest.mark.parametrize("flag", ["isactive", "operational", "show_on_public_site"])
def test_a_place_kept_from_the_public_is_not_listed(tmp_path: Path, flag: str) -> None:
    result = only(read(tmp_path, services=[AT_POINT], locations=[PLACE | {flag: "FALSE"}]))
    assert (result.outcome, result.detail) == ("skipped", "not shown to the public")


def test_a_service_is_named_after_its_place_and_its_term(tmp_path: Path) -> None:
    draft = only(read(tmp_path, services=[AT_POINT], locations=[PLACE])).draft
    assert draft is not None
    assert draft.name == "Lantern: Food Pantries"
    assert [str(phone) for phone in draft.phones] == ["614-555-0101"]


def test_licensed_definitions_and_contacts_are_not_kept(tmp_path: Path) -> None:
    told = AT_POINT | {"taxonomy_definition": "Licensed words"}
    reading = read(tmp_path, services=[told], locations=[PLACE | {"contacts": "[{'name': 'Pat Doe'}]"}])
    kept = json.dumps([result.raw for result in reading.results()])
    assert "Licensed" not in kept
    assert "Pat Doe" not in kept


def test_directors_contacts_and_hidden_streets_are_not_kept(tmp_path: Path) -> None:
    agency = {"agency_id": "4", "agencysystem_name": "Helpers", "agencysystem_directorname": "Pat Doe"}
    site = {"site_id": "3", "sitesystem_name": "East", "siteaddressus_siteaddressus_address_1": "9 Hidden Road",
            "siteaddressus_siteaddressus_city": "Columbus", "siteaddressus_siteaddressus_latitude": "39.97",
            "siteaddressus_siteaddressus_longitude": "-83.01", "sitesystem_physicaladdressconfidential": "true",
            "siteaddressus_confidentialphysicaladdress_address_1": "9 Hidden Road"}  # fmt: skip
    service = IN_OS | {"agency_id": "4", "servicesite_servicesite": '[{"Site_Id": 3}]',
                       "servicecontact_servicecontact_both": '[{"Name": "Pat Doe"}]'}  # fmt: skip
    result = only(read(tmp_path, services=[service], agencies=[agency], sites=[site]))
    assert result.draft is not None
    assert result.draft.place is not None
    assert (result.draft.place.city, result.draft.place.confidential) == ("Columbus", True)
    kept = json.dumps([result.raw, result.draft.as_dict()])
    assert not any(word in kept for word in ("Pat Doe", "Hidden Road", "39.97"))


def test_a_service_at_two_sites_is_two_listings(tmp_path: Path) -> None:
    service = IN_OS | {
        "servicesite_servicesite_both": '[{"Site_Id": 3, "Name": "East"}, {"Site_Id": 4, "Name": "West"}]'
    }
    assert [result.key for result in read(tmp_path, services=[service]).results()] == ["1@3", "1@4"]


CELLS = st.sampled_from(
    ["", "[]", "[{", "{}", "TRUE", "FALSE", "null", '[{"Site_Id": 3}]', '[{"site_id": null}]', '[["x"]]', "Active",
     '{"open": {"Monday": [[[9, 0], [17, 30]], [[9]], "x"], "Noday": [[[1, 2], [3, 4]]]}}', '{"open": 3}',
     '[{"scope": "county"}]', '[{"scope": 5, "state": ["OH"]}]', "[{'level': None}]", "Mon 9-5"]
)  # fmt: skip
NAMES = (
    "servicesite_servicesite servicesite_servicesite_both servicegeotagus_servicegeotagus serviceoption_status site_id"
    " servicehoursofoperation_modulehoursofoperation serviceoption_languagesotherthanenglish agencysystem_name"
    " agency_id service_areas"
    " siteaddressus_siteaddressus sitesystem_name servicetaxonomy_moduleservicepost status isactive"
).split()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.dictionaries(st.sampled_from(NAMES), CELLS), min_size=1, max_size=4), st.sampled_from([AT_POINT, IN_OS])
)
def test_every_row_is_accounted_for_whatever_lies_in_its_cells(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]], base: dict[str, str]
) -> None:
    told = [base | row for row in rows]
    reading = read(tmp_path_factory.mktemp("feed"), services=told)
    results = list(reading.results())
    assert len(results) >= len(rows)
    assert not [result for result in results if result.reason == "could not be read"]
