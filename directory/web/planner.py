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
from directory.web.planner_walk import Walk
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
    return await _laid_out(request, on_paper=False)


async def paper(request: Request) -> Response:
    return await _laid_out(request, on_paper=True)


async def _laid_out(request: Request, *, on_paper: bool) -> Response:
    """The week or the packet; the week again while a visit that was being written down makes no sense."""
    visit, walk, stop = await _arrive(request)
    if stop:
        return stop
    walk, booking = planner_walk.book(visit, walk)
    on_paper = on_paper and not booking.problem
    made = await plan(visit, walk, on_paper=on_paper)
    if not made.work.chosen:
        return await _nothing_ticked(visit, made.walk)
    if on_paper:
        return await _packet_page(visit, made, gone=len(walk.picks) - len(made.work.chosen))
    return _week_page(visit, made, walk, booking)


async def keep_online(request: Request) -> Response:
    """Keeps the list, then sends the browser with the same form to the packet, which knows its code: to load that page
    again keeps nothing, and to send this form again is the same list. 307, because the form must go along by POST."""
    visit, walk, stop = await _arrive(request)
    if stop:
        return stop
    rt, options = request.app.state.rt, walk.options(visit.language)
    made = await plan(visit, walk, on_paper=True)
    if made.work.ready and made.work.chosen and walk.code:
        await keep(rt, made.walk.picks, options, visit.now, walk.code)
    return RedirectResponse("/planner/packet", 307, PERSONAL)


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
