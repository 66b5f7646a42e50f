"""One listing for people who keep it true: its fields to type over, its history, taken out and put back."""

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from directory import byhand, typed
from directory.batch_rows import source_words
from directory.byhand import ChangedMeanwhile
from directory.catalog import placed
from directory.differences import differences, told
from directory.errors import DirectoryError, NotFound
from directory.history import history
from directory.listing import ListingDraft
from directory.models import Listing, SourceRecord
from directory.runtime import Runtime
from directory.security.roles import ADMINS
from directory.web.desk import desk_page
from directory.web.listing_form import form_context
from directory.web.render import Visit


async def listing(request: Request) -> Response:
    visit = await Visit.read(request)
    row = await byhand.find(request.path_params["id"])
    return await _page(visit, row, form_context(typed.values(_draft(row)), {}))


async def _page(
    visit: Visit, row: Listing, form: dict[str, Any], status: int = 200, sentence: str = "", **more: Any
) -> Response:
    record = await SourceRecord.get_or_none(id=row.record_id) if row.record_id else None
    shown: dict[str, Any] = {"meanwhile": [], "version": byhand.version(row), **more}
    return desk_page(
        visit,
        "admin/listing.html",
        status,
        row=row,
        facts=told(row.data),
        words=source_words(record.words) if record else [],
        events=await history(row),
        told=sentence,
        may=visit.request.state.who.role in ADMINS,
        **shown,
        **form,
    )


def _draft(row: Listing) -> ListingDraft:
    return ListingDraft.from_dict(dict(row.data))


async def save(request: Request) -> Response:
    visit = await Visit.read(request)
    rt: Runtime = request.app.state.rt
    row = await byhand.find(request.path_params["id"])
    read = typed.read(dict(visit.fields), _draft(row))
    form = form_context(dict(visit.fields), read.problems)
    if read.draft is None:
        return await _page(visit, row, form, 422, version=visit.fields.get("version", ""))
    try:
        async with rt.alone():
            await byhand.change(rt, row.id, read.draft, visit.fields.get("version", ""), visit.fields.get("why", ""))
    except ChangedMeanwhile as refused:
        row = await byhand.find(row.id)
        mine = placed(read.draft, rt.locator, row.publisher.timezone).as_dict()
        return await _page(visit, row, form, 409, str(refused), meanwhile=differences(row.data, mine))
    return RedirectResponse(f"/admin/listings/{row.id}", 303)


async def new(request: Request) -> Response:
    visit = await Visit.read(request)
    rt: Runtime = request.app.state.rt
    if request.method == "GET":
        return desk_page(visit, "admin/listing_new.html", **form_context({}, {}))
    read = typed.read(dict(visit.fields), typed.blank(byhand.new_key()))
    if read.draft is None:
        return desk_page(visit, "admin/listing_new.html", 422, **form_context(dict(visit.fields), read.problems))
    async with rt.alone():
        number = await byhand.add(rt, read.draft)
    return RedirectResponse(f"/admin/listings/{number}", 303)


async def status(request: Request) -> Response:
    """Take it out of the directory, or put it back."""
    visit = await Visit.read(request)
    rt: Runtime = request.app.state.rt
    row = await byhand.find(request.path_params["id"])
    act, why = visit.fields.get("act", ""), visit.fields.get("why", "")
    try:
        async with rt.alone():
            if act == "retire":
                await byhand.retire_all(rt, [row.id], why)
            elif act == "restore":
                await byhand.restore(rt, row.id, why)
            else:
                raise NotFound("There is no such step.")
    except DirectoryError as refused:
        return await _page(visit, row, form_context(typed.values(_draft(row)), {}), refused.status, str(refused))
    return RedirectResponse(f"/admin/listings/{row.id}", 303)
