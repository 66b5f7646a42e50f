"""Records of JSON files: arrays wherever they lie, one object a line, streamed and checked to the end first."""

import io
import json
import re
from collections.abc import Callable, Iterator
from typing import IO, Any

from directory.errors import Unreadable
from importers.opening.decoding import Paired, Utf8, text_stream, utf8_stream, whole_lines
from importers.opening.members import Member, shown

MOST_PATHS = 50
DEEPEST = 20  # of a record: one deeper is rejected alone
ABYSS = 500  # of a file: refused whole, before it fills the memory
LONGEST_VALUE = 16 * 2**20  # bytes of one text or number: no field is, and it would have to be held whole
LENIENT_BYTES = 64 * 2**20  # up to here a file with NaN or raw control characters is read the slow way
_LAST_COMMA = re.compile(r'(?P<words>"(?:[^"\\]|\\.)*+")|,(?=\s*[\]}])', re.S)  # before a bracket, outside of words
Opener = Callable[[], IO[bytes] | Utf8 | Paired]


class TooDeep(ValueError):
    """Nested deeper than any record means."""


class TooLong(ValueError):
    """One value that is longer than any field."""


class _Measured:
    """A file that is refused when it goes on and on without a token of JSON ending."""

    def __init__(self, file: IO[bytes] | Utf8 | Paired) -> None:
        self._file = file
        self.since = 0  # bytes since the last token; its reader sets it back

    def read(self, size: int = -1) -> bytes:
        found = self._file.read(size)
        self.since += len(found)
        if self.since > LONGEST_VALUE:
            raise TooLong
        return found


class BadLine(str):
    """A line of newline-delimited JSON that is no JSON."""

    __slots__ = ()


def arrays(member: Member, encoding: str) -> tuple[list[str], Opener]:
    """Paths of every array that lies in no other array ("" is the top), and how to open the sound text.

    Reads to the end, so that a file that stops half-way is refused before anything is made of it.
    """
    import ijson

    def opener() -> IO[bytes] | Utf8:
        return utf8_stream(member, encoding)

    def paired() -> Paired:
        return Paired(opener())

    try:
        try:
            return _paths(opener), opener
        except UnicodeDecodeError:
            return _paths(paired), paired
    except TooDeep:
        raise Unreadable(f"{member.name} is nested more than {ABYSS} deep; no feed is.") from None
    except TooLong:
        raise Unreadable(
            f"{member.name} holds one value of more than {LONGEST_VALUE // 2**20} MiB; no feed does."
        ) from None
    except ijson.JSONError as broken:
        if "premature EOF" in str(broken):
            raise Unreadable(f"{member.name} stops half-way: the file is not whole.") from broken
        mended = _mended(member, encoding, str(broken))
        return _paths(mended), mended


def _paths(opener: Opener) -> list[str]:
    """Counts depth on bare events: the paths that ijson makes of deep nesting would fill any memory."""
    import ijson

    paths: list[str] = []
    keys: list[str] = []  # of the objects that hold us, outside any array
    inside = 0  # arrays
    deep = 0
    with opener() as file:
        measured = _Measured(file)
        for event, value in ijson.basic_parse(measured, use_float=True):
            measured.since = 0
            if event == "start_array":
                if not inside and len(paths) < MOST_PATHS:
                    paths.append(".".join(keys))
                inside, deep = inside + 1, deep + 1
            elif event == "end_array":
                inside, deep = inside - 1, deep - 1
            elif event == "start_map":
                keys += [""] if not inside else []
                deep += 1
            elif event == "end_map":
                del keys[-1 if not inside else len(keys) :]
                deep -= 1
            elif event == "map_key" and not inside:
                keys[-1] = value
            if deep > ABYSS:
                raise TooDeep
    return paths


def _mended(member: Member, encoding: str, why: str) -> Opener:
    """Python's own reader forgives NaN, Infinity, huge numbers and raw line ends in strings; we a comma too many."""
    if member.size > LENIENT_BYTES:
        raise Unreadable(f"{member.name} is not valid JSON ({_first_line(why)}).")
    with text_stream(member, encoding) as text:
        try:
            value = _lenient(text.read().lstrip("\ufeff"))
            content = json.dumps(_finite(value), allow_nan=False, ensure_ascii=False).encode("utf-8", "replace")
        except (ValueError, RecursionError) as broken:
            raise Unreadable(f"{member.name} is not valid JSON ({_first_line(str(broken))}).") from broken
    return lambda: io.BytesIO(content)


def _lenient(text: str) -> Any:
    def read(written: str) -> Any:
        return json.loads(written, strict=False, parse_constant=lambda _: None)

    try:
        return read(text)
    except ValueError:
        return read(_LAST_COMMA.sub(lambda found: found["words"] or "", text))


def _finite(value: Any) -> Any:
    """1e999 is read as infinity, which no JSON may hold; integers beyond 64 bits become text."""
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_finite(inner) for inner in value]
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    if isinstance(value, int) and abs(value) >= 2**63:
        return str(value)
    return value


def _first_line(words: str) -> str:
    return shown(words.removeprefix("b'").split("\\n")[0].strip().partition("\n")[0].strip())


def records(opener: Opener, path: str) -> Iterator[Any]:
    """The elements of one array, one at a time."""
    import ijson

    with opener() as file:
        yield from ijson.items(file, f"{path}.item" if path else "item", use_float=True)


def whole(opener: Opener) -> Any:
    with opener() as file:
        try:
            return json.loads(file.read())
        except (ValueError, RecursionError) as broken:  # more after its end, which reading piece by piece lets pass
            raise Unreadable(f"The file is not valid JSON ({_first_line(str(broken))}).") from broken


def is_lines(member: Member, encoding: str) -> bool:
    """Newline-delimited: the first two lines that hold anything are each a whole object."""
    with text_stream(member, encoding) as text:
        first = [line for line in (text.readline(2**20).strip("\ufeff \t\r\n") for _ in range(6)) if line][:2]
    return len(first) == 2 and all(_is_object(line) for line in first)


def _is_object(line: str) -> bool:
    try:
        return line.startswith("{") and isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def lines(member: Member, encoding: str) -> Iterator[Any]:
    """One record a line; a broken line is a bad record, a broken last line without its end a cut file."""
    with text_stream(member, encoding) as text:
        for line in whole_lines(text, member.name):
            stripped = line.strip("\ufeff \t\r\n")
            if not stripped:
                continue
            try:
                yield json.loads(stripped, parse_constant=lambda _: None)
            except (ValueError, RecursionError):
                if not line.endswith(("\n", "\r")):
                    raise Unreadable(f"{member.name} stops half-way through its last line.") from None
                yield BadLine(stripped[:500])


def storable(value: Any, depth: int = 0) -> Any:
    """A JSON value any database takes: no NUL, no half of a surrogate pair, no endless nesting."""
    if isinstance(value, str):
        if value.isascii() and "\x00" not in value:
            return value
        return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        if depth > DEEPEST:
            raise TooDeep
        return {storable(key): storable(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list):
        if depth > DEEPEST:
            raise TooDeep
        return [storable(inner, depth + 1) for inner in value]
    return value
