"""The admin's first page: what needs a person today; and plots of where help is, how it grows, how fresh it is."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from directory import today as day_by_day
from directory.coverage import MILES, STEPS, ZipCover, busiest_state, coverage, states
from directory.runtime import Runtime
from directory.search.query import AGES, Overview
from directory.vocab import Kind
from directory.web.desk import desk_page
from directory.web.plots import on_a_map, over_time
from directory.web.render import Visit

AGE_WORDS = ("a month or newer", "1 to 3 months", "3 to 6 months", "6 to 12 months", "over a year", "not known")
FRESH = 2  # ages that count as fresh: up to three months


async def today(request: Request) -> Response:
    visit, seen = await _seen(request)
    rt: Runtime = request.app.state.rt
    kinds = [(Kind(kind).en, sum(ages), ages) for kind, ages in seen.kinds.items()]
    ages = [sum(counts[n] for _, _, counts in kinds) for n in range(len(AGES) + 1)]
    return desk_page(
        visit,
        "admin/today.html",
        matters=await day_by_day.matters(rt, visit.now, request.state.who.role),
        kinds=sorted(kinds, key=lambda one: -one[1]),
        total=sum(ages),
        ages=list(zip(AGE_WORDS, ages, strict=True)),
    )


async def trends(request: Request) -> Response:
    visit, seen = await _seen(request)
    rt: Runtime = request.app.state.rt
    await day_by_day.note(rt, seen, visit.now.date())
    rows = await day_by_day.days(visit.now.date())
    days = [day for day, _ in rows]
    totals = [sum(map(sum, kinds.values())) for _, kinds in rows]
    fresh = [sum(sum(ages[:FRESH]) for ages in kinds.values()) for _, kinds in rows]
    return desk_page(
        visit,
        "admin/trends.html",
        plot=over_time(days, {"listings": totals, "known to be right within 3 months": fresh}),
        table=list(zip(days, totals, fresh, strict=True))[::-1][:60],
        rejects=await day_by_day.rejects(visit.now),
    )


async def cover(request: Request) -> Response:
    """`state` and `kind` in the address: they name no person."""
    visit, seen = await _seen(request)
    state = visit.fields.get("state", "")
    kind = visit.fields.get("kind", "")
    kind = kind if kind in Kind._value2member_map_ else ""
    state = state if state in states() else await asyncio.to_thread(busiest_state, seen)
    zips = await asyncio.to_thread(coverage, seen, state, kind)
    points = [(one.lat, one.lon, one.step, f"{one.code} {one.city}: {one.count}") for one in zips]
    dots, high = on_a_map(points) if points else ([], 0)
    return desk_page(
        visit,
        "admin/coverage.html",
        state=state,
        states=states(),
        kind=kind,
        kinds=[(one.value, one.en) for one in Kind],
        dots=dots,
        high=high,
        miles=MILES,
        steps=STEPS,
        counts=[sum(one.step == step for one in zips) for step in range(len(STEPS))],
        without=_by_county(zips),
    )


def _by_county(zips: list[ZipCover]) -> list[tuple[str, list[ZipCover]]]:
    """ZIPs with nothing near, a county at a time."""
    counties: dict[str, list[ZipCover]] = {}
    for one in zips:
        if not one.count:
            counties.setdefault(one.county, []).append(one)
    return sorted(counties.items())


async def _seen(request: Request) -> tuple[Visit, Overview]:
    visit = await Visit.read(request)
    rt: Runtime = request.app.state.rt
    return visit, await asyncio.to_thread(rt.engine.overview, visit.now.date())
