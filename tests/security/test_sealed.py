"""What is sealed opens with its key in its own place, and nowhere else."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory import keyfile
from directory.errors import BadSettings
from directory.security.sealed import FILE, Ring, ring

RING = Ring({"aa": bytes(range(32)), "bb": bytes(32)})


@given(st.text(max_size=200), st.text(max_size=30))
def test_what_is_sealed_comes_back_the_same_and_is_never_sealed_alike_twice(text: str, place: str) -> None:
    one, two = RING.seal(text, place), RING.seal(text, place)
    assert RING.unseal(one, place) == RING.unseal(two, place) == text
    assert one != two


@given(st.integers(0, 200), st.characters(codec="ascii"))
def test_a_changed_letter_is_noticed(where: int, letter: str) -> None:
    sealed = RING.seal("the seed", "account|totp|1")
    where %= len(sealed)
    changed = sealed[:where] + letter + sealed[where + 1 :]
    try:
        assert RING.unseal(changed, "account|totp|1") == "the seed"
    except BadSettings:
        assert changed != sealed


def test_what_is_sealed_for_one_row_opens_in_no_other() -> None:
    sealed = RING.seal("the seed", "account|totp|1")
    for place in ("account|totp|2", "account|other|1", ""):
        with pytest.raises(BadSettings, match="changed outside"):
            RING.unseal(sealed, place)


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    old = Ring({"aa": RING.keys["aa"]})
    sealed = old.seal("the seed", "p")
    assert RING.unseal(sealed, "p") == "the seed"
    assert RING.seal("x", "p").startswith("1|bb|")
    assert old.keyed("a", "b") == RING.keyed("a", "b") != RING.keyed("c", "b")
    with pytest.raises(BadSettings, match="'bb'"):
        old.unseal(RING.seal("x", "p"), "p")


def test_a_home_keeps_its_keys(tmp_path: Path) -> None:
    sealed = ring(tmp_path).seal("the seed", "p")
    keyfile.add(tmp_path, FILE, date(2026, 5, 5))
    both = ring(tmp_path)
    assert both.unseal(sealed, "p") == "the seed"
    assert both.seal("x", "p").split("|")[1] == list(both.keys)[-1]
    assert both.keyed("a", "b") == Ring(dict(list(both.keys.items())[:1])).keyed("a", "b")
