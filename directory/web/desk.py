"""Pages of the admin's side: one frame, and the same ways on every page. In English only (docs/decisions.md)."""

from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from directory.security.roles import ADMINS, LOOKERS, PLANNERS, Role, Who
from directory.web.headers import PERSONAL
from directory.web.render import Visit, page

# where the admin's side leads: address, words, who sees it
WAYS: list[tuple[str, str, frozenset[Role]]] = [
    ("/admin", "Today", LOOKERS),
    ("/admin/imports", "Imports", LOOKERS),
    ("/admin/calls", "Calls", ADMINS),
    ("/admin/duplicates", "Duplicates", LOOKERS),
    ("/admin/listings", "Listings", LOOKERS),
    ("/admin/publishers", "Publishers", LOOKERS),
    ("/admin/coverage", "Coverage", LOOKERS),
    ("/admin/trends", "Over time", LOOKERS),
    ("/admin/accounts", "Accounts", ADMINS),
    ("/admin/audit", "Audit", ADMINS),
    ("/planner", "New handoff", PLANNERS),
]


def desk_page(visit: Visit, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page of templates/admin/, which extends admin/_desk.html; kept by no cache."""
    who: Who = visit.request.state.who
    ways = [(path, words) for path, words, roles in WAYS if who.role in roles]
    waits: dict[str, int] = getattr(visit.request.state, "waiting", {})  # none beside a form that was refused
    return page(visit, template, status, keep=PERSONAL, **{"who": who, "ways": ways, "waits": waits, **context})


async def begin(request: Request) -> RedirectResponse:
    """To the first way of one's role: what needs a person today, or a new handoff."""
    visit, who = await Visit.read(request), request.state.who
    return RedirectResponse(visit.path(next(path for path, _, roles in WAYS if who.role in roles)), 303, PERSONAL)
