"""Only fields of the list can be logged, as JSON lines; words of others, also of libraries, stay out."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory import logs


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    root, ours = logging.getLogger(), logs.log
    before = root.handlers[:], root.level, ours.level
    stream = io.StringIO()
    logs.to_stream(stream)
    yield stream
    root.handlers[:], level, ours_level = before
    root.setLevel(level)
    ours.setLevel(ours_level)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_of_json_with_its_moment(written: io.StringIO) -> None:
    logs.event("import", object=12, count=300)
    (line,) = lines(written)
    assert line.pop("at").endswith("+00:00")
    assert line == {"level": "info", "event": "import", "object": 12, "count": 300}


@pytest.mark.parametrize(
    "facts", [{"name": "Jo"}, {"query": "subs"}, {"actor": "Jo"}, {"count": True}, {"route": "x" * 201}]
)
def test_a_field_outside_the_list_or_of_another_type_is_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(logs.NotAllowedHere):
        logs.event("page", **facts)


@given(st.text(min_size=1))
def test_what_a_library_says_never_reaches_the_log(words: str) -> None:
    marked = f"canary{words}"
    try:
        raise ValueError(marked)
    except ValueError:
        import sys

        record = logging.LogRecord("httpx", logging.WARNING, __file__, 1, "GET %s", (marked,), sys.exc_info())
    line = logs.JsonLines().format(record)
    assert "canary" not in line
    assert json.loads(line)["fault"] == "ValueError"
    assert "\n" not in line
