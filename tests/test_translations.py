"""Every sentence for people is in the catalogue and translated with its blanks; the compiled file is up to date."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from directory.i18n import LANGUAGES, LOCALE
from directory.web.mishaps import advices

ROOT = Path(__file__).parents[1]
BLANKS = re.compile(r"\{\w+\}|%\(\w+\)s")
OTHERS = [language for language in LANGUAGES if language != "en"]


def written(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def forms(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]


def sentences(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def in_code() -> set[tuple[str, ...]]:
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {**DEFAULT_KEYWORDS, "plural": (1, 2), "say": None}
    found = extract_from_dir(str(ROOT), methods, options, keywords)
    return {forms(message) for _, _, message, _, _ in found}


def test_the_template_catalogue_holds_every_sentence_of_the_code() -> None:
    with (LOCALE / "messages.pot").open("rb") as file:
        known = {forms(message.id) for message in sentences(read_po(file))}
    assert known == in_code(), "run the commands at the top of babel.cfg"


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_waits_for_its_translation(language: str) -> None:
    done = {forms(m.id) for m in sentences(written(language)) if all(forms(m.string)) and not m.fuzzy}
    assert in_code() - done == set(), "translate these, then run the commands at the top of babel.cfg"


@pytest.mark.parametrize("language", OTHERS)
def test_translations_fill_the_same_blanks(language: str) -> None:
    for message in sentences(written(language)):
        blanks = sorted(set(BLANKS.findall(forms(message.id)[-1])))
        for told in forms(message.string):
            assert sorted(set(BLANKS.findall(told))) == blanks, message.id


@pytest.mark.parametrize("language", OTHERS)
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    with (LOCALE / language / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        compiled = {forms(m.id): forms(m.string) for m in sentences(read_mo(file))}
    assert compiled == {forms(m.id): forms(m.string) for m in sentences(written(language))}


def test_translators_meet_what_errors_advise() -> None:
    from directory import errors

    shown = (errors.DirectoryError, errors.NotFound, errors.NotAllowed, errors.Forbidden, errors.FromElsewhere)
    shown += (errors.TooBusy, errors.BadQuestion)
    assert tuple(error.advice for error in shown) == advices(str)
