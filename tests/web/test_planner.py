"""The planner's desk: four steps that carry everything along, keep nothing, and print nothing while a gap is open."""

import json
import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from directory.models import Listing
from directory.security.roles import Role
from tests.web.conftest import Site
from tests.web.planner_forms import LONG_SUPPLY, NEEDS, answered, fields, form_data, packet, places, send, week
from tests.web.signed_in import sign_in, sign_out

TAKES = ("medication", "buprenorphine")


@pytest.fixture(autouse=True)
def planner(pages: Site) -> Iterator[None]:
    sign_in(pages.client, Role.PLANNER)
    yield
    sign_out(pages.client)


def pdf_text(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_an_address_typed_in_begins_at_the_needs(pages: Site) -> None:
    for step in ("places", "week", "packet"):
        response = pages.client.get(f"/planner/{step}", follow_redirects=False)
        assert (response.status_code, response.headers["location"]) == (303, "/planner")
    assert "2026-05-05" in pages.get("/planner")  # they leave today, in the next full hour
    assert 'value="13:00"' in pages.get("/planner")


def test_nothing_is_read_from_an_address(pages: Site) -> None:
    assert "43215" not in pages.get("/planner?place=43215")


def test_everything_chosen_is_carried_to_the_end_and_back(pages: Site) -> None:
    told = [TAKES, ("payment", "medicaid"), ("needs", "food"), ("language", "es"), ("travel", "bus"), LONG_SUPPLY]
    page = packet(pages, *told)
    assert {*told, *NEEDS} <= set(fields(page))
    back = send(pages, "/planner", fields(page))
    assert {*told, *NEEDS} <= set(fields(back))
    assert re.search(r'value="medicaid"[^>]*checked', back)
    again = send(pages, "/planner/places", fields(back))
    assert [one for one in fields(again) if one[0] == "pick"] == [one for one in fields(page) if one[0] == "pick"]


def test_a_whole_walk_gives_every_file_and_names_it_neutrally(pages: Site) -> None:
    page = packet(pages, TAKES, LONG_SUPPLY, ("needs", "food"))
    ready = send(pages, "/planner/packet", answered(page))
    assert "Scioto Recovery Clinic" in ready
    wanted = {
        "handoff.pdf": lambda body: "Scioto Recovery Clinic" in pdf_text(body),
        "copy.pdf": lambda body: "Planner’s copy" in pdf_text(body),
        "handoff.ics": lambda body: Calendar.from_ical(body).walk("VEVENT"),
        "handoff.txt": lambda body: b"Scioto Recovery Clinic" in body,
        "handoff.vcf": lambda body: b"BEGIN:VCARD" in body,
        "handoff.json": lambda body: json.loads(body)["sections"],
    }
    for name, holds in wanted.items():
        response = pages.client.post(f"/planner/{name}", data=form_data(fields(ready)))
        assert response.status_code == 200, name
        assert holds(response.content), name
        assert response.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert pages.client.post("/planner/other.pdf", data=form_data(fields(ready))).status_code == 404


def test_nothing_is_printed_while_a_gap_has_no_answer(pages: Site) -> None:
    page = packet(pages, TAKES)
    assert "Not ready yet" in page
    assert "Nobody has said how long the medicine in hand lasts." in page
    assert 'class="paper"' not in page
    assert "handoff.pdf" not in page
    for name in ("handoff.pdf", "copy.pdf", "handoff.ics", "handoff.txt", "handoff.vcf", "handoff.json"):
        refused = send(pages, f"/planner/{name}", fields(page), 422)
        assert "Nobody has said how long the medicine in hand lasts." in refused
    for forged in ("supply_unknown=bridge", "supply_unknown=", "=looked_up", "supply_unknown:1=declined;x", "é=é"):
        send(pages, "/planner/handoff.pdf", [*fields(page), ("answer", forged)], 422)
    ready = send(pages, "/planner/packet", answered(page))
    assert "Packet as PDF" in ready
    assert 'class="paper"' in ready


def test_the_answer_to_a_gap_stands_on_the_planners_copy_only(pages: Site) -> None:
    pairs = answered(packet(pages, TAKES))
    copy = pages.client.post("/planner/copy.pdf", data=form_data(pairs)).content
    patients = pages.client.post("/planner/handoff.pdf", data=form_data(pairs)).content
    said = "The person knows this and chose it."
    assert said in " ".join(pdf_text(copy).split())
    assert said not in " ".join(pdf_text(patients).split())


def test_a_gap_that_opens_later_closes_the_packet_again(pages: Site) -> None:
    ready = send(pages, "/planner/packet", answered(packet(pages, TAKES)))
    later = [pair for pair in fields(ready) if pair != ("pick", str(pages.ids["clinic"]))]
    assert "No visit is booked" in (shown := send(pages, "/planner/packet", later))
    assert "Not ready yet" in shown


def test_a_booked_visit_is_on_the_week_the_packet_and_the_calendar(pages: Site) -> None:
    visit = [("book_place", str(pages.ids["clinic"])), ("book_day", "2026-05-06"), ("book_hour", "09:30")]
    page = send(pages, "/planner/week", [*_without_visit(week(pages, TAKES, LONG_SUPPLY)), *visit, ("book", "1")])
    assert "Appointment" in page
    made = send(pages, "/planner/packet", fields(page))
    calendar = pages.client.post("/planner/handoff.ics", data=form_data(answered(made))).content
    starts = [f"{event.decoded('dtstart'):%m-%d %H:%M}" for event in Calendar.from_ical(calendar).walk("VEVENT")]
    assert "05-06 09:30" in starts
    taken_off = send(pages, "/planner/week", [*fields(page), ("unbook", dict(fields(page))["booked"])])
    assert "booked" not in dict(fields(taken_off))


def _without_visit(page: str) -> list[tuple[str, str]]:
    return [pair for pair in fields(page) if not pair[0].startswith("book_")]


@pytest.mark.parametrize(
    ("day", "hour", "words"),
    [
        ("2026-05-05", "13:59", "before they leave"),
        ("2026-05-06", "", "Choose the place, the day and the hour"),
        ("never", "09:30", "cannot read this day"),
        ("2036-05-06", "09:30", "more than a year away"),
        ("9999-12-31", "23:59", "more than a year away"),
    ],
)
def test_a_visit_that_cannot_be_is_said_and_what_was_typed_stays(pages: Site, day: str, hour: str, words: str) -> None:
    visit = [("book_place", str(pages.ids["clinic"])), ("book_day", day), ("book_hour", hour)]
    for step in ("week", "packet"):  # also when they go on without pressing the button beside it
        page = send(pages, f"/planner/{step}", [*_without_visit(week(pages)), *visit], 422)
        assert words in page
        assert set(visit) <= set(fields(page))


def test_edits_of_the_week_are_carried_along(pages: Site) -> None:
    page = week(pages)
    off = re.search(r'name="week_do" value="(off meeting[^"]+)"', page)
    assert off
    edited = send(pages, "/planner/week", [*fields(page), ("week_do", off[1])])
    key = off[1].removeprefix("off ")
    assert ("week_off", key) in fields(edited)
    assert ("week_off", key) in fields(send(pages, "/planner/packet", fields(edited)))


async def _status(key: str, status: str) -> None:
    await Listing.filter(key=key).update(status=status)


def test_a_place_that_leaves_the_directory_between_two_steps_is_said_and_dropped(pages: Site) -> None:
    page = week(pages, TAKES, LONG_SUPPLY)
    assert pages.client.portal
    pages.client.portal.call(_status, "clinic", "retired")
    try:
        for step in ("places", "week", "packet"):
            shown = send(pages, f"/planner/{step}", fields(page))
            assert "1 place that was ticked is no longer in the directory." in shown
            assert ("pick", str(pages.ids["clinic"])) not in fields(shown)
    finally:
        pages.client.portal.call(_status, "clinic", "active")


def test_without_a_place_one_is_asked_for(pages: Site) -> None:
    none = [pair for pair in fields(places(pages)) if pair[0] != "pick"]
    for step in ("week", "packet", "handoff.pdf"):
        assert "No place is ticked." in send(pages, f"/planner/{step}", none, 422)
    assert "No place is ticked." in send(pages, "/planner/week", [*none, ("pick", "99999")], 422)


def test_two_planners_see_nothing_of_each_other(pages: Site) -> None:
    first = packet(pages, TAKES)
    second = packet(pages, ("needs", "food"))
    assert TAKES not in fields(second)
    assert TAKES in fields(send(pages, "/planner/packet", fields(first)))


def test_a_half_filled_form_is_given_back_after_signing_in_again(pages: Site) -> None:
    page = week(pages, TAKES)
    sign_out(pages.client)
    asked = send(pages, "/planner/packet", fields(page), 403)
    assert 'name="again:medication" value="buprenorphine"' in asked
    assert 'name="next" value="/planner/packet"' in asked


def test_the_paper_may_speak_another_language_than_the_page(pages: Site) -> None:
    pairs = [pair for pair in fields(packet(pages)) if pair[0] != "on_paper"]
    page = send(pages, "/planner/packet", [*pairs, ("on_paper", "es")])
    assert "Print it, or take it along" in page
    assert "Mis próximos pasos" in page
    spanish = send(pages, "/planner/packet", [*fields(page), ("switch", "es")])
    assert "Imprimirlo o llevarlo" in spanish
    assert ("lang", "es") in fields(spanish)


def test_odd_fields_of_every_kind_do_no_harm(pages: Site) -> None:
    odd = [
        ("place", "43215"),
        ("radius", "-5"),
        ("kinds", "<script>"),
        ("pick", "9" * 30),
        ("pick", "-1"),
        ("offered", "x" * 5000),
        ("booked", "1@99999999T9999Z"),
        ("answer", "=" * 500),
        ("week_do", "off \x00"),
        ("code", "<b>@x"),
        ("paper", "papyrus"),
        ("preset", "nobody"),
        ("ticked_for", "<b>"),
    ]
    for step in ("", "/places", "/week", "/packet", "/handoff.pdf"):
        response = pages.client.post(f"/planner{step}", data=form_data(odd))
        assert response.status_code in (200, 422)
        assert "<script>" not in response.text
        assert "<b>@x" not in response.text
