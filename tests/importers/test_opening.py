"""Any feed opens: encodings, line ends, banners, archives and JSON shapes; a broken one is refused in a sentence."""

import csv
import gzip
import io
import json
import zipfile
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.errors import Unreadable
from importers.opening import Table, Unsound, members, normal, open_feed
from importers.opening.workbooks import cell_text

LETTERS = st.characters(codec="utf-8", exclude_characters="\x00\ufeff")
PER_TEST = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PLAIN = "name,day\nHope,1\nJoy,2\n"


def written(folder: Path, content: str | bytes, name: str = "feed.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def only(path: Path) -> Table:
    [table] = open_feed([path]).tables
    return table


def rows(table: Table) -> list[Any]:
    return list(table.records(0 if table.laid_out else None))


def refusal(path: Path) -> str:
    def read() -> None:
        for table in open_feed([path]).tables:
            rows(table)

    with pytest.raises(Unreadable) as refused:
        read()
    return str(refused.value)


HOPE = [{"name": "Hope", "day": "1"}, {"name": "Joy", "day": "2"}]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_of_any_line_end_and_separator(tmp_path: Path, end: str, delimiter: str) -> None:
    text = PLAIN.replace("\n", end).replace(",", delimiter)
    assert rows(only(written(tmp_path, text))) == HOPE


@pytest.mark.parametrize(
    ("encoding", "seen"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp1252", "cp1252"), ("mac_roman", "mac_roman"),
        ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("shape", ["csv", "json"])
def test_text_of_any_encoding_is_read_and_the_encoding_told(
    tmp_path: Path, encoding: str, seen: str, shape: str
) -> None:
    records = [{"name": "Café Peña — José’s “día” at São João", "day": "1"}]
    text = "name,day\n" + records[0]["name"] + ",1\n" if shape == "csv" else json.dumps(records, ensure_ascii=False)
    table = only(written(tmp_path, text.encode(encoding), "feed"))
    assert (rows(table), table.encoding, table.format) == (records, seen, shape)


def test_utf8_with_a_broken_letter_stays_utf8(tmp_path: Path) -> None:
    text = b"name\n" + "é ñ ü ” ’ ".encode() * 5 + b"\xe9\n"
    assert only(written(tmp_path, text)).encoding == "utf-8, damaged"


def test_format_is_told_by_content_not_by_suffix(tmp_path: Path) -> None:
    assert only(written(tmp_path, '[{"a": 1}]', "feed.csv")).format == "json"
    assert only(written(tmp_path, PLAIN, "feed.json")).format == "csv"


def test_csv_oddities_of_real_exports(tmp_path: Path) -> None:
    text = (
        'Meeting Name , Phone,Phone,"Full\nAddress",,\n'
        'Hope,  "614-555-0100, x2",b,"1 St\nTown",,\n'
        ",,,,,\n   ,\n"
        "Joy\x00,c\n"
        "Dot,a,b,c,d,e\n"
    )
    one, two, three = rows(only(written(tmp_path, text)))
    assert one["meeting_name"] == "Hope"
    assert (one["phone"], one["phone_2"], one["full_address"]) == ("614-555-0100, x2", "b", "1 St\nTown")
    assert two == {"meeting_name": "Joy", "phone": "c"}
    assert three["column_5"] == "d"


def test_a_row_with_more_cells_than_columns_is_one_bad_record(tmp_path: Path) -> None:
    found = rows(only(written(tmp_path, "name,day\nHope,1\nJoy,2,,\nDot,3,oops\nEnd,4\n")))
    assert found[0]["name"] == "Hope"
    assert found[1] == {"name": "Joy", "day": "2"}
    assert found[2] == Unsound(
        {"name": "Dot", "day": "3", "column_3": "oops"}, "more cells than columns", "3 cells under 2 columns"
    )
    assert found[3]["name"] == "End"


def test_a_header_in_the_middle_is_skipped_not_listed(tmp_path: Path) -> None:
    found = rows(only(written(tmp_path, PLAIN + PLAIN)))
    assert [one.outcome if isinstance(one, Unsound) else one["name"] for one in found] == [
        "Hope", "Joy", "skipped", "Hope", "Joy",
    ]  # fmt: skip


def test_a_last_row_cut_short_is_rejected_but_a_short_row_is_not(tmp_path: Path) -> None:
    [hope, cut] = rows(only(written(tmp_path, "name,day\nHope,1\nJo")))
    assert hope == HOPE[0]
    assert cut.reason == "the file ends inside this record"
    assert rows(only(written(tmp_path, "name,day\nHope\nJo"))) == [{"name": "Hope"}, {"name": "Jo"}]
    assert rows(only(written(tmp_path, "name,day\nHope,1\nJoy,2"))) == HOPE


def test_csv_that_ends_inside_an_open_quote_is_refused(tmp_path: Path) -> None:
    assert "line 2" in refusal(written(tmp_path, 'name,day\nHope,"1\nJoy,2\n'))
    assert "cut off" in refusal(written(tmp_path, PLAIN * 100 + 'Dot,"3'))


@PER_TEST
@given(
    table=st.lists(st.lists(st.text(LETTERS, max_size=8), min_size=3, max_size=3), min_size=1, max_size=8),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)  # fmt: skip
def test_csv_is_read_as_the_csv_module_wrote_it(
    tmp_path: Path, table: list[list[str]], end: str, quoting: Any, encoding: str
) -> None:
    out = io.StringIO()
    header = ["first", "second", "third"]
    csv.writer(out, lineterminator=end, quoting=quoting).writerows([header, *table])
    text = out.getvalue()
    wanted = [
        dict(zip(header, row, strict=False))
        for row in csv.reader(io.StringIO(text, newline=""), skipinitialspace=True)
        if row and row != header and any(cell.strip() for cell in row)
    ]
    found = rows(only(written(tmp_path, text.encode(encoding))))
    assert [row for row in found if isinstance(row, dict)] == wanted


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ([{"a": 1}, {"a": None}], ""),
        ({"rows": [{"a": 1}, {"a": None}], "page": 1}, "rows"),
        ({"x": {"deep": [{"a": 1}, {"a": None}]}}, "x.deep"),
    ],
)
def test_json_records_are_found_wherever_their_array_lies(tmp_path: Path, document: Any, path: str) -> None:
    tables = open_feed([written(tmp_path, json.dumps(document))]).tables
    assert [rows(table) for table in tables if table.path == path] == [[{"a": 1}, {"a": None}]]


@pytest.mark.parametrize("wrap", [lambda values: {"range": "A1", "values": values}, lambda values: values])
def test_google_sheet_json_becomes_rows_under_a_header(tmp_path: Path, wrap: Any) -> None:
    path = written(tmp_path, json.dumps(wrap([["Meeting Name ", "Full-Address"], ["Hope"], [], ["Joy", "1 St"]])))
    [table] = [t for t in open_feed([path]).tables if t.laid_out]
    assert rows(table) == [{"meeting_name": "Hope"}, {"meeting_name": "Joy", "full_address": "1 St"}]


def test_one_object_a_line_is_read_and_a_broken_line_spoils_only_itself(tmp_path: Path) -> None:
    found = rows(only(written(tmp_path, '{"a": 1}\n\n{"a": 2}\r\n{oops}\n[3]\n{"a": "\\ud800"}\n')))
    assert [one.reason if isinstance(one, Unsound) else one["a"] for one in found] == [
        1, 2, "not valid JSON", "not a record", "?",
    ]  # fmt: skip
    assert "half-way" in refusal(written(tmp_path, '{"a": 1}\n{"a": 2}\n{"a": '))


@pytest.mark.parametrize("text", ['[{"a": 1}, {"a": 2', '{"rows": [{"a": 1}]', '[{"a": "x', "[", '{"a"'])
def test_json_that_stops_half_way_is_refused(tmp_path: Path, text: str) -> None:
    assert "stops half-way" in refusal(written(tmp_path, text))


@pytest.mark.parametrize("text", ['[{"a": ", ]",},]', '[{"a": ", ]"},\n ]', '[{"a": ", ]", }]'])
def test_a_comma_too_many_loses_nothing(tmp_path: Path, text: str) -> None:
    assert rows(only(written(tmp_path, text))) == [{"a": ", ]"}]


def test_a_packed_file_is_read_as_if_unpacked(tmp_path: Path) -> None:
    [table] = open_feed([written(tmp_path, gzip.compress(PLAIN.encode()), "houses.csv.gz")]).tables
    assert (table.name, rows(table), rows(table)) == ("houses.csv", HOPE, HOPE)


def test_what_systems_and_people_leave_beside_tables_does_not_block_them(tmp_path: Path) -> None:
    written(tmp_path, PLAIN)
    for name in ("Thumbs.db", "desktop.ini", "letter.doc"):
        written(tmp_path, b"\xd0\xcf\x11\xe0" + b"x" * 600, name)
    opened = open_feed([tmp_path])
    assert [table.name for table in opened.tables] == ["feed.csv"]
    assert opened.passed_over == ["letter.doc cannot be read as a workbook; it is an Office document of another kind."]


@pytest.mark.parametrize("text", ['[{"a": 1}] x', "[{'a': 1}]", "[{a: 1}]"])
def test_json_that_is_none_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    assert "is not valid JSON" in refusal(written(tmp_path, text))


def test_json_that_others_write_carelessly_is_forgiven(tmp_path: Path) -> None:
    text = '[{"a": NaN, "b": -Infinity, "c": 1e999, "d": 123456789012345678901, "e": "two\nlines", "f": 1.5}]'
    [record] = rows(only(written(tmp_path, text)))
    assert record == {"a": None, "b": None, "c": None, "d": "123456789012345678901", "e": "two\nlines", "f": 1.5}


def test_records_that_no_database_would_take_are_mended_or_rejected(tmp_path: Path) -> None:
    deep = "[" * 200 + "]" * 200
    found = rows(only(written(tmp_path, f'[{{"a\\u0000": "x\\u0000y"}}, {{"a": {deep}}}, 5, null, "x", []]')))
    assert found[0] == {"a": "xy"}
    assert [one.reason for one in found[1:]] == ["not a record"] * 5


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(cells, start=1):
            for column, value in enumerate(row, start=1):
                if value is not None:
                    sheet.cell(number, column, value)
    book.save(path)
    return path


def test_a_workbook_gives_every_sheet_with_cells_by_their_reference(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "book.bin",
        {
            "Homes": [
                [],
                [None, "Name", "Beds", "Seen", "At"],
                [None, "Hope", 12.0, datetime(2024, 1, 31), time(19, 30)],
                [None, None, 3],
            ],
            "Codes": [["code"], ["SA"]],
        },
    )  # fmt: skip
    homes, codes = open_feed([path]).tables
    assert list(homes.records(1)) == [
        {"column_1": "", "name": "Hope", "beds": "12", "seen": "2024-01-31", "at": "19:30"},
        {"column_1": "", "name": "", "beds": "3", "seen": "", "at": ""},
    ]
    assert (codes.format, rows(codes)) == ("xlsx", [{"code": "SA"}])


def test_workbook_cells_become_clean_text() -> None:
    told = [cell_text(c) for c in (45000.0, 39.96, True, "x ", datetime(2024, 1, 2, 3, 4), time(7, 5, 9))]
    assert told == ["45000", "39.96", "true", "x ", "2024-01-02 03:04:00", "07:05:09"]


def test_a_directory_and_a_zip_are_one_feed_each_and_leave_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "feed"
    folder.joinpath("data").mkdir(parents=True)
    written(folder, PLAIN, "a.csv")
    written(folder / "data", '[{"a": 1}]', "b.json")
    written(folder, "", "empty.txt")
    written(folder, b"%PDF-1.7", "read me.pdf")
    written(folder, "x", ".hidden")
    with zipfile.ZipFile(tmp_path / "feed.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, file.relative_to(folder))
    before = sorted(tmp_path.rglob("*"))
    directory, packed = open_feed([folder]), open_feed([tmp_path / "feed.zip"])
    assert [table.name for table in directory.tables] == ["a.csv", "data/b.json"]
    assert len(directory.passed_over) == 2
    assert {"a.csv", "data/b.json"} <= {table.name for table in packed.tables}
    assert [rows(t) for t in packed.tables if t.name in ("a.csv", "data/b.json")] == [HOPE, [{"a": 1}]]
    assert sorted(tmp_path.rglob("*")) == before


def test_a_cut_file_among_others_refuses_the_whole_feed(tmp_path: Path) -> None:
    written(tmp_path, PLAIN, "a.csv")
    written(tmp_path, '[{"a": 1', "b.json")
    assert "b.json stops half-way" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"\x1f\x8b\x08rest", "damaged or cut-off archive"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b'found([{"a": 1}]);', "ask its server for plain JSON"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (bytes(range(8)) * 100, "neither text nor a workbook"),
        (b"PK\x03\x04 but not really", "damaged or cut-off archive"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "cannot be read as a workbook"),
    ],
)
def test_what_is_no_feed_is_refused_in_a_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    assert said in refusal(written(tmp_path, content))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "There is no file gone.csv" in refusal(tmp_path / "gone.csv")


