"""The desk's other verbs on the command line: what waits today, publishers, and single listings by hand."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from directory.terminal import guarded, say, show_json, with_runtime, wrong_usage

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Number = Annotated[int, typer.Argument(help="Number of a listing.")]
Reason = Annotated[str, typer.Option(help="Why; it stands in the listing's history.")]
Draft = Annotated[Path, typer.Argument(help="A listing as JSON, as `aftercare show NUMBER --json` prints it.")]
listing = typer.Typer(no_args_is_help=True)
BESIDE = ("id", "publisher", "source", "licence", "retrieved_on")  # what `show` tells beside the listing's own facts


def today(as_json: Json = False) -> None:
    """See what needs a person today, the urgent first."""
    from directory.today import matters

    found = with_runtime(lambda rt: matters(rt, datetime.now(UTC)))
    if as_json:
        return show_json(
            [{"words": one.words, "count": one.count, "urgent": one.urgent, "detail": one.detail} for one in found]
        )
    for one in found:
        typer.echo(f"{one.count:>6}  {one.words}{'!' if one.urgent else ''}{f' ({one.detail})' if one.detail else ''}")
    if not found:
        say("Nothing waits.")


def publishers(
    number: Annotated[int | None, typer.Argument(help="Number of a publisher, to see or change one.")] = None,
    change: Annotated[
        list[str] | None, typer.Option("--set", help="NAME=VALUE: trust=70, pass_on=no, schedule=weekly …")
    ] = None,
    as_json: Json = False,
) -> None:
    """List publishers, see one, or change what holds for its records."""
    from directory.publishers import NAMES

    pairs = dict(one.partition("=")[::2] for one in change or [])
    if pairs and number is None:
        wrong_usage("--set goes with the number of a publisher: aftercare publishers 3 --set trust=70")
    if odd := sorted(set(pairs) - set(NAMES)):
        wrong_usage(f"A publisher has no {odd[0]!r}. It has: {', '.join(NAMES)}.")
    rows = with_runtime(lambda rt: _publishers(rt, number, pairs))
    if as_json:
        return show_json(rows)
    for row in rows:
        typer.echo(f"[{row['id']}] {row['name']} ({row['source']})")
        if number is not None:
            for name in NAMES:
                typer.echo(f"  {name}: {row[name]}")


async def _publishers(rt: Any, number: int | None, pairs: dict[str, str]) -> list[dict[str, Any]]:
    from directory import publishers as shelf
    from directory.errors import BadQuestion
    from directory.models import Publisher

    rows = await Publisher.all().order_by("name") if number is None else [await shelf.find(number)]
    if pairs:
        facts, problems = shelf.read({**shelf.shown(rows[0]), **pairs}, rt.settings)
        if problems:
            raise BadQuestion(" ".join(f"{name}: {words}" for name, words in problems.items()))
        await shelf.save(rows[0], facts, datetime.now(UTC))
    return [{"id": row.id, "name": row.name, "source": row.source, **shelf.shown(row)} for row in rows]


@listing.command()
def add(file: Draft) -> None:
    """Add one listing of no feed; it is public at once."""
    from directory import byhand

    async def verb(rt: Any) -> int:
        async with rt.alone():
            return await byhand.add(rt, _draft(file, byhand.new_key()))

    say(f"Listing {with_runtime(verb)} is public.")


@listing.command()
def edit(number: Number, file: Draft, reason: Reason = "") -> None:
    """Save a person's reading of a listing; its feed asks before it changes it again."""
    from directory import byhand

    async def verb(rt: Any) -> bool:
        async with rt.alone():
            row = await byhand.find(number)
            return await byhand.change(rt, number, _draft(file, row.key), byhand.version(row), reason)

    say(f"Listing {number} is saved." if with_runtime(verb) else f"Listing {number} says that already.")


@listing.command()
def retire(numbers: Annotated[list[int], typer.Argument(help="Numbers of listings.")], reason: Reason) -> None:
    """Take listings out of the public directory; they and their history stay."""
    from directory import byhand

    async def verb(rt: Any) -> int:
        async with rt.alone():
            return await byhand.retire_all(rt, numbers, reason)

    done = with_runtime(verb)
    say(f"{done} {'listing is' if done == 1 else 'listings are'} no longer public.")


@listing.command()
def restore(number: Number, reason: Reason = "") -> None:
    """Make a retired listing public again."""
    from directory import byhand

    async def verb(rt: Any) -> None:
        async with rt.alone():
            await byhand.restore(rt, number, reason)

    with_runtime(verb)
    say(f"Listing {number} is public again.")


@listing.command()
def history(number: Number, as_json: Json = False) -> None:
    """See everything that ever happened to a listing: when, by whom, why, and what changed."""

    async def verb(rt: Any) -> list[Any]:
        from directory.byhand import find
        from directory.history import history as told

        return await told(await find(number))

    events = with_runtime(verb)
    if as_json:
        return show_json([asdict(one) for one in events])
    for one in events:
        by = f" by {one.who}" if one.who else ""
        typer.echo(f"{one.at:%Y-%m-%d %H:%M}  {one.what}{by}{f': {one.reason}' if one.reason else ''}")
        for field in one.changed:
            typer.echo(f"    {field.field}: {field.before or 'nothing'} → {field.after or 'nothing'}")


def _draft(file: Path, key: str) -> Any:
    """A listing read from JSON; what it cannot say is refused in a sentence."""
    from directory.errors import BadQuestion
    from directory.listing import ListingDraft

    def read() -> Any:
        try:
            plain = json.loads(file.read_text(encoding="utf-8-sig"))
            told = {name: value for name, value in plain.items() if name not in BESIDE}
            draft = ListingDraft.from_dict({**told, "source_key": key})
            problems = draft.problems()
            draft.as_dict()
        except OSError as error:
            raise BadQuestion(f"{file} cannot be read ({error.strerror}).") from None
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise BadQuestion(f"{file} is no listing as `aftercare show NUMBER --json` prints it ({error}).") from None
        if problems:
            raise BadQuestion(f"{file}: {problems[0]}.")
        return draft

    return guarded(read)
