"""Leaving at once, and keeping one page on a phone: what the small script and its worker need from the server."""

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from directory.web.forms import Asked
from directory.web.headers import NO_ROBOTS, OPEN, PERSONAL, WORKER_POLICY
from directory.web.render import STATIC, Visit, page


async def leave(request: Request) -> Response:
    """On to the neutral page. The browser drops what it holds of us: to show a search again it would have to ask
    whether to send the form again. What somebody kept on purpose is in another store and stays."""
    headers = {**PERSONAL, "Clear-Site-Data": '"cache"'}
    return RedirectResponse(request.app.state.settings.exit, 303, headers)


async def kept(request: Request) -> Response:
    """Says how keeping works. Where something is kept, the worker shows that at this address instead."""
    visit = await Visit.read(request)
    return page(visit, "public/kept.html", keep={**OPEN, **NO_ROBOTS}, asked=Asked())


async def worker(request: Request) -> Response:
    """At the root, so that it may answer for every page; asked for anew each time, so that it is never an old one."""
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": WORKER_POLICY}
    return FileResponse(STATIC / "worker.js", media_type="text/javascript", headers=headers)
