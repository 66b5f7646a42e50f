"""Where the folders that are not Python lie: beside the package in a checkout, inside it when installed."""

from pathlib import Path

from directory.errors import BadSettings

PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """`templates` or `seeds`; the copy inside the package wins, so that an installed wheel never reads a neighbor."""
    for home in (PACKAGE / "_shipped", PACKAGE.parent):
        if (home / name).is_dir():
            return home / name
    raise BadSettings(f"The folder {name!r} is missing from this installation; install aftercare-directory again")


def templates() -> Path:
    return folder("templates")


def seeds() -> Path:
    return folder("seeds")
