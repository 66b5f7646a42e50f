"""The folders that are not Python are found in a checkout and in an installed wheel."""

from pathlib import Path

import pytest

from directory import assets
from directory.errors import BadSettings


def test_a_checkout_has_its_folders_beside_the_package() -> None:
    assert (assets.templates() / "handoff" / "packet.typ").is_file()
    assert assets.seeds() == Path(assets.__file__).parent.parent / "seeds"


def test_the_copy_inside_the_package_wins_over_a_neighbor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("directory/_shipped/templates", "templates", "seeds"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(assets, "PACKAGE", tmp_path / "directory")
    assert assets.templates() == tmp_path / "directory" / "_shipped" / "templates"
    assert assets.seeds() == tmp_path / "seeds"


def test_a_broken_installation_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "PACKAGE", tmp_path)
    with pytest.raises(BadSettings, match=r"'templates' is missing.*install"):
        assets.folder("templates")
