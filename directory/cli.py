"""The command line: `aftercare VERB`. Heavy parts are imported inside the verbs, so that help answers at once."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from directory import cli_duplicates, cli_find, cli_import, cli_reports
from directory.terminal import guarded, refuse, say, settings, show_json, with_runtime, wrong_usage

app = typer.Typer(
    name="aftercare",
    help="An open directory of recovery aftercare: import feeds, search near a place, write the handoff.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("import")(cli_import.import_feeds)
app.command("review")(cli_import.review)
app.command("reports")(cli_reports.reports)
app.command("duplicates")(cli_duplicates.duplicates)
app.command("search")(cli_find.search)
app.command("show")(cli_find.show)
app.command("match")(cli_find.match)
app.command("handoff")(cli_find.handoff)


@app.command()
def init() -> None:
    """Make the home folder, the database and an empty index; safe to run again."""

    async def verb(rt: Any) -> str:
        return str(rt.settings.home_path)

    say(f"Ready: {with_runtime(verb)}")


@app.command()
def demo(
    serve_after: Annotated[bool, typer.Option("--serve/--no-serve", help="Start the web server after loading.")] = True,
) -> None:
    """Load the invented seed listings of Columbus, Ohio, through the importers, and serve them."""
    from directory.demo import load_seeds

    loaded = with_runtime(load_seeds)
    say(f"{loaded} invented listings for Columbus, Ohio are loaded. No account is needed to search.")
    if serve_after:
        _serve()


@app.command()
def serve(
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer; one a core is enough.")] = 1,
) -> None:
    """Serve the web pages at AFTERCARE_HOST:AFTERCARE_PORT."""
    _serve(workers)


def _serve(workers: int = 1) -> None:
    import socket
    from errno import EADDRINUSE

    import uvicorn

    chosen = settings()
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((chosen.host, int(chosen.port)))
        except OSError as error:
            name = "AFTERCARE_PORT to a free port" if error.errno == EADDRINUSE else "AFTERCARE_HOST and AFTERCARE_PORT"
            refuse(f"Cannot listen on {chosen.host}:{chosen.port} ({error.strerror}). Set {name}.")
    with_runtime(_nothing)  # what cannot be opened is said in a sentence, before the server starts
    say(f"Open http://{chosen.host}:{chosen.port} in a browser. Stop with Ctrl-C.")
    # no access log: paths and addresses of people who search are nobody's business
    config = uvicorn.Config(
        "directory.app:from_environment", factory=True, workers=workers, host=chosen.host, port=int(chosen.port),
        access_log=False, log_level="warning", server_header=False,
    )  # fmt: skip
    guarded(lambda: _run(config))


def _run(config: Any) -> None:
    import socket

    from uvicorn import Server
    from uvicorn.supervisors import Multiprocess

    if config.workers == 1:
        return Server(config).run()
    listening = config.bind_socket()  # as uvicorn does, but a page's end must not wait 40 ms for the next packet
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    Multiprocess(config, sockets=[listening]).run()


async def _nothing(rt: Any) -> None: ...


@app.command()
def sources(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the feed formats that can be read, each with its facts."""
    from importers.registry import facts, source_names

    rows = [{"source": name, **facts(name)} for name in source_names()]
    if as_json:
        return show_json(rows)
    for row in rows:
        typer.echo(f"{row['source']:<18} {row['title']}  ({row['licence']})")


@app.command()
def export(
    form: Annotated[str, typer.Option("--as", help="hsds, meeting-guide, fhir, geojson or csv.")],
    out: Annotated[Path, typer.Option(help="File to write.")],
) -> None:
    """Write every public listing in an open format."""
    from directory.exchange.formats import FORMATS

    if form not in FORMATS:
        wrong_usage(f"--as is one of {', '.join(FORMATS)}, not {form!r}.")
    count = with_runtime(lambda rt: _export(rt, form, out))
    say(f"Wrote {count} listings to {out}.")


async def _export(rt: Any, form: str, out: Path) -> int:
    from datetime import UTC, datetime

    from directory.catalog import every
    from directory.exchange.formats import writer
    from directory.outfile import written

    listings = [one async for one in every(rt)]
    with written(out) as target:
        count: int = await asyncio.to_thread(writer(form), listings, target, datetime.now(UTC))
    return count


@app.command()
def reindex() -> None:
    """Make the search index anew from the database."""

    async def verb(rt: Any) -> int:
        from directory.shadow import rebuild

        async with rt.alone():
            return await rebuild(rt)

    say(f"Indexed {with_runtime(verb)} listings.")


@app.command()
def check() -> None:
    """See that database, index and sources agree; exit 1 with what does not."""

    async def verb(rt: Any) -> list[str]:
        from directory.duplicates.queue import broken
        from directory.shadow import disagreements
        from importers.registry import problems

        return [*problems(), *await broken(), *await disagreements(rt)]

    found = with_runtime(verb)
    for sentence in found:
        say(sentence)
    if found:
        raise typer.Exit(1)
    say("Database, index and sources agree.")


def main() -> None:
    try:
        guarded(app)
    except typer.Exit as refused:
        sys.exit(refused.exit_code)
