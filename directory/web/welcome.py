"""A link from an admin: whoever holds it sets the account's password, once. To look at it uses nothing up."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from directory.security import invitations, passwords
from directory.web import cookie
from directory.web.account_pages import account_page, plain
from directory.web.headers import PERSONAL, only_from_here
from directory.web.render import Visit


async def welcome(request: Request) -> Response:
    visit, token = await Visit.read(request), request.path_params["token"]
    mine = await invitations.invited(token, visit.now)
    if mine is None:
        return account_page(visit, "link_gone.html", 410, here="/sign-in")
    if request.method != "POST":
        return account_page(visit, "welcome.html", here=request.url.path, name=mine.name, problem="")
    only_from_here(request)
    given = await plain(request)
    new = passwords.read(given.get("new", ""))
    problem = passwords.problem(new, mine.name) or ("unlike" if new != passwords.read(given.get("again", "")) else "")
    if not cookie.safe_line(request):
        problem = "line"
    if problem:
        return account_page(visit, "welcome.html", 422, here=request.url.path, name=mine.name, problem=problem)
    if not await invitations.accept(token, new, visit.now):
        return account_page(visit, "link_gone.html", 410, here="/sign-in")
    return RedirectResponse(visit.path("/sign-in"), 303, PERSONAL)
