"""Exports of other programs: their tables are put in the words of HSDS, joined as HSDS is, and completed."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from importers.hsds.joining import joined
from importers.hsds.shapes import Cells
from importers.opening import Unsound, normal

Found = Cells | Unsound


def plain(cells: Cells) -> Cells:
    """The same under normal column names."""
    return {normal(name): value for name, value in cells.items()}


def translated(
    records: Iterable[Found],
    sides: Iterable[tuple[str, Iterable[Found]]],
    service: Callable[[Cells], Found],
    side: Callable[[str, Cells], Iterable[Cells]],
    complete: Callable[[Cells], Cells],
) -> Iterator[Found]:
    """`service` and `side` say a row of the main and of a side table (its name first) in HSDS; `complete` gets each
    service at its place, joined. Rows that cannot be read pass as they are."""

    def aside(table: str, row: Found) -> Iterable[Found]:
        return [row] if isinstance(row, Unsound) else side(table, plain(row))

    services = (one if isinstance(one, Unsound) else service(plain(one)) for one in records)
    tables = ((table, chain.from_iterable(aside(table, row) for row in rows)) for table, rows in sides)
    for record in joined(services, tables):
        yield record if isinstance(record, Unsound) else complete(record)
