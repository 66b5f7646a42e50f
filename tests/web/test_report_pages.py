"""A report on a page: one choice, thanked calmly, kept without a trace of who; two visitors mark a place at once."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from directory.app import create_app
from directory.handoff.helplines import help_lines
from directory.settings import Settings
from directory.vocab import Reason
from tests.web import site
from tests.web.conftest import Site, TestClient
from tests.web.test_pages import Checker

ANNA, BEN = "203.0.113.77", "2001:db8:77::5"
ADDRESSES = re.compile(rb"203\.0\.113|2001:db8:77|198\.51\.100")
CLOSED = "Reported closed. Call first."


@dataclass
class Visited(Site):
    database: Path

    def tell(self, key: str, reason: str, visitor: str, status: int = 200, **fields: str) -> str:
        path, given = f"/listing/{self.ids[key]}/report", {"reason": reason, **fields}
        response = self.client.post(path, data=given, headers={"X-Forwarded-For": visitor})
        assert response.status_code == status, response.text
        assert response.headers["cache-control"] == "no-store"
        assert "set-cookie" not in response.headers
        return response.text


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Visited]:
    """A home of its own for each test: what is reported here changes what other tests would see."""
    ids = site.fill(tmp_path / "home")
    app = create_app(Settings(home=str(tmp_path / "home"), phone="614-555-0177"))
    app.state.clock = lambda: site.NOW
    behind = ProxyHeadersMiddleware(app, trusted_hosts="*")  # as uvicorn stands behind a reverse proxy
    with TestClient(behind, raise_server_exceptions=False) as client:  # type: ignore[arg-type]
        yield Visited(client, ids, tmp_path / "home" / "directory.sqlite3")


def test_each_listing_asks_whether_something_is_wrong_in_plain_form_fields(pages: Visited) -> None:
    page = pages.get(f"/listing/{pages.ids['house']}")
    form = re.search(r'<details class="wrong">.*?</details>', page, re.S)
    assert form
    assert "Is something wrong here?" in form[0]
    assert '<form method="post" action="/listing/' in form[0]
    assert "<fieldset><legend>What is wrong?</legend>" in form[0]
    assert re.findall(r'type="radio"[^>]*value="(\w+)"', form[0]) == [reason.value for reason in Reason]
    assert not re.search(r'<textarea|type="(text|email|tel)"', form[0])


def test_a_report_is_thanked_and_leads_back_with_the_list(pages: Visited) -> None:
    carried = {"pick": str(pages.ids["tue"]), "place": "43215", "q": "house", "at": "2"}
    page = pages.tell("house", "moved", ANNA, **carried)
    assert "Thank you for telling us" in page
    main = page[page.index("<main") : page.index("</main>")]
    for action in (f"/listing/{pages.ids['house']}", "/search#results"):
        back = re.search(f'<form method="post" action="{action}">.*?</form>', main, re.S)
        assert back
        for name, value in carried.items():
            assert f'name="{name}" value="{value}"' in back[0]
    assert "If you are not safe right now, call 911." in pages.tell("house", "unsafe", ANNA)


def test_the_answer_is_a_sound_page_in_either_language(pages: Visited) -> None:
    for fields, words in (({}, "Thank you for telling us"), ({"lang": "es"}, "Gracias por avisarnos")):
        page = pages.tell("house", "phone", ANNA, **fields)
        checker = Checker()
        checker.feed(page)
        assert checker.faults == []
        assert checker.headings.count(1) == 1
        assert words in page
        assert f'"/listing/{pages.ids["house"]}/report' not in page  # another language reports nothing twice


def test_two_visitors_mark_a_place_closed_wherever_it_is_shown(pages: Visited) -> None:
    house = pages.ids["house"]
    shown = {
        "listing": lambda: pages.get(f"/listing/{house}"),
        "results": lambda: pages.post("/search", q="Maple House", place="43215"),
        "list": lambda: pages.post("/list", pick=str(house)),
        "handoff": lambda: pages.post("/handoff", pick=str(house)),
    }
    pages.tell("house", "closed", ANNA)
    pages.tell("house", "closed", ANNA)
    pages.tell("house", "closed", "203.0.113.78")
    for name, page in shown.items():
        assert CLOSED not in page(), name
    pages.tell("house", "closed", BEN)
    for name, page in shown.items():
        told = page()
        main = told[told.index("<main") : told.index("</main>")]
        assert CLOSED in main, name
        assert 'href="tel:' not in main[: main.index(CLOSED)], name  # said before the number
    assert "Nos avisaron que cerró. Llame primero." in pages.get(f"/listing/{house}?lang=es")
    assert CLOSED not in pages.get(f"/listing/{pages.ids['clinic']}")


def test_one_closed_day_of_a_group_leaves_its_other_days_unmarked(pages: Visited) -> None:
    for visitor in (ANNA, BEN):
        pages.tell("tue", "closed", visitor)
    page = pages.post("/search", q="Northside Group", place="43215")
    assert page.count(CLOSED) == 1
    assert f'formaction="/listing/{pages.ids["thu"]}"' in page


def test_without_a_choice_one_is_asked_for_and_nothing_is_kept(pages: Visited) -> None:
    for odd in ("", "x" * 300, "closed\u0000d", "CLOSED; DROP TABLE report"):
        assert "Please choose what is wrong" in pages.tell("house", odd, ANNA, 422)
    assert rows(pages) == []


def test_too_many_reports_end_calmly_with_the_help_lines(pages: Visited) -> None:
    keys = [f"many-{n}" for n in range(11)]
    for key in keys[:10]:
        pages.tell(key, "moved", ANNA)
    page = pages.tell(keys[10], "moved", ANNA, 429)
    assert "We cannot take more of these right now" in page
    for line in help_lines("en"):
        assert f'href="{line.href}"' in page[: page.index("</main>")]
    assert len(rows(pages)) == 10


def test_a_place_that_is_gone_takes_no_report(pages: Visited) -> None:
    assert pages.client.post("/listing/99999/report", data={"reason": "closed"}).status_code == 404
    assert pages.client.get(f"/listing/{pages.ids['house']}/report").status_code == 405


@pytest.mark.parametrize(
    ("said", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)]
)
def test_another_sites_page_cannot_report_for_its_reader(pages: Visited, said: str, status: int) -> None:
    path = f"/listing/{pages.ids['house']}/report"
    response = pages.client.post(path, data={"reason": "closed"}, headers={"Sec-Fetch-Site": said})
    assert response.status_code == status
    assert len(rows(pages)) == (status == 200)


def test_no_address_of_a_visitor_is_in_anything_that_is_written(
    pages: Visited, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for visitor in (ANNA, BEN, "198.51.100.20"):
        pages.tell("house", "closed", visitor, q="zqxcanarywords", place="43701")
    pages.tell("house", "", ANNA, 422)
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert any(b"closed" in file.read_bytes() for file in files if "sqlite3" in file.name)
    for file in files:
        assert not ADDRESSES.search(file.read_bytes()), file
        assert b"zqxcanary" not in file.read_bytes(), file
    assert not ADDRESSES.search("".join(capfd.readouterr()).encode())


def rows(pages: Visited) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(pages.database)) as database:
        return database.execute("SELECT listing_id, reason, who FROM report").fetchall()
