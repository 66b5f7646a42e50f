"""`aftercare backup` and `aftercare restore`."""

from pathlib import Path
from typing import Annotated

import typer

from directory.terminal import guarded, refuse, say, settings

File = Annotated[Path, typer.Argument(help="The backup, one file.", show_default=False, readable=False)]


def backup(
    file: File,
    keys: Annotated[
        Path | None, typer.Option(help="Write the keys into this second file; keep it somewhere else.")
    ] = None,
) -> None:
    """Copy the whole directory into one file; the server may go on running."""
    from directory.backup import back_up

    made = guarded(lambda: back_up(settings(), file, keys))
    say(f"Backed up the {made['database']} database to {file}.")
    if keys is None:
        say("The keys are not in it: codes for signing in and programs' links need them. Add --keys FILE to copy them.")
    else:
        say(f"The keys are in {keys}. Whoever has both files can read what is sealed: keep them apart.")


def restore(
    file: File,
    keys: Annotated[Path | None, typer.Option(help="The keys' file, from `backup --keys`.")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Also where there is a directory already (SQLite's is kept beside it).")
    ] = False,
) -> None:
    """Put a backup into this home, bring its tables up to date, make the index anew and check it."""
    from directory.backup import check_restored
    from directory.backup import restore as put_back

    made = guarded(lambda: put_back(settings(), file, keys, replace=replace))
    found = guarded(lambda: check_restored(settings()))
    for sentence in found:
        say(sentence)
    if found:
        refuse("The backup is in place, but not all of it agrees; see above.")
    say(f"Restored what was backed up on {made['made_at']} into {settings().home_path}; database and index agree.")
    if keys is None:
        say("Without the keys, codes for signing in and programs' links have to be made anew.")
