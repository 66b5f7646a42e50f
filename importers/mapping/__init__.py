"""Mapping files: how anybody's list is read without a line of code. The language is told in docs/importing.md."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from directory.errors import Unreadable
from importers.mapping.checked import MappingFile, parse


def load(path: Path) -> MappingFile:
    """A checked mapping file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Unreadable(f"The mapping {path} cannot be read; it must be a text file in UTF-8.") from None
    return parse(text, path.name)


@cache
def shipped() -> Mapping[str, MappingFile]:
    """The mappings that come with the directory, by name."""
    folder = files("importers").joinpath("mappings")
    found = {file.name.removesuffix(".toml"): file for file in folder.iterdir() if file.name.endswith(".toml")}
    return {name: parse(found[name].read_text(encoding="utf-8"), name) for name in sorted(found)}


def suggest_for(path: Path) -> str:
    """A first mapping for a file, as text to be read over."""
    from importers.mapping.headers import first_rows  # the rest of the command line has no use for these
    from importers.mapping.suggest import suggest

    return suggest(*first_rows(path))
