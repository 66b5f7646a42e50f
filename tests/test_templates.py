"""Every template compiles, stays short, and every page has a title of its own; every sentence can be translated."""

import re
from pathlib import Path

import pytest
from jinja2.ext import babel_extract

from directory.assets import templates
from directory.i18n import catalogue
from directory.web.render import environment
from tests.reading import flesch_kincaid, szigriszt

PAGES = sorted(templates().rglob("*.html"))
EXTENDING = [file for file in PAGES if re.search('extends "(?!_page)', file.read_text())]  # frames extend _page.html
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


@pytest.mark.parametrize("file", [f for f in PAGES if "admin" not in f.relative_to(templates()).parts], ids=name)
def test_no_english_sentence_escapes_translation(file: Path) -> None:
    assert OWN_WORDS.findall(re.sub(r"{#.*?#}", "", file.read_text(), flags=re.S)) == []


BLANK = re.compile(r"%\(\w+\)s|\{\w+\}")
ASKED = ("_", "gettext", "ngettext")
FOR_PATIENTS = [
    file
    for file in PAGES
    if file.parent.name in ("public", "guide", "templates") and file.name != "_page.html"  # two labels, no sentence
]


@pytest.mark.parametrize("file", FOR_PATIENTS, ids=name)
def test_sentences_for_patients_can_be_read_in_the_sixth_grade(file: Path) -> None:
    """All sentences of a template together; a label of three words says nothing of how hard it is to read."""
    with file.open("rb") as template:
        found = [said if isinstance(said, str) else said[0] for _, _, said, _ in babel_extract(template, ASKED, [], {})]
    spanish = [BLANK.sub("5", catalogue("es").gettext(one)) for one in found if len(one.split()) > 3]
    english = [BLANK.sub("5", one) for one in found if len(one.split()) > 3]
    if english:
        assert flesch_kincaid("\n".join(english)) <= 6.0
        assert szigriszt("\n".join(spanish)) >= 65
