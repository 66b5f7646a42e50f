"""The packet as an accessible PDF (PDF/UA-1) by Typst: the data travels as JSON and is never pasted into markup."""

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from threading import Lock
from typing import Any

from directory.assets import templates
from directory.handoff.values import Packet

LONG = re.compile(r"(?<!\S)(?!https?://)\S{33,}")  # a word no line can hold; Typst breaks addresses itself
UNSHOWN = re.compile(r'text `"(.+?)"` could not be displayed')
KEPT = "\n\t\u200b"

_missing: set[str] = set()  # characters the embedded fonts do not have, learned from refusals
_one_at_a_time = Lock()  # a compiler keeps one world; web threads share it


def render(packet: Packet) -> bytes:
    """The same bytes on every machine: only fonts that come inside Typst, no date and no author in it."""
    import typst

    data = packet.as_dict()
    for _ in range(8):
        try:
            return _compiled(data, _code(packet.link))
        except typst.TypstError as refused:
            found = {character for words in UNSHOWN.findall(str(refused)) for character in _spoken(words)}
            if not found - _missing:
                raise
            _missing.update(found)
    return _compiled(_mapped(data, _latin), _code(packet.link))


@cache
def _compiler() -> Any:
    """Loading fonts and parsing the layout once makes each later document cheap."""
    import typst

    folder = templates() / "handoff"
    return typst.Compiler(str(folder / "packet.typ"), root=str(folder), ignore_system_fonts=True)


def _compiled(data: dict[str, Any], code: str) -> bytes:
    inputs = {"packet": json.dumps(_mapped(data, _printable), ensure_ascii=False), "code": code}
    with _one_at_a_time:
        pdf: bytes = _compiler().compile(sys_inputs=inputs, pdf_standards=["ua-1"])
    return pdf


def _code(link: str) -> str:
    """The QR code of a public address as SVG; "" without one."""
    if not link:
        return ""
    from io import BytesIO

    import segno

    drawn = BytesIO()
    segno.make(link, error="q", micro=False).save(drawn, kind="svg", border=4)
    return drawn.getvalue().decode()


def _printable(words: str) -> str:
    """Text the fonts can show: no control or direction-forcing characters, emoji dropped, other letters boxed."""
    kept = (c for c in unicodedata.normalize("NFC", words) if c in KEPT or unicodedata.category(c) not in _SILENT)
    shown = "".join(_boxed(c) if c in _missing else c for c in kept)
    return LONG.sub(lambda found: re.sub(r"(\S{16})", "\\1\u200b", found.group()), shown)


_SILENT = ("Cc", "Cf", "Cs", "Co", "Cn")


def _boxed(character: str) -> str:
    return "□" if unicodedata.category(character).startswith("L") else ""


def _latin(words: str) -> str:
    """The last resort: what no font could show in eight tries is boxed whatever it is."""
    return "".join(c if ord(c) < 0x250 or c in "–—‘’“”…•·" else _boxed(c) for c in words)


def _spoken(words: str) -> Iterable[str]:
    """The characters Typst names, some of them as \\u{1F600}."""
    yield from re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), words, flags=re.IGNORECASE)


def _mapped(value: Any, change: Any) -> Any:
    if isinstance(value, dict):
        return {name: inner if name == "href" else _mapped(inner, change) for name, inner in value.items()}
    if isinstance(value, list):
        return [_mapped(inner, change) for inner in value]
    return change(value) if isinstance(value, str) else value
