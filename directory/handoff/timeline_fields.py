"""The edits of a timeline as form fields, and back: every page carries them all, nothing is kept on the server.

`week_off` KEY, `week_at` KEY@START and `week_add` LISTING@START repeat; START is in UTC, like 20260616T2300Z.
A button sends one `week_do`: "off KEY", "back KEY", "at KEY@START", "add LISTING@START" or "reset"; it is done last.
"""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from directory.handoff.itinerary import NO_EDITS, Edits

OFF, AT, ADD, DO = "week_off", "week_at", "week_add", "week_do"
NAMES = (OFF, AT, ADD, DO)
FORM = "%Y%m%dT%H%MZ"
KEY = re.compile(r"[a-z_]{1,20}(-[0-9]{1,18})?(-[0-9]{8}T[0-9]{4}Z)?", re.ASCII)
STAMP = re.compile(r"[0-9]{8}T[0-9]{4}Z", re.ASCII)
LISTING = re.compile(r"[0-9]{1,18}", re.ASCII)
MOST = 60  # of each kind: more than a week can hold

YEARS = range(2000, 2101)

Pairs = list[tuple[str, str]]


class Sent(Protocol):
    """The fields of a form, as Starlette reads them."""

    def getlist(self, key: str, /) -> list[str]: ...


def read(fields: Sent) -> Edits:
    """What makes no sense is passed over: a page sends only what it was given."""
    edits = NO_EDITS
    for name, word in ((OFF, "off"), (AT, "at"), (ADD, "add")):
        for value in fields.getlist(name)[:MOST]:
            edits = _done(edits, word, value)
    for value in fields.getlist(DO)[-1:]:
        word, _, rest = value.partition(" ")
        edits = _done(edits, word, rest)
    return edits


def pairs(edits: Edits) -> Pairs:
    """Hidden fields that `read` turns into equal edits."""
    return [
        *((OFF, key) for key in edits.dropped),
        *((AT, f"{key}@{stamp(start)}") for key, start in edits.moved),
        *((ADD, f"{id}@{stamp(start)}") for id, start in edits.added),
    ]


def stamp(moment: datetime) -> str:
    """To the minute, in UTC: no two moments share one, also when the clocks go back."""
    return moment.astimezone(UTC).strftime(FORM)


def _done(edits: Edits, word: str, value: str) -> Edits:
    if word == "reset":
        return NO_EDITS
    if word == "off" and KEY.fullmatch(value):
        moved = tuple(pair for pair in edits.moved if pair[0] != value)
        added = tuple(pair for pair in edits.added if added_key(*pair) != value)
        dropped = edits.dropped if added != edits.added else tuple(dict.fromkeys((*edits.dropped, value)))
        return Edits(dropped, moved, added)
    if word == "back":
        return replace(edits, dropped=tuple(key for key in edits.dropped if key != value))
    who, _, when = value.partition("@")
    start = moment(when)
    if start is None:
        return edits
    if word == "at" and KEY.fullmatch(who):
        moved = tuple(pair for pair in edits.moved if pair[0] != who)
        return replace(edits, moved=(*moved, (who, start)))
    if word == "add" and LISTING.fullmatch(who):
        return replace(edits, added=tuple(dict.fromkeys((*edits.added, (int(who), start)))))
    return edits


def meeting_key(id: int, start: datetime) -> str:
    return f"meeting-{id}-{stamp(start)}"


def added_key(id: int, start: datetime) -> str:
    """Another than the meeting's own: one that was moved away keeps that."""
    return f"added-{id}-{stamp(start)}"


def moment(text: str) -> datetime | None:
    if not STAMP.fullmatch(text):
        return None
    try:
        moment = datetime.strptime(text, FORM).replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment if moment.year in YEARS else None
