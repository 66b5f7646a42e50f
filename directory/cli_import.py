"""Importing on the command line."""

import sys
from pathlib import Path
from time import monotonic
from typing import Annotated, Any

import typer

from directory.terminal import guarded, refuse, say, show_json, with_runtime, wrong_usage

SHOWN = 12  # kinds of note
Files = Annotated[  # `readable` off: a file that may not be read is refused in our sentence and blocks no other
    list[Path], typer.Argument(help="Feed files; a folder or a zip is one feed.", show_default=False, readable=False)
]


def import_feeds(
    files: Files,
    source: Annotated[str, typer.Option(help="Source format, when it should not be told from the file.")] = "",
    publisher: Annotated[str, typer.Option(help="Who publishes the feed.")] = "",
    fellowship: Annotated[str, typer.Option(help="Fellowship code (aa, na, al_anon …) for meeting feeds.")] = "",
    timezone: Annotated[str, typer.Option(help="IANA zone of times whose place does not tell it.")] = "",
    state: Annotated[str, typer.Option(help="Two letters, for feeds that leave the state out.")] = "",
    mapping: Annotated[
        Path | None, typer.Option("--map", help="Mapping file for a spreadsheet (TOML).", readable=False)
    ] = None,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Write a first mapping for FILE to the --map path.")
    ] = False,
    everything: Annotated[
        bool | None,
        typer.Option(
            "--everything/--no-everything",
            help="Let in services that have nothing to do with aftercare, now and at this publisher's next imports.",
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Compare and report; write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Apply what no check holds back, without asking.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for the feed.")] = False,
) -> None:
    """Read feeds into the directory: sniffed, compared, staged; applied with --yes or after review."""
    if suggest:
        return _suggest(files, mapping)
    options = _options(source, publisher, fellowship, timezone, state, mapping)
    failed, reports = 0, []
    for file in files:
        try:
            report, notes = with_runtime(lambda rt, file=file: _import_one(rt, file, options, everything, dry_run, yes))  # type: ignore[misc]
        except typer.Exit as refused:
            if refused.exit_code != 1 or len(files) == 1:
                raise
            failed += 1  # one broken feed never blocks another
            continue
        reports.append(report)
        if not as_json:
            summary(report, notes)
    if as_json and reports:
        show_json(reports[0] if len(files) == 1 else _together(reports))
    if failed:
        refuse(f"{failed} of {len(files)} feeds were refused; the others were read.")


def _together(reports: list[dict[str, Any]]) -> dict[str, Any]:
    """One object for several feeds: the sums, and each feed's own account under `feeds`."""
    from collections import Counter

    counts = ("read", "new", "changed", "same", "held", "skipped", "rejected", "gone", "seconds")
    sums: dict[str, Any] = {word: sum(report[word] for report in reports) for word in counts}
    for word in ("reasons", "kinds"):
        sums[word] = dict(sum((Counter(report[word]) for report in reports), Counter[str]()))
    return sums | {"feeds": reports}


def _options(
    source: str, publisher: str, fellowship: str, timezone: str, state: str, mapping: Path | None
) -> dict[str, Any]:
    from directory.staging import NAME_LENGTH
    from directory.vocab import Fellowship
    from importers import clean
    from importers.mapping import load
    from importers.registry import source_names

    if source and source not in guarded(source_names):
        wrong_usage(f"There is no source {source!r}. The sources are: {', '.join(source_names())}.")
    if fellowship and fellowship not in Fellowship._value2member_map_:
        wrong_usage(f"There is no fellowship {fellowship!r}. Use one of: {', '.join(f.value for f in Fellowship)}.")
    if timezone and not clean.zone(timezone):
        wrong_usage(f"{timezone!r} is no IANA time zone; write it like America/New_York.")
    if state and not clean.state(state):
        wrong_usage(f"{state!r} is no state; write two letters, like OH.")
    publisher = clean.words(publisher)
    if len(publisher) > NAME_LENGTH:
        wrong_usage(f"The publisher's name is too long; {NAME_LENGTH} letters are enough.")
    return {
        "source": source or ("spreadsheet" if mapping else ""),
        "publisher": publisher,
        "fellowship": fellowship,
        "timezone": timezone,
        "state": clean.state(state),
        "mapping": guarded(lambda: load(mapping)) if mapping else None,
    }


async def _import_one(
    rt: Any, file: Path, options: dict[str, Any], everything: bool | None, dry_run: bool, yes: bool
) -> tuple[dict[str, Any], dict[str, int]]:
    """The account of one feed, and what was noticed in it."""
    from directory.review import apply
    from directory.staging import noticed, preview, publisher_for, stage
    from importers.run import read_feed

    began = monotonic()
    kept = {name: options[name] for name in ("fellowship", "timezone", "state")} | {"everything": everything}
    with _progress(f"Reading {file.name}") as progress:
        reading = read_feed([file], **options, progress=progress)
        if dry_run:
            return await preview(reading, await publisher_for(reading, **kept, dry_run=True)), noticed(reading)
        async with rt.alone():
            publisher = await publisher_for(reading, **kept, dry_run=False)
            batch, report = await stage(reading, publisher, [file.name])
    if batch.broken:
        say(f"Held for a person: {' '.join(batch.broken)} Look at it with: aftercare review {batch.id}")
    elif yes or _agreed(
        report, noticed(reading)
    ):  # asked with the bar gone and the lock free: a person may take an hour
        with _progress(f"Making {file.name} public"):
            async with rt.alone():
                await apply(rt, batch)
    else:
        say(f"Staged as batch {batch.id}; nothing is public yet. Go on with: aftercare review {batch.id}")
    return report | {"seconds": round(monotonic() - began, 2)}, noticed(reading)


def _agreed(report: dict[str, Any], notes: dict[str, int]) -> bool:
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        return False  # nobody is there to be asked; a stream that was closed is None
    summary(report, notes)
    return typer.confirm("Make this public now?", default=False, err=True)


def _progress(what: str) -> Any:
    """A progress bar on a terminal, silence elsewhere; yields what counts the records read."""
    from contextlib import contextmanager

    @contextmanager
    def bar() -> Any:
        if not (sys.stderr and sys.stderr.isatty()):
            yield None
            return
        from rich.console import Console
        from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True)) as progress:
            task = progress.add_task(what, total=None)
            yield lambda read: progress.update(task, completed=read)

    return bar()


