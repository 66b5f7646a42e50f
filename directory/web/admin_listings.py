"""All listings, public and retired: found by words, publisher, kind and status; taken out together with a reason."""

from bisect import bisect_right
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from tortoise.expressions import Q

from directory import byhand
from directory.errors import DirectoryError
from directory.models import Listing, Publisher
from directory.names import Names
from directory.runtime import Runtime
from directory.security.roles import ADMINS
from directory.vocab import Kind
from directory.web.desk import desk_page
from directory.web.forms import ids, whole
from directory.web.render import Visit

PER_PAGE = 50
COUNTED = 1000  # of those that fit a question; more are not counted, only paged through
LAST = 2**31 - 1


async def listings(request: Request) -> Response:
    return await _page(await Visit.read(request))


async def _page(visit: Visit, status: int = 200, told: str = "") -> Response:
    after = whole(visit.fields.get("after", ""), 0, LAST, 0)
    condition = await _condition(visit)
    wanted, asked = Listing.filter(condition), bool(condition.children or condition.filters)
    if asked:  # one look through the listings for the count and for the page, if it is among the first
        first = [int(one) for one in await wanted.order_by("id").limit(COUNTED).values_list("id", flat=True)]  # type: ignore[call-overload]
        total, begin = len(first), bisect_right(first, after)
        if begin + PER_PAGE < COUNTED:
            wanted = Listing.filter(id__in=first[begin : begin + PER_PAGE + 1])
    else:
        total = await Listing.all().count()
    found = await wanted.filter(id__gt=after).order_by("id").limit(PER_PAGE + 1).select_related("publisher")
    by = {name: visit.fields.get(name, "") for name in ("words", "publisher", "kind", "status")}
    return desk_page(
        visit,
        "admin/listings.html",
        status,
        rows=found[:PER_PAGE],
        total=total,
        uncounted=asked and total == COUNTED,
        by=by,
        after=found[PER_PAGE - 1].id if len(found) > PER_PAGE else None,
        later=after > 0,
        filters=urlencode({name: value for name, value in by.items() if value}),
        publishers=await Publisher.all().order_by("name"),
        kinds=list(Kind),
        done=visit.fields.get("retired", ""),
        told=told,
        why=visit.fields.get("why", ""),
        chosen=ids(visit.fields.getlist("listing")),
        may=visit.request.state.who.role in ADMINS,
    )


async def _condition(visit: Visit) -> Q:
    fields = visit.fields
    exact: dict[str, Any] = {}
    if fields.get("kind") in Kind._value2member_map_:
        exact["kind"] = fields["kind"]
    if fields.get("status") in ("active", "retired"):
        exact["status"] = fields["status"]
    if fields.get("publisher"):
        exact["publisher_id"] = whole(fields["publisher"], 0, LAST, 0)
    found, words = Q(**exact), fields.get("words", "")
    if not words:
        return found
    names: Names = visit.request.app.state.names
    some = await names.having(words, COUNTED)
    named = Q(name__icontains=words)
    if words.isascii() and words.isdigit() and len(words) < 10:
        few = Q() if some is None else Q(id__in=some)
        return found & (Q(id=int(words)) | (few & (named | Q(key=words))))
    if some is None:  # so many that the database finds a page of them soon
        return found & (named | Q(key__icontains=words))
    return found & Q(id__in=some)


async def retire(request: Request) -> Response:
    visit = await Visit.read(request)
    rt: Runtime = request.app.state.rt
    chosen = ids(visit.fields.getlist("listing"))
    try:
        async with rt.alone():
            done = await byhand.retire_all(rt, chosen, visit.fields.get("why", ""))
    except DirectoryError as refused:
        return await _page(visit, refused.status, str(refused))
    kept = [(name, visit.fields[name]) for name in ("words", "publisher", "kind", "status") if visit.fields.get(name)]
    return RedirectResponse(f"/admin/listings?{urlencode([*kept, ('retired', str(done))])}", 303)
