"""Cells made clean: words, phones, places, links. Anything in, a clean or an empty value out, never an error."""

import html
import re
import unicodedata
from functools import cache, lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from importers.clean_phone import phone, phones
from importers.clean_time import clock, day, weekday, zone
from importers.rows import text as cell

__all__ = [
    "clock", "closed_in_name", "day", "email", "number", "phone", "phones", "point", "postal", "prose", "state", "url",
    "weekday", "words", "yes", "zone",
]  # fmt: skip

REPEATED = 8192  # cells remembered: towns, offices and clocks come again and again in one feed

# --- words ---

_PLAIN = re.compile(r"[ -%'-;=?-\[\]-~]*")  # ASCII without & < > \ and control characters: nothing to mend
_NEXT = r"[\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]"  # how the second byte of a UTF-8 letter looks in cp1252
_TWICE = re.compile(rf"[ÂÃ]{_NEXT}|â[\u0080-\u00bf€]{_NEXT}|ð[Ÿ\u009f]{_NEXT}{{2}}")
_BLOCK = re.compile(r"<(?:br|/?(?:p|div|li|ul|ol|tr|h[1-6]))\b[^<>]*>", re.I)
_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|</?[a-zA-Z][^<>]*>", re.I | re.S)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_ESCAPED = re.compile(r"(?:\\r)?\\n|\\r|\\t")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def words(text: Any) -> str:
    """One line: mended, without markup, white space folded."""
    return _one_line(text if isinstance(text, str) else cell(text))


@lru_cache(maxsize=REPEATED)
def _one_line(written: str) -> str:
    if not _PLAIN.fullmatch(written):
        written = _mended(written, "\n")
    return " ".join(written.split())


def prose(text: Any) -> str:
    """The same, but paragraphs stay apart."""
    written = text if isinstance(text, str) else cell(text)
    if _PLAIN.fullmatch(written):
        return " ".join(written.split())  # no line ends in it, and nothing to mend
    lines = [" ".join(line.split()) for line in _mended(written, "\n").splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _mended(written: str, block: str) -> str:
    """Mending can bring up what needs mending ("&amp;lt;"), so until nothing changes; each step shortens."""
    before = None
    while before != written:
        before = written
        written = _TWICE.sub(_once, written)
        written = _ENTITY.sub(lambda found: html.unescape(found[0]), written)
        written = _TAG.sub("", _BLOCK.sub(block, written))
        written = _UNSEEN.sub("", _ESCAPED.sub(block, written))
    return unicodedata.normalize("NFC", written)


def _once(found: re.Match[str]) -> str:
    """Text decoded twice, read once: "Ã©" is "é", "â€™" is "’"."""
    data = b"".join(c.encode("latin-1") if ord(c) < 256 else c.encode("cp1252", "replace") for c in found[0])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


# --- places ---

_STATES = (
    "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|FL Florida|"
    "GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|"
    "MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|"
    "NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|"
    "OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|"
    "UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|DC District of Columbia|"
    "DC Washington DC|PR Puerto Rico|GU Guam|VI Virgin Islands|VI US Virgin Islands|AS American Samoa|FM Micronesia|"
    "FM Federated States of Micronesia|MP Northern Mariana Islands|PW Palau|MH Marshall Islands|AB Alberta|"
    "BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NL Newfoundland|NS Nova Scotia|"
    "NT Northwest Territories|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|QC Québec|SK Saskatchewan|"
    "YT Yukon|MA Mass|CA Calif|PA Penna|PA Penn|FL Fla|TX Tex|MI Mich|MN Minn|WI Wisc|CT Conn|CO Colo|AZ Ariz|"
    "TN Tenn|OK Okla|OR Ore|WA Wash|IL Ill|NY N Y|NJ N J"
)
_AREA = re.compile(r"[-+]?\d{1,3}(?:\.\d*)?(?:[eE]-?\d{1,2})?|[-+]?\.\d+")
_ZIP = re.compile(r"(?:[A-Z]{2}[\s.,]+)?(\d{5})(?:[\s-]*(\d{4}))?-?", re.I)
_CANADIAN = re.compile(r"([A-Z]\d[A-Z])[\s-]*(\d[A-Z]\d)", re.I)


def point(lat: Any, lon: Any) -> tuple[float, float] | None:
    """Degrees to a tenth of a metre; None for 0, out of range, or one of the two missing."""
    both = [str(value).strip() for value in (lat, lon) if value is not None and not isinstance(value, bool)]
    if len(both) < 2 or not all(_AREA.fullmatch(value) for value in both):
        return None
    north, east = (round(float(value), 6) for value in both)
    sound = north and east and abs(north) <= 90 and abs(east) <= 180
    return (north, east) if sound else None


def state(text: Any) -> str:
    """Two letters of a state, territory or province; "" when it is none."""
    return _state(cell(text))


@lru_cache(maxsize=REPEATED)
def _state(written: str) -> str:
    plain = re.sub(r"[^\w]+", " ", written.replace(".", "")).strip().casefold()
    return _states().get(plain.removeprefix("us ") if len(plain) == 5 else plain, "")


@cache
def _states() -> dict[str, str]:
    pairs = [entry.split(" ", 1) for entry in _STATES.split("|")]
    return {name.casefold(): code for code, name in pairs} | {code.casefold(): code for code, _ in pairs}


def postal(text: Any, country: str = "US") -> str:
    """A postal code as text; a ZIP that a spreadsheet took for a number gets its zeros back."""
    return _postal(cell(text).upper(), country)


@lru_cache(maxsize=REPEATED)
def _postal(written: str, country: str) -> str:
    if found := _CANADIAN.fullmatch(written):
        return f"{found[1]} {found[2]}"
    if country.upper() not in ("", "US", "USA"):
        fits = re.fullmatch(r"[A-Z0-9][A-Z0-9 -]{1,9}", written) and any(c.isdigit() for c in written)
        return " ".join(written.split()) if fits else ""
    if re.fullmatch(r"\d{3,4}|\d{7,8}", written):
        written = written.zfill(5 if len(written) < 5 else 9)
    found = _ZIP.fullmatch(written)
    if not found or not int(found[1]):
        return ""
    return f"{found[1]}-{found[2]}" if found[2] and int(found[2]) else found[1]


# --- links and small words ---

_LINK = re.compile(r"https?:/*\s*[^\s<>\"']+", re.I)
_BARE_LINK = re.compile(r"[^\s<>\"':@/?#]+(?::\d+)?(?:[/?#][^\s<>\"']*)?(?=[\s<>\"']|$)")
_TRACKED = re.compile(r"https?://www\.google\.\w+/url\?(?:[^#]*&)?q=([^&#]+)", re.I)  # copied from a mail or a page
_TRACKING = re.compile(r"&sa=D&.*$")
_SCHEME = re.compile(r"^(https?):/*\s*", re.I)
_UNWISE = re.compile(r"[\\^`{|}]")
_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+(?:[^\W\d_]{2,24}|xn--[a-z0-9-]{2,59})\.?", re.I)
_EMAIL = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}", re.I | re.A
)
_YES = {"yes": True, "y": True, "true": True, "t": True, "1": True, "on": True, "si": True, "sí": True}
_NO = {"no": False, "n": False, "false": False, "f": False, "0": False, "off": False}


