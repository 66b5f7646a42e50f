"""The handoff on the screen and as files: the chosen places, in order, under a name that says nothing."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from directory.listing import Listed
from directory.public_listings import listed
from directory.runtime import Runtime
from tests.web.conftest import Site


def chosen(pages: Site) -> dict[str, object]:
    return {"pick": [str(pages.ids["clinic"]), str(pages.ids["tue"])], "place": "43215"}


def test_the_page_shows_the_chosen_places_in_order(pages: Site) -> None:
    page = pages.post("/handoff", **chosen(pages))
    assert 0 < page.index("Scioto Recovery Clinic") < page.index("Tuesday Steps")
    assert "614-555-0177" in page  # the unit's own line
    assert 'id="handoff-safety"' in page


def test_options_change_the_page_and_stay_in_the_form(pages: Site) -> None:
    page = pages.post("/handoff", **chosen(pages), large_print="1", discreet="1", leave_day="2026-05-07", need="food",
                      medicine="methadone", paper="a4", leave_hour="14:30")  # fmt: skip
    assert "handoff-large" in page
    assert 'value="2026-05-07"' in page
    assert 'value="14:30"' in page
    for ticked in ('name="large_print" value="1" checked', 'name="discreet" value="1" checked',
                   'value="methadone" checked', 'value="food" checked', 'value="a4" selected'):  # fmt: skip
        assert ticked in page, ticked


def test_words_searched_for_do_not_enter_the_handoff(pages: Site) -> None:
    assert "canary-words" not in pages.post("/handoff", q="canary-words", **chosen(pages))


@pytest.mark.parametrize(
    ("name", "kind"),
    [("handoff.pdf", "application/pdf"), ("handoff.ics", "text/calendar"), ("handoff.vcf", "text/vcard"),
     ("handoff.txt", "text/plain")],
)  # fmt: skip
def test_each_file_comes_under_a_neutral_name(pages: Site, name: str, kind: str) -> None:
    response = pages.client.post(f"/handoff/{name}", data=chosen(pages))
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(kind)
    assert response.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert len(response.content) > 50


def test_the_pdf_names_the_places_and_nobody(pages: Site) -> None:
    response = pages.client.post("/handoff/handoff.pdf", data=chosen(pages))
    reader = PdfReader(BytesIO(response.content))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Scioto Recovery Clinic" in text
    assert not (reader.metadata or {}).get("/Author")


def test_the_calendar_holds_the_meeting_with_its_zone(pages: Site) -> None:
    response = pages.client.post("/handoff/handoff.ics", data=chosen(pages))
    events = Calendar.from_ical(response.content).walk("VEVENT")
    assert [event["DTSTART"].params["TZID"] for event in events] == ["America/New_York"]


def test_an_empty_list_gets_a_page_and_a_file_a_sentence(pages: Site) -> None:
    assert "Your list is empty" in pages.post("/handoff")
    response = pages.client.post("/handoff/handoff.pdf")
    assert response.status_code == 422
    assert "</html>" in response.text


def test_there_is_no_field_for_a_name_or_free_words(pages: Site) -> None:
    page = pages.post("/handoff", **chosen(pages))
    assert 'type="text"' not in page
    assert "<textarea" not in page
    assert 'name="name"' not in page


def test_files_that_would_hold_nothing_are_not_offered(pages: Site) -> None:
    whole = pages.post("/handoff", **chosen(pages))
    assert all(f"/handoff/handoff.{kind}" in whole for kind in ("pdf", "ics", "vcf", "txt"))
    house = pages.post("/handoff", pick=str(pages.ids["house"]))
    assert "handoff.ics" not in house
    assert "handoff.pdf" in house


def test_places_without_a_phone_make_no_empty_contacts(pages: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async def without_phones(rt: Runtime, ids: Sequence[int]) -> list[Listed]:
        return [replace(one, draft=replace(one.draft, phones=())) for one in await listed(rt, ids)]

    monkeypatch.setattr("directory.web.handoff.listed", without_phones)
    page = pages.post("/handoff", **chosen(pages))
    offered = [kind for kind in ("pdf", "ics", "vcf", "txt") if f"/handoff/handoff.{kind}" in page]
    assert offered == ["pdf", "ics"]
    assert pages.client.post("/handoff/handoff.vcf", data=chosen(pages)).status_code == 422


@pytest.mark.parametrize("day", ["2020-01-01", "2099-01-01", "9999-12-31", "0001-01-01", "2026-02-30", "soon"])
def test_a_day_nobody_leaves_on_becomes_today_also_in_its_field(day: str, pages: Site) -> None:
    page = pages.post("/handoff", **chosen(pages), leave_day=day)
    assert 'id="leave_day" name="leave_day" type="date" value="2026-05-05"' in page


def test_the_first_button_shows_the_page_again(pages: Site) -> None:
    page = pages.post("/handoff", **chosen(pages))
    form = page[page.index('method="post" action="/handoff"') :]
    first = form[form.index("<button") : form.index("</button>")]
    assert 'name="change"' in first
    assert "formaction" not in first
