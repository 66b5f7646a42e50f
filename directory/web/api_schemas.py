"""The shapes of the open API's answers, as JSON Schema; tests hold every answer against them."""

from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
TRUTH: Schema = {"type": "boolean"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
MAYBE_NUMBER: Schema = {"type": ["number", "null"]}
UUID: Schema = {"type": "string", "format": "uuid"}
WORDS: Schema = {"type": "array", "items": TEXT}
GROUPS: Schema = {"type": "object", "additionalProperties": WORDS}
ANY: Schema = {"type": "object"}


def shape(*optional: str, **members: Schema) -> Schema:
    """An object of exactly these members, all there but the optional ones."""
    required = [name for name in members if name not in optional]
    return {"type": "object", "properties": members, "required": required, "additionalProperties": False}


def several(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


TERM = shape(value=TEXT, en=TEXT, es=TEXT)
TIME = shape(
    *("weeks", "every", "note", "valid_from", "valid_to"),
    weekday={"type": "integer", "minimum": 0, "maximum": 6, "description": "0 is Sunday"},
    start=TEXT, end=MAYBE_TEXT, timezone=MAYBE_TEXT, weeks=several(WHOLE), every=WHOLE, note=TEXT,
    valid_from=TEXT, valid_to=TEXT,
)  # fmt: skip
LISTING = shape(
    id=WHOLE, uuid=UUID, page=TEXT, publisher=TEXT, source_key=TEXT, kind=TEXT, name=TEXT, modality=TEXT,
    address=TEXT, city=TEXT, state=TEXT, postal_code=TEXT, latitude=MAYBE_NUMBER, longitude=MAYBE_NUMBER,
    approximate={**TRUTH, "description": "The pin is an area, not an address to walk to."},
    phone=TEXT, url=TEXT, times=several(TIME),
    facets={**GROUPS, "description": "What is known to be so; a value that is absent is unknown, never a no."},
    status=TEXT, verified_on=MAYBE_TEXT, source_updated_on=MAYBE_TEXT,
    denied={**GROUPS, "description": "What the source says is not so."},
    also=WORDS, source=TEXT, licence=TEXT, retrieved_on=MAYBE_TEXT, group=TEXT, description=TEXT, notes=TEXT,
    location=TEXT, county=TEXT, country=TEXT, directions=TEXT, timezone=TEXT,
    confidential={**TRUTH, "description": "Its address is not public: call to ask."},
    phones=several(ANY), email=TEXT, online=ANY, area=ANY, by_appointment=TRUTH, categories=WORDS, residence=ANY,
    call_first={**TRUTH, "description": "Visitors say it has closed and nobody has checked yet: call before going."},
)  # fmt: skip
HIT = shape(
    *("miles", "address", "phone", "next", "facets", "why", "verified_on", "publisher", "licence", "call_first"),
    id=WHOLE, uuid=UUID, page=TEXT, kind=TEXT, name=TEXT, miles=MAYBE_NUMBER, address=TEXT, phone=TEXT,
    passed_on={**TRUTH, "description": "false: its licence lets us give no more than where our page is."},
    next=MAYBE_TEXT, facets=GROUPS, why=WORDS, verified_on=MAYBE_TEXT, publisher=TEXT, licence=TEXT,
    call_first=TRUTH,
)  # fmt: skip
FOUND = shape(
    total=WHOLE,
    near={"oneOf": [{"type": "null"}, shape(label=TEXT, lat={"type": "number"}, lon={"type": "number"})]},
    radius=MAYBE_NUMBER, widened=TRUTH, did_you_mean=MAYBE_TEXT, read=several(shape(words=TEXT, means=WORDS)),
    not_insisted_on=WORDS, hits=several(ref("Hit")),
    facets={"type": "object", "additionalProperties": {"type": "object", "additionalProperties": WHOLE}},
    beyond=several(ref("Hit")), beyond_total=WHOLE,
    relaxed=several(shape(group=TEXT, values=WORDS, more=WHOLE)), next=MAYBE_TEXT,
)  # fmt: skip
SCHEMAS: dict[str, Schema] = {
    "Problem": shape(type=TEXT, title=TEXT, status=WHOLE, detail=TEXT, advice=TEXT),
    "Listing": LISTING,
    "Hit": HIT,
    "Found": FOUND,
    "Walk": shape(listings=several(ref("Listing")), next=MAYBE_TEXT),
    "Listings": {"oneOf": [ref("Found"), ref("Walk")]},
    "Changes": shape(
        changes=several(shape(id=WHOLE, uuid=UUID, what={**TEXT, "enum": ["changed", "gone"]})),
        next={**WHOLE, "description": "Give it as `since` next time."},
        more=TRUTH,
        publishers={**TEXT, "description": "When it differs from last time, fetch everything anew."},
    ),
    "Kinds": shape(kinds=several(TERM)),
    "Facets": shape(facets=several(shape("codes", group=TEXT, values=several(TERM), codes=TEXT))),
    "Publishers": shape(
        publishers=several(
            shape(
                name=TEXT,
                source=TEXT,
                licence=TEXT,
                listings=WHOLE,
                passed_on={**TEXT, "enum": ["yes", "credit", "no", "unknown"]},
            )
        )
    ),
    "HsdsRoot": shape(version=TEXT, profile=TEXT, openapi_url=TEXT),
    "HsdsPage": shape(
        total_items=WHOLE,
        total_pages=WHOLE,
        page_number=WHOLE,
        size=WHOLE,
        first_page=TRUTH,
        last_page=TRUTH,
        empty=TRUTH,
        contents=several(ref("HsdsThing")),
    ),
    "HsdsThing": {"type": "object", "properties": {"id": UUID}, "required": ["id"]},
    "Description": {"type": "object", "required": ["openapi", "info", "paths"]},
}
