"""Every source keeps its promises: a pair of files, and cases that say what comes of each record."""

import json
from pathlib import Path

import pytest

from importers.registry import FOLDER, facts, problems, source, source_names
from tests.importers.cases import CASES, agrees, beside, every_input, folder, inputs, outcome


@pytest.mark.parametrize("case", every_input(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_source_reads_its_case(case: Path) -> None:
    expected = json.loads(beside(case, ".expected.json").read_text(encoding="utf-8"))
    now = outcome(case)
    assert agrees(expected, now), json.dumps(now, indent=1, ensure_ascii=False)


@pytest.mark.parametrize("name", source_names())
def test_every_source_has_a_good_and_a_bad_case(name: str) -> None:
    found = [path.name.split("-")[0] for path in inputs(name)]
    assert {"good", "bad"} <= set(found), f"{folder(name)} needs a good-* and a bad-* case"


@pytest.mark.parametrize("name", source_names())
def test_every_good_case_makes_a_listing_and_every_bad_one_something_else(name: str) -> None:
    for path in inputs(name):
        expected = json.loads(beside(path, ".expected.json").read_text(encoding="utf-8"))
        words = {"refused"} if isinstance(expected, dict) else {one["outcome"] for one in expected}
        assert "listing" in words if path.name.startswith("good") else words - {"listing"}, path.name


def test_every_source_can_be_loaded_and_states_its_facts() -> None:
    assert problems() == []


@pytest.mark.parametrize("name", source_names())
def test_every_source_is_a_pair_of_files_with_a_title_a_licence_and_a_home(name: str) -> None:
    assert FOLDER.joinpath(f"{name.replace('-', '_')}.py").exists()
    told = facts(name)
    assert told["title"]
    assert told["licence"]
    assert told["key"]
    assert source(name).hook("missing") or any(source(name).wanted())


def test_no_case_folder_is_without_its_source() -> None:
    known = {folder(name).name for name in source_names()}
    assert {path.name for path in CASES.iterdir() if path.is_dir() and any(path.iterdir())} <= known


def test_every_expectation_has_its_input() -> None:
    names = {beside(path, ".expected.json") for path in every_input()}
    assert set(CASES.glob("*/*.expected.json")) <= names