def test_zip_bombs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.csv", b"0" * (members.BIG + 1))
    assert "times its size" in refusal(path)
    monkeypatch.setattr(members, "BIG", 2**40)
    monkeypatch.setattr(members, "MOST_BYTES", 2**20)
    assert "unpacks to more than" in refusal(path)
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(members.MOST_MEMBERS + 1):
            archive.writestr(f"{number}.csv", b"")
    assert "at most" in refusal(path)


def test_a_workbook_with_cells_at_far_corners_is_refused_before_it_is_laid_out(tmp_path: Path) -> None:
    path = workbook(tmp_path / "far.xlsx", {"A": [["x"]]})
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>y</t></is></c></row></sheetData>'
    content[sheet] = content[sheet].replace(b"</sheetData>", far)
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    assert "1048576 rows and 16384 columns" in refusal(path)


def test_an_archive_in_the_archive_is_passed_over_and_a_workbook_in_it_is_read(tmp_path: Path) -> None:
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.csv", PLAIN)
    book = workbook(tmp_path / "book.xlsx", {"A": [["name", "day"], ["Hope", "1"]]})
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.write(inner, "inner.zip")
        archive.write(book, "book.xlsx")
    opened = open_feed([tmp_path / "outer.zip"])
    assert [rows(table) for table in opened.tables] == [HOPE[:1]]
    assert opened.passed_over == ["inner.zip is an archive in the archive; unpack it first."]


