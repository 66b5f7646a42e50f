"""The whole directory in one file, made while the server runs, and put back elsewhere.

A backup is a zip: `manifest.json` (when it was made, a SHA-256 of each other member) and the database, as a copy of
SQLite's own (`VACUUM INTO`, one consistent moment) or as `pg_dump --format=custom` wrote it. The index is not in it,
it is made anew. Keys are not in it either: what they seal stays sealed when a backup is stolen. They go into a second
file, to be kept somewhere else.
"""

import asyncio
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from directory.errors import BadQuestion, BadSettings, NotAllowed
from directory.outfile import written
from directory.settings import Settings

FORMAT = 1
MANIFEST, SQLITE, POSTGRES = "manifest.json", "directory.sqlite3", "directory.pgdump"
KEYS = "keys"  # the folder of the home
BLOCK = 1 << 20
EMPTIED = """DO $$ DECLARE one text; BEGIN
FOR one IN SELECT format('TABLE public.%I', tablename) FROM pg_tables WHERE schemaname = 'public'
UNION ALL SELECT format('FUNCTION public.%I(%s)', proname, pg_get_function_identity_arguments(oid))
FROM pg_proc WHERE pronamespace = 'public'::regnamespace LOOP
EXECUTE 'DROP ' || one || ' CASCADE'; END LOOP; END $$"""
NOT_OURS = "is no backup of a directory, or only a part of one; take another copy of it"


def back_up(settings: Settings, out: Path, keys: Path | None = None) -> dict[str, Any]:
    """Write a backup, and the keys beside it when asked; answers the manifest. The server may go on running."""
    if keys is not None and keys.resolve() == out.resolve():
        raise BadQuestion("The keys need a file of their own: whoever has both files can read what is sealed.")
    with TemporaryDirectory(dir=settings.home_path, prefix=".backup-") as folder, written(out, binary=True) as target:
        copy = _copied(settings, Path(folder))
        manifest = {
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "database": "sqlite" if copy.name == SQLITE else "postgres",
            "sha256": {copy.name: _digest(copy)},
        }
        _zipped(target, {MANIFEST: manifest}, [copy])
    _for_us_alone(out)
    if keys is not None:
        with written(keys, binary=True) as target:
            found = sorted(file for file in (settings.home_path / KEYS).glob("*") if file.is_file())
            sums = {f"{KEYS}/{file.name}": _digest(file) for file in found}
            _zipped(target, {MANIFEST: {"format": FORMAT, "keys": True, "sha256": sums}}, found, under=f"{KEYS}/")
        _for_us_alone(keys)
    return manifest


def restore(settings: Settings, file: Path, keys: Path | None = None, *, replace: bool = False) -> dict[str, Any]:
    """Put a backup into this home, which nobody may be using; the caller opens it (which brings its tables up to date)
    and makes the index anew. What was there is kept beside it with `replace`, else refused. NotAllowed, BadQuestion.
    """
    settings.home_path.mkdir(parents=True, exist_ok=True)
    with _nobody_else(settings), TemporaryDirectory(dir=settings.home_path, prefix=".restore-") as aside:
        manifest, member = _unpacked(file, Path(aside))
        if keys is not None:
            _unpacked(keys, Path(aside), of_keys=True)
        if member.name == POSTGRES:
            _into_postgres(settings, member, replace)
        else:
            _into_sqlite(settings, member, replace)
        if keys is not None:
            _put_keys(settings, Path(aside) / KEYS)
        shutil.rmtree(settings.index_path, ignore_errors=True)
    return manifest


def _for_us_alone(file: Path) -> None:
    if file.is_file():
        file.chmod(0o600)


async def verified(settings: Settings) -> list[str]:
    """Open what was restored, make its index anew; sentences of what does not agree.

    Lists that patients kept are left behind: one deleted since would come back, and it was promised that none can.
    """
    from directory.handoff.models import KeptList
    from directory.review import recover
    from directory.runtime import opened
    from directory.shadow import disagreements, rebuild

    async with opened(settings) as rt:
        async with rt.alone():
            await KeptList.all().delete()
            await rebuild(rt)
        await recover(rt)
        return await disagreements(rt)


def _copied(settings: Settings, folder: Path) -> Path:
    url = settings.database_url
    if url.startswith("sqlite://"):
        source, copy = Path(url.removeprefix("sqlite://")), folder / SQLITE
        if not source.exists():
            raise NotAllowed(f"There is no directory in {settings.home_path} yet; nothing was backed up.")
        with closing(sqlite3.connect(source, timeout=30)) as database:
            database.execute("VACUUM INTO ?", (str(copy),))
        return copy
    copy = folder / POSTGRES
    _postgres_tool("pg_dump", "--format=custom", "--no-owner", f"--file={copy}", "--dbname", _plain(settings))
    return copy


def _plain(settings: Settings) -> str:
    return "postgresql://" + settings.database_url.split("://", 1)[1]


