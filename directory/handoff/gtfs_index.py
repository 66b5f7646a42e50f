"""Reads a GTFS zip a row at a time into a small SQLite file in the home, made once for each content of the zip.

Memory stays small whatever the size: rows go to the file as they come. Trips of frequencies.txt are left out: their
times are only a pattern. What is wrong is said in a sentence; the directory then works without bus times.
"""

import csv
import io
import os
import re
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from threading import get_ident
from zlib import error as ZlibError
from zoneinfo import ZoneInfo

from directory.errors import BadSettings
from directory.handoff.gtfs import Buses
from directory.handoff.itinerary import Router
from directory.handoff.travel import straight_line
from directory.settings import Settings

FORM = 1  # of the index; another number makes it anew
LARGEST = 2 * 2**30  # bytes of one file once unpacked
ROWS = {"stops": 200_000, "calendar": 20_000, "trips": 2_000_000, "stop_times": 40_000_000, "calendar_dates": 2_000_000}
LONGEST_SERVICE = 800  # days that one line of calendar.txt may span
CHUNK = 5000
CLOCK = re.compile(r"\s*(\d{1,3}):([0-5]\d):([0-5]\d)\s*", re.ASCII)
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TABLES = """
CREATE TABLE feed (form INTEGER, zone TEXT);
CREATE TABLE stops (id INTEGER PRIMARY KEY, code TEXT UNIQUE, lat REAL, lon REAL);
CREATE TABLE services (id INTEGER PRIMARY KEY, code TEXT UNIQUE);
CREATE TABLE days (service INTEGER, day INTEGER, PRIMARY KEY (day, service)) WITHOUT ROWID;
CREATE TABLE trips (id INTEGER PRIMARY KEY, code TEXT UNIQUE, service INTEGER);
CREATE TABLE calls (trip INTEGER, number INTEGER, stop INTEGER, arrives INTEGER, departs INTEGER,
    PRIMARY KEY (trip, number)) WITHOUT ROWID;
"""
CALL = """
INSERT OR IGNORE INTO calls SELECT trips.id, ?2, stops.id, ?4, ?5 FROM trips, stops
WHERE trips.code = ?1 AND stops.code = ?3
"""

Rows = Iterator[dict[str, str]]


class BadGtfs(BadSettings):
    """The bus schedule cannot be read; the sentence says why."""


def router(settings: Settings) -> tuple[Router, str]:
    """By bus schedule where AFTERCARE_GTFS names one, and a sentence when it names one that cannot be read."""
    if not settings.gtfs:
        return straight_line, ""
    file = Path(settings.gtfs).expanduser()
    try:
        seen = file.stat()
        return Buses(_kept(file, settings.home_path, seen.st_size, seen.st_mtime_ns)), ""
    except BadGtfs as error:
        return straight_line, str(error)
    except OSError as error:
        return straight_line, _unread(file, error)


@lru_cache(maxsize=8)
def _kept(file: Path, home: Path, size: int, changed: int) -> Path:
    """Read again only when the file is another one: `size` in bytes, `changed` in nanoseconds."""
    return indexed(file, home)


def _unread(file: Path, error: OSError) -> str:
    return f"AFTERCARE_GTFS cannot be read ({error.strerror or 'damaged'}): {file.name}"


def indexed(file: Path, home: Path) -> Path:
    """The index of this content, made when it is not there; older ones are taken away."""
    try:
        with file.open("rb") as content:
            digest = _digest(content)
        folder = home / "gtfs"
        target = folder / f"{FORM}-{digest}.sqlite3"
        if not target.exists():
            folder.mkdir(parents=True, exist_ok=True)
            _make(file, target)
            for old in folder.glob("*.sqlite3"):
                if old != target:
                    old.unlink(missing_ok=True)
    except OSError as error:
        raise BadGtfs(_unread(file, error)) from None
    return target


def _digest(content: io.BufferedReader) -> str:
    told = sha256()
    while block := content.read(2**20):
        told.update(block)
    return told.hexdigest()[:32]


def _make(file: Path, target: Path) -> None:
    """Beside its place first: a half-made index is never used."""
    half = target.with_suffix(f".half-{os.getpid()}-{get_ident()}")  # two may make it at once
    half.unlink(missing_ok=True)
    try:
        with zipfile.ZipFile(file) as feed, closing(sqlite3.connect(half)) as database:
            database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + TABLES)
            _fill(feed, database)
            database.commit()
        half.replace(target)
    except BadGtfs:
        raise
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError):
        raise BadGtfs("AFTERCARE_GTFS is no whole zip file; fetch the bus schedule again.") from None
    except (sqlite3.Error, csv.Error, UnicodeDecodeError, ValueError, OverflowError) as error:
        raise BadGtfs(f"AFTERCARE_GTFS cannot be understood ({type(error).__name__}); fetch it again.") from None
    finally:
        half.unlink(missing_ok=True)


