"""Whole files of what may be passed on: made once for each state of the directory, then sent as they lie."""

import asyncio
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from weakref import WeakKeyDictionary

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from directory.errors import NotFound
from directory.exchange.formats import writer
from directory.exchange.hsds_tables import write_folder, zipped
from directory.exchange.public import passable
from directory.outfile import written
from directory.published import position, streamed
from directory.runtime import Runtime
from directory.web.api import moment
from directory.web.api_answers import KEPT, has
from directory.web.api_questions import only

# file -> format of `aftercare export --as`, and media type
FEEDS = {
    "meetings.json": ("meeting-guide", "application/json"),
    "listings.csv": ("csv", "text/csv; charset=utf-8"),
    "listings.geojson": ("geojson", "application/geo+json"),
    "listings.fhir.json": ("fhir", "application/fhir+json"),
    "listings.hsds.json": ("hsds", "application/json"),
    "listings.hsds.zip": ("hsds", "application/zip"),
}
_making: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()


async def feed(request: Request) -> Response:
    only(request.query_params, ())
    name, rt = request.path_params["file"], request.app.state.rt
    if name not in FEEDS:
        raise NotFound(f"There is no feed {name[:60]!r}. There are: {', '.join(FEEDS)}.")
    now = moment(request)
    state = f"{await position(reports=False)}-{now:%Y%m%d}"
    headers = {**KEPT, "ETag": f'W/"{state}"', "X-Robots-Tag": "noindex"}
    if has(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    file = await _made(rt, name, state, now)
    return FileResponse(file, media_type=FEEDS[name][1], headers=headers)


async def _made(rt: Runtime, name: str, state: str, now: datetime) -> Path:
    """The file of this state, written by whoever asks first; older ones go."""
    folder = rt.settings.home_path / "feeds"
    file = folder / f"{state}-{name}"
    async with _making.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
        if not file.exists():
            folder.mkdir(exist_ok=True)
            midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)  # the same file all day
            await asyncio.to_thread(_write, file, name, midnight, asyncio.get_running_loop())
            for old in folder.glob(f"*-{name}"):
                if old != file:
                    old.unlink(missing_ok=True)
    return file


def _write(file: Path, name: str, made_at: datetime, loop: asyncio.AbstractEventLoop) -> None:
    listings = (one for one in streamed(loop) if passable(one))
    if not name.endswith(".zip"):
        with written(file) as out:
            writer(FEEDS[name][0])(listings, out, made_at)
        return
    with TemporaryDirectory(dir=file.parent) as folder, written(file, binary=True) as out:
        write_folder(listings, Path(folder), made_at)
        zipped(Path(folder), out)
