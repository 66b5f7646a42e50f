"""How each page went: counted for everybody, logged only where somebody signed in."""

from collections.abc import Sequence
from secrets import token_hex
from time import perf_counter
from typing import Any

from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from directory import logs
from directory.meter import Meter
from directory.security.roles import Who

NOWHERE = "(no page of ours)"


class Watched:
    """By the route's pattern: addresses hold numbers and words, patterns do not."""

    def __init__(self, app: ASGIApp, routes: Sequence[Route]) -> None:
        self.app = app
        self.patterns: dict[Any, str] = {one.endpoint: one.path for one in routes}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = perf_counter(), 500
        scope.setdefault("state", {})["request"] = token_hex(4)

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            self._note(scope, status, (perf_counter() - began) * 1000)

    def _note(self, scope: Scope, status: int, milliseconds: float) -> None:
        route = self.patterns.get(scope.get("endpoint"), NOWHERE)
        method = scope["method"] if scope["method"] in ("GET", "HEAD", "POST") else "other"
        meter: Meter | None = getattr(scope["app"].state, "meter", None)
        if meter is not None:
            meter.count(route, method, status, milliseconds)
        who: Any = scope["state"].get("who")
        if isinstance(who, Who):
            facts = {"request": scope["state"]["request"], "route": route, "method": method}
            logs.event("page", **facts, status=status, ms=round(milliseconds), actor=who.id)
