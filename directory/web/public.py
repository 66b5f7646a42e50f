"""The patient's pages: home, results, one listing, the list. What is asked here is not kept or logged."""

import asyncio
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from directory.errors import NotFound
from directory.public_listings import get, listed
from directory.runtime import Runtime
from directory.search.ask import Told, ask
from directory.search.query import Near
from directory.vocab import Reason
from directory.web.cards import make_card, make_cards
from directory.web.facts import dates, hours, map_link, parts
from directory.web.filters import groups
from directory.web.forms import EXAMPLES, MOST_PICKS, PER_PAGE, RADII, Asked, came_from, handoff_pairs
from directory.web.headers import ASKED, OPEN
from directory.web.maps import sketch
from directory.web.reading import chips, lifted_words
from directory.web.render import TYPES, Visit, page, static_files
from directory.web.result_words import heading, missing_place, radius_words, relaxed_words, widened_words
from directory.web.voices import differences, tellers

FOREVER = "public, max-age=31536000, immutable"


async def home(request: Request) -> Response:
    visit = await Visit.read(request)
    keep = OPEN if request.method != "POST" else ASKED
    return page(visit, "public/home.html", keep=keep, asked=Asked.read(visit.fields), examples=list(EXAMPLES))


async def search(request: Request) -> Response:
    visit = await Visit.read(request)
    rt: Runtime = request.app.state.rt
    asked = Asked.read(visit.fields)
    near = await asyncio.to_thread(rt.locator.find, asked.place) if asked.place else None
    told = await _told(rt, visit, asked, near)
    last = _last_page(told)
    if asked.page > last:
        asked = replace(asked, page=last)
        told = await _told(rt, visit, asked, near)
    found, near = told.found, told.query.near
    reader = visit.reader(near.timezone if near else "")
    here = told.matches[: PER_PAGE + len(told.first)]
    anywhere = found.answer.beyond[found.query.offset : found.query.offset + PER_PAGE]
    matches = {match.id: match for match in (*here, *anywhere)}
    stored = {one.id: one for one in await listed(rt, list(matches))}
    cards = make_cards([stored[match.id] for match in here if match.id in stored], matches, reader)
    beyond = make_cards([stored[match.id] for match in anywhere if match.id in stored], matches, reader)
    return page(
        visit,
        "public/search.html",
        asked=asked,
        kept=[("at", str(asked.page))],
        found=found,
        near=near,
        cards=cards,
        sketch=sketch(near, cards, visit.language),
        beyond=beyond,
        heading=heading(told, near, visit.language),
        widened=widened_words(found, asked, near, visit.language),
        missing=missing_place(asked, near, visit.language),
        relaxed=relaxed_words(told, visit.language),
        told=told,
        chips=chips(told.read, visit.language),
        lifted=lifted_words(told, visit.language),
        filters=groups(
            found.answer.facets, asked, visit.language, [pair for one in told.read.found for pair in one.means]
        ),
        pages=last,
        radius_words=radius_words(RADII, visit.language),
    )


async def _told(rt: Runtime, visit: Visit, asked: Asked, near: Near | None) -> Told:
    def clock(zone: str) -> datetime:
        return visit.now.astimezone(ZoneInfo(zone))

    query = asked.query(near, visit.now, visit.settings.timezone)
    return await asyncio.to_thread(ask, rt.engine, query, asked.as_typed, clock=clock)


def _last_page(told: Told) -> int:
    answer = told.found.answer
    return max(-(-max(answer.total, answer.beyond_total) // PER_PAGE), 1)


async def listing(request: Request) -> Response:
    visit = await Visit.read(request)
    number = request.path_params["id"]
    one = await get(request.app.state.rt, number)
    asked = Asked.read(visit.fields)
    reader = visit.reader(one.draft.place.timezone or "" if one.draft.place else "")
    card = make_card(one, None, reader)
    return page(
        visit,
        "public/listing.html",
        keep=OPEN if request.method != "POST" else ASKED,
        asked=asked,
        kept=came_from(visit.fields),
        card=card,
        one=one,
        draft=one.draft,
        parts=parts(one.draft, visit.language, visit.now),
        map_link=map_link(one.draft),
        hours=hours(one.draft, visit.now.date(), visit.language),
        dates=dates(one, visit.language, visit.now),
        tellers=tellers(one, visit.language),
        differences=differences(one, visit.language),
        reasons=list(Reason),
    )


async def shortlist(request: Request) -> Response:
    visit = await Visit.read(request)
    rt: Runtime = request.app.state.rt
    chosen = await listed(rt, visit.picks)
    reader = visit.reader()
    return page(
        visit,
        "public/list.html",
        kept=handoff_pairs(visit.fields) + came_from(visit.fields),
        asked=Asked.read(visit.fields),
        cards=[make_card(one, None, reader) for one in chosen],
        gone=len(set(visit.picks) - {number for one in chosen for number in one.numbers}),
        most=MOST_PICKS,
    )


async def static(request: Request) -> Response:
    file = static_files().get(request.path_params["name"])
    if file is None:
        raise NotFound("There is no such file.")
    return FileResponse(file, media_type=TYPES[file.suffix], headers={"Cache-Control": FOREVER})


async def robots(request: Request) -> Response:
    asked = (
        "/search",
        "/list$",
        "/list?",
        "/handoff",
        "/mine",
        "/leave",
        "/program",
        "/admin",
    )  # listings may be found
    return PlainTextResponse("User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in asked))
