"""Common situations a planner begins from, as data: presets.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from directory.errors import BadQuestion

FILE = Path(__file__).with_name("presets.toml")


@dataclass(frozen=True, slots=True)
class Preset:
    code: str
    en: str
    es: str
    needs: Mapping[str, Any]  # of a needs file, but for the place

    def label(self, language: str = "en") -> str:
        return self.es if language == "es" else self.en


@cache
def presets() -> Mapping[str, Preset]:
    """By code, in the order they are shown."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {code: Preset(code, **preset) for code, preset in told.items()}


def begin(code: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """A needs file begun from a preset: what the file itself says stands."""
    if code not in presets():
        raise BadQuestion(f"There is no preset {code!r}. The presets are: {', '.join(presets())}.")
    return {**presets()[code].needs, **values}
