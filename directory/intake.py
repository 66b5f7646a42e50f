"""A feed brought in by the server: files in a folder of their own, read, compared and staged; progress for pages.

The folder is `incoming/` in the home. Files go as soon as they are read; what a kill leaves is swept at the next start,
and the half-read batch is dropped by `review.recover`.
"""

import asyncio
import fcntl
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any, TextIO

from directory.errors import DirectoryError, NotFound
from directory.models import Batch
from directory.review import apply
from directory.runtime import Runtime
from directory.staging import publisher_for, stage
from importers.run import Reading, read_feed

FOLDER, STATE, LOCK = "incoming", "job.json", "job.lock"
OPTIONS = ("source", "publisher", "fellowship", "timezone", "state")
FACTS = ("fellowship", "timezone", "state")


@dataclass
class Job:
    """One upload on its way; kept beside its files, so that every process of the server can tell of it."""

    id: str
    names: list[str] = field(default_factory=list)
    status: str = "reading"  # reading done
    read: int = 0  # records of the feed being read
    ended: list[dict[str, Any]] = field(default_factory=list)  # per feed: name, batch or told

    @property
    def running(self) -> bool:
        return self.status == "reading"


def open_job(home: Path) -> tuple[Job, Path]:
    """A new job and the folder for its files."""
    job = Job(token_hex(8))
    folder = home / FOLDER / job.id
    folder.mkdir(parents=True, mode=0o700)
    return job, folder


def find_job(home: Path, job_id: str) -> Job:
    """As it stands now; one whose server died counts as ended."""
    folder = home / FOLDER / job_id
    if not (job_id.isalnum() and (folder / STATE).is_file()):
        raise NotFound("That upload is over; look at the batches.")
    job = Job(**json.loads((folder / STATE).read_text(encoding="utf-8")))
    if job.running and not _held(folder):
        job.status = "done"
        job.ended.append({"name": "", "batch": None, "told": "The server stopped in the middle. Send the file again."})
    return job


def running(home: Path) -> list[Job]:
    folders = sorted((home / FOLDER).glob(f"*/{STATE}")) if (home / FOLDER).is_dir() else []
    jobs = [find_job(home, one.parent.name) for one in folders]
    return [job for job in jobs if job.running]


def sweep(home: Path) -> None:
    """Remove what ended or died jobs left; for the start of a server."""
    for folder in (home / FOLDER).glob("*"):
        if folder.is_dir() and not _held(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _held(folder: Path) -> bool:
    try:
        with (folder / LOCK).open("a") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def hold(folder: Path) -> TextIO:
    """Says that the job lives, until it is closed; the kernel closes it when the process dies."""
    handle = (folder / LOCK).open("a")
    fcntl.flock(handle, fcntl.LOCK_EX)
    return handle


def note(folder: Path, job: Job) -> None:
    aside = folder / f"{STATE}.new"
    aside.write_text(json.dumps(asdict(job)), encoding="utf-8")
    os.replace(aside, folder / STATE)


async def run(
    rt: Runtime, job: Job, folder: Path, alive: TextIO, feeds: Sequence[Sequence[Path]], options: Mapping[str, str]
) -> None:
    """Stage every feed of a job that is held `alive`; one that is refused never blocks another."""
    with alive:
        for files in feeds:
            job.ended.append(await _one(rt, job, folder, files, options))
            job.read = 0
            note(folder, job)
        job.status = "done"
        for file in [file for files in feeds for file in files]:
            file.unlink(missing_ok=True)
        note(folder, job)


async def _one(
    rt: Runtime, job: Job, folder: Path, files: Sequence[Path], options: Mapping[str, str]
) -> dict[str, Any]:
    def progress(read: int) -> None:
        job.read = read
        note(folder, job)

    name = ", ".join(file.name for file in files)
    try:
        batch = await take_in(rt, files, options, progress)
    except DirectoryError as refused:
        return {"name": name, "batch": None, "told": str(refused)}
    except OSError as broken:
        return {"name": name, "batch": None, "told": f"It could not be read ({broken.strerror or broken})."}
    return {"name": name, "batch": batch.id, "told": ""}


async def take_in(
    rt: Runtime, files: Sequence[Path], options: Mapping[str, str], progress: Any = None, hands_off: bool = False
) -> Batch:
    """One feed staged, and made public when `hands_off` and no check holds it back."""
    given: dict[str, Any] = {name: options.get(name, "") for name in OPTIONS}
    reading: Reading = await asyncio.to_thread(lambda: read_feed(files, **given, progress=progress))
    async with rt.alone():
        facts = {name: given[name] for name in FACTS}
        publisher = await publisher_for(reading, **facts, dry_run=False)
        batch, _ = await stage(reading, publisher, [file.name for file in files])
        if hands_off and not batch.broken:
            await apply(rt, batch)
    return batch
