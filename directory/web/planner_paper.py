"""The last step's papers: what the patient carries and the planner's own copy, made only when no gap is open."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from directory import catalog
from directory.handoff import calendar, contacts, dates, pdf, text
from directory.handoff.cards import Telling
from directory.handoff.gaps import ANSWERS, Gap, gaps
from directory.handoff.gtfs_index import router
from directory.handoff.itinerary import Router, Timeline
from directory.handoff.needs import Needs
from directory.handoff.packet import Options, Packet, build
from directory.handoff.timeline import timeline
from directory.handoff.timeline_fields import stamp
from directory.i18n import catalogue
from directory.listing import Listed
from directory.runtime import Runtime
from directory.web.planner_walk import Walk
from directory.web.render import Visit


@dataclass(frozen=True, slots=True)
class Visited:
    """A booked visit as it is listed: whose, when, and what a button sends to take it off."""

    name: str
    words: str
    value: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A walk with its places loaded: the week and the gaps follow from it."""

    walk: Walk
    needs: Needs
    chosen: list[Listed]
    week: Timeline
    gaps: tuple[Gap, ...]
    trouble: str = ""  # why bus times cannot be told

    @property
    def visits(self) -> list[Visited]:
        names, home = {one.id: one.draft.name for one in self.chosen}, ZoneInfo(self.needs.near.timezone)
        return [
            Visited(
                names[one.id],
                dates.moment(one.starts_at.astimezone(home), self.week.language),
                f"{one.id}@{stamp(one.starts_at)}",
            )
            for one in self.walk.booked
        ]

    @property
    def answers(self) -> dict[str, list[tuple[str, str]]]:
        """Key of a gap -> (value to send, words in English) of the answers it allows."""
        return {
            gap.key: [(f"{gap.key}={code}", words) for code, words in ANSWERS[gap.code].items()] for gap in self.gaps
        }


async def plan(visit: Visit, rt: Runtime, walk: Walk, language: str = "") -> Plan:
    """In the language of the page unless another is said. Chosen places that are gone are left out."""
    spoken, needs = language or visit.language, walk.needs
    chosen = await catalog.listed(rt, walk.picks)
    travel, trouble = await routes(rt)
    tell = _telling(visit, walk, spoken)
    there = {one.id for one in chosen}
    walk = replace(walk, picks=tuple(one.id for one in chosen), booked=tuple(b for b in walk.booked if b.id in there))
    week = await asyncio.to_thread(timeline, chosen, needs, walk.booked, tell, walk.edits, travel)
    found = gaps(needs, chosen, walk.booked, tell.say, walk.answers, spoken)
    return Plan(walk, needs, chosen, week, found, trouble)


async def routes(rt: Runtime) -> tuple[Router, str]:
    """Reading a bus schedule takes a while the first time: never on the event loop."""
    return await asyncio.to_thread(router, rt.settings)


def _telling(visit: Visit, walk: Walk, language: str) -> Telling:
    options = replace(walk.options(language), language=language)
    needs = walk.needs
    return Telling(
        catalogue(language).gettext, options, needs.leaving or visit.now, needs.near.timezone, needs.near, visit.now
    )


def packet(visit: Visit, made: Plan, options: Options, offered: list[Listed], *, copy: bool = False) -> Packet:
    """What the patient carries; with `copy`, the planner's page instead."""
    code = made.walk.code.partition("@")[0]
    return build(
        made.chosen,
        options,
        discharge=made.needs.leaving or visit.now,
        near=made.needs.near,
        settings=visit.settings,
        needs=made.needs,
        plan=made.week,
        gaps=made.gaps if copy else (),
        offered=offered,
        for_planner=copy,
        staffed=True,
        now=visit.now,
        kept=(online(visit), code) if code and not copy else None,
    )


def online(visit: Visit) -> str:
    """The address at which a kept list is opened with its code."""
    return str(visit.request.url.replace(path="/mine", query="", fragment=""))


@dataclass(frozen=True, slots=True)
class Paper:
    """One file of the handoff. Its name says nothing about anybody."""

    file: str
    media_type: str
    render: Callable[[Packet, Plan], bytes]
    copy: bool = False


def _json(made: Packet, _: Plan) -> bytes:
    return json.dumps(made.as_dict(), ensure_ascii=False, indent=2, default=str).encode()


PAPERS = {
    one.file: one
    for one in (
        Paper("handoff.pdf", "application/pdf", lambda made, _: pdf.render(made)),
        Paper("handoff.ics", "text/calendar", lambda made, plan: calendar.render(made, plan=plan.week)),
        Paper("handoff.txt", "text/plain; charset=utf-8", lambda made, _: text.plain(made).encode()),
        Paper("handoff.vcf", "text/vcard", lambda made, _: contacts.render(made)),
        Paper("handoff.json", "application/json", _json),
        Paper("copy.pdf", "application/pdf", lambda made, _: pdf.render(made), copy=True),
    )
}