def test_a_cut_off_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "feed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", PLAIN * 500)
    path.write_bytes(path.read_bytes()[:2000])
    assert "damaged or cut-off" in refusal(path)


def test_a_zip_whose_content_is_damaged_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "feed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", PLAIN * 5000)
    content = bytearray(path.read_bytes())
    content[20_000] ^= 0xFF
    path.write_bytes(content)
    assert "damaged or cut-off" in refusal(path)


def test_large_files_stream(tmp_path: Path) -> None:
    """A generator that is asked for one record has not read the rest."""
    path = written(tmp_path, "name,day\n" + "Hope,1\n" * 200_000)
    stream = only(path).records(0)
    assert next(stream) == {"name": "Hope", "day": "1"}
    assert sum(1 for _ in stream) == 199_999


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Meeting Name ", "meeting_name"), ("\ufeffName", "name"), ("ZIP-Code", "zip_code"),
        ("Full\nAddress", "full_address"), ("_irow", "irow"), (None, ""), (5, "5"),
    ],
)  # fmt: skip
def test_column_names_are_made_normal(header: Any, name: str) -> None:
    assert normal(header) == name


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "[{" * 3 + '"a":[' * 50_000])
def test_deep_nesting_is_refused_at_once_without_filling_the_memory(text: str, tmp_path: Path) -> None:
    file = tmp_path / "deep.json"
    file.write_text(text)
    with pytest.raises(Unreadable):
        open_feed([file])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '[{"name": "' + "x" * 3000 + '"}]'),
        ("a.csv", "name,day\n" + "x" * 3000 + ",1\n"),
        ("a.jsonl", '{"a": 1}\n{"a": 2}\n{"a": "' + "x" * 3000 + '"}\n'),
    ],
)
def test_a_value_or_line_too_large_for_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    monkeypatch.setattr("importers.opening.documents.LONGEST_VALUE", 1000)
    monkeypatch.setattr("importers.opening.decoding.LONGEST_LINE", 1000)
    file = tmp_path / name
    file.write_text(text)
    with pytest.raises(Unreadable, match="no feed"):
        _read_to_its_end(file)


def _read_to_its_end(file: Path) -> None:
    for table in open_feed([file]).tables:
        list(table.records(None))
