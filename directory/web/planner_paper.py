"""The last two steps: the week as it is planned, and the papers. Both come from the one road of `handoff.work`."""

from dataclasses import dataclass, replace
from pathlib import PurePath
from zoneinfo import ZoneInfo

from directory.handoff import dates, kept
from directory.handoff.gaps import ANSWERS
from directory.handoff.packet import Packet
from directory.handoff.papers import RENDERERS
from directory.handoff.timeline_fields import stamp
from directory.handoff.work import Choices, Work, work
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
    """What was worked out for a walk; of the walk only what is still in the directory."""

    walk: Walk
    work: Work
    code: str = ""  # of the list kept online; "" while this list is not
    other: bool = False  # another list is online under the code of this form: these places or their look have changed

    @property
    def visits(self) -> list[Visited]:
        names, home = {one.id: one.draft.name for one in self.work.chosen}, ZoneInfo(self.walk.needs.near.timezone)
        return [
            Visited(
                names[one.id],
                dates.moment(one.starts_at.astimezone(home), self.work.choices.options.language),
                f"{one.id}@{stamp(one.starts_at)}",
            )
            for one in self.work.booked
        ]

    @property
    def answers(self) -> dict[str, list[tuple[str, str]]]:
        """Key of a gap -> (value to send, words in English) of the answers it allows."""
        return {
            gap.key: [(f"{gap.key}={code}", words) for code, words in ANSWERS[gap.code].items()]
            for gap in self.work.gaps
        }


async def plan(visit: Visit, walk: Walk, *, on_paper: bool = False) -> Plan:
    """The week in the language of the page or, `on_paper`, in that of the packet; the gaps always in the page's."""
    rt: Runtime = visit.request.app.state.rt
    options = walk.options(visit.language)
    choices = Choices(
        options if on_paper else replace(options, language=visit.language),
        booked=walk.booked,
        answers=walk.answers,
        edits=walk.edits,
        offered=walk.offered if on_paper else (),
        copy_language=visit.language,
    )
    made = await work(rt, walk.needs, walk.picks, choices, visit.now)
    walk = replace(walk, picks=tuple(one.id for one in made.chosen), booked=made.booked)
    found = await kept.kept(rt, walk.code, visit.now) if on_paper and walk.code else None
    if found and found.holds(walk.picks, options):
        return Plan(walk, made, walk.code)
    return Plan(replace(walk, code=kept.new_code()) if on_paper else walk, made, other=bool(found))


def packet(visit: Visit, made: Plan) -> Packet:
    """What the patient carries, with the code of the list that is kept online."""
    return made.work.packet(kept=(online(visit), made.code) if made.code else None)


def online(visit: Visit) -> str:
    """The address at which a kept list is opened with its code."""
    return str(visit.request.url.replace(path="/mine", query="", fragment=""))


@dataclass(frozen=True, slots=True)
class Paper:
    """One file of the handoff. Its name says nothing about anybody."""

    file: str
    media_type: str
    copy: bool = False

    def render(self, visit: Visit, made: Plan) -> bytes:
        paper = made.work.copy() if self.copy else packet(visit, made)
        return RENDERERS[PurePath(self.file).suffix](paper, made.work.plan)


PAPERS = {
    one.file: one
    for one in (
        Paper("handoff.pdf", "application/pdf"),
        Paper("handoff.ics", "text/calendar"),
        Paper("handoff.txt", "text/plain; charset=utf-8"),
        Paper("handoff.vcf", "text/vcard"),
        Paper("handoff.json", "application/json"),
        Paper("copy.pdf", "application/pdf", copy=True),
    )
}
