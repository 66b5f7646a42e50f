"""Who may come in at which address. A route stands in app.py as `everyone(…)` or `only(…)`; there is no third way."""

from collections.abc import Awaitable, Callable, Sequence
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from directory.acting import acting
from directory.errors import Forbidden
from directory.security.roles import Role, Who

Endpoint = Callable[[Request], Awaitable[Response]]


def everyone(path: str, endpoint: Endpoint, *, name: str, methods: Sequence[str] = ("GET",)) -> Route:
    """A page for people without an account."""
    return Route(path, endpoint, methods=list(methods), name=name)


def only(
    roles: frozenset[Role], path: str, endpoint: Endpoint, *, name: str, methods: Sequence[str] = ("GET",)
) -> Route:
    """A page for accounts of these roles; `request.state.who` is the account."""

    @wraps(endpoint)
    async def guarded(request: Request) -> Response:
        who: Who | None = getattr(request.app.state, "pretended", None)
        if who is None or who.role not in roles:
            raise Forbidden("This page needs an account that may open it.")
        request.state.who = who
        acting.set(who.name)
        return await endpoint(request)

    return Route(path, guarded, methods=list(methods), name=name)
