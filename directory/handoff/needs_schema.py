"""The JSON Schema of a needs file, made from Needs and its words; docs/needs.schema.json is this, written down."""

from dataclasses import fields
from typing import Any

from directory.handoff.needs import LEAST, MOST, ONE, SEVERAL, Needs

TOLD = {
    "near": "Where they will stay: a ZIP code, or a town and state.",
    "radius": "Miles. Without it: 2 on foot, 10 by bus, else 25.",
    "kinds": "What is looked for; empty: outpatient programs and support groups.",
    "needs": "Daily life.",
    "medication": "Medicine taken now: a place that refuses it is never a hit.",
    "payment": "Coverage: one of these is enough.",
    "access": "What they need to get in and to take part.",
    "population": "Ranked, never required.",
    "gender": "A place that does not let them in is never a hit.",
    "language": 'ISO 639-1, or "ase" for American Sign Language.',
    "leaving": "Day and hour of discharge; without an offset, on the clock of where they will stay.",
    "supply_through": "The last day the medicine in hand lasts.",
    "age": "A place that does not let this age in is never a hit.",
    "travel": "How they travel: limits the radius where that is not said.",
    "hours": "When they can; empty: any time. Meetings at other hours come after.",
    "housing": "Empty: a place of their own.",
    "wishes": "Ranked, never required.",
}
PLAIN: dict[str, dict[str, Any]] = {
    "near": {"type": "string", "minLength": 1},
    "radius": {"type": "number", "minimum": LEAST, "maximum": MOST},
    "language": {"type": "string", "pattern": "^([a-z]{2,3})?$"},
    "leaving": {"type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?)?$"},
    "supply_through": {"type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2})?$"},
}


def schema() -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Needs at discharge",
        "description": "What `aftercare match` reads: structured choices only, no name, nothing stored.",
        "type": "object",
        "required": ["near"],
        "additionalProperties": False,
        "properties": {field.name: {"description": TOLD[field.name], **_shape(field.name)} for field in fields(Needs)},
    }


def _shape(name: str) -> dict[str, Any]:
    if name in SEVERAL:
        words = [word.value for word in SEVERAL[name]]
        return {"type": "array", "uniqueItems": True, "items": {"enum": words}}
    if name in ONE:
        return {"enum": ["", *(word.value for word in ONE[name])]}
    return PLAIN[name]
