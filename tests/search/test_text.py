"""How words become terms, alike for listings and questions."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.search.text import (
    FIELDS,
    WORDS,
    asked,
    corrected,
    facet_terms,
    facet_words,
    fold,
    impacts,
    split,
    stem,
    terms,
    thesaurus,
    weights,
)
from tests.search.world import doc

SPLITS = [
    ("Tuesday Steps", ["tuesday", "steps"]),
    ("A.A. and N.A.", ["aa", "and", "na"]),
    ("the U.S.A", ["the", "usa"]),
    ("Women’s O'Brien's kids'", ["women", "obrien", "kids"]),
    ("12-step, co-occurring", ["12", "step", "co", "occurring"]),
    ("ÑANDÚ Straße ﬁne", ["nandu", "strasse", "fine"]),
    ("24/7 snake_case", ["24", "7", "snake", "case"]),
    ("!? 🙂 …", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "words"), SPLITS)
def test_text_is_split_into_whole_folded_words(text: str, words: list[str]) -> None:
    assert split(text) == words


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_text_may_be_asked_and_listed(text: str) -> None:
    assert split(fold(text)) == split(text) or "." in text
    assert {term for one in asked(text) for term, _ in one.terms} or not split(text)
    assert all(term and len(term) < 500 for term in terms(text))


@given(st.lists(st.sampled_from(sorted({w for s in tomllib.loads(WORDS.read_text())["same"].values() for w in s}))))
@settings(max_examples=100, deadline=None)
def test_a_listing_written_like_the_question_has_every_word_of_it(phrases: list[str]) -> None:
    text = " ; ".join(phrases)
    listed = set(terms(text))
    for one in asked(text):
        assert listed & {term for term, _ in one.terms}, one


def test_a_meaning_joins_words_of_both_languages() -> None:
    assert "~recovery_housing" in terms("A quiet sober living home")
    (one,) = asked("casa de recuperación")
    assert ("~recovery_housing", 1.0) in one.terms


def test_a_meaning_is_not_read_into_words_of_the_same_stem() -> None:
    assert "~housing" not in terms("Open House")
    assert "~housing" in terms("free housing")
    assert "~mindfulness" not in terms("keep in mind")
    assert "~support_group" not in terms("we meet here")
    assert "~support_group" in terms("our meetings")


def test_the_longest_meaning_takes_its_words_together() -> None:
    assert [one.words for one in asked("job training near drug court")] == ["job training", "drug court"]


def test_some_words_have_a_meaning_only_when_asked() -> None:
    assert asked("rehab")[0].terms[0][0] == "~residential"
    assert not any(term.startswith("~") for term in terms("we work on rehab at the court"))


def test_quiet_words_are_left_out_unless_alone() -> None:
    assert [one.words for one in asked("the lantern near me")] == ["lantern"]
    assert [one.words for one in asked("where is it")] == ["where", "is", "it"]


def test_a_word_said_twice_counts_once() -> None:
    assert len(asked("lantern Lantern LANTERN")) == 1


def test_a_correction_leaves_other_words_as_typed() -> None:
    assert corrected("The Lantren, in OHIO", {"lantren": "lantern"}) == "The lantern, in OHIO"


def test_a_term_weighs_more_in_the_name_and_less_in_a_long_text() -> None:
    said, words = weights(doc(1, "Gardening Steps", city="Dublin", description="lantern " + "word " * 60))
    assert said[stem("gardening")] > said["dublin"] > said["lantern"] > 0
    assert words == {"gardening", "steps", "dublin", "lantern", "word"}
    assert said["dublin"] == FIELDS["city"].weight
    both, _ = weights(doc(1, "Lantern", description="Lantern"))
    assert both["lantern"] > weights(doc(1, "Lantern"))[0]["lantern"]


def test_an_impact_grows_with_the_weight_and_is_never_nothing() -> None:
    assert impacts([0.0001, 0.5, 1.19, 3.0, 1e9]).tolist() == [1, 75, 127, 182, 255]


def test_labels_say_the_same_in_both_languages() -> None:
    assert {"~recovery_housing", "hous", stem("vivienda")} <= facet_terms("kind", "sober_living")
    assert "~spanish" in facet_terms("language", "es")
    assert {"housing", "vivienda"} <= facet_words("kind", "sober_living")


def test_everyday_words_are_well_formed() -> None:
    """A word asked for must lead to a meaning that listings can have; no word stands in a line twice."""
    data = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    assert set(data["asked"]) <= set(data["same"])
    assert all(len(split(word)) == 1 for words in data["asked"].values() for word in words)
    for meaning, words in data["same"].items():
        assert len({tuple(split(word)) for word in words}) == len(words), meaning
    assert not {"" for word in thesaurus().quiet if not word}


def test_no_meaning_is_named_with_words_that_shame() -> None:
    assert not {"addict", "abuser", "clean", "dirty", "junkie"} & {w for w in split(WORDS.read_text(encoding="utf-8"))}
