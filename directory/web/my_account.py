"""One's own account: the password, the second step, where one is signed in."""

from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from directory.runtime import Runtime
from directory.security import accounts, audit, limits, passwords, sealed, sessions, signing_in, totp
from directory.security.audit import Act
from directory.security.models import Account
from directory.security.sessions import Stage
from directory.web import cookie
from directory.web.account_pages import account_page, plain
from directory.web.desk import WAYS
from directory.web.headers import PERSONAL
from directory.web.render import Visit


async def account(request: Request) -> Response:
    return await _shown(await Visit.read(request))


async def password(request: Request) -> Response:
    """Set a new one. Every other session ends; this one goes on under another token."""
    visit, given = await Visit.read(request), await plain(request)
    mine = await accounts.by_id(request.state.who.id)
    new = passwords.read(given.get("new", ""))
    if problem := await _not_mine(visit, mine, given.get("password", "")):
        return await _shown(visit, 422, old_problem=problem)
    unlike = "" if new == passwords.read(given.get("again", "")) else "unlike"
    if problem := passwords.problem(new, mine.name) or unlike:
        return await _shown(visit, 422, new_problem=problem)
    await accounts.set_password(mine, new, mine.name, visit.now)
    return await _anew(visit, mine, "/account?told=password")


async def codes(request: Request) -> Response:
    """Set the second step up: scan, then type a first code. The recovery codes are shown this once."""
    visit, rt = await Visit.read(request), _runtime(request)
    mine = await accounts.by_id(request.state.who.id)
    keys = sealed.ring(rt.settings.home_path)
    if mine.totp:
        return RedirectResponse(visit.path("/account"), 303, PERSONAL)
    if request.method == "POST":
        wait = await limits.attempt("code", f"account {mine.id}", signing_in.CODES, signing_in.LONGEST_CODE, visit.now)
        shown = [] if wait else await totp.confirm(mine, visit.fields.get("code", ""), keys, visit.now)
        if shown:
            await limits.forgive("code", f"account {mine.id}")
            await audit.record(mine.name, Act.TOTP_ON, f"account {mine.id}", now=visit.now)
            return await _with_codes(visit, mine, shown)
        return await _set_up(visit, mine, keys, 422, "wait" if wait else "wrong")
    return await _set_up(visit, mine, keys)


async def codes_off(request: Request) -> Response:
    visit, given = await Visit.read(request), await plain(request)
    mine = await accounts.by_id(request.state.who.id)
    if problem := await _not_mine(visit, mine, given.get("password", "")):
        return await _shown(visit, 422, codes_problem=problem)
    if totp.needed(mine):
        return await _shown(visit, 422, codes_problem="needed")
    await totp.off(mine)
    await audit.record(mine.name, Act.TOTP_OFF, f"account {mine.id}", now=visit.now)
    return await _anew(visit, mine, "/account?told=off")


async def new_codes(request: Request) -> Response:
    """Ten new recovery codes in the place of the old ones."""
    visit, given = await Visit.read(request), await plain(request)
    mine = await accounts.by_id(request.state.who.id)
    if problem := await _not_mine(visit, mine, given.get("password", "")):
        return await _shown(visit, 422, codes_problem=problem)
    if not mine.totp:
        return RedirectResponse(visit.path("/account/codes"), 303, PERSONAL)
    shown = await totp.new_codes(mine, sealed.ring(_runtime(request).settings.home_path))
    await audit.record(mine.name, Act.NEW_CODES, f"account {mine.id}", now=visit.now)
    return account_page(visit, "recovery.html", here="/account", codes=shown)


async def everywhere(request: Request) -> Response:
    """Sign out in every browser, this one too."""
    visit = await Visit.read(request)
    await sessions.end_all(request.state.who.id)
    await audit.record(request.state.who.name, Act.SIGN_OUT_EVERYWHERE, now=visit.now)
    response = RedirectResponse(visit.path("/sign-in"), 303, {**PERSONAL, "Clear-Site-Data": '"cache", "storage"'})
    cookie.drop(response, request)
    return response


async def _not_mine(visit: Visit, mine: Account, password: str) -> str:
    """ "wrong" or "wait" when this is not the account's password: who sits down at an open screen does not get on."""
    mark = f"account {mine.id}"
    if await limits.attempt("own password", mark, signing_in.HERE, signing_in.LONGEST_HERE, visit.now):
        return "wait"
    if not await passwords.verified(mine.password, passwords.read(password)):
        return "wrong"
    await limits.forgive("own password", mark)
    return ""


async def _anew(visit: Visit, mine: Account, to: str) -> Response:
    """Signed out everywhere, and here in again under another token."""
    rt = _runtime(visit.request)
    await sessions.end_all(mine.id)
    token = await sessions.start(mine, Stage.FULL, cookie.browser(visit.request), rt.settings, visit.now)
    response = RedirectResponse(f"{to}&lang={visit.language}" if visit.said else to, 303, PERSONAL)
    cookie.put(response, visit.request, token)
    return response


async def _with_codes(visit: Visit, mine: Account, shown: list[str]) -> Response:
    rt = _runtime(visit.request)
    await sessions.end_all(mine.id)
    token = await sessions.start(mine, Stage.FULL, cookie.browser(visit.request), rt.settings, visit.now)
    visit.request.state.token = sessions.form_token(token)
    response = account_page(visit, "recovery.html", here="/account", codes=shown)
    cookie.put(response, visit.request, token)
    return response


async def _set_up(visit: Visit, mine: Account, keys: sealed.Ring, status: int = 200, problem: str = "") -> Response:
    seed = await totp.asked(mine, keys)
    picture = totp.picture(seed, mine.name, visit.settings.name)
    spaced = " ".join(seed[i : i + 4] for i in range(0, len(seed), 4))
    given = {"picture": picture, "seed": spaced, "problem": problem}
    return account_page(visit, "set_up.html", status, here="/account/codes", **given)


async def _shown(visit: Visit, status: int = 200, **problems: str) -> Response:
    who, rt = visit.request.state.who, _runtime(visit.request)
    mine = await accounts.by_id(who.id)
    none = {"old_problem": "", "new_problem": "", "codes_problem": ""}
    given: dict[str, Any] = {
        "told": visit.fields.get("told", ""),
        "ways": [(path, words) for path, words, roles in WAYS if who.role in roles],
        "codes_on": bool(mine.totp),
        "codes_needed": totp.needed(mine),
        "codes_left": await totp.left(mine),
        "running": [
            {
                "browser": one.browser,
                "since": _moment(visit, one.started_at),
                "seen": _moment(visit, one.seen_at),
                "this": one.id == visit.request.state.access.session,
            }
            for one in await sessions.of(who.id, rt.settings, visit.now)
        ],
    }
    return account_page(visit, "account.html", status, here="/account", **given, **{**none, **problems})


def _moment(visit: Visit, at: Any) -> str:
    local = at.astimezone(ZoneInfo(visit.settings.timezone))
    return format_datetime(local, "medium", locale=visit.language)


def _runtime(request: Request) -> Runtime:
    rt: Runtime = request.app.state.rt
    return rt
