"""Where mutated files begin: every case of every source, and the first records of each real sample where they are."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from importers.mapping import load
from tests.importers.cases import beside, every_input

SMALL = 60_000  # bytes
RECORDS = 20


@dataclass(frozen=True)
class Seed:
    name: str
    files: dict[str, bytes]  # one feed: a file, or several in a folder
    options: dict[str, Any] = field(default_factory=dict)


def seeds(samples: Path | None) -> list[Seed]:
    found = [_case(path) for path in every_input()]
    if samples is not None and samples.is_dir():
        tables = {folder for folder in samples.rglob("*") if folder.is_dir() and len(list(folder.glob("*.csv"))) > 2}
        found += [_folder(folder, samples) for folder in sorted(tables)]
        single = (path for path in sorted(samples.rglob("*")) if _usable(path))
        found += [_sample(path, samples) for path in single if path.suffix != ".csv" or path.parent not in tables]
    return [seed for seed in found if any(seed.files.values())]


def _case(path: Path) -> Seed:
    told = beside(path, ".options.json")
    options = json.loads(told.read_text(encoding="utf-8")) if told.exists() else {}
    if "map" in options:
        options["mapping"] = load(path.parent / options.pop("map"))
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    held = {str(one.relative_to(path.parent)): one.read_bytes() for one in files if one.is_file()}
    return Seed(f"{path.parent.name}/{path.name}", held, options)


def _usable(path: Path) -> bool:
    return path.is_file() and path.suffix in (".csv", ".json", ".ndjson") and "schema" not in path.parts


def _folder(folder: Path, samples: Path) -> Seed:
    files = [path for path in sorted(folder.iterdir()) if path.suffix in (".csv", ".json") and path.is_file()]
    held = {f"{folder.name}/{path.name}": _beginning(path.read_bytes(), path.suffix) for path in files}
    return Seed(str(folder.relative_to(samples)), held)


def _sample(path: Path, samples: Path) -> Seed:
    return Seed(str(path.relative_to(samples)), {path.name: _beginning(path.read_bytes(), path.suffix)})


def _beginning(content: bytes, suffix: str) -> bytes:
    if len(content) <= SMALL:
        return content
    if suffix == ".json":
        try:
            return json.dumps(_shortened(json.loads(content))).encode()
        except ValueError:
            return content[:SMALL]
    return b"\n".join(content.split(b"\n")[: RECORDS + 1])


def _shortened(value: Any) -> Any:
    if isinstance(value, list):
        return [_shortened(one) for one in value[:RECORDS]]
    if isinstance(value, dict):
        return {name: _shortened(one) for name, one in value.items()}
    return value
