"""What is written down of how the server runs: one JSON object a line, and only these fields.

A field that is not in the list cannot be logged, so what somebody typed, searched or is cannot slip in. Requests of
visitors without an account are not logged at all; those behind a sign-in are, by the route's pattern, not its address.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TextIO

log = logging.getLogger("aftercare")

ALLOWED = {
    "event": str,  # what happened: a fixed word
    "request": str,  # a random number
    "route": str,  # its pattern, "/admin/imports/{batch}"
    "method": str,
    "status": int,
    "ms": int,
    "actor": int,  # an account's number
    "object": int,  # a batch's, a listing's number
    "fault": str,  # the kind of exception, never its words
    "where": str,  # file and line of our own code
    "count": int,
}
LONGEST = 200


class NotAllowedHere(TypeError):
    """A field outside the list, or one of another type: a mistake of ours, found by the first test that logs it."""


def event(word: str, *, level: int = logging.INFO, **facts: str | int) -> None:
    """Write one line; `facts` are fields of ALLOWED with values of their type."""
    told = {"event": word, **facts}
    for name, value in told.items():
        if type(value) is not ALLOWED.get(name) or (isinstance(value, str) and len(value) > LONGEST):
            raise NotAllowedHere(f"{name} may not be logged like this")
    log.log(level, "%s", word, extra={"told": told})


class JsonLines(logging.Formatter):
    """Our own records by their fields; of anybody else's only the kind, the level and where."""

    def format(self, record: logging.LogRecord) -> str:
        told = getattr(record, "told", None) or {
            "event": "library",
            "where": f"{record.name}:{record.lineno}",
            **({"fault": record.exc_info[0].__name__} if record.exc_info and record.exc_info[0] else {}),
        }
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        return json.dumps({"at": at, "level": record.levelname.lower(), **told}, ensure_ascii=True)


def to_stream(stream: TextIO | None = None) -> None:
    """All logging of this process as JSON lines; the server calls it once in each of its processes."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    log.setLevel(logging.INFO)
