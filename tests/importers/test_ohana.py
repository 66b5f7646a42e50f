"""Ohana's tables and nested JSON: the dialect before HSDS, never mistaken for it."""

import json
from pathlib import Path
from typing import Any

import pytest

from directory.listing import Phone
from directory.vocab import Modality
from importers.run import Result, read_feed

ORGANIZATION: dict[str, Any] = {
    "id": 1,
    "name": "Kind Hands",
    "locations": [
        {
            "id": 5,
            "name": "Kind House",
            "address": {"street_1": "12 Hill St", "city": "Bremerton", "state": "WA", "zip": "98312"},
            "phones": [
                {"number": "360 555-0101", "number_type": "voice"},
                {"number": "360-555-0102", "number_type": "fax"},
            ],
            "services": [
                {"id": 31, "name": "Hot meals", "status": "active"},
                {"id": 32, "name": "Beds", "status": "inactive"},
            ],
        }
    ],
}  # fmt: skip


def read(tmp_path: Path, text: str, name: str = "feed.json") -> list[Result]:
    file = tmp_path / name
    file.write_text(text)
    reading = read_feed([file])
    assert reading.source == "ohana"
    return list(reading.results())


@pytest.mark.parametrize("lines", [False, True], ids=["a list", "one a line"])
def test_organizations_hold_locations_that_hold_services(tmp_path: Path, lines: bool) -> None:
    other = {**ORGANIZATION, "id": 2, "name": "Warm Hands"}
    text = "\n".join(map(json.dumps, (ORGANIZATION, other))) if lines else json.dumps([ORGANIZATION, other])
    found = read(tmp_path, text + "\n")
    assert [result.outcome for result in found] == ["", "skipped", "held", "skipped"]  # two may not share an id
    listed = found[0].draft
    assert listed is not None
    assert (listed.source_key, listed.group, listed.phones) == ("31@5", "Kind Hands", (Phone("360-555-0101"),))
    assert listed.place is not None
    assert listed.place.address() == "12 Hill St, Bremerton, WA 98312"


def tables(folder: Path, **texts: str) -> list[Result]:
    for name, text in texts.items():
        folder.joinpath(f"{name}.csv").write_text(text)
    reading = read_feed([folder])
    assert reading.source == "ohana"
    return list(reading.results())


SERVICES = "id,location_id,name,status,keywords,taxonomy_ids\n"


def test_a_mailing_address_beside_the_tables_is_no_place_to_go(tmp_path: Path) -> None:
    (one,) = tables(
        tmp_path,
        services=f"{SERVICES}1,5,Meals,active,,\n",
        locations="id,organization_id,name\n5,1,House\n",
        mail_addresses="id,location_id,address_1,city,state_province\n1,5,9 Mail St,Seattle,WA\n",
        phones="id,location_id,number\n1,5,360-555-0101\n",
    )
    assert one.draft is not None
    assert one.draft.place is not None
    assert (one.draft.place.street, one.draft.place.city) == ("", "Seattle")


def test_a_contacts_own_number_is_not_told(tmp_path: Path) -> None:
    (one,) = tables(
        tmp_path,
        services=f"{SERVICES}1,5,Meals,active,,\n",
        locations="id,organization_id,name,website\n5,1,House,https://kind.example.org\n",
        phones="id,contact_id,location_id,number\n1,7,,360-555-0101\n",
    )
    assert one.draft is not None
    assert one.draft.phones == ()


def test_of_codes_and_their_ancestors_only_the_farthest_are_kept(tmp_path: Path) -> None:
    (one,) = tables(
        tmp_path,
        services=f'{SERVICES}1,5,Meals,active,,"B,BD,BD-5000,BD-5000.8300,P"\n',
        locations="id,organization_id,name,website\n5,1,House,https://kind.example.org\n",
    )
    assert [term["taxonomy_term"]["code"] for term in one.raw["attributes"]] == ["BD-5000.8300", "P"]


def test_a_virtual_location_is_on_line(tmp_path: Path) -> None:
    (one,) = tables(
        tmp_path,
        services="id,location_id,name,status,keywords,website\n1,5,Recovery peer support chat,active,,https://chat.example.org\n",
        locations="id,organization_id,name,virtual\n5,1,Web,TRUE\n",
    )
    assert one.draft is not None
    assert (one.draft.modality, one.draft.place) == (Modality.ONLINE, None)


def test_every_sample_is_accounted_for(samples: Path) -> None:
    results = list(read_feed([samples / "hsds" / "ohana-sample"]).results())
    assert [result.number for result in results] == list(range(1, 24))
