"""`python -m tests.bench.giant [FORMAT …] [--mb N …] [--import]`: invented feeds of any size, and the memory they take.

A process of its own surveys each feed and reads it to its last record; with --import another imports it into an empty
home, where it waits for review. Told are seconds and the most memory held; the feed is removed at the end.
"""

import argparse
import csv
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

from importers.run import read_feed
from tests.feeds import meeting
from tests.samples import spend

MB = 2**20
TOWNS = (("Columbus", "43215"), ("Dayton", "45402"), ("Toledo", "43604"), ("Akron", "44308"), ("Canton", "44702"))
ABOUT = (
    "Outpatient counseling for adults who recover from alcohol or opioids, alone and in groups.",
    "Food pantry for families of the county; bring a letter with your address.",
    "Emergency shelter with meals, showers and help to find a home.",
    "Recovery residence for men with house meetings, rides to work and a curfew.",
)
WEEK = "Monday-Friday 9:00am-5:00pm"
Write = Callable[[TextIO, Iterator[int]], None]


def _service(number: int) -> dict[str, Any]:
    """An HSDS service at one place, with hours, phone and fees."""
    town, code = TOWNS[number % len(TOWNS)]
    address = {"address_1": f"{number} Example St", "city": town, "state_province": "OH", "postal_code": code}
    place = {"id": f"l{number}", "location_type": "physical", "addresses": [{**address, "country": "US"}]}
    return {
        "id": f"s{number}",
        "name": f"Invented Service {number}",
        "description": ABOUT[number % len(ABOUT)],
        "status": "active",
        "organization": {"id": f"o{number // 9}", "name": f"Invented Agency {number // 9}", "description": "Invented."},
        "phones": [{"id": f"p{number}", "number": f"614-555-{number % 10_000:04d}"}],
        "schedules": [{"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "09:00", "closes_at": "17:00"}],
        "fees_description": "Sliding scale",
        "service_at_locations": [{"id": f"at{number}", "location": place}],
    }


def hsds_lines(file: TextIO, numbers: Iterator[int]) -> None:
    for number in numbers:
        file.write(json.dumps(_service(number)) + "\n")


def hsds_array(file: TextIO, numbers: Iterator[int]) -> None:
    _array(file, map(_service, numbers))


def meeting_guide(file: TextIO, numbers: Iterator[int]) -> None:
    _array(file, map(meeting, numbers))


def _array(file: TextIO, records: Iterator[dict[str, Any]]) -> None:
    for number, record in enumerate(records):
        file.write((",\n" if number else "[") + json.dumps(record))
    file.write("]\n")


def icarol(file: TextIO, numbers: Iterator[int]) -> None:
    """Agencies with a site and three programs each, which refer to rows far before and after them."""
    writer: csv.DictWriter[str] | None = None
    for number in numbers:
        row = _row(number)
        if writer is None:
            writer = csv.DictWriter(file, row)
            writer.writeheader()
        writer.writerow(row)


def _row(number: int) -> dict[str, str]:
    town, code = TOWNS[number % len(TOWNS)]
    agency, part = divmod(number, 5)
    level = ("Agency", "Site", "Program", "Program", "ProgramAtSite")[part]
    return {
        "ResourceAgencyNum": str(number + 1),
        "ParentAgencyNum": "0" if part == 0 else str(agency * 5 + 1),
        "ConnectsToSiteNum": str(agency * 5 + 2) if part > 1 else "",
        "ConnectsToProgramNum": str(agency * 5 + 3) if part == 4 else "",
        "TaxonomyLevelName": level,
        "PublicName": f"Invented {level} {number}",
        "AgencyStatus": "Active",
        "AgencyDescription": ABOUT[number % len(ABOUT)] * random.Random(number).randint(1, 6),
        "PhysicalAddress1": f"{number} Example St",
        "PhysicalCity": town,
        "PhysicalStateProvince": "OH",
        "PhysicalPostalCode": code,
        "Phone1Number": f"614-555-{number % 10_000:04d}",
        "HoursOfOperation": WEEK,
        "Coverage": "OH - Franklin County",
        "TaxonomyCodes": "RX-8450" if number % 2 else "BD-1800.2000",
    }


def fhir_lines(file: TextIO, numbers: Iterator[int]) -> None:
    """Services, and the places they are at many lines later."""
    for number in numbers:
        town, code = TOWNS[number % len(TOWNS)]
        service = {
            "resourceType": "HealthcareService",
            "id": f"s{number}",
            "active": True,
            "name": f"Invented Service {number}",
            "comment": ABOUT[number % len(ABOUT)],
            "location": [{"reference": f"Location/l{max(number - 500, 0)}"}],
            "telecom": [{"system": "phone", "value": f"614-555-{number % 10_000:04d}"}],
        }
        address = {"line": [f"{number} Example St"], "city": town, "state": "OH", "postalCode": code, "country": "US"}
        place = {"resourceType": "Location", "id": f"l{number}", "status": "active", "address": address}
        file.write(f"{json.dumps(service)}\n{json.dumps(place)}\n")


FORMATS: dict[str, tuple[Write, str]] = {
    "icarol": (icarol, "csv"),
    "hsds-lines": (hsds_lines, "ndjson"),
    "hsds-array": (hsds_array, "json"),
    "meeting-guide": (meeting_guide, "json"),
    "fhir-lines": (fhir_lines, "ndjson"),
}


def make(path: Path, write: Write, size: int) -> None:
    """Write a feed of about `size` bytes."""

    def numbers(file: TextIO) -> Iterator[int]:
        number = 0
        while file.buffer.tell() < size:
            yield number
            number += 1

    with path.open("w", encoding="utf-8", newline="") as file:
        write(file, numbers(file))


def look(path: Path) -> None:
    """Survey and read to the last record, keeping none."""
    reading = read_feed([path])
    print(json.dumps(Counter(result.outcome or "listed" for result in reading.results())))


def row(form: str, size: int, into_home: bool) -> str:
    write, suffix = FORMATS[form]
    with tempfile.TemporaryDirectory(prefix="giant-") as folder:
        feed = Path(folder) / f"giant.{suffix}"
        make(feed, write, size * MB)
        runs = [[sys.executable, "-m", "tests.bench.giant", "--look", str(feed)]]
        if into_home:
            runs.append([sys.executable, "-m", "directory", "import", str(feed), "--json"])
        told = []
        for command in runs:
            done = spend(command, AFTERCARE_HOME=folder + "/home")
            if done.code:
                raise SystemExit(f"{form}, {size} MB: {done.complained[-2000:]}")
            told.append(f"{done.seconds:.0f} ({done.processor:.0f}) | {done.peak}")
            found = json.loads(done.told)
        records = found.get("read") or sum(found.values())
    return f"| {form} | {size} | {records:,} | {' | '.join(told)} |"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("formats", nargs="*", metavar="FORMAT", help=f"of {', '.join(FORMATS)}; all when none is named")
    asked.add_argument("--mb", type=int, nargs="+", default=[50, 200], help="sizes in MiB")
    asked.add_argument("--import", dest="into_home", action="store_true", help="import it as well; it waits for review")
    asked.add_argument("--look", type=Path, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.look:
        return look(options.look)
    print("| feed | MiB | records | read: seconds (processor) | peak MiB |" + " import | peak |" * options.into_home)
    print("| --- | ---: | ---: | ---: | ---: |" + " ---: | ---: |" * options.into_home)
    for form in options.formats or FORMATS:
        for size in options.mb:
            print(row(form, size, options.into_home), flush=True)


if __name__ == "__main__":
    main()
