"""A local bus schedule sharpens the estimate and tells when no bus goes back; a bad one never stands in the way."""

import zipfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from directory.handoff import gtfs_index
from directory.handoff.gtfs import Buses
from directory.handoff.gtfs_index import BadGtfs, indexed, router
from directory.handoff.itinerary import Leg, Spot, Trip
from directory.handoff.travel import straight_line
from directory.settings import Settings
from tests.builders import make_place
from tests.handoff.people import NEAR
from tests.handoff.plans import daily, plan

HERE = ZoneInfo("America/New_York")
HOME, FAR = Spot(NEAR.lat, NEAR.lon), Spot(NEAR.lat + 0.06, NEAR.lon)  # four miles north
TUESDAY = datetime(2026, 6, 16, 19, tzinfo=HERE)

# An invented line: north and back each hour from 6 to 20, the last one back at 20:30; none on Juneteenth.
FEED: Mapping[str, str] = {
    "agency": "agency_id,agency_name,agency_url,agency_timezone\n1,Example Transit,https://example.org,America/New_York\n",
    "stops": "stop_id,stop_name,stop_lat,stop_lon\n"
    f"S,South,{HOME.lat + 0.002},{HOME.lon}\nN,North,{FAR.lat - 0.002},{FAR.lon}\n"
    "X,Nowhere,,\n",
    "calendar": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    "week,1,1,1,1,1,0,0,20260601,20261231\n",
    "calendar_dates": "service_id,date,exception_type\nweek,20260619,2\nnight,20260616,1\n",
    "trips": "route_id,service_id,trip_id\n"
    + "".join(f"1,week,out{h}\n1,week,back{h}\n" for h in range(6, 21))
    + "1,night,late\n1,week,pattern\n",
    "frequencies": "trip_id,start_time,end_time,headway_secs\npattern,22:00:00,24:00:00,600\n",
    "stop_times": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
    + "".join(
        f"out{h},{h}:00:00,{h}:00:00,S,1\nout{h},{h}:20:00,{h}:20:00,N,2\n"
        f"back{h},{h}:30:00,{h}:30:00,N,1\nback{h},{h}:50:00,{h}:50:00,S,2\n"
        for h in range(6, 21)
    )
    + "pattern,22:00:00,22:00:00,N,1\npattern,22:20:00,22:20:00,S,2\n"
    + "late,24:40:00,24:40:00,N,1\nlate,25:00:00,25:00:00,S,2\n",
}


def written(file: Path, **changes: str | None) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as feed:
        for name, text in (FEED | changes).items():
            if text is not None:
                feed.writestr(f"{name}.txt", text)
    return file


@pytest.fixture
def buses(tmp_path: Path) -> Buses:
    return Buses(indexed(written(tmp_path / "feed.zip"), tmp_path))


def ride(buses: Buses, arrive: datetime, hours: float = 1, mode: str = "bus", goal: Spot = FAR) -> Trip:
    return buses(Leg(HOME, goal, arrive, arrive + timedelta(hours=hours), mode, HOME), str)


def test_a_direct_bus_makes_the_estimate_sharper(buses: Buses) -> None:
    travel = ride(buses, TUESDAY).travel
    assert travel.words == "about 25 to 40 minutes by bus (estimate by the bus schedule)"
    rough = straight_line(Leg(HOME, FAR, TUESDAY, TUESDAY, "bus"), str).travel
    assert travel.most - travel.least < rough.most - rough.least
    assert travel.miles == rough.miles


def test_no_bus_back_after_nine_is_said_with_the_last_one(buses: Buses) -> None:
    wednesday = TUESDAY + timedelta(days=1)
    assert ride(buses, wednesday, 1).notes == ()
    assert ride(buses, wednesday, 2.1).notes == (
        "No direct bus back after 9 pm: the last one leaves at 8:30 pm (by the bus schedule).",
    )
    assert ride(buses, wednesday, 1.75).notes == (
        "No direct bus back then: the last one leaves at 8:30 pm (by the bus schedule).",
    )


def test_a_bus_after_midnight_belongs_to_the_night_before(buses: Buses) -> None:
    assert ride(buses, TUESDAY, 4).notes == ()  # at 0:40 the night service of Tuesday goes back


def test_trips_of_a_pattern_are_no_promise(buses: Buses) -> None:
    assert ride(buses, TUESDAY + timedelta(days=1), 2.5).notes != ()


@pytest.mark.parametrize(
    "day",
    [
        datetime(2026, 6, 19, 19, tzinfo=HERE),
        datetime(2026, 6, 20, 19, tzinfo=HERE),
        datetime(2027, 3, 2, 19, tzinfo=HERE),
    ],
)
def test_a_day_without_service_or_beyond_the_schedule_keeps_the_rough_estimate(buses: Buses, day: datetime) -> None:
    found = ride(buses, day, 3)
    assert found == straight_line(Leg(HOME, FAR, day, day, "bus"), str)


