"""Which encoding a text file is in, and its text as a stream."""

import codecs
import io
import re
from collections.abc import Iterator
from typing import IO

from directory.errors import Unreadable
from importers.opening.members import Member

CHUNK = 2**20
LONGEST_LINE = 16 * 2**20  # letters
_ENOUGH = 20_000  # letters beyond ASCII looked at before choosing
_HIGH = re.compile(rb"(?s)(.?)([\x80-\xff])(?=(.?))")
_CODECS = {"utf-8, damaged": "utf-8"}


def encoding_of(member: Member) -> str:
    """utf-8 or utf-8-sig, utf-16, else cp1252 or mac_roman by how its letters sit among others."""
    head = member.head(2000)
    if head[:3] == codecs.BOM_UTF8:
        return "utf-8-sig" if _is_utf8(member) else "utf-8, damaged"
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(head) > 20 and head[offset::2].count(0) > len(head) * 0.4 and head[1 - offset :: 2].count(0) < 3:
            return name
    if _is_utf8(member):
        return "utf-8"
    return _eight_bit(b"".join(_high_parts(member)))


def text_stream(member: Member, encoding: str) -> io.TextIOWrapper:
    """Text with its line ends as they are; what the encoding does not know becomes U+FFFD."""
    return io.TextIOWrapper(member.open(), _CODECS.get(encoding, encoding), errors="replace", newline="")


def whole_lines(text: io.TextIOWrapper, name: str) -> Iterator[str]:
    """The lines of a file; one without end is refused before it fills the memory."""
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise Unreadable(f"{name} has a line of more than {LONGEST_LINE // 2**20} million letters; no feed has.")
        yield line


class Utf8:
    """The file as UTF-8 bytes, whatever it was written in."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text

    def __enter__(self) -> "Utf8":
        return self

    def __exit__(self, *_: object) -> None:
        self._text.close()

    def read(self, size: int = -1) -> bytes:
        return self._text.read(size).encode("utf-8", "replace")


_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}"
    rb"|(?P<half>u[dD][89a-fA-F][\da-fA-F]{2})|.)",
    re.S,
)
_LONGEST_ESCAPE = 12  # bytes: both halves of a letter


class Paired:
    """JSON in which half a letter (a cut emoji) becomes U+FFFD: no text can hold it."""

    def __init__(self, file: IO[bytes] | Utf8) -> None:
        self._file, self._left, self._over = file, b"", False

    def __enter__(self) -> "Paired":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.__exit__(None, None, None)

    def read(self, size: int = -1) -> bytes:
        while not self._over:
            more = self._file.read(size)
            self._over = not more or size < 0
            data = self._left + more
            cut = len(data) if self._over else self._whole(data)
            self._left = data[cut:]
            if cut:
                return _ESCAPE.sub(lambda escape: rb"\ufffd" if escape["half"] else escape[0], data[:cut])
        return b""

    @staticmethod
    def _whole(data: bytes) -> int:
        """Up to where no escape is cut."""
        cut = max(len(data) - _LONGEST_ESCAPE, 0)
        for escape in _ESCAPE.finditer(data):
            if escape.start() >= cut:
                break
            cut = max(cut, escape.end())
        return cut


def utf8_stream(member: Member, encoding: str) -> IO[bytes] | Utf8:
    if encoding == "utf-8":
        return member.open()
    if encoding == "utf-8-sig":
        file = member.open()
        file.read(3)
        return file
    return Utf8(text_stream(member, encoding))


def _chunks(member: Member) -> Iterator[bytes]:
    with member.open() as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _is_utf8(member: Member) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in _chunks(member):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _high_parts(member: Member) -> Iterator[bytes]:
    """Stretches of the file around its letters beyond ASCII."""
    found = 0
    for chunk in _chunks(member):
        for match in re.finditer(rb"[^\x80-\xff]{0,1}[\x80-\xff]+[^\x80-\xff]{0,1}", chunk):
            yield match[0] + b"\n"
            found += len(match[0])
        if found > _ENOUGH:
            return


def _eight_bit(sample: bytes) -> str:
    whole = sample.decode("utf-8", "replace")
    broken = whole.count("\ufffd")
    if sum(ord(c) > 127 for c in whole) - broken > 4 * broken:
        return "utf-8, damaged"
    scores = {name: sum(_fit(match, name) for match in _HIGH.finditer(sample)) for name in ("cp1252", "mac_roman")}
    return "mac_roman" if scores["mac_roman"] > scores["cp1252"] else "cp1252"


def _fit(match: re.Match[bytes], encoding: str) -> int:
    """How well one letter beyond ASCII sits between its neighbours when read in this encoding."""
    before, letter, after = (part.decode(encoding, "replace") for part in match.groups())
    if letter == "\ufffd":
        return -5
    if letter.islower():
        return 1 if before.isalpha() or after.isalpha() else 0
    if letter.isupper():
        return -1 if before.islower() else 1
    if letter in "’‘“”–—…\u00a0®°":
        return 1
    return -1