def _fill(feed: zipfile.ZipFile, database: sqlite3.Connection) -> None:
    _insert(database, "INSERT INTO feed VALUES (?, ?)", [(FORM, _zone(feed))])
    stops = _rows(feed, "stops", ("stop_id", "stop_lat", "stop_lon"))
    found = ((row["stop_id"], _degrees(row["stop_lat"], 90), _degrees(row["stop_lon"], 180)) for row in stops)
    _insert(database, "INSERT OR IGNORE INTO stops (code, lat, lon) VALUES (?, ?, ?)", found)
    database.execute("DELETE FROM stops WHERE lat IS NULL OR lon IS NULL")
    database.execute("CREATE INDEX stops_place ON stops (lat, lon)")
    _days(feed, database)
    patterns = {row["trip_id"] for row in _rows(feed, "frequencies", ("trip_id",), needed=False)}
    trips = _rows(feed, "trips", ("trip_id", "service_id"))
    known = ((row["service_id"], row["trip_id"]) for row in trips if row["trip_id"] not in patterns)
    query = "INSERT OR IGNORE INTO trips (code, service) SELECT ?2, id FROM services WHERE code = ?1"
    _insert(database, query, known)
    _insert(database, CALL, _calls(feed))
    if not database.execute("SELECT 1 FROM calls LIMIT 1").fetchone():
        raise BadGtfs("AFTERCARE_GTFS holds no trip that stops anywhere; fetch the bus schedule again.")
    database.execute("CREATE INDEX calls_stop ON calls (stop)")


def _zone(feed: zipfile.ZipFile) -> str:
    name = next((row["agency_timezone"] for row in _rows(feed, "agency", ("agency_timezone",))), "")
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        raise BadGtfs("AFTERCARE_GTFS names no time zone that we know in agency.txt.") from None


def _days(feed: zipfile.ZipFile, database: sqlite3.Connection) -> None:
    """calendar.txt says the weeks, calendar_dates.txt adds days and takes them away; either may be missing."""
    name = "INSERT OR IGNORE INTO services (code) VALUES (?)"
    add = "INSERT OR IGNORE INTO days SELECT id, ?2 FROM services WHERE code = ?1"
    for row in _rows(feed, "calendar", ("service_id", "start_date", "end_date", *WEEK), needed=False):
        database.execute(name, (row["service_id"],))
        _insert(database, add, ((row["service_id"], day) for day in _weekly(row)))
    take = "DELETE FROM days WHERE day = ?2 AND service = (SELECT id FROM services WHERE code = ?1)"
    for row in _rows(feed, "calendar_dates", ("service_id", "date", "exception_type"), needed=False):
        day = _date(row["date"]).toordinal()
        database.execute(name, (row["service_id"],))
        database.execute(add if row["exception_type"].strip() == "1" else take, (row["service_id"], day))


def _weekly(row: dict[str, str]) -> Iterator[int]:
    first, last = _date(row["start_date"]), _date(row["end_date"])
    last = min(last, first + timedelta(days=LONGEST_SERVICE))
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        if row[WEEK[date.fromordinal(ordinal).weekday()]].strip() == "1":
            yield ordinal


def _calls(feed: zipfile.ZipFile) -> Iterator[tuple[str, int, str, int, int]]:
    """Stops without a time are passed over: where nobody is told the time, nobody can wait."""
    for row in _rows(feed, "stop_times", ("trip_id", "stop_id", "stop_sequence", "arrival_time", "departure_time")):
        arrives, departs = _seconds(row["arrival_time"]), _seconds(row["departure_time"])
        if arrives is not None and departs is not None and row["stop_sequence"].strip().isdigit():
            yield row["trip_id"], int(row["stop_sequence"]), row["stop_id"], arrives, departs


def _rows(feed: zipfile.ZipFile, name: str, columns: Iterable[str], needed: bool = True) -> Rows:
    """The rows of one table, each with all of these columns; blanks where a line is short."""
    try:
        inside = feed.getinfo(f"{name}.txt")
    except KeyError:
        if needed:
            raise BadGtfs(f"AFTERCARE_GTFS has no {name}.txt; it is not a GTFS bus schedule.") from None
        return
    if inside.file_size > LARGEST:
        raise BadGtfs(f"{name}.txt of AFTERCARE_GTFS is larger than we read.")
    with feed.open(inside) as packed, io.TextIOWrapper(packed, encoding="utf-8-sig", newline="") as lines:
        table = csv.reader(lines)
        header = [column.strip() for column in next(table, [])]
        missing = [column for column in columns if column not in header]
        if missing:
            raise BadGtfs(f"{name}.txt of AFTERCARE_GTFS has no column {missing[0]}.")
        places = [(column, header.index(column)) for column in columns]
        most = ROWS.get(name, ROWS["stops"])
        for number, cells in enumerate(table):
            if number >= most:
                raise BadGtfs(f"{name}.txt of AFTERCARE_GTFS has more than {most:,} rows; that is more than we read.")
            yield {column: cells[place] if place < len(cells) else "" for column, place in places}


def _insert(database: sqlite3.Connection, query: str, rows: Iterable[tuple[object, ...]]) -> None:
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        database.executemany(query, chunk)


def _degrees(text: str, most: int) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if -most <= value <= most and value else None


def _date(text: str) -> date:
    return datetime.strptime(text.strip(), "%Y%m%d").date()


def _seconds(text: str) -> int | None:
    """ "25:10:00" is ten past one of the next day."""
    read = CLOCK.fullmatch(text)
    return int(read[1]) * 3600 + int(read[2]) * 60 + int(read[3]) if read else None