def _postgres_tool(name: str, *arguments: str) -> str:
    """Run a program of PostgreSQL's; the password goes by the environment, where other users cannot list it."""
    *options, address = arguments
    from urllib.parse import unquote, urlsplit, urlunsplit

    parts = urlsplit(address)
    user = f"{parts.username}@" if parts.username else ""
    netloc = user + parts.netloc.rpartition("@")[2]
    environ = {**os.environ, **({"PGPASSWORD": unquote(parts.password)} if parts.password else {})}
    command = [name, *options, urlunsplit(parts._replace(netloc=netloc))]
    try:
        done = subprocess.run(command, env=environ, capture_output=True, text=True)  # noqa: S603  the tool by its fixed name
    except FileNotFoundError:
        raise BadSettings(
            f"{name} is needed for a PostgreSQL database; install PostgreSQL's client programs."
        ) from None
    if done.returncode:
        raise BadSettings(f"{name} could not do it: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}")
    return done.stdout


def _digest(file: Path) -> str:
    total = sha256()
    with file.open("rb") as handle:
        while block := handle.read(BLOCK):
            total.update(block)
    return total.hexdigest()


def _zipped(target: IO[bytes], texts: dict[str, Any], files: list[Path], under: str = "") -> None:
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=3) as packed:
        for name, value in texts.items():
            packed.writestr(name, json.dumps(value, indent=1))
        for file in files:
            packed.write(file, under + file.name)


def _unpacked(file: Path, aside: Path, of_keys: bool = False) -> tuple[dict[str, Any], Path]:
    """Every member the manifest names, whole by its sum; never a name that leads elsewhere."""
    try:
        with ZipFile(file) as packed:
            manifest = json.loads(packed.read(MANIFEST))
            names = list(manifest["sha256"])
            known = all(_expected(name, of_keys) for name in names) and bool(manifest.get("keys")) == of_keys
            if manifest["format"] != FORMAT or not known or not (names or of_keys):
                raise BadQuestion(f"{file} {NOT_OURS}.")
            for name in names:
                (aside / name).parent.mkdir(exist_ok=True)
                with packed.open(name) as member, (aside / name).open("wb") as out:
                    shutil.copyfileobj(member, out, BLOCK)
                if _digest(aside / name) != manifest["sha256"][name]:
                    raise BadQuestion(f"{file} is damaged: {name} is not what was backed up; take another copy.")
    except OSError as error:
        raise BadQuestion(f"{file} cannot be read ({error.strerror or error}).") from None
    except (BadZipFile, KeyError, TypeError, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        if isinstance(error, BadQuestion):
            raise
        raise BadQuestion(f"{file} {NOT_OURS}.") from None
    return manifest, aside / (names[0] if names else KEYS)


def _expected(name: str, of_keys: bool) -> bool:
    folder, _, plain = name.rpartition("/")
    return (folder == KEYS and plain not in ("", "..")) if of_keys else name in (SQLITE, POSTGRES)


@contextmanager
def _nobody_else(settings: Settings) -> Iterator[None]:
    from directory.runtime import in_use

    with in_use(settings.home_path, alone=True) as mine:
        if not mine:
            raise NotAllowed("This home is in use; stop the server and other commands first, then restore again.")
        yield


def _into_sqlite(settings: Settings, member: Path, replace: bool) -> None:
    url = settings.database_url
    if not url.startswith("sqlite://"):
        raise NotAllowed("This backup is of SQLite; AFTERCARE_DATABASE names a PostgreSQL server. Leave it empty.")
    with closing(sqlite3.connect(member)) as database:
        told = database.execute("PRAGMA integrity_check").fetchone()[0]
    if told != "ok":
        raise BadQuestion(f"The database in this backup is damaged ({told}); take another copy.")
    place = Path(url.removeprefix("sqlite://"))
    if place.exists():
        if not replace:
            raise NotAllowed(
                f"There is a directory in {settings.home_path} already; --replace keeps it beside this one."
            )
        with closing(sqlite3.connect(place)) as old:
            old.execute("PRAGMA journal_mode=DELETE")  # all of it into the one file that is kept
        place.replace(_free(place.with_name(f"{place.name}.before-restore")))
    for left in ("-wal", "-shm"):  # of a file somebody took away: it would be replayed into this one
        place.with_name(place.name + left).unlink(missing_ok=True)
    os.replace(member, place)


def _free(wanted: Path) -> Path:
    number = 1
    while (found := wanted.with_name(f"{wanted.name}-{number}")).exists():
        number += 1
    return found


def _into_postgres(settings: Settings, member: Path, replace: bool) -> None:
    if settings.database_url.startswith("sqlite://"):
        raise NotAllowed("This backup is of PostgreSQL; set AFTERCARE_DATABASE to the server it should go to.")
    count = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
    found = _postgres_tool("psql", "--no-psqlrc", "-At", "-c", count, "--dbname", _plain(settings))
    if int(found.strip() or 0) and not replace:
        raise NotAllowed("That PostgreSQL database holds tables already; name an empty one, or use --replace.")
    if replace:
        _postgres_tool("psql", "--no-psqlrc", "-q", "-c", EMPTIED, "--dbname", _plain(settings))
    options = ("--no-owner", "--exit-on-error", "--single-transaction", str(member))
    _postgres_tool("pg_restore", *options, "--dbname", _plain(settings))


def _put_keys(settings: Settings, found: Path) -> None:
    folder = settings.home_path / KEYS
    folder.mkdir(mode=0o700, exist_ok=True)
    for file in sorted(found.glob("*")):
        file.chmod(0o600)
        os.replace(file, folder / file.name)


def check_restored(settings: Settings) -> list[str]:
    return asyncio.run(verified(settings))
