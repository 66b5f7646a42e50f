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
from directory.handoff.gtfs_index import router
from directory.handoff.kept import purge_daily
from directory.intake import sweep
from directory.logs import to_stream
from directory.meter import Meter
from directory.names import Names
from directory.published import Contents
from directory.review import recover
from directory.runtime import opened
from directory.security.roles import ADMINS, ANYONE_SIGNED_IN, LOOKERS, PLANNERS
from directory.settings import Settings
from directory.today import keep_noting
from directory.visitors import forget_at_midnight
from directory.web import (
    accounts,
    admin_batch,
    admin_imports,
    admin_listing,
    admin_listings,
    admin_publishers,
    admin_today,
    api,
    calls,
    duplicates,
    guide,
    handoff,
    health,
    mine,
    my_account,
    planner,
    private,
    program,
    public,
    reports,
    sign_in,
    welcome,
)
from directory.web.api_answers import open_data
from directory.web.api_limits import Limiter
from directory.web.api_operations import OPERATIONS
from directory.web.background import stop
from directory.web.desk import begin
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
    everyone("/mine", mine.ask, name="mine", methods=("GET", "POST")),
    everyone("/mine/{code}", mine.mine, name="mine-list", methods=("GET", "POST")),
    everyone("/leave", private.leave, name="leave"),
    everyone("/kept", private.kept, name="kept"),
    everyone("/worker.js", private.worker, name="worker"),
    everyone("/families", guide.families, name="families", methods=("GET", "POST")),
    everyone("/words", guide.words, name="words", methods=("GET", "POST")),
    everyone("/privacy", guide.privacy, name="privacy", methods=("GET", "POST")),
    only(LOOKERS, "/admin", admin_today.today, name="today"),
    only(LOOKERS, "/admin/coverage", admin_today.cover, name="coverage"),
    only(LOOKERS, "/admin/trends", admin_today.trends, name="trends"),
    everyone("/api", api.about, name="api"),
    *(everyone(one.path, open_data(one.endpoint, one.cost), name=one.name, methods=one.methods) for one in OPERATIONS),
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
    everyone("/program/{token}", program.program, name="program", methods=("GET", "POST")),
    only(ADMINS, "/admin/calls", calls.worklist, name="calls"),
    only(ADMINS, "/admin/calls/next", calls.take, name="calls-next", methods=("POST",)),
    only(ADMINS, "/admin/calls/{id:int}", calls.call, name="call", methods=("GET", "POST")),
    only(ADMINS, "/admin/calls/{id:int}/link", calls.link, name="call-link", methods=("POST",)),
    only(ADMINS, "/admin/calls/corrections/{id:int}", calls.decide, name="correction", methods=("POST",)),
    only(LOOKERS, "/admin/duplicates", duplicates.queue, name="duplicates"),
    only(LOOKERS, "/admin/duplicates/{id:int}", duplicates.pair, name="duplicate"),
    only(ADMINS, "/admin/duplicates/{id:int}/decide", duplicates.decide, name="duplicate-decide", methods=("POST",)),
    only(PLANNERS, "/planner", planner.needs, name="planner", methods=("GET", "POST"), back=True),
    only(PLANNERS, "/planner/places", planner.places, name="planner-places", methods=("GET", "POST"), back=True),
    only(PLANNERS, "/planner/week", planner.week, name="planner-week", methods=("GET", "POST"), back=True),
    only(PLANNERS, "/planner/packet", planner.paper, name="planner-packet", methods=("GET", "POST"), back=True),
    only(PLANNERS, "/planner/keep", planner.keep_online, name="planner-keep", methods=("POST",)),
    only(PLANNERS, "/planner/{file}", planner.download, name="planner-file", methods=("POST",)),
    everyone("/static/{name}", public.static, name="static"),
    everyone("/healthz", health.healthz, name="healthz"),
    everyone("/metrics", health.metrics, name="metrics"),
    everyone("/robots.txt", public.robots, name="robots"),
    everyone("/sign-in", sign_in.sign_in, name="sign-in", methods=("GET", "POST")),
    everyone("/sign-in/code", sign_in.code, name="sign-in-code", methods=("GET", "POST")),
    everyone("/welcome/{token}", welcome.welcome, name="welcome", methods=("GET", "POST")),
    only(ANYONE_SIGNED_IN, "/sign-out", sign_in.sign_out, name="sign-out", methods=("POST",), setting_up=True),
    only(ANYONE_SIGNED_IN, "/work", begin, name="work"),
    only(ANYONE_SIGNED_IN, "/account", my_account.account, name="account"),
    only(ANYONE_SIGNED_IN, "/account/password", my_account.password, name="account-password", methods=("POST",)),
    only(
        ANYONE_SIGNED_IN,
        "/account/codes",
        my_account.codes,
        name="account-codes",
        methods=("GET", "POST"),
        setting_up=True,
    ),
    only(ANYONE_SIGNED_IN, "/account/codes/off", my_account.codes_off, name="account-codes-off", methods=("POST",)),
    only(ANYONE_SIGNED_IN, "/account/codes/new", my_account.new_codes, name="account-codes-new", methods=("POST",)),
    only(ANYONE_SIGNED_IN, "/account/everywhere", my_account.everywhere, name="account-everywhere", methods=("POST",)),
    only(ADMINS, "/admin/accounts", accounts.listed, name="accounts"),
    only(ADMINS, "/admin/accounts/new", accounts.invite, name="account-new", methods=("POST",)),
    only(ADMINS, "/admin/accounts/{id:int}/reset", accounts.reset, name="account-reset", methods=("POST",)),
    only(ADMINS, "/admin/accounts/{id:int}/role", accounts.role, name="account-role", methods=("POST",)),
    only(ADMINS, "/admin/accounts/{id:int}/disable", accounts.disable, name="account-disable", methods=("POST",)),
    only(ADMINS, "/admin/accounts/{id:int}/enable", accounts.enable, name="account-enable", methods=("POST",)),
    only(ADMINS, "/admin/audit", accounts.trail, name="audit"),
]


def create_app(settings: Settings) -> Starlette:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with opened(settings, shared=True) as rt:
            await recover(rt)
            sweep(settings.home_path)
            app.state.rt, app.state.running = rt, set()
            app.state.meter = Meter(settings.home_path)
            beside = [
                asyncio.create_task(task)
                for task in (
                    forget_at_midnight(settings.home_path),
                    keep_noting(rt),
                    fetch_when_due(rt),
                    purge_daily(),
                    asyncio.to_thread(router, settings),  # a bus schedule is read before the first planner waits for it
                )
            ]
            yield
            for task in beside:
                task.cancel()
            await stop(app)
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
    app.state.limiter = Limiter(int(settings.api_rate))
    app.state.contents = Contents()
    app.state.names = Names()
    return app


def from_environment() -> Starlette:
    """For a server that starts several processes: each makes its own."""
    to_stream()
    return create_app(Settings.read(environ))
