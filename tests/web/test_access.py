"""Every route, asked by everybody: who may come in is what docs/security.md says, and everything else is refused."""

import re
from pathlib import Path

import pytest
from starlette.routing import Route

from directory.app import ROUTES
from directory.security.roles import Role
from directory.web.doors import TOKEN_HEADER
from tests.web.conftest import Site
from tests.web.signed_in import sign_in, sign_out

DOC = Path(__file__).parents[2] / "docs" / "security.md"
ROW = re.compile(r"^\| `(/\S*)` \| ([A-Z, ]+) \| ([a-z, ]+) \|$", re.M)
TABLE = {path: (methods.split(", "), who.split(", ")) for path, methods, who in ROW.findall(DOC.read_text())}
EVERYONE = ["everyone"]
BLANKS = {"id:int": "99999", "token": "x" * 43, "name": "nothing.css", "file": "nothing.pdf"}


def address(route: Route) -> str:
    return re.sub(r"{([^}]+)}", lambda found: BLANKS.get(found[1], "1"), route.path)


def methods(route: Route) -> list[str]:
    return sorted((route.methods or set()) - {"HEAD"})


def who_may(route: Route) -> list[str]:
    roles = getattr(route.endpoint, "roles", None)
    return EVERYONE if roles is None else sorted(role.value for role in roles)


def test_the_table_in_the_docs_is_the_code() -> None:
    in_code = {route.path: (methods(route), who_may(route)) for route in ROUTES}
    rows = {path: f"| `{path}` | {', '.join(how)} | {', '.join(who)} |" for path, (how, who) in in_code.items()}
    missing = [row for path, row in rows.items() if TABLE.get(path) != in_code[path]]
    assert not missing, "put these rows into docs/security.md:\n" + "\n".join(missing)
    assert set(TABLE) == set(in_code), "docs/security.md names routes that are gone"


def test_no_route_is_there_twice_under_another_guard() -> None:
    assert len({route.path for route in ROUTES}) == len(ROUTES)


GUARDED = [route for route in ROUTES if hasattr(route.endpoint, "roles")]


@pytest.mark.parametrize("route", GUARDED, ids=lambda route: route.path)
def test_every_route_refuses_everybody_the_table_does_not_name(pages: Site, route: Route) -> None:
    path = address(route)
    for method in methods(route):
        sign_out(pages.client)
        response = pages.client.request(method, path, follow_redirects=False)
        if method == "GET":
            assert (response.status_code, response.headers["location"].split("?")[0]) == (303, "/sign-in")
        else:
            assert response.status_code == 403
        assert response.headers["cache-control"] == "no-store"
        for role in Role:
            sign_in(pages.client, role)
            response = pages.client.request(method, path, follow_redirects=False)
            if role.value in TABLE[route.path][1]:
                assert response.status_code not in (401, 403), (method, role, response.text)
                assert response.status_code < 500
                assert "/sign-in?" not in response.headers.get("location", "")
            else:
                assert response.status_code == 403, (method, role)


@pytest.mark.parametrize("route", [r for r in GUARDED if "POST" in methods(r)], ids=lambda route: route.path)
def test_no_form_is_taken_without_the_token_of_its_session(pages: Site, route: Route) -> None:
    for role in (role for role in Role if role.value in TABLE[route.path][1]):
        for token in (None, "", "0" * 64, "é"):
            sign_in(pages.client, role)
            del pages.client.headers[TOKEN_HEADER]
            fields = {} if token is None else {"token": token}
            response = pages.client.post(address(route), data=fields, follow_redirects=False)
            assert response.status_code == 403, (role, token)


@pytest.mark.parametrize("route", [r for r in GUARDED if "POST" in methods(r)], ids=lambda route: route.path)
@pytest.mark.parametrize(
    "said", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://x.example"}]
)
def test_no_form_is_taken_from_another_site_even_with_the_token(
    pages: Site, route: Route, said: dict[str, str]
) -> None:
    sign_in(pages.client, Role.ADMIN)
    assert pages.client.post(address(route), headers=said, follow_redirects=False).status_code == 403


def test_other_methods_are_refused(pages: Site) -> None:
    sign_in(pages.client, Role.ADMIN)
    for route in GUARDED:
        for method in {"PUT", "DELETE", "PATCH"}:
            assert pages.client.request(method, address(route)).status_code == 405


BEGINS = ("/sign-in", "/welcome")  # where a session begins
OPEN = [route for route in ROUTES if who_may(route) == EVERYONE and not route.path.startswith(BEGINS)]


@pytest.mark.parametrize("route", OPEN, ids=lambda route: route.path)
def test_pages_for_everyone_are_the_same_with_and_without_a_session(pages: Site, route: Route) -> None:
    for method in methods(route):
        sign_out(pages.client)
        without = pages.client.request(method, address(route), follow_redirects=False)
        sign_in(pages.client, Role.ADMIN)
        with_one = pages.client.request(method, address(route), follow_redirects=False)
        assert with_one.content == without.content
        kept = [{k: v for k, v in one.headers.items() if not k.startswith("ratelimit")} for one in (without, with_one)]
        assert kept[0] == kept[1]
        assert "set-cookie" not in with_one.headers
        assert "cookie" not in with_one.headers.get("vary", "").lower()
