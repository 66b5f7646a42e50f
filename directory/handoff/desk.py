"""The handoff's verbs over an opened directory: match a needs file, write a packet to a file. Nothing is kept."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from directory import catalog
from directory.errors import BadQuestion
from directory.handoff import calendar, contacts, page, pdf, text
from directory.handoff.match import match
from directory.handoff.needs import Needs
from directory.handoff.packet import build
from directory.handoff.values import Options, Packet
from directory.listing import Listed
from directory.outfile import written
from directory.runtime import Runtime
from directory.search.query import Near
from directory.vocab import Need

YEARS = range(2000, 2101)

RENDERERS: dict[str, Callable[[Packet], bytes]] = {
    ".pdf": pdf.render,
    ".html": lambda packet: page.render(packet).encode(),
    ".ics": calendar.render,
    ".vcf": contacts.render,
    ".txt": lambda packet: text.plain(packet).encode(),
    ".json": lambda packet: json.dumps(packet.as_dict(), ensure_ascii=False, indent=2, default=str).encode(),
}


def read_needs(file: Path) -> dict[str, Any]:
    """A needs file as plain values; BadQuestion says what is wrong with it."""
    try:
        values = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadQuestion(f"{file} cannot be read ({error.strerror}).") from None
    except (ValueError, RecursionError) as error:
        raise BadQuestion(f"{file} is not JSON ({error}). `aftercare match --example` prints a needs file.") from None
    if not isinstance(values, dict):
        raise BadQuestion(f"{file} must hold one JSON object. `aftercare match --example` prints one.")
    return values


async def matched(rt: Runtime, values: dict[str, Any]) -> dict[str, Any]:
    """`aftercare match`: hits with why, unknown and against, and the balanced set."""
    near = await place(rt, str(values.get("near", "")))
    needs = Needs.read({**values, "near": replace(near, timezone=near.timezone or rt.settings.timezone)})
    found = await match(rt.engine, needs, _load(rt), datetime.now(zone(rt, near)))
    return found.as_dict()


def zone(rt: Runtime, near: Near) -> ZoneInfo:
    return ZoneInfo(near.timezone or rt.settings.timezone)


async def place(rt: Runtime, words: str) -> Near:
    near = await asyncio.to_thread(rt.locator.find, words) if words else None
    if near is None:
        raise BadQuestion(f'We do not know the place {words!r}. Write a ZIP code, or a town and state: "Columbus, OH".')
    return near


def options(language: str, large_print: bool, discreet: bool, paper: str) -> Options:
    asked = Options(language=language, large_print=large_print, discreet=discreet, paper=paper.lower())
    if Options.read({"language": language, "paper": paper}).language != language:
        raise BadQuestion(f"There is no packet in {language!r}; use en or es.")
    if Options.read({"paper": paper}).paper != asked.paper:
        raise BadQuestion(f"There is no paper {paper!r}; use letter or a4.")
    return asked


async def write(
    rt: Runtime, near_words: str, discharge: str, needs: Sequence[str], picks: Sequence[int], chosen: Options, out: Path
) -> int:
    """Write the packet in the form the file's ending names; answers how many places it holds."""
    renderer = RENDERERS.get(out.suffix.lower())
    if renderer is None:
        raise BadQuestion(f"{out.name} must end in one of {', '.join(RENDERERS)}.")
    near = await place(rt, near_words)
    leaving = leaves_at(discharge, zone(rt, near))
    for need in needs:
        if need not in Need._value2member_map_:
            raise BadQuestion(f"There is no need {need!r}. The needs are: {', '.join(n.value for n in Need)}.")
    ids = list(picks) or (await matched(rt, {"near": near_words, "needs": list(needs)}))["set"]
    places = await catalog.listed(rt, ids)
    if missing := set(picks) - {one.id for one in places}:
        raise BadQuestion(f"There is no public listing {', '.join(map(str, sorted(missing)))}.")
    if not places:
        raise BadQuestion(f"Nothing was found for {near.label}; name places with --pick.")
    packet = build(places, chosen, discharge=leaving, near=near, settings=rt.settings, needs=needs)
    content = await asyncio.to_thread(renderer, packet)
    if not content:
        raise BadQuestion("None of these places has a phone number to save.")
    with written(out, binary=True) as target:
        target.write(content)
    return len(places)


def leaves_at(words: str, here: ZoneInfo) -> datetime:
    """The hour of discharge on the wall clock of where they will stay; noon when only a date is given."""
    try:
        leaving = datetime.fromisoformat(words)
    except ValueError:
        raise BadQuestion(f"When is {words!r}? Write the discharge like 2026-11-23 or 2026-11-23T14:00.") from None
    if leaving.year not in YEARS:
        raise BadQuestion(f"{words} is no day of discharge; the year must be from {YEARS[0]} to {YEARS[-1]}.")
    if len(words) <= 10:
        leaving = leaving.replace(hour=12)
    return leaving if leaving.tzinfo else leaving.replace(tzinfo=here)


def _load(rt: Runtime) -> Callable[[Sequence[int]], Awaitable[list[Listed]]]:
    return partial(catalog.listed, rt)


def example() -> dict[str, Any]:
    """A filled needs file."""
    return Needs.example()
