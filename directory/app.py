"""The web application: one flat list of routes, and a lifespan that opens the runtime."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from os import environ

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from directory.errors import DirectoryError
from directory.review import recover
from directory.runtime import opened
from directory.settings import Settings
from directory.visitors import forget_at_midnight
from directory.web import guide, handoff, private, public, reports
from directory.web.headers import Mishaps, SecurityHeaders
from directory.web.mishaps import mishap

ROUTES = [
    Route("/", public.home, methods=["GET", "POST"], name="home"),
    Route("/search", public.search, methods=["GET", "POST"], name="search"),
    Route("/listing/{id:int}", public.listing, methods=["GET", "POST"], name="listing"),
    Route("/listing/{id:int}/report", reports.report, methods=["POST"], name="report"),
    Route("/list", public.shortlist, methods=["GET", "POST"], name="list"),
    Route("/handoff", handoff.handoff, methods=["GET", "POST"], name="handoff"),
    Route("/handoff/{file}", handoff.download, methods=["POST"], name="handoff-file"),
    Route("/leave", private.leave, name="leave"),
    Route("/kept", private.kept, name="kept"),
    Route("/worker.js", private.worker, name="worker"),
    Route("/families", guide.families, methods=["GET", "POST"], name="families"),
    Route("/words", guide.words, methods=["GET", "POST"], name="words"),
    Route("/privacy", guide.privacy, methods=["GET", "POST"], name="privacy"),
    Route("/static/{name}", public.static, name="static"),
    Route("/healthz", public.healthz, name="healthz"),
    Route("/robots.txt", public.robots, name="robots"),
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
