"""The verb for what visitors report: whom to call first, and what came of it."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from directory.terminal import say, show_json, with_runtime, wrong_usage


def reports(
    settle: Annotated[int | None, typer.Option(help="Number of a listing whose reports are answered.")] = None,
    outcome: Annotated[str, typer.Option(help='With --settle: "still open", closed or mended.')] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """See what visitors say is wrong, what to call about first, and settle it."""
    if settle is not None:
        return _settle(settle, outcome, as_json)
    if outcome:
        wrong_usage("--outcome goes with --settle: aftercare reports --settle NUMBER --outcome closed.")
    waiting = with_runtime(_worklist)
    if as_json:
        show_json(waiting)
    else:
        _show(waiting)


async def _worklist(rt: Any) -> list[dict[str, Any]]:
    from directory.reports import worklist

    return [asdict(doubt) for doubt in await worklist()]


def _settle(listing: int, outcome: str, as_json: bool) -> None:
    from directory import reports as desk

    known = [one.value for one in desk.Outcome]
    if outcome not in known:
        wrong_usage(f"Say what was found out: --outcome is one of {', '.join(map(repr, known))}, not {outcome!r}.")

    async def verb(rt: Any) -> int:
        async with rt.alone():
            return await desk.settle(rt, listing, desk.Outcome(outcome))

    settled = with_runtime(verb)
    if as_json:
        return show_json({"listing": listing, "outcome": outcome, "settled": settled})
    retired = " It is no longer public." if outcome == desk.Outcome.CLOSED else ""
    say(f"Listing {listing} is settled as {outcome}: {settled} {'report' if settled == 1 else 'reports'}.{retired}")


def _show(waiting: list[dict[str, Any]]) -> None:
    if not waiting:
        typer.echo("Nothing waits for you.")
    for doubt in waiting:
        said = ", ".join(f"{reason} ({count})" for reason, count in doubt["reasons"].items())
        phone = doubt["phone"] or "no phone"
        typer.echo(f"[{doubt['listing']}] {doubt['name']} · {phone} · {doubt['publisher']}")
        typer.echo(f"      {said}; {doubt['visitors']} in all, since {doubt['since']:%Y-%m-%d}")
        if doubt["reported_closed"]:
            typer.echo("      Shown as reported closed until you settle it.")
        if doubt["changed_since"]:
            typer.echo("      Its source changed the record since: look at it before you call.")
