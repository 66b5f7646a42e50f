"""Cells that say when: clock times, weekdays, days, time zones. Anything in, a sound value or None out."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any

_NAMES = (  # Sunday first: English, Spanish, French, with the shortenings people write
    "sunday sun su domingo dom dimanche dim",
    "monday mon mo lunes lun lundi",
    "tuesday tues tue tu martes mar mardi",
    "wednesday weds wed we miercoles mie mercredi mer",
    "thursday thurs thur thu th jueves jue jeudi jeu",
    "friday fri fr viernes vie vendredi ven",
    "saturday sat sa sabado sab samedi sam",
)
_WEEKDAYS = {word: number for number, words in enumerate(_NAMES) for word in words.split()}
_MONTHS = {word: n for n, word in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}

_CLOCK = re.compile(
    r"(?:\d{4}-\d\d-\d\d[t ])?(\d{1,2})(?:[:.h](\d\d)(?::\d\d(?:\.\d+)?)?)?\s*(?:(am?|pm?)|noon|midnight|hrs?|h|z)?",
    re.I,
)
_DIGITS = re.compile(r"(\d{1,2})(\d\d)\s*(am?|pm?|hrs?|h)?", re.I)
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[t ].*)?", re.S)
_COMPACT = re.compile(r"(19|20)(\d\d)(\d\d)(\d\d)")
_US = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d\d)(?:[t ,].*)?", re.S)
_WORDED = re.compile(
    r"(?:[a-z]+,? )?(?:([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?|(\d{1,2}) ([a-z]{3,9})\.?),? (\d{4})", re.I
)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIALS = range(18000, 80000)  # days since 1899-12-30: 1949 to 2119


def clock(text: Any) -> int | None:
    """Minutes from midnight: "19:30", "7:30 PM", "1930", "730", "noon"; "24:00" is 1440."""
    if isinstance(text, (datetime, time)):
        return text.hour * 60 + text.minute
    if isinstance(text, float) and 0 < text < 1:  # how a spreadsheet keeps a time: a share of the day
        return round(text * 1440) % 1440
    return _clock(_plain(text))


@lru_cache(maxsize=4096)
def _clock(plain: str) -> int | None:
    if not plain:
        return None
    words = plain.replace("a.m", "am").replace("p.m", "pm").rstrip(". ")
    if words in ("noon", "midday", "mediodia", "midi"):
        return 720
    if words in ("midnight", "medianoche", "minuit"):
        return 0
    if re.fullmatch(r"0?\.\d{2,}", words):
        return round(float(words) * 1440) % 1440
    if found := _DIGITS.fullmatch(words):
        return _minutes(int(found[1]), int(found[2]), found[3] or "") if len(found[1] + found[2]) > 2 else None
    found = _CLOCK.fullmatch(words)
    if not found or words.isdigit():
        return None
    half = found[3] or ("am" if words.endswith("midnight") else "")
    return _minutes(int(found[1]), int(found[2] or 0), half)


def _minutes(hour: int, minute: int, half: str) -> int | None:
    """None for what no clock shows; a 24-hour time may carry a needless "PM"."""
    if half.startswith("a") and hour > 12:
        return None
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    sound = minute < 60 and (hour < 24 or (hour, minute) == (24, 0))
    return hour * 60 + minute if sound else None


def weekday(text: Any) -> int | None:
    """0 Sunday to 6 Saturday from a digit or a name (English, Spanish, French)."""
    words = _plain(text).strip(". ")
    if re.fullmatch(r"[0-6](\.0)?", words):
        return int(words[0])
    found = _WEEKDAYS.get(words)
    return found if found is not None else _WEEKDAYS.get(words.removesuffix("s"))


def day(text: Any) -> date | None:
    """A calendar day: ISO (with or without time), US m/d/yyyy or m/d/yy, "May 4, 2024", or a spreadsheet's serial."""
    if isinstance(text, datetime):
        return text.date()
    if isinstance(text, date):
        return text
    return _day(_plain(text))


@lru_cache(maxsize=4096)
def _day(words: str) -> date | None:
    if not words:
        return None
    if found := _ISO.fullmatch(words) or _COMPACT.fullmatch(words):
        parts = [int(part) for part in found.groups()]
        return _date(*parts) if len(parts) == 3 else _date(parts[0] * 100 + parts[1], parts[2], parts[3])
    if found := _US.fullmatch(words):
        month, number, year = int(found[1]), int(found[2]), int(found[3])
        if len(found[3]) == 2:
            year += 2000 if year < 70 else 1900
        return _date(year, month, number) if month <= 12 else _date(year, number, month)
    if (found := _SERIAL.fullmatch(words)) and int(found[1]) in _SERIALS:
        return date(1899, 12, 30) + timedelta(days=int(found[1]))
    if found := _WORDED.fullmatch(words):
        return _date(int(found[5]), _MONTHS.get((found[1] or found[4])[:3], 0), int(found[2] or found[3]))
    return None


def _date(year: int, month: int, number: int) -> date | None:
    """None for days no calendar has ("0000-00-00") and years nobody would mean."""
    if not 1900 <= year <= 2200:
        return None
    try:
        return date(year, month, number)
    except ValueError:
        return None


def zone(text: Any) -> str | None:
    """A valid IANA name in its own spelling, else None."""
    return _zones().get(_plain(text).replace(" ", "_"))


@cache
def _zones() -> dict[str, str]:
    from zoneinfo import available_timezones

    return {name.casefold(): name for name in available_timezones() - {"Factory", "localtime", "posixrules"}}


def _plain(text: Any) -> str:
    """Lower case without accents and outer blanks; "" for what is no text or number."""
    if text is None or isinstance(text, bool) or not isinstance(text, (str, int, float)):
        return ""
    words = str(text)
    if not words.isascii():
        words = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    return " ".join(words.casefold().split())
