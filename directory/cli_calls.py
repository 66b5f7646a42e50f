"""The verbs of freshness: whom to call next and what came of it; the link a program keeps its own listing true with."""

from typing import Annotated, Any

import typer

from directory.terminal import say, show_json, with_runtime, wrong_usage

JSON = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def calls(
    next_: Annotated[bool, typer.Option("--next", help="Take the next place: yours for 20 minutes.")] = False,
    settle: Annotated[int | None, typer.Option(help="Number of a listing that was called.")] = None,
    outcome: Annotated[
        str, typer.Option(help="With --settle: right, changed, no-answer, wrong-number or closed.")
    ] = "",
    phone: Annotated[str, typer.Option(help="With --outcome changed: the number that is right.")] = "",
    vacancy: Annotated[str, typer.Option(help="With --settle: open, waitlist, full or assess.")] = "",
    beds: Annotated[str, typer.Option(help="With --vacancy: how many are open, or wait.")] = "",
    who: Annotated[str, typer.Option(help="Who calls, so that two people never call the same place.")] = "command line",
    limit: Annotated[int, typer.Option(min=1, max=400, help="How many to list.")] = 20,
    as_json: JSON = False,
) -> None:
    """See whom to call next, take a place, and write down what came of it."""
    if settle is not None:
        fields = {"phone": phone, "vacancy": vacancy, "beds": beds}
        return _settle(settle, outcome, fields, who, as_json)
    if outcome or phone or vacancy or beds:
        wrong_usage("--outcome and what goes with it need --settle: aftercare calls --settle NUMBER --outcome right.")
    rows = with_runtime(lambda rt: _due(rt, who if next_ else "", limit))
    if as_json:
        show_json(rows)
    elif not rows:
        typer.echo("Nothing is due.")
    else:
        for row in rows:
            _show(row)


async def _due(rt: Any, taker: str, limit: int) -> list[dict[str, Any]]:
    from datetime import UTC, datetime

    from directory import worklist
    from directory.public_listings import listed

    now = datetime.now(UTC)
    if taker:
        mine = await worklist.take(rt, taker, now)
        rows = [mine] if mine else []
    else:
        rows = await worklist.due(rt, now, limit)
    stored = {one.id: one for one in await listed(rt, [row.listing for row in rows])}
    return [_row(row, stored[row.listing]) for row in rows if row.listing in stored]


def _row(due: Any, one: Any) -> dict[str, Any]:
    return {
        "listing": due.listing,
        "kind": one.draft.kind.value,
        "name": one.draft.name,
        "phone": str(one.draft.phones[0]) if one.draft.phones else "",
        "risk": round(due.risk, 3),
        "reasons": due.doubt.reasons if due.doubt else {},
        "last_known_right": one.fresh_on.isoformat() if one.fresh_on else None,
        "tries": due.tries,
        "taken_by": due.taken_by,
    }


def _show(row: dict[str, Any]) -> None:
    typer.echo(f"[{row['listing']}] {row['name']} · {row['phone'] or 'no phone'}")
    why = ", ".join(f"{reason} ({count})" for reason, count in row["reasons"].items())
    known = f"last known right {row['last_known_right']}" if row["last_known_right"] else "never checked"
    taken = f"; {row['taken_by']} calls now" if row["taken_by"] else ""
    typer.echo(f"      {f'reported: {why}; ' if why else ''}{known}; doubt {row['risk']:.0%}{taken}")


def _settle(listing: int, outcome: str, fields: dict[str, str], who: str, as_json: bool) -> None:
    from directory.fresh.outcomes import Outcome

    known = [one.value for one in Outcome]
    if outcome not in known:
        wrong_usage(f"Say what came of it: --outcome is one of {', '.join(known)}, not {outcome!r}.")

    async def verb(rt: Any) -> str:
        from datetime import UTC, datetime

        from directory.acting import acting
        from directory.errors import BadQuestion
        from directory.fresh.amend import read_changes, read_vacancy
        from directory.fresh.outcomes import settle_call
        from directory.public_listings import get

        acting.set(who)
        draft = (await get(rt, listing)).draft
        beds = read_vacancy(fields)
        if fields["vacancy"] and beds is None:
            raise BadQuestion(f"--vacancy is open, waitlist, full or assess, not {fields['vacancy']!r}.")
        changes = read_changes(fields, draft) if outcome == Outcome.CHANGED else None
        return await settle_call(rt, listing, Outcome(outcome), datetime.now(UTC), changes=changes, vacancy=beds)

    told = with_runtime(verb)
    if as_json:
        return show_json({"listing": listing, "outcome": outcome, "told": told})
    say(f"Listing {listing}: {told}")


def link(
    listing: Annotated[int, typer.Argument(help="Number of the listing.")],
    end: Annotated[bool, typer.Option("--end", help="End its link instead.")] = False,
    site: Annotated[str, typer.Option(help="Address of this site, put before the link.")] = "",
) -> None:
    """Make a link with which a program keeps its own listing true, for a year; the one before it ends."""
    from directory.fresh import links

    async def verb(rt: Any) -> str:
        from datetime import UTC, datetime

        if end:
            return "ended" if await links.end(listing) else ""
        return await links.make(rt, listing, datetime.now(UTC))

    made = with_runtime(verb)
    if end:
        return say(f"Listing {listing}: its link no longer works." if made else f"Listing {listing} had no link.")
    typer.echo(f"{site.rstrip('/')}/program/{made}")
