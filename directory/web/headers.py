"""What every answer carries, and what happens when our own code breaks.

Public pages know no session, no cookie and no CSRF token: a forged request could only show its sender the page anybody
can see. One public form changes something that is kept, a report that a place is wrong; it knows its sender by their
network alone, which another site's page could borrow. So what a browser says comes from another site is refused there
(`only_from_here`), and at every form of a signed-in page too, beside its token (doors.py). Browsers say so on https and
on this machine; a report is one voice among the few that count. To delete a kept list its code is needed, and that is
guard enough.
"""

import logging
import traceback
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from directory import logs
from directory.errors import DirectoryError, FromElsewhere

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; worker-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
WORKER_POLICY = (
    "default-src 'none'; connect-src 'self'"  # it fetches pages and files for the browser; pages fetch nothing
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
ONE_YEAR = "max-age=31536000; includeSubDomains"
NO_ROBOTS = {"X-Robots-Tag": "noindex, nofollow"}

# Who may keep a page. Answers to a search stay in the tab's own cache: with no-store, Chromium answers the back button
# from a listing with an error page, because the search was a POST. What a handoff holds is kept by nobody.
OPEN = {"Cache-Control": "no-cache"}
ASKED = {"Cache-Control": "private, no-cache", **NO_ROBOTS}
PERSONAL = {"Cache-Control": "no-store", **NO_ROBOTS}


def only_from_here(request: Request) -> None:
    """Refuse what another site's page sent; a browser too old to say where from, or no browser, is let in.

    Our pages send no referrer, and browsers then say "null" as the origin of their own forms: that says nothing.
    """
    said = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin", "null")
    other = said is None and origin != "null" and urlsplit(origin).netloc.lower() != request.url.netloc.lower()
    if other or said not in ("same-origin", "none", None):
        raise FromElsewhere("A page of another site sent this.")


class SecurityHeaders:
    """Sets the headers above on every answer, whoever made it; what the answer set itself stays."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ALWAYS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
                if scope.get("scheme") == "https":
                    headers.setdefault("Strict-Transport-Security", ONE_YEAR)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class Mishaps:
    """Our own faults become a page with the help numbers. The log gets the kind of fault and where, never its words:
    an exception's text may hold what somebody typed."""

    def __init__(self, app: ASGIApp, answer: Callable[[Request, Exception], Awaitable[Response]]) -> None:
        self.app = app
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            if scope["type"] != "http":
                raise
            facts = {"fault": type(error).__name__, "where": _where(error)}
            logs.event("fault", level=logging.ERROR, **facts, request=scope.get("state", {}).get("request", ""))
            if not begun:
                try:
                    response = await self.answer(Request(scope), error)
                except Exception:  # even the page of the fault is broken: say so in plain text
                    response = PlainTextResponse(DirectoryError.advice, 500)
                await response(scope, receive, send)


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return " > ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames[-6:])[-logs.LONGEST :]
