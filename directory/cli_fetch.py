"""The verb that fetches feeds from where their publishers keep them."""

from typing import Annotated, Any

import typer

from directory.terminal import refuse, say, with_runtime, wrong_usage


def fetch(
    publisher: Annotated[str, typer.Argument(help="Name of a publisher with a feed address.", show_default=False)] = "",
    due: Annotated[bool, typer.Option("--due", help="All whose schedule says it is time.")] = False,
) -> None:
    """Fetch a feed from a host that AFTERCARE_FEED_HOSTS allows, compare and stage it."""
    if bool(publisher) == due:
        wrong_usage('Name one publisher, or say --due: aftercare fetch "Central Office"')
    told = with_runtime(lambda rt: _fetch(rt, publisher))
    for name, sentence, _ in told:
        say(f"{name}: {sentence}")
    if any(not sound for _, _, sound in told):
        refuse("Not every feed could be fetched.")


async def _fetch(rt: Any, name: str) -> list[tuple[str, str, bool]]:
    from datetime import UTC, datetime

    from directory import fetching

    chosen = [await fetching.named(name)] if name else await fetching.due(datetime.now(UTC))
    found = []
    for one in chosen:
        sentence = await fetching.fetch(rt, one)
        found.append((one.name, sentence, sentence.startswith(("batch ", "nothing "))))
    return found
