"""The verbs for accounts: the first admin is made here, and who is locked out is let in again here."""

import sys
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from directory.terminal import refuse, say, settings, show_json, with_runtime, wrong_usage

WHO = "command line"
Name = Annotated[str, typer.Argument(help="The name a person signs in with.")]
app = typer.Typer(no_args_is_help=True)


@app.command()
def add(
    name: Name,
    role: Annotated[str, typer.Option(help="admin, planner or reader.")],
    password: Annotated[
        bool, typer.Option("--password", help="Ask for a password (or read a line of input) instead of making a link.")
    ] = False,
) -> None:
    """Make an account; prints a link, good for 72 hours, that sets its password once."""
    wanted, typed = _role(role), _new_password(name) if password else ""

    async def verb(rt: Any) -> str:
        from directory.security import accounts, invitations

        account = await accounts.add(name, wanted, WHO, _now())
        if typed:
            await accounts.set_password(account, typed, WHO, _now())
            return ""
        return await invitations.invite(account, _now())

    _show_link(name, with_runtime(verb))


@app.command("list")
def listed(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """See every account: its role, whether codes are on, whether it is disabled."""

    async def verb(rt: Any) -> list[dict[str, Any]]:
        from directory.security import accounts

        return [
            {
                "name": one.name,
                "role": one.role,
                "codes": bool(one.totp),
                "disabled": one.disabled_at is not None,
                "waiting": not one.password,
                "demo": one.demo,
            }
            for one in await accounts.everyone()
        ]

    rows = with_runtime(verb)
    if as_json:
        return show_json(rows)
    for row in rows:
        marks = [word for word in ("codes", "disabled", "waiting", "demo") if row[word]]
        typer.echo(f"{row['role']:<8} {row['name']}{' (' + ', '.join(marks) + ')' if marks else ''}")
    if not rows:
        say("No account yet. Make the first: aftercare account add NAME --role admin")


@app.command()
def reset(
    name: Name,
    lost: Annotated[
        bool, typer.Option("--lost-phone", help="The phone and the recovery codes are lost: set codes up anew.")
    ] = False,
) -> None:
    """Print a new link for somebody who forgot the password."""

    async def verb(rt: Any) -> str:
        from directory.security import accounts

        return await accounts.reset(await accounts.by_name(name), WHO, _now(), forget_codes=lost)

    _show_link(name, with_runtime(verb))


@app.command()
def disable(name: Name) -> None:
    """Sign an account out everywhere and let it in no more."""
    _do("disable", name)
    say(f"{name} is disabled and signed out everywhere.")


@app.command()
def enable(name: Name) -> None:
    """Let a disabled account in again."""
    _do("enable", name)
    say(f"{name} may sign in again.")


@app.command()
def role(name: Name, role: Annotated[str, typer.Argument(help="admin, planner or reader.")]) -> None:
    """Give an account another role; it is signed out everywhere."""
    wanted = _role(role)

    async def verb(rt: Any) -> None:
        from directory.security import accounts

        await accounts.set_role(await accounts.by_name(name), wanted, WHO, _now())

    with_runtime(verb)
    say(f"{name} is now {role}.")


def audit(
    verify: Annotated[bool, typer.Option("--verify", help="Check the chain; exit 1 with the first fault.")] = False,
    end: Annotated[
        str, typer.Option(help="With --verify: an end noted earlier, NUMBER:HASH, that must be there.")
    ] = "",
    last: Annotated[int, typer.Option(min=1, max=100_000, help="How many entries to list, the newest first.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List who did what, or check that nobody changed the trail."""
    if end and not verify:
        wrong_usage("--end goes with --verify: aftercare audit --verify --end NUMBER:HASH.")
    if verify:
        return _verify(end)

    async def verb(rt: Any) -> list[dict[str, Any]]:
        from directory.security.audit import latest

        told = ("number", "at", "who", "what", "object", "outcome")
        return [{name: getattr(entry, name) for name in told} for entry in await latest(last)]

    rows = with_runtime(verb)
    if as_json:
        return show_json(rows)
    for row in rows:
        refused = "" if row["outcome"] == "done" else f" [{row['outcome']}]"
        typer.echo(f"{row['number']:>6} {row['at'][:19]} {row['who']}: {row['what']} {row['object']}{refused}")


def _verify(end: str) -> None:
    async def verb(rt: Any) -> tuple[str, str]:
        from directory.security import audit

        return await audit.first_fault(end), await audit.head()

    fault, head = with_runtime(verb)
    if fault:
        refuse(fault)
    say("The audit trail is whole." if head else "The audit trail is empty.")
    if head:
        typer.echo(head)


def _do(what: str, name: str) -> None:
    async def verb(rt: Any) -> None:
        from directory.security import accounts

        await getattr(accounts, what)(await accounts.by_name(name), WHO, _now())

    with_runtime(verb)


def _role(text: str) -> Any:
    from directory.security.roles import Role

    if text not in Role._value2member_map_:
        wrong_usage(f"A role is admin, planner or reader, not {text!r}.")
    return Role(text)


def _new_password(name: str) -> str:
    """Typed twice on a terminal without showing it, or one line of input; refused as on the page."""
    from directory.security import passwords

    if sys.stdin.isatty():
        typed = typer.prompt("New password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        typed = sys.stdin.readline().rstrip("\r\n")
    chosen = passwords.read(typed)
    told = {
        "short": f"The password is too short: {passwords.LEAST} characters at least.",
        "long": f"The password is too long: {passwords.MOST} characters at most.",
        "odd": "The password has characters that cannot be typed again.",
        "common": "The password is easy to guess; choose words that have nothing to do with the name.",
    }
    problem = passwords.problem(chosen, name)
    if problem:
        refuse(told[problem])
    return chosen


def _show_link(name: str, token: str) -> None:
    if not token:
        return say(f"{name} may sign in at /sign-in.")
    chosen = settings()
    say(f"Give {name} this link. It sets a password once, within 72 hours. Behind a proxy, put your own address first.")
    typer.echo(f"http://{chosen.host}:{chosen.port}/welcome/{token}")


def _now() -> datetime:
    return datetime.now(UTC)
