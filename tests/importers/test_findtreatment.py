"""FindTreatment.gov answers: wrapped or bare, SA and MH of one place made one, practitioners left out."""

import json
from pathlib import Path
from typing import Any

import pytest

from directory.listing import ListingDraft
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


def test_bare_codes_of_services_and_payments_are_known(tmp_path: Path) -> None:
    (one,) = results(tmp_path, [{**ROW, "services": ["SA", "DT", "RES"], "payments": ["MD", "SF"]}])
    assert one.draft.kind == Kind.RESIDENTIAL
    assert one.draft.facets["payment"] == ("medicaid", "self_pay")
    assert "DT" not in one.draft.categories


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


PLACE = {"name1": "Invented Place", "name2": "", "street1": "1 Example St", "city": "Columbus", "state": "OH"}


def groups(**services: str) -> list[dict[str, str]]:
    return [{"f1": code, "f2": code, "f3": names} for code, names in services.items()]


def listings(folder: Path, *records: dict[str, Any], wrapped: bool = True) -> list[ListingDraft]:
    rows = [PLACE | {"zip": "43215", "phone": None, "typeFacility": "SA"} | record for record in records]
    answer = folder / "answer.json"
    answer.write_text(json.dumps({"page": 1, "totalPages": 1, "rows": rows} if wrapped else rows), encoding="utf-8")
    return [result.draft for result in read_feed([answer]).results() if result.draft and not result.outcome]


def test_one_facility_of_both_searches_is_one_listing_with_what_either_says(tmp_path: Path) -> None:
    one = {"services": groups(TC="Substance use treatment", SET="Outpatient; ", GN="Female", SG="Adult women")}
    two = {"typeFacility": "MH", "latitude": "39.96", "longitude": -83.0, "zip": 43215}
    two["services"] = groups(TC="Mental health treatment", SET="Residential/24-hour residential", GN="Male")
    (place,) = listings(tmp_path, one, two)
    assert (place.kind, place.also) == (Kind.RESIDENTIAL, (Kind.OUTPATIENT,))
    assert place.facets["gender"] == ("men", "women")
    assert (place.denied, place.notes) == ({}, "")
    assert place.place is not None
    assert place.place.located


def test_programs_of_one_facility_stay_apart_by_their_second_name(tmp_path: Path) -> None:
    assert len(listings(tmp_path, {"name2": "Program A"}, {"name2": "Program B"}, wrapped=False)) == 2


def test_a_row_without_services_keeps_what_its_type_says(tmp_path: Path) -> None:
    program, other, health = listings(
        tmp_path,
        {"name1": "Invented OTP", "typeFacility": "OTP", "services": None},
        {"name1": "Invented MH", "typeFacility": "MH", "services": None},
        {"name1": "Invented Health", "typeFacility": "HRSA", "services": []},
    )
    assert program.facets == {"level": ("opioid_treatment_program",)}
    assert other.facets == {"need": ("mental_health",)}
    assert health.kind is Kind.COMMUNITY_SERVICE


def test_a_null_island_pin_and_an_empty_link_are_none(tmp_path: Path) -> None:
    (place,) = listings(tmp_path, {"latitude": "0", "longitude": 0, "website": "http://"})
    assert place.website == ""
    assert place.place is not None
    assert not place.place.located


def test_a_name_nobody_knows_stays_a_word_and_is_reported(tmp_path: Path) -> None:
    (place,) = listings(tmp_path, {"services": groups(AS="A new service; Case management service")})
    assert place.categories == ("A new service", "Case management service")


@pytest.mark.parametrize(
    "services",
    [
        "Substance use treatment; Transitional housing, halfway house, or sober home; Spanish",
        "Substance use treatment, Transitional housing, halfway house, or sober home, Spanish",
        "Substance use treatment | Transitional housing, halfway house, or sober home | Spanish",
        json.dumps(
            groups(TC="Substance use treatment; Transitional housing, halfway house, or sober home", SL="Spanish")
        ),
        str(groups(TC="Substance use treatment; Transitional housing, halfway house, or sober home", SL="Spanish")),
    ],
)
def test_a_flat_table_reads_names_however_they_are_joined(services: str, tmp_path: Path) -> None:
    file = tmp_path / "flat.csv"
    quoted = services.replace('"', '""')
    file.write_text(
        f'Name,Street,City,State,Zip,Phone,Services\nInvented,1 Example St,Columbus,OH,43215,614-555-0101,"{quoted}"\n',
        encoding="utf-8",
    )
    (result,) = read_feed([file]).results()
    assert result.draft is not None
    assert result.draft.kind is Kind.SOBER_LIVING
    assert result.draft.facets == {"level": ("recovery_residence",), "language": ("es",)}


def test_every_real_answer_is_read_whole() -> None:
    folder = SAMPLES / "samhsa"
    for file in folder.glob("findtreatment-*"):
        results = list(read_feed([file]).results())
        assert results
        assert {result.outcome for result in results} <= {"", "skipped"}
