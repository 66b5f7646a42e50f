"""The web application: one flat list of routes, and a lifespan that opens the runtime."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from os import environ

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from directory.errors import DirectoryError
from directory.review import recover
from directory.runtime import opened
from directory.security.roles import ADMINS, LOOKERS
from directory.settings import Settings
from directory.visitors import forget_at_midnight
from directory.web import duplicates, guide, handoff, private, public, reports
from directory.web.doors import everyone, only
from directory.web.headers import Mishaps, SecurityHeaders
from directory.web.mishaps import mishap

ROUTES = [
    everyone("/", public.home, name="home", methods=("GET", "POST")),
    everyone("/search", public.search, name="search", methods=("GET", "POST")),
    everyone("/listing/{id:int}", public.listing, name="listing", methods=("GET", "POST")),
    everyone("/listing/{id:int}/report", reports.report, name="report", methods=("POST",)),
    everyone("/list", public.shortlist, name="list", methods=("GET", "POST")),
    everyone("/handoff", handoff.handoff, name="handoff", methods=("GET", "POST")),
    everyone("/handoff/{file}", handoff.download, name="handoff-file", methods=("POST",)),
    everyone("/leave", private.leave, name="leave"),
    everyone("/kept", private.kept, name="kept"),
    everyone("/worker.js", private.worker, name="worker"),
    everyone("/families", guide.families, name="families", methods=("GET", "POST")),
    everyone("/words", guide.words, name="words", methods=("GET", "POST")),
    everyone("/privacy", guide.privacy, name="privacy", methods=("GET", "POST")),
    only(LOOKERS, "/admin/duplicates", duplicates.queue, name="duplicates"),
    only(LOOKERS, "/admin/duplicates/{id:int}", duplicates.pair, name="duplicate"),
    only(ADMINS, "/admin/duplicates/{id:int}", duplicates.decide, name="duplicate-decide", methods=("POST",)),
    everyone("/static/{name}", public.static, name="static"),
    everyone("/healthz", public.healthz, name="healthz"),
    everyone("/robots.txt", public.robots, name="robots"),
]


def create_app(settings: Settings) -> Starlette:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with opened(settings, shared=True) as rt:
            await recover(rt)
            app.state.rt = rt
            forgetting = asyncio.create_task(forget_at_midnight(settings.home_path))
            yield
            forgetting.cancel()

    app = Starlette(
        routes=ROUTES,
        lifespan=lifespan,
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(GZipMiddleware, minimum_size=500, compresslevel=6),
            Middleware(Mishaps, answer=mishap),
        ],
        exception_handlers={DirectoryError: mishap, HTTPException: mishap},
    )
    app.router.redirect_slashes = False  # a redirect would repeat the question in another address
    app.state.settings = settings
    return app


def from_environment() -> Starlette:
    """For a server that starts several processes: each makes its own."""
    return create_app(Settings.read(environ))
