"""Packets on the command line: from flags as ever, or from a needs file with its plan; faults are one sentence."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from directory.errors import BadQuestion
from directory.handoff import desk
from directory.handoff.desk import Order, Written
from directory.handoff.values import Options
from directory.runtime import Runtime, opened
from directory.settings import Settings
from tests.web import site

NEEDS: dict[str, Any] = {
    "near": "43215",
    "leaving": "2026-05-05T14:00",
    "medication": ["buprenorphine"],
    "supply_through": "2026-05-10",
}
WALK_IN = ("none_booked=walk_in",)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    home = tmp_path_factory.mktemp("desk") / "home"
    return home, site.fill(home)


@pytest.fixture
async def rt(filled: tuple[Path, dict[str, int]]) -> AsyncIterator[Runtime]:
    async with opened(Settings(home=str(filled[0])), shared=True) as runtime:
        yield runtime


@pytest.fixture
def ids(filled: tuple[Path, dict[str, int]]) -> dict[str, int]:
    return filled[1]


async def write(rt: Runtime, out: Path, **changes: Any) -> Written:
    return await desk.write(rt, Order(**{"options": Options(), "out": out, **changes}))


async def refused(rt: Runtime, out: Path, **changes: Any) -> str:
    """The sentence; nothing may have been written."""
    before = sorted(out.parent.iterdir())
    with pytest.raises(BadQuestion) as told:
        await write(rt, out, **changes)
    assert sorted(out.parent.iterdir()) == before
    return str(told.value)


async def test_flags_alone_write_a_packet_without_a_plan(rt: Runtime, ids: dict[str, int], tmp_path: Path) -> None:
    out = tmp_path / "packet.txt"
    done = await write(rt, out, near="43215", discharge="2026-05-05", picks=(ids["clinic"], ids["tue"]))
    assert done == Written(2)
    assert "Scioto Recovery Clinic" in out.read_text()


async def test_an_hour_of_discharge_brings_the_first_days(rt: Runtime, ids: dict[str, int], tmp_path: Path) -> None:
    given: dict[str, Any] = {"near": "43215", "picks": (ids["clinic"], ids["tue"])}
    for name, discharge in (("day", "2026-05-05"), ("hour", "2026-05-05T14:00")):
        await write(rt, tmp_path / f"{name}.ics", discharge=discharge, **given)
    assert b"SUMMARY:Check-in" not in (tmp_path / "day.ics").read_bytes()
    day, hour = [(tmp_path / f"{name}.ics").read_bytes().count(b"BEGIN:VEVENT") for name in ("day", "hour")]
    assert hour > day


async def test_a_needs_file_says_where_when_and_what(rt: Runtime, ids: dict[str, int], tmp_path: Path) -> None:
    out, copy = tmp_path / "packet.txt", tmp_path / "copy.txt"
    book = (f"{ids['clinic']} 2026-05-07T09:30",)
    done = await write(rt, out, values=NEEDS, picks=(ids["tue"],), book=book, copy=copy)
    assert done.places == 2
    paper, ours = out.read_text(), copy.read_text()
    assert "Thu, May 7, 9:30" in paper
    assert "Planner’s copy" in ours
    assert "Not chosen" in ours
    assert "Planner" not in paper


async def test_flags_stand_over_the_file(rt: Runtime, ids: dict[str, int], tmp_path: Path) -> None:
    out = tmp_path / "packet.json"
    given: dict[str, Any] = {"values": {**NEEDS, "near": "nowhere at all"}, "picks": (ids["tue"],), "answer": (
        "none_booked=walk_in", "no_prescriber=other_place")}  # fmt: skip
    await write(rt, out, near="43215", discharge="2026-05-06T09:00", **given)
    assert '"leaving": "2026-05-06T09:00:00-04:00"' in out.read_text()


async def test_without_picks_the_matched_set_is_taken(rt: Runtime, tmp_path: Path) -> None:
    done = await write(rt, tmp_path / "packet.pdf", values={**NEEDS, "medication": []})
    assert done.places > 2


async def test_an_open_gap_is_refused_until_it_is_answered(rt: Runtime, ids: dict[str, int], tmp_path: Path) -> None:
    out, copy = tmp_path / "packet.pdf", tmp_path / "copy.pdf"
    given: dict[str, Any] = {"values": NEEDS, "picks": (ids["clinic"],), "copy": copy}
    told = await refused(rt, out, **given)
    assert "--answer none_booked=walk_in" in told
    await write(rt, out, **given, answer=WALK_IN)
    assert out.read_bytes()[:5] == copy.read_bytes()[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"out": "x.doc"}, "must end in one of"),
        ({"copy": "x.ics"}, "must end in one of .pdf, .html, .txt, .json"),
        ({"copy": "packet.txt"}, "two names"),
        ({"copy": "none/copy.txt"}, "no folder"),
        ({"values": {**NEEDS, "leaving": ""}}, "Say when they leave"),
        ({"values": {**NEEDS, "name": "Ann"}}, "no need called 'name'"),
        ({"values": {**NEEDS, "near": 5}}, "do not know the place"),
        ({"needs": ("gold",)}, "no need 'gold'"),
        ({"picks": (999_999,)}, "no public listing 999999"),
        ({"book": ("999999 2026-05-07T09:30",)}, "no public listing 999999"),
        ({"book": ("tomorrow",)}, "Which appointment"),
        ({"book": ("1 2026-05-07",)}, "Which appointment"),
        ({"book": ("² 2026-05-07T09:30",)}, "Which appointment"),
        ({"book": ("1 2026-05-04T09:30",)}, "after the hour they leave"),
        ({"book": ("1 2029-05-04T09:30",)}, "after the hour they leave"),
        ({"answer": ("walk_in",)}, "Write --answer GAP=ANSWER"),
        ({"answer": ("none_booked=never",)}, "is no answer to none_booked"),
        ({"answer": ("no_gap=walk_in",)}, "no medication gap 'no_gap'"),
    ],
    ids=str,
)
async def test_what_cannot_be_done_is_said_and_nothing_is_written(
    rt: Runtime, ids: dict[str, int], tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    files = {name: tmp_path / changes[name] for name in ("out", "copy") if name in changes}
    given = {"values": NEEDS, "picks": (ids["clinic"],), "answer": WALK_IN, **changes, **files}
    out = given.pop("out", tmp_path / "packet.txt")
    assert said in await refused(rt, out, **given)


@pytest.mark.parametrize(
    ("values", "expected"),
    [(None, "en"), ({}, "en"), ({"language": "es"}, "es"), ({"language": "so"}, "en"), ({"language": ["es"]}, "en")],
)
def test_the_packet_speaks_the_language_of_the_needs_where_it_can(values: dict[str, Any] | None, expected: str) -> None:
    assert desk.spoken(values) == expected
