"""CSV that is safe to open in a spreadsheet: one row a listing, lists and objects as JSON in their cell."""

import csv
import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TextIO

from directory.exchange.public import shared
from directory.exchange.record import COLUMNS, record
from directory.listing import Listed

# A spreadsheet runs a cell that begins so as a formula (the wide signs too, in East Asian settings).
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"[+-]?\d[\d .]*( x\d+)?")  # -83.0042, +44 20 7946 0018 x12: nothing to run


def write(listings: Iterable[Listed], out: TextIO, made_at: datetime) -> int:
    """Open `out` with newline="". The moment of making is not in the file: equal data gives equal
    bytes, until a vacancy is too old to be told."""
    count, writer = 0, csv.writer(out)
    writer.writerow(COLUMNS)
    for listed in shared(listings):
        count += 1
        row = record(listed, made_at)
        writer.writerow([safe(_cell(row[column])) for column in COLUMNS])
    return count


def safe(text: str) -> str:
    """The text with an apostrophe before anything a spreadsheet would run.

    And before an apostrophe that somebody put there: so that taking one away again always gives the text.
    """
    bare = text.lstrip("'")
    runs = bare.startswith(RUNS) or bare.lstrip().startswith(RUNS)
    return f"'{text}" if runs and not NUMBER.fullmatch(text) else text


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)
