"""Review on the command line: what waits, why, and what a person decides about it."""

import csv
import json
from pathlib import Path
from typing import Annotated, Any

import typer

from directory.cli_import import summary
from directory.terminal import guarded, say, show_json, with_runtime, wrong_usage


def review(
    batch: Annotated[int | None, typer.Argument(help="Number of a batch; none lists what waits.")] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Make the batch public.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="Drop the batch.")] = False,
    reason: Annotated[str, typer.Option(help="Why; needed to accept a batch that a check holds.")] = "",
    record: Annotated[int | None, typer.Option(help="With --accept: only this held record.")] = None,
    table: Annotated[Path | None, typer.Option("--csv", help="Write every record not listed, with its reason.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take back an applied batch; needs --reason.")] = False,
    accept_alike: Annotated[
        str, typer.Option(help="Accept undecided records of one OUTCOME, OUTCOME:REASON or OUTCOME:REASON:KIND.")
    ] = "",
    leave_alike: Annotated[str, typer.Option(help="Leave them out; written in the same way.")] = "",
    leave: Annotated[int | None, typer.Option(help="Leave one record out, by its number in the list.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """See what imports wait for a person, why, and decide."""
    asked = [accept, reject, undo, bool(accept_alike), bool(leave_alike), leave is not None]
    if sum(asked) > 1:
        wrong_usage("One of --accept, --reject, --undo, --accept-alike, --leave-alike and --leave at a time.")
    if any(asked) and batch is None:
        wrong_usage("Say which batch: aftercare review NUMBER --accept. Without a number it lists what waits.")
    if record is not None and not accept:
        wrong_usage("--record goes with --accept: aftercare review NUMBER --accept --record NUMBER.")
    alike = ("accept", accept_alike) if accept_alike else ("leave", leave_alike) if leave_alike else None

    async def act(rt: Any, one: Any) -> None:
        from directory import answers
        from directory import review as desk
        from directory import undo as undoing
        from directory.models import SourceRecord

        if accept and record is not None:
            await desk.accept_record(rt, record)
        elif accept:
            await desk.accept(one, reason)
            await desk.apply(rt, one)
        elif reject:
            await desk.reject(one, reason)
        elif undo:
            made = await undoing.undo(rt, one, reason)
            say(f"Taken back: {made.report['taken_back']} of {made.report['listings']} listings, as batch {made.id}.")
        elif alike or leave is not None:
            if alike and alike[0] == answers.ACCEPT and one.status == "applied":
                await desk.up_to_date(one)
            some = _alike(one, alike[1]) if alike else SourceRecord.filter(id=leave or 0)
            done = await answers.decide(one, some, alike[0] if alike else answers.LEAVE)
            await desk.publish_decided(rt, one)
            say(f"Decided: {done} records.")

    shown = with_runtime(lambda rt: _review(rt, batch, act))
    if table is not None:
        guarded(lambda: _write_csv(table, shown))
    if as_json:
        show_json(shown)
    else:
        _show_review(shown)


def _alike(batch: Any, written: str) -> Any:
    """OUTCOME, OUTCOME:REASON or OUTCOME:REASON:KIND; a reason may hold a colon."""
    from directory.answers import OPEN, alike
    from directory.errors import BadQuestion
    from directory.vocab import Kind

    outcome, _, rest = written.partition(":")
    if outcome not in OPEN:
        raise BadQuestion(f"An outcome is one of {', '.join(OPEN)}, not {outcome!r}.")
    reason, _, kind = rest.rpartition(":")
    if kind not in Kind._value2member_map_:
        reason, kind = rest, ""
    return alike(batch, outcome, reason or None, kind or None)


async def _review(rt: Any, number: int | None, act: Any) -> list[dict[str, Any]]:
    from directory import review as desk

    if number is None:
        return [_waiting(batch) for batch in await desk.pending()]
    async with rt.alone():
        await act(rt, await desk.find(number))
    batch = await desk.find(number)
    records = [
        {"record": r.id, "number": r.number, "key": r.key, "outcome": r.outcome, "reason": r.reason,
         "detail": r.detail, "words": r.words}
        for r in await desk.unlisted(batch)
    ]  # fmt: skip
    return [{**_waiting(batch), "records": records}]


def _waiting(batch: Any) -> dict[str, Any]:
    decision = {"batch": batch.id, "status": batch.status, "broken": batch.broken, "reason": batch.reason}
    return {**decision, **batch.report, "notes": batch.facts.get("notes", {})}


def _show_review(shown: list[dict[str, Any]]) -> None:
    if not shown:
        typer.echo("Nothing waits for you.")
    for batch in shown:
        typer.echo(f"Batch {batch['batch']} is {batch['status']}.")
        for sentence in batch["broken"]:
            typer.echo(f"  Held: {sentence}")
        summary(batch, batch["notes"])
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
