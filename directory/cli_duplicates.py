"""The verb for the same place from two publishers: what waits, why, and what a person decides."""

import sys
from typing import Annotated, Any

import typer

from directory.terminal import say, show_json, with_runtime, wrong_usage

Two = tuple[int, int]


def duplicates(
    link: Annotated[Two | None, typer.Option(help="Two listings that are one place.", metavar="A B")] = None,
    lead: Annotated[int | None, typer.Option(help="With --link: the listing that answers for both.")] = None,
    apart: Annotated[Two | None, typer.Option(help="Two listings that are two places.", metavar="A B")] = None,
    undo: Annotated[int | None, typer.Option(help="Number of a decision to take back.")] = None,
    why: Annotated[
        Two | None, typer.Option(help="Show why two listings are, or are not, one place.", metavar="A B")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Compare the whole directory anew.")] = False,
    limit: Annotated[int, typer.Option(help="How many of the queue to show.", min=1, max=1000)] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """See which listings may be the same place told by two publishers, and decide."""
    pairs = {name: pair for name, pair in (("link", link), ("apart", apart), ("why", why)) if pair is not None}
    chosen = [*pairs, *(["undo"] if undo is not None else []), *(["all"] if everything else [])]
    if len(chosen) > 1:
        wrong_usage(f"One thing at a time: --{chosen[0]} or --{chosen[1]}.")
    if lead is not None and "link" not in pairs:
        wrong_usage("--lead goes with --link: aftercare duplicates --link 12 40 --lead 40.")
    if everything:
        return _everything(as_json)
    if "why" in pairs:
        return _why(*pairs["why"], as_json)
    if undo is not None:
        return _undo(undo, as_json)
    if pairs:
        [(verb, (a, b))] = pairs.items()
        return _decide(verb, a, b, lead, as_json)
    _queue(limit, as_json)


def _queue(limit: int, as_json: bool) -> None:
    async def verb(rt: Any) -> dict[str, Any]:
        from directory.duplicates import queue

        return {**await queue.counts(), "queue": [one.as_dict() for one in await queue.waiting(limit)]}

    found = with_runtime(verb)
    if as_json:
        return show_json(found)
    typer.echo(f"{_told_twice(found['groups'])} ({found['listings']} listings).")
    typer.echo(_waits(found["waiting"]))
    for question in found["queue"]:
        _show(question)


def _told_twice(count: int) -> str:
    return f"{count} {'place is' if count == 1 else 'places are'} told by more than one publisher"


def _waits(count: int) -> str:
    return f"{count} {'pair waits' if count == 1 else 'pairs wait'} for you." if count else "Nothing waits for you."


def _show(question: dict[str, Any]) -> None:
    for side in (question["a"], question["b"]):
        facts = " · ".join(filter(None, (side["name"], side["address"], side["phone"], side["publisher"])))
        typer.echo(f"[{side['id']}] {facts}")
    for reason in question["why"]:
        typer.echo(f"      {reason['points']:+.1f}  {reason['words']}")


def _why(a: int, b: int, as_json: bool) -> None:
    async def verb(rt: Any) -> dict[str, Any]:
        from directory.duplicates import queue

        return (await queue.why(a, b)).as_dict()

    found = with_runtime(verb)
    if as_json:
        return show_json(found)
    _show(found)
    told = "They are shown as one place." if found["together"] else "They are shown as two places."
    typer.echo(
        f"{told} {found['score']:g} points; {found['standing']}{', by ' + found['who'] if found['who'] else ''}."
    )
    for one in found["history"]:
        undone = f" (takes back {one['undoes']})" if one["undoes"] else ""
        typer.echo(f"      {one['number']}: {one['what']}{undone} by {one['who']}, {one['at']:%Y-%m-%d}")


def _decide(what: str, a: int, b: int, lead: int | None, as_json: bool) -> None:
    async def verb(rt: Any) -> int:
        from directory.duplicates import deciding

        async with rt.alone():
            return await (deciding.link(rt, a, b, lead) if what == "link" else deciding.apart(rt, a, b))

    number = with_runtime(verb)
    if as_json:
        return show_json({"decision": number, "a": a, "b": b, "what": what})
    told = "are one place" if what == "link" else "are kept apart"
    say(f"Listings {a} and {b} {told}. To take it back: aftercare duplicates --undo {number}.")


def _undo(number: int, as_json: bool) -> None:
    async def verb(rt: Any) -> Two:
        from directory.duplicates import deciding

        async with rt.alone():
            decision = await deciding.undo(rt, number)
            return decision.a_id, decision.b_id

    a, b = with_runtime(verb)
    if as_json:
        return show_json({"undone": number, "a": a, "b": b})
    say(f"Decision {number} on listings {a} and {b} is taken back; they stand as before it.")


def _counted(done: int) -> None:
    if sys.stderr.isatty():
        typer.echo(f"\rCompared {done} listings …", err=True, nl=False)


def _everything(as_json: bool) -> None:
    async def verb(rt: Any) -> dict[str, Any]:
        from directory.duplicates import comparing, queue
        from directory.shadow import catch_up

        async with rt.alone():
            compared = await comparing.compare_all(_counted)
            await catch_up(rt)
        return {"compared": compared, **await queue.counts()}

    found = with_runtime(verb)
    if as_json:
        return show_json(found)
    say(f"Compared {found['compared']} listings: {_told_twice(found['groups'])}. {_waits(found['waiting'])}")
