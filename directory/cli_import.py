"""The admin's verbs on the command line: import feeds, look at what waits, accept or reject it."""

import csv
import json
import sys
from pathlib import Path
from time import monotonic
from typing import Annotated, Any

import typer

from directory.terminal import guarded, refuse, say, show_json, with_runtime, wrong_usage

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
            report = with_runtime(lambda rt, file=file: _import_one(rt, file, options, everything, dry_run, yes))  # type: ignore[misc]
        except typer.Exit as refused:
            if refused.exit_code != 1 or len(files) == 1:
                raise
            failed += 1  # one broken feed never blocks another
            continue
        reports.append(report)
        if not as_json:
            _summary(report)
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
) -> dict[str, Any]:
    from directory.review import apply
    from directory.staging import preview, publisher_for, stage
    from importers.run import read_feed

    began = monotonic()
    kept = {name: options[name] for name in ("fellowship", "timezone", "state")} | {"everything": everything}
    with _progress(f"Reading {file.name}") as progress:
        reading = read_feed([file], **options, progress=progress)
        if dry_run:
            return await preview(reading, await publisher_for(reading, **kept, dry_run=True))
        async with rt.alone():
            publisher = await publisher_for(reading, **kept, dry_run=False)
            batch, report = await stage(reading, publisher, [file.name])
    if batch.broken:
        say(f"Held for a person: {' '.join(batch.broken)} Look at it with: aftercare review {batch.id}")
    elif yes or _agreed(report):  # asked with the bar gone and the lock free: a person may take an hour
        with _progress(f"Making {file.name} public"):
            async with rt.alone():
                await apply(rt, batch)
    else:
        say(f"Staged as batch {batch.id}; nothing is public yet. Go on with: aftercare review {batch.id}")
    return report | {"seconds": round(monotonic() - began, 2)}


def _agreed(report: dict[str, Any]) -> bool:
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        return False  # nobody is there to be asked; a stream that was closed is None
    _summary(report)
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


def _summary(report: dict[str, Any]) -> None:
    words = ("new", "changed", "same", "held", "skipped", "rejected", "gone")
    counts = ", ".join(f"{report[word]} {word}" for word in words if report[word])
    say(f"{report['publisher']} ({report['source']}): {report['read']} records read: {counts or 'nothing'}.")
    for reason, count in report["reasons"].items():
        say(f"  {count:>6}  {reason}")


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


def review(
    batch: Annotated[int | None, typer.Argument(help="Number of a batch; none lists what waits.")] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Make the batch public.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="Drop the batch.")] = False,
    reason: Annotated[str, typer.Option(help="Why; needed to accept a batch that a check holds.")] = "",
    record: Annotated[int | None, typer.Option(help="With --accept: only this held record.")] = None,
    table: Annotated[Path | None, typer.Option("--csv", help="Write every record not listed, with its reason.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """See what imports wait for a person, why, and decide."""
    if accept and reject:
        wrong_usage("Either --accept or --reject.")
    if (accept or reject) and batch is None:
        wrong_usage("Say which batch: aftercare review NUMBER --accept. Without a number it lists what waits.")
    if record is not None and not accept:
        wrong_usage("--record goes with --accept: aftercare review NUMBER --accept --record NUMBER.")
    shown = with_runtime(lambda rt: _review(rt, batch, accept, reject, reason, record))
    if table is not None:
        guarded(lambda: _write_csv(table, shown))
    if as_json:
        show_json(shown)
    else:
        _show_review(shown)


async def _review(
    rt: Any, number: int | None, accept: bool, reject: bool, reason: str, record: int | None
) -> list[dict[str, Any]]:
    from directory import review as desk

    if number is None:
        return [_waiting(batch) for batch in await desk.pending()]
    async with rt.alone():
        batch = await desk.find(number)
        if accept and record is not None:
            await desk.accept_record(rt, record)
        elif accept:
            await desk.apply(rt, batch, reason)
        elif reject:
            await desk.reject(batch, reason)
    records = [
        {"record": r.id, "number": r.number, "key": r.key, "outcome": r.outcome, "reason": r.reason,
         "detail": r.detail, "words": r.words}
        for r in await desk.unlisted(batch)
    ]  # fmt: skip
    return [{**_waiting(batch), "records": records}]


def _waiting(batch: Any) -> dict[str, Any]:
    decision = {"batch": batch.id, "status": batch.status, "broken": batch.broken, "reason": batch.reason}
    return {**decision, **batch.report}


def _show_review(shown: list[dict[str, Any]]) -> None:
    if not shown:
        typer.echo("Nothing waits for you.")
    for batch in shown:
        typer.echo(f"Batch {batch['batch']} is {batch['status']}.")
        for sentence in batch["broken"]:
            typer.echo(f"  Held: {sentence}")
        _summary(batch)
        for record in batch.get("records", [])[:20]:
            detail = f" ({record['detail']})" if record["detail"] else ""
            typer.echo(f"  #{record['number']} {record['outcome']}: {record['reason']}{detail} [{record['key']}]")
        if (more := len(batch.get("records", [])) - 20) > 0:
            typer.echo(f"  … and {more} more; write them all with --csv FILE")


def _write_csv(target: Path, shown: list[dict[str, Any]]) -> None:
    from directory.exchange.spreadsheet import safe
    from directory.outfile import written

    with written(target) as out:
        writer = csv.writer(out)
        writer.writerow(["number", "outcome", "reason", "detail", "key", "what the source said"])
        for batch in shown:
            for r in batch.get("records", []):
                words = json.dumps(r["words"], ensure_ascii=False)
                writer.writerow([r["number"], *(safe(r[c]) for c in ("outcome", "reason", "detail", "key")), words])
