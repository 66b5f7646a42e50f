"""Spreadsheets find their mapping, keep no person, and are refused by the name of the column they lack."""

import json
from pathlib import Path

import pytest

from directory.errors import Unreadable
from importers.mapping import load, shipped, suggest_for
from importers.mapping.checked import parse
from importers.run import Reading, read_feed
from importers.sources.spreadsheet import claims, private
from tests.importers.cases import CASES

MAPPING = """publisher = "Example County"
licence = "CC0"
kind = "community_service"
key = ["name"]
[columns]
name = "Program"
"""


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def read(path: Path, mapping: str = "") -> Reading:
    return read_feed([path], mapping=parse(mapping) if mapping else None)


@pytest.mark.parametrize(
    ("case", "name"),
    [
        ("good-narr.csv", "narr-affiliate"),
        ("good-oxford.csv", "oxford-house"),
        ("good-massachusetts.json", "massachusetts-homes"),
        ("good-meetings.csv", "meeting-sheet"),
        ("good-services.csv", "community-services"),
    ],
)
def test_each_shipped_mapping_claims_its_own_list(case: str, name: str) -> None:
    reading = read(CASES / "spreadsheet" / case)
    list(reading.results())
    assert claims(reading.columns) == name


@pytest.mark.parametrize(
    "sheet",
    [
        "Fraternité,Nom,Jour,Heure,Lieu,Adresse,Ville,Province,Code postal,Types\n"
        "AA,Espoir,Lundi,19h30,Église,12 rue Principale,Sudbury,ON,P3E 1A1,Fermée\n",
        "Fraternidad,Nombre,Día,Hora,Lugar,Dirección,Ciudad,State,Código postal,Tipos\n"
        "AA,Esperanza,lunes,7:30 PM,Iglesia,12 Oak St,Columbus,OH,43215,Cerrada\n",
    ],
    ids=["French", "Spanish"],
)
def test_a_sheet_of_meetings_may_have_french_or_spanish_headers(tmp_path: Path, sheet: str) -> None:
    [result] = read(write(tmp_path / "list.csv", sheet)).results()
    draft = result.draft
    assert draft is not None
    assert draft.place is not None
    assert [(time.weekday, time.start) for time in draft.times] == [(1, 1170)]
    assert draft.facets["format"] == ("closed",)
    assert draft.place.street.startswith("12 ")
    assert draft.place.postal_code


def test_a_column_that_can_only_be_about_a_person_is_never_kept(tmp_path: Path) -> None:
    sheet = write(
        tmp_path / "homes.csv",
        "Residence Name,Address,City,State,Phone,Level of Support,Gender,Administrator,Program Director Cell\n"
        "Sunrise,1 Palm Ave,Delray Beach,FL,561-555-0100,II,Men,Pat Doe,561-555-0199\n",
    )
    for mapping in ("", MAPPING.replace('"Program"', '"Residence Name"')):
        [result] = read(sheet, mapping).results()
        kept = json.dumps(result.raw)
        assert "Palm Ave" in kept
        assert "Pat Doe" not in kept
        assert "0199" not in kept


def test_no_shipped_mapping_claims_a_stranger() -> None:
    assert claims(["name", "phone", "city"]) == ""


def test_a_foreign_list_without_a_mapping_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="--map"):
        read(write(tmp_path / "list.csv", "Colour,Weight\nred,3\nblue,4\n"))


def test_a_sheet_of_meetings_that_does_not_say_whose_they_are_is_told_how_to_say_it(tmp_path: Path) -> None:
    sheet = tmp_path / "meetings.csv"
    sheet.write_text("Meeting Name,Day,Time,Address,City,State\nHope,Monday,7:00 PM,1 Main St,Columbus,OH\n")
    with pytest.raises(Unreadable, match=r"names the fellowship.*--map FILE --suggest.*\[fixed\]"):
        read_feed([sheet])


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="'Telephone'"):
        read(write(tmp_path / "list.csv", "Program\nA\n"), MAPPING + 'phone = "Telephone"\n')


def test_publisher_and_licence_are_the_mappings(tmp_path: Path) -> None:
    reading = read(write(tmp_path / "list.csv", "Program,Web\nA,example.org\n"), MAPPING + 'website = "Web"\n')
    assert (reading.publisher, reading.licence, reading.source) == ("Example County", "CC0", "spreadsheet")


def test_columns_nobody_maps_are_noted_once_a_row(tmp_path: Path) -> None:
    file = write(tmp_path / "list.csv", "Program,Web,Odd,Shoe Size\nA,example.org,1,2\nB,example.org/b,,3\n")
    reading = read(file, MAPPING.replace("[columns]", 'ignore = ["Shoe Size"]\n[columns]') + 'website = "Web"\n')
    assert [result.outcome for result in reading.results()] == ["", ""]
    assert dict(reading.notes) == {"column never used: odd": 1}


def test_names_of_persons_are_nowhere_in_what_is_read() -> None:
    for case in ("good-narr.csv", "good-oxford.csv"):
        told = repr(list(read(CASES / "spreadsheet" / case).results()))
        assert "Example House" not in told
        assert not [name for name in ("Pat Example", "Sam Example", "Jo Example", "Al Example") if name in told]


def test_a_column_that_some_lists_give_as_the_houses_own_is_judged_by_its_list() -> None:
    assert private({}, ["manager"])
    assert not private({}, ["phone"])
    assert private(parse(MAPPING.replace("[columns]", 'private = ["Phone"]\n[columns]')), ["phone"])


def test_every_shipped_mapping_says_what_it_is() -> None:
    assert set(shipped()) >= {
        "narr-affiliate",
        "oxford-house",
        "massachusetts-homes",
        "meeting-sheet",
        "community-services",
    }
    for name, mapping in shipped().items():
        assert mapping.plan.title, name
        assert len(mapping["required"]) >= 3, f"{name} would claim lists that are not its own"


def test_records_and_sheets_inside_json_are_read_alike(tmp_path: Path) -> None:
    mapping = MAPPING + 'website = "Web"\n'
    shapes = {
        "airtable": '{"records": [{"id": "r1", "fields": {"Program": "A", "Web": "example.org"}}]}',
        "sheet": '{"values": [["Program", "Web"], ["A", "example.org"]]}',
        "array": '[{"Program": "A", "Web": "example.org"}]',
    }
    drafts = []
    for name, text in shapes.items():
        file = write(tmp_path / f"{name}.json", text)
        drafts += [result.draft for result in read(file, mapping).results()]
        assert parse(suggest_for(file)).plan.columns["name"].ways == ("Program",)
    assert len(drafts) == 3
    assert drafts[0] == drafts[1] == drafts[2] is not None


def test_a_mapping_that_is_no_text_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Unreadable, match=r"broken\.toml"):
        load(file)


def test_reading_twice_gives_the_same_drafts() -> None:
    case = CASES / "spreadsheet" / "good-narr.csv"
    first, again = ([result.draft for result in read(case).results()] for _ in range(2))
    assert first == again
