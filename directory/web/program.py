"""A program's own page, opened by its signed link: is there a place, is the rest still right. No account."""

from starlette.requests import Request
from starlette.responses import Response

from directory.errors import BadQuestion
from directory.fresh import links
from directory.fresh.amend import read_changes, read_vacancy
from directory.fresh.program import submit
from directory.freshness import Fact, known_facts
from directory.handoff.medicine import takes
from directory.i18n import catalogue
from directory.listing import Listed, ListingDraft
from directory.public_listings import get
from directory.runtime import Runtime
from directory.vocab import Medication
from directory.web.calls import form_values
from directory.web.facts import hours
from directory.web.forms import Asked
from directory.web.headers import PERSONAL, only_from_here
from directory.web.render import Visit, page


async def program(request: Request) -> Response:
    visit = await Visit.read(request)
    rt: Runtime = request.app.state.rt
    try:
        one = await get(rt, await links.listing_of(rt, request.path_params["token"], visit.now))
    except (links.LinkOver, LookupError):
        return page(visit, "program/over.html", 410, keep=PERSONAL, asked=Asked(), here="/")
    if request.method == "POST" and "switch" not in visit.fields:
        only_from_here(request)
        return await _take(rt, visit, one)
    return _shown(visit, one)


async def _take(rt: Runtime, visit: Visit, one: Listed) -> Response:
    try:
        changes = read_changes(visit.fields, one.draft)
        vacancy = read_vacancy(visit.fields)
    except BadQuestion:
        _ = catalogue(visit.language).gettext
        return _shown(visit, one, 422, broken=_("We could not read one of the fields. Look at it and send again."))
    said = visit.fields.getlist("right")
    confirmed = [fact for fact in known_facts(one.draft) if fact.value in said]
    if not (changes or vacancy or confirmed):
        _ = catalogue(visit.language).gettext
        return _shown(visit, one, 422, broken=_("Nothing was chosen yet. Choose below what is true today."))
    taken = await submit(rt, one.id, visit.now, confirmed=confirmed, vacancy=vacancy, changes=changes)
    after = await get(rt, one.id)
    return _shown(visit, after, 200 if taken else 429, taken=taken, waits=bool(changes) and taken, sent=True)


def _shown(
    visit: Visit,
    one: Listed,
    status: int = 200,
    *,
    broken: str = "",
    taken: bool = True,
    waits: bool = False,
    sent: bool = False,
) -> Response:
    draft = one.draft
    shown = {
        Fact.PHONE: str(draft.phones[0]) if draft.phones else "",
        Fact.ADDRESS: draft.place.address() if draft.place else "",
        Fact.TIMES: "; ".join(told for told, _note in hours(draft, visit.now.date(), visit.language)),
        Fact.MEDICINE: "; ".join(_medicines(draft, visit.language)),
    }
    facts = [(fact, shown[fact]) for fact in known_facts(draft) if shown.get(fact)]
    values = form_values(draft, visit)
    if sent:
        values["sent"] = {}
    more = {"broken": broken, "taken": taken, "waits": waits, "done": sent, "listed": facts}
    return page(visit, "program/page.html", status, keep=PERSONAL, asked=Asked(), one=one, **{**values, **more})


def _medicines(draft: ListingDraft, language: str) -> list[str]:
    """ "Methadone: no" for each medicine it has answered about."""
    _ = catalogue(language).gettext
    answers = [(medicine, takes(draft, medicine)) for medicine in Medication]
    return [f"{one.label(language)}: {_('yes') if said else _('no')}" for one, said in answers if said is not None]
