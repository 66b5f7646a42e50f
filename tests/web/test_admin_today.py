"""The admin's first page and its plots say what is there, to admins and readers alone."""

from collections.abc import Iterator

import pytest

from directory.security.roles import Role
from tests.web.conftest import Site
from tests.web.signed_in import sign_in, sign_out


@pytest.fixture
def desk(pages: Site) -> Iterator[Site]:
    sign_in(pages.client, Role.READER)
    yield pages
    sign_out(pages.client)


def test_the_first_page_counts_what_is_public(desk: Site) -> None:
    text = desk.get("/admin")
    assert "What needs a person today" in text
    assert "<b>33</b>" in text
    assert text.count("<h1>") == 1


def test_the_map_names_zips_with_nothing_near(desk: Site) -> None:
    text = desk.get("/admin/coverage?state=OH&kind=outpatient")
    assert "45202 Cincinnati" in text
    assert "<option selected>OH</option>" in text
    assert "43215 Columbus: 1" in text
    assert desk.client.get("/admin/coverage?state=<b>&kind=<b>").status_code == 200


def test_time_is_told_once_there_are_two_days(desk: Site) -> None:
    assert "The first days are being counted" in desk.get("/admin/trends")


def test_a_planner_does_not_get_there(pages: Site) -> None:
    sign_in(pages.client, Role.PLANNER)
    assert pages.client.get("/admin").status_code == 403
    sign_out(pages.client)
