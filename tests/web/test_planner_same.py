"""The planner's pages and `aftercare handoff` are one road: the same needs give the same packet and the same copy."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from directory.handoff import desk
from directory.handoff.desk import Order
from directory.handoff.values import Options
from directory.security.roles import Role
from tests.web import site
from tests.web.conftest import Site
from tests.web.planner_forms import answered, fields, form_data, packet, places, send
from tests.web.signed_in import sign_in, sign_out

WALKS: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "daily life": ({"needs": ["food"]}, [("needs", "food")]),
    "medicine": (
        {"medication": ["buprenorphine"], "supply_through": "2026-05-12"},
        [("medication", "buprenorphine"), ("supply_through", "2026-05-12")],
    ),
    "a home": ({"housing": "recovery_residence"}, [("housing", "recovery_residence")]),
}
LOOKS: dict[str, tuple[Options, list[tuple[str, str]]]] = {
    "plain": (Options(), []),
    "discreet, large, in Spanish": (
        Options(language="es", large_print=True, discreet=True, paper="a4"),
        [("on_paper", "es"), ("large_print", "1"), ("discreet", "1"), ("paper", "a4")],
    ),
}


@pytest.fixture(autouse=True)
def planner(pages: Site) -> Iterator[None]:
    sign_in(pages.client, Role.PLANNER)
    yield
    sign_out(pages.client)


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("look", LOOKS)
def test_page_and_command_line_give_the_same_packet_and_the_same_copy(
    pages: Site, tmp_path: Path, walk: str, look: str
) -> None:
    values, chosen = WALKS[walk]
    options, looks = LOOKS[look]
    page = packet(pages, *chosen)
    sent = [pair for pair in answered(page) if pair[0] not in ("on_paper", "paper")]
    sent += [("booked", f"{pages.ids['clinic']}@20260507T1330Z"), ("pick", str(pages.ids["clinic"])), *looks]
    page = send(pages, "/planner/packet", sent)
    sent = fields(page)

    order = Order(
        options,
        tmp_path / "packet.json",
        values={"near": "43215", "leaving": "2026-05-05T14:00", **values},
        picks=[int(value) for name, value in sent if name == "pick"],
        book=[f"{pages.ids['clinic']} 2026-05-07T09:30"],
        answer=[value for name, value in sent if name == "answer" and value],
        copy=tmp_path / "copy.pdf",
    )
    assert pages.client.portal
    pages.client.portal.call(desk.write, pages.client.app.state.rt, order, site.NOW)  # type: ignore[attr-defined]
    ours = json.loads((tmp_path / "packet.json").read_text())
    assert json.loads(_file(pages, "handoff.json", sent)) == ours
    assert _words(_file(pages, "copy.pdf", sent)) == _words((tmp_path / "copy.pdf").read_bytes())


def test_a_place_that_is_gone_takes_the_visit_booked_there_with_it(pages: Site) -> None:
    sent = [*fields(places(pages, ("needs", "food"))), ("booked", "99999@20260507T1330Z"), ("pick", "99999")]
    page = send(pages, "/planner/packet", sent)
    assert not [value for name, value in fields(page) if name == "booked"]
    assert "1 place that was ticked is no longer in the directory." in page


def _file(pages: Site, name: str, sent: list[tuple[str, str]]) -> bytes:
    response = pages.client.post(f"/planner/{name}", data=form_data(sent))
    assert response.status_code == 200, response.text
    return response.content


def _words(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
