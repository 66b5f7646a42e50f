"""What every answer of the open API shares: limits, CORS for reads, ETags, and one shape for whatever goes wrong."""

import json
from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from directory.errors import DirectoryError, Forbidden, NotFound
from directory.web.api_limits import Limiter, TooMany
from directory.web.doors import Endpoint
from directory.web.headers import NO_ROBOTS

OPEN = ("/api/", "/hsds", "/feeds/")  # what is asked by programs; /api itself is a page for people
# Anybody's page may read what is public: there is no cookie and no account that another site could borrow.
CROSS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    **CROSS,
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}
KEPT = {"Cache-Control": "public, max-age=60"}
TITLES = {
    403: "Not ours to pass on",
    404: "Not found",
    405: "Not that way",
    422: "Could not be read",
    429: "Too many requests",
}
BROKEN = "Something broke on our side. Ask again in a minute."


def for_programs(path: str) -> bool:
    return path.startswith(OPEN)


def open_data(endpoint: Endpoint, cost: int = 1) -> Endpoint:
    """An endpoint of the open API: within the limit of its network, and readable from any site's page when a GET."""

    async def answered(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=PREFLIGHT)
        limiter: Limiter = request.app.state.limiter
        try:
            allowance = limiter.take(request.client.host if request.client else "", cost)
            response = await endpoint(request)
            response.headers.update(allowance.headers())
        except DirectoryError as error:
            response = await problem(request, error)
        if request.method != "POST":
            response.headers.update(CROSS)
        return response

    return answered


def data(
    request: Request, body: Any, *, etag: str = "", keep: Mapping[str, str] = KEPT, headers: Mapping[str, str] = {}
) -> Response:
    """JSON with its ETag (of the bytes, where nothing better is known), or 304 when the reader has it already."""
    content = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    known = f'W/"{etag or sha256(content).hexdigest()[:20]}"'
    sent = {**keep, **headers, "ETag": known}
    if has(request, known):
        return Response(status_code=304, headers=sent)
    return Response(content, headers=sent, media_type="application/json")


def has(request: Request, etag: str) -> bool:
    """Whether If-None-Match names this ETag: weakly compared, as gzip changes the bytes."""
    asked = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    return request.method in ("GET", "HEAD") and (etag.removeprefix("W/") in asked or "*" in asked)


async def problem(request: Request, error: Exception) -> Response:
    """application/problem+json (RFC 9457): type, title, status, detail, advice; the same five for every fault."""
    status, headers = DirectoryError.status, dict(NO_ROBOTS)
    detail, advice = BROKEN, "If it stays so, tell the people who run this directory."
    if isinstance(error, HTTPException):
        status, headers = error.status_code, headers | dict(error.headers or {})
        detail = f"{request.method} {request.url.path}: {HTTPStatus(status).phrase}."
        advice = "The addresses and their methods are listed in /api/openapi.json."
    elif isinstance(error, DirectoryError) and error.status < 500:
        status, detail, advice = error.status, str(error), error.advice
        if isinstance(error, Forbidden):
            advice = "Send the person to that page, or ask the publisher for leave."
        if isinstance(error, NotFound):
            advice = "It may be retired. /api/v1/changes tells what is gone."
    if isinstance(error, TooMany):
        headers["Retry-After"] = str(error.wait)
    title = TITLES.get(status) or HTTPStatus(status).phrase
    told = {"type": f"/api#error-{status}", "title": title, "status": status, "detail": detail, "advice": advice}
    sent = headers | CROSS | {"Cache-Control": "no-store"} if request.method != "POST" else headers
    content = json.dumps(told, ensure_ascii=False).encode()
    return Response(content, status, headers=sent, media_type="application/problem+json")
