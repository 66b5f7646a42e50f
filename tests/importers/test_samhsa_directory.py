"""The National Directory: sheets and columns by their headers, both directories apart, the real one whole."""

from pathlib import Path

import openpyxl
import pytest

from directory.vocab import Kind
from importers.run import Reading, read_feed
from tests.conftest import SAMPLES

COLUMNS = "name1 name2 street1 street2 city state zip phone intake1 service_code_info".split()
ROW = ["Invented Clinic", "", "1 Example St", "", "Columbus", "OH", "43215", "614-555-0101", "", "SA * OP ORT * QQZ"]


def workbook(
    path: Path, columns: list[str], rows: list[list[object]], names: tuple[str, str] = ("Facilities List", "Codes")
) -> Path:
    book = openpyxl.Workbook()
    codes = book.active
    codes.title = names[1]
    codes.append(["category_code", "category_name", "service_code", "service_name", "service_description"])
    codes.append(["ZZ", "New", "QQZ", "A new service", ""])
    sheet = book.create_sheet(names[0])
    sheet.append(columns)
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_sheets_and_columns_are_found_by_header_whatever_their_order(tmp_path: Path) -> None:
    turned = workbook(tmp_path / "b.xlsx", COLUMNS[::-1], [ROW[::-1]], ("Tabelle2", "Erste"))
    (one,) = read_feed([workbook(tmp_path / "a.xlsx", COLUMNS, [ROW])]).results()
    (two,) = read_feed([turned]).results()
    assert one.draft == two.draft
    assert one.draft is not None
    assert "A new service" in one.draft.categories


def test_a_year_with_a_column_for_each_code_reads_the_same(tmp_path: Path) -> None:
    wide = [*COLUMNS[:-1], "sa", "op", "ort", "md"]
    (one,) = read_feed([workbook(tmp_path / "w.xlsx", wide, [[*ROW[:-1], 1, 1, 1, 0]])]).results()
    assert one.draft is not None
    assert one.draft.facets == {"level": ("outpatient",)}


def test_the_two_directories_are_two_publishers(tmp_path: Path) -> None:
    mental = [*ROW[:-1], "MH * OMH * OP"]
    assert read_feed([workbook(tmp_path / "s.xlsx", COLUMNS, [ROW])]).publisher.endswith("(substance use)")
    assert read_feed([workbook(tmp_path / "m.xlsx", COLUMNS, [mental])]).publisher.endswith("(mental health)")


def test_a_zip_that_lost_its_zero_gets_it_back(tmp_path: Path) -> None:
    (one,) = read_feed([workbook(tmp_path / "z.xlsx", COLUMNS, [[*ROW[:4], "Boston", "MA", 2110, *ROW[7:]]])]).results()
    assert one.draft is not None
    assert one.draft.place is not None
    assert one.draft.place.postal_code == "02110"


@pytest.fixture(scope="module")
def real() -> Reading | None:
    file = SAMPLES / "samhsa" / "National_Directory_SA_Facilities_2022.xlsx"
    return read_feed([file]) if file.exists() else None


def test_the_real_directory_is_read_whole(real: Reading | None) -> None:
    if real is None:  # the sample is not beside every checkout
        return
    results = list(real.results())
    listings = [result.draft for result in results if result.draft and not result.outcome]
    assert len(results) == 12176
    assert len(listings) == 12170
    assert not any(result.outcome == "rejected" for result in results)
    assert len({draft.source_key for draft in listings}) == len(listings)
    homes = [draft for draft in listings if Kind.SOBER_LIVING in (draft.kind, *draft.also)]
    programs = [draft for draft in listings if "opioid_treatment_program" in draft.facets.get("level", ())]
    assert (len(homes), len(programs)) == (1181, 1498)  # of 1,499 rows one is folded into its twin


OLDER = "Facility Name;Address 1;City;State;Zip Code;Phone Number;Intake Phone;Service Codes".split(";")


def test_older_headers_under_a_title_are_the_same_and_notes_are_no_facility(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        OLDER,
        ["Invented Clinic ", "1 Example St", "Columbus", "OH", 43215, "614-555-0101 x12", "614-555-0102", "SA OP ORT"],
        [None] * 8,
        ["Source: the survey of 2018."],
    ]
    results = list(read_feed([workbook(tmp_path / "old.xlsx", ["Directory of 2018"], rows)]).results())
    assert [result.outcome for result in results] == ["", "skipped"]
    assert results[0].draft is not None
    assert [str(phone) for phone in results[0].draft.phones] == ["614-555-0101 x12", "614-555-0102"]
    assert results[0].draft.facets == {"level": ("outpatient",)}


def test_a_column_may_bear_a_services_name_or_a_code_of_the_reference_sheet(tmp_path: Path) -> None:
    wide = [*COLUMNS[:-1], "Substance use treatment", "Methadone maintenance", "Spanish", "QQZ"]
    (one,) = read_feed([workbook(tmp_path / "n.xlsx", wide, [[*ROW[:-1], "Yes", "Yes", "No", "1"]])]).results()
    assert one.draft is not None
    assert one.draft.facets == {"medication": ("methadone",)}
    assert "A new service" in one.draft.categories


def test_a_mental_health_facility_that_treats_substance_use_is_of_the_mental_health_directory(tmp_path: Path) -> None:
    both = [*ROW[:-1], "MH SA * OP"]
    assert read_feed([workbook(tmp_path / "m.xlsx", COLUMNS, [both])]).publisher.endswith("(mental health)")
    detox = [*ROW[:-1], "DT * RES RD"]
    assert read_feed([workbook(tmp_path / "d.xlsx", COLUMNS, [detox])]).publisher.endswith("(substance use)")
