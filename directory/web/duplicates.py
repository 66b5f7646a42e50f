"""The admin's pages for the same place from two publishers: the queue, and one pair side by side."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from directory.duplicates import deciding
from directory.duplicates import queue as desk
from directory.errors import BadQuestion, DirectoryError
from directory.listing import ListingDraft
from directory.runtime import Runtime
from directory.schedule import in_words
from directory.security.roles import Role
from directory.vocab import label
from directory.web.desk import desk_page
from directory.web.render import Visit

PER_PAGE = 50
NUMBER = 9  # digits of a page or decision at most


@dataclass(frozen=True, slots=True)
class Line:
    """One field of both listings."""

    label: str
    a: str
    b: str

    @property
    def differs(self) -> bool:
        return self.a != self.b


async def queue(request: Request) -> Response:
    visit = await Visit.read(request)
    asked = visit.fields.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < NUMBER else 1
    counts = await desk.counts()
    last = max(-(-counts["waiting"] // PER_PAGE), 1)
    number = min(max(number, 1), last)
    questions = await desk.waiting(PER_PAGE, (number - 1) * PER_PAGE)
    return desk_page(visit, "admin/duplicates.html", counts=counts, questions=questions, number=number, last=last)


async def pair(request: Request) -> Response:
    visit = await Visit.read(request)
    return await _page(visit, request.path_params["id"])


async def _page(visit: Visit, number: int, broken: str = "") -> Response:
    question = await desk.find_pair(number)
    return desk_page(
        visit,
        "admin/duplicate.html",
        422 if broken else 200,
        question=question,
        lines=lines(question.a.draft, question.b.draft),
        may=visit.request.state.who.role is Role.ADMIN,
        broken=broken,
        done=visit.fields.get("done", ""),
    )


async def decide(request: Request) -> Response:
    """One button, one decision; what cannot be is told on the same page."""
    visit = await Visit.read(request)
    rt: Runtime = request.app.state.rt
    number = request.path_params["id"]
    question = await desk.find_pair(number)
    try:
        await _decided(rt, question, visit.fields.get("do", ""), visit.fields.get("decision", ""))
    except DirectoryError as error:
        return await _page(visit, number, str(error))
    still = await _still(number)
    return RedirectResponse(f"/admin/duplicates/{number}?done=1" if still else "/admin/duplicates", 303)


async def _decided(rt: Runtime, question: desk.Question, what: str, decision: str) -> None:
    a, b = question.a.id, question.b.id
    async with rt.alone():
        if what in ("link-a", "link-b"):
            await deciding.link(rt, a, b, a if what == "link-a" else b)
        elif what == "apart":
            await deciding.apart(rt, a, b)
        elif what == "undo" and decision.isascii() and decision.isdigit() and len(decision) < NUMBER:
            if int(decision) not in {told.number for told in question.history}:
                raise BadQuestion("That decision is about another pair.")
            await deciding.undo(rt, int(decision))
        else:
            raise BadQuestion("Choose one of the buttons below.")


async def _still(number: int) -> bool:
    """A pair that a person linked by hand is gone when that is undone."""
    try:
        await desk.find_pair(number)
    except DirectoryError:
        return False
    return True


def lines(a: ListingDraft, b: ListingDraft) -> list[Line]:
    """What both say, field by field; fields that neither fills are left out."""
    told = [Line(name, read(a), read(b)) for name, read in READ]
    return [line for line in told if line.a or line.b]


def _times(draft: ListingDraft) -> str:
    return ", ".join(in_words(time) for time in draft.times)


def _facets(draft: ListingDraft, no: bool = False) -> str:
    told = draft.denied if no else draft.facets
    return ", ".join(label(group, value) for group, values in sorted(told.items()) for value in values)


READ = (
    ("Name", lambda d: d.name),
    ("Organization", lambda d: d.group),
    ("Kind", lambda d: ", ".join(kind.label() for kind in (d.kind, *d.also))),
    ("How", lambda d: d.modality.label()),
    ("Building", lambda d: d.place.name if d.place else ""),
    ("Street", lambda d: d.place.street if d.place else ""),
    ("Town", lambda d: ", ".join(filter(None, (d.place.city, d.place.state, d.place.postal_code))) if d.place else ""),
    ("Phone", lambda d: ", ".join(map(str, d.phones))),
    ("Website", lambda d: d.website),
    ("Online", lambda d: d.online.url if d.online else ""),
    ("When", _times),
    ("Yes to", _facets),
    ("No to", lambda d: _facets(d, no=True)),
    ("Checked on", lambda d: d.verified_on.isoformat() if d.verified_on else ""),
)
