"""Tests of pages behind an account sign in here: rows and a cookie, without the forms."""

from datetime import UTC, datetime

from starlette.testclient import TestClient

from directory.security import accounts, sessions
from directory.security.accounts import NameTaken
from directory.security.roles import Role, Who
from directory.security.sessions import Stage
from directory.web.cookie import PLAIN
from directory.web.doors import TOKEN_HEADER


def sign_in(client: TestClient, role: Role = Role.ADMIN) -> Who:
    """From here on the client's requests are those of an account of this role; what it posts carries the token of its
    session in a header, so that a test need not read it from a page first."""
    state = client.app.state  # type: ignore[attr-defined]
    name = f"A {role.value}"

    async def begin() -> tuple[Who, str]:
        now = state.clock() if hasattr(state, "clock") else datetime.now(UTC)
        try:
            account = await accounts.add(name, role, "tests", now)
        except NameTaken:
            account = await accounts.by_name(name)
        return Who(account.id, name, role), await sessions.start(account, Stage.FULL, "", state.rt.settings, now)

    assert client.portal, "sign in inside `with TestClient(...)`"
    who, token = client.portal.call(begin)
    sign_out(client)
    client.cookies.set(PLAIN, token)
    client.headers[TOKEN_HEADER] = sessions.form_token(token)
    return who


def sign_out(client: TestClient) -> None:
    client.cookies.clear()
    client.headers.pop(TOKEN_HEADER, None)
