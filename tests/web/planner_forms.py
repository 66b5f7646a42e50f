"""A planner in the tests of pages: presses buttons of the form a page holds, and nothing it does not hold."""

import re
from html import unescape
from urllib.parse import urlencode

from directory.web.forms import Pairs
from tests.web.conftest import Site

TAG = re.compile(r"<(input|select|option)\b([^>]*)>|</select>")
ATTRIBUTE = re.compile(r'([a-z_-]+)="([^"]*)"')
NEEDS = [("place", "43215"), ("leave_day", "2026-05-05"), ("leave_hour", "14:00")]
LONG_SUPPLY = ("supply_through", "2026-05-12")


def fields(page: str) -> Pairs:
    """What a browser would send of the planner's form, without a button."""
    form = page[page.index('<form id="plan"') :]
    form = form[: form.index("</form>")]
    found: Pairs = []
    select = ""
    for tag, text in TAG.findall(form):
        given = {name: unescape(value) for name, value in ATTRIBUTE.findall(text)}
        if tag == "select":
            select = given["name"]
            found.append((select, ""))  # the first choice of ours is the empty one, or comes next
        elif tag == "option" and " selected" in text:
            found[-1] = (select, given["value"])
        elif tag == "input" and (given.get("type") != "checkbox" or " checked" in text):
            found.append((given["name"], given.get("value", "on")))
    return found


def form_data(pairs: Pairs) -> dict[str, list[str]]:
    """The same for a client that takes each name once."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def send(site: Site, path: str, pairs: Pairs, status: int = 200) -> str:
    head = {"content-type": "application/x-www-form-urlencoded"}
    response = site.client.post(path, content=urlencode(pairs), headers=head)
    assert response.status_code == status, response.text
    return response.text


def places(site: Site, *more: tuple[str, str]) -> str:
    return send(site, "/planner/places", [*NEEDS, *more])


def week(site: Site, *more: tuple[str, str]) -> str:
    return send(site, "/planner/week", fields(places(site, *more)))


def packet(site: Site, *more: tuple[str, str]) -> str:
    return send(site, "/planner/packet", fields(week(site, *more)))


def answered(page: str) -> Pairs:
    """The fields of a packet page with the last answer given to every open gap."""
    kept = [pair for pair in fields(page) if pair[0] != "answer"]
    chosen = [re.findall(r'value="([^"]+)"', one)[-1] for one in re.findall(r'name="answer".*?</select>', page, re.S)]
    return [*kept, *(("answer", unescape(one)) for one in chosen)]
