"""What the database must hold and a copy of it must not tell: sealed with keys that lie beside it, never in it.

AES-256-GCM; the place a value stands in (table, column, row) is authenticated with it, so that no sealed value can be
moved to another row. Stored as `1|key id|base64url(nonce, ciphertext, tag)`. The last key of `keys/sealing.keys` seals,
every one opens, the first also keys hashes.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from directory.errors import BadSettings
from directory.keyfile import FOLDER, keys

VERSION = "1"
FILE = "sealing.keys"
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
            raise BadSettings(f"The key {name!r} that sealed {place} is not in {FOLDER}/{FILE}; put it back.")
        try:
            box = urlsafe_b64decode(text)
            return AESGCM(self.keys[name]).decrypt(box[:NONCE], box[NONCE:], _bound(place, name)).decode()
        except (InvalidTag, ValueError):
            raise BadSettings(f"What is sealed in {place} was changed outside the directory.") from None

    def keyed(self, purpose: str, text: str) -> str:
        """A hash nobody can try out without our first key; the same for ever."""
        first = next(iter(self.keys.values()))
        return hmac.new(first, f"{purpose}|{text}".encode(), sha256).hexdigest()


def key_of(sealed: str) -> str:
    """The id of the key that sealed it."""
    return sealed.split("|")[1]


def _bound(place: str, name: str) -> bytes:
    return f"{place}|{VERSION}|{name}".encode()


def ring(home: Path) -> Ring:
    """The keys of this home, made at the first use."""
    return Ring({key.id: key.secret for key in keys(home, FILE)})
