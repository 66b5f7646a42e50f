"""The command line: `aftercare VERB`. Heavy parts are imported inside the verbs, so that help answers at once."""

import sys
from typing import Annotated, Any

import typer

from directory import (
    cli_account,
    cli_backup,
    cli_calls,
    cli_desk,
    cli_duplicates,
    cli_export,
    cli_fetch,
    cli_find,
    cli_import,
    cli_keys,
    cli_reports,
    cli_review,
)
from directory.terminal import guarded, refuse, say, settings, show_json, with_runtime

app = typer.Typer(
    name="aftercare",
    help="An open directory of recovery aftercare: import feeds, search near a place, write the handoff.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("import")(cli_import.import_feeds)
app.command("review")(cli_review.review)
app.command("fetch")(cli_fetch.fetch)
app.command("reports")(cli_reports.reports)
app.command("today")(cli_desk.today)
app.command("publishers")(cli_desk.publishers)
app.add_typer(cli_desk.listing, name="listing", help="Add, edit, retire, restore single listings; their history.")
app.command("backup")(cli_backup.backup)
app.command("restore")(cli_backup.restore)
app.command("audit")(cli_account.audit)
app.add_typer(cli_account.app, name="account", help="Make accounts, list them, let people in again or keep them out.")
app.add_typer(cli_keys.app, name="keys", help="Make new keys for what is sealed and signed.")
app.command("calls")(cli_calls.calls)
app.command("link")(cli_calls.link)
app.command("duplicates")(cli_duplicates.duplicates)
app.command("search")(cli_find.search)
app.command("show")(cli_find.show)
app.command("match")(cli_find.match)
app.command("handoff")(cli_find.handoff)
app.command("export")(cli_export.export)


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
    from directory.demo import load_seeds, make_accounts

    loaded = with_runtime(load_seeds)
    say(f"{loaded} invented listings for Columbus, Ohio are loaded. No account is needed to search.")
    say("To look at the other side, sign in at /sign-in; these made-up accounts are valid in this home only:")
    for name, password in with_runtime(make_accounts).items():
        say(f"  {name:<13} {password}")
    say("A planner makes a handoff at /planner: needs, places, the first seven days, the packet.")
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
        access_log=False, log_config=None, server_header=False, timeout_graceful_shutdown=20,
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
def reindex() -> None:
    """Make the search index anew from the database."""

    async def verb(rt: Any) -> int:
        from directory.shadow import rebuild

        async with rt.alone():
            return await rebuild(rt)

    say(f"Indexed {with_runtime(verb)} listings.")


@app.command()
def check() -> None:
    """See that database, index, sources, keys and audit trail agree; exit 1 with what does not."""

    async def verb(rt: Any) -> list[str]:
        from directory.duplicates.queue import broken
        from directory.security.checking import unsound
        from directory.shadow import disagreements
        from importers.registry import problems

        return [*problems(), *await broken(), *await disagreements(rt), *await unsound(rt)]

    found = with_runtime(verb)
    for sentence in found:
        say(sentence)
    if found:
        raise typer.Exit(1)
    say("Database, index, sources and keys agree.")


def main() -> None:
    try:
        guarded(app)
    except typer.Exit as refused:
        sys.exit(refused.exit_code)
