"""FindTreatment.gov answers: wrapped or bare, SA and MH of one place made one, practitioners left out."""

import json
from pathlib import Path
from typing import Any

import pytest

from directory.vocab import Kind
from importers.run import read_feed
from tests.conftest import SAMPLES

ROW = {
    "_irow": 1, "frid": "x", "name1": "Invented Allies", "name2": "", "street1": "1 Example Rd", "street2": "",
    "city": "Columbus", "state": "OH", "zip": "43215", "phone": "614-555-0110", "intake1": None, "hotline1": None,
    "website": "", "latitude": "39.96", "longitude": "-83.0", "typeFacility": "SA",
    "services": [{"f1": "Setting", "f2": "SET", "f3": "Outpatient; Intensive outpatient treatment"}],
}  # fmt: skip


def results(tmp_path: Path, document: Any) -> list[Any]:
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(document))
    return list(read_feed([file]).results())


@pytest.mark.parametrize(
    "wrap", [lambda rows: rows, lambda rows: {"rows": rows}, lambda rows: {"page": 1, "rows": rows}]
)
def test_wrapped_or_bare_the_rows_read_the_same(tmp_path: Path, wrap: Any) -> None:
    (one,) = results(tmp_path, wrap([ROW]))
    assert one.draft.facets["level"] == ("intensive_outpatient", "outpatient")
    assert (one.draft.place.latitude, one.draft.place.approximate) == (39.96, False)


def test_the_same_place_as_substance_use_and_mental_health_is_one_listing(tmp_path: Path) -> None:
    mental = {**ROW, "typeFacility": "MH", "services": [{"f1": "Care", "f2": "TC", "f3": "Mental health treatment"}]}
    listed, folded = results(tmp_path, [ROW, mental])
    assert listed.draft.facets["need"] == ("mental_health",)
    assert "level" in listed.draft.facets
    assert folded.outcome == "skipped"


def test_two_programs_at_one_address_stay_two(tmp_path: Path) -> None:
    assert len([r for r in results(tmp_path, [ROW, {**ROW, "name2": "Women's program"}]) if not r.outcome]) == 2


def test_a_single_practitioner_is_not_a_program(tmp_path: Path) -> None:
    (one,) = results(tmp_path, [{**ROW, "typeFacility": "BUPREN"}])
    assert (one.outcome, one.reason) == ("skipped", "one practitioner, not a program")


def test_a_health_center_is_a_community_service(tmp_path: Path) -> None:
    (one,) = results(tmp_path, [{**ROW, "typeFacility": "HRSA", "services": []}])
    assert (one.draft.kind, one.draft.facets["need"]) == (Kind.COMMUNITY_SERVICE, ("health_care",))


@pytest.mark.parametrize("services", [None, "text", [], [None], [{"f3": None}], [{"f3": 5}], {"f3": "Outpatient"}])
def test_odd_services_spoil_nothing(tmp_path: Path, services: Any) -> None:
    (one,) = results(tmp_path, [{**ROW, "services": services}])
    assert one.draft.name == "Invented Allies"


def test_the_real_answer_is_read_whole() -> None:
    file = SAMPLES / "samhsa" / "findtreatment-api-charlottesville-2019-05-23.json"
    if file.exists():  # the sample is not beside every checkout
        read = list(read_feed([file]).results())
        assert len(read) == 25
        assert all(result.draft and not result.outcome and result.draft.place.located for result in read)  # type: ignore[union-attr]
