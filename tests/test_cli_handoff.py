"""`aftercare handoff` as it is typed: which options go together, and what is said where."""

import json
from pathlib import Path

import pytest

from tests.test_cli import aftercare
from tests.web import site


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """The home, and the number of a clinic in it."""
    folder = tmp_path_factory.mktemp("cli_handoff") / "home"
    return folder, site.fill(folder)["clinic"]


def test_a_needs_file_becomes_a_packet_and_a_copy(home: tuple[Path, int], tmp_path: Path) -> None:
    folder, clinic = home
    needs, out, copy = tmp_path / "needs.json", tmp_path / "packet.pdf", tmp_path / "copy.pdf"
    needs.write_text(json.dumps({"near": "43215", "leaving": "2026-05-05T14:00", "medication": ["buprenorphine"],
                                 "supply_through": "2026-05-06", "language": "es"}))  # fmt: skip
    given = ["handoff", "--needs", needs, "--pick", str(clinic), "--out", out, "--copy", copy]
    given += ["--book", f"{clinic} 2026-05-07T09:30"]
    first = aftercare(*given, home=folder)
    assert first.returncode == 1
    assert f"--answer supply_ends_first:{clinic}=bridge" in first.stderr
    assert not out.exists()
    done = aftercare(*given, "--answer", f"supply_ends_first:{clinic}=bridge", home=folder)
    assert done.returncode == 0, done.stderr
    assert "with 1 place." in done.stderr
    assert "never for the patient" in done.stderr
    assert out.read_bytes()[:5] == copy.read_bytes()[:5] == b"%PDF-"


@pytest.mark.parametrize(
    "options",
    [
        ["--near", "43215"],
        ["--discharge", "2026-11-23"],
        ["--near", "43215", "--discharge", "2026-11-23", "--copy", "copy.pdf"],
        ["--near", "43215", "--discharge", "2026-11-23", "--answer", "none_booked=walk_in"],
    ],
    ids=" ".join,
)
def test_options_that_do_not_go_together_are_wrong_usage(home: tuple[Path, int], options: list[str]) -> None:
    done = aftercare("handoff", *options, "--out", "packet.pdf", home=home[0])
    assert done.returncode == 2
    assert "--needs" in done.stderr
