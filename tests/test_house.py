"""The house stays in order: imports go down, rooms stay small, words stay kind, docs stay true."""

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest
from typer.main import get_command

from directory.cli import app
from directory.settings import Settings

ROOT = Path(__file__).parents[1]
FLOORS = [
    "directory.term",
    "directory.vocab_needs",
    "directory.errors directory.vocab directory.i18n directory.schedule_words",
    "directory.schedule directory.assets directory.outfile directory.visitors directory.keyfile",
    "directory.acting directory.security.roles directory.logs directory.meter",
    "directory.settings directory.listing",
    "directory.freshness",
    "directory.vacancy",
    "importers.rows importers.kept importers.clean_time importers.opening",
    "importers.clean_phone",
    "importers.clean importers.lookups",
    "importers.addresses importers.public_words importers.hiding importers.checks importers.registry",
    "importers.service_codes importers.served importers.packed",
    "importers.meetings.types importers.meetings.places importers.meetings.times importers.mapping",
    "importers.classify importers.meetings.na importers.meetings.online_list importers.sniff importers.facilities",
    "importers.mailboxes importers.lines",
    "importers.hsds",
    "importers.icarol importers.fhir",
    "importers.sources",
    "importers.run",
    "directory.search.query directory.models directory.security.models",
    "directory.gazetteer directory.search.when directory.fresh.models directory.handoff.models",
    "directory.fresh.found",
    "directory.typed_area",
    "directory.geo directory.search directory.tables directory.bulk directory.reported directory.names",
    "directory.same",
    "directory.search.meanings directory.search.whereabouts directory.search.understand directory.search.ask",
    "directory.runtime",
    "directory.shadow directory.exchange directory.security directory.differences directory.typed",
    "directory.catalog directory.public_listings directory.answers",
    "directory.duplicates",
    "directory.staging directory.reports directory.published directory.finding directory.history directory.byhand",
    "directory.worklist",
    "directory.fresh",
    "directory.today directory.coverage directory.batch_rows",
    "directory.undo",
    "directory.review",
    "directory.intake",
    "directory.fetching",
    "directory.publishers",
    "directory.backup directory.handoff directory.demo directory.rotation",
    "directory.web",
    "directory.terminal",
    "directory.app directory.cli_import directory.cli_find directory.cli_reports directory.cli_export",
    "directory.cli_backup directory.cli_account directory.cli_review directory.cli_fetch directory.cli_calls",
    "directory.cli_duplicates directory.cli_desk directory.cli_keys",
    "directory.cli",
]
HURTFUL = re.compile(
    r"\b(addicts?|junkies?|abusers?|alcoholics?(?! anonymous)|substance abuse|clean and sober)\b", re.I
)
NAMES_OF_GROUPS = re.compile(r"Sex and Love Addicts Anonymous")


def code_files() -> list[Path]:
    found = [*ROOT.joinpath("directory").rglob("*.py"), *ROOT.joinpath("importers").rglob("*.py")]
    return [f for f in found if not f.name.startswith("__") and "migrations" not in f.parts]


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


def floor(module: str) -> int:
    """The floor of a module, by the longest name in FLOORS that holds it."""
    held = [
        (len(name), n) for n, row in enumerate(FLOORS) for name in row.split() if f"{module}.".startswith(f"{name}.")
    ]
    assert held, f"{module} has no floor in tests/test_house.py"
    return max(held)[1]


def imported(file: Path) -> set[str]:
    nodes = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.ImportFrom)]
    return {f"{node.module}.{alias.name}" for node in nodes for alias in node.names}


@pytest.mark.parametrize("file", code_files(), ids=module_of)
def test_imports_only_go_down(file: Path) -> None:
    here = module_of(file)
    for name in imported(file):
        if name.startswith(("directory.", "importers.")):
            neighbour = here.count(".") > 1 and name.startswith(here.rsplit(".", 1)[0] + ".")
            assert neighbour or floor(name) < floor(here), f"{here} reaches up to {name}"


def test_importers_cannot_see_the_database() -> None:
    allowed = (
        "directory.vocab",
        "directory.listing",
        "directory.schedule_words",
        "directory.schedule",
        "directory.errors",
    )
    for file in ROOT.joinpath("importers").rglob("*.py"):
        reached = {name for name in imported(file) if name.startswith("directory.")}
        assert all(name.startswith(allowed) for name in reached), f"{file.name} reaches {reached}"


def test_only_the_search_folder_knows_whoosh() -> None:
    for file in code_files():
        if "search" not in file.parts:
            assert not re.search(r"^\s*(from|import) whoosh", file.read_text(), re.M), file


def test_no_room_outgrows_300_lines() -> None:
    assert {f.name: n for f in code_files() if (n := len(f.read_text().splitlines())) > 300} == {}


def test_every_command_and_every_option_has_help() -> None:
    verbs = get_command(app).commands  # type: ignore[attr-defined]
    inner = {
        f"{name} {verb}": one for name, group in verbs.items() for verb, one in getattr(group, "commands", {}).items()
    }
    for name, command in {**verbs, **inner}.items():
        assert command.help, name
        for parameter in command.params:
            assert getattr(parameter, "help", None), f"{name} {parameter.name}"


def test_every_command_is_in_the_readme_or_the_docs() -> None:
    words = "\n".join(f.read_text() for f in [ROOT / "README.md", *ROOT.joinpath("docs").glob("*.md")])
    for name in get_command(app).commands:  # type: ignore[attr-defined]
        assert f"aftercare {name}" in words, name


def test_every_setting_is_documented() -> None:
    page = ROOT.joinpath("docs/operating.md").read_text()
    for setting in fields(Settings):
        assert f"`{setting.metadata['env']}`" in page
        assert setting.metadata["help"]


def test_every_dependency_has_its_paragraph() -> None:
    page = ROOT.joinpath("docs/decisions.md").read_text().casefold()
    listed = re.search(r"^dependencies = \[(.*?)^\]", ROOT.joinpath("pyproject.toml").read_text(), re.S | re.M)
    assert listed
    for name in re.findall(r'"([A-Za-z0-9-]+)', listed[1]):
        assert f"**{name.casefold()}**" in page, name


@pytest.mark.parametrize("file", sorted(ROOT.joinpath("templates").rglob("*.*")), ids=lambda f: f.name)
def test_words_on_pages_put_the_person_first(file: Path) -> None:
    assert not HURTFUL.findall(NAMES_OF_GROUPS.sub("", file.read_text()))


def test_labels_put_the_person_first() -> None:
    from directory.vocab import FACETS, Kind

    for words in (Kind, *FACETS.values()):
        for term in words:
            assert not HURTFUL.findall(NAMES_OF_GROUPS.sub("", term.en)), term
            assert term.es, term


def test_nothing_names_the_machine_it_was_made_on() -> None:
    for file in [*code_files(), *ROOT.joinpath("docs").glob("*.md"), ROOT / "README.md", ROOT / "Makefile"]:
        assert not re.search(r"/(work|farm)/(main|shared)", file.read_text()), file
