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
from directory.logs import to_stream
from directory.meter import Meter
from directory.review import recover
from directory.runtime import opened
from directory.security.roles import LOOKERS
from directory.settings import Settings
from directory.today import keep_noting
from directory.visitors import forget_at_midnight
from directory.web import admin_today, guide, handoff, health, private, public, reports
from directory.web.doors import everyone, only
from directory.web.headers import Mishaps, SecurityHeaders
from directory.web.mishaps import mishap
from directory.web.watch import Watched

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
    only(LOOKERS, "/admin", admin_today.today, name="today"),
    only(LOOKERS, "/admin/coverage", admin_today.cover, name="coverage"),
    only(LOOKERS, "/admin/trends", admin_today.trends, name="trends"),
    everyone("/static/{name}", public.static, name="static"),
    everyone("/healthz", health.healthz, name="healthz"),
    everyone("/metrics", health.metrics, name="metrics"),
    everyone("/robots.txt", public.robots, name="robots"),
]


def create_app(settings: Settings) -> Starlette:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with opened(settings, shared=True) as rt:
            await recover(rt)
            app.state.rt = rt
            app.state.meter = Meter(settings.home_path)
            beside = [asyncio.create_task(forget_at_midnight(settings.home_path)), asyncio.create_task(keep_noting(rt))]
            yield
            for task in beside:
                task.cancel()
            app.state.meter.close()

    app = Starlette(
        routes=ROUTES,
        lifespan=lifespan,
        middleware=[
            Middleware(Watched, routes=ROUTES),
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
    to_stream()
    return create_app(Settings.read(environ))