def summary(report: dict[str, Any], notes: dict[str, int]) -> None:
    words = ("new", "changed", "same", "held", "skipped", "rejected", "gone")
    counts = ", ".join(f"{report[word]} {word}" for word in words if report[word])
    say(f"{report['publisher']} ({report['source']}): {report['read']} records read: {counts or 'nothing'}.")
    for reason, count in report["reasons"].items():
        say(f"  {count:>6}  {reason}")
    if notes:
        say("Noticed, whatever became of the records:")
    for note, count in list(notes.items())[:SHOWN]:
        say(f"  {count:>6}  {note}")
    if (more := len(notes) - SHOWN) > 0:
        say(f"  and {more} more; /admin/imports shows them with the batch")


def _suggest(files: list[Path], target: Path | None) -> None:
    from importers.mapping import suggest_for

    if target is None or len(files) != 1:
        wrong_usage("Name one file and where to write: aftercare import --map new.toml --suggest FILE")
    if target.exists():
        refuse(f"{target} is already there; name a new file or move it away.")
    text = guarded(lambda: suggest_for(files[0]))
    guarded(lambda: _write_text(target, text))
    say(f"Wrote {target}. Read it over, then: aftercare import --map {target} {files[0]}")


def _write_text(target: Path, text: str) -> None:
    from directory.outfile import written

    with written(target) as out:
        out.write(text)
