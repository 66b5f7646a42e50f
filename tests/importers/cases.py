"""Case files of the sources: an input, what should come of it, and `--write SOURCE` to propose the latter for review.

python -m tests.importers.cases --write meeting-guide [NAME…]
"""

import json
import sys
from pathlib import Path
from typing import Any

from directory.errors import Unreadable
from importers.registry import source_names
from importers.run import Result, read_feed

CASES = Path(__file__).parents[1] / "cases"
SIDES = (".expected.json", ".options.json")


def folder(source: str) -> Path:
    """tests/cases/meeting-guide or meeting_guide, whichever is there."""
    dashed, plain = CASES / source.replace("_", "-"), CASES / source.replace("-", "_")
    return dashed if dashed.exists() else plain


def inputs(source: str) -> list[Path]:
    """Every good-* and bad-* input of a source: a file, or a directory that is one feed."""
    found = [*folder(source).glob("good-*"), *folder(source).glob("bad-*")]
    return sorted(path for path in found if not path.name.endswith((*SIDES, ".toml")))


def every_input() -> list[Path]:
    return [path for source in source_names() for path in inputs(source)]


def beside(path: Path, side: str) -> Path:
    return path.with_name(path.name.split(".")[0] + side)


def outcome(path: Path) -> Any:
    """What comes of a case now: a list with one entry a record, or {"refused": sentence}."""
    told = beside(path, ".options.json")
    options = json.loads(told.read_text(encoding="utf-8")) if told.exists() else {}
    if "map" in options:
        from importers.mapping import load

        options["mapping"] = load(path.parent / options.pop("map"))
    try:
        reading = read_feed([path], **options)
        results = list(reading.results())
    except Unreadable as refused:
        return {"refused": str(refused)}
    if "source" not in options:
        assert reading.source == path.parent.name.replace("_", "-"), f"sniffed as {reading.source}"
    return [shown(result) for result in results]


def shown(result: Result) -> dict[str, Any]:
    plain: dict[str, Any] = {"outcome": result.outcome or "listing"}
    if result.outcome:
        plain |= {"reason": result.reason, "detail": result.detail, "key": result.key}
    if result.draft is not None:
        plain["listing"] = result.draft.as_dict()
    told: dict[str, Any] = json.loads(json.dumps(plain))
    return told


def agrees(expected: Any, now: Any) -> bool:
    """Exactly the same, but of a refusal a part of its sentence is enough and fields left out of a reason are free."""
    if isinstance(expected, dict):
        return isinstance(now, dict) and expected["refused"] in now["refused"]
    if not isinstance(now, list) or len(now) != len(expected):
        return False
    return all(
        set(want) <= set(got) and all(got[name] == want[name] for name in want)
        for want, got in zip(expected, now, strict=True)
    )


def main(words: list[str]) -> None:
    if len(words) < 2 or words[0] != "--write":
        sys.exit(__doc__)
    for path in inputs(words[1]):
        if words[2:] and path.name not in words[2:]:
            continue
        now = outcome(path)
        target = beside(path, ".expected.json")
        target.write_text(json.dumps(now, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        sys.stdout.write(f"wrote {target.relative_to(CASES)}; read it over before you believe it\n")


if __name__ == "__main__":
    main(sys.argv[1:])
