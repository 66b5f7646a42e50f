"""Who may come in at which address. A route stands in app.py as `everyone(…)` or `only(…)`; there is no third way."""

import hmac
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import wraps

from starlette.datastructures import ImmutableMultiDict
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from directory.acting import acting
from directory.errors import Forbidden, FromElsewhere
from directory.security import audit
from directory.security.audit import Act, Outcome
from directory.security.roles import Role
from directory.security.sessions import Access, Stage
from directory.today import waiting
from directory.web import cookie
from directory.web.account_pages import HOME, account_page, holding, onward, to_sign_in
from directory.web.forms import decoded, read_body
from directory.web.headers import ASKED, PERSONAL, only_from_here
from directory.web.render import Visit, moment

Endpoint = Callable[[Request], Awaitable[Response]]
SAFE = ("GET", "HEAD")
TOKEN_HEADER = "x-form-token"  # noqa: S105 - the name of a header: for programs that send no form


def everyone(path: str, endpoint: Endpoint, *, name: str, methods: Sequence[str] = ("GET",)) -> Route:
    """A page for people without an account."""
    return Route(path, endpoint, methods=list(methods), name=name)


def only(
    roles: frozenset[Role],
    path: str,
    endpoint: Endpoint,
    *,
    name: str,
    methods: Sequence[str] = ("GET",),
    setting_up: bool = False,
    back: bool = False,
) -> Route:
    """A page for accounts of these roles; `request.state.who` is the account, `Visit.token` what its forms send.

    `setting_up` opens it also to somebody who has still to set up the second step of their role. `back` lets the tab
    show the page again by its back button: for pages that come by POST and hold nothing that tells who somebody is.
    """

    @wraps(endpoint)
    async def guarded(request: Request) -> Response:
        access = await cookie.access(request)
        if access is None or access.stage is Stage.CODE:
            return await _sign_in_first(request, access)
        if access.stage is Stage.SET_UP and not setting_up:
            return to_sign_in(request, "/account/codes")
        request.state.who, request.state.token, request.state.access = access.who, access.token, access
        acting.set(access.who.name)
        if access.who.role not in roles:
            await audit.record(access.who.name, Act.REFUSED, "", Outcome.REFUSED, now=moment(request))
            raise Forbidden("This page needs an account that may open it.")
        if request.method not in SAFE and not await _from_our_form(request, access):
            return await _again(request)
        if request.method in SAFE and path.startswith("/admin"):
            request.state.waiting = await waiting()
        return _private(await endpoint(request), ASKED if back else PERSONAL)

    guarded.roles = roles  # type: ignore[attr-defined]
    return Route(path, guarded, methods=list(methods), name=name)


def _private(response: Response, keep: Mapping[str, str]) -> Response:
    response.headers.update(keep)
    response.headers.add_vary_header("Cookie")
    return response


def _is_upload(request: Request) -> bool:
    return request.headers.get("content-type", "").lower().startswith("multipart/form-data")


async def _from_our_form(request: Request, access: Access) -> bool:
    """Whether the token of this session came along. An upload of which the browser itself says that our page sent it
    is left unread: its page may read it as a stream."""
    only_from_here(request)
    if TOKEN_HEADER in request.headers:
        given = request.headers[TOKEN_HEADER]
    elif _is_upload(request):
        if request.headers.get("sec-fetch-site") == "same-origin":
            return True
        given = str((await request.form()).get("token", ""))
    else:
        given = dict(decoded(await read_body(request))).get("token", "")
    return hmac.compare_digest(given.encode(), access.token.encode())


async def _sign_in_first(request: Request, half: Access | None) -> Response:
    """To the sign-in page. What was typed into a form comes along inside that page, and nowhere else."""
    if request.method in SAFE:
        return to_sign_in(request, "/sign-in/code" if half else "/sign-in")
    only_from_here(request)
    pairs = [] if _is_upload(request) else decoded(await read_body(request))
    visit = _plainly(request)
    kept = [("next", onward(request.url.path)), *holding(pairs)] if pairs else [("next", HOME)]
    return account_page(visit, "sign_in.html", 403, here="/sign-in", kept=kept, name="", problem="", wait=0, ended=True)


async def _again(request: Request) -> Response:
    """Our own form from before this session, in another tab perhaps: nothing is lost, one button sends it again."""
    if request.headers.get("sec-fetch-site") != "same-origin" or _is_upload(request):
        raise FromElsewhere("The form was not one of this session.")
    pairs = [pair for pair in decoded(await read_body(request)) if pair[0] != "token"]
    return account_page(_plainly(request), "again.html", 403, here=HOME, to=request.url.path, fields=pairs)


def _plainly(request: Request) -> Visit:
    """A visit without the fields of a form that was not for this page."""
    return Visit.of(request, ImmutableMultiDict(request.query_params.multi_items()))