def url(text: Any) -> str:
    """An http(s) address; bare hosts get https://; "" for anything else."""
    written = cell(text)
    return _url(written) if written else ""


@lru_cache(maxsize=REPEATED)
def _url(written: str) -> str:
    while "&amp;" in written:
        written = written.replace("&amp;", "&")
    written = _UNSEEN.sub("", written)
    if tracked := _TRACKED.match(written):
        written = unquote(tracked[1])
    written = _TRACKING.sub("", written)
    found = _LINK.search(written) or _BARE_LINK.match(written)
    if not found:
        return ""
    address = _SCHEME.sub(lambda scheme: f"{scheme[1]}://", found[0].rstrip(".,;)]}>"))
    if "://" not in address[:8]:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 (raises when it is no number)
    except ValueError:
        return ""
    if not _HOST.fullmatch(parts.hostname or "") or "@" in parts.netloc or len(address) > 2000:
        return ""
    clean = urlunsplit(parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower()))
    return _UNWISE.sub(lambda c: f"%{ord(c[0]):02X}", clean)


def email(text: Any) -> str:
    """The first plausible address, or ""."""
    listed = cell(text)
    for part in re.split(r"[\s,;<>()]+", listed) if "@" in listed else ():
        written = re.sub(r"^mailto:", "", part, flags=re.I).strip(".'\"")
        if _EMAIL.fullmatch(written) and ".." not in written:
            name, _, host = written.rpartition("@")
            return f"{name}@{host.lower()}"
    return ""


def yes(text: Any) -> bool | None:
    """True, False, or None where the cell does not say."""
    return (_YES | _NO).get(cell(text).casefold())


def number(text: Any) -> float | None:
    """The one number in a cell: "$1,200.00" is 1200.0; None for none or several."""
    written = cell(text)
    if not written:
        return None
    found = re.findall(r"(?<![\d.])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|-?(?<!\d)\.\d+", written)
    value = float(found[0].replace(",", "")) if len(found) == 1 else float("inf")
    return value if abs(value) < 1e12 else None


_GONE = (
    r"(?:suspended|cancell?ed|inactive|not (?:currently )?meeting|no longer meet(?:s|ing)|on (?:hold|hiatus)|disbanded"
    r"|discontinued)"
)
_WHILE = r"(?:temporarily|permanently|indefinitely)"
_SEASON = r"for (?:covid|now|the (?:season|summer|winter|holidays?)|renovations?|repairs?)"
_SURE = re.compile(
    r"(?<!location )(?<!building )(?<!church )(?<!venue )\b"
    rf"(?:{_WHILE} (?:closed|suspended|cancell?ed)|(?:is|now|temp\.?) closed$"
    rf"|(?:closed|suspended|cancell?ed) (?:{_WHILE}|until|till|due to|{_SEASON}))\b",
    re.I,
)
_MARKED = re.compile(
    rf"[(\[{{*]\W*(?:currently )?{_GONE}\b"
    rf"|^\W*(?:currently )?{_GONE}\s*(?:$|[-–—:*!/|,;.)\]])"
    rf"|\b{_GONE}(?: (?:now|currently|at this time|right now|until further notice))?\W*$"
    r"|\*+ ?closed ?\*+|^(?-i:SUSPENDED|CANCELL?ED|INACTIVE|NOT MEETING) ",
    re.I,
)
_BARE = re.compile(r"^\W*closed\s*[-–—:*!/|)\]]|[-–—:(\[*]\s*closed\W*$|\(closed\)", re.I)


def closed_in_name(name: str, meeting: bool = True) -> bool:
    """The name itself says it is closed. Of a meeting "Closed" alone is a format, of a house or clinic it is not."""
    folded = " ".join(name.split())
    return bool(_SURE.search(folded) or _MARKED.search(folded) or (not meeting and _BARE.search(folded)))
