"""The desk's calls: what to call next, its number and what to ask, and what came of it in one press."""

from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from directory import reports
from directory import worklist as desk
from directory.acting import acting
from directory.errors import BadQuestion
from directory.fresh import links, program
from directory.fresh.amend import accepts_word, in_words, read_changes, read_vacancy, simple_week
from directory.fresh.models import ProgramLink
from directory.fresh.outcomes import Outcome, settle_call
from directory.freshness import How, age_words, in_groups, known_facts
from directory.handoff.medicine import HOUSING, TREATMENT
from directory.listing import Listed, ListingDraft
from directory.public_listings import get, listed
from directory.runtime import Runtime
from directory.schedule_words import day_name
from directory.vacancy import State, vacancy_words
from directory.vocab import Kind, Medication, Reason
from directory.web.desk import desk_page
from directory.web.render import Visit

OUTCOMES = {
    Outcome.RIGHT: "All right as listed",
    Outcome.NO_ANSWER: "No answer",
    Outcome.WRONG_NUMBER: "Wrong number",
    Outcome.CLOSED: "Closed for good",
}
SHOWN = 20


async def worklist(request: Request) -> Response:
    visit = await Visit.read(request)
    rt: Runtime = request.app.state.rt
    waiting = await desk.due(rt, visit.now, SHOWN)
    stored = {one.id: one for one in await listed(rt, [one.listing for one in waiting])}
    rows = [(one, stored[one.listing]) for one in waiting if one.listing in stored]
    corrections = [(one, stored_draft(one)) for one in await program.waiting()]
    asked = [(one, draft, in_words(one.changes, draft)) for one, draft in corrections]
    done = request.query_params.get("done", "")
    told = {**OUTCOMES, Outcome.CHANGED: "The change"}.get(Outcome(done), "") if done in set(Outcome) else ""
    return desk_page(
        visit,
        "admin/calls.html",
        rows=rows,
        corrections=asked,
        told=told,
        now=visit.now,
        ago=_ago,
        reasons={reason.value: reason.en for reason in Reason},
    )


def stored_draft(correction: Any) -> ListingDraft:
    return ListingDraft.from_dict(dict(correction.listing.data))


def _ago(at: Any, now: Any) -> str:
    """In the unit a person counts in: "5461 days ago" says less than "14 years ago"."""
    days = (now.date() - (at.date() if isinstance(at, datetime) else at)).days
    size, unit = (365, "years") if days >= 2 * 365 else (30, "months") if days >= 60 else (1, "")
    return f"{days // size} {unit} ago" if unit else age_words(at, now, "en")


async def take(request: Request) -> Response:
    """The next place for this person; press again and it is the same one until it has an outcome."""
    visit = await Visit.read(request)
    mine = await desk.take(request.app.state.rt, acting.get(), visit.now)
    return RedirectResponse(f"/admin/calls/{mine.listing}" if mine else "/admin/calls", 303)


async def call(request: Request) -> Response:
    visit = await Visit.read(request)
    rt: Runtime = request.app.state.rt
    one = await get(rt, request.path_params["id"])
    if request.method == "GET":
        return await _call_page(visit, one)
    if "give_back" in visit.fields:
        await desk.let_go(one.id, acting.get())
        return RedirectResponse("/admin/calls", 303)
    if "take" in visit.fields:
        await desk.take_this(one.id, acting.get(), visit.now)
        return RedirectResponse(f"/admin/calls/{one.id}", 303)
    try:
        outcome = await _settle(rt, visit, one)
    except BadQuestion as error:
        return await _call_page(visit, one, 422, broken=str(error))
    return RedirectResponse(f"/admin/calls?done={outcome.value}", 303)


async def _settle(rt: Runtime, visit: Visit, one: Listed) -> Outcome:
    said = visit.fields.get("outcome", "")
    if said not in set(Outcome):
        raise BadQuestion("Press one of the buttons that say what came of the call.")
    how = visit.fields.get("how", "")
    await settle_call(
        rt,
        one.id,
        Outcome(said),
        visit.now,
        how=How(how) if how in (How.PHONE, How.VISIT, How.WEB) else How.PHONE,
        changes=read_changes(visit.fields, one.draft) if said == Outcome.CHANGED else None,
        vacancy=read_vacancy(visit.fields),
    )
    return Outcome(said)


