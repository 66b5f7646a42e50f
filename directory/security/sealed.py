"""What the database must hold and a copy of it must not tell: sealed with keys that lie beside it, never in it.

AES-256-GCM; the place a value stands in (table, column, row) is authenticated with it, so that no sealed value can be
moved to another row. Stored as `1|key id|base64url(nonce, ciphertext, tag)`. `keys/sealing.keys` holds one key a line,
`id hex`; the last line seals, every line opens. So a new key is a new line.
"""

import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes, token_hex

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from directory.errors import BadSettings

VERSION = "1"
FILE = Path("keys") / "sealing.keys"
NONCE = 12


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys of one home, oldest first."""

    keys: dict[str, bytes]

    def seal(self, text: str, place: str) -> str:
        """`place` is "table|column|row"."""
        name = next(reversed(self.keys))
        nonce = token_bytes(NONCE)
        box = AESGCM(self.keys[name]).encrypt(nonce, text.encode(), _bound(place, name))
        return "|".join((VERSION, name, urlsafe_b64encode(nonce + box).decode()))

    def unseal(self, sealed: str, place: str) -> str:
        """BadSettings when the key is missing or the value was changed or moved."""
        version, _, rest = sealed.partition("|")
        name, _, text = rest.partition("|")
        if version != VERSION or name not in self.keys:
            raise BadSettings(f"The key {name!r} that sealed {place} is not in keys/sealing.keys; put it back.")
        try:
            box = urlsafe_b64decode(text)
            return AESGCM(self.keys[name]).decrypt(box[:NONCE], box[NONCE:], _bound(place, name)).decode()
        except (InvalidTag, ValueError):
            raise BadSettings(f"What is sealed in {place} was changed outside the directory.") from None

    def keyed(self, purpose: str, text: str) -> str:
        """A hash nobody can try out without our first key; the same for ever."""
        first = next(iter(self.keys.values()))
        return hmac.new(first, f"{purpose}|{text}".encode(), sha256).hexdigest()


def _bound(place: str, name: str) -> bytes:
    return f"{place}|{VERSION}|{name}".encode()


def ring(home: Path) -> Ring:
    """The keys of this home, made at the first use; two processes that start at once end with the same."""
    file = home / FILE
    if not file.exists():
        _make(file)
    try:
        lines = [line.split() for line in file.read_text(encoding="ascii").splitlines() if line.strip()]
        keys = {name: bytes.fromhex(key) for name, key in lines}
    except (OSError, ValueError):
        raise BadSettings(f"{FILE} cannot be read; put a whole copy back.") from None
    if not keys or any(len(key) != 32 for key in keys.values()):
        raise BadSettings(f"{FILE} is cut short; put a whole copy back.")
    return Ring(keys)


def _make(file: Path) -> None:
    """Written aside and linked in: whole or not there, never over another one."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = file.with_name(f"{file.name}.{token_hex(4)}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
        new.write(f"{token_hex(4)} {token_hex(32)}\n")
        new.flush()
        os.fsync(new.fileno())
    try:
        os.link(aside, file)
    except FileExistsError:
        pass  # somebody was quicker: theirs it is
    finally:
        aside.unlink()
