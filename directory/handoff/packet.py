"""Builds the packet: one pure value that screen, print, PDF, text, calendar and JSON are made from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from directory.errors import BadQuestion
from directory.handoff import dates, sections_own, words, words_close
from directory.handoff.agreed import Gap, Plan, Situation
from directory.handoff.cards import Telling
from directory.handoff.planner_copy import copy
from directory.handoff.sections import daily, meetings, numbers, places, safety
from directory.handoff.steps import steps
from directory.handoff.values import Options, Packet, Section
from directory.i18n import catalogue
from directory.listing import Listed
from directory.search.query import Near
from directory.settings import Settings

if TYPE_CHECKING:
    from directory.handoff.needs import Needs

__all__ = ["Options", "Packet", "build"]

LONGEST = 200  # letters of a printed address: a denser code fails on worn paper


def build(
    chosen: Sequence[Listed],
    options: Options,
    *,
    discharge: datetime | date,
    near: Near | None,
    settings: Settings,
    offered: Sequence[Listed] = (),
    others: Sequence[Listed] = (),
    needs: "Needs | Sequence[str] | None" = None,
    plan: Plan | None = None,
    gaps: Sequence[Gap] = (),
    for_planner: bool = False,
    staffed: bool = True,
    link: str = "",
    kept: tuple[str, str] | None = None,
    now: datetime | None = None,
) -> Packet:
    """The packet for places in the order the person chose.

    `offered` (or `others`) were shown too, in that order. `needs` may be the codes of daily needs alone. `for_planner`
    makes the planner's own page, which alone tells the gaps. `staffed` is False where nobody sits beside the person.
    `link` becomes a QR code; `kept` is (address, code) of a list online: the code is printed, never drawn.
    `now` is when it is made (this moment unless given): free beds told too long before are not on it.
    """
    if not chosen:
        raise BadQuestion("Choose at least one place for the handoff.")
    asked = Situation.read(needs)
    options = _options(options, asked, for_planner)
    zone = (near.timezone if near else "") or settings.timezone
    tell = Telling(
        catalogue(options.language).gettext, options, _leaving(discharge, zone), zone, near, now or datetime.now(UTC)
    )
    shown = offered or others
    say = tell.say
    packet = Packet(
        options=options,
        title=words_close.copy_titles(say)["title"] if for_planner else words.title(say, options.discreet),
        leaving=tell.leaving,
        zone=zone,
        date_words=dates.full_day(tell.leaving.date(), options.language),
        contact=words.unit_line(say).format(phone=settings.phone) if settings.phone else "",
        sections=(),
        words=words.labels(say),
        for_planner=for_planner,
        chosen=() if for_planner else tuple(chosen),  # no calendar and no contacts of a page nobody carries
    )
    if for_planner:
        return replace(packet, sections=copy(chosen, shown, gaps, tell))
    packet = replace(packet, sections=_sections(chosen, shown, asked, plan, staffed, tell, settings.phone))
    if kept:
        return replace(packet, link=_public(kept[0]), link_words=words.kept_list(say), code=kept[1])
    return replace(packet, link=_public(link), link_words=words.scan(say)) if link else packet


def _options(options: Options, asked: Situation, for_planner: bool) -> Options:
    """The planner's copy is plain and one page; discreet paper holds no medicine, not even as a code in the JSON."""
    if for_planner:
        options = replace(options, discreet=False, large_print=False)
    return replace(options, medicines=() if options.discreet else options.medicines or asked.medication)


def _sections(
    chosen: Sequence[Listed],
    offered: Sequence[Listed],
    asked: Situation,
    plan: Plan | None,
    staffed: bool,
    tell: Telling,
    phone: str,
) -> tuple[Section, ...]:
    titles = words.section_titles(tell.say, tell.options.discreet)
    sections = (
        Section("steps", titles["steps"], words.steps_intro(tell.say), steps=steps(chosen, tell, plan)),
        safety(tell, titles["safety"]),
        sections_own.medicine(chosen, asked, tell, titles["medicine"], phone),
        places(chosen, offered, tell, titles["places"]),
        meetings(chosen, plan, tell, titles["meetings"]),
        sections_own.stay(chosen, asked, plan, tell, titles["stay"]),
        sections_own.check_ins(plan, tell, titles["check_ins"]),
        sections_own.plan_pages(tell, titles["plan"]),
        daily(chosen, asked.needs, tell, titles["daily"]),
        numbers(tell, titles["numbers"], phone),
        sections_own.sharing(tell, titles["sharing"], staffed),
    )
    return (*sections, sections_own.teach_back(tell, titles["teach_back"])) if staffed else sections


def _leaving(discharge: datetime | date, zone: str) -> datetime:
    """On the wall clock of `zone`; a day without an hour is taken as noon."""
    if not isinstance(discharge, datetime):
        discharge = datetime.combine(discharge, time(hour=12))
    home = ZoneInfo(zone)
    return discharge.astimezone(home) if discharge.tzinfo else discharge.replace(tzinfo=home)


def _public(link: str) -> str:
    """A QR code carries a static public address only: no query, no code after #, no user name."""
    parts = urlsplit(link)
    if len(link) > LONGEST:
        raise BadQuestion(f"The link for the QR code must be short enough to type: at most {LONGEST} letters.")
    if link and (parts.scheme not in ("http", "https") or parts.query or parts.fragment or "@" in parts.netloc):
        raise BadQuestion("The link for the QR code must be a plain public address, without anything after ? or #.")
    return link
