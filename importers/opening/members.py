"""The files of a feed: itself, a directory's or a zip's; nothing is ever unpacked to disk."""

import gzip
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EINVAL
from pathlib import Path
from typing import IO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from directory.errors import Unreadable

MOST_MEMBERS = 2000
MOST_BYTES = 4 * 2**30  # unpacked, all members together
BIG, MOST_RATIO = 20 * 2**20, 200  # above this size no honest table packs tighter than this
LONGEST_NAME = 80  # signs of a name in a sentence
ZIP, OLE, GZIP = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b"
_NOT_TABLES = {
    b"%PDF": "a PDF",
    GZIP: "a gzip file; unpack it first",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"PK\x05\x06": "an empty zip",
    b"Rar!": "a RAR archive; unpack it first",
    b"7z\xbc\xaf": "a 7z archive; unpack it first",
    b"SQLite format": "a database file",
}
_SCRIPT = re.compile(r"(?:/\*\*/)?\s*[\w$.]{1,80}\s*\(\s*[\[{]")
_LEFT_BEHIND = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})


class NoTable(Unreadable):
    """A file that is whole but no table: passed over beside others, refused alone."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a feed; `open` starts it again from its first byte."""

    name: str
    size: int
    opener: Callable[[], IO[bytes]]

    def open(self) -> IO[bytes]:
        return self.opener()

    def head(self, length: int = 4096) -> bytes:
        with self.open() as file:
            return file.read(length)


@contextmanager
def guarded(name: str) -> Iterator[None]:
    """What goes wrong under our hands while reading a file, said in one sentence."""
    try:
        yield
    except (BadZipFile, zlib.error, EOFError, NotImplementedError) as broken:
        raise Unreadable(_damaged(name)) from broken
    except RuntimeError as broken:  # how zipfile says "encrypted"
        if "password" not in str(broken) and "encrypted" not in str(broken):
            raise
        raise Unreadable(f"{shown(name)} is locked with a password; save it without one and send it again.") from broken
    except OSError as broken:
        raise Unreadable(f"{shown(name)} could not be read ({broken.strerror or broken}).") from broken


@contextmanager
def archive(name: str, file: Path | IO[bytes]) -> Iterator[ZipFile]:
    """A zip; damage to its list of names, which zipfile trusts, is said to be that."""
    try:
        with ZipFile(file) as opened:
            yield opened
    except Unreadable:  # a ValueError too, and already a sentence
        raise
    except (ValueError, IndexError, OverflowError, struct.error, OSError) as broken:
        if isinstance(broken, OSError) and broken.errno != EINVAL:  # a seek to where no file can be
            raise
        raise Unreadable(_damaged(name)) from broken


def _damaged(name: str) -> str:
    return f"{shown(name)} is a damaged or cut-off archive; ask its sender for it again."


def shown(name: str, longest: int = LONGEST_NAME) -> str:
    """A name as a sentence can hold it: those in a damaged or hostile file have any signs and any length."""
    plain = "".join(sign if sign.isprintable() else "?" for sign in name)
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"


def members(paths: Sequence[Path]) -> list[Member]:
    """Every file of the feed, in the order of their names."""
    found: list[Member] = []
    for path in paths:
        with guarded(path.name):
            if path.is_dir():
                found += _of_directory(path)
            elif not path.exists():
                raise Unreadable(f"There is no file {shown(path.name)}.")
            else:
                found += _of_file(path, path.name)
    if len(found) > MOST_MEMBERS:
        raise Unreadable(f"It holds {len(found)} files; a feed has at most {MOST_MEMBERS}.")
    return found


def _of_directory(path: Path) -> list[Member]:
    files = sorted(file for file in path.rglob("*") if file.is_file() and _wanted(file.relative_to(path).as_posix()))
    if len(files) > MOST_MEMBERS:
        raise Unreadable(f"{shown(path.name)} holds {len(files)} files; a feed has at most {MOST_MEMBERS}.")
    home = path.resolve()
    if led_out := next((file for file in files if not file.resolve().is_relative_to(home)), None):
        raise Unreadable(
            f"{shown(path.name)} holds a link to a file outside itself ({shown(led_out.name)}); remove it."
        )
    return [member for file in files for member in _of_file(file, file.relative_to(path).as_posix())]


