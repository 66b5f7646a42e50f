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
from directory.fetching import fetch_when_due
from directory.intake import sweep
from directory.review import recover
from directory.runtime import opened
from directory.security.roles import ADMINS, LOOKERS
from directory.settings import Settings
from directory.visitors import forget_at_midnight
from directory.web import (
    admin_batch,
    admin_imports,
    admin_listing,
    admin_listings,
    admin_publishers,
    guide,
    handoff,
    private,
    public,
    reports,
)
from directory.web.background import stop
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
    only(LOOKERS, "/admin/imports", admin_imports.imports, name="imports"),
    only(ADMINS, "/admin/imports/upload", admin_imports.upload, name="upload", methods=("POST",)),
    only(LOOKERS, "/admin/imports/jobs/{job}", admin_imports.job, name="job"),
    only(LOOKERS, "/admin/imports/{id:int}", admin_batch.batch, name="batch"),
    only(ADMINS, "/admin/imports/{id:int}/decide", admin_batch.decide, name="batch-decide", methods=("POST",)),
    only(ADMINS, "/admin/imports/{id:int}/settle", admin_batch.settle, name="batch-settle", methods=("POST",)),
    only(
        ADMINS,
        "/admin/imports/{id:int}/edit/{record:int}",
        admin_batch.edit,
        name="record-edit",
        methods=("GET", "POST"),
    ),
    only(LOOKERS, "/admin/listings", admin_listings.listings, name="admin-listings"),
    only(ADMINS, "/admin/listings/retire", admin_listings.retire, name="listings-retire", methods=("POST",)),
    only(ADMINS, "/admin/listings/new", admin_listing.new, name="listing-new", methods=("GET", "POST")),
    only(LOOKERS, "/admin/listings/{id:int}", admin_listing.listing, name="admin-listing"),
    only(ADMINS, "/admin/listings/{id:int}/save", admin_listing.save, name="listing-save", methods=("POST",)),
    only(ADMINS, "/admin/listings/{id:int}/status", admin_listing.status, name="listing-status", methods=("POST",)),
    only(LOOKERS, "/admin/publishers", admin_publishers.publishers, name="publishers"),
    only(LOOKERS, "/admin/publishers/{id:int}", admin_publishers.publisher, name="publisher"),
    only(ADMINS, "/admin/publishers/{id:int}/save", admin_publishers.save, name="publisher-save", methods=("POST",)),
    everyone("/static/{name}", public.static, name="static"),
    everyone("/healthz", public.healthz, name="healthz"),
    everyone("/robots.txt", public.robots, name="robots"),
]


def create_app(settings: Settings) -> Starlette:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with opened(settings, shared=True) as rt:
            await recover(rt)
            sweep(settings.home_path)
            app.state.rt, app.state.running = rt, set()
            forgetting = asyncio.create_task(forget_at_midnight(settings.home_path))
            fetching = asyncio.create_task(fetch_when_due(rt))
            yield
            fetching.cancel()
            forgetting.cancel()
            await stop(app)

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
