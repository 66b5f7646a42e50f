"""Passwords: which are taken, and argon2id off the event loop, two at a time: each takes 64 MiB for its moment.

A password is read as RFC 8265 says (OpaqueString): any kind of space is a space, then normal form C; nothing else is
changed, nothing is cut.
"""

import asyncio
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from directory.errors import TooBusy

T = TypeVar("T")
LEAST, MOST = 12, 128  # characters
WAITING = 32  # more at once than anybody's morning: the rest is told to come back
# The argon2-cffi defaults, above what OWASP asks for: 3 rounds, 64 MiB, 4 lanes. Tests put a cheaper one here.
hasher = PasswordHasher()

# Long enough and still the first things tried. Compared without case, digits at the end and separators.
COMMON = frozenset(
    """password passwordpassword mypassword yourpassword newpassword changeme changemenow changemeplease letmein
    letmeinplease letmeinnow welcome welcomehome welcomeback welcometothehospital administrator adminadmin superadmin
    qwertyuiop qwertyuiopasdf qwertyqwerty asdfghjkl asdfghjklqwerty zxcvbnm zxcvbnmasdf iloveyou iloveyoubaby
    iloveyousomuch trustno correcthorsebatterystaple sunshine sunshinesunshine princess football baseball basketball
    monkeymonkey dragondragon mastermaster shadowshadow abcabcabc abcdefgh abcdefghijkl abcdefghijklmnop secretsecret
    thisisapassword nopassword opensesame hospital hospitalhospital recovery aftercare aftercaredirectory
    dischargeplanner summer winter spring autumn january february springsummer whatever internet computer contraseña
    micontraseña bienvenido bienvenidos teamomucho teamo""".split()
)

_pool = ThreadPoolExecutor(2, thread_name_prefix="argon2")
_waiting = 0


def read(text: str) -> str:
    """The password somebody typed, the same from every keyboard."""
    spaced = "".join(" " if unicodedata.category(c) == "Zs" else c for c in text)
    return unicodedata.normalize("NFC", spaced)


def problem(password: str, name: str) -> str:
    """What is wrong with a new password, as one word: short, long, odd, common; "" when it is taken."""
    if len(password) < LEAST:
        return "short"
    if len(password) > MOST:
        return "long"
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in password):
        return "odd"
    folded = "".join(c for c in password.casefold() if c.isalnum())
    bare = folded.strip("0123456789")
    own = "".join(c for c in name.casefold() if c.isalnum())
    alike = len(set(folded)) < 5 or folded in "01234567890123456789" or folded in "98765432109876543210"
    if alike or bare in COMMON or _doubled(bare) in COMMON or (len(own) > 3 and own in folded):
        return "common"
    return ""


def _doubled(text: str) -> str:
    """ "letmein" of "letmeinletmein"."""
    half = len(text) // 2
    return text[:half] if text[:half] == text[half:] else text


async def hashed(password: str) -> str:
    return await _apart(hasher.hash, password)


async def verified(stored: str, password: str) -> bool:
    """Whether this is the password; without one stored it takes as long and is wrong."""
    known = bool(stored)
    right = await _apart(_verify, stored, password[: MOST + 1])
    return right and known


def outdated(stored: str) -> bool:
    """Made with other costs than today's: to be made anew while the password is at hand."""
    return hasher.check_needs_rehash(stored)


def _verify(stored: str, password: str) -> bool:
    try:
        return hasher.verify(stored or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return hasher.hash("nobody signs in with this")


async def _apart(work: Callable[..., T], *given: str) -> T:
    global _waiting
    if _waiting >= WAITING:
        raise TooBusy("Too many are signing in at once.")
    _waiting += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_pool, work, *given)
    finally:
        _waiting -= 1
