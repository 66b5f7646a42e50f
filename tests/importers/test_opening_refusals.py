"""What is made to do harm, or by mistake would, is refused in a sentence that says what to do."""

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from directory.errors import Unreadable
from importers.opening import decoding, documents, members, sheets
from tests.importers.test_opening import PLAIN, only, refusal, workbook, written


def test_a_zip_that_names_files_outside_itself_is_refused(tmp_path: Path) -> None:
    for name in ("../outside.csv", "a/../../b.csv", "/etc/a.csv", "C:\\a.csv", "..\\a.csv"):
        path = tmp_path / "feed.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, PLAIN)
        assert "names a file outside itself" in refusal(path), name


def test_a_locked_zip_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "feed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", PLAIN)
    content = bytearray(path.read_bytes())
    content[6] |= 1  # the bit that says "encrypted", in the file's own header and in the list at the end
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(content))
    assert "locked with a password; save it without one" in refusal(path)


def test_a_locked_workbook_is_refused_with_what_to_do(tmp_path: Path) -> None:
    content = b"\xd0\xcf\x11\xe0" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert "locked with a password; save it without one" in refusal(written(tmp_path, content, "book.xlsx"))


def test_a_packed_file_that_swells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "BIG", 2**20)
    assert "far more than any feed holds" in refusal(written(tmp_path, gzip.compress(b" " * 2**22), "a.csv.gz"))


def test_a_packed_file_that_is_cut_or_an_archive_is_refused_with_what_to_do(tmp_path: Path) -> None:
    assert "damaged or cut-off" in refusal(written(tmp_path, gzip.compress(PLAIN.encode() * 99)[:-9], "a.csv.gz"))
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("a.csv"), io.BytesIO())
    assert "tar archive; unpack it first" in refusal(written(tmp_path, packed.getvalue(), "a.tgz"))


def test_a_folder_leads_nobody_out_of_it(tmp_path: Path) -> None:
    outside = written(tmp_path, PLAIN, "secret.csv")
    folder = tmp_path / "feed"
    folder.mkdir()
    written(folder, PLAIN, "a.csv")
    (folder / "b.csv").symlink_to(outside)
    assert "a link to a file outside itself (b.csv); remove it" in refusal(folder)


def remade(path: Path, change: dict[str, bytes]) -> Path:
    """A workbook with some of its parts put in another's stead."""
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in (content | change).items():
            archive.writestr(name, part)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_workbook_that_declares_entities_is_refused(tmp_path: Path, encoding: str) -> None:
    path = workbook(tmp_path / "book.xlsx", {"A": [["name"], ["Hope"]]})
    laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst>&a;</sst>'
    assert "declares XML entities" in refusal(remade(path, {"xl/sharedStrings.xml": laughs.encode(encoding)}))


def test_a_sheet_that_hides_under_another_name_is_measured_too(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", {"A": [["x"]]})
    far = b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    assert "that is no table" in refusal(remade(path, {"xl/elsewhere.xml": far}))


def ods(path: Path, rows: str) -> Path:
    """A sheet as LibreOffice writes it, with these rows."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def test_an_ods_that_repeats_a_value_a_billion_times_is_refused_but_empty_margins_are_not(tmp_path: Path) -> None:
    cell = '<table:table-cell {} office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    row = f"<table:table-row>{cell.format('', 'name')}{cell.format('', 'day')}</table:table-row>"
    margin = (
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert only(ods(tmp_path / "good.ods", row + margin)).head == [["name", "day"]]
    many = cell.format('table:number-columns-repeated="16384"', "x")
    bomb = f'<table:table-row table:number-rows-repeated="1048576">{many}</table:table-row>'
    assert "that is no table" in refusal(ods(tmp_path / "bomb.ods", bomb))


def test_giant_cells_texts_and_lines_are_refused_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "LONGEST_CELL", 1000)
    monkeypatch.setattr(documents, "LONGEST_VALUE", 1000)
    monkeypatch.setattr(decoding, "LONGEST_LINE", 20_000)
    giant = "x" * 30_000
    table = only(written(tmp_path, f'name,day\nHope,1\n"{giant[:5000]}",2\n'))
    with pytest.raises(Unreadable, match="has a cell of more than"):
        list(table.records(0))
    assert "holds one value of more than" in refusal(written(tmp_path, json.dumps([{"name": giant}]), "a.json"))
    lines = only(written(tmp_path, f'{{"name": "a"}}\n{{"name": "b"}}\n{{"name": "{giant}"}}\n', "a.ndjson"))
    with pytest.raises(Unreadable, match="has a line of more than"):
        list(lines.records(None))


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe\x00bad", b"\n" * 300])
def test_a_zip_whose_list_of_names_is_damaged_is_refused_in_a_readable_sentence(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "feed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", PLAIN)
    content = path.read_bytes()
    names = content.index(b"PK\x01\x02")
    listed = bytearray(content[names:])
    listed[9] |= 8 if damage.startswith(b"\xff") else 0  # says that the name is UTF-8
    listed[28:30] = len(damage).to_bytes(2, "little")
    listed[46:51] = damage
    path.write_bytes(content[:names] + bytes(listed))
    sentence = refusal(path)
    assert "feed.zip is a damaged or cut-off archive; ask its sender for it again." in sentence
    assert sentence.isprintable()
