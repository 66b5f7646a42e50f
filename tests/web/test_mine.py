"""A kept list on a phone: today's facts, links that call and lead there, one tap to delete, and no way to guess."""

import re
from collections.abc import Awaitable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from directory.handoff import kept
from directory.handoff.models import KeptList
from directory.handoff.values import Options
from directory.models import Listing
from directory.security.limits import allow
from directory.security.models import Limit
from directory.web import mine
from tests.web import site
from tests.web.conftest import Site

GONE = "We found no list"


@pytest.fixture(autouse=True)
def unhurried(pages: Site) -> None:
    in_server(pages, Limit.all().delete())


def app(pages: Site) -> Any:
    return pages.client.app


def keep(pages: Site, *keys: str, ago: int = 0, **options: object) -> str:
    """A list kept so many days ago."""
    ids = [pages.ids[key] for key in keys]
    return in_server(pages, kept.keep(app(pages).state.rt, ids, Options(**options), site.NOW - timedelta(days=ago)))  # type: ignore[arg-type]


def in_server(pages: Site, work: Awaitable[Any]) -> Any:
    """Run in the loop of the application, where its database is open."""

    async def run() -> Any:
        return await work

    assert pages.client.portal
    return pages.client.portal.call(run)


def test_a_list_shows_each_place_with_its_phone_the_way_there_and_its_hours(pages: Site) -> None:
    page = pages.get(f"/mine/{keep(pages, 'clinic', 'tue', 'online')}")
    names = re.findall(r'<a class="place"[^>]*>([^<]+)<', page)
    assert names == ["Scioto Recovery Clinic", names[1], "Night Owls Online"]
    assert 'href="tel:' in page
    assert 'href="geo:' in page
    assert 'href="https://maps.apple.com/?daddr=' in page
    assert 'href="https://example.org/join"' in page
    assert "<li>Mon 8:00 am–5:00 pm</li>" in page.replace("\u202f", " ").replace("\xa0", " ")
    assert 'href="tel:+16145550100,,123#"' in page


def test_it_is_in_the_language_it_was_kept_in_and_another_can_be_chosen(pages: Site) -> None:
    code = keep(pages, "clinic", language="es")
    page = pages.get(f"/mine/{code}", headers={"accept-language": "en"})
    assert '<html lang="es">' in page
    assert "Borrar esta lista" in page
    assert f'href="/mine/{code}?lang=en"' in page
    assert '<html lang="en">' in pages.get(f"/mine/{code}?lang=en")


def test_discreet_names_no_reason_and_large_print_is_large(pages: Site) -> None:
    page = pages.get(f"/mine/{keep(pages, 'clinic', 'house', discreet=True, large_print=True)}")
    assert '<p class="kind">Clinic</p>' in page
    assert "buprenorphine" not in page
    assert "intake" not in page
    assert '<main id="main" class="list large">' in page
    plain = pages.get(f"/mine/{keep(pages, 'clinic')}")
    assert "buprenorphine" in plain
    assert "large" not in re.search(r'<main id="main" class="([^"]*)"', plain)[1]  # type: ignore[index]


def test_no_confidential_address_is_on_it(pages: Site) -> None:
    page = pages.get(f"/mine/{keep(pages, 'hidden')}")
    assert "Harbor House" in page
    assert "Secret" not in page
    assert "geo:" not in page


def test_nobody_keeps_it_and_nobody_is_told_where_it_came_from(pages: Site) -> None:
    for response in (pages.client.get(f"/mine/{keep(pages, 'clinic')}"), pages.client.get("/mine/unknown")):
        assert response.headers["cache-control"] == "no-store"
        assert "noindex" in response.headers["x-robots-tag"]
        assert response.headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in response.headers
    assert "Disallow: /mine" in pages.get("/robots.txt")


def test_the_code_is_on_no_page_but_in_the_address_of_its_own_forms(pages: Site) -> None:
    code = keep(pages, "clinic")
    page = pages.get(f"/mine/{code}")
    assert page.count(code) == len(re.findall(rf'(?:href|action)="/mine/{code}', page))


def test_a_typed_code_opens_the_list_however_it_is_written(pages: Site) -> None:
    code = keep(pages, "clinic")
    for typed in (code, code.lower().replace("-", " "), f"  {code.replace('0', 'O').replace('1', 'I')}"):
        response = pages.client.post("/mine", data={"code": typed}, follow_redirects=False)
        assert response.status_code == 303
        assert response.headers["location"] == f"/mine/{code}"
        assert response.headers["cache-control"] == "no-store"
    assert "Open a list you kept" in pages.post("/mine", code="   ")


def unopened(pages: Site) -> Sequence[str]:
    """Codes of a list that is over, that was deleted, that never was, and that is none."""
    deleted = keep(pages, "clinic")
    pages.post(f"/mine/{deleted}", delete="1")
    return (
        keep(pages, "clinic", ago=30),
        deleted,
        kept.written(5),
        "0000-slip",
        "unknown",
        "' OR 1=1 --",
        "%00",
        "Z" * 26,
    )


