"""The open API, version 1: read only, no account, no cookie, no question kept. docs/api.md says how to ask."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from directory.errors import BadQuestion, Forbidden, NotFound
from directory.exchange.public import discreet, listing_id, own_words, passable, to_pass_on
from directory.exchange.record import record
from directory.finding import Page, asked, shown
from directory.finding import hit as found_hit
from directory.listing import Listed
from directory.public_listings import after, get
from directory.published import Contents, changes, newest_change, position, publishers, publishers_state
from directory.runtime import Runtime
from directory.search.query import Match, SearchQuery
from directory.vocab import FACETS, Kind, Term
from directory.web.api_answers import KEPT, data
from directory.web.api_questions import DEEPEST, MOST, SEARCH, USUAL, Cursor, number, only, question, searching
from directory.web.forms import Asked, Fields, read_fields
from directory.web.headers import ASKED, OPEN, PERSONAL
from directory.web.render import Visit, page

AGAIN = 50  # hits before a page's beginning that are looked through for the last one shown
ONCE = ("q", "near", "radius", "when", "sort", "limit", "cursor")


async def about(request: Request) -> HTMLResponse:
    """For people: what there is, and where it is written down."""
    visit = await Visit.read(request)
    return page(visit, "public/api.html", keep=OPEN, asked=Asked())


async def listings(request: Request) -> Response:
    """All of them by id; or those a question finds, which is not kept and may be sent as a form (POST)."""
    rt: Runtime = request.app.state.rt
    fields = await read_fields(request)
    only(fields, (*SEARCH, "limit", "cursor"), ONCE)
    limit = number(fields, "limit", 1, MOST, USUAL)
    cursor = Cursor.read(fields.get("cursor", ""))
    if searching(fields):
        keep = PERSONAL if request.method == "POST" else ASKED
        return data(request, await _search(rt, fields, moment(request), limit, cursor), keep=keep)
    state = await position()  # before what it names is read: at worst an answer is fetched once too often
    now = moment(request)
    return data(request, await _walk(cursor.last if cursor else 0, limit, now), etag=aging(state, now))


async def _walk(last: int, limit: int, now: datetime) -> dict[str, Any]:
    """The next listings by id, however many before them came or went; those not passed on are left out."""
    found: list[Listed] = []
    more = True
    while more and len(found) <= limit:
        step = await after(last, limit + 1)
        more = len(step) > limit
        found += [one for one in step if passable(one)]
        last = step[-1].id if step else last
    shown_now = found[:limit]
    ends = len(found) <= limit
    return {
        "listings": [listing_record(one, now) for one in shown_now],
        "next": None if ends else str(Cursor(shown_now[-1].id)),
    }


async def _search(rt: Runtime, fields: Fields, now: datetime, limit: int, cursor: Cursor | None) -> dict[str, Any]:
    query = await asyncio.to_thread(question, rt, fields, now, limit)
    begin = cursor.offset if cursor else 0
    ahead = max(begin - AGAIN, 0)
    told = await asked(rt, replace(query, offset=ahead, limit=limit + begin - ahead), fields.getlist("as_typed"))
    matches = list(told.matches)
    seen = [match.id for match in matches]
    start = seen.index(cursor.last) + 1 if cursor and cursor.last in seen else begin - ahead
    here = tuple(matches[start : start + limit])
    beyond = () if cursor else told.found.answer.beyond[:limit]
    reached = ahead + start + len(here)
    body = await shown(rt, Page(told, here, beyond), hit)
    more = here and reached < min(told.total, DEEPEST)
    return {**body, "next": str(Cursor(here[-1].id, reached)) if more else None}


def hit(one: Listed, match: Match, query: SearchQuery) -> dict[str, Any]:
    """One found listing; of one that may not be passed on no more than that our own page has it."""
    one = to_pass_on(one)
    told = {"id": one.id, "uuid": listing_id(one), "page": f"/listing/{one.id}", "passed_on": passable(one)}
    if not told["passed_on"]:
        return {**told, "kind": one.draft.kind.value, "name": one.draft.name}
    public = discreet(one)
    blurred = public.draft.place is not None and public.draft.place.approximate
    if match.miles is not None and blurred:  # a tenth of a mile would tell more of where it is than we may
        match = replace(match, miles=float(round(match.miles)))
    known = {"publisher": one.publisher, "licence": one.licence, "call_first": one.reported_closed}
    return {**told, **found_hit(public, match, query), **known}


def aging(state: str, now: datetime) -> str:
    """Vacancies stop being known by the hour, without anything being written."""
    return f"{state}-{now:%Y%m%d%H}"


def listing_record(one: Listed, now: datetime) -> dict[str, Any]:
    """Every public fact, in the columns of the CSV, with the names it is known by."""
    names = {"uuid": listing_id(one), "page": f"/listing/{one.id}", "call_first": one.reported_closed}
    return {**record(discreet(one), now), **names}


async def listing(request: Request) -> Response:
    """By our number, or by the UUID that is the same in every home."""
    rt: Runtime = request.app.state.rt
    only(request.query_params, ())
    name, state = request.path_params["id"], await position()
    ours = name.isascii() and name.isdigit() and len(name) < 10
    contents: Contents = request.app.state.contents
    found = int(name) if ours else (await contents.current(rt)).services.get(name.lower())
    if found is None:
        raise NotFound(f"There is no public listing {name[:60]}.")
    one = own_words(await get(rt, found))
    if not passable(one):
        raise Forbidden(f"Its licence does not let us pass it on; people find it at /listing/{one.id}.")
    now = moment(request)
    return data(request, listing_record(one, now), etag=aging(state, now))


async def changed(request: Request) -> Response:
    """What came, changed or went since a cursor; 0 begins with the first change there ever was."""
    fields = request.query_params
    only(fields, ("since", "limit"), ("since", "limit"))
    since, newest = number(fields, "since", 0, 2**63 - 1, 0), await newest_change()
    if since > newest:
        raise BadQuestion(f"since is beyond the newest change, {newest}: this is another home, or older. Begin anew.")
    found, cursor, more = await changes(since, number(fields, "limit", 1, 1000, 500))
    body = {"changes": found, "next": cursor, "more": more, "publishers": await publishers_state()}
    return data(request, body, keep={"Cache-Control": "no-cache"})


async def kinds(request: Request) -> Response:
    only(request.query_params, ())
    return data(request, {"kinds": _terms(Kind)}, keep=KEPT)


async def facets(request: Request) -> Response:
    only(request.query_params, ())
    groups = [{"group": group, "values": _terms(words)} for group, words in FACETS.items()]
    language = {"group": "language", "values": [], "codes": "ISO 639-1 or 639-3: es, ase"}
    return data(request, {"facets": [*groups, language]}, keep=KEPT)


async def who_publishes(request: Request) -> Response:
    only(request.query_params, ())
    return data(request, {"publishers": await publishers()})


def _terms(words: type[Term]) -> list[dict[str, str]]:
    return [{"value": word.value, "en": word.en, "es": word.es} for word in words]


def moment(request: Request) -> datetime:
    clock = getattr(request.app.state, "clock", None)
    now: datetime = clock() if clock else datetime.now(UTC)
    return now
