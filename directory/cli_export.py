"""Writing what we hold in open formats, and saying plainly what was left out and why."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from directory.terminal import say, with_runtime, wrong_usage

UNSURE = "their licence is not known"


def export(
    form: Annotated[str, typer.Option("--as", help="hsds, meeting-guide, fhir, geojson or csv.")],
    out: Annotated[Path, typer.Option(help="File to write. HSDS is written as tables into a .zip or a folder.")],
    publisher: Annotated[str, typer.Option(help="Only listings of this publisher.")] = "",
    to_pass_on: Annotated[
        bool, typer.Option("--to-pass-on", help="Leave out what no known licence and no admin lets others have.")
    ] = False,
) -> None:
    """Write every public listing in an open format."""
    from directory.exchange.formats import FORMATS

    if form not in FORMATS:
        wrong_usage(f"--as is one of {', '.join(FORMATS)}, not {form!r}.")
    count, left_out, unsure = with_runtime(lambda rt: _export(form, out, publisher, to_pass_on))
    say(f"Wrote {count} listings to {out}.")
    for reason, how_many in left_out.items():
        say(f"Left out {how_many}: {reason}.")
    if unsure:
        say(f"Of {unsure} the licence is not known: ask their publishers before others get them, or use --to-pass-on.")


async def _export(form: str, out: Path, publisher: str, to_pass_on: bool) -> tuple[int, Counter[str], int]:
    """How many were written, how many were left out for which reason, and how many are the operator's own to judge."""
    from datetime import UTC, datetime

    from directory.errors import BadQuestion
    from directory.models import Publisher
    from directory.published import streamed

    if publisher and not await Publisher.exists(name=publisher):
        raise BadQuestion(f"There is no publisher {publisher!r}; `aftercare export --as csv` names each in its column.")
    left_out, unsure = Counter[str](), Counter[str]()
    loop, now = asyncio.get_running_loop(), datetime.now(UTC)

    def write() -> int:
        every = (one for one in streamed(loop) if not publisher or one.publisher == publisher)
        return _write(form, out, _sorted_out(every, to_pass_on, left_out, unsure), now)

    return await asyncio.to_thread(write), left_out, unsure.total()


def _sorted_out(
    listings: Iterable[Any], to_pass_on: bool, left_out: Counter[str], unsure: Counter[str]
) -> Iterator[Any]:
    from directory.exchange.public import unsure as is_unsure
    from directory.exchange.public import withheld

    for one in listings:
        reason = withheld(one) or (UNSURE if to_pass_on and is_unsure(one) else "")
        if reason:
            left_out[reason] += 1
        else:
            unsure[one.publisher] += is_unsure(one)
            yield one


def _write(form: str, out: Path, listings: Iterable[Any], now: Any) -> int:
    from directory.exchange.formats import writer
    from directory.outfile import written

    new_folder = not out.suffix and not out.exists()
    if form == "hsds" and (out.is_dir() or new_folder or out.suffix.casefold() == ".zip"):
        return _write_tables(out, listings, now)
    with written(out) as target:
        return writer(form)(listings, target, now)


def _write_tables(out: Path, listings: Iterable[Any], now: Any) -> int:
    """The tables of HSDS: made aside, then each put in its place, so that an older one is never half overwritten."""
    from tempfile import TemporaryDirectory

    from directory.errors import BadQuestion
    from directory.exchange.hsds_tables import write_folder, zipped
    from directory.outfile import written

    if not out.parent.is_dir():
        raise BadQuestion(f"There is no folder {out.parent}; make it first, or name another.")
    whole = out.suffix.casefold() == ".zip"
    with TemporaryDirectory(dir=out.parent, prefix=".aftercare-") as name:
        folder = Path(name)
        count = write_folder(listings, folder, now)
        if whole:
            with written(out, binary=True) as handle:
                zipped(folder, handle)
        else:
            out.mkdir(exist_ok=True)
            for file in folder.iterdir():
                file.replace(out / file.name)
    return count
