"""The national help lines of seeds/helplines.toml: data with a verified-on date each, never literals in code."""

import tomllib
from functools import cache
from typing import Any

from directory.assets import seeds
from directory.handoff import words
from directory.handoff.values import HelpLine
from directory.i18n import catalogue
from directory.listing import Phone


@cache
def help_lines(language: str = "en", discreet: bool = False) -> tuple[HelpLine, ...]:
    """In the file's order, without those nobody verified yet; discreet ones carry neutral words or are left out."""
    read = (_line(entry, language, discreet) for entry in _entries() if entry["verified_on"])
    return tuple(line for line in read if line is not None)


@cache
def _entries() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads((seeds() / "helplines.toml").read_text(encoding="utf-8"))["line"])


def _line(entry: dict[str, Any], language: str, discreet: bool) -> HelpLine | None:
    name, what = _words(entry, "name", language), _words(entry, "what", language)
    if discreet:
        known = words.neutral_lines(catalogue(language).gettext)
        name, what = _words(entry, "neutral", language) or known.get(str(entry["phone"]), ""), ""
        if not name:
            return None
    phone = str(entry["phone"])
    return HelpLine(key=entry["key"], name=name, phone=phone, what=what, href=Phone(phone).href)


def _words(entry: dict[str, Any], field: str, language: str) -> str:
    return str(entry.get(f"{field}_{language}") or entry.get(f"{field}_en") or entry.get(field) or "")
