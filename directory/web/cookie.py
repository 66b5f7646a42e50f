"""The one cookie there is: the token of somebody who signed in. Pages for everyone neither set nor read it."""

import re

from starlette.requests import Request
from starlette.responses import Response

from directory.runtime import Runtime
from directory.security import sessions
from directory.security.sessions import Access
from directory.web.render import moment

# By its prefix a browser takes it over https only and for this host alone: no neighbour of the domain can plant it.
SECURE, PLAIN = "__Host-aftercare", "aftercare"
AT_HOME = ("localhost", "127.0.0.1", "[::1]")  # without https a password goes over no network but this machine's own


def name(request: Request) -> str:
    return SECURE if request.url.scheme == "https" else PLAIN


def safe_line(request: Request) -> bool:
    """Whether a password may be sent on this connection."""
    host = re.sub(r":\d*$", "", request.url.netloc)
    return request.url.scheme == "https" or host in AT_HOME


def token(request: Request) -> str:
    """What the browser holds; "" when it holds none or two: one of them would be somebody else's."""
    pairs = "; ".join(request.headers.getlist("cookie")).split(";")
    found = [value.strip() for key, _, value in (pair.partition("=") for pair in pairs) if key.strip() == name(request)]
    return found[0] if len(found) == 1 else ""


async def access(request: Request) -> Access | None:
    """The session behind a request."""
    held = token(request)
    rt: Runtime = request.app.state.rt
    return await sessions.find(held, rt.settings, moment(request)) if held else None


def put(response: Response, request: Request, token: str) -> None:
    """Until the browser is closed, or the server says otherwise."""
    secure = request.url.scheme == "https"
    response.set_cookie(name(request), token, path="/", secure=secure, httponly=True, samesite="lax")


def drop(response: Response, request: Request) -> None:
    secure = request.url.scheme == "https"
    response.delete_cookie(name(request), path="/", secure=secure, httponly=True, samesite="lax")


SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"))
BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("Chrome", "Chrome"), ("CriOS", "Chrome"))


def browser(request: Request) -> str:
    """ "Firefox on Windows": enough to tell one's own sessions apart, and no more is kept."""
    said = request.headers.get("user-agent", "")[:400]
    one = next((shown for sign, shown in (*BROWSERS, ("Safari", "Safari")) if sign in said), "")
    on = next((shown for sign, shown in (*SYSTEMS, ("Linux", "Linux")) if sign in said), "")
    return " on ".join(filter(None, (one, on)))
