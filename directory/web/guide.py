"""Three short pages to read: for families and friends, words explained, and what we keep and do not keep."""

from starlette.requests import Request
from starlette.responses import Response

from directory.vocab import Fellowship, Kind, Need
from directory.web.forms import EXAMPLES, Asked, Pairs, came_from, handoff_pairs
from directory.web.headers import ASKED, OPEN
from directory.web.render import Visit, page

# The buttons of the family page: what each asks for in the fields of the search form.
SEARCHES: dict[str, Pairs] = {
    "naloxone": [("facet", f"need={Need.HARM_REDUCTION}")],
    "talk": [*EXAMPLES["talk"], ("talk", "1")],
    "medicine": EXAMPLES["medicine"],
    "group": [
        ("kind", Kind.SUPPORT_GROUP),
        ("facet", f"fellowship={Fellowship.AL_ANON}"),
        ("facet", f"fellowship={Fellowship.NAR_ANON}"),
        ("facet", f"fellowship={Fellowship.FAMILIES}"),
        ("sort", "soon"),
    ],
    "family": [("facet", f"need={Need.FAMILY_SUPPORT}")],
    "home": EXAMPLES["home"],
    "meeting": EXAMPLES["meeting"],
    "rides": [("facet", f"need={Need.TRANSPORT}")],
}


async def families(request: Request) -> Response:
    return await _shown(request, "families")


async def words(request: Request) -> Response:
    return await _shown(request, "words")


async def privacy(request: Request) -> Response:
    return await _shown(request, "privacy")


async def _shown(request: Request, name: str) -> Response:
    visit = await Visit.read(request)
    return page(
        visit,
        f"public/guide/{name}.html",
        keep=OPEN if request.method != "POST" else ASKED,
        asked=Asked.read(visit.fields),
        kept=handoff_pairs(visit.fields) + came_from(visit.fields),
        searches=SEARCHES,
    )
