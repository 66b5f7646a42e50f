"""The wheel is complete: whatever the program reads at run time is inside it, under the path it is read from."""

from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def inside() -> set[str]:
    """What hatchling would put in, without building it."""
    return {file.distribution_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}


def read_at_run_time() -> list[str]:
    """Every file beside the code that is not compiled, and the folders that `assets` looks for."""
    beside = [file for package in ("directory", "importers") for file in (ROOT / package).rglob("*")]
    shipped = [file for folder in ("templates", "seeds") for file in (ROOT / folder).rglob("*")]
    found = [str(f.relative_to(ROOT)) for f in beside if f.is_file() and "_shipped" not in f.parts]
    found += [f"directory/_shipped/{f.relative_to(ROOT)}" for f in shipped if f.is_file()]
    return [name for name in found if "__pycache__" not in name]


def test_everything_read_at_run_time_is_inside(inside: set[str]) -> None:
    assert sorted(set(read_at_run_time()) - inside) == []


@pytest.mark.parametrize(
    "name",
    ["directory/_shipped/templates/handoff/packet.typ", "directory/_shipped/templates/base.html",
     "directory/_shipped/seeds/seeds.toml", "directory/_shipped/seeds/helplines.toml", "directory/static/site.css",
     "directory/locale/es/LC_MESSAGES/messages.mo", "directory/migrations/0001_initial.py",
     "directory/search/words.toml", "importers/mappings/oxford-house.toml", "importers/sources/bmlt.toml",
     "importers/service_codes.toml"],
)  # fmt: skip
def test_each_kind_of_file_is_there(name: str, inside: set[str]) -> None:
    assert name in inside


def test_nothing_else_is_inside(inside: set[str]) -> None:
    assert {name.split("/")[0] for name in inside} == {"directory", "importers"}
    assert not [name for name in inside if "aftercare-data" in name or "__pycache__" in name]
