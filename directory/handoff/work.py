"""From needs and choices to the papers: the week, the medication gaps, what the patient carries, the planner's copy.

One road for the command line and the planner's pages. Nothing is kept.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from directory import public_listings
from directory.errors import BadQuestion
from directory.handoff.booked import Booked
from directory.handoff.cards import Telling
from directory.handoff.gaps import ANSWERS, Gap, gaps, ready
from directory.handoff.gtfs_index import router
from directory.handoff.itinerary import NO_EDITS, Edits, Router, Timeline
from directory.handoff.needs import Needs
from directory.handoff.packet import build
from directory.handoff.timeline import timeline
from directory.handoff.travel import straight_line
from directory.handoff.values import Options, Packet
from directory.i18n import catalogue
from directory.listing import Listed
from directory.runtime import Runtime
from directory.settings import Settings


@dataclass(frozen=True, slots=True)
class Choices:
    """What was decided besides the places, and how it is to look. Ids in `offered` were shown too, in that order."""

    options: Options
    booked: Sequence[Booked] = ()
    answers: Mapping[str, str] = field(default_factory=dict)  # key of a gap -> code of an answer
    edits: Edits = NO_EDITS
    offered: Sequence[int] = ()
    copy_language: str = ""  # of the planner's copy and the gaps; "" that of the packet
    planned: bool = True  # with the first seven days

    @property
    def told_in(self) -> str:
        return self.copy_language or self.options.language


@dataclass(frozen=True, slots=True)
class Work:
    """One plan for chosen places. Its papers are made when they are asked for, each time anew."""

    chosen: tuple[Listed, ...]
    booked: tuple[Booked, ...]  # visits at places that are still there
    plan: Timeline | None
    gaps: tuple[Gap, ...]
    choices: Choices
    given: Mapping[str, Any]  # to `packet.build`, of both papers
    trouble: str = ""  # why bus times cannot be told

    @property
    def ready(self) -> bool:
        """No paper leaves the house before every medication gap is answered."""
        return ready(self.gaps)

    def packet(self, **more: Any) -> Packet:
        """What the patient carries; `more` goes to `packet.build`: staffed, link, kept."""
        return build(self.chosen, self.choices.options, **self.given, **more)

    def copy(self) -> Packet:
        """The planner's own page."""
        options = replace(self.choices.options, language=self.choices.told_in)
        return build(self.chosen, options, **self.given, gaps=self.gaps, for_planner=True)


async def work(rt: Runtime, needs: Needs, ids: Sequence[int], choices: Choices, now: datetime) -> Work:
    """Ids that are gone are left out, and the visits booked there."""
    chosen, offered = await public_listings.listed(rt, ids), await public_listings.listed(rt, choices.offered)
    # Reading a bus schedule takes a while the first time: never on the event loop.
    travel, trouble = await asyncio.to_thread(router, rt.settings) if choices.planned else (straight_line, "")
    made = await asyncio.to_thread(planned, rt.settings, needs, chosen, offered, choices, now, travel)
    return replace(made, trouble=trouble)


def planned(
    settings: Settings,
    needs: Needs,
    chosen: Sequence[Listed],
    offered: Sequence[Listed],
    choices: Choices,
    now: datetime,
    travel: Router = straight_line,
) -> Work:
    """The same of listings at hand; `now` stands for an hour of discharge that is not known."""
    near = replace(needs.near, timezone=needs.near.timezone or settings.timezone)
    needs, options, leaving = replace(needs, near=near), choices.options, needs.leaving or now
    there = {one.id for one in chosen}
    booked = tuple(one for one in choices.booked if one.id in there)
    tell = Telling(catalogue(options.language).gettext, options, leaving, near.timezone, near, now)
    week = timeline(chosen, needs, booked, tell, choices.edits, travel) if choices.planned else None
    say = catalogue(choices.told_in).gettext
    return Work(
        chosen=tuple(chosen),
        booked=booked,
        plan=week,
        gaps=gaps(needs, chosen, booked, say, choices.answers, choices.told_in),
        choices=choices,
        given={
            "discharge": leaving,
            "near": near,
            "settings": settings,
            "needs": needs,
            "plan": week,
            "offered": offered,
            "now": now,
        },
    )


def refuse_open(found: Sequence[Gap], answers: Mapping[str, str]) -> None:
    """BadQuestion, in sentences, for an answer that answers nothing and for every gap still open."""
    codes = {gap.key: gap.code for gap in found} | {gap.code: gap.code for gap in found}
    for key, answer in answers.items():
        if key not in codes:
            known = ", ".join(gap.key for gap in found) or "none"
            raise BadQuestion(f"There is no medication gap {key!r} in this plan. The gaps are: {known}.")
        if answer not in ANSWERS[codes[key]]:
            choices = ", ".join(ANSWERS[codes[key]])
            raise BadQuestion(f"{answer!r} is no answer to {key}. The answers are: {choices}.")
    still = [gap for gap in found if not gap.answer]
    if still:
        raise BadQuestion(
            "\n".join(["Nothing was written: medicine may run out. Answer each gap:", *map(_asked, still)])
        )


def _asked(gap: Gap) -> str:
    answers = (f"    --answer {gap.key}={code}   {words}" for code, words in ANSWERS[gap.code].items())
    return "\n".join([f"  {gap.words}", *answers])