def _of_file(path: Path, name: str) -> list[Member]:
    if not path.is_file():
        raise Unreadable(f"{shown(name)} is no ordinary file.")
    member = Member(shown(name), path.stat().st_size, lambda: path.open("rb"))
    if member.head(2) == GZIP:
        return [_gzipped(member, path)]
    if member.head(4) != ZIP:
        return [member]
    with archive(name, path) as opened:
        inside = [info for info in opened.infolist() if not info.is_dir()]
    refuse_bombs(name, inside, MOST_BYTES)
    refuse_outside(name, inside)
    if is_workbook(info.filename for info in inside):
        return [member]
    return [
        Member(shown(info.filename), info.file_size, _opener(path, info))
        for info in sorted(inside, key=lambda info: info.filename)
        if _wanted(info.filename)
    ]


def _gzipped(packed: Member, path: Path) -> Member:
    """The one file in it, as servers pack bulk answers; a packed archive is left to people."""

    def opened() -> IO[bytes]:
        return cast(IO[bytes], gzip.open(path))

    name = re.sub(r"\.gz$", "", packed.name, flags=re.I)
    size = 0
    with opened() as file:
        while chunk := file.read(2**20):
            if not size and chunk[257:262] == b"ustar":
                raise NoTable(f"{packed.name} is a tar archive; unpack it first.")
            size += len(chunk)
            if size > MOST_BYTES or (size > BIG and size > MOST_RATIO * packed.size):
                raise Unreadable(
                    f"{packed.name} unpacks to far more than any feed holds. Ask its sender for the plain file."
                )
    return Member(name, size, opened)


def is_workbook(names: Iterable[str]) -> bool:
    return any(name.startswith("xl/workbook.") or name in ("content.xml", "[Content_Types].xml") for name in names)


def _opener(path: Path, info: ZipInfo) -> Callable[[], IO[bytes]]:
    def opened() -> IO[bytes]:
        with archive(path.name, path) as whole:
            return whole.open(info)

    return opened


def refuse_bombs(name: str, inside: list[ZipInfo], most: int) -> None:
    if len(inside) > MOST_MEMBERS:
        raise Unreadable(f"{shown(name)} holds {len(inside)} files; a feed has at most {MOST_MEMBERS}. Split it.")
    if sum(info.file_size for info in inside) > most:
        raise Unreadable(f"{shown(name)} unpacks to more than {most // 2**20} MiB; split it into smaller feeds.")
    for info in inside:
        if info.file_size > BIG and info.file_size > MOST_RATIO * max(info.compress_size, 1):
            raise Unreadable(
                f"{shown(name)} unpacks {shown(info.filename)} to more than {MOST_RATIO} times its size;"
                " that is no table. Ask its sender for the plain file."
            )


def refuse_outside(name: str, inside: list[ZipInfo]) -> None:
    """Nothing is unpacked to disk, but an archive that names files outside itself was made to do harm."""
    for info in inside:
        parts = re.split(r"[\\/]", info.orig_filename)
        if ".." in parts or not parts[0] or re.fullmatch(r"[A-Za-z]:.*", parts[0]):
            raise Unreadable(
                f"{shown(name)} names a file outside itself ({shown(info.orig_filename)}); do not trust it."
                " Ask for a new one."
            )


def _wanted(name: str) -> bool:
    """Not hidden, not what an operating system left behind."""
    parts = name.replace("\\", "/").split("/")
    return (
        not any(part.startswith((".", "__MACOSX", "~$")) for part in parts) and parts[-1].casefold() not in _LEFT_BEHIND
    )


def kind_of(member: Member) -> str:
    """csv, json or xlsx by the first bytes; NoTable says what it is instead."""
    head = member.head()
    if head[:4] in (ZIP, OLE):
        return "xlsx"
    for magic, what in _NOT_TABLES.items():
        if head.startswith(magic):
            raise NoTable(f"{member.name} is {what}, not a feed.")
    text = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "ignore").replace(
        "\x00", ""
    )
    text = text.lstrip().casefold()
    if not text:
        raise NoTable(f"{member.name} is empty.")
    if text.startswith(("<!doctype", "<html", "<head", "<?xml", "<?php", "<rss")):
        what = "XML" if text.startswith(("<?xml", "<rss")) else "a web page"
        raise NoTable(f"{member.name} is {what}, not a feed of records.")
    if head[:2] not in (b"\xff\xfe", b"\xfe\xff") and sum(byte < 9 for byte in head) > len(head) * 0.6:
        raise NoTable(f"{member.name} is neither text nor a workbook.")
    if _SCRIPT.match(text):
        raise NoTable(f"{member.name} is a script that holds JSON (JSONP); ask its server for plain JSON.")
    return "json" if text[0] in "[{" else "csv"
