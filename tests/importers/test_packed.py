"""Lists that lie in one cell, as JSON or as Python writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers import packed


@pytest.mark.parametrize("cell", ['[{"a": null, "b": true}]', "[{'a': None, 'b': True}]", '{"a": null, "b": true}'])
def test_records_are_read_however_they_were_written(cell: str) -> None:
    assert packed.records(cell) == [{"a": None, "b": True}]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('["Active"]', ["Active"]),
        ("['Veterans', 'General']", ["Veterans", "General"]),
        ('[{"id": 85, "label": "Spanish"}]', ["Spanish"]),
        ("Active", ["Active"]),
        (["Active", None], ["Active"]),
        ("", []),
        (None, []),
    ],
)
def test_words_are_those_of_a_list_its_labels_or_the_text(cell: object, words: list[str]) -> None:
    assert packed.words(cell) == words


@pytest.mark.parametrize("cell", ["[{'cut", "[" * 5000, "[__import__('os').getcwd()]", "[" + "1," * 200_000 + "1]"])
def test_what_is_cut_off_or_no_list_at_all_says_nothing(cell: str) -> None:
    assert packed.records(cell) == []
    assert packed.words(cell) == []


@given(st.text(max_size=80) | st.lists(st.none() | st.integers() | st.text(max_size=9), max_size=4))
def test_no_cell_breaks_the_reading(cell: object) -> None:
    assert all(isinstance(one, dict) for one in packed.records(cell))
    assert all(packed.words(cell))
