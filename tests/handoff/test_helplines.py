"""The real help lines: complete, callable, dated."""

import tomllib
from datetime import date

import pytest

from directory.assets import seeds
from directory.handoff import helplines


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, object], ...]:
    lines = tuple(tomllib.loads((seeds() / "helplines.toml").read_text())["line"])
    monkeypatch.setattr(helplines, "_entries", lambda: lines)
    return lines


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_line_has_a_name_a_number_to_tap_and_words(real: tuple[dict[str, object], ...], language: str) -> None:
    lines = helplines.help_lines(language)
    assert {"911", "988", "211"} <= {line.phone for line in lines}
    assert all(line.name and line.what and line.href.startswith("tel:") for line in lines)
    assert len({line.key for line in lines}) == len(lines) == len(real)


def test_every_line_says_when_it_was_last_checked(real: tuple[dict[str, object], ...]) -> None:
    assert all(isinstance(line["verified_on"], date) for line in real)


def test_discreet_lines_keep_the_ones_that_save_a_life(real: tuple[dict[str, object], ...]) -> None:
    assert {"911", "988", "211"} <= {line.phone for line in helplines.help_lines("en", discreet=True)}
    told = " ".join(line.name for line in helplines.help_lines("en", discreet=True)).lower()
    assert not [word for word in ("overdose", "substance", "treatment", "use", "samhsa") if word in told.split()]


def test_a_number_nobody_compared_with_its_source_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    unread = {"key": "x", "name_en": "X", "phone": "614-555-0100", "what_en": "Y", "verified_on": ""}
    monkeypatch.setattr(
        helplines, "_entries", lambda: (unread, {**unread, "key": "z", "verified_on": date(2026, 11, 21)})
    )
    assert [line.key for line in helplines.help_lines.__wrapped__("en")] == ["z"]
