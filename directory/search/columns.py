"""What filters, distance and order need of every listing, in NumPy arrays: one row a document, read once a segment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from directory.gazetteer import county_name
from directory.schedule import ASSUMED, DAY, WeeklyTime
from directory.search.query import Document

NOBODY = -1  # the id of a row that is no listing
AREA = "@area"  # the hidden group of states and counties served

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Row = tuple[Any, ...]


@dataclass
class Codebook:
    """Numbers for "group=value" and for zones; it only grows, so that segments read earlier stay true."""

    numbers: dict[str, int] = field(default_factory=dict)
    groups: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    def number(self, code: str) -> int:
        if code not in self.numbers:
            group, _, value = code.partition("=")
            self.groups.setdefault(group, []).append((value, len(self.numbers)))
            self.numbers[code] = len(self.numbers)
        return self.numbers[code]


@dataclass(frozen=True, slots=True)
class Columns:
    ids: Ints
    main: Ints  # code of the main kind
    lat: Floats  # degrees; NaN without a place
    lon: Floats
    anywhere: Mask
    nationwide: Mask
    fresh: Ints  # days since 1970; 0 unknown
    code_rows: Ints  # the row of each code below
    codes: Ints  # kinds, facets and areas served
    time_rows: Ints  # the row of each weekly time below
    starts: Ints  # minute of the week it starts
    lengths: Ints  # minutes
    zones: Ints  # code of its time zone; -1 unknown
    times: tuple[tuple[Row, ...], ...]  # the weekly times themselves, to be made when asked for

    def __len__(self) -> int:
        return len(self.ids)

    def weekly(self, row: int) -> list[WeeklyTime]:
        return [WeeklyTime(*time) for time in self.times[row]]


def area_code(state: str, county: str = "") -> str:
    """ "OH", "OH:franklin": how an area is compared, whether its county is written with "County" or without."""
    return f"{state.upper()}:{county_name(county)}" if county else state.upper()


def row_of(document: Document) -> Row:
    """What is stored of a listing: plain values only, so that any version of this program can read them."""
    areas = [area_code(state) for state in document.states]
    areas += [area_code(state, county) for state, _, county in (words.partition(":") for words in document.counties)]
    codes = [f"kind={kind.value}" for kind in document.kinds]
    codes += [f"{group}={value}" for group, values in document.facets.items() for value in values]
    codes += [f"{AREA}={area}" for area in areas]
    located = document.lat is not None and document.lon is not None
    return (
        document.id,
        tuple(dict.fromkeys(codes)),
        float(document.lat) if located and document.lat is not None else None,
        float(document.lon) if located and document.lon is not None else None,
        document.anywhere,
        document.nationwide,
        document.fresh_on,
        tuple(
            (t.weekday, t.start, t.end, t.timezone, t.weeks, t.every, t.valid_from, t.valid_to) for t in document.times
        ),
    )


def columns(rows: Sequence[Row | None], book: Codebook) -> Columns:
    """Columns of stored rows in their order; None stands for a row that is no listing."""
    nothing: Row = (NOBODY, (), None, None, False, False, 0, ())
    table = [row or nothing for row in rows]
    codes = [(at, book.number(code)) for at, row in enumerate(table) for code in row[1]]
    kinds = [next((code for code in row[1] if code.startswith("kind=")), "") for row in table]
    times = [(at, time) for at, row in enumerate(table) for time in row[7]]
    return Columns(
        ids=_ints(row[0] for row in table),
        main=_ints(book.number(kind) if kind else NOBODY for kind in kinds),
        lat=np.array([np.nan if row[2] is None else row[2] for row in table], dtype=np.float64),
        lon=np.array([np.nan if row[3] is None else row[3] for row in table], dtype=np.float64),
        anywhere=np.array([row[4] for row in table], dtype=np.bool_),
        nationwide=np.array([row[5] for row in table], dtype=np.bool_),
        fresh=_ints(row[6] for row in table),
        code_rows=_ints(at for at, _ in codes),
        codes=_ints(code for _, code in codes),
        time_rows=_ints(at for at, _ in times),
        starts=_ints(time[0] * DAY + time[1] for _, time in times),
        lengths=_ints(ASSUMED if time[2] is None else time[2] - time[1] for _, time in times),
        zones=_ints(book.number(f"@zone={time[3]}") if time[3] else NOBODY for _, time in times),
        times=tuple(row[7] for row in table),
    )


def joined(parts: Sequence[Columns]) -> Columns:
    """One table of several, in their order."""
    if len(parts) == 1:
        return parts[0]
    starts = np.cumsum([0, *(len(part) for part in parts)])
    whole: dict[str, Any] = {}
    for column in fields(Columns):
        pieces = [getattr(part, column.name) for part in parts]
        if column.name == "times":
            whole["times"] = tuple(times for piece in pieces for times in piece)
        elif column.name.endswith("_rows"):
            whole[column.name] = np.concatenate([piece + start for piece, start in zip(pieces, starts, strict=False)])
        else:
            whole[column.name] = np.concatenate(pieces)
    return Columns(**whole)


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)