async def _call_page(visit: Visit, one: Listed, status: int = 200, **more: Any) -> Response:
    doubts = {doubt.listing: doubt for doubt in await reports.worklist()}
    others = await desk.held_by_others(one.id, acting.get(), visit.now)
    context = {
        "one": one,
        "draft": one.draft,
        "script": script(one.draft),
        "doubt": doubts.get(one.id),
        "reasons": {reason.value: reason.en for reason in Reason},
        "others": others,
        "outcomes": OUTCOMES,
        "hows": (How.PHONE, How.VISIT, How.WEB),
        "checks": [(_ago(check.at, visit.now), How(check.how).en, facts) for check, facts in in_groups(one.checks)],
        "has_link": await ProgramLink.filter(listing_id=one.id, ended=False).exists(),
        "broken": "",
        "made": "",
        **form_values(one.draft, visit),
    }
    return desk_page(visit, "admin/call.html", status, **{**context, **more})


def form_values(draft: ListingDraft, visit: Visit) -> dict[str, Any]:
    """What the fields of a correction show: as sent, else as listed."""
    kinds = {draft.kind, *draft.also}
    week = simple_week(draft)
    return {
        "week": None if week is None else [(day, _day(day, visit), week.get(day)) for day in (1, 2, 3, 4, 5, 6, 0)],
        "clock": _clock,
        "medicines": [(one, accepts_word(draft, one)) for one in Medication] if kinds & {*TREATMENT, *HOUSING} else [],
        "states": list(State) if kinds & {*TREATMENT, *HOUSING} else [],
        "beds": vacancy_words(draft.residence, visit.now, visit.language) if kinds & {*HOUSING} else "",
        "facts": known_facts(draft),
        "sent": visit.fields if visit.request.method == "POST" else {},
    }


def _day(day: int, visit: Visit) -> str:
    return day_name(day, "wide", visit.language).capitalize()


def _clock(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def script(draft: ListingDraft) -> list[str]:
    """What to say and ask, in the order of what costs most to get wrong; about a minute."""
    asked = [f"Hello, I keep a directory of recovery services up to date. Is this {draft.name}?"]
    if draft.kind in TREATMENT:
        asked += ["Are you taking new people now? How soon could somebody start?"]
        asked += ["Do you give buprenorphine or methadone? Do you take people who are on them already?"]
    if draft.kind in HOUSING:
        asked += ["Do you have an open bed today, or a wait list? Does somebody have to meet with you first?"]
        asked += [
            "Do you take people who are on buprenorphine or methadone?",
            "What does it cost, and what is due first?",
        ]
    if draft.kind is Kind.SUPPORT_GROUP:
        asked += ["Does the meeting still come together at the times listed, at this address?"]
    else:
        asked += ["What are your hours? Does somebody need an appointment?"]
    if draft.kind is Kind.COMMUNITY_SERVICE:
        asked += ["What do people need to bring? What does it cost?"]
    place = draft.place.address() if draft.place else ""
    return [*asked, f"Is the address still {place}?" if place else "How do people reach you best?"]


async def link(request: Request) -> Response:
    """A new link for the program, shown once; or the end of the one it has."""
    visit = await Visit.read(request)
    rt: Runtime = request.app.state.rt
    one = await get(rt, request.path_params["id"])
    if "end" in visit.fields:
        await links.end(one.id)
        return RedirectResponse(f"/admin/calls/{one.id}", 303)
    token = await links.make(rt, one.id, visit.now)
    made = str(request.url.replace(path=f"/program/{token}", query=""))
    return await _call_page(visit, one, made=made)


async def decide(request: Request) -> Response:
    visit = await Visit.read(request)
    accept = visit.fields.get("answer") == "accept"
    await program.decide(request.app.state.rt, request.path_params["id"], accept, visit.now)
    return RedirectResponse("/admin/calls?done=changed" if accept else "/admin/calls", 303)
