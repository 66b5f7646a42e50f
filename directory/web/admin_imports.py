"""Imports: what waits, what runs, a form to send files."""

import shutil
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from tortoise.functions import Count

from directory import intake
from directory.errors import BadQuestion
from directory.models import Batch, SourceRecord
from directory.runtime import Runtime
from directory.security.roles import ADMINS
from directory.vocab import Fellowship
from directory.web.background import start
from directory.web.desk import desk_page
from directory.web.render import Visit
from directory.web.uploads import receive
from importers import clean
from importers.registry import facts, source_names

RECENT = 30


async def imports(request: Request) -> Response:
    return await _page(await Visit.read(request))


async def _page(visit: Visit, status: int = 200, told: str = "", values: dict[str, str] | None = None) -> Response:
    rt: Runtime = visit.request.app.state.rt
    recent = await Batch.all().order_by("-id").limit(RECENT).select_related("publisher")
    return desk_page(
        visit,
        "admin/imports.html",
        status,
        waiting=await Batch.filter(status="staged").order_by("id").select_related("publisher"),
        left=await _left(),
        busy=await Batch.filter(status__in=("staging", "applying")).order_by("id").select_related("publisher"),
        jobs=intake.running(rt.settings.home_path),
        recent=[batch for batch in recent if batch.status not in ("staging", "staged")],
        sources=[(name, facts(name)["title"]) for name in source_names()],
        fellowships=[(one.value, one.label()) for one in Fellowship],
        most=rt.settings.upload_mb,
        told=told,
        values=values or {},
        may=visit.request.state.who.role in ADMINS,
    )


async def _left() -> list[dict[str, Any]]:
    """Applied batches with held records nobody has decided about."""
    open_ = SourceRecord.filter(batch__status="applied", decision="", applied=False, outcome="held")
    counted = await open_.annotate(n=Count("id")).group_by("batch_id").values_list("batch_id", "n")
    numbers = {int(batch): int(count) for batch, count in counted}
    batches = await Batch.filter(id__in=list(numbers)).order_by("-id").select_related("publisher")
    newest: dict[int, Batch] = {}
    for batch in batches:  # an older one is answered by what the feed says now
        newest.setdefault(batch.publisher.id, batch)
    return [{"batch": batch, "held": numbers[batch.id]} for batch in newest.values()]


async def upload(request: Request) -> Response:
    rt: Runtime = request.app.state.rt
    job, folder = intake.open_job(rt.settings.home_path)
    alive, begun = intake.hold(folder), False  # from its first byte: no other process sweeps it away
    try:
        sent = await receive(request, folder, rt.settings.upload_bytes)
        told = _wrong(sent.fields, len(sent.files))
        if told:
            return await _page(Visit.of(request, request.query_params), 422, told, sent.fields)
        together = sent.fields.get("together") == "yes"
        feeds = [sent.files] if together else [[file] for file in sent.files]
        job.names = [file.name for file in sent.files]
        options = {name: sent.fields.get(name, "") for name in intake.OPTIONS}
        options["state"] = clean.state(options["state"])
        intake.note(folder, job)
        start(request.app, intake.run(rt, job, folder, alive, feeds, options))
        begun = True
    except BadQuestion as refused:
        return await _page(Visit.of(request, request.query_params), 422, str(refused))
    finally:
        if not begun:
            alive.close()
            shutil.rmtree(folder, ignore_errors=True)
    return RedirectResponse(f"/admin/imports/jobs/{job.id}", 303)


def _wrong(fields: dict[str, str], files: int) -> str:
    """What is wrong with the form, in a sentence; "" when nothing is."""
    if not files:
        return "Choose at least one file."
    if fields.get("source") and fields["source"] not in source_names():
        return "Choose a format from the list."
    if fields.get("fellowship") and fields["fellowship"] not in Fellowship._value2member_map_:
        return "Choose a fellowship from the list."
    if fields.get("timezone") and not clean.zone(fields["timezone"]):
        return "Write the time zone like America/New_York."
    if fields.get("state") and not clean.state(fields["state"]):
        return "Write the state in two letters, like OH."
    return ""


async def job(request: Request) -> Response:
    visit = await Visit.read(request)
    rt: Runtime = request.app.state.rt
    found = intake.find_job(rt.settings.home_path, request.path_params["job"])
    if not found.running and len(found.ended) == 1 and found.ended[0]["batch"]:
        return RedirectResponse(f"/admin/imports/{found.ended[0]['batch']}", 303)
    return desk_page(visit, "admin/job.html", job=found)
