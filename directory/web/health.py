"""For whoever keeps the server running: is it well, and how does it do."""

import asyncio
import hmac

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from directory.errors import NotFound
from directory.meter import exposition, together
from directory.models import Batch, Change, Listing, Report
from directory.runtime import Runtime

PATIENCE = 5.0  # seconds the database may take to answer


async def healthz(request: Request) -> Response:
    """Alive and able to read: the index and the database answer. 503 names the one that does not."""
    rt: Runtime = request.app.state.rt
    try:
        count = await asyncio.to_thread(rt.engine.count)
    except Exception:
        return JSONResponse({"status": "failing", "what": "index"}, 503)
    try:
        await asyncio.wait_for(Listing.exists(), PATIENCE)
    except Exception:
        return JSONResponse({"status": "failing", "what": "database"}, 503)
    return JSONResponse({"status": "ok", "listings": count})


async def metrics(request: Request) -> Response:
    """Counts for Prometheus, to whoever has the token; without one in the settings there is no such page."""
    rt: Runtime = request.app.state.rt
    wanted = rt.settings.metrics
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not wanted or not hmac.compare_digest(given.encode(), wanted.encode()):
        raise NotFound("There is no such page.")
    request.app.state.meter.write()
    gauges = {
        "listings": await asyncio.to_thread(rt.engine.count),
        "batches_waiting": await Batch.filter(status="staged").count(),
        "reports_open": await Report.filter(status="open").count(),
        "changes": await Change.all().count(),
    }
    sums = await asyncio.to_thread(together, rt.settings.home_path)
    return PlainTextResponse(exposition(sums, gauges), media_type="text/plain; version=0.0.4")
