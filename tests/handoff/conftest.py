"""Packet tests have help lines of their own, so that editing the real ones never breaks them."""

from collections.abc import Iterator
from datetime import date

import pytest

from directory.handoff import helplines

LINES = (
    {"key": "911", "name": "Emergency", "phone": "911", "what_en": "Danger to life.", "what_es": "Peligro de muerte."},
    {"key": "988", "name": "988 Lifeline", "phone": "988", "what_en": "Call.", "neutral_en": "Someone to talk to"},
    {"key": "check_in", "name": "Check-in line", "phone": "614-555-0199", "what_en": "They stay on the line."},
)


@pytest.fixture(autouse=True)
def own_lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    lines = tuple({**line, "verified_on": date(2026, 11, 21)} for line in LINES)
    monkeypatch.setattr(helplines, "_entries", lambda: lines)
    helplines.help_lines.cache_clear()
    yield
    helplines.help_lines.cache_clear()
