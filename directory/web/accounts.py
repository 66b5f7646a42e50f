"""The admin's pages of accounts: who may sign in, as what; and the audit trail."""

from collections.abc import Awaitable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from directory.errors import BadQuestion, NotAllowed
from directory.security import accounts, audit, invitations
from directory.security.audit import Act
from directory.security.models import Account
from directory.security.roles import Role
from directory.web.desk import desk_page
from directory.web.forms import whole
from directory.web.headers import PERSONAL
from directory.web.render import Visit

A_PAGE = 100


async def listed(request: Request) -> Response:
    return await _shown(await Visit.read(request))


async def invite(request: Request) -> Response:
    """A new account, and its link, shown this once."""
    visit = await Visit.read(request)
    name, role = visit.fields.get("name", ""), visit.fields.get("role", "")
    if role not in Role._value2member_map_:
        return await _shown(visit, 422, name=name, problem="Choose a role.")
    try:
        account = await accounts.add(name, Role(role), request.state.who.name, visit.now)
    except NotAllowed as refused:
        return await _shown(visit, 422, name=name, problem=str(refused))
    return _link(visit, account, await invitations.invite(account, visit.now))


async def reset(request: Request) -> Response:
    """A link to set a new password; the second step stays unless the admin says that the phone is lost."""
    visit, account = await Visit.read(request), await _account(request)
    lost = visit.fields.get("lost") == "yes"
    token = await accounts.reset(account, request.state.who.name, visit.now, forget_codes=lost)
    return _link(visit, account, token)


async def role(request: Request) -> Response:
    visit, account = await Visit.read(request), await _account(request)
    wanted = visit.fields.get("role", "")
    if wanted not in Role._value2member_map_:
        raise BadQuestion("That is no role.")
    return await _done(visit, accounts.set_role(account, Role(wanted), request.state.who.name, visit.now))


async def disable(request: Request) -> Response:
    visit, account = await Visit.read(request), await _account(request)
    return await _done(visit, accounts.disable(account, request.state.who.name, visit.now))


async def enable(request: Request) -> Response:
    visit, account = await Visit.read(request), await _account(request)
    return await _done(visit, accounts.enable(account, request.state.who.name, visit.now))


async def trail(request: Request) -> Response:
    """The audit trail, the newest first; when asked, whether its chain is whole. To read it is an entry too."""
    visit = await Visit.read(request)
    checked = "check" in visit.fields
    below = whole(visit.fields.get("before", ""), 1, 2**62, 0) or None
    found = await audit.latest(A_PAGE, below)
    fault, head = await audit.first_fault() if checked else "", await audit.head()
    await audit.record(request.state.who.name, Act.LOOKED, now=visit.now)
    return desk_page(visit, "admin/audit.html", entries=found, fault=fault, head=head, checked=checked, a_page=A_PAGE)


async def _account(request: Request) -> Account:
    return await accounts.by_id(request.path_params["id"])


async def _done(visit: Visit, verb: Awaitable[None]) -> Response:
    """Back to the list, or the list with the sentence that says why not."""
    try:
        await verb
    except NotAllowed as refused:
        return await _shown(visit, 409, refused=str(refused))
    return RedirectResponse("/admin/accounts", 303, PERSONAL)


def _link(visit: Visit, account: Account, token: str) -> Response:
    address = f"{visit.request.url.scheme}://{visit.request.url.netloc}/welcome/{token}"
    hours = int(invitations.LASTING.total_seconds() // 3600)
    return desk_page(visit, "admin/account_link.html", account=account, address=address, hours=hours)


async def _shown(visit: Visit, status: int = 200, *, name: str = "", problem: str = "", refused: str = "") -> Response:
    rows = await accounts.everyone()
    given = {"rows": rows, "roles": list(Role), "name": name, "problem": problem, "refused": refused}
    return desk_page(visit, "admin/accounts.html", status, **given)
