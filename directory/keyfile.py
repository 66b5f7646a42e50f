"""A file of keys in the home: one a line, `id hex day`, the day it was made. The last one writes, every one reads: so
a new key is a new line.

A file is made at the first use, whole or not at all, readable by its owner only; of two processes that start at once
both end with the same. One that is cut short or is something else is said and never replaced: what it opened would be
lost for good.
"""

import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from secrets import token_bytes, token_hex

from directory.errors import BadSettings

FOLDER = "keys"
BYTES = 32


@dataclass(frozen=True, slots=True)
class Key:
    id: str
    secret: bytes
    made_on: date | None = None  # UTC; None for one from before days were written down

    def line(self) -> str:
        return " ".join(filter(None, (self.id, self.secret.hex(), str(self.made_on or "")))) + "\n"


def keys(home: Path, name: str) -> tuple[Key, ...]:
    """The keys of `keys/name`, oldest first; the first is made now when there is no file yet."""
    file = home / FOLDER / name
    try:
        if not file.exists():
            _first(file)
        found = _read(file.read_bytes())
    except OSError as error:
        raise BadSettings(f"{FOLDER}/{name} cannot be read or made ({error.strerror}); see who owns it.") from None
    except ValueError:
        raise BadSettings(f"{FOLDER}/{name} cannot be read; put a whole copy back.") from None
    if not found or any(len(key.secret) != BYTES for key in found):
        raise BadSettings(f"{FOLDER}/{name} is cut short; put a whole copy back.")
    return found


def _read(content: bytes) -> tuple[Key, ...]:
    if len(content) == BYTES and not content.isascii():
        return (Key("0", content),)  # a lone key as it was kept before there were lines
    lines = content.decode("ascii").splitlines()
    return tuple(_key(*line.split()) for line in lines if line.strip())


def _key(name: str = "", secret: str = "", day: str = "", *more: str) -> Key:
    if more:
        raise ValueError("a key is told by three words at most")
    return Key(name, bytes.fromhex(secret), date.fromisoformat(day) if day else None)


def add(home: Path, name: str, today: date) -> Key:
    """A new last key; the others stay. Whoever calls holds the home's one-writer lock."""
    before, made = keys(home, name), _new(today)
    _replace(home / FOLDER / name, (*before, made))
    return made


def keep_only(home: Path, name: str, ids: Collection[str]) -> int:
    """Take every other key out of the file, but never the last; answers how many. Under the one-writer lock."""
    before = keys(home, name)
    left = tuple(key for key in before if key.id in ids or key is before[-1])
    if len(left) < len(before):
        _replace(home / FOLDER / name, left)
    return len(before) - len(left)


def _new(today: date) -> Key:
    return Key(token_hex(4), token_bytes(BYTES), today)


def _first(file: Path) -> None:
    """Linked in, never over another one: who was quicker made it for all."""
    aside = _aside(file, (_new(datetime.now(UTC).date()),))
    try:
        os.link(aside, file)
    except FileExistsError:
        pass
    finally:
        aside.unlink()


def _replace(file: Path, found: tuple[Key, ...]) -> None:
    os.replace(_aside(file, found), file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # or the power may go while a new key seals, and the old file come back without it
    finally:
        os.close(folder)
    for left in file.parent.glob(f"{file.name}.*"):  # by a process that was killed here
        left.unlink(missing_ok=True)


def _aside(file: Path, found: tuple[Key, ...]) -> Path:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = file.with_name(f"{file.name}.{token_hex(4)}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as made:
        made.writelines(key.line() for key in found)
        made.flush()
        os.fsync(made.fileno())
    return aside
