"""Tests of pages behind an account sign in here."""

from starlette.testclient import TestClient

from directory.security.roles import Role, Who


def sign_in(client: TestClient, role: Role = Role.ADMIN) -> Who:
    """From here on the client's requests are those of an account of this role."""
    who = Who(id=1, name=f"A {role.value}", role=role)
    client.app.state.pretended = who  # type: ignore[attr-defined]
    return who


def sign_out(client: TestClient) -> None:
    client.app.state.pretended = None  # type: ignore[attr-defined]
