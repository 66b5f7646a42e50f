"""Lists of online meetings as Online Intergroup and Al-Anon publish them: no days, but all times in one text.

Their columns: name, times ("Tuesday 8:15 PM", several by line ends or commas), timezone, url (the way in itself),
phone, access_code, formats; of some also meeting_id, meeting_password, dial_in_number, languages, is_24_7.
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from directory.schedule import WeeklyTime
from importers import clean
from importers.meetings import times as meeting_times
from importers.meetings import types as meeting_types
from importers.rows import Reject, Row, text

_PART = re.compile(r"(?P<days>[^\d]+?)\s*(?P<clock>\d{1,2}(?::\d\d)?\s*(?:[ap]\.?m\b\.?)?|noon|midnight)", re.I)
_LIVE = re.compile(r"zoom|video|phone|telephone|dial|audio|voice|webex|google meet", re.I)
_WAY_IN = (("meeting_id", "Meeting ID"), ("meeting_password", "Passcode"))
_TAKEN = frozenset(
    "url phone dial_in_number access_code meeting_id meeting_password formats languages wso_id report_problem".split()
)


def is_of_list(record: Mapping[str, Any]) -> bool:
    there = record.keys()
    return {"name", "times", "timezone"} <= there and bool(there & {"url", "phone"}) and not there & {"day", "time"}


def renamed(record: Mapping[str, Any]) -> dict[str, Any]:
    """Such a record under the names of the Meeting Guide, before `phone` is taken for a member's own."""

    def said(column: str) -> str:
        return text(record.get(column))

    way_in = [f"{label}: {said(column)}" for column, label in _WAY_IN if said(column)]
    formats = clean.words(", ".join(meeting_types.tokens(record.get("formats"))))
    told = [f"Format: {formats}" if formats and not _LIVE.search(formats) else "", said("notes")]
    known = f"{said('name')}|{said('times')}|{said('url') or said('phone')}"
    kept = {name: value for name, value in record.items() if name not in _TAKEN}
    return kept | {
        "slug": said("slug")
        or said("id")
        or said("wso_id")
        or "~" + sha256(known.encode(errors="replace")).hexdigest()[:24],
        "attendance_option": "online",
        "conference_url": record.get("url"),
        "conference_url_notes": "\n".join(way_in),
        "conference_phone": said("phone") or said("dial_in_number"),
        "conference_phone_notes": f"Access code: {said('access_code')}" if said("access_code") else "",
        "types": [*meeting_types.tokens(record.get("types")), *meeting_types.tokens(record.get("languages"))],
        "notes": "\n".join(filter(None, told)),
    }


def times(row: Row) -> tuple[WeeklyTime, ...]:
    """ "Monday 6:30 AM, Friday noon"; round the clock where it says so, and none where nothing is said."""
    zone = clean.zone(row.take("timezone"))
    if clean.yes(row.value("is_24_7")):
        return tuple(WeeklyTime(day, 0, meeting_times.DAY, zone) for day in range(7))
    found: list[WeeklyTime] = []
    for part in _parts(row.value("times")):
        said = _PART.fullmatch(part)
        if not said:
            raise Reject("the time cannot be read", part[:60])
        days = meeting_times.weekdays(said["days"])
        found += meeting_times.weekly(days, meeting_times.minutes(said["clock"]), None, zone)
    return tuple(dict.fromkeys(found))


def _parts(value: Any) -> list[str]:
    cells = value if isinstance(value, list) else re.split(r"[\n;]|,(?=\s*[A-Za-z])", text(value))
    return list(filter(None, (" ".join(text(part).split()) for part in cells)))
