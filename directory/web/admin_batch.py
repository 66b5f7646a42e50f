"""One batch under review: broken promises, counts, records; decisions on one, on all that are alike, on the whole."""

from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from directory import answers, review, typed
from directory.batch_rows import Filter, heaps, row, rows
from directory.errors import BadQuestion, DirectoryError, NotAllowed
from directory.listing import ListingDraft
from directory.models import Batch, Change, SourceRecord
from directory.runtime import Runtime
from directory.security.roles import ADMINS
from directory.staging import UNDO
from directory.undo import begin, finish
from directory.vocab import label
from directory.web.background import start
from directory.web.desk import desk_page
from directory.web.forms import Fields, whole
from directory.web.listing_form import form_context
from directory.web.render import Visit

MOST = 2**53


async def batch(request: Request) -> Response:
    visit = await Visit.read(request)
    return await _page(visit)


async def _page(visit: Visit, status: int = 200, told: str = "", reason: str = "") -> Response:
    rt: Runtime = visit.request.app.state.rt
    one = await review.find(visit.request.path_params["id"])
    by = read_filter(visit.fields)
    counted = await heaps(one)
    after, before = (whole(visit.fields.get(name, ""), 0, MOST, 0) for name in ("after", "before"))
    return desk_page(
        visit,
        "admin/batch.html",
        status,
        batch=one,
        by=by,
        filters=urlencode(by.pairs()),
        heaps=counted,
        undecided=sum(heap.undecided for heap in counted if heap.outcome in ("held", "rejected")),
        rows=await rows(rt, one, by, after, before),
        at=[("after", after)] if after else [("before", before)] if before else [],
        newer=await newer(one),
        told=told,
        reason=reason,
        done=await _done(one) if one.status == "applying" else 0,
        kind_word=lambda kind: label("kind", kind),
        may=visit.request.state.who.role in ADMINS,
    )


async def _done(one: Batch) -> int:
    """How far it has come: listings taken back, or records made public."""
    if one.source == UNDO:
        return await Change.filter(batch_id=one.id).count()
    return await SourceRecord.filter(batch_id=one.id, applied=True).count()


def read_filter(fields: Fields) -> Filter:
    return Filter(*(fields.get(name, "") for name in ("outcome", "reason", "kind", "words", "decision")))


async def newer(one: Batch) -> Batch | None:
    """A later batch of the same publisher: what it says is fresher."""
    later = Batch.filter(publisher_id=one.publisher_id, id__gt=one.id).exclude(source=UNDO)  # type: ignore[attr-defined]
    if one.source == UNDO:
        return None
    return await later.filter(status__in=("staged", "applying", "applied")).order_by("-id").first()


async def decide(request: Request) -> Response:
    """On one record (`record`), or on the undecided ones that are alike (`alike`, with outcome, reason, kind)."""
    visit = await Visit.read(request)
    fields, rt = visit.fields, request.app.state.rt
    one = await review.find(request.path_params["id"])
    act = fields.get("act", "")
    await _still_open(one, act)
    async with rt.alone():
        if fields.get("record"):
            number = whole(fields.get("record", ""), 0, MOST, 0)
            if act == "undecide":
                await answers.undecide(one, number)
            else:
                done = await answers.decide(one, SourceRecord.filter(id=number), _known(act))
                if not done:
                    raise NotAllowed("That record cannot be accepted as it stands, or is public already.")
        else:
            kind = fields.get("of_kind") if "of_kind" in fields else None
            same = answers.alike(one, fields.get("of_outcome", ""), fields.get("of_reason", ""), kind)
            await answers.decide(one, same, _known(act))
        await review.publish_decided(rt, one)
    return _back(one, fields, f"#r{fields['record']}" if fields.get("record") else "#records")


async def _still_open(one: Batch, act: str) -> None:
    """A batch that is public takes no more of its own records in once a newer one of its feed is public."""
    if one.status == "applied" and act in (answers.ACCEPT, answers.EDIT):
        await review.up_to_date(one)


def _known(act: str) -> str:
    if act not in (answers.ACCEPT, answers.LEAVE):
        raise BadQuestion("Choose whether to accept it or to leave it out.")
    return act


def _back(one: Batch, fields: Fields, spot: str) -> Response:
    kept = read_filter(fields).pairs() + [(n, fields[n]) for n in ("after", "before") if fields.get(n)]
    return RedirectResponse(f"/admin/imports/{one.id}?{urlencode(kept)}{spot}", 303)


async def settle(request: Request) -> Response:
    """Accept or reject a whole batch, or undo one that was applied."""
    visit = await Visit.read(request)
    rt: Runtime = request.app.state.rt
    one = await review.find(request.path_params["id"])
    act, reason = visit.fields.get("act", ""), visit.fields.get("why", "")
    try:
        if act == "accept":
            await review.accept(one, reason)
            start(request.app, _apply(rt, one.id))
        elif act == "reject":
            await review.reject(one, reason)
        elif act == "undo":
            undoing = await begin(one, reason)
            start(request.app, _take_back(rt, undoing.id))
            return RedirectResponse(f"/admin/imports/{undoing.id}", 303)
        else:
            raise BadQuestion("Choose what to do with the batch.")
    except DirectoryError as refused:
        return await _page(visit, refused.status, told=str(refused), reason=reason)
    return RedirectResponse(f"/admin/imports/{one.id}", 303)


async def _apply(rt: Runtime, number: int) -> None:
    async with rt.alone():
        one = await review.find(number)
        if one.status == "applying":  # unless another process took it up at its start
            await review.apply(rt, one)


async def _take_back(rt: Runtime, number: int) -> None:
    async with rt.alone():
        undoing = await review.find(number)
        if undoing.status == "applying":  # unless another process took it up at its start
            await finish(rt, undoing)


async def edit(request: Request) -> Response:
    """A person's reading of a record, typed over ours or from nothing."""
    visit = await Visit.read(request)
    rt: Runtime = request.app.state.rt
    one = await review.find(request.path_params["id"])
    record = await row(rt, one, request.path_params["record"])
    source = await SourceRecord.get(id=record.id)
    base = ListingDraft.from_dict(dict(source.draft)) if source.draft else typed.blank(source.key or f"#{source.id}")
    context: dict[str, Any] = {"batch": one, "record": record}
    if request.method == "POST":
        read = typed.read(dict(visit.fields), base)
        if read.draft is None:
            context |= form_context(dict(visit.fields), read.problems)
            return desk_page(visit, "admin/record.html", 422, **context)
        await _still_open(one, answers.EDIT)
        async with rt.alone():
            done = await answers.decide(one, SourceRecord.filter(id=record.id), answers.EDIT, read.draft.as_dict())
            if not done:
                raise NotAllowed("That record does not wait for an answer any more.")
            await review.publish_decided(rt, one)
        return RedirectResponse(f"/admin/imports/{one.id}?after={record.id - 1}#r{record.id}", 303)
    kept = await answers.edited_drafts(one.publisher_id, [source.key])  # type: ignore[attr-defined]
    mine = next(iter(kept.values()), None) if record.decision == answers.EDIT else None
    context |= form_context(typed.values(ListingDraft.from_dict(mine) if mine else base), {})
    return desk_page(visit, "admin/record.html", **context)
