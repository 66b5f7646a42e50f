"""The measures of reading answer what is known: syllables of dictionaries, formulas worked out by hand."""

import pytest

from tests.reading import Blocks, counts, english_syllables, flesch_kincaid, spanish_syllables, szigriszt

ENGLISH = {
    "the": 1, "home": 1, "homes": 1, "used": 1, "wanted": 2, "people": 2, "medicine": 3, "opioid": 3, "doses": 2,
    "something": 2, "being": 2, "privacy": 3, "nation": 2, "special": 2, "safely": 2, "detox": 2, "residential": 4,
}  # fmt: skip
SPANISH = {
    "y": 1, "que": 1, "guerra": 2, "guía": 2, "ciudad": 2, "viuda": 2, "leía": 3, "país": 2, "reunión": 2, "ahora": 3,
    "hoy": 1, "ayuda": 3, "lenguaje": 3, "pingüino": 3, "medicina": 4, "aquí": 2, "tratamiento": 4, "construir": 2,
}  # fmt: skip


@pytest.mark.parametrize("word", ENGLISH)
def test_syllables_of_english(word: str) -> None:
    assert english_syllables(word) == ENGLISH[word]


@pytest.mark.parametrize("word", SPANISH)
def test_syllables_of_spanish(word: str) -> None:
    assert spanish_syllables(word) == SPANISH[word]


def test_flesch_kincaid_is_the_formula() -> None:
    assert flesch_kincaid("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    assert flesch_kincaid("Wait. People want medicine.") == pytest.approx(0.39 * 4 / 2 + 11.8 * 7 / 4 - 15.59)
    law = "Organizational considerations necessitate individualized rehabilitation documentation."
    assert flesch_kincaid(law) > 30


def test_szigriszt_is_the_formula() -> None:
    assert szigriszt("El sol sale hoy.") == pytest.approx(206.835 - 62.3 * 5 / 4 - 4)
    assert szigriszt("Llame hoy. Su casa es de todos.") == pytest.approx(206.835 - 62.3 * 10 / 7 - 7 / 2)
    assert szigriszt("Consideraciones organizacionales necesitan documentación individualizada.") < 0


def test_names_numbers_and_medicines_count_as_one_short_word() -> None:
    assert counts("Call 1-800-662-4357 or ask for Suboxone.", "it") == (1, "Call it or ask for it".split())


def test_blocks_are_sections_and_paragraphs_without_help_lines_and_the_words_explained() -> None:
    page = (
        "<nav>Away</nav><main id='main'><h1>Top</h1><p>One. Two.</p><ul class=\"help\"><li>911 Emergency</li></ul>"
        "<h2>Next</h2><dl><dt>Hard word</dt><dd>Easy.</dd></dl><ul><li>A.</li><li>B</li></ul><p>Label</p></main>"
    )
    assert Blocks(page).texts() == ["Top\nOne. Two.", "Next\nEasy.\nA.\nB\nLabel", "One. Two.", "Easy.", "A.\nB"]
