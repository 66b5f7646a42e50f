"""The planner's desk: needs, places, seven days, packet. Each page sends all that was chosen on to the next."""

import asyncio
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from directory.errors import BadQuestion, NotFound
from directory.handoff.kept import keep
from directory.i18n import catalogue
from directory.security.roles import LOOKERS, Who
from directory.web import planner_needs, planner_walk
from directory.web.forms import MOST_PICKS
from directory.web.headers import PERSONAL
from directory.web.planner_paper import PAPERS, Plan, packet, plan
from directory.web.planner_places import offer
from directory.web.planner_walk import Walk, listing_print
from directory.web.render import Visit, page


async def needs(request: Request) -> Response:
    visit = await Visit.read(request)
    walk = await planner_walk.read(visit, request.app.state.rt)
    if request.method != "POST":  # what stands in an address is not read: nothing of a person belongs there
        return _needs_page(visit, replace(walk, form=planner_needs.begun(visit)))
    return _needs_page(visit, replace(walk, form=replace(walk.form, problems=_said(walk, visit))))


def _said(walk: Walk, visit: Visit) -> dict[str, str]:
    """A form that is only being filled is not told that its place is missing."""
    return {name: words for name, words in walk.form.problems.items() if name != "place" or walk.form.one("place")}


async def places(request: Request) -> Response:
    visit, walk, stop = await _arrive(request)
    if stop:
        return stop
    walk, offered = await offer(visit, request.app.state.rt, walk)
    words = visit.fields.get("q", "")
    return _page(visit, "places", walk, ("places",), offer=offered, words=words, most=MOST_PICKS)


async def week(request: Request) -> Response:
    visit, walk, stop = await _arrive(request)
    if stop:
        return stop
    if not walk.picks:
        return await _nothing_ticked(visit, walk)
    walk, booking = planner_walk.book(visit, walk)
    made = await plan(visit, walk)
    if not made.work.chosen:
        return await _nothing_ticked(visit, made.walk)
    return _week_page(visit, made, walk, booking)


async def paper(request: Request) -> Response:
    visit, walk, stop = await _arrive(request)
    if stop:
        return stop
    if not walk.picks:
        return await _nothing_ticked(visit, walk)
    walk, booking = planner_walk.book(visit, walk)
    made = await plan(visit, walk, on_paper=not booking.problem)
    if not made.work.chosen:
        return await _nothing_ticked(visit, made.walk)
    if booking.problem:
        return _week_page(visit, made, walk, booking)
    if "keep_online" in visit.fields and made.work.ready:
        made = replace(made, walk=await _keep(visit, made.walk))
    return await _packet_page(visit, made, gone=len(walk.picks) - len(made.work.chosen))


async def download(request: Request) -> Response:
    told = PAPERS.get(request.path_params["file"])
    if told is None:
        raise NotFound("There is no such file. Go back and use one of the buttons.")
    visit, walk, stop = await _arrive(request)
    if stop:
        return stop
    made = await plan(visit, walk, on_paper=True)
    if not made.work.chosen:
        return await _nothing_ticked(visit, made.walk)
    if not made.work.ready:
        return await _packet_page(visit, made, status=422)
    body = await asyncio.to_thread(told.render, visit, made)
    if not body:
        raise BadQuestion("None of these places has a phone number to save.")
    headers = {**PERSONAL, "Content-Disposition": f'attachment; filename="{told.file}"'}
    return Response(body, media_type=told.media_type, headers=headers)


async def _arrive(request: Request) -> tuple[Visit, Walk, Response | None]:
    """Every step but the first is reached by a whole form: an address typed in begins at the first step, and a form
    with something wrong is shown again."""
    visit = await Visit.read(request)
    walk = await planner_walk.read(visit, request.app.state.rt)
    if request.method != "POST":
        return visit, walk, RedirectResponse(visit.path("/planner"), 303, PERSONAL)
    return visit, walk, _needs_page(visit, walk, 422) if walk.form.needs is None else None


async def _nothing_ticked(visit: Visit, walk: Walk) -> Response:
    """Back to the places, which says so."""
    asked = replace(walk, ticked_for=walk.ticked_for or planner_walk.fingerprint(walk.form))
    walk, offered = await offer(visit, visit.request.app.state.rt, asked)
    return _page(visit, "places", walk, ("places",), 422, offer=offered, words="", most=MOST_PICKS, nothing=True)


def _needs_page(visit: Visit, walk: Walk, status: int = 200) -> Response:
    options = planner_needs.options(visit.language)
    return _page(visit, "needs", walk, ("needs",), status, options=options, form=walk.form)


def _week_page(visit: Visit, made: Plan, walk: Walk, booking: planner_walk.Booking) -> Response:
    status = 422 if booking.problem else 200
    gone = len(walk.picks) - len(made.work.chosen)
    return _page(visit, "week", made.walk, ("week",), status, made=made, booking=booking, gone=gone)


async def _packet_page(visit: Visit, made: Plan, status: int = 200, gone: int = 0) -> Response:
    shown = await asyncio.to_thread(packet, visit, made) if made.work.ready else None
    return _page(
        visit,
        "packet",
        made.walk,
        ("answers", "paper"),
        status,
        made=made,
        packet=shown,
        options=made.walk.options(visit.language),
        has_phones=bool(shown and any(card.phones for card in shown.section("places").cards)),
        gone=gone,
    )


async def _keep(visit: Visit, walk: Walk) -> Walk:
    """The list online, under a code that only this page and the paper know."""
    options = walk.options(visit.language)
    code = await keep(visit.request.app.state.rt, walk.picks, options, visit.now)
    return replace(walk, code=f"{code}@{listing_print(walk, visit.language)}")


def _page(visit: Visit, step: str, walk: Walk, shown: tuple[str, ...], status: int = 200, **context: Any) -> Response:
    """A page of templates/planner/; `shown` are the parts of the walk it has as fields."""
    who: Who = visit.request.state.who
    say = catalogue(visit.language).gettext
    steps = [
        ("needs", "/planner", say("Needs")),
        ("places", "/planner/places", say("Places")),
        ("week", "/planner/week", say("Seven days")),
        ("packet", "/planner/packet", say("Packet")),
    ]
    given = {"nothing": False, "gone": 0, **context}
    lang = [("lang", visit.language)] if visit.said else []
    return page(
        visit,
        f"planner/{step}.html",
        status,
        keep=PERSONAL,
        who=who,
        desk=who.role in LOOKERS,
        step=step,
        steps=steps,
        walk=walk,
        to=dict((code, path) for code, path, _ in steps)[step],
        state=[*lang, *walk.pairs(*shown)],
        **given,
    )
