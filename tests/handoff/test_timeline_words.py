"""What stands in the plan can be read in the sixth grade, in English and Spanish, and is calm."""

import inspect
import re
from types import ModuleType

import pytest

from directory.handoff import gtfs, timeline_words, travel
from directory.i18n import catalogue
from tests.reading import flesch_kincaid, szigriszt

BLANK = re.compile(r"\{\w+\}")


def sentences(*modules: ModuleType) -> list[str]:
    told = re.findall(r'\bsay\(\s*"([^"]+)"\s*\)', "".join(inspect.getsource(module) for module in modules))
    return [one for one in told if len(one.split()) > 3]


FOUND = sentences(timeline_words, travel, gtfs)


def test_there_are_sentences_to_read() -> None:
    assert len(FOUND) > 15


def test_english_is_sixth_grade() -> None:
    assert flesch_kincaid("\n".join(BLANK.sub("5", one) for one in FOUND)) <= 6.0


def test_spanish_is_easy() -> None:
    told = [catalogue("es").gettext(one) for one in FOUND]
    assert szigriszt("\n".join(BLANK.sub("5", one) for one in told)) >= 65


@pytest.mark.parametrize("sentence", FOUND)
def test_every_sentence_is_translated(sentence: str) -> None:
    assert catalogue("es").gettext(sentence) != sentence
