"""Feeds gone wrong: what cables, spreadsheets, people and attackers do to a file."""

import io
import json
import zipfile
from collections.abc import Callable
from random import Random
from typing import Any

NASTY = [
    "", " ", "\x00", "\ufeff", "\u202e", "'", '"', ",", ";", "\t", "\r\n", "{", "[", "null", "NaN", "Infinity",
    "-1", "0", "1e999", "9" * 400, "=1+1", "@SUM(A1)", "<script>alert(1)</script>", "../../etc/passwd", "25:99",
    "24:00", "31/31/2026", "0000-00-00", "9999-12-31", "-0001-01-01", "91", "-181", "ñ" * 300, "\ud7ff", "𝒜", "Ⅻ",
    "１２３", "true", "false",
    "%00", "\\u0000", "RRULE:FREQ=SECONDLY;COUNT=999999999", "FREQ=WEEKLY;BYDAY=XX", "a" * 5000, "🏥",
    "x;y|z",
]  # fmt: skip
ENCODINGS = ["utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "cp037", "utf-7", "shift_jis", "utf-8-sig"]
Mutation = Callable[[bytes, Random], bytes]


def flipped(content: bytes, random: Random) -> bytes:
    data = bytearray(content)
    for _ in range(random.choice((1, 1, 3, 30))):
        if data:
            data[random.randrange(len(data))] = random.randrange(256)
    return bytes(data)


def cut(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content) + 1)]


def without_a_piece(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content) + 1)
    return content[:start] + content[start + random.choice((1, 10, 1000)) :]


def with_a_piece_twice(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content) + 1)
    piece = content[start : start + random.choice((1, 20, 2000))]
    return content[:start] + piece * random.choice((2, 3, 50)) + content[start:]


def with_nasty_bytes(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content) + 1)
    return content[:start] + random.choice(NASTY).encode("utf-8", "surrogatepass") + content[start:]


def in_another_encoding(content: bytes, random: Random) -> bytes:
    return content.decode("utf-8", "replace").encode(random.choice(ENCODINGS), "replace")


def lines_shuffled(content: bytes, random: Random) -> bytes:
    lines = content.splitlines(keepends=True)
    start = random.randrange(len(lines) + 1)
    piece = lines[start : start + 5]
    random.shuffle(piece)
    return b"".join([*lines[:start], *piece, *lines[start + 5 :]])


def zipped(content: bytes, random: Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in random.sample(["a.csv", "b.json", "../c.csv", "d/e.csv", "f.zip", "", "datapackage.json"], 2):
            packed.writestr(name or "x", content)
    return flipped(out.getvalue(), random) if random.random() < 0.5 else out.getvalue()


def values_changed(content: bytes, random: Random) -> bytes:
    """A few values of a JSON document, or cells of a table, become something else; the form stays sound."""
    try:
        value = json.loads(content)
    except ValueError:
        return cells_changed(content, random)
    for _ in range(random.choice((1, 2, 8))):
        value = _changed(value, random, depth=0)
    return json.dumps(value).encode("utf-8", "surrogatepass")


def _changed(value: Any, random: Random, depth: int) -> Any:
    if depth > 8 or not isinstance(value, (dict, list)) or not value or random.random() < 0.08:
        return _another(value, random)
    if isinstance(value, list):
        at = random.randrange(len(value))
        return [_changed(one, random, depth + 1) if n == at else one for n, one in enumerate(value)]
    name = random.choice(list(value))
    if random.random() < 0.15:
        return {key: one for key, one in value.items() if key != name}
    if random.random() < 0.1:
        return {(random.choice(NASTY) if key == name else key): one for key, one in value.items()}
    return {key: _changed(one, random, depth + 1) if key == name else one for key, one in value.items()}


def _another(value: Any, random: Random) -> Any:
    choices: list[Any] = [random.choice(NASTY), None, True, -1, 1e308, [], {}, [value], {"value": value}, [[]] * 3]
    if isinstance(value, str):
        choices += [value * 2, value[: len(value) // 2], value.upper(), f" {value} ", f"{value};{value}"]
    return random.choice(choices)


def cells_changed(content: bytes, random: Random) -> bytes:
    lines = content.decode("utf-8", "replace").split("\n")
    for _ in range(random.choice((1, 3, 10))):
        at = random.randrange(len(lines))
        cells = lines[at].split(",")
        spot = random.randrange(len(cells))
        cells[spot : spot + 1] = random.choice(([random.choice(NASTY)], [], [cells[spot]] * 2, [f'"{cells[spot]}']))
        lines[at] = ",".join(cells)
    return "\n".join(lines).encode("utf-8", "surrogatepass")


MUTATIONS: list[Mutation] = [
    flipped, cut, without_a_piece, with_a_piece_twice, with_nasty_bytes, in_another_encoding, lines_shuffled, zipped,
    values_changed, values_changed, values_changed, cells_changed, cells_changed,
]  # fmt: skip


def mutated(content: bytes, random: Random) -> bytes:
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        content = random.choice(MUTATIONS)(content, random) or b""
    return content[:2_000_000]
