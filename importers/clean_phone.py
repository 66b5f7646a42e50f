"""Cells that hold phone numbers: one or several, with extensions, short, vanity and from abroad."""

import re
from functools import lru_cache
from typing import Any

from directory.listing import Phone
from importers.rows import text as cell

REPEATED = 8192  # cells remembered: an office's number comes again and again in one feed
_EXTENSION = r"(?:[\s,;(]*(?:x|ext|extension|#)[\s.:#]*(\d{1,7})\b\)?)?"
_ONE = re.compile(r"\s*(?:\+?1[\s.-]?)?\(?([2-9]\d\d)\)?[\s.-]*([2-9]\d\d)[\s.-]?(\d{4})" + _EXTENSION + r"\s*", re.I)
_NANP = re.compile(
    r"(?<![\d+])(?:\+?1[\s.–-]*)?\(?([2-9]\d\d)\)?[\s.–/-]*([2-9]\d\d)[\s.–-]*(\d{4})(?!\d)" + _EXTENSION, re.I
)
_VANITY = re.compile(
    r"(?<!\d)\(?(8(?:00|33|44|55|66|77|88))\)?[\s.-]+((?:[A-Z0-9][.-]?){7,12})(?:\s*\([\d-]+\))?", re.I
)
_ABROAD = re.compile(r"\+\s?[02-9][\d\s().-]{6,18}\d")
_SHORT = re.compile(r"(?:^|\b(?:call|dial|text|or)\s)\W*(9-?8-?8|9-?1-?1|2-?1-?1)(?![\d-])", re.I)
_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")


def phone(text: Any, country: str = "US") -> Phone | None:
    """One number with its extension; None when there is not exactly one."""
    return _phone(cell(text), country)


@lru_cache(maxsize=REPEATED)
def _phone(written: str, country: str) -> Phone | None:
    if not written:
        return None
    if found := _ONE.fullmatch(written):
        return Phone(f"{found[1]}-{found[2]}-{found[3]}", found[4] or "")
    several, rest = _numbers(written, country)
    return several[0] if len(several) == 1 and not re.search(r"\d{4}", rest) else None


def phones(text: Any, label: str = "") -> tuple[Phone, ...]:
    """Every number found, once each, in reading order."""
    written = cell(text)
    if one := _ONE.fullmatch(written):
        return (Phone(f"{one[1]}-{one[2]}-{one[3]}", one[4] or "", label),)
    found, _ = _numbers(written, "US")
    return tuple(dict.fromkeys(Phone(p.number, p.extension, label) for p in found))


@lru_cache(maxsize=REPEATED)
def _numbers(written: str, country: str) -> tuple[tuple[Phone, ...], str]:
    """The numbers in a text and what is left of it without them."""
    found: list[tuple[int, Phone]] = []

    def take(kind: re.Pattern[str], rest: str) -> str:
        for match in kind.finditer(rest):
            if one := _number(kind, match, country):
                found.append((match.start(), one))
                rest = rest[: match.start()] + "\x00" * (match.end() - match.start()) + rest[match.end() :]
        return rest

    rest = written
    if sum(c.isalnum() for c in written) >= 3:
        for kind in (_ABROAD, _NANP, _VANITY, _SHORT):
            rest = take(kind, rest)
    if not found and country.upper() not in ("", "US", "USA", "CA", "CAN") and (one := _abroad(written, country)):
        return (one,), ""
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0])), rest.replace("\x00", "")


def _number(kind: re.Pattern[str], match: re.Match[str], country: str) -> Phone | None:
    if kind is _ABROAD:
        return _abroad(match[0], country)
    if kind is _NANP:
        return Phone(f"{match[1]}-{match[2]}-{match[3]}", match[4] or "")
    if kind is _SHORT:
        return Phone(match[1].replace("-", ""))
    keys = re.sub(r"\W", "", match[2]).upper()[:7]
    digits = keys.translate(_KEYS)
    return Phone(f"{match[1]}-{digits[:3]}-{digits[3:]}") if len(digits) == 7 and not keys.isdigit() else None


def _abroad(written: str, country: str) -> Phone | None:
    import phonenumbers  # slow to load, and most feeds never need it

    try:
        parsed = phonenumbers.parse(written, country.upper() if len(country) == 2 else None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    extension, parsed.extension = parsed.extension or "", None
    return Phone(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL), extension)
