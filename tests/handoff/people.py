"""Twelve invented places somebody in Columbus might choose, and packets made of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from directory.handoff.packet import Options, Packet, build
from directory.listing import Listed, Online, Phone, Residence, facets
from directory.schedule import WeeklyTime
from directory.search.query import Near
from directory.settings import Settings
from directory.vocab import Kind, Modality
from tests.builders import make_listed, make_place, make_time

ZONE = "America/New_York"
DISCHARGE = datetime(2026, 6, 15, 14, 0, tzinfo=ZoneInfo(ZONE))  # a Monday
NEAR = Near("43215", 39.9653, -83.0038, state="OH", county="Franklin", timezone=ZONE)
SETTINGS = Settings(phone="614-555-0100", timezone=ZONE)


def weekly(weekday: int, hour: float, long: int | None = 60, **changes: Any) -> WeeklyTime:
    start = round(hour * 60)
    return make_time(weekday=weekday, start=start, end=start + long if long else None, **changes)


def office_hours() -> tuple[WeeklyTime, ...]:
    return tuple(weekly(day, 9, 480) for day in range(1, 6))


def clinic(id: int = 1, **changes: Any) -> Listed:
    given: dict[str, Any] = {
        "name": "Harbor Point Clinic",
        "kind": Kind.OUTPATIENT,
        "phones": (Phone("614-555-0101", label="intake"), Phone("614-555-0102", "12")),
        "times": office_hours(),
        "facets": facets(
            level=["outpatient", "intensive_outpatient"],
            medication=["buprenorphine", "naltrexone"],
            payment=["medicaid", "sliding_scale"],
            language=["en", "es"],
            access=["drop_in"],
        ),
        "denied": {"accepts": ("methadone",)},
        "place": make_place(name="", street="400 Example Street", latitude=39.98, longitude=-83.01),
    }
    return make_listed(id, **given | changes)


def house(id: int = 2, **changes: Any) -> Listed:
    given: dict[str, Any] = {
        "name": "Maple Recovery House",
        "kind": Kind.SOBER_LIVING,
        "phones": (Phone("614-555-0110"),),
        "times": (),
        "facets": facets(residence=["narr_2"], gender=["men"], accepts=["buprenorphine"]),
        "denied": {"gender": ("women",)},
        "place": make_place(name="", street="", approximate=True, postal_code="43206"),
        "residence": Residence(fee=180.0, fee_period="week", deposit=100.0),
        "verified_on": None,
    }
    return make_listed(id, **given | changes)


def meeting(id: int = 3, **changes: Any) -> Listed:
    return make_listed(id, **changes)


def online(id: int = 4, **changes: Any) -> Listed:
    given: dict[str, Any] = {
        "name": "Late Night Circle",
        "modality": Modality.ONLINE,
        "online": Online("https://meet.example.org/j/5550142", "Passcode 1234", "614-555-0142,,5550142#"),
        "times": tuple(weekly(day, 23.5, 60) for day in range(7)),
        "facets": facets(fellowship=["mara"], format=["open"], accepts=["methadone", "buprenorphine"]),
        "place": make_place(street="", approximate=True),
        "phones": (),
    }
    return make_listed(id, **given | changes)


def pantry(id: int = 5, **changes: Any) -> Listed:
    given: dict[str, Any] = {
        "name": "Eastside Food Pantry",
        "kind": Kind.COMMUNITY_SERVICE,
        "facets": facets(need=["food", "clothing"], payment=["free"]),
        "times": (weekly(2, 10, 120), weekly(4, 10, 120)),
        "phones": (Phone("614-555-0120"),),
    }
    return make_listed(id, **given | changes)


def twelve() -> list[Listed]:
    service: dict[str, Any] = {"facets": facets(need=["transport"]), "times": (), "phones": (Phone("614-555-0121"),)}
    methadone = facets(level=["opioid_treatment_program"], medication=["methadone"])
    women = {"facets": facets(gender=["women"]), "denied": {"gender": ("men",)}}
    return [
        clinic(1),
        house(2),
        meeting(3),
        online(4),
        pantry(5),
        pantry(6, name="Ride Together", **service),
        meeting(7, name="Sunday Sunrise", times=(weekly(0, 7, 90), weekly(3, 12, None))),
        meeting(8, name="Fridays at Noon", times=(weekly(5, 12),), phones=()),
        meeting(9, name="First Saturday Speakers", times=(weekly(6, 18.5, weeks=(1, 3)),)),
        clinic(10, name="Riverbend Opioid Treatment", facets=methadone, denied={}),
        house(11, name="Cedar Women’s Home", **women),
        pantry(12, name="Franklin Legal Help", facets=facets(need=["legal_aid", "id_papers"]), times=()),
    ]


def make_packet(chosen: Sequence[Listed] | None = None, **changes: Any) -> Packet:
    """A packet of the twelve in plain English; `options` fields may be given by name."""
    options = Options(**{name: changes.pop(name) for name in tuple(changes) if name in Options.__dataclass_fields__})
    given: dict[str, Any] = {"discharge": DISCHARGE, "near": NEAR, "settings": SETTINGS, "now": DISCHARGE}
    return build(twelve() if chosen is None else chosen, options, **given | changes)


def moved(listed: Listed, **changes: Any) -> Listed:
    """The same listing with its draft changed."""
    return replace(listed, draft=replace(listed.draft, **changes))
