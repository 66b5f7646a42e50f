"""Rows of delimited text, streaming."""

import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from directory.errors import Unreadable
from importers.opening.decoding import text_stream, whole_lines
from importers.opening.members import Member

DELIMITERS = ",;\t|"
LONGEST_CELL = 4 * 2**20


def csv_rows(member: Member, encoding: str, delimiter: str) -> Iterator[list[str]]:
    """Every record of a delimited file; refused when it ends inside a quoted cell."""
    csv.field_size_limit(LONGEST_CELL)  # process-wide in Python; the stock 128 KiB is below real notes
    ended = False

    def lines() -> Iterator[str]:
        nonlocal ended
        with text_stream(member, encoding) as text:
            for line in whole_lines(text, member.name):
                yield line.replace("\x00", "")
        ended = True

    reader = csv.reader(lines(), delimiter=delimiter, skipinitialspace=True)
    began = 1
    try:
        for row in reader:
            if ended:
                raise Unreadable(
                    f"{member.name} ends inside a quoted cell of the record that began on line {began}:"
                    " it was cut off, or a quotation mark is missing."
                )
            began = reader.line_num + 1
            yield row
    except csv.Error as broken:
        if "field larger" in str(broken):
            raise Unreadable(
                f"{member.name} has a cell of more than {LONGEST_CELL // 2**20} MiB after line {began - 1}: a quotation"
                " mark is missing there, or it is no table."
            ) from broken
        raise Unreadable(f"{member.name} cannot be read as a table after line {began - 1} ({broken}).") from broken


def delimiter_of(member: Member, encoding: str) -> str:
    """The separator that cuts the first rows into the most, and most even, cells."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(member, encoding, delimiter))


def _evenness(member: Member, encoding: str, delimiter: str) -> float:
    rows: list[list[str]] = []
    try:
        for row in islice(csv_rows(member, encoding, delimiter), 40):
            rows.append(row)
    except Unreadable:
        pass  # judged by what could be read; the chosen one says so again
    widths = Counter(len(row) for row in rows if any(row))
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    return (width - 1) * (count / widths.total()) ** 2 + (max(widths) > 1) * 0.01


def ends_mid_line(member: Member) -> bool:
    """The file's last byte is no line end: its last record may have been cut."""
    last = b"\n"
    with member.open() as file:
        while chunk := file.read(2**20):
            last = chunk[-2:]
    return not last.strip(b"\x00").endswith((b"\n", b"\r"))
