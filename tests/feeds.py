"""Invented feeds for tests, written as the real formats."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def meeting(number: int, **changes: Any) -> dict[str, Any]:
    """One Meeting Guide record in Columbus, Ohio."""
    return {
        "name": f"Group {number}",
        "slug": f"group-{number}",
        "day": number % 7,
        "time": f"{8 + number % 12:02d}:00",
        "types": ["O", "D"],
        "location": "Invented Hall",
        "formatted_address": f"{100 + number} Example St, Columbus, OH 43215, USA",
        "latitude": 39.96 + number % 40 / 1000,
        "longitude": -83.0 - number % 30 / 1000,
        "entity": "Invented Intergroup",
        "entity_phone": "614-555-0100",
        "updated": "2026-05-01 10:00:00",
    } | changes


def meetings(count: int, **changes: Any) -> list[dict[str, Any]]:
    return [meeting(number, **changes) for number in range(count)]


def write_feed(path: Path, records: Sequence[Any]) -> Path:
    path.write_text(json.dumps(records), encoding="utf-8")
    return path
