"""The frame of sign-in and account pages, and where a person goes on to after signing in."""

import re
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from directory.web.forms import Pairs, decoded, read_body
from directory.web.headers import PERSONAL
from directory.web.render import Visit, page

HOME = "/account"
WORK = "/work"  # where each role begins
HELD = "again:"  # before the names of fields that wait, inside a page, to be sent again
LOCAL = re.compile(r"/(?![/\\])[!-\[\]-~]{0,1999}")  # printable ASCII without a backslash: browsers read "/\x" as "//x"


def account_page(visit: Visit, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page of templates/account/, which extends account/_frame.html; kept by no cache."""
    given = {"who": getattr(visit.request.state, "who", None), "kept": [], **context}
    return page(visit, f"account/{template}", status, keep=PERSONAL, **given)


def onward(path: str) -> str:
    """The page asked for before signing in, when it is one of ours; else where one's work begins."""
    return path if LOCAL.fullmatch(path) and not path.startswith(("/sign-", "/welcome")) else WORK


def to_sign_in(request: Request, step: str = "/sign-in") -> RedirectResponse:
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"{step}?{urlencode({'next': onward(asked)})}", 303, PERSONAL)


async def plain(request: Request) -> dict[str, str]:
    """The fields of a form with secrets, as they were typed: no space folded, nothing cut."""
    return dict(decoded(await read_body(request)))


async def held(request: Request) -> Pairs:
    """The fields that wait inside a page to be sent again, under their own names."""
    pairs = decoded(await read_body(request)) if request.method == "POST" else []
    return [(name.removeprefix(HELD), value) for name, value in pairs if name.startswith(HELD)]


def holding(pairs: Pairs) -> Pairs:
    return [(HELD + name, value) for name, value in pairs if name != "token"]
