"""Who reports, known for one day only: a keyed hash of their network. The key is destroyed with its day, and from then
on nobody can be found by what was written: not by us, not by anybody who knows every address there is.
"""

import asyncio
import fcntl
import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network
from pathlib import Path
from secrets import token_bytes
from typing import BinaryIO

KEY = "visitor.key"  # its day and the key, written over in place so that no copy stays behind
LENGTH = len("2026-05-05 ") + 2 * 32
PREFIX = {4: 24, 6: 48}
DAY = timedelta(days=1)


def network(address: str) -> str:
    """The neighbourhood an address is in; "" when it is none: those without one count as one visitor together."""
    try:
        one = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(one, IPv6Address) and one.ipv4_mapped:
        one = one.ipv4_mapped
    return str(ip_network((one, PREFIX[one.version]), strict=False))


def mark(home: Path, address: str, now: datetime) -> str:
    """The same all day for one network, in every process of this home; another the next day."""
    today = now.astimezone(UTC).date()
    with _held(home) as file:
        day, key = _read(file)
        if day not in (today, today + DAY):  # tomorrow's: another process is already past midnight
            key = token_bytes(32)
            _write(file, f"{today} {key.hex()}".encode())
    return hmac.new(key, network(address).encode(), sha256).hexdigest()[:32]


def forget(home: Path, now: datetime) -> None:
    """Destroy the key of a day that is over."""
    if not os.access(home / KEY, os.W_OK):
        return
    with _held(home) as file:
        day, _ = _read(file)
        if day is not None and day < now.astimezone(UTC).date():
            _write(file, bytes(LENGTH))


def renew(home: Path) -> None:
    """Destroy the key of today as well; the next visitor gets another one."""
    if os.access(home / KEY, os.W_OK):
        with _held(home) as file:
            _write(file, bytes(LENGTH))


async def forget_at_midnight(home: Path) -> None:
    """Also on a day when nobody reports anything."""
    while True:
        now = datetime.now(UTC)
        midnight = datetime.combine(now.date() + DAY, time(), UTC)
        await asyncio.sleep((midnight - now).total_seconds() + 1)
        await asyncio.to_thread(forget, home, datetime.now(UTC))


@contextmanager
def _held(home: Path) -> Iterator[BinaryIO]:
    """The key's file, for one process and thread at a time."""
    with os.fdopen(os.open(home / KEY, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _read(file: BinaryIO) -> tuple[date | None, bytes]:
    """No day where there is no key yet, where it was destroyed, or where a crash cut it short."""
    day, _, key = file.read(LENGTH).partition(b" ")
    try:
        found = date.fromisoformat(day.decode()), bytes.fromhex(key.decode())
    except ValueError:
        return None, b""
    return found if len(found[1]) == 32 else (None, b"")


def _write(file: BinaryIO, content: bytes) -> None:
    file.seek(0)
    file.write(content)
    file.flush()
    os.fsync(file.fileno())
