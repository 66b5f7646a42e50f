"""Builds the packet: one pure value that screen, print, PDF, text, calendar and JSON are made from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from directory.errors import BadQuestion
from directory.handoff import dates, words
from directory.handoff.cards import Telling, calls, card, is_meeting
from directory.handoff.helplines import help_lines
from directory.handoff.steps import steps
from directory.handoff.values import Help, HelpLine, Options, Packet, Section
from directory.handoff.week import week
from directory.i18n import catalogue
from directory.listing import Listed, Phone
from directory.search.query import Near
from directory.settings import Settings
from directory.vocab import Kind, Need, label

__all__ = ["Options", "Packet", "build"]


def build(
    chosen: Sequence[Listed],
    options: Options,
    *,
    discharge: datetime | date,
    near: Near | None,
    settings: Settings,
    others: Sequence[Listed] = (),
    needs: Sequence[str] = (),
    link: str = "",
    now: datetime | None = None,
) -> Packet:
    """The packet for places in the order the person chose; `others` were offered too, `link` becomes a QR code.

    `now` is when it is made (this moment unless given): free beds told too long before are not on it.
    """
    if not chosen:
        raise BadQuestion("Choose at least one place for the handoff.")
    if options.discreet:
        options = replace(options, medicines=())  # not even as a code in the JSON
    made = now or datetime.now(UTC)
    zone = (near.timezone if near else "") or settings.timezone
    tell = Telling(catalogue(options.language).gettext, options, _leaving(discharge, zone), zone, near, made)
    say, titles = tell.say, words.section_titles(tell.say, options.discreet)
    sections = (
        Section("steps", titles["steps"], words.steps_intro(say), steps=steps(chosen, tell)),
        _safety(tell, titles["safety"]),
        _places(chosen, others, tell, titles["places"]),
        _meetings(chosen, tell, titles["meetings"]),
        Section("daily", titles["daily"], words.daily_intro(say), helps=_helps(chosen, needs, tell)),
        Section("numbers", titles["numbers"], words.numbers_intro(say), lines=_numbers(tell, settings)),
    )
    return Packet(
        options=options,
        title=words.title(say, options.discreet),
        leaving=tell.leaving,
        zone=zone,
        date_words=dates.full_day(tell.leaving.date(), options.language),
        contact=words.unit_line(say).format(phone=settings.phone) if settings.phone else "",
        sections=sections,
        words=words.labels(say),
        link=_public(link),
        chosen=tuple(chosen),
    )


def _leaving(discharge: datetime | date, zone: str) -> datetime:
    """On the wall clock of `zone`; a day without an hour is taken as noon."""
    if not isinstance(discharge, datetime):
        discharge = datetime.combine(discharge, time(hour=12))
    home = ZoneInfo(zone)
    return discharge.astimezone(home) if discharge.tzinfo else discharge.replace(tzinfo=home)


def _safety(tell: Telling, title: str) -> Section:
    discreet = tell.options.discreet
    return Section("safety", title, words.safety_intro(tell.say, discreet), blocks=words.safety(tell.say, discreet))


def _meetings(chosen: Sequence[Listed], tell: Telling, title: str) -> Section:
    days = week(chosen, tell)
    if any(day.slots for day in days):
        return Section("meetings", title, words.meetings_intro(tell.say), days=days)
    later = any(is_meeting(listed.draft) for listed in chosen)
    return Section("meetings", title, words.later_meetings(tell.say) if later else words.no_meetings(tell.say))


def _places(chosen: Sequence[Listed], others: Sequence[Listed], tell: Telling, title: str) -> Section:
    picked = {listed.id for listed in chosen}
    offered = [listed for listed in others if listed.id not in picked]
    return Section(
        "places",
        title,
        words.places_intro(tell.say),
        cards=tuple(card(listed, tell) for listed in chosen),
        others_title=tell.say("Other places I was told about") if offered else "",
        others=tuple(card(listed, tell) for listed in offered),
        closing=words.choice(tell.say),
    )


def _helps(chosen: Sequence[Listed], needs: Sequence[str], tell: Telling) -> tuple[Help, ...]:
    """Each need asked for, or served by a chosen community service, in the vocabulary's order, with who helps."""
    services = [one for one in chosen if Kind.COMMUNITY_SERVICE in (one.draft.kind, *one.draft.also)]
    served = {need for one in services for need in one.draft.facets.get("need", ())}
    neutral = words.neutral_needs(tell.say) if tell.options.discreet else {}
    found = []
    for need in (need for need in Need if need in served or need in needs):
        code = "" if tell.options.discreet else str(need)
        told = neutral.get(need, label("need", need, tell.language))
        helpers = [one for one in (chosen if need in needs else services) if need in one.draft.facets.get("need", ())]
        cards = [card(one, tell) for one in helpers]
        found += [Help(code, told, one.name, one.phones, one.next) for one in cards]
        if not helpers:
            found.append(Help(code, told, tell.say("Call 211 and ask"), calls([Phone("211")], discreet=True)))
    return tuple(found)


def _numbers(tell: Telling, settings: Settings) -> tuple[HelpLine, ...]:
    lines = help_lines(tell.language, tell.options.discreet)
    if not settings.phone:
        return lines
    name, what = tell.say("The place you are leaving"), tell.say("Any question about this plan, day or night.")
    return (HelpLine("unit", name, settings.phone, what, Phone(settings.phone).href), *lines)


def _public(link: str) -> str:
    """A QR code carries a static public address only: no query, no code after #, no user name."""
    parts = urlsplit(link)
    if link and (parts.scheme not in ("http", "https") or parts.query or parts.fragment or "@" in parts.netloc):
        raise BadQuestion("The link for the QR code must be a plain public address, without anything after ? or #.")
    return link
