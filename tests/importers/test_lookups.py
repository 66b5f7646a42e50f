"""Word maps: no default and no guess."""

import pytest

from importers.lookups import Lookups
from importers.rows import Hold

LOOK = Lookups.of({"status": {"Open": "open", "do  not refer": "closed"}})


@pytest.mark.parametrize("word", ["open", "OPEN", " Open "])
def test_a_known_word_is_found_whatever_its_case_and_blanks(word: str) -> None:
    assert LOOK("status", word) == "open"
    assert LOOK("status", "Do not  refer") == "closed"


def test_an_unknown_word_holds_the_record_and_says_which() -> None:
    with pytest.raises(Hold) as held:
        LOOK("status", "half open")
    assert (held.value.reason, held.value.detail) == ("unknown word", "status: half open")


def test_get_answers_none_where_not_knowing_does_no_harm() -> None:
    assert LOOK.get("status", "half open") is None
    assert LOOK.get("no such column", "open") is None