def test_where_no_stop_is_near_nothing_is_said_of_buses(buses: Buses) -> None:
    nowhere = Spot(FAR.lat + 0.1, FAR.lon)
    assert ride(buses, TUESDAY, 3, goal=nowhere).notes == ()
    assert "if one goes there" in ride(buses, TUESDAY, goal=nowhere).travel.words


def test_who_walks_or_drives_is_told_of_no_bus(buses: Buses) -> None:
    assert ride(buses, TUESDAY, 3, "car").travel.mode == "car"
    assert ride(buses, TUESDAY + timedelta(days=1), 3, "car").notes == ()


def test_the_plan_shows_it(buses: Buses) -> None:
    group = daily(3, 20, place=make_place(latitude=FAR.lat, longitude=FAR.lon))
    whole = plan([group], router=buses, travel="bus")
    tuesday = [one for one in whole.entries if one.what == "meeting"][2]
    assert tuesday.travel is not None
    assert "by the bus schedule" in tuesday.travel.words
    assert any("No direct bus back" in note for note in tuesday.notes)


def test_the_index_is_made_once_for_a_content_and_again_for_another(tmp_path: Path) -> None:
    file = written(tmp_path / "feed.zip")
    first = indexed(file, tmp_path)
    made = first.stat().st_mtime_ns
    assert indexed(file, tmp_path) == first
    assert first.stat().st_mtime_ns == made
    other = indexed(written(file, frequencies=None), tmp_path)
    assert other != first
    assert list((tmp_path / "gtfs").iterdir()) == [other]


BAD: dict[str, tuple[dict[str, str | None], str]] = {
    "no stops": ({"stops": None}, "has no stops.txt"),
    "no column": ({"stops": "stop_id,stop_name\nS,South\n"}, "has no column stop_lat"),
    "no trips at all": (
        {"stop_times": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"},
        "no trip that stops",
    ),
    "no time zone": ({"agency": "agency_name,agency_timezone\nExample,Mars/Base\n"}, "no time zone"),
    "no day": ({"calendar": FEED["calendar"].replace("20260601", "June")}, "cannot be understood"),
    "empty file": ({"stops": ""}, "has no column stop_id"),
    "a field beyond reason": ({"stops": FEED["stops"] + "Y," + "x" * 5_000_000}, "cannot be understood"),
}


@pytest.mark.parametrize(("changes", "told"), BAD.values(), ids=BAD)
def test_a_wrong_file_is_said_and_the_rough_estimate_used(
    changes: dict[str, str | None], told: str, tmp_path: Path
) -> None:
    file = written(tmp_path / "feed.zip", **changes)
    found, sentence = router(Settings(home=str(tmp_path), gtfs=str(file)))
    assert found is straight_line
    assert told in sentence
    assert list((tmp_path / "gtfs").iterdir()) == []


@pytest.mark.parametrize("share", [0, 0.3, 0.6, 0.99])
def test_a_cut_file_is_said(share: float, tmp_path: Path) -> None:
    whole = written(tmp_path / "feed.zip").read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole[: round(len(whole) * share)])
    found, sentence = router(Settings(home=str(tmp_path), gtfs=str(cut)))
    assert found is straight_line
    assert "fetch the bus schedule again" in sentence


def test_bytes_turned_over_inside_never_break_it(tmp_path: Path) -> None:
    whole = bytearray(written(tmp_path / "feed.zip").read_bytes())
    for place in range(40, len(whole), 67):
        spoilt = bytearray(whole)
        spoilt[place] ^= 0xFF
        file = tmp_path / "spoilt.zip"
        file.write_bytes(spoilt)
        found, sentence = router(Settings(home=str(tmp_path), gtfs=str(file)))
        assert isinstance(found, Buses) or (found is straight_line and "AFTERCARE_GTFS" in sentence)


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    assert "cannot be read" in router(Settings(home=str(tmp_path), gtfs=str(tmp_path / "none.zip")))[1]
    assert "cannot be read" in router(Settings(home=str(tmp_path), gtfs=str(tmp_path)))[1]
    assert router(Settings(home=str(tmp_path))) == (straight_line, "")


def test_more_rows_than_we_read_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(gtfs_index.ROWS, "stop_times", 10)
    with pytest.raises(BadGtfs, match="more than 10 rows"):
        indexed(written(tmp_path / "feed.zip"), tmp_path)


def test_an_index_taken_away_while_we_run_leaves_the_rough_estimate(buses: Buses) -> None:
    buses.index.unlink()
    assert ride(buses, TUESDAY) == straight_line(Leg(HOME, FAR, TUESDAY, TUESDAY, "bus"), str)
