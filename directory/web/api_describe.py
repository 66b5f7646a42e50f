"""The OpenAPI document, made from the list of operations that the routes are made from."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Protocol

from directory.vocab import Kind
from directory.web.api_questions import MOST, SORTS, USUAL
from directory.web.api_schemas import SCHEMAS

TEXT: dict[str, Any] = {"type": "string"}
MANY = {"type": "array", "items": TEXT}
# name -> schema, what it is
PARAMETERS: dict[str, tuple[dict[str, Any], str]] = {
    "q": ({**TEXT, "maxLength": 200}, "What is looked for, in plain English or Spanish words."),
    "near": ({**TEXT, "maxLength": 100}, 'A ZIP code, "City, ST", or "lat,lon".'),
    "radius": ({"type": "number", "minimum": 0.1, "maximum": 3000, "default": 25}, "Miles."),
    "kind": ({"type": "array", "items": {**TEXT, "enum": [kind.value for kind in Kind]}}, "Any of these kinds."),
    "facet": (MANY, "group=value: any value within a group, every group. See /api/v1/facets."),
    "when": (TEXT, "now, today, tonight, or a day and hours like: mon 18:00-21:00"),
    "sort": ({**TEXT, "enum": list(SORTS), "default": "best"}, "best, near, or soon (by the next occurrence)."),
    "as_typed": (MANY, "Words of q to be taken plainly, not read as a filter."),
    "limit": ({"type": "integer", "minimum": 1, "default": USUAL}, f"How many; at most {MOST}, of changes 1000."),
    "cursor": (TEXT, "`next` of the page before, as it is."),
    "since": ({"type": "integer", "minimum": 0, "default": 0}, "`next` of the answer before; 0 for all."),
    "page": ({"type": "integer", "minimum": 1, "default": 1}, "Number of the page."),
    "per_page": ({"type": "integer", "minimum": 1, "maximum": 100, "default": 50}, "Items of a page."),
    "organization_id": ({**TEXT, "format": "uuid"}, "Only services of this organization."),
    "taxonomy_id": ({**TEXT, "format": "uuid"}, "Only terms of this taxonomy."),
    "full": ({**TEXT, "enum": ["true", "false"]}, "true: with all that is nested."),
}
FAULTS = {
    "404": "There is nothing at this address.",
    "422": "A parameter cannot be read; `detail` says which and how to write it.",
    "429": "Too many requests from one network; Retry-After says how many seconds to wait.",
}


class Described(Protocol):
    """What api_operations.Operation tells of one address."""

    @property
    def path(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def says(self) -> str: ...
    @property
    def takes(self) -> tuple[str, ...]: ...
    @property
    def answers(self) -> str: ...
    @property
    def methods(self) -> tuple[str, ...]: ...


def document(operations: Iterable[Described]) -> dict[str, Any]:
    """OpenAPI 3.1."""
    words = "Read only, without account or cookie. Nothing that is asked is kept. See docs/api.md for the licences."
    return {
        "openapi": "3.1.0",
        "info": {"title": "Aftercare Directory", "version": _version(), "description": words},
        "paths": {one.path: _path(one) for one in operations},
        "components": {"schemas": SCHEMAS},
    }


def _path(one: Described) -> dict[str, Any]:
    path = [_parameter(name, "path", TEXT, "", True) for name in re.findall(r"{(\w+)}", one.path)]
    query = [_parameter(name, "query", *PARAMETERS[name]) for name in one.takes]
    told = {"summary": one.says, "responses": _responses(one.answers)}
    ways: dict[str, Any] = {"get": {"operationId": one.name, "parameters": path + query, **told}}
    if "POST" in one.methods:
        form = {"type": "object", "properties": {name: PARAMETERS[name][0] for name in one.takes}}
        body = {"content": {"application/x-www-form-urlencoded": {"schema": form}}}
        ways["post"] = {"operationId": f"{one.name}-post", "requestBody": body, **told}
    return ways


def _parameter(name: str, where: str, schema: dict[str, Any], words: str, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": where, "schema": schema, "description": words, "required": required}


def _responses(answers: str) -> dict[str, Any]:
    ref = {"schema": {"$ref": f"#/components/schemas/{answers}"}}
    good = {answers: {}} if "/" in answers else {"application/json": ref}
    fault = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    found: dict[str, Any] = {"200": {"description": "The answer.", "content": good}}
    found["304"] = {"description": "You have it already (If-None-Match)."}
    return found | {status: {"description": words, "content": fault} for status, words in FAULTS.items()}


@cache
def _version() -> str:
    try:
        return version("aftercare-directory")
    except PackageNotFoundError:
        return "1"
