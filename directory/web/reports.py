"""A visitor says what is wrong with a place: one choice, no words, no account."""

from starlette.requests import Request
from starlette.responses import Response

from directory import reports
from directory.public_listings import get
from directory.runtime import Runtime
from directory.vocab import Reason
from directory.web.forms import Asked, came_from
from directory.web.headers import PERSONAL, only_from_here
from directory.web.render import Visit, page


async def report(request: Request) -> Response:
    only_from_here(request)
    visit = await Visit.read(request)
    rt: Runtime = request.app.state.rt
    one = await get(rt, request.path_params["id"])
    chosen, taken = visit.fields.get("reason", ""), True
    reason = Reason(chosen) if chosen in Reason._value2member_map_ else None
    if reason is not None:
        visitor = request.client.host if request.client else ""
        taken = await reports.report(rt, one.id, reason, visitor, visit.now)
    return page(
        visit,
        "public/reported.html",
        200 if reason and taken else 429 if reason else 422,
        keep=PERSONAL,
        asked=Asked.read(visit.fields),
        kept=came_from(visit.fields),
        here=f"/listing/{one.id}",  # another language shows the place again, and reports nothing twice
        one=one,
        reason=reason,
        taken=taken,
        reasons=list(Reason),
    )
