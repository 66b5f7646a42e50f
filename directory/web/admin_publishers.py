"""Publishers: what holds for every record of a feed, where it is fetched from and when, and how its counts went."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from tortoise.functions import Count

from directory import publishers as shelf
from directory.fetching import SCHEDULES
from directory.models import Batch, Listing, Publisher
from directory.security.roles import ADMINS
from directory.staging import UNDO
from directory.vocab import Fellowship
from directory.web.desk import desk_page
from directory.web.forms import Fields
from directory.web.render import Visit

RUNS = 24  # of a trend
WIDTH, HEIGHT, GAP = 480, 80, 4


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    batch: Batch
    listings: int


async def publishers(request: Request) -> Response:
    visit = await Visit.read(request)
    counted = {number: total - retired for number, (total, retired) in (await _counts()).items()}
    runs = await Batch.exclude(source=UNDO).order_by("-id").limit(500)
    last: dict[int, Batch] = {}
    for run in runs:
        last.setdefault(run.publisher_id, run)  # type: ignore[attr-defined]
    rows = await Publisher.all().order_by("name")
    return desk_page(visit, "admin/publishers.html", rows=rows, counts=counted, last=last)


async def _counts() -> dict[int, tuple[int, int]]:
    """Listings of each publisher, and how many of them are retired: from two indexes, without looking at a listing."""
    every, gone = [
        dict(await some.annotate(n=Count("id")).group_by("publisher_id").values_list("publisher_id", "n"))
        for some in (Listing.all(), Listing.filter(status="retired"))
    ]
    return {int(number): (int(count), int(gone.get(number, 0))) for number, count in every.items()}


async def publisher(request: Request) -> Response:
    visit = await Visit.read(request)
    return await _page(visit, await shelf.find(request.path_params["id"]), {})


async def _page(visit: Visit, row: Publisher, problems: dict[str, str], values: Fields | None = None) -> Response:
    runs = await Batch.filter(publisher_id=row.id).exclude(source=UNDO).order_by("-id").limit(RUNS)
    total, retired = (await _counts()).get(row.id, (0, 0))
    return desk_page(
        visit,
        "admin/publisher.html",
        422 if problems else 200,
        row=row,
        values=dict(values) if values is not None else shelf.shown(row),
        problems=problems,
        bars=trend(runs[::-1]),
        width=WIDTH,
        height=HEIGHT,
        runs=runs,
        schedules=SCHEDULES,
        pass_on=list(shelf.PASS_ON.items())[1:],
        fellowships=[(one.value, one.label()) for one in Fellowship],
        listed=total - retired,
        retired=retired,
        saved="saved" in visit.fields,
        hosts=visit.settings.feed_hosts,
        may=visit.request.state.who.role in ADMINS,
    )


def trend(runs: list[Batch]) -> list[Bar]:
    """A bar for each run, the oldest first, as high as it had listings."""
    counts = [int(str(run.facts.get("listings", 0))) for run in runs]
    most, step = max(counts, default=0) or 1, WIDTH / RUNS
    return [
        Bar(
            round(place * step, 1), round(HEIGHT * (1 - count / most), 1), step - GAP, HEIGHT * count / most, run, count
        )
        for place, (run, count) in enumerate(zip(runs, counts, strict=True))
    ]


async def save(request: Request) -> Response:
    visit = await Visit.read(request)
    row = await shelf.find(request.path_params["id"])
    facts, problems = shelf.read(visit.fields, visit.settings)
    if problems:
        return await _page(visit, row, problems, visit.fields)
    await shelf.save(row, facts, visit.now)
    return RedirectResponse(f"/admin/publishers/{row.id}?saved=1", 303)
