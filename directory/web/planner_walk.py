"""A handoff on its way through the planner's pages: read from the fields of a form, written back as hidden ones.

Nothing of it is kept on the server, and nothing of it stands in an address.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from hashlib import sha256
from zoneinfo import ZoneInfo

from directory.errors import BadQuestion
from directory.handoff import kept, timeline_fields
from directory.handoff.booked import Booked
from directory.handoff.gaps import ANSWERS
from directory.handoff.itinerary import NO_EDITS, Edits
from directory.handoff.needs import Needs
from directory.handoff.timeline_fields import stamp
from directory.handoff.values import Options
from directory.i18n import catalogue
from directory.runtime import Runtime
from directory.web import planner_needs
from directory.web.forms import Fields, Pairs, ids
from directory.web.planner_needs import Form
from directory.web.render import Visit

MOST_OFFERED = 80
MOST_BOOKED = 20
ANSWER = re.compile(r"([a-z_]{1,30})(:[0-9]{1,18})?=([a-z_]{1,30})", re.ASCII)
BOOKED = re.compile(r"([0-9]{1,9})@([0-9]{8}T[0-9]{4}Z)", re.ASCII)
PAPER = ("on_paper", "paper", "large_print", "discreet")


@dataclass(frozen=True, slots=True)
class Walk:
    form: Form
    picks: tuple[int, ...] = ()
    offered: tuple[int, ...] = ()  # what was shown to choose from, in that order
    ticked_for: str = ""  # the fingerprint of the needs the places were ticked for; "" before the first time
    booked: tuple[Booked, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)  # key of a gap -> code of an answer
    edits: Edits = NO_EDITS
    paper: Pairs = field(default_factory=list)
    code: str = ""  # made for this form: a list is kept online under it, or would be
    preset: str = ""

    @property
    def needs(self) -> Needs:
        """Of a whole form; the pages ask for one before they go on."""
        if self.form.needs is None:
            raise BadQuestion("Begin with what the person needs.")
        return self.form.needs

    def options(self, language: str) -> Options:
        given = dict(self.paper)
        return Options.read({**given, "language": given.get("on_paper") or language})

    def pairs(self, *shown: str) -> Pairs:
        """Hidden fields for all of it but the parts a page shows as fields of its own."""
        parts: dict[str, Pairs] = {
            "needs": [*self.form.pairs, *([("filled", self.preset)] if self.preset else [])],
            "places": [("pick", str(one)) for one in self.picks],
            "offered": [("offered", str(one)) for one in self.offered] + _some("ticked_for", self.ticked_for),
            "booked": [("booked", f"{one.id}@{stamp(one.starts_at)}") for one in self.booked],
            "answers": [("answer", f"{key}={code}") for key, code in self.answers.items()],
            "week": timeline_fields.pairs(self.edits),
            "paper": list(self.paper),
            "code": _some("code", self.code),
        }
        return [pair for part, pairs in parts.items() if part not in shown for pair in pairs]


def fingerprint(form: Form) -> str:
    """Of the needs alone: other needs ask for other places."""
    return sha256(repr(sorted(form.pairs)).encode()).hexdigest()[:12]


async def read(visit: Visit, rt: Runtime) -> Walk:
    """What makes no sense is passed over: a page sends only what it was given."""
    form, fields = await planner_needs.read(visit, rt), visit.fields
    return Walk(
        form=form,
        picks=visit.picks,
        offered=ids(fields.getlist("offered"))[:MOST_OFFERED],
        ticked_for=fields.get("ticked_for", "")[:12],
        booked=_booked(fields),
        answers=_answers(fields),
        edits=timeline_fields.read(fields),
        paper=[(name, fields[name]) for name in PAPER if fields.get(name)],
        code=kept.read(fields.get("code", "")),
        preset=planner_needs.preset_of(fields),
    )


def _some(name: str, value: str) -> Pairs:
    return [(name, value)] if value else []


def _answers(fields: Fields) -> dict[str, str]:
    found = {}
    for text in fields.getlist("answer"):
        told = ANSWER.fullmatch(text)
        if told and told[3] in ANSWERS.get(told[1], ()):
            found[told[1] + (told[2] or "")] = told[3]
    return found


def _booked(fields: Fields) -> tuple[Booked, ...]:
    """Those said before, but for the one that is taken off."""
    found: dict[str, Booked] = {}
    for text in fields.getlist("booked"):
        told = BOOKED.fullmatch(text)
        moment = timeline_fields.moment(told[2]) if told else None
        if told and moment and text != fields.get("unbook"):
            found[text] = Booked(int(told[1]), moment)
    return tuple(found.values())[:MOST_BOOKED]


@dataclass(frozen=True, slots=True)
class Booking:
    """A visit being written down: what stands in its fields, and what is wrong with it."""

    place: str = ""
    day: str = ""
    hour: str = ""
    problem: str = ""


def book(visit: Visit, walk: Walk) -> tuple[Walk, Booking]:
    """The visit typed into the three fields, when there is one. A page that goes on takes it along, too."""
    fields = visit.fields
    given = Booking(fields.get("book_place", ""), fields.get("book_day", ""), fields.get("book_hour", ""))
    needs = walk.needs
    if not needs.leaving or not (given.place or given.day or given.hour or "book" in fields):
        return walk, given
    say = catalogue(visit.language).gettext
    chosen = ids([given.place])
    if not chosen or chosen[0] not in walk.picks or not given.day or not given.hour:
        return walk, replace(given, problem=say("Choose the place, the day and the hour of the visit."))
    try:
        day, hour = date.fromisoformat(given.day), time.fromisoformat(given.hour).replace(tzinfo=None)
        starts = datetime.combine(day, hour, ZoneInfo(needs.near.timezone))
        early, late = starts < needs.leaving, (starts - needs.leaving).days > planner_needs.FAR
    except (ValueError, OverflowError):
        return walk, replace(given, problem=say("We cannot read this day or hour. Choose both again."))
    if early:
        return walk, replace(given, problem=say("This visit is before they leave. Choose a later day or hour."))
    if late:
        return walk, replace(given, problem=say("This visit is more than a year away. Choose an earlier day."))
    if len(walk.booked) >= MOST_BOOKED:
        return walk, replace(given, problem=say("There is no room for more visits. Take one off first."))
    one = Booked(chosen[0], starts)
    same = any(other.id == one.id and stamp(other.starts_at) == stamp(one.starts_at) for other in walk.booked)
    return (walk if same else replace(walk, booked=(*walk.booked, one))), Booking()
