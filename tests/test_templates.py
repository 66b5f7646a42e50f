"""Every template compiles, stays short, and every page has a title of its own; every sentence can be translated."""

import re
from pathlib import Path

import pytest

from directory.assets import templates
from directory.web.render import environment

PAGES = sorted(templates().rglob("*.html"))
EXTENDING = [file for file in PAGES if "extends" in file.read_text()]
OWN_WORDS = re.compile(r">\s*([A-Z][a-z]+ [^<{]*?)\s*<")


def name(file: Path) -> str:
    return str(file.relative_to(templates()))


@pytest.mark.parametrize("file", PAGES, ids=name)
def test_template_compiles_and_is_short(file: Path) -> None:
    environment("en").get_template(name(file))
    assert len(file.read_text().splitlines()) <= 80


@pytest.mark.parametrize("file", EXTENDING, ids=name)
def test_every_page_has_a_title(file: Path) -> None:
    assert re.search(r"{% block title %}\s*\S", file.read_text())


@pytest.mark.parametrize("file", [f for f in PAGES if not f.parent.name == "mail"], ids=name)
def test_no_english_sentence_escapes_translation(file: Path) -> None:
    assert OWN_WORDS.findall(re.sub(r"{#.*?#}", "", file.read_text(), flags=re.S)) == []
