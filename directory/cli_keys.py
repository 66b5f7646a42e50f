"""The verb for new keys: says what it will touch, and asks, before it does."""

import sys
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from directory.terminal import refuse, say, with_runtime

app = typer.Typer(no_args_is_help=True)


@app.callback()
def keys() -> None:
    """Make new keys for what is sealed and signed."""


@app.command()
def rotate(
    end_links: Annotated[
        bool, typer.Option("--end-links", help="End every program's link that is out: its key may have been seen.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
) -> None:
    """Make new keys: for sealed sign-in codes, for programs' links, for today's hashes of visitors' networks."""

    async def look(rt: Any) -> Any:
        from directory.rotation import outlook

        return await outlook(rt, datetime.now(UTC))

    async def verb(rt: Any) -> Any:
        from directory.rotation import rotate as renew

        async with rt.alone():
            return await renew(rt, datetime.now(UTC), end_links=end_links)

    for line in told(with_runtime(look), end_links):
        say(line)
    if not yes and not (sys.stdin.isatty() and typer.confirm("Make new keys now?", err=True)):
        refuse("Nothing was changed. Add --yes to do it.")
    with_runtime(verb)
    say("Done: new keys are in use. Make a backup of the keys now: aftercare backup --keys FILE.")


def told(outlook: Any, end_links: bool) -> list[str]:
    """What will come of it, in sentences."""
    seeds = "1 seed of codes is" if outlook.seeds == 1 else f"{outlook.seeds} seeds of codes are"
    lines = [f"{seeds} sealed anew; phones and recovery codes go on working."]
    if not outlook.links:
        lines.append("No program's link is out.")
    elif end_links:
        some = "1 program's link that is out ends" if outlook.links == 1 else f"All {outlook.links} programs' links end"
        lines.append(f"{some} now; make new ones with: aftercare link NUMBER.")
    else:
        some = "1 program's link that is out stays" if outlook.links == 1 else f"{outlook.links} programs' links stay"
        lines.append(f"{some} good until its own day, {outlook.last_link} at the latest; --end-links ends all now.")
    return [*lines, "Limits and reports of visitors count anew from now on."]
