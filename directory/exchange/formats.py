"""The open formats we publish, by the names of `aftercare export --as`."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TextIO

from directory.errors import BadQuestion
from directory.exchange import fhir, geojson, hsds, meeting_guide, spreadsheet
from directory.listing import Listed

Writer = Callable[[Iterable[Listed], TextIO, datetime], int]  # answers how many listings it wrote

FORMATS: dict[str, Writer] = {
    "hsds": hsds.write,
    "meeting-guide": meeting_guide.write,
    "fhir": fhir.write,
    "geojson": geojson.write,
    "csv": spreadsheet.write,
}


def writer(name: str) -> Writer:
    if name not in FORMATS:
        raise BadQuestion(f"There is no export named {name!r}; choose one of {', '.join(FORMATS)}")
    return FORMATS[name]
