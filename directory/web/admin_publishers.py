"""Publishers: what holds for every record of a feed, where it is fetched from and when, and how its counts went."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from tortoise.functions import Count

from directory.errors import NotFound
from directory.fetching import SCHEDULES, allowed
from directory.models import Batch, Listing, Publisher
from directory.security.roles import ADMINS
from directory.staging import UNDO
from directory.vocab import Fellowship
from directory.web.desk import desk_page
from directory.web.forms import Fields, whole
from directory.web.render import Visit
from importers import clean

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
    return await _page(visit, await _find(request), {})


async def _find(request: Request) -> Publisher:
    number = request.path_params["id"]
    row = await Publisher.get_or_none(id=number) if number < 2**31 else None
    if row is None:
        raise NotFound(f"There is no publisher {number}.")
    return row


async def _page(visit: Visit, row: Publisher, problems: dict[str, str], values: Fields | None = None) -> Response:
    runs = await Batch.filter(publisher_id=row.id).exclude(source=UNDO).order_by("-id").limit(RUNS)
    total, retired = (await _counts()).get(row.id, (0, 0))
    names = ("trust", "licence", "timezone", "state", "fellowship", "feed_url", "schedule")
    shown = {name: str(getattr(row, name)) for name in names} | {"hands_off": "yes" if row.hands_off else ""}
    return desk_page(
        visit,
        "admin/publisher.html",
        422 if problems else 200,
        row=row,
        values=dict(values) if values is not None else shown,
        problems=problems,
        bars=trend(runs[::-1]),
        width=WIDTH,
        height=HEIGHT,
        runs=runs,
        schedules=SCHEDULES,
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
    row, fields = await _find(request), visit.fields
    problems: dict[str, str] = {}
    trust = fields.get("trust", "")
    if not (trust.isascii() and trust.isdigit() and int(trust[:4]) <= 100):
        problems["trust"] = "Write a number from 0 to 100."
    zone = clean.zone(fields.get("timezone", ""))
    if fields.get("timezone") and not zone:
        problems["timezone"] = "Write it like America/New_York."
    state = clean.state(fields.get("state", ""))
    if fields.get("state") and not state:
        problems["state"] = "Write two letters, like OH."
    if fields.get("fellowship") and fields["fellowship"] not in Fellowship._value2member_map_:
        problems["fellowship"] = "Choose one from the list."
    url, schedule = fields.get("feed_url", ""), fields.get("schedule", "off")
    if url and not allowed(url, visit.settings.feed_hosts):
        host = urlsplit(url).hostname or url
        problems["feed_url"] = f"{host} is not in AFTERCARE_FEED_HOSTS, or the address is not https."
    if schedule not in SCHEDULES or (schedule != "off" and not url):
        problems["schedule"] = "Give the address of the feed first." if schedule in SCHEDULES else "Choose one."
    if problems:
        return await _page(visit, row, problems, fields)
    row.trust, row.licence = whole(trust, 0, 100, 50), fields.get("licence", "")
    row.timezone, row.state, row.fellowship = zone or "", state, fields.get("fellowship", "")
    if url != row.feed_url:
        row.fetched = None
    row.feed_url, row.schedule, row.hands_off = url, schedule, fields.get("hands_off") == "yes"
    await row.save()
    return RedirectResponse(f"/admin/publishers/{row.id}?saved=1", 303)