@pytest.mark.parametrize("language", ["en", "es"])
def test_over_deleted_unknown_and_mistyped_look_the_same_to_the_byte(pages: Site, language: str) -> None:
    answers = [pages.client.get(f"/mine/{code}?lang={language}") for code in unopened(pages)]
    assert {one.status_code for one in answers} == {404}
    assert len({one.content for one in answers}) == 1
    assert len({str({k: v for k, v in one.headers.items() if k != "date"}) for one in answers}) == 1
    assert 'href="tel:988"' in answers[0].text
    assert (GONE in answers[0].text) is (language == "en")


def test_one_tap_deletes_it_and_a_second_tap_says_the_same(pages: Site) -> None:
    code = keep(pages, "clinic")
    first, second = (pages.client.post(f"/mine/{code}", data={"delete": "1"}) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content
    assert "Your list is deleted" in first.text
    assert pages.client.get(f"/mine/{code}").status_code == 404


def test_looking_deletes_nothing(pages: Site) -> None:
    code = keep(pages, "clinic")
    for address in (f"/mine/{code}?delete=1", f"/mine/{code}?switch=es&pick=1", f"/mine/{code}"):
        assert pages.client.get(address).status_code == 200
    pages.client.head(f"/mine/{code}")
    assert pages.client.post(f"/mine/{code}", data={"switch": "es"}).status_code == 200
    assert pages.client.get(f"/mine/{code}").status_code == 200


def test_a_place_that_left_the_directory_since_is_said(pages: Site) -> None:
    code = keep(pages, "clinic", "food")

    async def become(status: str) -> None:
        await Listing.filter(id=pages.ids["food"]).update(status=status)

    was = in_server(pages, Listing.get(id=pages.ids["food"]).values_list("status", flat=True))
    in_server(pages, become("retired"))
    try:
        page = pages.get(f"/mine/{code}")
        alone = pages.get(f"/mine/{keep(pages, 'food')}")
    finally:
        in_server(pages, become(was))
    assert "1 place on your list is no longer in the directory." in page
    assert "Scioto Recovery Clinic" in page
    assert "Broad Street" not in page
    assert "no longer in the directory" in alone
    assert "Delete this list" in alone


def test_wrong_codes_are_limited_for_each_network_in_every_process(
    pages: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mine, "WRONG", (3, timedelta(minutes=1)))
    code = keep(pages, "clinic")
    assert [pages.client.get("/mine/unknown").status_code for _ in range(4)] == [404, 404, 404, 429]
    refused = pages.client.get(f"/mine/{code}")
    assert refused.status_code == 429
    assert "Wait a minute" in refused.text
    assert pages.client.post(f"/mine/{code}", data={"delete": "1"}).status_code == 429
    counted = in_server(pages, Limit.filter(bucket="kept list").values_list("who", "count"))
    assert [count for _, count in counted] == [3]
    assert "testclient" not in str(counted)
    in_server(pages, Limit.all().delete())
    in_server(pages, allow("kept list", counted[0][0], 3, timedelta(minutes=1), site.NOW))  # as another process would
    assert [pages.client.get("/mine/unknown").status_code for _ in range(3)] == [404, 404, 429]


def test_to_delete_with_wrong_codes_is_to_guess_too(pages: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mine, "WRONG", (2, timedelta(minutes=1)))
    told = [pages.client.post("/mine/unknown", data={"delete": "1"}).status_code for _ in range(3)]
    assert told == [200, 200, 429]


def test_the_right_code_opens_however_often_and_nothing_of_it_is_written_down(
    pages: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mine, "WRONG", (2, timedelta(minutes=1)))

    async def rows() -> list[Any]:
        return [*await KeptList.all().order_by("code").values(), *await Limit.all().values()]

    code = keep(pages, "clinic")
    before = in_server(pages, rows())
    for _ in range(5):
        pages.get(f"/mine/{code}")
    assert in_server(pages, rows()) == before


def test_calendar_and_contacts_are_made_from_it(pages: Site) -> None:
    page = pages.get(f"/mine/{keep(pages, 'tue', 'clinic', language='es', discreet=True)}")
    form = re.search(r'<form class="panel no-print" method="post" action="/handoff">(.*?)</form>', page, re.S)
    assert form
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="([^"]*)" value="([^"]*)"', form[1]):
        fields.setdefault(name, []).append(value)
    assert fields["discreet"] == ["1"]
    for file in re.findall(r'formaction="(/handoff/[^"]+)"', form[1]):
        response = pages.client.post(file, data=fields)
        assert response.status_code == 200, file
        assert response.content


def test_the_page_of_privacy_tells_of_it(pages: Site) -> None:
    assert "After 30 days the list is gone." in pages.get("/privacy")
