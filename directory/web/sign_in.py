"""Signing in and out. A wrong name, a wrong password and a disabled account get the same words."""

import re
from datetime import timedelta
from math import ceil
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from directory.runtime import Runtime
from directory.security import audit, sessions, signing_in
from directory.security.audit import Act
from directory.security.sessions import Stage
from directory.security.signing_in import Answer
from directory.web import cookie
from directory.web.account_pages import HOME, WORK, account_page, held, holding, onward, plain
from directory.web.forms import Pairs
from directory.web.headers import PERSONAL, only_from_here
from directory.web.render import Visit

FROM_A_PHONE = re.compile(r"[\d ]{6,8}")  # six digits, perhaps in two groups; any other code is for recovery


async def sign_in(request: Request) -> Response:
    visit, fields = await Visit.read(request), await held(request)
    going = onward(visit.fields.get("next", ""))
    if request.method != "POST":
        return _form(visit, going, fields)
    only_from_here(request)
    given = await plain(request)
    if not cookie.safe_line(request):
        return _form(visit, going, fields, status=403, problem="line")
    name, password = visit.fields.get("name", ""), given.get("password", "")
    if not name or not password:
        return _form(visit, going, fields, status=422, name=name, problem="empty")
    rt: Runtime = request.app.state.rt
    answer = await signing_in.with_password(
        rt,
        name,
        password,
        address=request.client.host if request.client else "",
        browser=cookie.browser(request),
        old=await cookie.access(request),
        now=visit.now,
    )
    if not answer.token:
        problem, status = ("wait", 429) if answer.wait else ("wrong", 422)
        return _form(visit, going, fields, status=status, name=name, problem=problem, wait=answer.wait)
    return _on(visit, answer, going, fields)


async def code(request: Request) -> Response:
    """The second step."""
    visit, fields = await Visit.read(request), await held(request)
    going = onward(visit.fields.get("next", ""))
    half = await cookie.access(request)
    if half is None or half.stage is not Stage.CODE:
        to = "/account" if half else "/sign-in"
        return RedirectResponse(f"{to}?{urlencode({'next': going})}" if not half else to, 303, PERSONAL)
    if request.method != "POST":
        return _code_form(visit, going, fields)
    only_from_here(request)
    rt: Runtime = request.app.state.rt
    given = visit.fields.get("code", "")
    if going == WORK and not FROM_A_PHONE.fullmatch(given):
        going = HOME  # there stands how many recovery codes are left
    answer = await signing_in.with_code(rt, half, given, browser=cookie.browser(request), now=visit.now)
    if not answer.token:
        problem, status = ("wait", 429) if answer.wait else ("wrong", 422)
        return _code_form(visit, going, fields, status=status, problem=problem, wait=answer.wait)
    return _on(visit, answer, going, fields)


async def sign_out(request: Request) -> Response:
    """The browser drops what it holds of our pages, too."""
    visit = await Visit.read(request)
    await sessions.end(request.state.access.session)
    await audit.record(request.state.who.name, Act.SIGN_OUT, now=visit.now)
    response = RedirectResponse(visit.path("/sign-in"), 303, {**PERSONAL, "Clear-Site-Data": '"cache", "storage"'})
    cookie.drop(response, request)
    return response


def _on(visit: Visit, answer: Answer, going: str, fields: Pairs) -> Response:
    """The next step: the code, its set-up, the page that was asked for, or the form that waits to be sent again."""
    if answer.stage is Stage.SET_UP:
        response: Response = RedirectResponse(visit.path("/account/codes"), 303, PERSONAL)
    elif answer.stage is Stage.CODE and fields:
        response = _code_form(visit, going, fields)
    elif answer.stage is Stage.CODE:
        lang = {"lang": visit.language} if visit.said else {}
        response = RedirectResponse(f"/sign-in/code?{urlencode({'next': going, **lang})}", 303, PERSONAL)
    elif fields:
        visit.request.state.token = sessions.form_token(answer.token)
        response = account_page(visit, "again.html", here="/account", to=going, fields=fields)
    else:
        response = RedirectResponse(visit.path(going) if "?" not in going else going, 303, PERSONAL)
    cookie.put(response, visit.request, answer.token)
    return response


def _form(
    visit: Visit, going: str, fields: Pairs, *, status: int = 200, name: str = "", problem: str = "",
    wait: timedelta = timedelta(),
) -> Response:  # fmt: skip
    kept = [("next", going), *holding(fields)]
    return account_page(
        visit, "sign_in.html", status, here="/sign-in", kept=kept, name=name, problem=problem, wait=_minutes(wait),
        ended=bool(fields),
    )  # fmt: skip


def _code_form(
    visit: Visit, going: str, fields: Pairs, *, status: int = 200, problem: str = "", wait: timedelta = timedelta()
) -> Response:
    kept = [("next", going), *holding(fields)]
    given = {"problem": problem, "wait": _minutes(wait)}
    return account_page(visit, "code.html", status, here="/sign-in/code", kept=kept, **given)


def _minutes(wait: timedelta) -> int:
    return ceil(wait / timedelta(minutes=1))
