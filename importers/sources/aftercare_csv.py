"""Our own CSV export: one listing a row, lists and objects as JSON in their cell. See directory/exchange/record.py."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from directory.listing import ListingDraft
from importers.lookups import Lookups
from importers.rows import Feed, Reject, Row, Skip

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # what an apostrophe was put before
PLACE = {
    "location": "name", "address": "street", "city": "city", "state": "state", "postal_code": "postal_code",
    "county": "county", "country": "country", "directions": "directions", "timezone": "timezone",
}  # fmt: skip
WORDS = ("name", "group", "description", "notes", "email")
LISTS = ("also", "phones", "categories", "facets", "denied", "online", "area", "residence")
DATES = ("verified_on", "source_updated_on")


def publisher(feed: Feed, first: Mapping[str, Any]) -> str:
    return _plain(first.get("publisher"))


def licence(feed: Feed, first: Mapping[str, Any]) -> str:
    return _plain(first.get("licence"))


def draft(row: Row, look: Lookups, feed: Feed) -> ListingDraft:
    key, of = _plain(row.value("source_key")), _plain(row.value("publisher"))
    if feed.publisher and of != feed.publisher:
        row.drop(*row.raw)
        raise Reject("of another publisher: export and import one publisher at a time", of, key)
    if _plain(row.value("status")) not in ("active", ""):
        row.drop(*row.raw)
        raise Skip("not active", key=key)
    try:
        return ListingDraft.from_dict(_facts(row, key))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as odd:
        raise Reject("a cell holds what no export of ours writes", str(odd)[:200], key) from None
    finally:
        row.drop(*row.raw)


def _facts(row: Row, key: str) -> dict[str, Any]:
    facts: dict[str, Any] = {"source_key": key, "website": _plain(row.value("url"))}
    facts |= {name: _plain(row.value(name)) for name in ("kind", "modality", *WORDS)}
    facts |= {name: found for name in LISTS if (found := _json(row.value(name)))}
    facts |= {name: date.fromisoformat(day).isoformat() for name in DATES if (day := _plain(row.value(name)))}
    facts["times"] = [_time(time) for time in _json(row.value("times")) or []]
    facts["by_appointment"] = _plain(row.value("by_appointment")) == "true"
    if place := _place(row):
        facts["place"] = place
    return facts


def _place(row: Row) -> dict[str, Any]:
    """The place, or nothing: a listing reached from anywhere has no country either."""
    words: dict[str, Any] = {name: _plain(row.value(column)) for column, name in PLACE.items()}
    pin = {name: float(said) for name in ("latitude", "longitude") if (said := _plain(row.value(name)))}
    flags = {name: _plain(row.value(name)) == "true" for name in ("approximate", "confidential")}
    if not any((*words.values(), *pin, *flags.values())):
        return {}
    words = {name: said for name, said in words.items() if said}  # what is empty is as if it were not told
    return {**words, **pin, **flags}


def _time(told: dict[str, Any]) -> dict[str, Any]:
    """Clock times back to minutes; an end at or before the beginning is on the next day."""
    start, end = _minutes(told["start"]), _minutes(told["end"]) if told.get("end") else None
    if end is not None and end <= start:
        end += 1440
    return {**told, "start": start, "end": end}


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    if not (0 <= int(hours) * 60 + int(minutes) <= 1440 and int(minutes) < 60):
        raise ValueError(f"{clock} is on no clock")
    return int(hours) * 60 + int(minutes)


def _plain(cell: Any) -> str:
    """The cell without the apostrophe that keeps spreadsheets from running it."""
    text = str(cell or "")
    bare = text.lstrip("'")
    return text[1:] if bare != text and (bare.startswith(SIGNS) or bare.lstrip().startswith(SIGNS)) else text


def _json(cell: Any) -> Any:
    text = _plain(cell)
    return json.loads(text) if text else None
