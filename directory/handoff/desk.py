"""The handoff's verbs over an opened directory: match a needs file, write a packet to a file. Nothing is kept."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from directory import public_listings
from directory.errors import BadQuestion
from directory.handoff.booked import Booked
from directory.handoff.match import Matched, match
from directory.handoff.needs import Needs
from directory.handoff.papers import COPIES, RENDERERS, Renderer
from directory.handoff.values import Options
from directory.handoff.work import Choices, Work, refuse_open, work
from directory.i18n import LANGUAGES
from directory.listing import Listed
from directory.outfile import written
from directory.runtime import Runtime
from directory.search.query import Near
from directory.vocab import Need

YEARS = range(2000, 2101)
A_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Order:
    """One packet as the command line asks for it; what is empty comes from the needs file."""

    options: Options
    out: Path
    near: str = ""
    discharge: str = ""
    needs: Sequence[str] = ()
    picks: Sequence[int] = ()
    values: Mapping[str, Any] | None = None  # the needs file
    book: Sequence[str] = ()  # "12 2026-11-25T09:30"
    answer: Sequence[str] = ()  # "supply_unknown=looked_up"
    copy: Path | None = None  # where the planner's copy goes

    @property
    def planned(self) -> bool:
        """The first seven days are laid out from an hour: that of a needs file or of a booked visit is meant so."""
        return self.values is not None or bool(self.book) or len(self.discharge) > len("2026-11-23")


@dataclass(frozen=True, slots=True)
class Written:
    places: int
    warnings: tuple[str, ...] = ()  # for the planner


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
    return (await _found(rt, needs, datetime.now(UTC))).as_dict()


async def _found(rt: Runtime, needs: Needs, now: datetime) -> Matched:
    return await match(rt.engine, needs, _load(rt), now.astimezone(zone(rt, needs.near)))


def zone(rt: Runtime, near: Near) -> ZoneInfo:
    return ZoneInfo(near.timezone or rt.settings.timezone)


async def place(rt: Runtime, words: str) -> Near:
    near = await asyncio.to_thread(rt.locator.find, words) if words else None
    if near is None:
        raise BadQuestion(f'We do not know the place {words!r}. Write a ZIP code, or a town and state: "Columbus, OH".')
    return near


def spoken(values: Mapping[str, Any] | None) -> str:
    """The language of the packet when nobody says: that of the needs, where there is a packet in it."""
    told = (values or {}).get("language")
    return told if isinstance(told, str) and told in LANGUAGES else LANGUAGES[0]


def options(language: str, large_print: bool, discreet: bool, paper: str) -> Options:
    asked = Options(language=language, large_print=large_print, discreet=discreet, paper=paper.lower())
    if Options.read({"language": language, "paper": paper}).language != language:
        raise BadQuestion(f"There is no packet in {language!r}; use en or es.")
    if Options.read({"paper": paper}).paper != asked.paper:
        raise BadQuestion(f"There is no paper {paper!r}; use letter or a4.")
    return asked


async def write(rt: Runtime, order: Order, now: datetime | None = None) -> Written:
    """Write the packet, and the planner's copy, in the forms the files' endings name; both or none. `now` is this
    moment unless given."""
    now = now or datetime.now(UTC)
    for file in filter(None, (order.out, order.copy)):
        _renderer(file, RENDERERS if file == order.out else COPIES)
    if order.copy and order.copy.resolve() == order.out.resolve():
        raise BadQuestion("The packet and the planner's copy need two names: one is never given to the patient.")
    needs = await _needs(rt, order)
    booked = [_booked(words, needs) for words in order.book]
    found = await _found(rt, needs, now) if order.values is not None or not order.picks else None
    ids = tuple(dict.fromkeys((*(order.picks or (found.chosen if found else ())), *(one.id for one in booked))))
    places = await public_listings.listed(rt, ids)
    asked = {*order.picks, *(one.id for one in booked)}
    if missing := asked - {one.id for one in places}:
        raise BadQuestion(f"There is no public listing {', '.join(map(str, sorted(missing)))}.")
    if not places:
        raise BadQuestion(f"Nothing was found for {needs.near.label}; name places with --pick.")
    answers = _answers(order.answer)
    shown = found.options.values() if found and order.values is not None else ()
    choices = Choices(
        order.options,
        booked=booked,
        answers=answers,
        offered=tuple(dict.fromkeys(id for group in shown for id in group)),
        copy_language="en",  # the command line speaks English with whoever works at it
        planned=order.planned,
    )
    made = await work(rt, needs, ids, choices, now)
    refuse_open(made.gaps, answers)
    await _put(order, made)
    said = (made.trouble, *(one.words for one in (made.plan.warnings if made.plan else ())))
    return Written(len(places), tuple(filter(None, said)))


def _renderer(file: Path, known: Mapping[str, Renderer]) -> Renderer:
    if file.suffix.lower() not in known:
        raise BadQuestion(f"{file.name} must end in one of {', '.join(known)}.")
    return known[file.suffix.lower()]


async def _put(order: Order, made: Work) -> None:
    content = await asyncio.to_thread(lambda: _renderer(order.out, RENDERERS)(made.packet(), made.plan))
    if not content:
        raise BadQuestion("None of these places has a phone number to save.")
    copy = b""
    if second_file := order.copy:
        copy = await asyncio.to_thread(lambda: _renderer(second_file, COPIES)(made.copy(), None))
    with written(order.out, binary=True) as target:
        target.write(content)
        if order.copy:
            with written(order.copy, binary=True) as second:
                second.write(copy)


async def _needs(rt: Runtime, order: Order) -> Needs:
    """The needs file, and over it what was said beside it."""
    values = dict(order.values or {})
    near = await place(rt, order.near or str(values.get("near", "")))
    near = replace(near, timezone=near.timezone or rt.settings.timezone)
    for need in order.needs:
        if need not in Need._value2member_map_:
            raise BadQuestion(f"There is no need {need!r}. The needs are: {', '.join(n.value for n in Need)}.")
    values["needs"] = list(order.needs) or values.get("needs")
    if order.discharge:
        values["leaving"] = leaves_at(order.discharge, zone(rt, near))
    needs = Needs.read({**values, "near": near})
    if needs.leaving is None:
        raise BadQuestion('Say when they leave: --discharge 2026-11-23T14:00, or "leaving" in the needs file.')
    return needs


def _booked(words: str, needs: Needs) -> Booked:
    """ "12 2026-11-25T09:30", on the clock of where they will stay."""
    number, _, when = words.strip().partition(" ")
    try:
        starts = datetime.fromisoformat(when.strip())
    except ValueError:
        starts = None
    if not (number.isascii() and number.isdigit()) or starts is None or len(when.strip()) <= len("2026-11-25"):
        raise BadQuestion(f'Which appointment is {words!r}? Write --book "12 2026-11-25T09:30": listing, day and hour.')
    starts = starts if starts.tzinfo else starts.replace(tzinfo=ZoneInfo(needs.near.timezone))
    since = needs.leaving
    if since and not since.timestamp() <= starts.timestamp() <= since.timestamp() + A_YEAR.total_seconds():
        raise BadQuestion(f"The appointment {words!r} must be after the hour they leave, within a year.")
    return Booked(int(number), starts)


def _answers(told: Sequence[str]) -> dict[str, str]:
    found = {}
    for words in told:
        key, equals, answer = words.partition("=")
        if not equals:
            raise BadQuestion(f"{words!r} is no answer. Write --answer GAP=ANSWER, like supply_unknown=looked_up.")
        found[key.strip()] = answer.strip()
    return found


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
    return partial(public_listings.listed, rt)


def example() -> dict[str, Any]:
    """A filled needs file."""
    return Needs.example()
